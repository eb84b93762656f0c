"""Bounds for DuckDB's memory: left to itself it takes what the machine has, to keep pages of files and rows to come.

What does not fit is put aside on the disk, beside the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from typing import TypeVar

import duckdb

from extract.errors import WarehouseError
from warehouse.lake_sql import is_lake

T = TypeVar("T")

Bound = AbstractContextManager[None]
"""What bounds DuckDB's memory in its block."""

_LEAST_MB = 96
"""With six fifths of the file in addition.  Of 10,000 pages the first load holds 160 MB less at its peak than without a
bound, in the same time; a year of their nights (485 MB) is published within it."""


def bounded_first(connection: duckdb.DuckDBPyConnection, action: Callable[[Bound], T]) -> T:
    """What an action gives within a bound that grows with the file; where that is too narrow, without any.

    Args:
        connection: The writer's file; a lake has no bound.
        action: Does all or nothing, since it may be done twice, and enters the bound where it takes memory.
    """
    if not is_lake(connection):
        try:
            return action(_bound(connection))
        except (WarehouseError, duckdb.OutOfMemoryException) as error:
            if not isinstance(error.__cause__ or error, duckdb.OutOfMemoryException):
                raise
    return action(nullcontext())


@contextmanager
def _bound(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    # A connection beside it: within a transaction that ran out of memory, no statement is taken any more.
    with closing(connection.cursor()) as beside:
        [(growing_mb,)] = connection.execute(_GROWING_MB).fetchall()
        beside.execute(f"set memory_limit = '{_LEAST_MB + growing_mb}MB'")
        try:
            yield
        finally:
            beside.execute("reset memory_limit")


_GROWING_MB = """
select block_size * total_blocks * 6 // 5 // 1000000
from pragma_database_size()
where database_name = current_database()
"""
