"""The stored history as the types of :mod:`transform`: what changed and what went wrong, night by night.

Read from the published copy; nothing is written.  Times are aware and in UTC.  Every function raises
:class:`~extract.errors.WarehouseError` where there is no copy.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from extract.model import Declaration, PageId, PageKind
from transform.change import Cause, Change, ChangeClass, ChangeKind, Entity
from transform.night import DatedChange, IncidentEvent
from warehouse.query import query_published

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StoredNight:
    """What one run told: its changes and the incidents that alert; ``loaded_at`` is when its alerts were written."""

    snapshot_id: int
    loaded_at: datetime
    changes: tuple[DatedChange, ...]
    incidents: tuple[IncidentEvent, ...]


def stored_nights(path: Path, since: datetime) -> tuple[StoredNight, ...]:
    """The runs that found a change, or an incident to be told, from ``since`` (aware) on, in the order of loading."""
    found = {"since": since}
    changes = [(int(row[0]), row[1], _change(*row[2:])) for row in query_published(path, _CHANGES, found).rows]
    events = [(int(row[0]), row[1], _event(*row[2:])) for row in query_published(path, _EVENTS, found).rows]
    loaded = {number: at for number, at, _ in (*events, *changes)}
    changes_of, events_of = _by_run(changes), _by_run(events)
    return tuple(
        StoredNight(number, at, tuple(changes_of.get(number, ())), tuple(events_of.get(number, ())))
        for number, at in sorted(loaded.items())
    )


def stored_declarations(path: Path) -> tuple[Declaration, ...]:
    """Each page as it was last declared, also where it is no longer in the catalogue; without its reading rules.

    Where no title is declared it has the one that the page gives itself.
    """
    return tuple(_declaration(*row) for row in query_published(path, _DECLARATIONS).rows)


def _by_run(rows: Iterable[tuple[int, datetime, T]]) -> dict[int, list[T]]:
    return {number: [row[2] for row in group] for number, group in groupby(rows, key=lambda row: row[0])}


def _change(
    change_id: str,
    page_id: str,
    land: str,
    before_version_id: str,
    after_version_id: str,
    not_before: datetime,
    not_after: datetime,
    alerts: bool,
    entity: str,
    entity_key: str,
    kind: str,
    field: str | None,
    before: str | None,
    after: str | None,
    summary: str,
    section: str | None,
    cause: str,
    change_class: str,
    significance: float,
) -> DatedChange:
    return DatedChange(
        change_id=change_id,
        page_id=PageId(page_id),
        land=land,
        before_version_id=before_version_id,
        after_version_id=after_version_id,
        not_before=not_before,
        not_after=not_after,
        alerts=alerts,
        change=Change(
            entity=Entity(entity),
            entity_key=entity_key,
            kind=ChangeKind(kind),
            field=field,
            before=before,
            after=after,
            summary=summary,
            section=section,
            cause=Cause(cause),
            change_class=ChangeClass(change_class),
            significance=significance,
        ),
    )


def _event(incident_id: str, page_id: str | None, kind: str, action: str, at: datetime, detail: str) -> IncidentEvent:
    page = None if page_id is None else PageId(page_id)
    return IncidentEvent(incident_id, page, kind, action, at, detail, alerts=True)


def _declaration(
    page_id: str, url: str, land: str, kind: str, is_official: bool, publisher: str, title: str | None
) -> Declaration:
    return Declaration(PageId(page_id), url, land, PageKind(kind), is_official, publisher, title)


_CHANGES = """
select
    told.snapshot_id, snapshots.finished_at, told.change_id, told.page_id, told.land, told.before_version_id,
    told.after_version_id, told.not_before, told.not_after, told.alerts, told.entity, told.entity_key, told.kind,
    told.field, told."before", told."after", told.summary, told.section, told.cause, told."class", told.significance
from main.changes as told
join main.snapshots as snapshots on snapshots.snapshot_id = told.snapshot_id
where told.not_after >= $since::timestamptz
order by told.snapshot_id, told.page_id, told.change_id
"""

_EVENTS = """
select
    events.snapshot_id, events.happened_at, events.incident_id, events.page_id, events.kind, events.action,
    events.happened_at, events.detail
from store.incident_events as events
where events.alerts and events.happened_at >= $since::timestamptz
order by events.snapshot_id, events.happened_at, events.incident_id
"""

_DECLARATIONS = """
with ranked as (
    select
        visits.page_id, visits.declaration_id,
        row_number() over (partition by visits.page_id order by visits.snapshot_id desc) as rank
    from store.visits as visits
)
select
    declarations.page_id, declarations.url, declarations.land, declarations.kind, declarations.is_official,
    declarations.publisher, coalesce(declarations.title, nullif(versions.title, ''))
from store.declarations as declarations
semi join ranked on ranked.declaration_id = declarations.declaration_id and ranked.rank = 1
left join store.current_versions as current on current.page_id = declarations.page_id
left join store.versions as versions on versions.version_id = current.version_id
order by declarations.page_id
"""
