"""The outbox: alerts written with what they tell, delivered afterwards at least once, parked when nobody takes them.

An alert is known by its key: the same matter on the same route is written once.  Each attempt to deliver is a row of
its own, begun before anything is sent and ended with what came of it; what a delivery's state is follows from its
attempts (:mod:`warehouse.attempts`).  So a process that dies in between leaves a trace: the message may have arrived,
and is repeated as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from extract.model import PageId
from transform.delivery import Digest, PendingDelivery
from transform.night import Alert
from warehouse import outbox_sql
from warehouse.attempts import DeliveryStatus
from warehouse.connection import transaction
from warehouse.retries import tried_again
from warehouse.rows import Appender, Row, incoming, texts, utc


@dataclass(frozen=True, slots=True)
class DeliveryState:
    """How a message stands on a channel; ``response`` is what the channel last said, empty where it was not asked."""

    alert_id: str
    channel: str
    status: DeliveryStatus
    response: str

    @property
    def is_delivered(self) -> bool:
        """Whether it has arrived."""
        return self.status is DeliveryStatus.DELIVERED


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
        known = {row[0] for row in connection.execute(outbox_sql.KNOWN_KEYS).fetchall()}
    fresh = [alert for key, alert in reversed(by_key.items()) if key not in known]
    appender.append("alerts", _ALERT, [_alert_row(alert, created_at, snapshot_id) for alert in fresh])
    deliveries: list[Row] = [
        (alert.alert_id, channel, created_at) for alert in fresh for channel in dict.fromkeys(alert.channels)
    ]
    appender.append("deliveries", ("alert_id", "channel", "queued_at"), deliveries)
    return len(fresh)


def pending_deliveries(connection: duckdb.DuckDBPyConnection, now: datetime) -> tuple[PendingDelivery, ...]:
    """What is due at ``now`` (aware), oldest first; a message that waits for its next attempt holds up no other."""
    return tuple(_pending(*row) for row in connection.execute(outbox_sql.PENDING, {"now": now}).fetchall())


@tried_again
def add_digests(connection: duckdb.DuckDBPyConnection, digests: Sequence[Digest], at: datetime) -> int:
    """Put messages together, in a transaction of its own, before any of it is sent; says how many digests are new.

    From then on the digest goes out instead of what it holds, at each attempt the same and under the same key.
    """
    with transaction(connection):
        appender = Appender(connection)
        rows: list[Row] = [
            (one.digest_id, one.channel, at, one.route, one.kind, one.language, one.subject, one.body, one.html)
            for one in digests
        ]
        members: list[Row] = [(alert_id, one.channel, one.digest_id) for one in digests for alert_id in one.alert_ids]
        appender.append("digest_members", ("alert_id", "channel", "digest_id"), members, once=True)
        return appender.append("digests", _DIGEST, rows, once=True)


def deliveries_of(connection: duckdb.DuckDBPyConnection, alert_ids: Sequence[str]) -> tuple[DeliveryState, ...]:
    """How these alerts stand on each of their channels, by alert and channel."""
    with incoming(connection, texts("alert_id", alert_ids)):
        rows = connection.execute(outbox_sql.STATES).fetchall()
    return tuple(DeliveryState(alert, channel, DeliveryStatus(status), said) for alert, channel, status, said in rows)


@tried_again
def requeue_parked(connection: duckdb.DuckDBPyConnection, at: datetime) -> int:
    """Make every parked delivery due again from ``at`` on, with a fresh count of attempts; says how many there were."""
    with transaction(connection):
        return int(connection.execute(outbox_sql.REQUEUE, {"at": at}).fetchall()[0][0])


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
    html: str,
    language: str,
    is_digest: bool,
    in_doubt: bool,
    keys: list[str],
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
        html=html,
        language=language,
        is_digest=is_digest,
        in_doubt=in_doubt,
        keys=tuple(keys),
    )


_ALERT = (
    *("alert_id", "key", "created_at", "snapshot_id", "kind", "page_id", "change_ids", "incident_ids", "route"),
    *("subject", "body", "html", "language", "is_digest", "due_at"),
)
_DIGEST = ("digest_id", "channel", "created_at", "route", "kind", "language", "subject", "body", "html")


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
        alert.html,
        alert.language,
        alert.is_digest,
        alert.due_at,
    )
