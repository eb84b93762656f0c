"""The dead man's switch: an alert when no page has been verified for too long, although no run says a word.

To be called from outside the pipeline: by cron (``strategiemonitor doctor --watch``) or by a deployment of its own
(:mod:`flows.watchdog`).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from extract.errors import PublishError, StorageError, StrategiemonitorError, WaitError
from flows.channel_setup import channels_of
from flows.channels import write_whole
from flows.coverage import Covered, loaded_coverage, published_coverage
from flows.delivering import deliver_pending
from flows.lost_warehouse import refuse_to_begin_anew
from flows.routes import load_routes
from flows.settings import Settings
from transform.alerting import incident_alerts
from transform.delivery import PendingDelivery
from transform.incidents import IncidentKind, run_failed_event, stale_event
from transform.night import Alert, IncidentEvent
from transform.portal_groups import PortalGroup
from warehouse import alert_reports
from warehouse.database import Warehouse
from warehouse.publish import publish

_JUST_NOW = timedelta(minutes=15)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Watched:
    """What the watchdog found; ``covered_at`` (UTC) is ``None`` where no page was ever verified.

    ``alerted`` says that this call was the one that told of it; ``group`` is the group of portals most behind, where
    there are several.
    """

    covered_at: datetime | None
    is_fresh: bool
    alerted: bool = False
    group: PortalGroup | None = None

    @property
    def sentence(self) -> str:
        """What was found, in one line."""
        if self.covered_at is None:
            return f"{self._whose}no page was ever verified"
        since = f"{self.covered_at:%Y-%m-%d %H:%M} UTC"
        return (
            f"{self._whose}last verified {since}" if self.is_fresh else f"{self._whose}no page verified since {since}"
        )

    @property
    def _whose(self) -> str:
        return f"group {self.group}: " if self.group else ""


def watch(settings: Settings, now: datetime | None = None) -> Watched:
    """Looks when a page was last verified; where that is too long ago, tells the incident routes, once an outage.

    The published copy is asked first, so that a run under way is not disturbed.  The alert goes through the outbox;
    where that cannot be written, because a run hangs or the file is damaged, it goes straight to the channels, and a
    file in ``DIR/watchdog/`` remembers for each that it was told.

    Where several runs share a night, each group of portals is looked at, so that none hides behind the others.

    Raises:
        SettingsError: If the file of routes has mistakes.
    """
    at = now or datetime.now(UTC)
    covered = _published(settings)
    if not _stale(settings, covered, at):
        return _watched(settings, covered, at)
    try:
        refuse_to_begin_anew(settings)
        with Warehouse.open(settings.place) as warehouse:
            covered = loaded_coverage(settings, warehouse)
            events = _stale(settings, covered, at)
            told = [tell_through_the_outbox(settings, warehouse, event, at) for event in events]
    except (StorageError, WaitError) as error:
        _log.warning("the outbox cannot be used: %s", error)
        told = [_told_directly(settings, event, at) for event in _stale(settings, covered, at)]
    return _watched(settings, covered, at, alerted=any(told))


def _published(settings: Settings) -> tuple[Covered, ...]:
    try:
        return published_coverage(settings)
    except StrategiemonitorError:
        # A copy of an earlier version has no such table; the warehouse itself will say.
        return (Covered(None, None),)


def _stale(settings: Settings, covered: Sequence[Covered], at: datetime) -> list[IncidentEvent]:
    return [stale_event(one.at, at, one.group) for one in covered if not one.is_fresh(settings, at)]


def _watched(settings: Settings, covered: Sequence[Covered], at: datetime, *, alerted: bool = False) -> Watched:
    last = covered[0]
    return Watched(last.at, is_fresh=last.is_fresh(settings, at), alerted=alerted, group=last.group)


def tell_failed_run(
    settings: Settings, run: str, why: str, now: datetime | None = None, group: PortalGroup | None = None
) -> bool:
    """Tells the incident routes that a run (of a group of portals) failed; whether it did.

    Not where a run of these portals was loaded just now: it then saw no page, and its own incidents say so.

    Raises:
        SettingsError: If the file of routes has mistakes.
    """
    at = now or datetime.now(UTC)
    event = run_failed_event(run, why, at, group)
    try:
        refuse_to_begin_anew(settings)
        with Warehouse.open(settings.place) as warehouse:
            return not _just_loaded(warehouse, group, at) and tell_through_the_outbox(settings, warehouse, event, at)
    except (StorageError, WaitError) as error:
        _log.warning("the outbox cannot be used: %s", error)
        return _told_directly(settings, event, at)


def _just_loaded(warehouse: Warehouse, group: PortalGroup | None, at: datetime) -> bool:
    """Whether a run is loaded that ended a moment ago; of a group: one that asked a portal of it."""
    if group is not None:
        return any(group.has(portal) for portal in warehouse.portals_loaded_since(at - _JUST_NOW))
    loaded_at = warehouse.last_loaded_at()
    return loaded_at is not None and abs(at - loaded_at) < _JUST_NOW


def tell_through_the_outbox(settings: Settings, warehouse: Warehouse, event: IncidentEvent, at: datetime) -> bool:
    """Opens an incident of no page and delivers its alerts; whether it is new.

    Failed runs and damage are told once until they are over, however many of them follow each other.
    """
    alone = event.kind in (IncidentKind.RUN_FAILED, IncidentKind.DAMAGED)
    opened = warehouse.open_outage(event, _alerts(settings, event, at), at, alone=alone)
    report = deliver_pending(warehouse, channels_of(settings), at)
    if opened or report.changed_anything:
        _published_if_can_be(settings, warehouse)
    return opened


def _published_if_can_be(settings: Settings, warehouse: Warehouse) -> None:
    """Publishes what was told; damage, which is told as well, may be what keeps from it."""
    try:
        publish(warehouse, settings.published)
    except PublishError as error:
        _log.warning("readers keep the copy before: %s", error)


def _told_directly(settings: Settings, event: IncidentEvent, at: datetime) -> bool:
    """Whether a channel was told just now."""
    channels = channels_of(settings)
    told = False
    for alert in _alerts(settings, event, at):
        for name in alert.channels:
            memory = settings.data / "watchdog" / f"{alert.key}-{name}"
            if name not in channels or memory.exists() or name in _told_before(settings, alert):
                continue
            if channels[name].send(_delivery(alert, name, at)).delivered:
                write_whole(memory, alert.subject.encode())
                told = True
    return told


def _told_before(settings: Settings, alert: Alert) -> frozenset[str]:
    """The channels that have the alert already, as the published copy knows it."""
    try:
        return alert_reports.delivered_on(settings.published, alert.key)
    except StrategiemonitorError:
        return frozenset()


def _alerts(settings: Settings, event: IncidentEvent, at: datetime) -> tuple[Alert, ...]:
    return incident_alerts([event], (), load_routes(settings).routes, at)


def _delivery(alert: Alert, channel: str, at: datetime) -> PendingDelivery:
    return PendingDelivery(
        alert_id=alert.alert_id,
        channel=channel,
        key=alert.key,
        kind=alert.kind,
        page_id=None,
        change_ids=(),
        incident_ids=alert.incident_ids,
        route=alert.route,
        subject=alert.subject,
        body=alert.body,
        created_at=at,
        attempts=0,
        html=alert.html,
        language=alert.language,
        keys=(alert.key,),
    )
