"""Older captures, out of the archive into the history: judged, read, slotted in, and their neighbours' changes retold.

Where captures come from (:mod:`extract.wayback`, :mod:`extract.warc_import`), they are first kept in a WARC file of a
run of its own; from there on it is all the same, now and whenever the warehouse is built again.  Nothing here alerts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from extract.fetch import FetchRequest
from extract.model import Capture, Declaration, PageId
from extract.replay import ArchivedRun, ReplaySession
from flows.backfilling_files import OlderFile, OlderFiles
from flows.older_page import OlderPage, Shown, read_capture
from flows.settings import Settings
from transform.identifiers import capture_id
from transform.night import JudgedCapture, Night, PageNight
from transform.reading.content import document_urls
from transform.reading_code import reading_code_version
from transform.retelling import Retelling, pairs_of, retell
from transform.urls import canonical_url
from transform.verdict import Verdict
from warehouse.database import Warehouse
from warehouse.rebuild import PageHistory, load_backfill, read_histories

BERLIN = ZoneInfo("Europe/Berlin")
BACKFILL_PREFIX = "backfill-"


@dataclass(frozen=True, slots=True)
class Backfilled:
    """What a run of older captures came to: captures of pages, of these promoted, linked files, changes told anew."""

    captures: int = 0
    promoted: int = 0
    files: int = 0
    changes: int = 0


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
            read_capture(capture, page) for capture in _captures(run, session, page, histories[page.page_id])
        ]
        for page in catalogue
    }
    older = OlderFiles(run, session)
    pages = []
    for declaration in catalogue:
        history, captures = histories[declaration.page_id], shown[declaration.page_id]
        files = _files(older, history, captures)
        if captures or files:
            page = OlderPage.begun(settings.archive, declaration, history, captures, files)
            page.take_in(settings.archive, captures)
            pages.append(page)
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


def _files(older: OlderFiles, history: PageHistory, shown: Sequence[Shown]) -> tuple[OlderFile, ...]:
    """The run's answers that are files which the page links, or linked, and that nobody has yet."""
    addresses = set(history.linked)
    for one in shown:
        if one.document is not None:
            addresses.update(document_urls(one.document))
    known = {file.capture_id for file in history.files}
    return tuple(file for file in older.linked_by(history.page_id, addresses) if file.capture_id not in known)


def _retold(page: OlderPage, warehouse: Warehouse) -> Retelling:
    """What follows for the page's changes."""
    pairs = pairs_of(page.seen, page.history.told)
    wanted = {name for pair in pairs if pair.differs for name in (pair.before.version_id, pair.after.version_id)}
    versions = {**warehouse.read_versions(wanted - page.versions.keys()), **page.versions}
    return retell(page.declaration, pairs, versions, page.history.moves | page.moves)


def _night(run: ArchivedRun, pages: Sequence[OlderPage], retold: dict[PageId, Retelling]) -> Night:
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
                observations=(*page.promoted, *page.seen_anew, *page.held_back),
                changes=retold[page.declaration.page_id].changes,
                quarantined=tuple(page.quarantined),
                texts=tuple(file.reading.text for file in page.older_files if file.reading.text is not None),
            )
            for page in pages
        ),
        notes={"captures": str(sum(len(_judged(page)) for page in pages)), "via": run.via or ""},
    )


def _judged(page: OlderPage) -> tuple[JudgedCapture, ...]:
    """Its captures, then those of its files."""
    return (*page.judged, *(file.judged() for file in page.older_files))


def _verdict(page: OlderPage) -> Verdict:
    """The page's verdict in the run: verified where one capture was; that of its files where none of it came."""
    judged = page.judged or _judged(page)
    good = next((one.verdict for one in judged if one.verdict.is_good), None)
    return good or judged[-1].verdict
