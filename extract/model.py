"""The data types of evidence: what a page is declared to be, and what one visit to it brought back.

Every type here is frozen and carries no behaviour beyond reading its own fields, so that it may cross from one room
into the next.  Times are aware and in UTC; bytes are decoded (RFC 9110, section 8.4) unless a name says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import NewType
from urllib.parse import urlsplit

PageId = NewType("PageId", str)
"""A page's stable name in the catalogue, such as ``sl-roadmap``; it outlives every change of its URL."""


class PageKind(StrEnum):
    """What kind of text a page is; only official pages of the first three kinds tell of a strategy of their own."""

    STRATEGY = "strategy"
    PROGRAMME = "programme"
    ROADMAP = "roadmap"
    THIRD_PARTY_SUMMARY = "third_party_summary"
    NEWS = "news"
    PROGRESS_REPORT = "progress_report"


class RecordKind(StrEnum):
    """What a declared locator points at."""

    ACTION_FIELDS = "action_fields"
    GOALS = "goals"
    LIST = "list"
    CONTACTS = "contacts"


class Element(StrEnum):
    """The kind of element in which declared records stand, named independently of any class name."""

    LIST_ITEMS = "list_items"
    HEADINGS = "headings"
    PARAGRAPHS = "paragraphs"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class Locator:
    """Where declared records stand: by the words around them and the kind of element, never by a class name.

    Attributes:
        records: What is to be found there.
        element: The kind of element that holds one record.
        under: Text of the heading under which they stand (compared after German normalisation; ``None``: anywhere).
        after: Words with which the paragraph right before them ends or which it contains (``None``: no such paragraph).
        group: Name of the group to which these records belong, for action fields in named groups.
        role: Role given to the list's items, for ``records = "list"``.
        first: Only the first so many records belong to this locator; the next locator of the same place takes the rest.
    """

    records: RecordKind
    element: Element
    under: str | None = None
    after: str | None = None
    group: str | None = None
    role: str | None = None
    first: int | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    """A page's entry in the catalogue.

    ``content_root`` and ``removals`` are CSS selectors, tried in order; an empty ``content_root`` leaves finding the
    main content to the reader.  ``publisher`` is who answers for the page where the page itself does not say so.
    """

    page_id: PageId
    url: str
    land: str
    kind: PageKind
    is_official: bool
    publisher: str
    title: str | None = None
    content_root: tuple[str, ...] = ()
    removals: tuple[str, ...] = ()
    locators: tuple[Locator, ...] = ()
    source: str = ""
    """File and line of the declaration, for messages: ``de-sl.toml:3``.  No part of its meaning."""

    @property
    def portal(self) -> str:
        """The host: the unit of politeness."""
        return _host(self.url)


@lru_cache(maxsize=1 << 16)
def _host(url: str) -> str:
    """The host of an address in lower case; asked for several times a page."""
    return (urlsplit(url).hostname or "").lower()


class FetchErrorKind(StrEnum):
    """Why an exchange has no usable answer; the part after the colon in a ``failed:*`` verdict."""

    TIMEOUT = "timeout"
    CONNECTION = "connection"
    DNS = "dns"
    TLS = "tls"
    TRUNCATED = "truncated"
    TOO_LARGE = "too_large"
    CONTENT_ENCODING = "content_encoding"
    REFUSED_ADDRESS = "refused_address"
    REDIRECT_LOOP = "redirect_loop"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    INVALID_REDIRECT = "invalid_redirect"
    PROTOCOL = "protocol"
    ROBOTS_UNREACHABLE = "robots_unreachable"
    ROBOTS_DISALLOWED = "robots_disallowed"
    DEFERRED = "deferred"
    """The portal asked for a longer pause than the run has left; the page was not asked."""
    INTERNAL = "internal"
    """A fault of ours while this page was handled; the other pages went on."""


@dataclass(frozen=True, slots=True)
class FetchError:
    """Why an exchange failed: a closed kind for code, one sentence for people."""

    kind: FetchErrorKind
    detail: str


@dataclass(frozen=True, slots=True)
class WarcReference:
    """Where an exchange lies in the archive: file name below ``archive/`` and byte offset of its response record."""

    file: str
    offset: int


@dataclass(frozen=True, slots=True)
class Exchange:
    """One HTTP request and what came of it.

    ``url`` is the original address, without a ``--via`` prefix.  ``headers`` keeps the answer's order and spelling;
    look single ones up with :meth:`header`.  ``body`` is decoded; ``wire_body`` is what travelled, content coding
    included (RFC 9110, section 8.4), and is what the archive keeps.  Once both have been used they may be let go:
    ``body_bytes`` still says how long the body was.
    """

    url: str
    requested_at: datetime
    status: int | None = None
    reason: str = ""
    request_headers: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    wire_body: bytes = b""
    error: FetchError | None = None
    memento_at: datetime | None = None
    peer: str | None = None
    seconds: float = 0.0
    warc: WarcReference | None = None
    let_go_bytes: int = 0

    @property
    def body_bytes(self) -> int:
        """Length of the decoded body, in bytes."""
        return len(self.body) or self.let_go_bytes

    def without_body(self) -> Exchange:
        """The same without its bytes, which the archive has: a night of many pages does not fit into memory."""
        return replace(self, body=b"", wire_body=b"", let_go_bytes=self.body_bytes)

    def header(self, name: str) -> str | None:
        """The first value of a header field, whatever its case; ``None`` where the answer has none."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    @property
    def observed_at(self) -> datetime:
        """When the page showed itself so: the ``Memento-Datetime`` (RFC 7089) where there is one, else the request."""
        return self.memento_at or self.requested_at


@dataclass(frozen=True, slots=True)
class Validators:
    """What a conditional request sends (RFC 9110, section 13): the validators of the last *verified* capture."""

    url: str
    etag: str | None = None
    last_modified: str | None = None

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True, slots=True)
class Capture:
    """One attempt at one page (or at a document that it links): the chain of redirects and the final answer.

    ``exchanges`` holds at least one exchange; the last one is the answer, those before it are redirects.
    """

    page_id: PageId
    url: str
    exchanges: tuple[Exchange, ...]
    attempt: int = 1

    def without_bodies(self) -> Capture:
        """The same without the bytes of its answers."""
        return replace(self, exchanges=tuple(exchange.without_body() for exchange in self.exchanges))

    @property
    def answer(self) -> Exchange:
        """The last exchange: the one that decides what the capture is worth."""
        return self.exchanges[-1]

    @property
    def final_url(self) -> str:
        """Where the answer came from, after redirects."""
        return self.answer.url

    @property
    def observed_at(self) -> datetime:
        """When the page showed itself so; aware, UTC."""
        return self.answer.observed_at

    @property
    def moved_permanently(self) -> bool:
        """Whether every redirect on the way was permanent (301 or 308)."""
        hops = self.exchanges[:-1]
        return bool(hops) and all(hop.status in (301, 308) for hop in hops)
