"""Older captures, out of the archive into the history: judged, read, slotted in, and their neighbours' changes retold.

Where captures come from (:mod:`extract.wayback`, :mod:`extract.warc_import`), they are first kept in a WARC file of a
run of its own; from there on it is all the same, now and whenever the warehouse is built again.  Nothing here alerts.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from extract.fetch import FetchRequest
from extract.model import Capture, Declaration, PageId, Validators
from extract.replay import ArchivedRun, ReplaySession
from flows.backfilling_files import OlderFile, OlderFiles
from flows.rereading import BodiesInTime, LinkedFiles, ReadBody, reread_body
from flows.settings import Settings
from transform.document import Document, Reading
from transform.identifiers import capture_id, extractor_fingerprint
from transform.judging.judge import judge
from transform.judging.languages import text_language
from transform.memory import DocumentState, KnownContent, LastGood, PageMemory, PendingContent
from transform.night import JudgedCapture, Night, PageNight, QuarantinedRecord
from transform.reading.body import read_body
from transform.reading.content import document_urls
from transform.reading_code import reading_code_version
from transform.retelling import Retelling, pairs_of, retell
from transform.urls import canonical_url
from transform.verdict import Verdict
from transform.version import Observation, Version
from transform.versioning import content_of, read_version
from warehouse.database import Warehouse
from warehouse.rebuild import PageHistory, Sighting, load_backfill, read_histories

BERLIN = ZoneInfo("Europe/Berlin")
BACKFILL_PREFIX = "backfill-"


@dataclass(frozen=True, slots=True)
class Backfilled:
    """What a run of older captures came to: captures of pages, of these promoted, linked files, changes told anew."""

    captures: int = 0
    promoted: int = 0
    files: int = 0
    changes: int = 0


@dataclass
class _Page:
    """One page while its older captures are taken in, one after the other in the order of time."""

    declaration: Declaration
    history: PageHistory
    files: LinkedFiles
    seen: list[Observation]
    chars: dict[str, int]
    languages: dict[str, str | None]
    older_files: tuple[OlderFile, ...] = ()
    judged: list[JudgedCapture] = field(default_factory=list)
    versions: dict[str, Version] = field(default_factory=dict)
    promoted: list[Observation] = field(default_factory=list)
    seen_anew: list[Observation] = field(default_factory=list)
    quarantined: list[QuarantinedRecord] = field(default_factory=list)
    moves: set[tuple[str, str]] = field(default_factory=set)


def is_backfill(run_id: str) -> bool:
    """Whether a run brought older captures instead of a night's."""
    return run_id.startswith(BACKFILL_PREFIX)


def addresses_of(declaration: Declaration, history: PageHistory) -> frozenset[str]:
    """The addresses under which a page may be found: where it is declared, and where it was seen; canonical."""
    seen = (sighting.url for sighting in history.sightings)
    return frozenset(map(canonical_url, (declaration.url, *seen)))


def load_run(
    settings: Settings, run: ArchivedRun, catalogue: Sequence[Declaration], warehouse: Warehouse
) -> Backfilled:
    """Takes the captures of a kept run into the history; those that are known already change nothing.

    Raises:
        WarehouseError: Nothing of the run is stored.
    """
    session = ReplaySession(settings.archive, run, settings.fetching(None), retries=False)
    histories = read_histories(warehouse, [page.page_id for page in catalogue])
    shown = {
        page.page_id: [
            (capture, _reading(capture, page)) for capture in _captures(run, session, page, histories[page.page_id])
        ]
        for page in catalogue
    }
    older = OlderFiles(run, session)
    pages = []
    for declaration in catalogue:
        history, captures = histories[declaration.page_id], shown[declaration.page_id]
        files = _files(older, history, captures)
        if captures or files:
            pages.append(_taken_in(settings.archive, declaration, history, captures, files, warehouse))
    if not pages:
        return Backfilled()
    retold = {page.declaration.page_id: _retold(page, warehouse) for page in pages}
    night = _night(run, pages, retold)
    classes = {name: to for page in retold.values() for name, to in page.classes.items()}
    load_backfill(warehouse, night, classes, session.ended_at)
    return Backfilled(
        captures=sum(len(page.judged) for page in pages),
        promoted=sum(len(page.promoted) for page in pages),
        files=sum(len(page.older_files) for page in pages),
        changes=sum(len(page.changes) for page in retold.values()),
    )


