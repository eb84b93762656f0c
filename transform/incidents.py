"""Incidents: conditions of a page, a portal or a run that are no content; opened, updated and closed by themselves.

A page that cannot be read has one incident of its kind.  What befalls many pages together is one incident instead:
most pages of the night fail, several end in one place, or several of one portal show the same
(:mod:`transform.incident_groups`).  Each alerts once, when it opens; a mere failure only when it lasts a second night,
since most heal by then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from extract.model import PageId
from transform.identifiers import digest
from transform.incident_groups import Group, groups_of
from transform.memory import OpenIncident
from transform.night import IncidentEvent
from transform.nights import is_later_night
from transform.portal_groups import PortalGroup
from transform.verdict import Outcome, Verdict

BERLIN = ZoneInfo("Europe/Berlin")


class IncidentKind(StrEnum):
    """What kind of condition it is."""

    SUSPECT = "suspect"
    BLOCKED = "blocked"
    GONE = "gone"
    FAILED = "failed"
    DRIFT = "drift"
    OSCILLATING = "oscillating"
    MASS_FAILURE = "mass_failure"
    STALE = "stale"
    """No page was verified for too long; opened by the watchdog, since the pipeline is silent then."""
    RUN_FAILED = "run_failed"
    """A run ended without loading anything; opened by the watchdog too."""
    DAMAGED = "damaged"
    """The archive or the warehouse does not hold what it should; opened and closed by the weekly verification."""
    ERROR_SINK = "error_sink"
    """Several pages ended in one place."""
    UNPUBLISHED = "unpublished"
    """Loaded, but readers keep an older copy; opened by the run that could not publish, closed by one that could."""
    PORTAL = "portal"
    """Several pages of one portal got the same verdict."""


_BY_OUTCOME = {
    Outcome.SUSPECT: IncidentKind.SUSPECT,
    Outcome.BLOCKED: IncidentKind.BLOCKED,
    Outcome.GONE: IncidentKind.GONE,
    Outcome.FAILED: IncidentKind.FAILED,
}
_AVAILABILITY = frozenset(_BY_OUTCOME.values())
_GROUPED = frozenset({IncidentKind.MASS_FAILURE, IncidentKind.ERROR_SINK, IncidentKind.PORTAL})
_SILENCE = frozenset({IncidentKind.STALE, IncidentKind.RUN_FAILED})
"""Over as soon as a run sees a page."""
_REMEDY = {
    IncidentKind.SUSPECT: "Meist nichts: der nächste Lauf sieht wieder nach. Bleibt es dabei, die Seite ansehen und "
    "die Deklaration prüfen.",
    IncidentKind.BLOCKED: "robots.txt und Zugang prüfen; gegebenenfalls den Betreiber um Erlaubnis bitten.",
    IncidentKind.GONE: "Neue Adresse suchen und im Katalog eintragen.",
    IncidentKind.FAILED: "Meist heilt es von selbst; sonst Netz, DNS und Zertifikat des Portals prüfen.",
    IncidentKind.DRIFT: "Fundstelle in der Deklaration an die neue Seite anpassen.",
    IncidentKind.OSCILLATING: "Die Seite wechselt zwischen bekannten Fassungen; gemeldet wird erst eine dritte.",
    IncidentKind.MASS_FAILURE: "Eigene Anbindung prüfen (Netz, DNS, Proxy), dann den Lauf wiederholen.",
    IncidentKind.STALE: (
        "Prüfen, ob „strategiemonitor serve“, cron oder der Prefect-Worker läuft; dann „strategiemonitor refresh“ "
        "starten."
    ),
    IncidentKind.RUN_FAILED: (
        "Das Protokoll des Laufs ansehen, dann „strategiemonitor doctor“ und „strategiemonitor refresh“ starten; "
        "verloren ist nichts."
    ),
    IncidentKind.UNPUBLISHED: (
        "Platz und Rechte im Ordner der veröffentlichten Kopie prüfen, dann „strategiemonitor refresh“ starten; "
        "geladen ist alles, nur lesen alle noch die Kopie davor."
    ),
    IncidentKind.DAMAGED: (
        "Platte prüfen und die genannten Dateien aus der Sicherung zurückholen; die Tabellen lassen sich mit "
        "„strategiemonitor rebuild“ aus dem Archiv neu ableiten. Danach „strategiemonitor verify“ starten."
    ),
    IncidentKind.ERROR_SINK: "Das Portal zeigt statt der Seiten eine gemeinsame Hinweisseite. Die letzten guten "
    "Fassungen gelten weiter; bleibt es dabei, die Adressen im Katalog prüfen.",
    IncidentKind.PORTAL: "Ein Portal ist als Ganzes betroffen: Zugang, robots.txt und Startseite des Portals prüfen.",
}
CALM_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class PageCondition:
    """What the incidents of a page are decided from; ``portal`` is its host, empty where that plays no part.

    ``drift`` holds a sentence for each place that was not found; ``None`` says that nobody looked, because the page had
    not changed.
    """

    page_id: PageId
    verdict: Verdict
    drift: tuple[str, ...] | None = ()
    flapping: bool = False
    at: datetime | None = None
    portal: str = ""


def incident_events(
    conditions: Sequence[PageCondition],
    open_incidents: Iterable[OpenIncident],
    at: datetime,
    *,
    asked_all: bool = True,
    group: PortalGroup | None = None,
) -> tuple[IncidentEvent, ...]:
    """What opens, goes on and closes in this run: groups first, then pages.

    Args:
        conditions: The pages that were asked.
        open_incidents: What had not been closed before.
        at: The run's time (aware, UTC).
        asked_all: Whether every declared page was asked; a run of a few pages says nothing about the end of a group.
        group: The portals that the run was to visit, where others visit the rest: it leaves their incidents alone.
    """
    incidents = tuple(one for one in open_incidents if group is None or _is_of(group, one))
    groups = groups_of(
        [(condition.page_id, condition.portal, condition.verdict) for condition in conditions],
        scope=group.scope if group else "",
    )
    grouped = {page_id for found in groups for page_id in found.pages}
    events = [event for event in _group_events(groups, incidents, at) if asked_all or event.action != "closed"]
    known = {(incident.page_id, incident.kind): incident for incident in incidents}
    if any(condition.verdict.is_good for condition in conditions):
        events += [_event(incident, "closed", at) for incident in incidents if incident.kind in _SILENCE]
    for condition in conditions:
        events += _page_events(condition, known, at, grouped=condition.page_id in grouped)
    return tuple(events)


def _is_of(group: PortalGroup, incident: OpenIncident) -> bool:
    """Whether an incident is for this group of portals to go on with; those of pages are told apart by the page."""
    if incident.page_id is not None:
        return True
    portal = incident.detail.partition(": ")[0] if incident.kind == IncidentKind.PORTAL else ""
    return group.owns(incident.detail, portal)


def _group_events(groups: Sequence[Group], incidents: Sequence[OpenIncident], at: datetime) -> Iterator[IncidentEvent]:
    """Groups that begin, go on and end; an open incident belongs to the group with whose subject its detail begins."""
    still_open = [incident for incident in incidents if incident.page_id is None]
    for group in groups:
        incident = next(
            (one for one in still_open if one.kind == group.kind and one.detail.startswith(group.subject)), None
        )
        if incident is None:
            yield _opened(
                None, IncidentKind(group.kind), at, group.detail, subject=group.subject, alerts=not group.heals
            )
        else:
            still_open.remove(incident)
            alerts = group.heals and _lasts_from_now_on(incident, at)
            yield _event(incident, "updated", at, group.detail, alerts=alerts)
    yield from (_event(incident, "closed", at) for incident in still_open if incident.kind in _GROUPED)


def _page_events(
    condition: PageCondition,
    known: dict[tuple[PageId | None, str], OpenIncident],
    at: datetime,
    *,
    grouped: bool,
) -> list[IncidentEvent]:
    present = _present(condition)
    events = []
    for kind in IncidentKind:
        incident = known.get((condition.page_id, kind))
        if kind in present:
            if incident:
                events.append(_continued(incident, at, present[kind]))
            elif not (grouped and kind in _AVAILABILITY):
                events.append(_opened(condition.page_id, kind, at, present[kind]))
        elif incident and _is_over(kind, incident, condition, at, grouped=grouped):
            events.append(_event(incident, "closed", at))
    return events


def _present(condition: PageCondition) -> dict[IncidentKind, str]:
    """The kinds of incident that hold for the page tonight, with their detail."""
    present = {}
    kind = _BY_OUTCOME.get(condition.verdict.outcome)
    if kind:
        present[kind] = (
            f"{condition.verdict}: {condition.verdict.detail}" if condition.verdict.detail else str(condition.verdict)
        )
    if condition.drift:
        present[IncidentKind.DRIFT] = " ".join(condition.drift)
    if condition.flapping:
        present[IncidentKind.OSCILLATING] = "Rückkehr zu einer bekannten Fassung, zum wiederholten Mal."
    return present


def _is_over(
    kind: IncidentKind, incident: OpenIncident, condition: PageCondition, at: datetime, *, grouped: bool
) -> bool:
    """A condition of availability ends with another answer, drift when all is found, flapping after a calm week."""
    if kind in _AVAILABILITY:
        return not grouped
    if not condition.verdict.is_good:
        return False
    if kind is IncidentKind.DRIFT:
        return condition.drift == ()
    return at - incident.updated_at >= CALM_AFTER


def _opened(
    page_id: PageId | None,
    kind: IncidentKind,
    at: datetime,
    detail: str,
    *,
    subject: str = "",
    alerts: bool | None = None,
) -> IncidentEvent:
    """An incident begins; a page's mere failure is told only when it lasts."""
    known_by = (page_id, kind, at, subject) if subject else (page_id, kind, at)
    return IncidentEvent(
        incident_id=digest("incident", *known_by),
        page_id=page_id,
        kind=kind,
        action="opened",
        at=at,
        detail=detail,
        alerts=(kind is not IncidentKind.FAILED) if alerts is None else alerts,
    )


