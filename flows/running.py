"""One run of the refresh: from declared pages to a loaded night, a published copy and told alerts.

Plain functions and no Prefect: how each step is carried out is handed in as :class:`Steps`.  The nightly flow makes a
Prefect task of each (:mod:`flows.refresh`); :class:`PlainSteps` just does them.
"""

from __future__ import annotations

import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from extract.archive import Archive, WarcRun
from extract.errors import NightDoneError, NothingToDoError, SettingsError
from extract.model import Declaration, Exchange, PageId
from extract.politeness import Courtesy
from flows.catalogue import declared_pages, narrowed
from flows.channel_setup import channels_of
from flows.delivering import DeliveryReport, deliver_pending
from flows.demo.folder import set_demo_aside
from flows.demo.portal import SAMPLE_CATALOGUE
from flows.execution import execution_of
from flows.lost_warehouse import refuse_to_begin_anew
from flows.metrics import write_metrics
from flows.night import Run, RunSummary, build_night, summarise
from flows.progress import watcher
from flows.publishing import Log, publish_or_tell
from flows.routes import load_routes
from flows.settings import Settings
from flows.visiting import PageVisit, VisitPlan, visit_portal
from transform.memory import PageMemory
from transform.night import Night
from transform.portal_groups import PortalGroup
from transform.recognising import must_be_read
from transform.routing import Route
from transform.validating.validation import validation_is_on
from warehouse.database import Warehouse
from warehouse.load import LoadReport
from warehouse.publish import Published, publish, publish_deliveries

BERLIN = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What a run is asked to do.

    ``catalogue`` is a folder of declarations, ``only`` names pages of it, ``group`` those of some portals; with
    ``once_a_night`` a night (Berlin date) of which all these pages were loaded already is left alone, with ``wait`` a
    run that is under way is waited for instead of refused.
    """

    settings: Settings
    via: str | None = None
    catalogue: Path | None = None
    only: tuple[str, ...] = ()
    once_a_night: bool = False
    wait: bool = False
    group: PortalGroup | None = None


class PortalWork:
    """What the visits of one run share.

    A plain class on purpose: Prefect looks into dataclasses for futures, and there are many pages in here.
    """

    def __init__(
        self,
        plan: VisitPlan,
        warc: WarcRun,
        pages: Sequence[Declaration],
        memories: dict[PageId, PageMemory],
        portals_at_once: int,
    ) -> None:
        self.plan = plan
        self.courtesy = Courtesy(plan.fetching, plan.clock)
        self.warc = warc
        self.portals_at_once = portals_at_once
        self._by_portal: defaultdict[str, list[tuple[Declaration, PageMemory]]] = defaultdict(list)
        for page in pages:
            self._by_portal[page.portal].append((page, memories[page.page_id]))
        self._begun: dict[str, Future[tuple[PageVisit, ...]]] = {}

    @property
    def portals(self) -> tuple[str, ...]:
        """The portals to visit, in the order of the catalogue."""
        return tuple(self._by_portal)

    def begin(self, threads: Executor) -> None:
        """Has all portals visited from now on, in their order."""
        self._begun = {portal: threads.submit(self._visit, portal) for portal in self.portals}

    def visit(self, portal: str) -> tuple[PageVisit, ...]:
        """Visits the pages of one portal, or waits for a visit that has begun."""
        begun = self._begun.pop(portal, None)
        return begun.result() if begun else self._visit(portal)

    def _visit(self, portal: str) -> tuple[PageVisit, ...]:
        watcher().portal_begins(portal)
        visits = visit_portal(self.plan, self._store, self.courtesy, self._by_portal[portal])
        watcher().portal_ends(portal, {visit.declaration.page_id: str(visit.verdict) for visit in visits})
        return visits

    def _store(self, exchange: Exchange) -> Exchange:
        """Keeps an exchange in the run's WARC file, before anything reads it."""
        return self.warc.store(exchange, via=self.plan.fetching.via)


class Steps(Protocol):
    """How the steps of a run are carried out.  Whatever a step raises ends the run."""

    def visit(self, work: PortalWork) -> Iterable[PageVisit]:
        """Fetches, archives, judges and reads the pages of all portals, several portals at once."""

    def load(self, warehouse: Warehouse, night: Night) -> LoadReport:
        """Loads the night in one transaction."""

    def publish(self, warehouse: Warehouse, target: Path) -> Published:
        """Publishes a verified copy by atomic rename."""

    def deliver(self, warehouse: Warehouse, settings: Settings) -> DeliveryReport:
        """Delivers what is due."""

    def publish_deliveries(self, warehouse: Warehouse, target: Path) -> Published:
        """Brings what came of the deliveries into the copy that was published just now."""


