"""Delivering alerts from the outbox: at least once, each with its key, none blocking another."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from flows.channels import Channel, Sent
from warehouse.database import Warehouse

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """How many alerts went out, and how many will be tried again."""

    delivered: int
    waiting: int


def deliver_pending(
    warehouse: Warehouse, channels: Mapping[str, Channel], now: datetime | None = None
) -> DeliveryReport:
    """Tries every delivery that is due, once each; what came of it is recorded before the next one is tried."""
    at = now or datetime.now(UTC)
    delivered = waiting = 0
    for delivery in warehouse.pending_deliveries(at):
        channel = channels.get(delivery.channel)
        sent = channel.send(delivery) if channel else Sent(delivered=False, response="no such channel is set up")
        warehouse.record_delivery(delivery, delivered=sent.delivered, response=sent.response, at=at)
        if sent.delivered:
            delivered += 1
        else:
            waiting += 1
            _log.warning("alert %s on %s: %s", delivery.alert_id, delivery.channel, sent.response)
    return DeliveryReport(delivered, waiting)
