"""Attempts to deliver: begun before anything is sent, ended with what came of it, each time in one transaction.

A row that is left as begun says that its message may have arrived.  Several attempts may share their two transactions,
where a repeat does no harm: what a process leaves behind that dies among them is then as many messages in doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import duckdb

from transform.delivery import PendingDelivery
from warehouse.connection import transaction
from warehouse.lake_sql import is_lake
from warehouse.retries import tried_again

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
class Attempted:
    """What came of one attempt; ``response`` is what the channel said."""

    delivery: PendingDelivery
    delivered: bool
    response: str

    @property
    def status(self) -> DeliveryStatus:
        """How the delivery stands now; one that has failed too often is parked."""
        if self.delivered:
            return DeliveryStatus.DELIVERED
        is_last = self.delivery.attempts + 1 >= ATTEMPTS_BEFORE_PARKING
        return DeliveryStatus.PARKED if is_last else DeliveryStatus.PENDING


@tried_again
def begin_deliveries(
    connection: duckdb.DuckDBPyConnection, deliveries: Sequence[PendingDelivery], at: datetime
) -> tuple[PendingDelivery, ...]:
    """Write down that attempts begin, in a transaction of its own; :func:`record_deliveries` ends them.

    Returns:
        Those that are ours to make: of several that deliver from one lake, another one may have begun just now.
    """
    with transaction(connection):
        ours = _not_taken(connection, deliveries, at) if is_lake(connection) else tuple(deliveries)
        if ours:
            begun = [(one.alert_id, one.channel, at) for one in ours]
            connection.execute(_BEGIN.format(given=_given(_BEGUN, begun)), _bound(begun))
    return ours


@tried_again
def record_deliveries(
    connection: duckdb.DuckDBPyConnection, attempts: Sequence[Attempted], at: datetime
) -> tuple[DeliveryStatus, ...]:
    """Write down what came of attempts, in a transaction of its own, and say how each delivery stands now.

    An attempt that :func:`begin_deliveries` began is ended by it; without one it is a row of its own.
    A failed one is due again after a pause that doubles each time; after :data:`ATTEMPTS_BEFORE_PARKING` it is parked.
    """
    if attempts:
        ended = [_ended(one, at) for one in attempts]
        given = _given(_ENDED, ended)
        with transaction(connection):
            connection.execute(_RECORD.format(given=given), _bound(ended))
            connection.execute(_END.format(given=given), _bound(ended))
    return tuple(one.status for one in attempts)


def pause_after(failures: int) -> timedelta:
    """How long to wait after so many failed attempts (from 1)."""
    doublings = min(failures - 1, 16)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def _not_taken(
    connection: duckdb.DuckDBPyConnection, deliveries: Sequence[PendingDelivery], at: datetime
) -> tuple[PendingDelivery, ...]:
    asked = [(one.alert_id, one.channel, at) for one in deliveries]
    taken = set(connection.execute(_TAKEN.format(given=_given(_BEGUN, asked)), _bound(asked)).fetchall())
    return tuple(one for one in deliveries if (one.alert_id, one.channel) not in taken)


def _ended(one: Attempted, at: datetime) -> tuple[Any, ...]:
    is_due_again = one.status is DeliveryStatus.PENDING
    status = "failed" if is_due_again else str(one.status)
    next_at = at + pause_after(one.delivery.attempts + 1) if is_due_again else None
    return one.delivery.alert_id, one.delivery.channel, at, status, one.response, next_at


_BEGUN = "alert_id varchar, channel varchar, made_at timestamptz"
_ENDED = f"{_BEGUN}, status varchar, response varchar, next_at timestamptz"


def _given(columns: str, rows: Sequence[tuple[Any, ...]]) -> str:
    """A relation of so many rows, each value a parameter of its column's type."""
    names, kinds = zip(*(column.split() for column in columns.split(", ")), strict=True)
    row = ", ".join(f"?::{kind}" for kind in kinds)
    return f"(values {', '.join([f'({row})'] * len(rows))}) as given ({', '.join(names)})"


def _bound(rows: Sequence[tuple[Any, ...]]) -> list[Any]:
    return [value for row in rows for value in row]


_TAKEN = """
select distinct given.alert_id, given.channel
from {given}
join store.delivery_attempts as attempts using (alert_id, channel)
where attempts.status = 'delivered'
    or (attempts.status = 'sending' and attempts.attempted_at > given.made_at - interval 10 minutes)
"""

_BEGIN = """
insert into store.delivery_attempts (alert_id, channel, attempt, attempted_at, status, response, next_attempt_at)
select
    given.alert_id, given.channel, coalesce(max(attempts.attempt), 0) + 1, given.made_at, 'sending', '', given.made_at
from {given}
left join store.delivery_attempts as attempts using (alert_id, channel)
group by given.alert_id, given.channel, given.made_at
"""

_RECORD = """
insert into store.delivery_attempts (alert_id, channel, attempt, attempted_at, status, response, next_attempt_at)
select
    given.alert_id, given.channel, coalesce(max(attempts.attempt), 0) + 1, given.made_at, given.status, given.response,
    given.next_at
from {given}
left join store.delivery_attempts as attempts using (alert_id, channel)
group by given.alert_id, given.channel, given.made_at, given.status, given.response, given.next_at
having coalesce(arg_max(attempts.status, attempts.attempt), '') <> 'sending'
"""
"""For attempts that nobody began."""

_END = """
update store.delivery_attempts
set status = ended.status, response = ended.response, next_attempt_at = ended.next_at, attempted_at = ended.made_at
from (
    select given.*, max(attempts.attempt) as attempt
    from {given}
    join store.delivery_attempts as attempts using (alert_id, channel)
    group by all
) as ended
where delivery_attempts.alert_id = ended.alert_id
    and delivery_attempts.channel = ended.channel
    and delivery_attempts.attempt = ended.attempt
    and delivery_attempts.status = 'sending'
"""