class PlainSteps:
    """The steps themselves."""

    def visit(self, work: PortalWork) -> list[PageVisit]:
        """One thread a portal."""
        with ThreadPoolExecutor(work.portals_at_once, thread_name_prefix="portal") as pool:
            return [visit for visits in pool.map(work.visit, work.portals) for visit in visits]

    def load(self, warehouse: Warehouse, night: Night) -> LoadReport:
        """See :meth:`warehouse.database.Warehouse.load`."""
        return warehouse.load(night)

    def publish(self, warehouse: Warehouse, target: Path) -> Published:
        """See :func:`warehouse.publish.publish`."""
        return publish(warehouse, target)

    def deliver(self, warehouse: Warehouse, settings: Settings) -> DeliveryReport:
        """See :func:`flows.delivering.deliver_pending`."""
        return deliver_pending(warehouse, channels_of(settings))

    def publish_deliveries(self, warehouse: Warehouse, target: Path) -> Published:
        """See :func:`warehouse.publish.publish_deliveries`."""
        return publish_deliveries(warehouse, target)


@dataclass(frozen=True, slots=True)
class RunUnderWay:
    """A run whose portals can be asked: the warehouse and the run's file in the archive are its own.

    ``asking`` holds what is needed as long as portals are asked; ``began_s`` is monotonic.
    """

    request: RunRequest
    began_s: float
    identity: Run
    routes: tuple[Route, ...]
    catalogue: tuple[Declaration, ...]
    pages: tuple[Declaration, ...]
    warehouse: Warehouse
    memories: dict[PageId, PageMemory]
    work: PortalWork
    asking: ExitStack


def run(request: RunRequest, steps: Steps, log: Log) -> tuple[Night, RunSummary]:
    """Visits the pages, loads what they say, publishes, and tells what changed.

    Returns:
        The night as it was loaded, and its summary.

    Raises:
        UsageError: If settings, catalogue or page names are wrong; nothing was touched.
        WarehouseBusyError: If another run is under way, unless it is to be waited for; nothing was touched.
        NightDoneError: If this night was loaded already and once is enough; nothing was touched.
        StrategiemonitorError: If nothing could be loaded.  A copy that could not be published is told in the summary.
    """
    with under_way(request, log) as begun:
        return finished(begun, steps, log)


@contextmanager
def under_way(request: RunRequest, log: Log) -> Iterator[RunUnderWay]:
    """A run up to its first request.  However the block ends, what was archived stays and all that it holds is free.

    Raises:
        StrategiemonitorError: As :func:`run`.
    """
    began_s = time.monotonic()
    settings = request.settings
    settings.fetching(request.via)
    if not validation_is_on():
        raise SettingsError("A PANDERA_* variable switches validation off.", "Unset it: records must be checked.")
    routes = load_routes(settings).routes
    catalogue = declared_pages(request.catalogue)
    pages = _pages_of(request, catalogue)
    if request.catalogue != SAMPLE_CATALOGUE and (aside := set_demo_aside(settings)):
        log.warning("the demo's data are in %s now", aside)
    refuse_to_begin_anew(settings)
    identity = _identity(request.group)
    with Warehouse.open(settings.place, wait=request.wait) as warehouse, ExitStack() as asking:
        if request.once_a_night:
            _refuse_a_second(warehouse, identity, pages)
        memories = warehouse.memories([page.page_id for page in pages])
        work = _work(request, identity, pages, memories, asking, log)
        yield RunUnderWay(request, began_s, identity, routes, catalogue, pages, warehouse, memories, work, asking)


def finished(begun: RunUnderWay, steps: Steps, log: Log) -> tuple[Night, RunSummary]:
    """The rest of a run; see :func:`run`."""
    settings, warehouse = begun.request.settings, begun.warehouse
    night = _visited(begun, steps, log)
    report = steps.load(warehouse, night)
    unpublished = publish_or_tell(steps.publish, warehouse, settings.published, begun.routes, log)
    if _told(warehouse, settings, steps, log):
        publish_again = steps.publish if unpublished else steps.publish_deliveries
        unpublished = publish_or_tell(publish_again, warehouse, settings.published, begun.routes, log)
    seconds = time.monotonic() - begun.began_s
    summary = summarise(night, report.snapshot_id, report.alerts, report.quarantined, seconds)
    summary = replace(summary, unpublished=unpublished)
    _measured(night, summary, settings, begun.request.group, log)
    return night, summary


