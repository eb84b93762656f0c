"""The warehouse: the writer's private DuckDB file behind one object.

Whoever opens it to write holds a lock until it is closed; readers use the published copy (:mod:`warehouse.query`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb

from extract.errors import WarehouseError
from extract.model import PageId
from transform.delivery import Digest, PendingDelivery
from transform.memory import OpenIncident, PageMemory
from transform.night import Alert, IncidentEvent, Night
from transform.version import Observation, Version
from warehouse import attempts, load, memory, observations, outages, outbox, versions
from warehouse.attempts import Attempted, DeliveryStatus
from warehouse.audit import Broken, audit, run_audits
from warehouse.connection import WriterLock, connect, errors_named, migrate, transaction
from warehouse.lake import Lake, connect_lake
from warehouse.load import LoadReport
from warehouse.outbox import DeliveryState
from warehouse.retries import tried_again
from warehouse.rows import Appender
from warehouse.views import refresh_views


class Warehouse:
    """An open writer's file; use as a context manager.  One thread at a time."""

    def __init__(self, place: Path | Lake, connection: duckdb.DuckDBPyConnection, lock: WriterLock | None) -> None:
        self.place = place
        self.connection = connection
        """For :mod:`warehouse` itself; everybody else calls methods."""
        self._lock = lock

    @classmethod
    def open(cls, place: Path | Lake, *, read_only: bool = False, wait: bool = False) -> Self:
        """Open the file, bring it forward to this code's schema, and hold the writer's lock until :meth:`close`.

        A lake is opened without a lock: several processes may write to it at once.

        Args:
            place: The private file, such as ``DIR/warehouse/strategiemonitor.duckdb``, or a lake; made where missing.
            read_only: Neither lock nor migrate; the file must be there and current.
            wait: Where another process writes, wait until it has ended.

        Raises:
            WarehouseBusyError: Another process writes, and nobody waits; names its id.
            WarehouseError: The file is missing (read-only), damaged, or newer than this code.
        """
        if isinstance(place, Lake):
            return cls(place, _opened_lake(place, read_only=read_only), None)
        return cls._open_file(place, read_only=read_only, wait=wait)

    @classmethod
    def _open_file(cls, path: Path, *, read_only: bool, wait: bool) -> Self:
        if read_only:
            if not path.is_file():
                raise WarehouseError(f"There is no warehouse at {path}.", "Run 'strategiemonitor refresh' first.")
            return cls(path, connect(path, read_only=True), None)
        lock = WriterLock(path.with_name(path.name + ".lock")).acquire(wait=wait)
        try:
            connection = connect(path)
            try:
                migrate(connection)
                refresh_views(connection)
            except BaseException:
                connection.close()
                raise
        except BaseException:
            lock.release()
            raise
        return cls(path, connection, lock)

    def close(self) -> None:
        """Close the file and give the lock back; closing twice is no error."""
        self.connection.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def load(self, night: Night, *, finished_at: datetime | None = None) -> LoadReport:
        """Store a night whole or not at all; loading the same run again changes nothing.

        Args:
            night: What the run found out.
            finished_at: When the run ended (aware); ``None`` takes the present moment.

        Raises:
            WarehouseError: Nothing of the night is stored.
        """
        return load.load_night(self.connection, night, finished_at=finished_at)

    def memories(self, page_ids: Iterable[PageId]) -> dict[PageId, PageMemory]:
        """What is known of each of these pages, in a fixed number of queries; an empty memory of one never seen."""
        with errors_named("The warehouse could not be read"):
            return memory.read_memories(self.connection, page_ids)

    def open_incidents(self) -> tuple[OpenIncident, ...]:
        """All incidents that have not been closed, those of whole runs and portals as well, the oldest first."""
        with errors_named("The warehouse could not be read"):
            return memory.read_open_incidents(self.connection)

    def read_version(self, version_id: str) -> Version:
        """A stored version, exactly as it was written.

        Raises:
            WarehouseError: There is none of that id.
        """
        return self.read_versions([version_id])[version_id]

    def read_versions(self, version_ids: Iterable[str]) -> dict[str, Version]:
        """Stored versions by their ids, in a fixed number of queries.

        Raises:
            WarehouseError: One of them is not stored.
        """
        with errors_named("The warehouse could not be read"):
            return versions.read_versions(self.connection, version_ids)

    def promoted_before(self, page_id: PageId, at: datetime) -> Observation | None:
        """The last observation of a page before a moment (aware), that moment excluded."""
        with errors_named("The warehouse could not be read"):
            return observations.promoted_before(self.connection, page_id, at)

    def promoted_after(self, page_id: PageId, at: datetime) -> Observation | None:
        """The first observation of a page after a moment (aware), that moment excluded."""
        with errors_named("The warehouse could not be read"):
            return observations.promoted_after(self.connection, page_id, at)

    @tried_again
    def add_alerts(self, alerts: Sequence[Alert], at: datetime) -> int:
        """Store alerts outside a run, a trial for one; says how many had a key that was new."""
        with transaction(self.connection):
            return outbox.append_alerts(self.connection, Appender(self.connection), alerts, at)

    def last_covered_at(self) -> datetime | None:
        """The latest time (UTC) of which a run speaks that saw at least one page; ``None`` where none ever did."""
        with errors_named("The warehouse could not be read"):
            return outages.last_covered_at(self.connection)

    def last_loaded_at(self) -> datetime | None:
        """When (UTC) a run was last loaded, whatever it saw; ``None`` where none ever was."""
        with errors_named("The warehouse could not be read"):
            return outages.last_loaded_at(self.connection)

    def portals_loaded_since(self, since: datetime) -> frozenset[str]:
        """The portals that were asked by runs loaded after a moment (aware)."""
        with errors_named("The warehouse could not be read"):
            return outages.portals_loaded_since(self.connection, since)

    def last_verified_by_portal(self) -> dict[str, datetime | None]:
        """When (UTC) a page of each declared portal was last verified; ``None`` where none ever was."""
        with errors_named("The warehouse could not be read"):
            return outages.last_verified_by_portal(self.connection)

    def has_night(self, night_key: str, pages: Sequence[PageId]) -> bool:
        """Whether all these pages were visited in that night (Berlin date), by runs that each saw at least one page."""
        with errors_named("The warehouse could not be read"):
            return outages.has_night(self.connection, night_key, pages)

    def open_outage(self, event: IncidentEvent, alerts: Sequence[Alert], at: datetime, *, alone: bool = False) -> bool:
        """Store an outage and its alerts; whether it is new (``alone``: and none of its kind is open)."""
        return outages.open_outage(self.connection, event, alerts, at, alone=alone)

    def close_outage(self, kind: str, at: datetime) -> bool:
        """Store that an outage of this kind is over (``at`` aware), where one is open; whether one was."""
        return outages.close_outage(self.connection, kind, at)

    def pending_deliveries(self, now: datetime) -> tuple[PendingDelivery, ...]:
        """What is due at ``now`` (aware), oldest first."""
        with errors_named("The warehouse could not be read"):
            return outbox.pending_deliveries(self.connection, now)

    def add_digests(self, digests: Sequence[Digest], at: datetime) -> int:
        """Put messages together that are to go out as one; says how many digests are new."""
        return outbox.add_digests(self.connection, digests, at)

    def begin_deliveries(self, deliveries: Sequence[PendingDelivery], at: datetime) -> tuple[PendingDelivery, ...]:
        """Write down that attempts begin, before anything is sent; those that are ours to make."""
        return attempts.begin_deliveries(self.connection, deliveries, at)

    def record_deliveries(self, made: Sequence[Attempted], at: datetime) -> tuple[DeliveryStatus, ...]:
        """Write down what came of attempts, in a transaction of its own, and say how each delivery stands now."""
        return attempts.record_deliveries(self.connection, made, at)

    def deliveries_of(self, alert_ids: Sequence[str]) -> tuple[DeliveryState, ...]:
        """How these alerts stand on each of their channels, by alert and channel."""
        with errors_named("The warehouse could not be read"):
            return outbox.deliveries_of(self.connection, alert_ids)

    def requeue_parked(self, at: datetime) -> int:
        """Make every parked delivery due again from ``at`` on; says how many there were."""
        return outbox.requeue_parked(self.connection, at)

    def archived_files(self) -> dict[str, int]:
        """The WARC files that captures name, each with the number of its captures."""
        with errors_named("The warehouse could not be read"):
            return memory.read_archived_files(self.connection)

    def audit(self) -> tuple[str, ...]:
        """What does not hold together, one sentence a problem; empty where all is well."""
        with errors_named("The warehouse could not be read"):
            return audit(self.connection)

    def audits(self) -> tuple[Broken, ...]:
        """The same, each with its audit, and those as well that only warn."""
        with errors_named("The warehouse could not be read"):
            return run_audits(self.connection)


@tried_again
def _opened_lake(lake: Lake, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    connection = connect_lake(lake, read_only=read_only)
    try:
        if not read_only:
            migrate(connection)
            refresh_views(connection)
    except BaseException:
        connection.close()
        raise
    return connection
