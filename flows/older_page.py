"""One page while older captures of it are taken in: judged by what was known up to their time, slotted in where good.

What an older capture is worth may depend on others that come to light later: a page that has lost most of its text is
doubted only where the text is known.  So where it may, all older captures of the page are judged anew in the order of
time, and the same captures in any order and portions come to the same.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from pathlib import Path

from extract.archive_read import read_exchange
from extract.errors import ArchiveError
from extract.model import Capture, Declaration, Validators
from flows.backfilling_files import OlderFile
from flows.rereading import LinkedFiles
from transform.document import Document, Reading
from transform.identifiers import capture_id, extractor_fingerprint
from transform.judging.judge import COLLAPSE_SHARE, judge
from transform.judging.languages import text_language
from transform.memory import DocumentState, KnownContent, LastGood, PageMemory, PendingContent
from transform.night import JudgedCapture, QuarantinedRecord
from transform.reading.body import read_body
from transform.reading.content import document_urls
from transform.urls import registrable_host
from transform.version import Observation, Version
from transform.versioning import content_of, read_version
from warehouse.rebuild import KeptBody, PageHistory, Sighting


@dataclass(frozen=True, slots=True)
class Shown:
    """A capture with what was read of it; ``None`` where there was nothing to read."""

    capture: Capture
    reading: Reading | None

    @property
    def document(self) -> Document | None:
        """The page as read, where it could be."""
        return self.reading if isinstance(self.reading, Document) else None


def read_capture(capture: Capture, declaration: Declaration) -> Shown:
    """The capture, read with today's extractor."""
    answer = capture.answer
    if answer.error is not None:
        return Shown(capture, None)
    content_type = answer.header("Content-Type")
    reading = read_body(answer.body, content_type=content_type, url=capture.final_url, declaration=declaration)
    return Shown(capture, reading)


