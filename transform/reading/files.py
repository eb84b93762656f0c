"""Which links lead to files, asked in one place: what is hashed, fetched and recorded as a document is the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transform.document import Block, Link
from transform.urls import is_document_url, media_type_of

_FILE_WORDS = re.compile(
    r"[(\[]\s*(?P<kind>PDF|DOCX?|XLSX?|PPTX?|ODT|ODS|ODP|ZIP|EPUB|CSV)\b(?:[^)\]]*[\d.,]+\s*[kKMG]i?B)?[^)\]]*[)\]]"
)
_NO_FILE_TYPES = re.compile(r"text/html|application/xhtml|image/", re.IGNORECASE)


def files_of(blocks: Sequence[Block]) -> tuple[Link, ...]:
    """The links to files in a document's blocks, in reading order, each address once."""
    found: dict[str, Link] = {}
    for block in blocks:
        for link in block.links:
            if is_file(link):
                found.setdefault(link.url, link)
    return tuple(found.values())


def is_file(link: Link) -> bool:
    """Whether a link leads to a file: by its address, its stated media type, or words such as "(PDF, 3MB)"."""
    if not is_web(link.url):
        return False
    if is_document_url(link.url):
        return True
    if link.media_type:
        return stated_media_type(link) is not None
    return _kind_in_words(link) is not None


def is_web(url: str) -> bool:
    """Whether an address can be fetched at all."""
    return url.lower().startswith(("https://", "http://"))


def stated_media_type(link: Link) -> str | None:
    """The media type that the link states, where it is that of a file."""
    stated = link.media_type
    return stated if stated and "/" in stated and not _NO_FILE_TYPES.match(stated) else None


def worded_media_type(link: Link) -> str | None:
    """The media type of the format named in brackets in label or title: "(PDF, 3MB)"."""
    kind = _kind_in_words(link)
    return media_type_of(f"https://file.invalid/x.{kind.lower()}") if kind else None


def _kind_in_words(link: Link) -> str | None:
    match = _FILE_WORDS.search(f"{link.label} {link.title or ''}")
    return match["kind"] if match else None
