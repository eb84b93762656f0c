"""What DuckLake's SQL lacks beside that of a DuckDB file, and what stands in for it.

A lake knows no keys, so rows that are there already are left out by asking for them, and two writers that would number
their rows alike are kept apart by a row that every transaction changes (:data:`TURN`).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from weakref import WeakKeyDictionary

import duckdb

_IN_LAKE: WeakKeyDictionary[duckdb.DuckDBPyConnection, bool] = WeakKeyDictionary()

TURN = "update store.turn set number = number + 1"
"""Two transactions that both do this cannot both be committed: DuckLake finds the conflict, and the later one is done
again with what the other one wrote before its eyes."""

TURN_TABLE = "turn"

_TAKE_TURNS = "create table if not exists store.turn as select 0 as number"

_COLUMN_KEY = re.compile(r"\s+(?:primary key|unique)(?=\s*[,\n])")
_TABLE_KEY = re.compile(r",\s*primary key \([^)]*\)")
_NO_COMMENT = re.compile(r"comment on macro table |comment on column main\.")

_KEYS = """
select table_name, constraint_column_names
from duckdb_constraints()
where schema_name = 'store' and constraint_type = 'PRIMARY KEY'
"""


def is_lake(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the tables of this connection lie in a lake and not in a file; asked of DuckDB once a connection."""
    if connection not in _IN_LAKE:
        found = connection.execute(
            "select 1 from duckdb_databases() where type = 'ducklake' and database_name = current_database()"
        )
        _IN_LAKE[connection] = bool(found.fetchall())
    return _IN_LAKE[connection]


def take_turns(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the row that every transaction changes, where it is missing."""
    connection.execute(_TAKE_TURNS)


def without_keys(script: str) -> str:
    """A migration as a lake takes it."""
    return _TABLE_KEY.sub("", _COLUMN_KEY.sub("", script))


def is_known_to_lakes(definition: str) -> bool:
    """Whether a lake takes this definition: it keeps no words on macros, nor on the columns of views."""
    return _NO_COMMENT.match(definition) is None


@cache
def primary_keys(migrations: Path) -> dict[str, tuple[str, ...]]:
    """Table to the columns of its key, as a file would have it after these migrations."""
    with duckdb.connect() as connection:
        connection.execute("create schema store")
        for script in sorted(migrations.glob("[0-9][0-9][0-9][0-9]_*.sql")):
            connection.execute(script.read_text(encoding="utf-8"))
        return {table: tuple(columns) for table, columns in connection.execute(_KEYS).fetchall()}
