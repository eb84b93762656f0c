"""Delivering alerts from the outbox: at least once, each with its key, none blocking another."""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flows.channels import BrokenChannel, Channel, Interrupting, Preparing, Sent
from transform.delivery import PendingDelivery
from transform.digests import digests
from warehouse.database import Warehouse
from warehouse.outbox import ATTEMPTS_BEFORE_PARKING, DeliveryStatus

PATIENCE_S = 60.0
"""So long a channel may keep a run waiting for deliveries that fail; what is left of them waits for the next run."""
_UNKNOWN = BrokenChannel("no such channel is set up")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """How many messages went out, how many will be tried again, and how many were given up."""

    delivered: int
    waiting: int
    parked: int = 0

    @property
    def changed_anything(self) -> bool:
        """Whether the table of deliveries is another than before."""
        return bool(self.delivered or self.waiting or self.parked)


def deliver_pending(
    warehouse: Warehouse, channels: Mapping[str, Channel], now: datetime | None = None
) -> DeliveryReport:
    """Tries every delivery that is due, once each; what came of it is recorded before the next one is tried.

    An attempt is written down before it is made: where this process dies in it, the next run repeats the very same
    message under the same key.  Messages that go out together are put together before the first one is sent.

    Raises:
        WarehouseError: If the outbox cannot be written; what was sent until then is recorded.
    """
    at = now or datetime.now(UTC)
    catching_up = [name for name, channel in channels.items() if isinstance(channel, Interrupting)]
    warehouse.add_digests(digests(warehouse.pending_deliveries(at), catching_up), at)
    due = warehouse.pending_deliveries(at)
    _announce(due, channels)
    waited: defaultdict[str, float] = defaultdict(float)
    tally = dict.fromkeys(DeliveryStatus, 0)
    for delivery in due:
        if waited[delivery.channel] > PATIENCE_S:
            tally[DeliveryStatus.PENDING] += 1
            continue
        began = time.monotonic()
        status = _deliver(warehouse, channels.get(delivery.channel, _UNKNOWN), delivery, at)
        if status is not DeliveryStatus.DELIVERED:
            waited[delivery.channel] += time.monotonic() - began
        tally[status] += 1
    return DeliveryReport(tally[DeliveryStatus.DELIVERED], tally[DeliveryStatus.PENDING], tally[DeliveryStatus.PARKED])


def _announce(due: Sequence[PendingDelivery], channels: Mapping[str, Channel]) -> None:
    for name, channel in channels.items():
        if isinstance(channel, Preparing):
            channel.begin([delivery for delivery in due if delivery.channel == name])


def _deliver(warehouse: Warehouse, channel: Channel, delivery: PendingDelivery, at: datetime) -> DeliveryStatus:
    if delivery.attempts >= ATTEMPTS_BEFORE_PARKING:
        # Each attempt ended this process: the message itself is the likely cause.
        sent = Sent(delivered=False, response="given up: no attempt came to an end")
    else:
        if not warehouse.begin_delivery(delivery, at):
            return DeliveryStatus.PENDING
        sent = channel.send(delivery)
    status = warehouse.record_delivery(delivery, delivered=sent.delivered, response=sent.response, at=at)
    if not sent.delivered:
        _log.warning("alert %s on %s: %s", delivery.alert_id, delivery.channel, sent.response)
    return status
