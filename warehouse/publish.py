"""Publishing: a verified read-only copy of the warehouse for analysts, put in place by atomic rename.

Readers never wait for the writer, and a reader that has the old copy open keeps it.  The copy is compact and has no
keys or indexes; its views, macros and comments are made anew in it, because DuckDB's ``copy from database`` loses the
comments on the columns of views.  In one process, close all connections to the published file before you open the new
one: DuckDB would hand out the old one again.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from extract.errors import PublishError, WarehouseError
from warehouse.audit import audit
from warehouse.bounds import Bound, bounded_first
from warehouse.connection import STORAGE_VERSION, WriterLock, connect, transaction
from warehouse.database import Warehouse
from warehouse.digests import Digest, stored_tables, table_digests
from warehouse.files import give_second_name, sync
from warehouse.lake_sql import is_lake
from warehouse.ledgers import LEDGER_VIEWS
from warehouse.ordering import page_by_page
from warehouse.packing import UNPACKED, packing
from warehouse.rows import quoted
from warehouse.store_views import COMPARED, KEPT
from warehouse.views import create_views

_ROW_GROUP_SIZE = 983_040
"""Rows that the copy compresses together: eight times DuckDB's own number fills its blocks and takes an eighth less."""

_COPY_OPTIONS = f"storage_version '{STORAGE_VERSION}', row_group_size {_ROW_GROUP_SIZE}"

