"""From changes and incidents to alerts: who is told what, in which words.

One alert tells all that changed on one page in one night on one route.  Its key is made from the changes themselves, so
that a second delivery, or a second run, is recognised by whoever receives it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from extract.model import Declaration, PageId
from transform.identifiers import digest
from transform.messages.rendering import Message, content_message, incident_message, trial_message
from transform.night import Alert, DatedChange, IncidentEvent
from transform.routing import Route, Subject, carries_change, carries_incident, due_at


def content_alerts(
    changes: Iterable[DatedChange], declarations: Iterable[Declaration], routes: Iterable[Route], at: datetime
) -> tuple[Alert, ...]:
    """One alert for each page and route with at least one change that the route carries.

    Args:
        changes: What changed in one night, on all pages.
        declarations: The pages on which something may have changed.
        routes: All routes; those of incidents are passed over.
        at: When the alerts are written (aware).
    """
    names = _by_page(declarations)
    telling = sorted(changes, key=lambda dated: dated.page_id)
    by_page = [(page_id, tuple(group)) for page_id, group in groupby(telling, key=lambda dated: dated.page_id)]
    return tuple(
        _content_alert(names[page_id], carried, route, at)
        for route in routes
        for page_id, group in by_page
        if (carried := tuple(dated for dated in group if carries_change(route, dated)))
    )


def _content_alert(declaration: Declaration, changes: Sequence[DatedChange], route: Route, at: datetime) -> Alert:
    change_ids = tuple(dated.change_id for dated in changes)
    key = digest("alert", route.name, sorted(change_ids))
    message = content_message(declaration, changes, route, key)
    return _alert(route, Subject.CONTENT, key, message, at, page_id=declaration.page_id, change_ids=change_ids)


def incident_alerts(
    events: Iterable[IncidentEvent], declarations: Iterable[Declaration], routes: Iterable[Route], at: datetime
) -> tuple[Alert, ...]:
    """One alert for each incident and route at the moment when it is to be told.

    Args:
        events: What befell incidents in one night.
        declarations: The pages that they may have befallen.
        routes: All routes; those of content are passed over.
        at: When the alerts are written (aware).
    """
    names = _by_page(declarations)
    told = [(event, names.get(event.page_id) if event.page_id else None) for event in events if event.alerts]
    return tuple(
        _incident_alert(event, declaration, route, at)
        for route in routes
        for event, declaration in told
        if carries_incident(route, event.page_id, declaration.land if declaration else None)
    )


def _incident_alert(event: IncidentEvent, declaration: Declaration | None, route: Route, at: datetime) -> Alert:
    key = digest("alert", route.name, event.incident_id)
    message = incident_message(event, declaration, route, key)
    return _alert(route, Subject.INCIDENT, key, message, at, page_id=event.page_id, incident_ids=(event.incident_id,))


def _alert(
    route: Route,
    kind: Subject,
    key: str,
    message: Message,
    at: datetime,
    *,
    page_id: PageId | None,
    change_ids: tuple[str, ...] = (),
    incident_ids: tuple[str, ...] = (),
) -> Alert:
    """A message on its route, due when the route says."""
    return Alert(
        alert_id=key,
        key=key,
        kind=kind,
        page_id=page_id,
        change_ids=change_ids,
        incident_ids=incident_ids,
        route=route.name,
        channels=route.channels,
        subject=message.subject,
        body=message.body,
        html=message.html,
        language=route.language,
        is_digest=route.is_digest,
        due_at=due_at(route, at),
    )


def trial_alerts(routes: Iterable[Route], at: datetime) -> tuple[Alert, ...]:
    """One marked trial for each route, due at once whatever the route says; every call makes new ones."""
    return tuple(_trial_alert(route, at) for route in routes)


def _trial_alert(route: Route, at: datetime) -> Alert:
    key = digest("trial", route.name, at)
    message = trial_message(route, key)
    return Alert(
        alert_id=key,
        key=key,
        kind="trial",
        page_id=None,
        change_ids=(),
        incident_ids=(),
        route=route.name,
        channels=route.channels,
        subject=message.subject,
        body=message.body,
        html=message.html,
        language=route.language,
    )


def _by_page(declarations: Iterable[Declaration]) -> dict[PageId, Declaration]:
    return {declaration.page_id: declaration for declaration in declarations}
