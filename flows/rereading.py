"""Reading a page's kept bodies again with today's extractor, with the linked files as they were at the time."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from pathlib import Path

from extract.archive_read import read_exchange
from extract.errors import ArchiveError
from extract.model import Capture, Declaration, PageId
from transform.document import Document
from transform.identifiers import extractor_fingerprint
from transform.memory import DocumentState, Links
from transform.reading.body import read_body
from transform.reading.content import document_urls
from transform.reading.linked_documents import read_linked_file
from transform.structure.documents import seen_links
from transform.version import Observation
from transform.versioning import read_version
from warehouse.rebuild import KeptBody, PageHistory, Rereading, Sighting, documents_key
from warehouse.versions import NewVersion

Key = tuple[str, str, str]
"""Capture, extractor and state of the linked files: what a version follows from."""
Content = tuple[str, str]
"""A version's id and the hash of its content."""
Reread = tuple[Content, Links | None]
"""What a body gives today, and where its links lead."""

_SPEAKING = frozenset({"verified", "suspect:no_text_layer"})
"""Verdicts of a linked file after which its state may be another one."""


@dataclass(frozen=True, slots=True)
class PageReread:
    """A page's observations as read today, the bodies that were read for it, and what could not be read again.

    ``links`` are those of each observation, ``None`` where it is no night's or was read by today's extractor before.
    """

    page_id: PageId
    seen: tuple[Observation, ...]
    links: tuple[Links | None, ...]
    readings: tuple[Rereading, ...]
    kept: tuple[str, ...]


_CRAWL = timedelta(days=1)
"""So long a crawler may take to come from a page to the files that it links."""


class LinkedFiles:
    """The linked files of one page, as they were when it was seen; each file's bytes are read once.

    A night asks for the files itself, so only what nights had counts for nights.  Beside an older capture of the page
    stands what anybody had of its files.

    Args:
        archive: The archive folder.
        page_id: The page.
        files: Its captures of files.
        moments: When the page itself was captured.
        known: The states after captures that have been read already, by the captures' names.
    """

    def __init__(
        self,
        archive: Path,
        page_id: PageId,
        files: Sequence[KeptBody],
        moments: Iterable[datetime] = (),
        known: Mapping[str, DocumentState | None] | None = None,
    ) -> None:
        self._archive = archive
        self._page_id = page_id
        self._files = sorted(files, key=lambda file: file.observed_at)
        self._left = deque(file for file in self._files if not file.is_backfilled)
        self._moments = sorted(moments)
        self._known = dict(known or {})
        self._states: dict[str, DocumentState] = {}

    def of_night(self, at: datetime, snapshot_id: int) -> dict[str, DocumentState]:
        """The states at a moment (aware), or as that run's visit left them: it asks for the files after the page.

        Moments are to be asked for in their order.
        """
        while self._left and (self._left[0].observed_at <= at or self._left[0].snapshot_id == snapshot_id):
            state = self._state(self._left.popleft())
            if state is not None:
                self._states[state.url] = state
        return dict(self._states)

    def of_older(self, at: datetime) -> dict[str, DocumentState]:
        """The states beside an older capture of the page, at a moment (aware).

        Crawlers ask for the files after the page: what was captured within a day, and before the page was captured
        again, counts as well.
        """
        place = bisect_right(self._moments, at)
        until = min([at + _CRAWL, *self._moments[place : place + 1]])
        before = takewhile(lambda file: file.observed_at <= at or file.observed_at < until, self._files)
        states = (self._state(file) for file in before)
        return {state.url: state for state in states if state is not None}

    def _state(self, file: KeptBody) -> DocumentState | None:
        if file.verdict not in _SPEAKING:
            return None
        if file.capture_id not in self._known:
            self._known[file.capture_id] = self._read(file)
        return self._known[file.capture_id]

    def _read(self, file: KeptBody) -> DocumentState | None:
        try:
            exchange = read_exchange(self._archive, file.warc)
        except ArchiveError:
            return None
        capture = Capture(self._page_id, file.url, (exchange,), file.attempt)
        return read_linked_file(capture, None, exchange.requested_at).state


class BodiesInTime:
    """Which kept body an observation rests on."""

    def __init__(self, bodies: Sequence[KeptBody]) -> None:
        self._by_content: defaultdict[str, list[KeptBody]] = defaultdict(list)
        for body in bodies:
            self._by_content[body.content_sha256 or ""].append(body)
        self._good = [body for body in bodies if body.verdict == "verified"]

    def behind(self, sighting: Sighting) -> KeptBody | None:
        """The last one up to then of the same content, else the last that was verified."""
        same = _last_until(self._by_content.get(sighting.first_content, ()), sighting.observed_at)
        return same or _last_until(self._good, sighting.observed_at)


