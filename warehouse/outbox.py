"""The outbox: alerts written with what they tell, delivered afterwards at least once, parked when nobody takes them.

An alert is known by its key: the same matter on the same route is written once.  Each attempt to deliver is a row of
its own; what a delivery's state is follows from its attempts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import duckdb

from extract.model import PageId
from transform.night import Alert
from warehouse.connection import transaction
from warehouse.rows import Appender, Row, incoming, texts, utc

ATTEMPTS_BEFORE_PARKING = 10
FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=6)
"""Pauses double from the first to the longest: ten attempts reach over a day and a half."""


class DeliveryStatus(StrEnum):
    """State of a delivery, as ``deliveries.status`` spells it."""

    PENDING = "pending"
    DELIVERED = "delivered"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class PendingDelivery:
    """A message that is due on one channel; ``attempts`` counts those that failed since it was last queued."""

    alert_id: str
    channel: str
    key: str
    kind: str
    page_id: PageId | None
    change_ids: tuple[str, ...]
    incident_ids: tuple[str, ...]
    route: str
    subject: str
    body: str
    created_at: datetime
    attempts: int


def append_alerts(
    connection: duckdb.DuckDBPyConnection,
    appender: Appender,
    alerts: Sequence[Alert],
    created_at: datetime,
    snapshot_id: int | None = None,
) -> int:
    """Store alerts whose key is new, with one pending delivery for each channel; inside the caller's transaction.

    Returns:
        How many were new.
    """
    by_key = {alert.key: alert for alert in reversed(alerts)}
    with incoming(connection, texts("key", by_key)):
        known = {row[0] for row in connection.execute(_KNOWN_KEYS).fetchall()}
    fresh = [alert for key, alert in reversed(by_key.items()) if key not in known]
    appender.append("alerts", _ALERT, [_alert_row(alert, created_at, snapshot_id) for alert in fresh])
    deliveries: list[Row] = [
        (alert.alert_id, channel, created_at) for alert in fresh for channel in dict.fromkeys(alert.channels)
    ]
    appender.append("deliveries", ("alert_id", "channel", "queued_at"), deliveries)
    return len(fresh)


def pending_deliveries(connection: duckdb.DuckDBPyConnection, now: datetime) -> tuple[PendingDelivery, ...]:
    """What is due at ``now`` (aware), oldest first; a message that waits for its next attempt holds up no other."""
    return tuple(_pending(*row) for row in connection.execute(_PENDING, {"now": now}).fetchall())


def record_delivery(
    connection: duckdb.DuckDBPyConnection,
    delivery: PendingDelivery,
    *,
    delivered: bool,
    response: str,
    at: datetime,
) -> DeliveryStatus:
    """Write down what came of one attempt, in a transaction of its own, and say how the delivery stands now.

    A failed one is due again after a pause that doubles each time; after :data:`ATTEMPTS_BEFORE_PARKING` it is parked.
    """
    failures = delivery.attempts + 1
    if delivered:
        status, recorded, next_at = DeliveryStatus.DELIVERED, "delivered", None
    elif failures >= ATTEMPTS_BEFORE_PARKING:
        status, recorded, next_at = DeliveryStatus.PARKED, "parked", None
    else:
        status, recorded, next_at = DeliveryStatus.PENDING, "failed", at + pause_after(failures)
    with transaction(connection):
        connection.execute(
            _RECORD,
            {
                "alert_id": delivery.alert_id,
                "channel": delivery.channel,
                "at": at,
                "status": recorded,
                "response": response,
                "next_at": next_at,
            },
        )
    return status


def requeue_parked(connection: duckdb.DuckDBPyConnection, at: datetime) -> int:
    """Make every parked delivery due again from ``at`` on, with a fresh count of attempts; says how many there were."""
    with transaction(connection):
        return int(connection.execute(_REQUEUE, {"at": at}).fetchall()[0][0])


def pause_after(failures: int) -> timedelta:
    """How long to wait after so many failed attempts (from 1)."""
    doublings = min(failures - 1, 16)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def _pending(
    alert_id: str,
    channel: str,
    key: str,
    kind: str,
    page_id: str | None,
    change_ids: list[str],
    incident_ids: list[str],
    route: str,
    subject: str,
    body: str,
    created_us: int,
    attempts: int,
) -> PendingDelivery:
    return PendingDelivery(
        alert_id=alert_id,
        channel=channel,
        key=key,
        kind=kind,
        page_id=None if page_id is None else PageId(page_id),
        change_ids=tuple(change_ids),
        incident_ids=tuple(incident_ids),
        route=route,
        subject=subject,
        body=body,
        created_at=utc(created_us),
        attempts=attempts,
    )


_ALERT = (
    *("alert_id", "key", "created_at", "snapshot_id", "kind", "page_id", "change_ids", "incident_ids", "route"),
    *("subject", "body"),
)


def _alert_row(alert: Alert, created_at: datetime, snapshot_id: int | None) -> Row:
    return (
        alert.alert_id,
        alert.key,
        created_at,
        snapshot_id,
        alert.kind,
        alert.page_id,
        alert.change_ids,
        alert.incident_ids,
        alert.route,
        alert.subject,
        alert.body,
    )


_KNOWN_KEYS = "select key from store.alerts semi join incoming using (key)"

_PENDING = """
select
    alert_id, channel, alerts.key, alerts.kind, alerts.page_id, alerts.change_ids, alerts.incident_ids, alerts.route,
    alerts.subject, alerts.body, epoch_us(alerts.created_at), state.failures
from store.delivery_states as state
join store.alerts as alerts using (alert_id)
where state.status = 'pending' and (state.next_attempt_at is null or state.next_attempt_at <= $now)
order by alerts.created_at, alert_id, channel
"""

_RECORD = """
insert into store.delivery_attempts (alert_id, channel, attempt, attempted_at, status, response, next_attempt_at)
select
    $alert_id,
    $channel,
    (
        select coalesce(max(attempt), 0) + 1
        from store.delivery_attempts
        where alert_id = $alert_id and channel = $channel
    ),
    $at, $status, $response, $next_at
"""

_REQUEUE = """
insert into store.delivery_attempts (alert_id, channel, attempt, attempted_at, status, response, next_attempt_at)
select alert_id, channel, recorded + 1, $at, 'requeued', '', $at
from store.delivery_states
where status = 'parked'
"""