def _captures(
    run: ArchivedRun, session: ReplaySession, declaration: Declaration, history: PageHistory
) -> list[Capture]:
    """The page's captures in the run that nobody has yet, by time."""
    addresses = addresses_of(declaration, history)
    known = {body.capture_id for body in history.bodies}
    moments = {sighting.observed_at for sighting in history.sightings}
    found = [
        capture
        for url in run.places
        if canonical_url(url) in addresses
        for capture in session.all_of(FetchRequest(declaration.page_id, url))
    ]
    fresh = [
        capture
        for capture in found
        if capture.answer.status == 200 and capture_id(capture) not in known and capture.observed_at not in moments
    ]
    return sorted({capture.observed_at: capture for capture in fresh}.values(), key=lambda one: one.observed_at)


def _reading(capture: Capture, declaration: Declaration) -> Reading | None:
    answer = capture.answer
    if answer.error is not None:
        return None
    content_type = answer.header("Content-Type")
    return read_body(answer.body, content_type=content_type, url=capture.final_url, declaration=declaration)


def _files(
    older: OlderFiles, history: PageHistory, captures: Sequence[tuple[Capture, Reading | None]]
) -> tuple[OlderFile, ...]:
    """The run's answers that are files which the page links, or linked, and that nobody has yet."""
    addresses = set(history.linked)
    for _, reading in captures:
        if isinstance(reading, Document):
            addresses.update(document_urls(reading))
    known = {file.capture_id for file in history.files}
    return tuple(file for file in older.linked_by(history.page_id, addresses) if file.capture_id not in known)


def _taken_in(
    archive: Path,
    declaration: Declaration,
    history: PageHistory,
    captures: Sequence[tuple[Capture, Reading | None]],
    older_files: tuple[OlderFile, ...],
    warehouse: Warehouse,
) -> _Page:
    page = _Page(
        declaration=declaration,
        history=history,
        files=LinkedFiles(
            archive,
            declaration.page_id,
            (*history.files, *(file.kept() for file in older_files)),
            [*(body.observed_at for body in history.bodies), *(capture.observed_at for capture, _ in captures)],
            {file.capture_id: file.reading.state for file in older_files},
        ),
        older_files=older_files,
        seen=[
            Observation(history.page_id, one.version_id, one.content_sha256, one.observed_at, one.url)
            for one in history.sightings
        ],
        chars={body.content_sha256: body.text_chars or 0 for body in history.bodies if body.content_sha256},
        languages={body.content_sha256: body.language for body in history.bodies if body.content_sha256},
    )
    if older_files or any(file.is_backfilled for file in history.files):
        _look_again(page, archive, warehouse)
    for capture, reading in captures:
        _take(page, capture, reading)
    return page


def _look_again(page: _Page, archive: Path, warehouse: Warehouse) -> None:
    """Reads older captures anew that were taken in before, where other files are known to have stood beside them."""
    older = [sighting for sighting in page.history.sightings if sighting.is_backfilled]
    versions = warehouse.read_versions({sighting.version_id for sighting in older})
    bodies = BodiesInTime(page.history.bodies)
    for sighting in older:
        states = page.files.of_older(sighting.observed_at)
        linked = {file.url: file.sha256 for file in versions[sighting.version_id].records.documents}
        body = bodies.behind(sighting)
        if body is None or linked == {url: states[url].sha256 if url in states else None for url in linked}:
            continue
        read = reread_body(archive, body, page.declaration, states)
        if isinstance(read, ReadBody) and read.read.version.version_id != sighting.version_id:
            _see_anew(page, sighting, read)


def _see_anew(page: _Page, sighting: Sighting, read: ReadBody) -> None:
    version = read.read.version
    _keep(page, version, read.read.quarantined, read.document)
    place = bisect_left(page.seen, sighting.observed_at, key=_time)
    page.seen[place] = replace(page.seen[place], version_id=version.version_id, content_sha256=version.content_sha256)
    page.seen_anew.append(page.seen[place])