def _continued(incident: OpenIncident, at: datetime, detail: str) -> IncidentEvent:
    """Goes on; a failure alerts when it lasts into a second night."""
    alerts = incident.kind == IncidentKind.FAILED and _lasts_from_now_on(incident, at)
    return _event(incident, "updated", at, detail, alerts=alerts)


def _lasts_from_now_on(incident: OpenIncident, at: datetime) -> bool:
    """Whether this is the first run in a second night; one night may be run more than once."""
    lasted = is_later_night(incident.opened_at, at)
    return lasted and not is_later_night(incident.opened_at, incident.updated_at)


def _event(
    incident: OpenIncident, action: str, at: datetime, detail: str | None = None, *, alerts: bool = False
) -> IncidentEvent:
    return IncidentEvent(
        incident_id=incident.incident_id,
        page_id=incident.page_id,
        kind=incident.kind,
        action=action,
        at=at,
        detail=detail or incident.detail,
        alerts=alerts,
    )


def stale_event(last_covered_at: datetime | None, at: datetime, group: PortalGroup | None = None) -> IncidentEvent:
    """The incident that no page (of a group) has been verified since ``last_covered_at`` (aware; ``None``: never).

    It is named by that moment, so that one outage is one incident however often it is looked at.
    """
    since = (
        "bisher nie"
        if last_covered_at is None
        else f"zuletzt am {last_covered_at.astimezone(BERLIN):%d.%m.%Y um %H:%M} Uhr"
    )
    scope = group.scope if group else ""
    detail = f"{scope}Eine Seite wurde {since} mit Erfolg geprüft."
    return _of_the_whole(IncidentKind.STALE, f"{scope}{last_covered_at}" if group else last_covered_at, at, detail)


