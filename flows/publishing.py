"""Publishing as the end of a run: a copy that cannot be made is an incident, and no failed run.

The night is loaded by then.  So it counts as loaded, its alerts go out, and readers keep the copy before.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from extract.errors import PublishError, StorageError
from transform.alerting import incident_alerts
from transform.incidents import IncidentKind, unpublished_event
from transform.routing import Route
from warehouse.database import Warehouse

Publish = Callable[[Warehouse, Path], object]
Log = logging.Logger | logging.LoggerAdapter[logging.Logger]


def publish_or_tell(publish: Publish, warehouse: Warehouse, target: Path, routes: Sequence[Route], log: Log) -> str:
    """Publishes; where that fails, an incident is opened and its alerts are queued, once until a copy is made again.

    Returns:
        Why there is no new copy; empty where there is one.
    """
    try:
        publish(warehouse, target)
        if warehouse.close_outage(IncidentKind.UNPUBLISHED, datetime.now(UTC)):
            publish(warehouse, target)
    except PublishError as error:
        log.error("the night is loaded, but readers keep the copy before: %s", error)  # noqa: TRY400  it says all
        _tell(warehouse, error.message, routes, log)
        return str(error)
    return ""


def _tell(warehouse: Warehouse, why: str, routes: Sequence[Route], log: Log) -> None:
    at = datetime.now(UTC)
    event = unpublished_event(why, at)
    try:
        warehouse.open_outage(event, incident_alerts([event], (), routes, at), at, alone=True)
    except StorageError as error:
        log.warning("that could not be written down either: %s", error)
