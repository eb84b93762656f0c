"""A warehouse that was lost, built again from the archive alone: every run is judged, read, compared and loaded anew.

The runs are played in the order in which they took place through the same steps as on their nights, so that the same
tables come of it.  The new warehouse grows beside the old one and takes its place only when it is whole; killed, it is
gone on with where it was.  Nobody is alerted again: what was delivered stays with the old file and is taken over.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from extract.archive import Archive
from extract.errors import NothingToDoError, WarehouseError
from extract.model import Declaration, PageId
from extract.replay import ArchivedRun, ReplaySession, archived_runs
from flows.backfilling import is_backfill, load_run
from flows.night import Run, build_night
from flows.settings import Settings
from flows.visiting import PageVisit, VisitPlan, visit_pages
from transform.memory import PageMemory
from transform.night import Night
from warehouse.connection import WriterLock
from warehouse.database import Warehouse
from warehouse.restore import carry_outbox, known_runs, put_in_place

BERLIN = ZoneInfo("Europe/Berlin")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Restored:
    """What was built again: runs played, pages asked in all of them, damaged parts of the archive, the old file."""

    runs: int
    visits: int
    damages: tuple[str, ...]
    aside: Path | None


def restore(settings: Settings, catalogue: Sequence[Declaration]) -> Restored:
    """Builds the warehouse again from the archive.

    Args:
        settings: The installation; into a lake, only those runs are built that it lacks.
        catalogue: The declared pages; an address in the archive belongs to the page that is declared there.

    Raises:
        NothingToDoError: If the archive holds no run.
        WarehouseBusyError: If another process writes, or restores already.
        StorageError: If a file cannot be read or written; the warehouse stands as before.
    """
    Archive(settings.archive).recover()
    if settings.lake is not None:
        with Warehouse.open(settings.place) as warehouse:
            return _played(settings, catalogue, warehouse)
    growing = settings.warehouse.with_name(settings.warehouse.name + ".restoring")
    with WriterLock(settings.warehouse.with_name(settings.warehouse.name + ".lock")):
        with Warehouse.open(growing) as warehouse:
            restored = _played(settings, catalogue, warehouse)
            _take_over_outbox(settings, warehouse)
        return replace(restored, aside=put_in_place(growing, settings.warehouse))


def _played(settings: Settings, catalogue: Sequence[Declaration], warehouse: Warehouse) -> Restored:
    """All runs of the archive into a warehouse; those that it knows already are left out."""
    runs = visits = 0
    damages: list[str] = []
    known = known_runs(warehouse)
    for run in archived_runs(settings.archive):
        damages += [f"{damage.file} at {damage.offset}: {damage.detail}" for damage in run.damages]
        runs += 1
        if run.run_id not in known:
            visits += _play(settings, run, catalogue, warehouse)
            _log.info("%s: played again", run.run_id)
    if not runs:
        raise NothingToDoError(f"The archive {settings.archive} holds no run.", "Run: strategiemonitor refresh")
    return Restored(runs, visits, tuple(damages), None)


def _take_over_outbox(settings: Settings, warehouse: Warehouse) -> None:
    """Takes over what was told, which no archive holds: from the file before, or else from the copy for readers."""
    for before in (settings.warehouse, settings.published):
        try:
            if before.exists():
                carry_outbox(warehouse, before)
                return
        except WarehouseError as error:
            _log.warning("what was told before is not to be had from %s: %s", before, error)


def _play(settings: Settings, run: ArchivedRun, catalogue: Sequence[Declaration], warehouse: Warehouse) -> int:
    """One run into the warehouse; says how many pages it had asked."""
    if is_backfill(run.run_id):
        return load_run(settings, run, catalogue, warehouse).captures
    session = ReplaySession(settings.archive, run, settings.fetching(run.via))
    pages = [page for page in catalogue if run.asked(page.url)]
    memories = warehouse.memories([page.page_id for page in pages])
    visits = _visits(settings, run, session, pages, memories)
    begun = Run(
        run_id=run.run_id,
        night_key=run.started_at.astimezone(BERLIN).date().isoformat(),
        started_at=run.started_at,
    )
    night = build_night(
        begun,
        visits,
        memories,
        warehouse.open_incidents(),
        warehouse.read_versions,
        catalogue=tuple(catalogue),
    )
    warehouse.load(_untold(night), finished_at=session.ended_at)
    return len(visits)


def _untold(night: Night) -> Night:
    """The night without its alerts: they were delivered when it was new."""
    return replace(night, alerts=())


def _visits(
    settings: Settings,
    run: ArchivedRun,
    session: ReplaySession,
    pages: Sequence[Declaration],
    memories: dict[PageId, PageMemory],
) -> list[PageVisit]:
    """The visits of a run in the order of the catalogue, one portal after the other."""
    plan = VisitPlan(
        fetching=settings.fetching(run.via),
        archive=settings.archive,
        full_fetch_after=timedelta(days=settings.full_fetch_days),
        second_look_s=0.0,
        clock=session.clock,
    )
    portals: defaultdict[str, list[Declaration]] = defaultdict(list)
    for page in pages:
        portals[page.portal].append(page)
    found = {
        visit.declaration.page_id: visit
        for portal in portals.values()
        for visit in _visited(plan, session, [(page, memories[page.page_id]) for page in portal])
    }
    return [found[page.page_id] for page in pages]


def _visited(
    plan: VisitPlan, session: ReplaySession, pages: Sequence[tuple[Declaration, PageMemory]]
) -> Iterator[PageVisit]:
    """The visits with the captures that took place: what today's code would ask beyond them was never asked."""
    for visit in visit_pages(plan, session, pages):
        yield replace(visit, judged=tuple(item for item in visit.judged if item.capture.answer.warc is not None))


def is_lost(settings: Settings) -> bool:
    """Whether there is no warehouse, or none that knows of any run."""
    if not settings.is_begun:
        return True
    with Warehouse.open(settings.place) as warehouse:
        return not known_runs(warehouse)
