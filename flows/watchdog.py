"""The watchdog as a Prefect flow: a deployment of its own, so that it runs where the nightly one does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.settings import load_settings
from flows.watching import tell_failed_run, watch
from transform.portal_groups import PortalGroup


@flow(name="watchdog", persist_result=False)
def watchdog(
    data: str | None = None, failed_run: str | None = None, why: str = "", group: str | None = None
) -> State[Any]:
    """Looks when a page was last verified, and tells the incident routes where that is too long ago.

    Args:
        data: The data folder; else ``STRATEGIEMONITOR_DATA``, else ``data/``.
        failed_run: Name of a run that failed; it is told as well.
        why: What Prefect says of that failure.
        group: The group of portals of that run, ``1/2``, where several runs share a night.

    Returns:
        Completed; named Stale where nothing was verified for too long.  It is no failure of the watchdog, so that an
        automation on failed runs does not repeat every hour what the routes have been told once.
    """
    settings = load_settings(Path(data) if data else None)
    if failed_run:
        tell_failed_run(settings, failed_run, why, group=PortalGroup.parse(group) if group else None)
    found = watch(settings)
    return Completed(name=None if found.is_fresh else "Stale", message=found.sentence)
