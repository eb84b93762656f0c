"""The nightly refresh as one Prefect flow: a task for each portal, or for a few of many portals, and few others.

What a run does stands in :mod:`flows.running`; here its steps become tasks and its result a state.  A flow run costs a
flat second and a task some 50 ms of the server's time, so there is none for a page, and Prefect's part of a night does
not grow with the catalogue.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

import httpx
from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.exceptions import PrefectException
from prefect.states import Completed, Failed
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.utilities.annotations import quote

from extract.errors import NightDoneError, NothingToDoError
from flows.ahead import begun_run
from flows.artifacts import publish_artifacts
from flows.delivering import DeliveryReport
from flows.night import NothingVerifiedError, RunSummary
from flows.running import PlainSteps, PortalWork, RunRequest, finished, run
from flows.settings import Settings, load_settings
from flows.visiting import PageVisit
from transform.night import Night
from transform.portal_groups import PortalGroup
from warehouse.database import Warehouse
from warehouse.load import LoadReport
from warehouse.publish import Published

T = TypeVar("T")

MOST_VISITING_TASKS = 32
"""Where there are more portals than this, each task visits several of them, one after the other."""
_PLAIN = PlainSteps()


def opaque(value: T) -> T:
    """The value, marked so that Prefect does not look into it for futures; a task receives it as it is."""
    return cast("T", quote(value))


def shares(portals: Sequence[str], most: int) -> dict[str, tuple[str, ...]]:
    """The portals dealt out to at most so many tasks, each share under the name of its first portal."""
    dealt = [tuple(portals[first::most]) for first in range(min(most, len(portals)))]
    return {f"{share[0]} and {len(share) - 1} more" if len(share) > 1 else share[0]: share for share in dealt}


@task(name="visit-portals", task_run_name="visit {name}", cache_policy=NO_CACHE, persist_result=False)
def visit_portals_task(name: str, portals: tuple[str, ...], work: PortalWork) -> tuple[PageVisit, ...]:  # noqa: ARG001
    """Fetches, archives, judges and reads the pages of portals, one after the other; ``name`` is shown for them."""
    return tuple(visit for portal in portals for visit in work.visit(portal))


@task(name="load", cache_policy=NO_CACHE, persist_result=False)
def load_task(warehouse: Warehouse, night: Night) -> LoadReport:
    """Loads the night in one transaction."""
    return _PLAIN.load(warehouse, night)


@task(name="publish", cache_policy=NO_CACHE, persist_result=False)
def publish_task(warehouse: Warehouse, target: Path) -> Published:
    """Publishes a verified copy by atomic rename."""
    return _PLAIN.publish(warehouse, target)


@task(name="deliver", cache_policy=NO_CACHE, persist_result=False)
def deliver_task(warehouse: Warehouse, settings: Settings) -> DeliveryReport:
    """Delivers what is due."""
    return _PLAIN.deliver(warehouse, settings)


class PrefectSteps:
    """The steps of a run, each as a task that Prefect shows, times and logs."""

    def visit(self, work: PortalWork) -> list[PageVisit]:
        """One task a portal, or a share of many portals; so many at once as the settings say."""
        with ThreadPoolTaskRunner[tuple[PageVisit, ...]](max_workers=work.portals_at_once) as runner:
            futures = [
                runner.submit(visit_portals_task, {"name": name, "portals": opaque(portals), "work": opaque(work)})
                for name, portals in shares(work.portals, max(MOST_VISITING_TASKS, work.portals_at_once)).items()
            ]
            return [visit for future in futures for visit in future.result()]

    def load(self, warehouse: Warehouse, night: Night) -> LoadReport:
        """A task."""
        return load_task(opaque(warehouse), opaque(night))

    def publish(self, warehouse: Warehouse, target: Path) -> Published:
        """A task."""
        return publish_task(opaque(warehouse), target)

    def deliver(self, warehouse: Warehouse, settings: Settings) -> DeliveryReport:
        """A task."""
        return deliver_task(opaque(warehouse), opaque(settings))

    def publish_deliveries(self, warehouse: Warehouse, target: Path) -> Published:
        """No task: it takes no longer than one costs."""
        return _PLAIN.publish_deliveries(warehouse, target)


@flow(name="refresh", persist_result=False)
def refresh(
    data: str | None = None,
    via: str | None = None,
    catalogue: str | None = None,
    only: list[str] | None = None,
    once_a_night: bool = False,
    wait: bool = False,
    group: str | None = None,
) -> State[RunSummary]:
    """Visits the declared pages, loads what they say, publishes, and tells what changed.

    Args:
        data: The data folder; else ``STRATEGIEMONITOR_DATA``, else ``data/``.
        via: PREFIX put in front of every address, as web archives do.
        catalogue: Folder of declarations; the bundled one where missing.
        only: Page ids to visit; all where missing.
        once_a_night: Leave a night (Berlin date) alone that was loaded already: late and double runs of a schedule do
            nothing then.
        group: ``I/N`` visits the portals of group I of N alone, where other runs visit the rest.
        wait: Where another run is under way, wait for its end instead of failing.

    Returns:
        Completed where every page is verified or not modified, Completed named Partial where some are not or readers
        have no copy of it, each with the :class:`flows.night.RunSummary` as data; Failed where none is, with a
        :class:`flows.night.NothingVerifiedError` that holds the summary.  Completed named AlreadyDone, without data,
        where the night was loaded before; named NoPortal where the group has none.

    Raises:
        StrategiemonitorError: If the run could not be loaded.
    """
    begun = begun_run()
    request = RunRequest(
        settings=load_settings(Path(data) if data else None),
        via=via,
        catalogue=Path(catalogue) if catalogue else None,
        only=tuple(only or ()),
        once_a_night=once_a_night,
        wait=wait,
        group=PortalGroup.parse(group) if group else None,
    )
    logger = get_run_logger()
    try:
        night, summary = finished(begun, PrefectSteps(), logger) if begun else run(request, PrefectSteps(), logger)
    except NightDoneError as done:
        return Completed(name="AlreadyDone", message=done.message)
    except NothingToDoError as nothing:
        if request.group is None or only:
            raise
        return Completed(name="NoPortal", message=nothing.message)
    try:
        publish_artifacts(night, summary)
    except (PrefectException, httpx.HTTPError) as error:
        logger.warning("the night is loaded, but Prefect kept no artifacts of it: %s", error)
    return final_state(summary)


def final_state(summary: RunSummary) -> State[Any]:
    """The flow's state from the verdicts of its pages."""
    message = (
        f"{summary.good} of {summary.pages['total']} pages verified or not modified, {len(summary.changed)} changed"
    )
    if summary.exit_status == 0:
        return Completed(message=message, data=summary)
    told = [f"{page} {verdict}" for page, verdict in summary.held_back.items()]
    message = "; ".join(filter(None, (message, ", ".join(told), summary.unpublished)))
    if summary.good:
        return Completed(name="Partial", message=message, data=summary)
    return Failed(message=message, data=NothingVerifiedError(message, summary))
