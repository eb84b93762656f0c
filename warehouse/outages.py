"""When a page was last seen, and the incident that none has been seen for too long.

The watchdog writes that incident: the pipeline is silent then, so no run does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from extract.model import PageId
from transform.night import Alert, IncidentEvent
from transform.portal_groups import scope_of
from warehouse.connection import transaction
from warehouse.night_rows import INCIDENT
from warehouse.outbox import append_alerts
from warehouse.portals import portal_sql
from warehouse.query import query_published
from warehouse.retries import tried_again
from warehouse.rows import Appender, utc


def last_covered_at(connection: duckdb.DuckDBPyConnection) -> datetime | None:
    """The latest time (UTC) of which a run speaks that saw at least one page; a run without a page covers nothing."""
    [(since_epoch_us,)] = connection.execute(_LAST_COVERED).fetchall()
    return None if since_epoch_us is None else utc(since_epoch_us)


def last_loaded_at(connection: duckdb.DuckDBPyConnection) -> datetime | None:
    """When (UTC) a run was last loaded, whatever it saw."""
    [(since_epoch_us,)] = connection.execute("select epoch_us(max(finished_at)) from store.snapshots").fetchall()
    return None if since_epoch_us is None else utc(since_epoch_us)


def has_night(connection: duckdb.DuckDBPyConnection, night_key: str, pages: Sequence[PageId]) -> bool:
    """Whether all these pages were visited in that night, by one run or several that each saw at least one page."""
    missing = connection.execute(_MISSING_OF_NIGHT, {"night_key": night_key, "pages": list(pages)}).fetchall()
    return not missing


def portals_loaded_since(connection: duckdb.DuckDBPyConnection, since: datetime) -> frozenset[str]:
    """The portals that were asked by runs loaded after a moment (aware)."""
    return frozenset(row[0] for row in connection.execute(_LOADED_SINCE, {"since": since}).fetchall())


def last_verified_by_portal(connection: duckdb.DuckDBPyConnection) -> dict[str, datetime | None]:
    """When (UTC) a page of each declared portal was last verified; ``None`` where none ever was."""
    return _by_portal(connection.execute(_LAST_VERIFIED).fetchall())


def last_published_by_portal(path: Path) -> dict[str, datetime | None]:
    """The same as the published copy knows it; empty where there is no copy.

    Raises:
        WarehouseError: The copy cannot be opened.
    """
    return _by_portal(query_published(path, _LAST_VERIFIED).rows) if path.is_file() else {}


def _by_portal(rows: Iterable[tuple[Any, ...]]) -> dict[str, datetime | None]:
    return {portal: None if epoch_us is None else utc(epoch_us) for portal, epoch_us in rows}


def last_published_at(path: Path) -> datetime | None:
    """The same as the published copy knows it; ``None`` where there is no copy.

    Raises:
        WarehouseError: The copy cannot be opened.
    """
    if not path.is_file():
        return None
    [(since_epoch_us,)] = query_published(path, _LAST_COVERED).rows
    return None if since_epoch_us is None else utc(since_epoch_us)


@tried_again
def open_outage(
    connection: duckdb.DuckDBPyConnection,
    event: IncidentEvent,
    alerts: Sequence[Alert],
    at: datetime,
    *,
    alone: bool = False,
) -> bool:
    """Store an outage and its alerts in one transaction; whether it is new: it is opened and told once.

    With ``alone``, one of its kind that is still open stands for it as well, where it is of the same group of portals.
    """
    with transaction(connection):
        if connection.execute(
            _IS_KNOWN,
            {
                "incident_id": event.incident_id,
                "kind": event.kind,
                "alone": alone,
                "scope": scope_of(event.detail),
            },
        ).fetchall():
            return False
        [(snapshot_id,)] = connection.execute("select coalesce(max(snapshot_id), 0) from store.snapshots").fetchall()
        appender = Appender(connection)
        row = (
            event.incident_id,
            event.at,
            event.action,
            int(snapshot_id),
            event.page_id,
            event.kind,
            event.detail,
            event.alerts,
        )
        appender.append("incident_events", INCIDENT, [row])
        append_alerts(connection, appender, alerts, at)
    return True


@tried_again
def close_outage(connection: duckdb.DuckDBPyConnection, kind: str, at: datetime) -> bool:
    """Store that an outage of this kind is over, where one is open; whether one was."""
    with transaction(connection):
        return bool(connection.execute(_CLOSE, {"kind": kind, "at": at}).fetchall()[0][0])


_LAST_COVERED = "select epoch_us(max(observed_at)) from main.coverage where verified + not_modified > 0"

_MISSING_OF_NIGHT = """
select page_id
from unnest($pages::varchar[]) as wanted(page_id)
anti join (
    select visits.page_id
    from store.visits as visits
    join store.snapshots as snapshots using (snapshot_id)
    where night_key = $night_key and kind = 'refresh' and pages_verified > 0 and visits.verdict is not null
) as visited using (page_id)
limit 1
"""

_LOADED_SINCE = f"""
select distinct {portal_sql("declared.url")}
from store.visits as visits
join store.snapshots as snapshots using (snapshot_id)
join store.declarations as declared using (declaration_id)
where snapshots.finished_at > $since and visits.verdict is not null
"""  # noqa: S608  our own words

_LAST_VERIFIED = f"""
select {portal_sql("declared_url")} as portal, epoch_us(max(last_verified_at))
from main.pages
group by portal
"""  # noqa: S608  our own words

_CLOSE = """
insert into store.incident_events (incident_id, happened_at, action, snapshot_id, page_id, kind, detail, alerts)
select
    incident_id,
    -- A clock that was set back must not let it end before it began.
    greatest($at, updated_at),
    'closed',
    (select coalesce(max(snapshot_id), 0) from store.snapshots),
    null, kind, '', false
from store.incident_states
where kind = $kind and page_id is null and closed_at is null
"""

_IS_KNOWN = """
select incident_id
from store.incident_states
where incident_id = $incident_id
    or ($alone and kind = $kind and page_id is null and closed_at is null and starts_with(detail, $scope))
limit 1
"""
