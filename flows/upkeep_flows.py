"""Upkeep as Prefect flows, so that each can be a deployment: delivering, verifying, compacting."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows import upkeep
from flows.settings import load_settings


@flow(name="deliver", persist_result=False)
def deliver(data: str | None = None) -> State[Any]:
    """Tries alerts again that could not be delivered.

    Args:
        data: The data folder; else ``STRATEGIEMONITOR_DATA``, else ``data/``.

    Returns:
        Completed; named Waiting where some are still to be delivered: their own incidents and the next try see to it.
    """
    report = upkeep.deliver(load_settings(Path(data) if data else None))
    message = f"{report.delivered} delivered, {report.waiting} waiting, {report.parked} given up"
    return Completed(name="Waiting" if report.waiting else None, message=message)


@flow(name="verify", persist_result=False)
def verify(data: str | None = None) -> State[Any]:
    """Reads the archive against its digests and audits the warehouse.

    Returns:
        Completed, or Failed with what is wrong.
    """
    found = upkeep.verify(load_settings(Path(data) if data else None))
    message = f"{found.records} records in {found.files} files"
    if found.wrong:
        return Failed(message="; ".join((message, *found.wrong[:5])))
    return Completed(message=f"{message}; all is well")


@flow(name="compact", persist_result=False)
def compact(data: str | None = None) -> State[Any]:
    """Writes the warehouse's file anew, without the space that it no longer needs.

    Returns:
        Completed with the sizes before and after.
    """
    done = upkeep.compact_warehouse(load_settings(Path(data) if data else None))
    return Completed(message=f"{done.bytes_before / 1e6:.1f} MB before, {done.bytes_after / 1e6:.1f} MB after")
