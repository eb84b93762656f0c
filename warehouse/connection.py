"""Opening the writer's DuckDB file: one writer at a time, transactions that tell the truth, migrations that go forward.

Every connection works in UTC.  Files are written in the storage format of DuckDB 1.5, so that 1.5 and 2.x both read
them.  Only :func:`connect` opens a file; every error of DuckDB leaves this room as one of :mod:`extract.errors`.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb

from extract.errors import WarehouseBusyError, WarehouseConflictError, WarehouseError
from warehouse.lake_sql import TURN, is_lake, take_turns, without_keys

STORAGE_VERSION = "v1.5.0"
"""The oldest DuckDB that can read our files."""

_ATTACHED = "strategiemonitor"

SESSION = "set timezone = 'UTC'; set enable_progress_bar = false"
"""What each connection begins with; a bar of progress would be drawn into the answers of slow queries."""

ASK_THE_DOCTOR = "Run 'strategiemonitor doctor'."
"""What to do about a file of which DuckDB says nothing that helps."""

_OF_THE_DISK = ("Permission denied", "Read-only file system", "No space left")

MIGRATIONS = Path(__file__).parent / "migrations"


class WriterLock:
    """An operating-system lock on a side file: held while this process writes, free again even after ``kill -9``.

    DuckDB locks its file too, but tells of it only by an error text, and not before it has opened the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def acquire(self, *, wait: bool = False) -> Self:
        """Take the lock and write this process's id into the side file; ``wait`` until it is free.

        Raises:
            WarehouseBusyError: Another process (or another warehouse of this one) holds it; names its id.
            WarehouseError: The folder or the side file cannot be made.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise WarehouseError(
                f"The warehouse's lock file {self.path} cannot be opened: {error.strerror}.",
                f"Look at the disk and at the rights on {self.path.parent}; nothing was touched.",
            ) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "unknown"
            os.close(descriptor)
            raise WarehouseBusyError(
                f"The warehouse is being written to by process {holder} (lock file {self.path}).",
                f"Wait until that run has ended, or look what it does: ps -p {holder}.",
            ) from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
        self._descriptor = descriptor
        return self

    def release(self) -> None:
        """Give the lock back; the side file stays, so that nobody locks a file that has been unlinked."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        return self.acquire()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()


@contextmanager
def errors_named(doing: str) -> Iterator[None]:
    """Turn DuckDB's errors into ours, with the words ``doing`` in front.

    Raises:
        WarehouseBusyError: The file is open elsewhere.
        WarehouseConflictError: Another process wrote to the lake at the same moment.
        WarehouseError: Anything else that DuckDB complains of.
    """
    try:
        yield
    except duckdb.Error as error:
        said = " ".join(str(error).split())
        if any(sign in said for sign in _CONFLICTS):
            raise WarehouseConflictError(
                f"{doing}: another process wrote at the same moment ({said}).", "Try again."
            ) from error
        if "Conflicting lock" in said or "different configuration" in said:
            raise WarehouseBusyError(f"{doing}: the file is open elsewhere ({said}).", "Close that session.") from error
        if "version number" in said:
            raise WarehouseError(
                f"{doing}: the file was written by a newer DuckDB than {duckdb.__version__} ({said}).",
                "Install the DuckDB that wrote it.",
            ) from error
        if any(sign in said for sign in _OF_THE_DISK):
            raise WarehouseError(f"{doing}: {said}", "Look at the disk and at the rights on that folder.") from error
        raise WarehouseError(f"{doing}: {said}", ASK_THE_DOCTOR) from error


