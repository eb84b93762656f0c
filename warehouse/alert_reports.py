"""What was told: alerts and the addresses of their pages, read from the published copy.

Times are aware and in UTC.  Every function raises :class:`~extract.errors.WarehouseError` where the copy cannot be
opened; without a copy there is nothing to tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from warehouse.query import query_published


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert as it was written."""

    key: str
    subject: str
    body: str
    html: str
    created_at: datetime
    page_url: str | None


def alerts_on(path: Path, channel: str, most: int = 100) -> tuple[AlertRow, ...]:
    """The latest alerts that go or went to a channel, the latest first; none where there is no copy."""
    if not path.is_file():
        return ()
    rows = query_published(path, _ALERTS_ON, {"channel": channel, "most": most}).rows
    return tuple(AlertRow(*row) for row in rows)


def page_urls(path: Path) -> dict[str, str]:
    """Where each declared page was last seen, by its id; empty where there is no copy."""
    if not path.is_file():
        return {}
    return dict(query_published(path, "select page_id, url from main.pages").rows)


def delivered_on(path: Path, key: str) -> frozenset[str]:
    """The channels on which the alert of a key has been delivered; none where there is no copy."""
    if not path.is_file():
        return frozenset()
    return frozenset(row[0] for row in query_published(path, _DELIVERED_ON, {"key": key}).rows)


@dataclass(frozen=True, slots=True)
class StuckRow:
    """How many messages a channel has not taken yet, or not at all, and what it last said."""

    channel: str
    status: str
    count: int
    response: str


def undelivered(path: Path) -> tuple[StuckRow, ...]:
    """Channels with messages that were tried without success, by channel."""
    return tuple(StuckRow(*row) for row in query_published(path, _UNDELIVERED).rows)


_DELIVERED_ON = """
select deliveries.channel
from main.deliveries as deliveries
join main.alerts as alerts using (alert_id)
where alerts.key = $key and deliveries.status = 'delivered'
"""

_UNDELIVERED = """
select channel, status, count(*), coalesce(arg_max(response, last_attempt_at), '')
from main.deliveries
where status <> 'delivered' and attempts > 0
group by channel, status
order by channel, status
"""

_ALERTS_ON = """
select alerts.key, alerts.subject, alerts.body, coalesce(alerts.html, ''), alerts.created_at, pages.url
from main.deliveries as deliveries
join main.alerts as alerts using (alert_id)
left join main.pages as pages on pages.page_id = alerts.page_id
where deliveries.channel = $channel and alerts.kind <> 'trial'
order by alerts.created_at desc, alerts.key
limit $most
"""
