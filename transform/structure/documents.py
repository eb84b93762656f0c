"""Links: files that a page offers (documents) and other pages that its main content leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qs, urlsplit

from transform.document import Document, Link
from transform.memory import DocumentState
from transform.outline import Placed, placed
from transform.records import DocumentRecord, LinkRecord
from transform.urls import canonical_url, is_document_url, media_type_of

_FILE_WORDS = re.compile(
    r"[(\[]\s*(?P<kind>PDF|DOCX?|XLSX?|PPTX?|ODT|ODS|ODP|ZIP|EPUB|CSV)\b(?:[^)\]]*[\d.,]+\s*[kKMG]i?B)?[^)\]]*[)\]]"
)
_KIND_TYPES = {
    kind: media_type_of(f"https://file.invalid/x.{kind.lower()}")
    for kind in ("PDF", "DOC", "DOCX", "XLS", "XLSX", "PPT", "PPTX", "ODT", "ODS", "ODP", "ZIP", "EPUB", "CSV")
}
_NO_FILE_TYPES = re.compile(r"text/html|application/xhtml|image/", re.IGNORECASE)
_GLOSSARY = re.compile(r"glossar", re.IGNORECASE)


def read_documents(document: Document, known: Mapping[str, DocumentState]) -> tuple[DocumentRecord, ...]:
    """The files that the main content links, in reading order, each address once.

    Args:
        document: The page.
        known: What is known of linked files, by canonical address; fills hash, size, pages and title.
    """
    records: dict[str, DocumentRecord] = {}
    for place, link in _links(document):
        if not is_file(link):
            continue
        url = canonical_url(link.url, document=True)
        if url not in records:
            records[url] = _document(link, url, place, len(records), known.get(url))
    return tuple(records.values())


def read_links(document: Document) -> tuple[LinkRecord, ...]:
    """The links of the main content to other pages, in reading order, each label and address once."""
    records: dict[tuple[str, str], LinkRecord] = {}
    for place, link in _links(document):
        if is_file(link) or not _is_web(link.url) or _is_glossary(link):
            continue
        label, url = _label(link), canonical_url(link.url)
        evidence = label or link.title or url
        record = LinkRecord(position=len(records), section=place.path, evidence=evidence, label=label, url=url)
        records.setdefault((label, url), record)
    return tuple(records.values())


def is_file(link: Link) -> bool:
    """Whether a link leads to a file: by its address, its stated media type, or words such as "(PDF, 3MB)"."""
    if not _is_web(link.url):
        return False
    if is_document_url(link.url):
        return True
    if link.media_type:
        return "/" in link.media_type and not _NO_FILE_TYPES.match(link.media_type)
    return _file_kind(link) is not None


def _document(link: Link, url: str, place: Placed, position: int, state: DocumentState | None) -> DocumentRecord:
    """A linked file as a record."""
    kind = _file_kind(link)
    stated = link.media_type if link.media_type and not _NO_FILE_TYPES.match(link.media_type) else None
    label = _label(link)
    return DocumentRecord(
        position=position,
        section=place.path,
        evidence=label or link.title or url,
        label=label,
        url=url,
        media_type=(state.media_type if state else None)
        or stated
        or media_type_of(link.url)
        or _KIND_TYPES.get(kind or ""),
        sha256=state.sha256 if state else None,
        bytes=state.bytes if state else None,
        n_pages=state.n_pages if state else None,
        title=(state.title if state else None) or link.title,
    )


def _links(document: Document) -> Iterator[tuple[Placed, Link]]:
    """Every link of the main content with its block."""
    return ((place, link) for place in placed(document) for link in place.block.links)


def _is_web(url: str) -> bool:
    return url.lower().startswith(("https://", "http://"))


def _label(link: Link) -> str:
    return " ".join(link.label.split())


def _file_kind(link: Link) -> str | None:
    """The file format named in brackets in label or title: "(PDF, 3MB)"."""
    match = _FILE_WORDS.search(f"{link.label} {link.title or ''}")
    return match["kind"].upper() if match else None


def _is_glossary(link: Link) -> bool:
    """Whether a link explains a word: the Government Site Builder's help view, or a glossary page for a single word."""
    try:
        parts = urlsplit(link.url)
    except ValueError:
        return False
    if "renderHelp" in parse_qs(parts.query).get("view", ()):
        return True
    return bool(_GLOSSARY.search(parts.path)) and len(link.label.split()) <= 2
