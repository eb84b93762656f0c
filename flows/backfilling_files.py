"""Files among older captures: which answers of a run are files that pages link, and what each of them is worth."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from extract.fetch import FetchRequest
from extract.model import Capture, PageId
from extract.replay import ArchivedRun, ReplaySession
from transform.identifiers import capture_id
from transform.night import JudgedCapture
from transform.reading.linked_documents import FileReading, read_linked_file
from transform.urls import canonical_url
from warehouse.rebuild import KeptBody


@dataclass(frozen=True, slots=True)
class OlderFile:
    """One answer of a file, without its bytes: they have been read, and lie in the archive."""

    capture: Capture
    body_sha256: str
    reading: FileReading

    def of(self, page_id: PageId) -> OlderFile:
        """The same as a capture of this page."""
        return replace(self, capture=replace(self.capture, page_id=page_id))

    @property
    def capture_id(self) -> str:
        """The capture's name."""
        return capture_id(self.capture)

    def judged(self) -> JudgedCapture:
        """As the night stores it."""
        verdict = self.reading.verdict
        return JudgedCapture(
            capture_id=self.capture_id,
            capture=self.capture,
            verdict=replace(verdict, detail=f"backfilled; {verdict.detail}".removesuffix("; ")),
            resource="document",
            body_sha256=self.body_sha256,
        )

    def kept(self) -> KeptBody:
        """As a history has it; the run has no number yet."""
        answer = self.capture.answer
        assert answer.warc is not None, "what is taken in lies in the archive"
        return KeptBody(
            capture_id=self.capture_id,
            snapshot_id=0,
            observed_at=self.capture.observed_at,
            attempt=self.capture.attempt,
            url=self.capture.url,
            final_url=self.capture.final_url,
            verdict=str(self.reading.verdict),
            content_sha256=None,
            text_chars=None,
            warc=answer.warc,
            is_backfilled=True,
        )


@dataclass
class OlderFiles:
    """The files of one run; each answer is read once, whichever pages link it."""

    run: ArchivedRun
    session: ReplaySession
    _found: dict[str, tuple[OlderFile, ...]] = field(default_factory=dict)

    def linked_by(self, page_id: PageId, addresses: Iterable[str]) -> tuple[OlderFile, ...]:
        """The answers of these addresses (canonical), as captures of the page."""
        named = self._named()
        return tuple(
            file.of(page_id) for address in sorted(set(addresses) & named.keys()) for file in self._read(named, address)
        )

    def _named(self) -> Mapping[str, list[str]]:
        named: defaultdict[str, list[str]] = defaultdict(list)
        for url in self.run.places:
            named[canonical_url(url, document=True)].append(url)
        return named

    def _read(self, named: Mapping[str, list[str]], address: str) -> tuple[OlderFile, ...]:
        if address not in self._found:
            self._found[address] = tuple(
                OlderFile(
                    capture.without_bodies(),
                    hashlib.sha256(capture.answer.body).hexdigest(),
                    read_linked_file(capture, None, capture.observed_at),
                )
                for url in named[address]
                for capture in self.session.all_of(FetchRequest(PageId(""), url))
                if capture.answer.status == 200 and capture.answer.error is None and capture.answer.body
            )
        return self._found[address]