def _take(page: _Page, capture: Capture, reading: Reading | None) -> None:
    """Judges one capture by what was known up to its time, and slots it in where it is good."""
    at, answer = capture.observed_at, capture.answer
    document = reading if isinstance(reading, Document) else None
    states = page.files.of_older(at)
    linked = {url: states[url] for url in document_urls(document) if url in states} if document else {}
    content = content_of(document, linked) if document else None
    verdict = judge(capture, reading, _memory(page, at, states), page.declaration, content)
    page.judged.append(
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
        _promote(page, capture, document, linked)


def _promote(page: _Page, capture: Capture, document: Document, linked: dict[str, DocumentState]) -> None:
    read = read_version(document, page.declaration, linked)
    version = read.version
    _keep(page, version, read.quarantined, document)
    observation = Observation(
        page.declaration.page_id, version.version_id, version.content_sha256, capture.observed_at, capture.final_url
    )
    place = bisect_left(page.seen, observation.observed_at, key=_time)
    page.seen.insert(place, observation)
    page.promoted.append(observation)
    if capture.moved_permanently:
        page.moves.add((capture.exchanges[0].url, capture.final_url))


def _keep(page: _Page, version: Version, quarantined: Sequence[QuarantinedRecord], document: Document) -> None:
    page.chars[version.content_sha256] = len(document.text)
    page.languages[version.content_sha256] = text_language(document)
    if version.version_id not in page.versions:
        page.versions[version.version_id] = version
        page.quarantined += quarantined


def _memory(page: _Page, at: datetime, states: dict[str, DocumentState]) -> PageMemory:
    """What was known of the page up to a moment; contents are known whenever they were seen."""
    place = bisect_right(page.seen, at, key=_time)
    last = page.seen[place - 1] if place else None
    since = last.observed_at if last else None
    known: dict[str, KnownContent] = {}
    for one in page.seen:
        first = known[one.content_sha256].first_at if one.content_sha256 in known else one.observed_at
        known[one.content_sha256] = KnownContent(one.content_sha256, one.version_id, first, one.observed_at)
    return PageMemory(
        page_id=page.declaration.page_id,
        last_good=_last_good(page, last) if last else None,
        known=tuple(known.values()),
        pending=tuple(_pending(page, since, at)),
        documents=states,
    )


def _last_good(page: _Page, last: Observation) -> LastGood:
    return LastGood(
        observed_at=last.observed_at,
        version_id=last.version_id,
        content_sha256=last.content_sha256,
        extractor=extractor_fingerprint(page.declaration),
        url=last.url,
        body_sha256="",
        validators=Validators(last.url),
        warc=None,
        text_chars=page.chars.get(last.content_sha256, 0),
        fetched_in_full_at=last.observed_at,
        language=page.languages.get(last.content_sha256),
    )


def _pending(page: _Page, since: datetime | None, at: datetime) -> list[PendingContent]:
    """The suspicious contents between the last good one and a moment."""
    stored = [(body.observed_at, body.content_sha256, body.capture_id, body.verdict) for body in page.history.bodies]
    taken = [(one.capture.observed_at, one.content_sha256, one.capture_id, str(one.verdict)) for one in page.judged]
    return [
        PendingContent(content, name, seen_at, 0)
        for seen_at, content, name, verdict in sorted((*stored, *taken), key=lambda one: one[0])
        if content and verdict.startswith("suspect:") and seen_at < at and (since is None or seen_at > since)
    ]


def _time(seen: Observation) -> datetime:
    return seen.observed_at


def _retold(page: _Page, warehouse: Warehouse) -> Retelling:
    """What follows for the page's changes."""
    pairs = pairs_of(page.seen, page.history.told)
    wanted = {name for pair in pairs if pair.differs for name in (pair.before.version_id, pair.after.version_id)}
    versions = {**warehouse.read_versions(wanted - page.versions.keys()), **page.versions}
    return retell(page.declaration, pairs, versions, page.history.moves | page.moves)


def _night(run: ArchivedRun, pages: Sequence[_Page], retold: dict[PageId, Retelling]) -> Night:
    return Night(
        run_id=run.run_id,
        night_key=run.started_at.astimezone(BERLIN).date().isoformat(),
        started_at=run.started_at,
        observed_at=max(judged.capture.observed_at for page in pages for judged in _judged(page)),
        extractor=reading_code_version(),
        pages=tuple(
            PageNight(
                declaration=page.declaration,
                verdict=_verdict(page),
                captures=_judged(page),
                versions=tuple(page.versions.values()),
                observations=(*page.promoted, *page.seen_anew),
                changes=retold[page.declaration.page_id].changes,
                quarantined=tuple(page.quarantined),
                texts=tuple(file.reading.text for file in page.older_files if file.reading.text is not None),
            )
            for page in pages
        ),
        notes={"captures": str(sum(len(_judged(page)) for page in pages)), "via": run.via or ""},
    )


def _judged(page: _Page) -> tuple[JudgedCapture, ...]:
    """Its captures, then those of its files."""
    return (*page.judged, *(file.judged() for file in page.older_files))


def _verdict(page: _Page) -> Verdict:
    """The page's verdict in the run: verified where one capture was; that of its files where none of it came."""
    judged = page.judged or _judged(page)
    good = next((one.verdict for one in judged if one.verdict.is_good), None)
    return good or judged[-1].verdict