OUTBOX = ("delivery_attempts", "digests", "digest_members")
"""The tables that delivering changes."""


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: rows in all tables, bytes of the file, and how many seconds it took."""

    path: Path
    rows: int
    bytes: int
    seconds: float


def publish(private: Warehouse, target: Path, keep: int = 3) -> Published:
    """Replace the readers' file by a copy of the warehouse as it is now.

    Args:
        private: The open warehouse.
        target: The readers' file; its folder is made where it is missing.
        keep: How many of the copies before it stay, in the folder ``older`` beside it.

    Raises:
        PublishError: The copy could not be written, does not hold what the warehouse holds, or an audit is broken; the
            old one stands.
    """
    began = time.perf_counter()
    with _nobody_else(private, target), _copy_in_progress(target) as partial:
        expected = _copied(private, partial)
        with closing(connect(partial)) as copy:
            create_views(copy)
        rows = _verified(expected, partial)
        sync(partial)
        _keep_older(target, keep)
        _put_in_place(partial, target)
    return _published(target, rows, began)


def publish_deliveries(private: Warehouse, target: Path) -> Published:
    """The same where nothing but deliveries has changed since this process published last: the copy is brought forward.

    No older copy is kept of it.  A lake, into which others may have written meanwhile, is published whole.

    Raises:
        PublishError: As :func:`publish`.
    """
    if is_lake(private.connection) or not target.is_file():
        return publish(private, target)
    began = time.perf_counter()
    with _copy_in_progress(target) as partial:
        shutil.copyfile(target, partial)
        expected = _copy_outbox(private.connection, partial)
        with closing(connect(partial, read_only=True)) as copy:
            rows = _same(expected, copy)
        sync(partial)
        _put_in_place(partial, target)
    return _published(target, rows, began)


def _put_in_place(partial: Path, target: Path) -> None:
    partial.replace(target)
    sync(target.parent)


def _published(target: Path, rows: int, began: float) -> Published:
    return Published(target, rows, target.stat().st_size, time.perf_counter() - began)


@contextmanager
def _nobody_else(private: Warehouse, target: Path) -> Iterator[None]:
    """Of several that write to one lake, one publishes to a folder at a time, so that no copy replaces a later one."""
    if not is_lake(private.connection):
        yield
        return
    lock = WriterLock(target.with_name(f".{target.name}.lock")).acquire(wait=True)
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _copy_in_progress(target: Path) -> Iterator[Path]:
    """The file to copy into, beside the target; gone afterwards whatever happens, with those of killed runs."""
    partial = target.with_name(f".{target.name}.partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove(partial)
        yield partial
    except (OSError, WarehouseError, duckdb.Error) as error:
        raise PublishError(
            f"The copy for readers could not be written to {target}: {error}",
            "The copy before it stands. Look at the space on the disk and at the rights on the folder.",
        ) from error
    finally:
        # What went wrong is the thing to tell, not that there is nothing to clear away.
        with suppress(OSError):
            _remove(partial)


def _copied(private: Warehouse, partial: Path) -> dict[str, Digest]:
    """Copy all tables within bounds of memory."""

    def copied(bound: Bound) -> dict[str, Digest]:
        _remove(partial)
        with bound:
            return _copy_tables(private.connection, partial)

    return bounded_first(private.connection, copied)


def _copy_tables(connection: duckdb.DuckDBPyConnection, partial: Path) -> dict[str, Digest]:
    """Copy all tables as they are at one moment, and say what they hold, and what the copy keeps of it."""
    tables = stored_tables(connection)
    connection.execute(f"attach '{_escaped(partial)}' as copy ({_COPY_OPTIONS})")
    try:
        with transaction(connection, turns=False):
            connection.execute("create schema copy.store")
            for table in tables:
                if table not in UNPACKED:
                    connection.execute(f"create table copy.store.{quoted(table)} as {page_by_page(table)}")
            for statement in packing("copy.store"):
                connection.execute(statement)
            for view in KEPT:
                connection.execute(f"create table copy.store.{view} as from store.{view}")
            return table_digests(connection, (*tables, *COMPARED))
    finally:
        connection.execute("detach copy")


def _copy_outbox(connection: duckdb.DuckDBPyConnection, partial: Path) -> dict[str, Digest]:
    """Put the outbox as it is now in the place of that in a copy, and say what it holds."""
    connection.execute(f"attach '{_escaped(partial)}' as copy")
    try:
        with transaction(connection):
            for table in OUTBOX:
                connection.execute(f"truncate copy.store.{quoted(table)}")
                connection.execute(f"insert into copy.store.{quoted(table)} from store.{quoted(table)}")
            return table_digests(connection, OUTBOX)
    finally:
        connection.execute("detach copy")


def _verified(expected: dict[str, Digest], partial: Path) -> int:
    """Read the copy back from the disk, compare every table, bind every ledger, audit it; say how many rows it has."""
    with closing(connect(partial, read_only=True)) as copy:
        rows = _same(expected, copy)
        for view in LEDGER_VIEWS:
            copy.execute(f"describe main.{quoted(view)}").fetchall()
        broken = audit(copy, thorough=False)
    if broken:
        raise PublishError(
            f"The tables do not hold together. {' '.join(broken)}",
            "The copy before stands. What it means: docs/audits.md; then: strategiemonitor rebuild --from-archive",
        )
    return rows


def _same(expected: dict[str, Digest], copy: duckdb.DuckDBPyConnection) -> int:
    """Read these tables of the copy back from the disk, and compare each; say how many rows they have."""
    found = table_digests(copy, expected)
    wrong = sorted(table for table in expected.keys() | found.keys() if expected.get(table) != found.get(table))
    if wrong:
        table = wrong[0]
        raise PublishError(
            f"The copy for readers differs from the warehouse in {', '.join(wrong)}: "
            f"{table} should have (rows, hash) {expected.get(table)}, the copy has {found.get(table)}.",
            "The copy before it stands. Publish again; if that fails too, check the disk.",
        )
    return sum(rows for table, (rows, _) in found.items() if table not in COMPARED)


def _keep_older(target: Path, keep: int) -> None:
    """Give the present copy a second name, so that there is a file under the first one at every moment."""
    folder = target.parent / "older"
    if keep > 0 and target.is_file():
        folder.mkdir(exist_ok=True)
        written = datetime.fromtimestamp(target.stat().st_mtime, UTC)
        older = folder / f"{target.stem}.{written:%Y%m%dT%H%M%S%f}Z{target.suffix}"
        if not older.exists():
            give_second_name(target, older)
    for surplus in sorted(folder.glob(f"{target.stem}.*{target.suffix}"), reverse=True)[keep:]:
        surplus.unlink(missing_ok=True)


def _remove(partial: Path) -> None:
    partial.unlink(missing_ok=True)
    partial.with_name(partial.name + ".wal").unlink(missing_ok=True)


def _escaped(path: Path) -> str:
    return str(path).replace("'", "''")