@dataclass
class OlderPage:
    """A page's history with the older captures that are taken in.

    Attributes:
        declaration: The page's entry in the catalogue.
        history: What was known of it before.
        files: The files that it links, in time.
        older_files: Those of them that are taken in now.
        seen: Its observations by time, new ones among them.
        judged: The captures taken in, with what they are worth.
        promoted: The observations that they give.
        seen_anew: Observations of captures taken in before, which show something else now or are promoted only now.
        held_back: Observations of captures taken in before that are doubted now.
    """

    declaration: Declaration
    history: PageHistory
    files: LinkedFiles
    older_files: tuple[OlderFile, ...]
    seen: list[Observation]
    judged: list[JudgedCapture] = field(default_factory=list)
    versions: dict[str, Version] = field(default_factory=dict)
    promoted: list[Observation] = field(default_factory=list)
    seen_anew: list[Observation] = field(default_factory=list)
    held_back: list[Observation] = field(default_factory=list)
    quarantined: list[QuarantinedRecord] = field(default_factory=list)
    moves: set[tuple[str, str]] = field(default_factory=set)
    _bodies: list[KeptBody] = field(default_factory=list)
    _chars: dict[str, int] = field(default_factory=dict)
    _languages: dict[str, str | None] = field(default_factory=dict)

    @classmethod
    def begun(
        cls, archive: Path, declaration: Declaration, history: PageHistory, shown: Sequence[Shown], files: _Files
    ) -> OlderPage:
        """The page before its captures are taken in."""
        moments = chain((body.observed_at for body in history.bodies), (one.capture.observed_at for one in shown))
        known = {file.capture_id: file.reading.state for file in files}
        every = (*history.files, *(file.kept() for file in files))
        page = cls(
            declaration=declaration,
            history=history,
            files=LinkedFiles(archive, declaration.page_id, every, moments, known),
            older_files=tuple(files),
            seen=[],
        )
        page._remember(history.sightings, history.bodies)
        return page

    def take_in(self, archive: Path, shown: Sequence[Shown]) -> None:
        """Takes new captures in; all older ones anew, where what they are worth may depend on one another."""
        for one in shown:
            self._take(one)
        if self._may_depend_on_order():
            self._take_all_anew(archive, shown)

    def _remember(self, sightings: Sequence[Sighting], bodies: Sequence[KeptBody]) -> None:
        self.seen = [self._observation(one) for one in sightings]
        self._bodies = list(bodies)
        contents = [body for body in bodies if body.content_sha256]
        self._chars = {str(body.content_sha256): body.text_chars or 0 for body in contents}
        self._languages = {str(body.content_sha256): body.language for body in contents}
        self.judged, self.promoted, self.quarantined = [], [], []
        self.versions, self.moves = {}, set()

    def _may_depend_on_order(self) -> bool:
        """Whether there is any doubt, or a great difference in length, another language or host, or a file beside."""
        older = [body for body in self.history.bodies if body.is_backfilled]
        lengths = [chars for chars in self._chars.values() if chars]
        hosts = {
            registrable_host(url) for url in (*(body.final_url for body in older), *(one.url for one in self.seen))
        }
        return (
            any(body.verdict != "verified" for body in older)
            or any(not one.verdict.is_good for one in self.judged)
            or (bool(lengths) and min(lengths) < COLLAPSE_SHARE * max(lengths))
            or len(set(self._languages.values())) > 1
            or len(hosts) > 1
            or bool(self.older_files)
            or any(file.is_backfilled for file in self.history.files)
        )

    def _take_all_anew(self, archive: Path, shown: Sequence[Shown]) -> None:
        """Judges all older captures in the order of time, as if they had come together; what nights saw stands."""
        stood = {one.observed_at: one for one in self.history.sightings if one.is_backfilled}
        new = {one.capture.observed_at for one in shown}
        self._remember(
            [one for one in self.history.sightings if not one.is_backfilled],
            [body for body in self.history.bodies if not body.is_backfilled],
        )
        for at, one in self._in_time(archive, shown):
            if one is not None:
                self._take(one)
            elif at in stood:
                self._slot_in(self._observation(stood[at]))
        again = [one for one in self.promoted if one.observed_at not in new]
        kept = {one.observed_at for one in self.seen}
        self.seen_anew = [
            one for one in again if one.observed_at not in stood or stood[one.observed_at].version_id != one.version_id
        ]
        self.held_back = [self._observation(one).held_back() for at, one in stood.items() if at not in kept]
        self.judged = [one for one in self.judged if one.capture.observed_at in new]
        self.promoted = [one for one in self.promoted if one.observed_at in new]

    def _in_time(self, archive: Path, shown: Sequence[Shown]) -> Iterator[tuple[datetime, Shown | None]]:
        """All older captures; ``None`` for one whose exchange cannot be read any more."""
        new = {one.capture.observed_at: one for one in shown}
        old = {body.observed_at: body for body in self.history.bodies if body.is_backfilled}
        for at in sorted(new.keys() | old.keys()):
            yield at, new[at] if at in new else self._read_again(archive, old[at])

    def _read_again(self, archive: Path, body: KeptBody) -> Shown | None:
        try:
            exchange = read_exchange(archive, body.warc)
        except ArchiveError:
            return None
        capture = Capture(self.history.page_id, body.url, (exchange,), body.attempt)
        return read_capture(capture, self.declaration)

    def _take(self, shown: Shown) -> None:
        """Judges one capture by what was known up to its time, and slots it in where it is good."""
        capture, document = shown.capture, shown.document
        states = self.files.of_older(capture.observed_at)
        linked = {url: states[url] for url in document_urls(document) if url in states} if document else {}
        content = content_of(document, linked) if document else None
        memory = self._memory(capture.observed_at, states)
        verdict = judge(capture, shown.reading, memory, self.declaration, content)
        answer = capture.answer
        self.judged.append(
            JudgedCapture(
                capture_id=capture_id(capture),
                capture=capture,
                verdict=replace(verdict, detail=f"backfilled; {verdict.detail}".removesuffix("; ")),
                body_sha256=hashlib.sha256(answer.body).hexdigest() if answer.body and answer.error is None else None,
                content_sha256=content,
                text_chars=len(document.text) if document else None,
                encoding=document.encoding if document else None,
                language=text_language(document) if document else None,
            )
        )
        if verdict.is_good and document is not None:
            self._promote(capture, document, linked)

    def _promote(self, capture: Capture, document: Document, linked: dict[str, DocumentState]) -> None:
        read = read_version(document, self.declaration, linked)
        version = read.version
        self._chars[version.content_sha256] = len(document.text)
        self._languages[version.content_sha256] = text_language(document)
        if version.version_id not in self.versions:
            self.versions[version.version_id] = version
            self.quarantined += read.quarantined
        observation = Observation(
            self.history.page_id, version.version_id, version.content_sha256, capture.observed_at, capture.final_url
        )
        self._slot_in(observation)
        self.promoted.append(observation)
        if capture.moved_permanently:
            self.moves.add((capture.exchanges[0].url, capture.final_url))

    def _slot_in(self, observation: Observation) -> None:
        self.seen.insert(bisect_left(self.seen, observation.observed_at, key=_time), observation)

    def _observation(self, one: Sighting) -> Observation:
        return Observation(self.history.page_id, one.version_id, one.content_sha256, one.observed_at, one.url)

    def _memory(self, at: datetime, states: dict[str, DocumentState]) -> PageMemory:
        """What was known of the page up to a moment; contents are known whenever they were seen."""
        place = bisect_right(self.seen, at, key=_time)
        last = self.seen[place - 1] if place else None
        since = last.observed_at if last else None
        known: dict[str, KnownContent] = {}
        for one in self.seen:
            first = known[one.content_sha256].first_at if one.content_sha256 in known else one.observed_at
            known[one.content_sha256] = KnownContent(one.content_sha256, one.version_id, first, one.observed_at)
        return PageMemory(
            page_id=self.history.page_id,
            last_good=self._last_good(last) if last else None,
            known=tuple(known.values()),
            pending=tuple(self._pending(since, at)),
            documents=states,
        )

    def _last_good(self, last: Observation) -> LastGood:
        return LastGood(
            observed_at=last.observed_at,
            version_id=last.version_id,
            content_sha256=last.content_sha256,
            extractor=extractor_fingerprint(self.declaration),
            url=last.url,
            body_sha256="",
            validators=Validators(last.url),
            warc=None,
            text_chars=self._chars.get(last.content_sha256, 0),
            fetched_in_full_at=last.observed_at,
            language=self._languages.get(last.content_sha256),
        )

    def _pending(self, since: datetime | None, at: datetime) -> list[PendingContent]:
        """The suspicious contents between the last good one and a moment."""
        stored = [(body.observed_at, body.content_sha256, body.capture_id, body.verdict) for body in self._bodies]
        taken = [(one.capture.observed_at, one.content_sha256, one.capture_id, str(one.verdict)) for one in self.judged]
        return [
            PendingContent(content, name, seen_at, 0)
            for seen_at, content, name, verdict in sorted((*stored, *taken), key=lambda one: one[0])
            if content and verdict.startswith("suspect:") and seen_at < at and (since is None or seen_at > since)
        ]


_Files = Sequence[OlderFile]


def _time(seen: Observation) -> datetime:
    return seen.observed_at
