"""From changes and incidents to alerts: who is told what, in which words.

One alert tells all that changed on one page in one night on one route.  Its key is made from the changes themselves, so
that a second delivery, or a second run, is recognised by whoever receives it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from extract.model import Declaration, PageId
from transform.identifiers import digest
from transform.incidents import remedy
from transform.night import Alert, DatedChange, IncidentEvent

BERLIN = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True, slots=True)
class Route:
    """Who gets what.

    ``kind`` is ``content`` or ``incident``; ``channels`` names the channels that deliver.  Empty filters let everything
    through.
    """

    name: str
    kind: str
    channels: tuple[str, ...]
    lands: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()
    least_significance: float = 0.0


DEFAULT_ROUTES = (
    Route("changes", "content", ("console", "file")),
    Route("operations", "incident", ("console", "file")),
)


def content_alerts(
    changes: Iterable[DatedChange], declarations: Sequence[Declaration], routes: Iterable[Route]
) -> tuple[Alert, ...]:
    """One alert for each page and route with at least one change that alerts and passes the route's filters."""
    names = {declaration.page_id: declaration for declaration in declarations}
    telling = sorted((change for change in changes if change.alerts), key=lambda dated: dated.page_id)
    by_page = [(page_id, tuple(group)) for page_id, group in groupby(telling, key=lambda dated: dated.page_id)]
    return tuple(
        _content_alert(names[page_id], passing, route)
        for route in routes
        if route.kind == "content"
        for page_id, dated in by_page
        if (passing := _passing(dated, route))
    )


def _passing(changes: Sequence[DatedChange], route: Route) -> tuple[DatedChange, ...]:
    return tuple(
        dated
        for dated in changes
        if (not route.lands or dated.land in route.lands)
        and (not route.pages or dated.page_id in route.pages)
        and dated.change.significance >= route.least_significance
    )


def _content_alert(declaration: Declaration, changes: Sequence[DatedChange], route: Route) -> Alert:
    change_ids = tuple(dated.change_id for dated in changes)
    key = digest("alert", route.name, sorted(change_ids))
    count = "1 Änderung" if len(changes) == 1 else f"{len(changes)} Änderungen"
    returned = " (Rückkehr zu einer früheren Fassung)" if changes[0].change.change_class == "return" else ""
    lines = [
        f"{declaration.publisher} ({declaration.land}), {declaration.url}",
        *(f"- {dated.change.summary}" for dated in changes),
        f"Geändert zwischen {_berlin(changes[0].not_before)} und {_berlin(changes[0].not_after)}.",
    ]
    return Alert(
        alert_id=key,
        key=key,
        kind="content",
        page_id=declaration.page_id,
        change_ids=change_ids,
        incident_ids=(),
        route=route.name,
        channels=route.channels,
        subject=f"{declaration.page_id}: {count}{returned}",
        body="\n".join(lines),
    )


def incident_alerts(events: Iterable[IncidentEvent], routes: Iterable[Route]) -> tuple[Alert, ...]:
    """One alert for each incident and route at the moment when it is to be told."""
    telling = [event for event in events if event.alerts]
    return tuple(
        _incident_alert(event, route)
        for route in routes
        if route.kind == "incident"
        for event in telling
        if not route.pages or event.page_id in route.pages
    )


def _incident_alert(event: IncidentEvent, route: Route) -> Alert:
    key = digest("alert", route.name, event.incident_id)
    subject: PageId | str = event.page_id or "Lauf"
    return Alert(
        alert_id=key,
        key=key,
        kind="incident",
        page_id=event.page_id,
        change_ids=(),
        incident_ids=(event.incident_id,),
        route=route.name,
        channels=route.channels,
        subject=f"{subject}: {event.kind}",
        body=f"{event.detail}\nSeit {_berlin(event.at)}. {remedy(event.kind)}",
    )


def _berlin(at: datetime) -> str:
    return at.astimezone(BERLIN).strftime("%d.%m.%Y %H:%M")
