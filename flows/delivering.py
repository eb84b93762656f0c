"""Delivering alerts from the outbox: at least once, each with its key, none blocking another."""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flows.channels import BrokenChannel, Channel, Interrupting, Preparing, Repeatable
from transform.delivery import PendingDelivery
from transform.digests import digests
from warehouse.attempts import ATTEMPTS_BEFORE_PARKING, Attempted, DeliveryStatus
from warehouse.database import Warehouse

PATIENCE_S = 60.0
"""So long a channel may keep a run waiting for deliveries that fail; what is left of them waits for the next run."""
TOGETHER = 100
"""So many messages at most are begun together: each of them is in doubt where the process dies among them."""
_UNKNOWN = BrokenChannel("no such channel is set up")
_GIVEN_UP = "given up: no attempt came to an end"
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
    """Tries every delivery that is due, once each; what came of it is recorded before the next ones are tried.

    An attempt is written down before it is made: where this process dies in it, the next run repeats the very same
    message under the same key.  Messages that go out together are put together before the first one is sent.  Where a
    repeat does no harm, many attempts are begun and recorded together.

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
    for name, deliveries in _together(due, channels):
        if waited[name] > PATIENCE_S:
            tally[DeliveryStatus.PENDING] += len(deliveries)
            continue
        began = time.monotonic()
        statuses = _deliver(warehouse, channels.get(name, _UNKNOWN), deliveries, at)
        if any(status is not DeliveryStatus.DELIVERED for status in statuses):
            waited[name] += time.monotonic() - began
        for status in statuses:
            tally[status] += 1
    return DeliveryReport(tally[DeliveryStatus.DELIVERED], tally[DeliveryStatus.PENDING], tally[DeliveryStatus.PARKED])


def _announce(due: Sequence[PendingDelivery], channels: Mapping[str, Channel]) -> None:
    for name, channel in channels.items():
        if isinstance(channel, Preparing):
            channel.begin([delivery for delivery in due if delivery.channel == name])


def _together(
    due: Sequence[PendingDelivery], channels: Mapping[str, Channel]
) -> Iterator[tuple[str, Sequence[PendingDelivery]]]:
    """What is due, as it is begun and recorded; a message in doubt goes alone, it may be what ended the process."""
    harmless: defaultdict[str, list[PendingDelivery]] = defaultdict(list)
    alone: list[PendingDelivery] = []
    for delivery in due:
        is_harmless = isinstance(channels.get(delivery.channel), Repeatable) and not delivery.in_doubt
        (harmless[delivery.channel] if is_harmless else alone).append(delivery)
    for name, deliveries in harmless.items():
        for first in range(0, len(deliveries), TOGETHER):
            yield name, deliveries[first : first + TOGETHER]
    for delivery in alone:
        yield delivery.channel, (delivery,)


def _deliver(
    warehouse: Warehouse, channel: Channel, deliveries: Sequence[PendingDelivery], at: datetime
) -> Sequence[DeliveryStatus]:
    """How each delivery stands after an attempt; one that another process makes just now is left pending."""
    # Each attempt of these ended this process: the message itself is the likely cause.
    hopeless = [delivery for delivery in deliveries if delivery.attempts >= ATTEMPTS_BEFORE_PARKING]
    begun = warehouse.begin_deliveries([delivery for delivery in deliveries if delivery not in hopeless], at)
    made = [Attempted(delivery, delivered=False, response=_GIVEN_UP) for delivery in hopeless]
    for delivery in begun:
        sent = channel.send(delivery)
        made.append(Attempted(delivery, sent.delivered, sent.response))
    for one in made:
        if not one.delivered:
            _log.warning("alert %s on %s: %s", one.delivery.alert_id, one.delivery.channel, one.response)
    left = [DeliveryStatus.PENDING] * (len(deliveries) - len(made))
    return [*warehouse.record_deliveries(made, at), *left]
