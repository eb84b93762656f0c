"""Rows between Python and DuckDB: appended to tables as typed frames or parameters, read back with times in UTC.

Both get their types from the table that they are for, so that no type is stated twice and nothing is guessed from the
first rows.  Times travel as microseconds since 1970: exact, and without a time-zone library.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from string import Template
from typing import Any

import duckdb
import pandas as pd

from warehouse.connection import MIGRATIONS
from warehouse.lake_sql import is_lake, primary_keys

Value = str | int | float | bool | datetime | tuple[str, ...] | None
Row = tuple[Value, ...]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

_FRAME_TYPES: dict[str, Any] = {
    "VARCHAR": pd.StringDtype("python"),
    "JSON": pd.StringDtype("python"),
    "VARCHAR[]": pd.StringDtype("python"),
    "INTEGER": pd.Int64Dtype(),
    "BIGINT": pd.Int64Dtype(),
    "DOUBLE": pd.Float64Dtype(),
    "BOOLEAN": pd.BooleanDtype(),
    "TIMESTAMP WITH TIME ZONE": pd.Int64Dtype(),
}
"""Type of a table's column to type of the frame's column that carries it."""

_PARAMETER_TYPES = {
    "JSON": "VARCHAR",
    "VARCHAR[]": "VARCHAR",
    "TIMESTAMP WITH TIME ZONE": "BIGINT",
}
"""Type of a table's column to type of the parameter that carries it, where it is another one."""

_FEW = 20
"""Up to so many rows are bound as parameters: to make a frame known takes DuckDB milliseconds, however small it is."""

_INSERT = Template("insert into store.$table ($columns) $given $conflict")

_INSERT_ONCE = Template("""
insert into store.$table ($columns)
with fresh as ($given)
select distinct on ($keys) $columns
from fresh
anti join store.$table as there using ($keys)
""")
"""What ``on conflict do nothing`` does, for a lake: it has no keys."""


class Appender:
    """Appends rows to the tables of schema ``store`` of one connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._in_lake = is_lake(connection)
        self._types: dict[str, dict[str, str]] = {}
        for table, column, kind in connection.execute(_COLUMNS).fetchall():
            self._types.setdefault(table, {})[column] = kind

    def append(self, table: str, columns: Sequence[str], rows: Sequence[Row], *, once: bool = False) -> int:
        """Insert rows in their order, in one statement.

        Args:
            table: Name in schema ``store``.
            columns: What each value of a row is, by name.
            rows: One tuple a row.
            once: Leave rows out whose primary key is there already.

        Returns:
            How many rows were inserted.
        """
        if not rows:
            return 0
        by_asking = once and self._in_lake
        statement = Template(
            (_INSERT_ONCE if by_asking else _INSERT).safe_substitute(
                conflict="on conflict do nothing" if once else "",
                keys=", ".join(map(quoted, primary_keys(MIGRATIONS)[table])) if by_asking else "",
            )
        )
        return self.insert(statement, table, columns, rows)

    def insert(self, statement: Template, table: str, columns: Sequence[str], rows: Sequence[Row]) -> int:
        """Insert by a statement with the places ``$table``, ``$columns`` and ``$given``: a query for the rows, typed.

        Returns:
            How many rows were inserted.
        """
        types = {column: self._types[table][column] for column in columns}
        named = {"table": table, "columns": ", ".join(map(quoted, columns))}
        if len(rows) > _FEW:
            told = statement.substitute(named, given=_selected(types, "incoming"))
            return int(executed(self._connection, told, _frame(types, rows))[0][0])
        told = statement.substitute(named, given=_selected(types, _parameters(types, len(rows))))
        bound = [_carried(value) for row in rows for value in row]
        return int(self._connection.execute(told, bound).fetchall()[0][0])


@contextmanager
def incoming(connection: duckdb.DuckDBPyConnection, frame: pd.DataFrame) -> Iterator[None]:
    """Let statements of this block read the frame as the table ``incoming``."""
    connection.register("incoming", frame)
    try:
        yield
    finally:
        connection.unregister("incoming")


def executed(
    connection: duckdb.DuckDBPyConnection,
    statement: str,
    incoming: pd.DataFrame,  # noqa: ARG001  DuckDB finds it by its name among the variables of whoever executes
    parameters: Mapping[str, Any] | None = None,
) -> list[tuple[Any, ...]]:
    """What a statement answers that reads the frame as the table ``incoming``.

    It is to be written so within a transaction: a frame that was registered, DuckDB holds until the transaction ends,
    and all frames of a night would be in memory beside its rows.
    """
    # Whoever executes may stand between: all frames of the stack are looked through.
    connection.execute("set python_scan_all_frames = true")
    return connection.execute(statement, parameters or {}).fetchall()


def texts(column: str, values: Iterable[str]) -> pd.DataFrame:
    """A frame of one text column, for :func:`incoming`.

    A list bound as a parameter would do, but costs a second for 10,000 elements in DuckDB 1.5.
    """
    return pd.DataFrame({column: pd.Series(list(values), dtype=_FRAME_TYPES["VARCHAR"])})


def quoted(identifier: str) -> str:
    """An identifier of ours as SQL writes it; several are reserved words (``before``, ``class``)."""
    return f'"{identifier}"'


def microseconds(time: datetime) -> int:
    """Microseconds since 1970 of an aware time."""
    return (time - _EPOCH) // _MICROSECOND


def utc(since_epoch_us: int) -> datetime:
    """The time, aware and in UTC, that lies so many microseconds after 1970."""
    return _EPOCH + timedelta(microseconds=since_epoch_us)


_COLUMNS = """
select table_name, column_name, data_type
from duckdb_columns()
where schema_name = 'store' and database_name = current_database()
order by table_name, column_index
"""


def _selected(types: dict[str, str], relation: str) -> str:
    """A query for the rows that a relation carries, in the types of the table's columns."""
    values = ", ".join(f"{_carried_back(column, kind)} as {quoted(column)}" for column, kind in types.items())
    return f"select {values} from {relation}"  # noqa: S608  our own names


def _parameters(types: dict[str, str], rows: int) -> str:
    """A relation of so many rows, each value a parameter."""
    row = ", ".join(f"?::{_PARAMETER_TYPES.get(kind, kind)}" for kind in types.values())
    names = ", ".join(map(quoted, types))
    return f"(values {', '.join([f'({row})'] * rows)}) as incoming ({names})"


def _frame(types: dict[str, str], rows: Sequence[Row]) -> pd.DataFrame:
    columns = zip(types.items(), zip(*rows, strict=True), strict=True)
    # Of arrays: series would each bring an index, which takes three times as long to be found the same.
    return pd.DataFrame(
        {
            name: pd.array([_carried(value) for value in values], dtype=_FRAME_TYPES[kind])
            for (name, kind), values in columns
        },
        copy=False,
    )


def _carried(value: Value) -> str | int | float | bool | None:
    match value:
        case datetime():
            return microseconds(value)
        case tuple():
            return json.dumps(value)
        case _:
            return value


def _carried_back(column: str, kind: str) -> str:
    name = quoted(column)
    match kind:
        case "TIMESTAMP WITH TIME ZONE":
            return f"make_timestamptz({name})"
        case "VARCHAR[]":
            return f"from_json({name}, '[\"VARCHAR\"]')"
        case _:
            return name