def run_failed_event(run: str, why: str, at: datetime, group: PortalGroup | None = None) -> IncidentEvent:
    """The incident that the run of that name (of a group) ended without loading anything."""
    scope = group.scope if group else ""
    detail = f"{scope}Der Lauf {run} ist gescheitert: {why or 'ohne Begründung'}"
    return _of_the_whole(IncidentKind.RUN_FAILED, run, at, detail)


def unpublished_event(why: str, at: datetime) -> IncidentEvent:
    """The incident that what is loaded cannot be published from ``at`` (aware, UTC) on."""
    return _of_the_whole(IncidentKind.UNPUBLISHED, at, at, f"Die Kopie für Leser ist nicht die letzte: {why}")


def damaged_event(found: str, at: datetime) -> IncidentEvent:
    """The incident that archive or warehouse do not hold what they should, found at ``at`` (aware, UTC)."""
    return _of_the_whole(IncidentKind.DAMAGED, at, at, f"Die Prüfung hat Schäden gefunden: {found}")


def _of_the_whole(kind: IncidentKind, known_by: str | datetime | None, at: datetime, detail: str) -> IncidentEvent:
    """An incident of no page, opened and told; ``known_by`` is what makes it the same one when it is found again."""
    return IncidentEvent(
        incident_id=digest("incident", None, kind, known_by),
        page_id=None,
        kind=kind,
        action="opened",
        at=at,
        detail=detail,
        alerts=True,
    )


def remedy(kind: str) -> str:
    """What to do about an incident of this kind, one German sentence or two."""
    return _REMEDY[IncidentKind(kind)]
