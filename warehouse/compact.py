"""Compacting the writer's file: written anew without the space that replaced pages of the file have left.

DuckDB never gives space back to the disk by itself.  The new file is made by the same migrations, filled table by
table, compared, and put in the place of the old one by atomic rename: a crash at any moment leaves one whole file.
"""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from string import Template

import duckdb

from extract.errors import StorageError, WarehouseError
from warehouse.connection import WriterLock, checkpoint, connect, errors_named, migrate
from warehouse.digests import differing_tables, stored_tables
from warehouse.files import sync
from warehouse.ordering import page_by_page
from warehouse.rows import quoted
from warehouse.views import refresh_views

_EMPTY = Template("delete from store.$table")
_FILL = Template("insert into store.$table by name $rows")


@dataclass(frozen=True, slots=True)
class Compacted:
    """How many bytes the file took before and takes now."""

    bytes_before: int
    bytes_after: int


def compact(path: Path) -> Compacted:
    """Writes the warehouse anew; the writer's lock is held meanwhile.

    Raises:
        WarehouseBusyError: Another process writes.
        WarehouseError: The file is missing or damaged, or the new one does not hold what it holds; the old one stands.
        StorageError: The disk refuses; the old one stands.
    """
    if not path.is_file():
        raise WarehouseError(f"There is no warehouse at {path}.", "Run 'strategiemonitor refresh' first.")
    partial = path.with_name(path.name + ".compacting")
    with WriterLock(path.with_name(path.name + ".lock")):
        try:
            return _compact(path, partial)
        except OSError as error:
            raise StorageError(
                f"The warehouse {path} could not be compacted: {error}.",
                "It stands as it was. Look at the space on the disk: it takes as much again for a while.",
            ) from error
        finally:
            for left in (partial, partial.with_name(partial.name + ".wal")):
                with suppress(OSError):
                    left.unlink(missing_ok=True)


def _compact(path: Path, partial: Path) -> Compacted:
    for left in (partial, partial.with_name(partial.name + ".wal")):
        left.unlink(missing_ok=True)
    with closing(connect(path)) as old:
        migrate(old)
        checkpoint(old)
    before = path.stat().st_size
    with closing(connect(partial)) as new:
        migrate(new)
        _fill(new, path)
        # The old file's note that its views are current is no note on this one, which has none yet.
        new.execute("delete from store.derived")
        refresh_views(new)
        checkpoint(new)
    with closing(connect(path, read_only=True)) as old, closing(connect(partial, read_only=True)) as new:
        wrong = differing_tables(old, new)
    if wrong:
        raise WarehouseError(
            f"The compacted warehouse differs in {', '.join(wrong)}.", "The old one stands; look at the disk."
        )
    sync(partial)
    partial.replace(path)
    sync(path.parent)
    return Compacted(before, path.stat().st_size)


def _fill(new: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Copies every table of schema ``store`` from the file at ``path``."""
    with errors_named("The warehouse could not be compacted"):
        escaped = str(path).replace("'", "''")
        new.execute(f"attach '{escaped}' as old (read_only)")
        for table in stored_tables(new):
            new.execute(_EMPTY.substitute(table=quoted(table)))
            new.execute(_FILL.substitute(table=quoted(table), rows=page_by_page(table, "old.store")))
        new.execute("detach old")
