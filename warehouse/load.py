"""Loading one night: everything that a run found out, in one transaction.

Loading is known by the run's id: a second load of the same night changes nothing and gives the same report.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from transform.night import Night
from warehouse import night_rows
from warehouse.bounds import Bound, bounded_first
from warehouse.captures import append_captures
from warehouse.connection import transaction
from warehouse.observations import append_observations
from warehouse.outbox import append_alerts
from warehouse.retries import tried_again
from warehouse.rows import Appender, Row
from warehouse.versions import write_versions


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What the warehouse took in of one run; ``was_loaded`` says that the run was there before.

    ``versions``, ``observations``, ``quarantined`` and ``alerts`` count what was not known before this run;
    ``changes`` counts those that the page caused.
    """

    snapshot_id: int
    was_loaded: bool
    versions: int
    observations: int
    changes: int
    incidents_opened: int
    incidents_closed: int
    quarantined: int
    alerts: int


REFRESH, BACKFILL, REBUILD = "refresh", "backfill", "rebuild"
"""Kinds of run: a night, older captures of others, and everything read anew."""


@tried_again
def load_night(
    connection: duckdb.DuckDBPyConnection,
    night: Night,
    *,
    finished_at: datetime | None = None,
    kind: str = REFRESH,
    classes: Mapping[str, str] | None = None,
) -> LoadReport:
    """Store a night whole or not at all.

    Args:
        connection: The writer's file.
        night: What the run found out.
        finished_at: When the run ended (aware); ``None`` takes the present moment.
        kind: Kind of run.
        classes: Changes told before whose class is another one now.

    Raises:
        WarehouseError: A statement failed; nothing of the night is stored.
    """
    at = finished_at or datetime.now(UTC)

    def loaded(bound: Bound) -> LoadReport:
        with transaction(connection):
            snapshot_id = _snapshot_of(connection, night.run_id)
            was_loaded = snapshot_id is not None
            if snapshot_id is None:
                with bound:
                    snapshot_id = _append(connection, night, at)
                set_kind(connection, snapshot_id, kind)
                append_classes(connection, classes or {}, snapshot_id)
            counts = connection.execute(_COUNTS, {"snapshot_id": snapshot_id}).fetchall()[0]
        return LoadReport(snapshot_id, was_loaded, *counts)

    return bounded_first(connection, loaded)


def _append(connection: duckdb.DuckDBPyConnection, night: Night, at: datetime) -> int:
    snapshot_id = next_snapshot(connection)
    appender = Appender(connection)
    appender.append("snapshots", night_rows.SNAPSHOT, [night_rows.snapshot(night, snapshot_id, at)])
    appender.append("declarations", night_rows.DECLARATION, night_rows.declarations(night), once=True)
    appender.append("visits", night_rows.VISIT, night_rows.visits(night, snapshot_id))
    append_captures(appender, night_rows.captures(night, snapshot_id))
    appender.append("files", night_rows.FILE, night_rows.files(night, snapshot_id), once=True)
    for texts in night_rows.file_texts(night, snapshot_id):
        appender.append("file_texts", night_rows.FILE_TEXT, texts, once=True)
    appender.append("links_seen", night_rows.LINKS, night_rows.links(night, snapshot_id), once=True)
    appender.append("readings", night_rows.READING, night_rows.readings(night, snapshot_id), once=True)
    fresh = write_versions(connection, appender, night_rows.new_versions(night), snapshot_id, at)
    append_observations(connection, [seen for page in night.pages for seen in page.observations], snapshot_id)
    appender.append("quarantine", night_rows.QUARANTINE, night_rows.quarantine(night, snapshot_id, fresh))
    appender.append("changes", night_rows.CHANGE, night_rows.changes(night, snapshot_id), once=True)
    appender.append("incident_events", night_rows.INCIDENT, night_rows.incidents(night, snapshot_id), once=True)
    append_alerts(connection, appender, night.alerts, at, snapshot_id)
    return snapshot_id


def next_snapshot(connection: duckdb.DuckDBPyConnection) -> int:
    """The number of the next run."""
    return int(connection.execute(_NEXT_SNAPSHOT).fetchall()[0][0])


def set_kind(connection: duckdb.DuckDBPyConnection, snapshot_id: int, kind: str) -> None:
    """Say what kind of run it is, where it is no night."""
    if kind != REFRESH:
        connection.execute("update store.snapshots set kind = ? where snapshot_id = ?", [kind, snapshot_id])


def append_classes(connection: duckdb.DuckDBPyConnection, classes: Mapping[str, str], snapshot_id: int) -> None:
    """Store which changes are of another class now."""
    rows: list[Row] = [(change_id, name, snapshot_id) for change_id, name in classes.items()]
    Appender(connection).append("change_classes", ("change_id", "class", "snapshot_id"), rows)


def _snapshot_of(connection: duckdb.DuckDBPyConnection, run_id: str) -> int | None:
    rows = connection.execute("select snapshot_id from store.snapshots where run_id = ?", [run_id]).fetchall()
    return int(rows[0][0]) if rows else None


_NEXT_SNAPSHOT = "select coalesce(max(snapshot_id), 0) + 1 from store.snapshots"

_COUNTS = """
select
    (select count(*) from store.versions where snapshot_id = $snapshot_id),
    (select count(*) from store.observations where snapshot_id = $snapshot_id),
    (select changes from store.snapshots where snapshot_id = $snapshot_id),
    (select count(*) from store.incident_events where snapshot_id = $snapshot_id and action = 'opened'),
    (select count(*) from store.incident_events where snapshot_id = $snapshot_id and action = 'closed'),
    (select count(*) from store.quarantine where snapshot_id = $snapshot_id),
    (select count(*) from store.alerts where snapshot_id = $snapshot_id)
"""