def connect(path: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection in UTC.

    Args:
        path: The DuckDB file; created where it is missing, unless ``read_only``.
        read_only: Refuse every write.

    Raises:
        WarehouseBusyError: The file is open elsewhere in a way that excludes this.
        WarehouseError: The file is missing, damaged, or no DuckDB file.
    """
    config: dict[str, str | bool | int | float | list[str]] = {}
    if not read_only:
        config["storage_compatibility_version"] = STORAGE_VERSION
    with errors_named(f"Cannot open {path}"):
        connection = duckdb.connect(str(path), read_only=read_only, config=config)
        connection.execute(SESSION)
    return connection


def connect_locked_down(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection for SQL of others: no writing, no files, no network, no extensions, and no way to switch that back.

    The file is attached to an engine of its own.  Connections that :func:`connect` opens to one file share theirs: what
    one of them locks is locked for all, and a file put in the place of the old one is not seen while one is open.

    Raises:
        WarehouseError: The file is missing, damaged, or no DuckDB file.
    """
    with errors_named(f"Cannot open {path}"):
        connection = duckdb.connect()
        try:
            escaped = str(path).replace("'", "''")
            connection.execute(SESSION)
            connection.execute(f"attach '{escaped}' as {_ATTACHED} (read_only); use {_ATTACHED}")
            connection.execute("set enable_external_access = false; set lock_configuration = true")
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection, *, turns: bool = True) -> Iterator[None]:
    """All or nothing: commits at the end of the block, rolls back on every exception and raises it again.

    In a lake, of two that run at the same time the second fails to commit, whatever they write, unless it takes no
    ``turns``; see :func:`warehouse.retries.tried_again`.

    DuckDB reports success for the ``commit`` of an aborted transaction and stores nothing.  So a statement is tried
    before it: where the block has swallowed an error, that statement fails and the block is known to be lost.

    Raises:
        WarehouseConflictError: Another process wrote to the lake at the same moment.
        WarehouseError: A statement failed, or had failed inside the block without anybody saying so.
    """
    with errors_named("The warehouse could not be written"):
        connection.execute("begin transaction")
        try:
            if turns and is_lake(connection):
                connection.execute(TURN)
            yield
            connection.execute("select 1").fetchall()
            connection.execute("commit")
        except BaseException:
            # The error that brought us here is the one to tell, not that there is nothing left to roll back.
            with suppress(duckdb.Error):
                connection.execute("rollback")
            raise


def migrate(connection: duckdb.DuckDBPyConnection, folder: Path = MIGRATIONS) -> tuple[int, ...]:
    """Bring a file forward: every migration once, each in a transaction of its own, then a checkpoint.

    The checkpoint leaves no schema change in the write-ahead log (duckdb#25928).

    Returns:
        The numbers of the migrations that ran now, in order; empty where the file was current.

    Raises:
        WarehouseError: The file is newer than this code, or a migration failed (the file then stands as before it).
    """
    scripts = {int(path.name[:4]): path for path in sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))}
    done = _applied(connection)
    if done and max(done) > max(scripts, default=0):
        raise WarehouseError(
            f"The warehouse has migration {max(done)}, this program knows only {max(scripts, default=0)}.",
            "Install the version of strategiemonitor that wrote it, or a newer one.",
        )
    pending = tuple(number for number in scripts if number not in done)
    in_lake = is_lake(connection)
    for number in pending:
        script = scripts[number].read_text(encoding="utf-8")
        with transaction(connection):
            if _is_applied(connection, number):
                # Another process opened the same new lake at the same moment.
                continue
            connection.execute(without_keys(script) if in_lake else script)
            connection.execute(
                "insert into store.migrations (number, name, applied_at) values (?, ?, ?)",
                [number, scripts[number].stem, datetime.now(UTC)],
            )
    if pending:
        checkpoint(connection)
    return pending


def checkpoint(connection: duckdb.DuckDBPyConnection) -> None:
    """Write everything from the write-ahead log into the file itself; a lake has none."""
    with errors_named("The warehouse could not be written"):
        if not is_lake(connection):
            connection.execute("checkpoint")


def _is_applied(connection: duckdb.DuckDBPyConnection, number: int) -> bool:
    return bool(connection.execute("select 1 from store.migrations where number = ?", [number]).fetchall())


def _applied(connection: duckdb.DuckDBPyConnection) -> frozenset[int]:
    with transaction(connection, turns=False):
        connection.execute("create schema if not exists store")
        connection.execute(
            "create table if not exists store.migrations "
            "(number integer not null, name varchar not null, applied_at timestamptz not null)"
        )
        connection.execute("create table if not exists store.derived (name varchar not null, sha256 varchar not null)")
        if is_lake(connection):
            take_turns(connection)
        rows = connection.execute("select number from store.migrations").fetchall()
    return frozenset(row[0] for row in rows)


_CONFLICTS = ("Transaction conflict", "could not serialize access")
"""What DuckLake and PostgreSQL say where two processes wrote at once."""