def _pages_of(request: RunRequest, catalogue: tuple[Declaration, ...]) -> tuple[Declaration, ...]:
    pages = narrowed(catalogue, request.only)
    if request.group:
        pages = request.group.narrowed(pages)
    if not pages:
        raise NothingToDoError("The run has no page to visit.", "Declare pages in the catalogue, or name others.")
    return pages


def _refuse_a_second(warehouse: Warehouse, identity: Run, pages: Sequence[Declaration]) -> None:
    if warehouse.has_night(identity.night_key, [page.page_id for page in pages]):
        of_group = f" of group {identity.group}" if identity.group else ""
        raise NightDoneError(
            f"The night {identity.night_key}{of_group} was loaded already.",
            "Nothing is to be done; the next night comes anyway.",
        )


def _measured(night: Night, summary: RunSummary, settings: Settings, group: PortalGroup | None, log: Log) -> None:
    """Leaves the run's numbers for Prometheus; a disk that refuses them does not unmake a loaded night."""
    try:
        write_metrics(night, summary, settings.data / "metrics", group)
    except OSError as error:
        log.warning("the metrics file could not be written: %s", error)


def _told(warehouse: Warehouse, settings: Settings, steps: Steps, log: Log) -> bool:
    """Delivers what is due; whether there was anything.  Nothing that goes wrong here unmakes a loaded night."""
    try:
        report = steps.deliver(warehouse, settings)
    except Exception:  # the night is loaded and published, and undelivered alerts stay in the outbox
        log.exception("alerts could not be delivered; they wait for the next run, or for: strategiemonitor deliver")
        return True
    return report.changed_anything


def _identity(group: PortalGroup | None) -> Run:
    now = datetime.now(UTC)
    return Run(
        run_id=f"{now:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}",
        night_key=now.astimezone(BERLIN).date().isoformat(),
        started_at=now,
        group=group,
    )


def _work(
    request: RunRequest,
    identity: Run,
    pages: Sequence[Declaration],
    memories: dict[PageId, PageMemory],
    asking: ExitStack,
    log: Log,
) -> PortalWork:
    """The visits of a run, with all that they need until ``asking`` ends."""
    settings = request.settings
    archive = Archive(settings.archive)
    for recovered in archive.recover():
        log.warning("a killed run left %s behind; kept %s bytes", recovered.file, recovered.kept_bytes)
    readings = sum(must_be_read(page, memories[page.page_id]) for page in pages)
    portals_at_once = min(settings.portals_at_once, len({page.portal for page in pages}))
    plan = VisitPlan(
        fetching=settings.fetching(request.via),
        archive=settings.archive,
        full_fetch_after=timedelta(days=settings.full_fetch_days),
        second_look_s=settings.pause_before_second_look_s(request.via),
        execution=asking.enter_context(execution_of(readings, portals_at_once)),
    )
    warc = asking.enter_context(archive.open_run(identity.run_id, identity.started_at))
    return PortalWork(plan, warc, pages, memories, settings.portals_at_once)


def _visited(begun: RunUnderWay, steps: Steps, log: Log) -> Night:
    """The night as the portals showed it, ready to be loaded."""
    by_page = {visit.declaration.page_id: visit for visit in steps.visit(begun.work)}
    begun.asking.close()  # the evidence is whole before anything that rests on it is loaded
    visits = [by_page[page.page_id] for page in begun.pages]
    _log_verdicts(visits, log)
    return build_night(
        begun.identity,
        visits,
        begun.memories,
        begun.warehouse.open_incidents(),
        begun.warehouse.read_versions,
        begun.routes,
        begun.catalogue,
    )


def _log_verdicts(visits: Sequence[PageVisit], log: Log) -> None:
    """A line for each portal, and one for each page that is held back.

    Not one for each page: Prefect sends every line to its server, which takes as long as to fetch the page.
    """
    by_portal: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for visit in visits:
        by_portal[visit.declaration.portal][str(visit.verdict)] += 1
        if not visit.verdict.is_good:
            log.warning("%s (%s): %s", visit.declaration.page_id, visit.declaration.portal, visit.verdict)
    for portal, verdicts in by_portal.items():
        log.info("%s: %s", portal, ", ".join(f"{count} {verdict}" for verdict, count in sorted(verdicts.items())))
