"""What routes would have sent over the stored history, and trials of what they send now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flows.channel_setup import channels_of
from flows.delivering import deliver_pending
from flows.settings import Settings
from transform.alerting import content_alerts, incident_alerts, trial_alerts
from transform.night import Alert
from transform.routing import Route
from warehouse.database import Warehouse
from warehouse.history import stored_declarations, stored_nights
from warehouse.publish import publish


@dataclass(frozen=True, slots=True)
class Replayed:
    """Messages that would have gone out together: one, or those of a digest; ``at`` (UTC) is when they were due."""

    at: datetime
    route: str
    alerts: tuple[Alert, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of a trial on one channel."""

    route: str
    channel: str
    delivered: bool
    response: str


def replay(settings: Settings, routes: Sequence[Route], since: datetime) -> tuple[Replayed, ...]:
    """What these routes would have sent from ``since`` (aware) on, in the order of going out; writes nothing.

    Raises:
        WarehouseError: If there is no published copy.
    """
    declarations = stored_declarations(settings.published)
    groups: dict[tuple[datetime, str, str], list[Alert]] = {}
    for night in stored_nights(settings.published, since):
        told = list(content_alerts(night.changes, declarations, routes, night.loaded_at))
        for event in night.incidents:
            told += incident_alerts([event], declarations, routes, event.at)
        for alert in told:
            due = alert.due_at or night.loaded_at
            groups.setdefault((due, alert.route, "" if alert.is_digest else alert.key), []).append(alert)
    return tuple(
        Replayed(due, route, tuple(alerts))
        for (due, route, _), alerts in sorted(groups.items(), key=lambda item: item[0])
    )


def try_routes(settings: Settings, routes: Sequence[Route], now: datetime | None = None) -> tuple[Trial, ...]:
    """Sends a marked trial along each route, through the outbox as any alert; what came of it on each channel.

    Raises:
        WarehouseBusyError: If a run is under way.
    """
    at = now or datetime.now(UTC)
    alerts = trial_alerts(routes, at)
    with Warehouse.open(settings.place) as warehouse:
        warehouse.add_alerts(alerts, at)
        deliver_pending(warehouse, channels_of(settings), at)
        states = warehouse.deliveries_of([alert.alert_id for alert in alerts])
        publish(warehouse, settings.published)
    names = {alert.alert_id: alert.route for alert in alerts}
    return tuple(Trial(names[state.alert_id], state.channel, state.is_delivered, state.response) for state in states)
