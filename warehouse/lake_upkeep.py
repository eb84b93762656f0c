"""Compacting a lake: rows out of the catalogue into files, small files into few, what nobody needs any more gone.

Each step is a transaction of DuckLake's own.  One that meets a writer's is tried again; a step left out by a crash is
done by the next compaction.
"""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import duckdb

from warehouse.compact import Compacted
from warehouse.connection import errors_named
from warehouse.lake import NAME, Lake, connect_lake
from warehouse.retries import tried_again

KEPT = timedelta(days=7)
"""For so long a state of the lake can be read after it was replaced: longer than any run and any copy takes."""

_STEPS = (
    f"call ducklake_flush_inlined_data('{NAME}')",
    f"call ducklake_merge_adjacent_files('{NAME}')",
    f"call ducklake_rewrite_data_files('{NAME}')",
    f"call ducklake_expire_snapshots('{NAME}', older_than => (now() - $kept::interval)::timestamp)",
    f"call ducklake_cleanup_old_files('{NAME}', older_than => now() - $kept::interval)",
)

_BYTES = f"select coalesce(sum(file_size_bytes + delete_file_size_bytes), 0) from ducklake_table_info('{NAME}')"  # noqa: S608  our own name


def compact_lake(lake: Lake, kept: timedelta = KEPT) -> Compacted:
    """Put the lake's rows into few files; others may write and read meanwhile.

    Args:
        lake: The lake.
        kept: How long states stay readable after they were replaced; files of older ones are deleted.

    Returns:
        Bytes of the files that the present state lies in, before and after; rows that were still in the catalogue
        come on top.

    Raises:
        SettingsError: The extra ``lake`` is not installed.
        WarehouseError: The catalogue or the files refuse; what was done so far stands, and no row is lost.
    """
    with closing(connect_lake(lake)) as connection, errors_named("The lake could not be compacted"):
        before = _bytes(connection)
        for step in _STEPS:
            _done(connection, step, kept)
        return Compacted(before, _bytes(connection))


@tried_again
def _done(connection: duckdb.DuckDBPyConnection, step: str, kept: timedelta) -> None:
    with errors_named("The lake could not be compacted"):
        connection.execute(step, {"kept": f"{kept.total_seconds()} seconds"} if "$kept" in step else {}).fetchall()


def _bytes(connection: duckdb.DuckDBPyConnection) -> int:
    return int(connection.execute(_BYTES).fetchall()[0][0])
