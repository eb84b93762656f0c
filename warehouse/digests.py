"""What a file's tables hold, in two numbers each, so that a copy can be told from its original."""

from __future__ import annotations

from collections.abc import Iterable
from string import Template

import duckdb

from warehouse.lake_sql import TURN_TABLE
from warehouse.rows import quoted

Digest = tuple[int, int]
"""Number of a table's rows, and the exclusive or of their hashes."""

_DIGEST = Template("select '$table', count(*), coalesce(bit_xor(hash(t)), 0) from store.$quoted as t")


def stored_tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The tables of schema ``store`` that hold data, by name; a lake's own turn-taking is none of them."""
    rows = connection.execute(
        "select table_name from duckdb_tables() where schema_name = 'store' and database_name = current_database() "
        "order by table_name"
    ).fetchall()
    return [row[0] for row in rows if row[0] != TURN_TABLE]


def table_digests(connection: duckdb.DuckDBPyConnection, tables: Iterable[str] | None = None) -> dict[str, Digest]:
    """The digests of these tables of schema ``store``; of all of them where none are named."""
    named = stored_tables(connection) if tables is None else tables
    each = [_DIGEST.substitute(table=table, quoted=quoted(table)) for table in named]
    return {table: (rows, hashes) for table, rows, hashes in connection.execute(" union all ".join(each)).fetchall()}


def differing_tables(one: duckdb.DuckDBPyConnection, other: duckdb.DuckDBPyConnection) -> list[str]:
    """The tables that do not hold the same rows in both files, by name."""
    first, second = table_digests(one), table_digests(other)
    return sorted(table for table in first.keys() | second.keys() if first.get(table) != second.get(table))
