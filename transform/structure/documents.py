"""Links: files that a page offers (documents) and other pages that its main content leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qs, urlsplit

from transform.document import Document, Link
from transform.memory import DocumentState, SeenLink
from transform.outline import Placed, placed
from transform.reading.files import is_file, is_web, stated_media_type, worded_media_type
from transform.records import DocumentRecord, LinkRecord
from transform.urls import canonical_url, media_type_of

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
        if is_file(link) or not is_web(link.url) or _is_glossary(link):
            continue
        label, url = _label(link), canonical_url(link.url)
        evidence = label or link.title or url
        record = LinkRecord(position=len(records), section=place.path, evidence=evidence, label=label, url=url)
        records.setdefault((label, url), record)
    return tuple(records.values())


def seen_links(document: Document) -> tuple[SeenLink, ...]:
    """Where the links of the main content to other pages lead, in reading order."""
    return tuple(SeenLink(link.label, link.url, link.section) for link in read_links(document))


def _document(link: Link, url: str, place: Placed, position: int, state: DocumentState | None) -> DocumentRecord:
    """A linked file as a record."""
    label = _label(link)
    return DocumentRecord(
        position=position,
        section=place.path,
        evidence=label or link.title or url,
        label=label,
        url=url,
        media_type=(state.media_type if state else None)
        or stated_media_type(link)
        or media_type_of(link.url)
        or worded_media_type(link),
        sha256=state.sha256 if state else None,
        bytes=state.bytes if state else None,
        n_pages=state.n_pages if state else None,
        title=(state.title if state else None) or link.title,
    )


def _links(document: Document) -> Iterator[tuple[Placed, Link]]:
    """Every link of the main content with its block."""
    return ((place, link) for place in placed(document) for link in place.block.links)


def _label(link: Link) -> str:
    return " ".join(link.label.split())


def _is_glossary(link: Link) -> bool:
    """Whether a link explains a word: the Government Site Builder's help view, or a glossary page for a single word."""
    try:
        parts = urlsplit(link.url)
    except ValueError:
        return False
    if "renderHelp" in parse_qs(parts.query).get("view", ()):
        return True
    return bool(_GLOSSARY.search(parts.path)) and len(link.label.split()) <= 2
