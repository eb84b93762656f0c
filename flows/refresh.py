"""The nightly refresh as one Prefect flow: one mapped task per portal, and few others.

A flow run costs a flat second and a task some 50 ms of the server's time, so there is a task for each portal and none
for a page.  The final state is computed from the pages' verdicts, never left to chance.
"""

from __future__ import annotations

import time
import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

from prefect import flow, get_run_logger, task, unmapped
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture
from prefect.states import Completed, Failed
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.utilities.annotations import quote

from extract.archive import Archive, WarcRun
from extract.errors import NothingToDoError
from extract.model import Declaration, Exchange, PageId
from extract.politeness import Courtesy
from flows.artifacts import publish_artifacts
from flows.catalogue import declared_pages
from flows.channels import Channel, channels_of
from flows.delivering import DeliveryReport, deliver_pending
from flows.night import Run, RunSummary, build_night, summarise
from flows.settings import Settings, load_settings
from flows.visiting import PageVisit, VisitPlan, visit_portal
from transform.memory import PageMemory
from transform.night import Night
from warehouse.database import Warehouse
from warehouse.load import LoadReport
from warehouse.publish import Published, publish

BERLIN = ZoneInfo("Europe/Berlin")
_PORTALS_AT_ONCE = 16
_RUNNER = cast("TaskRunner[PrefectFuture[Any]]", ThreadPoolTaskRunner[Any](max_workers=_PORTALS_AT_ONCE))


T = TypeVar("T")


def opaque(value: T) -> T:
    """The value, marked so that Prefect does not look into it for futures; a task receives it as it is."""
    return cast("T", quote(value))


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
    ) -> None:
        self.plan = plan
        self.courtesy = Courtesy(plan.fetching, plan.clock)
        self.warc = warc
        self.by_portal: defaultdict[str, list[tuple[Declaration, PageMemory]]] = defaultdict(list)
        for page in pages:
            self.by_portal[page.portal].append((page, memories[page.page_id]))

    def store(self, exchange: Exchange) -> Exchange:
        """Keeps an exchange in the run's WARC file, before anything reads it."""
        return self.warc.store(exchange, via=self.plan.fetching.via)

    def visit(self, portal: str) -> tuple[PageVisit, ...]:
        """Visits the pages of one portal."""
        return visit_portal(self.plan, self.store, self.courtesy, self.by_portal[portal])


@task(name="visit-portal", task_run_name="visit {portal}", cache_policy=NO_CACHE, persist_result=False)
def visit_portal_task(portal: str, work: PortalWork) -> tuple[PageVisit, ...]:
    """Fetches, archives, judges and reads the pages of one portal."""
    return work.visit(portal)


@task(name="load", cache_policy=NO_CACHE, persist_result=False)
def load_task(warehouse: Warehouse, night: Night) -> LoadReport:
    """Loads the night in one transaction."""
    return warehouse.load(night)


@task(name="publish", cache_policy=NO_CACHE, persist_result=False)
def publish_task(warehouse: Warehouse, target: Path) -> Published:
    """Publishes a verified copy by atomic rename."""
    return publish(warehouse, target)


@task(name="deliver", cache_policy=NO_CACHE, persist_result=False)
def deliver_task(warehouse: Warehouse, channels: dict[str, Channel]) -> DeliveryReport:
    """Delivers what is due."""
    return deliver_pending(warehouse, channels)


@flow(name="refresh", task_runner=_RUNNER, persist_result=False)
def refresh(
    data: str | None = None,
    via: str | None = None,
    catalogue: str | None = None,
    only: list[str] | None = None,
) -> State[RunSummary]:
    """Visits the declared pages, loads what they say, publishes, and tells what changed.

    Args:
        data: The data folder; else ``STRATEGIEMONITOR_DATA``, else ``data/``.
        via: PREFIX put in front of every address, as web archives do.
        catalogue: Folder of declarations; the bundled one where missing.
        only: Page ids to visit; all where missing.

    Returns:
        Completed where every page is verified or not modified, Completed named Partial where some are not, Failed where
        none is; each with the :class:`flows.night.RunSummary` as data.

    Raises:
        StrategiemonitorError: If the run could not be loaded.
    """
    started = time.monotonic()
    settings = load_settings(Path(data) if data else None)
    pages = declared_pages(Path(catalogue) if catalogue else None, only or ())
    if not pages:
        raise NothingToDoError("The run has no page to visit.", "Declare pages in the catalogue, or name others.")
    run = _begin()
    with Warehouse.open(settings.warehouse) as warehouse:
        night, report = _visit_and_load(settings, via, pages, run, warehouse)
        publish_task(opaque(warehouse), settings.published)
        delivered = deliver_task(opaque(warehouse), opaque(channels_of(settings)))
        if delivered.delivered or delivered.waiting:
            publish_task(opaque(warehouse), settings.published)
    summary = summarise(night, report.snapshot_id, report.alerts, report.quarantined, time.monotonic() - started)
    publish_artifacts(night, summary)
    return final_state(summary)


def _begin() -> Run:
    now = datetime.now(UTC)
    return Run(
        run_id=f"{now:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}",
        night_key=now.astimezone(BERLIN).date().isoformat(),
        started_at=now,
    )


def _visit_and_load(
    settings: Settings, via: str | None, pages: Sequence[Declaration], run: Run, warehouse: Warehouse
) -> tuple[Night, LoadReport]:
    logger = get_run_logger()
    archive = Archive(settings.archive)
    for recovered in archive.recover():
        logger.warning("a killed run left %s behind; kept %s bytes", recovered.file, recovered.kept_bytes)
    memories = warehouse.memories([page.page_id for page in pages])
    plan = VisitPlan(
        fetching=settings.fetching(via),
        archive=settings.archive,
        full_fetch_after=timedelta(days=settings.full_fetch_days),
        second_look_s=settings.pause_before_second_look_s(via),
    )
    with archive.open_run(run.run_id, run.started_at) as warc:
        work = PortalWork(plan, warc, pages, memories)
        futures = visit_portal_task.map(list(work.by_portal), unmapped(opaque(work)))
        by_page = {visit.declaration.page_id: visit for future in futures for visit in future.result()}
    visits = [by_page[page.page_id] for page in pages]
    for visit in visits:
        logger.info("%s: %s", visit.declaration.page_id, visit.verdict)
    night = build_night(run, visits, memories, warehouse.open_incidents(), warehouse.read_versions)
    return night, load_task(opaque(warehouse), opaque(night))


def final_state(summary: RunSummary) -> State[Any]:
    """The flow's state from the verdicts of its pages."""
    total = summary.pages["total"]
    good = summary.pages["verified"] + summary.pages["not_modified"]
    message = f"{good} of {total} pages verified or not modified, {len(summary.changed)} changed"
    if good == total:
        return Completed(message=message, data=summary)
    bad = ", ".join(f"{page} {verdict}" for page, verdict in summary.verdicts.items() if not _is_good(verdict))
    if good:
        return Completed(name="Partial", message=f"{message}; {bad}", data=summary)
    return Failed(message=f"{message}; {bad}", data=summary)


def _is_good(verdict: str) -> bool:
    return verdict in ("verified", "not_modified")
