"""One watched page over many nights: its answers go through the real judge, reader, comparison and deriving.

What the warehouse would remember from night to night is kept in a :class:`transform.memory.PageMemory`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from extract.model import Capture, Declaration, Exchange, PageId, PageKind, Validators
from tests.support.exchanges import answer
from transform.deriving import Shown, derive
from transform.document import Document
from transform.identifiers import extractor_fingerprint
from transform.judging.judge import judge
from transform.judging.languages import text_language
from transform.memory import DocumentState, KnownContent, LastGood, PageMemory, PendingContent
from transform.night import DatedChange, JudgedCapture
from transform.reading.body import read_body
from transform.reading.content import document_urls, text_chars
from transform.structure.documents import seen_links
from transform.verdict import Verdict
from transform.version import Version
from transform.versioning import content_of, read_version

RECENT = 30


@dataclass(frozen=True)
class Seen:
    """What one night told."""

    verdict: Verdict
    changes: tuple[DatedChange, ...] = ()
    flapping: bool = False


@dataclass
class Watch:
    """A page under watch, with its memory."""

    name: str
    url: str
    kicker: str
    files: Mapping[str, DocumentState] = field(default_factory=dict)
    memory: PageMemory = field(init=False)
    last_version: Version | None = None

    def __post_init__(self) -> None:
        self.memory = PageMemory(PageId(self.name))
        self.declaration = Declaration(
            page_id=PageId(self.name),
            url=self.url,
            land="DE-SH",
            kind=PageKind.STRATEGY,
            is_official=True,
            publisher=self.kicker,
        )

    def show(self, html: str, at: datetime) -> Seen:
        """A night on which the page answers with its own address."""
        return self.visit((answer(self.url, html),), at)

    def visit(self, exchanges: tuple[Exchange, ...], at: datetime) -> Seen:
        """A night's visit; ``at`` is aware."""
        dated = tuple(replace(exchange, requested_at=at) for exchange in exchanges)
        capture = Capture(self.declaration.page_id, self.url, dated)
        last = dated[-1]
        readable = last.status == 200 and last.error is None
        reading = (
            read_body(
                last.body, content_type=last.header("Content-Type"), url=capture.final_url, declaration=self.declaration
            )
            if readable
            else None
        )
        content = content_of(reading, self.states(reading)) if isinstance(reading, Document) else None
        verdict = judge(capture, reading, self.memory, self.declaration, content)
        judged = JudgedCapture(f"{self.name} {at}", capture, verdict, content_sha256=content)
        if not verdict.is_good or not isinstance(reading, Document) or content is None:
            self._hold_back(judged, at)
            return Seen(verdict)
        return self._promote(judged, reading, content)

    def states(self, document: Document) -> dict[str, DocumentState]:
        """What is known of the files that a page links."""
        return {url: self.files[url] for url in document_urls(document) if url in self.files}

    def _hold_back(self, judged: JudgedCapture, at: datetime) -> None:
        if judged.content_sha256 is not None:
            pending = PendingContent(judged.content_sha256, judged.capture_id, at, 0)
            self.memory = replace(self.memory, pending=(*self.memory.pending, pending))

    def _promote(self, judged: JudgedCapture, document: Document, content: str) -> Seen:
        last = self.memory.last_good
        version = None if last and last.content_sha256 == content else self._version(document, content)
        shown = Shown(judged, version, seen_links(document))
        derived = derive(self.declaration, self.memory, shown, self.last_version)
        self.last_version = version or self.last_version
        assert self.last_version is not None
        self._remember(judged, document, content, self.last_version.version_id)
        return Seen(judged.verdict, derived.changes, derived.flapping)

    def _version(self, document: Document, content: str) -> Version:
        read = read_version(document, self.declaration, self.states(document))
        assert read.version.content_sha256 == content
        return read.version

    def _remember(self, judged: JudgedCapture, document: Document, content: str, version: str) -> None:
        at = judged.capture.observed_at
        known = {one.content_sha256: one for one in self.memory.known}
        first = known[content].first_at if content in known else at
        known[content] = KnownContent(content, version, first, at)
        self.memory = PageMemory(
            page_id=self.memory.page_id,
            last_good=LastGood(
                observed_at=at,
                version_id=version,
                content_sha256=content,
                extractor=extractor_fingerprint(self.declaration),
                url=judged.capture.final_url,
                body_sha256=hashlib.sha256(judged.capture.answer.body).hexdigest(),
                validators=Validators(self.url),
                warc=None,
                text_chars=text_chars(document),
                fetched_in_full_at=at,
                language=text_language(document),
            ),
            known=tuple(known.values()),
            recent=(*self.memory.recent, (at, content))[-RECENT:],
            links=seen_links(document),
        )
