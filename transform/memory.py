"""What the warehouse remembers of a page when a night begins: all that judging and comparing need."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from extract.model import PageId, Validators, WarcReference
from transform.reading.imprint import Imprint


@dataclass(frozen=True, slots=True)
class LastGood:
    """The last observation of a page: what stands until something better is seen.

    ``url`` is where the page was (after redirects), ``warc`` where its body lies in the archive.  Times are aware, UTC.
    """

    observed_at: datetime
    version_id: str
    content_sha256: str
    extractor: str
    url: str
    body_sha256: str
    validators: Validators
    warc: WarcReference | None
    text_chars: int
    fetched_in_full_at: datetime
    language: str | None = None
    """In which language it was last read (ISO 639-1); ``None`` where that cannot be told."""


@dataclass(frozen=True, slots=True)
class KnownContent:
    """A content that the page has shown before, with the first and the last time it was observed."""

    content_sha256: str
    version_id: str
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class PendingContent:
    """A suspicious content since the last good one: stored, not promoted."""

    content_sha256: str
    capture_id: str
    observed_at: datetime
    snapshot_id: int


@dataclass(frozen=True, slots=True)
class LastReading:
    """The last time that a page was read in full: what it takes to know its content again without reading it.

    Attributes:
        content_sha256: What it was read into.
        extractor: The fingerprint under which it was read.
        url: Where the page was (after redirects); relative links are resolved against it.
        read_at: When (aware, UTC).
        document_urls: Canonical addresses of the files that it links, in reading order.
        imprint: ``None`` where the page has none (a PDF): then only the same bytes are known again.
    """

    content_sha256: str
    extractor: str
    url: str
    read_at: datetime
    document_urls: tuple[str, ...]
    imprint: Imprint | None


@dataclass(frozen=True, slots=True)
class DocumentState:
    """A linked document as last fetched."""

    url: str
    sha256: str
    media_type: str | None
    bytes: int
    n_pages: int | None
    title: str | None
    validators: Validators
    fetched_in_full_at: datetime
    text_is_stored: bool = False
    """Whether the warehouse holds its words by page: then the same bytes need not be read again."""


@dataclass(frozen=True, slots=True)
class SeenLink:
    """A link of the main content to another page: its words, its canonical address, the headings above it."""

    label: str
    url: str
    section: str | None = None


Links = tuple[SeenLink, ...]
"""Where the links of a page lead, in reading order."""


@dataclass(frozen=True, slots=True)
class OpenIncident:
    """An incident that has not been closed."""

    incident_id: str
    page_id: PageId | None
    kind: str
    opened_at: datetime
    updated_at: datetime
    detail: str


@dataclass(frozen=True, slots=True)
class PageMemory:
    """All that is known of one page; a page never seen has ``last_good = None``.

    ``known`` is ordered by ``last_at``; ``recent`` holds the content hashes of the last observations, oldest first, one
    for each observation (so that flapping can be told from a stable state).
    """

    page_id: PageId
    last_good: LastGood | None = None
    last_reading: LastReading | None = None
    known: tuple[KnownContent, ...] = ()
    recent: tuple[tuple[datetime, str], ...] = ()
    pending: tuple[PendingContent, ...] = ()
    documents: dict[str, DocumentState] = field(default_factory=dict)
    incidents: tuple[OpenIncident, ...] = ()
    links: tuple[SeenLink, ...] | None = None
    """Where its links to other pages led when they were last seen; ``None`` where nobody has looked."""