@dataclass(frozen=True, slots=True)
class ReadingTask:
    """One page to be read again, with all that it takes: another process can do it."""

    archive: Path
    declaration: Declaration
    known: dict[Key, Reread]
    history: PageHistory

    @property
    def sightings_to_read(self) -> int:
        """How many observations another extractor read: so many bodies are read at most."""
        fingerprint = extractor_fingerprint(self.declaration)
        return sum(sighting.extractor != fingerprint for sighting in self.history.sightings)


def reading_task(
    archive: Path, declaration: Declaration, known: Mapping[Key, Reread], history: PageHistory
) -> ReadingTask:
    """The task of one page, with what is known of its own bodies."""
    captures = {body.capture_id for body in history.bodies}
    own = {key: reread for key, reread in known.items() if key[0] in captures}
    return ReadingTask(archive, declaration, own, history)


def read_again(task: ReadingTask) -> PageReread:
    """Reads one page again; see :meth:`PageReader.read`."""
    return PageReader(task.archive, task.declaration, task.known).read(task.history)


class PageReader:
    """Reads one page's bodies again.

    Args:
        archive: The archive folder.
        declaration: The page's entry in the catalogue.
        known: What bodies gave under today's extractor already.
    """

    def __init__(self, archive: Path, declaration: Declaration, known: dict[Key, Reread]) -> None:
        self._archive = archive
        self._declaration = declaration
        self._fingerprint = extractor_fingerprint(declaration)
        self._done: dict[Key, Reread | str] = dict(known)
        self._readings: list[Rereading] = []

    def read(self, history: PageHistory) -> PageReread:
        """The page's observations as today's extractor reads their bodies, in the order of time.

        An observation whose body cannot be read again keeps its version, and the reason is told.
        """
        moments = [body.observed_at for body in history.bodies]
        files = LinkedFiles(self._archive, history.page_id, history.files, moments)
        bodies = BodiesInTime(history.bodies)
        seen: list[Observation] = []
        links: list[Links | None] = []
        kept: list[str] = []
        for sighting in history.sightings:
            found = self._content(sighting, bodies.behind(sighting), files)
            if isinstance(found, str):
                kept.append(f"{history.page_id} at {sighting.observed_at:%Y-%m-%d %H:%M}: {found}")
                found = ((sighting.version_id, sighting.content_sha256), None)
            (version_id, content), led = found
            seen.append(Observation(history.page_id, version_id, content, sighting.observed_at, sighting.url))
            links.append(None if sighting.is_backfilled else led)
        return PageReread(history.page_id, tuple(seen), tuple(links), tuple(self._readings), tuple(kept))

    def _content(self, sighting: Sighting, body: KeptBody | None, files: LinkedFiles) -> Reread | str:
        """What the observation shows today, or why that cannot be said."""
        if sighting.extractor == self._fingerprint:
            return (sighting.version_id, sighting.content_sha256), None
        if body is None:
            return "its body is not in the archive"
        states = (
            files.of_older(sighting.observed_at)
            if sighting.is_backfilled
            else files.of_night(body.observed_at, body.snapshot_id)
        )
        key = (body.capture_id, self._fingerprint, documents_key({url: one.sha256 for url, one in states.items()}))
        if key not in self._done:
            self._done[key] = self._reread(body, states, key[2])
        return self._done[key]

    def _reread(self, body: KeptBody, states: dict[str, DocumentState], documents: str) -> Reread | str:
        try:
            exchange = read_exchange(self._archive, body.warc)
        except ArchiveError as error:
            return error.message
        reading = read_body(
            exchange.body,
            content_type=exchange.header("Content-Type"),
            url=body.final_url,
            declaration=self._declaration,
        )
        if not isinstance(reading, Document):
            return f"today's extractor cannot read its body: {reading.detail}"
        linked = {url: states[url] for url in document_urls(reading) if url in states}
        read = read_version(reading, self._declaration, linked)
        new = NewVersion(read.version, self._declaration.land, body.capture_id, len(reading.text))
        links = seen_links(reading)
        self._readings.append(Rereading(body.capture_id, documents, new, body.snapshot_id, read.quarantined, links))
        return (read.version.version_id, read.version.content_sha256), links


def _last_until(bodies: Sequence[KeptBody], at: datetime) -> KeptBody | None:
    """The last of bodies in order of time up to a moment."""
    index = bisect_right(bodies, at, key=lambda body: body.observed_at)
    return bodies[index - 1] if index else None
