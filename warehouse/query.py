"""Reading the published copy: one statement, read-only, without reach to files, network or extensions."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from extract.errors import UsageError, WarehouseError
from transform.records import RECORD_TYPES
from warehouse.connection import connect_locked_down

_NO_SUCH_AS_OF = re.compile(r"name (\w+)_as_of does not exist")
_EQUALS = re.compile(r"known_at\s*=[^=]")

Parameters = Mapping[str, str | int | float | bool | datetime | None]


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a query: names of the columns, and rows of as many values each."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def query_published(
    path: Path, sql: str, parameters: Parameters | None = None, *, limit_s: float | None = None
) -> Table:
    """Run one statement on the published copy.

    Args:
        path: The published file.
        sql: One statement; whatever only reads (``select``, ``from``, ``describe``, ``show``, ``explain``).
        parameters: Values for ``$name`` in it.
        limit_s: After so many seconds it is given up; ``None`` lets it run.

    Returns:
        All rows; times are aware and in UTC.

    Raises:
        WarehouseError: There is no published copy, or it cannot be opened.
        UsageError: Nothing, or more than one statement; or DuckDB refuses it: the message has DuckDB's words; or its
            time is over.
    """
    with _opened(path) as connection, _given_up_after(connection, limit_s):
        try:
            _refuse_all_but_one(connection, sql)
            cursor = connection.execute(sql, dict(parameters)) if parameters else connection.execute(sql)
            columns = tuple(column[0] for column in cursor.description or ())
            return Table(columns, tuple(tuple(map(_in_utc, row)) for row in cursor.fetchall()))
        except duckdb.InterruptException as error:
            raise UsageError(
                f"The query took longer than {limit_s:g} s and was given up.", "Ask for less, or give it more time."
            ) from error
        except duckdb.Error as error:
            raise UsageError(f"The query cannot be run: {str(error).strip()}", _hint(str(error), sql)) from error


@contextmanager
def _opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    if not path.is_file():
        raise WarehouseError(f"There is no published copy at {path}.", "Run 'strategiemonitor refresh' first.")
    with closing(connect_locked_down(path)) as connection:
        yield connection


@contextmanager
def _given_up_after(connection: duckdb.DuckDBPyConnection, limit_s: float | None) -> Iterator[None]:
    """Interrupts what runs on the connection when its time is over."""
    if limit_s is None:
        yield
        return
    timer = threading.Timer(limit_s, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _hint(said: str, sql: str) -> str:
    """What to do about an error of DuckDB's, by the mistakes that the names of this warehouse invite."""
    unknown = _NO_SUCH_AS_OF.search(said)
    if unknown:
        return (
            f"T_as_of is there for the record tables ({', '.join(RECORD_TYPES)}) and document_pages; {unknown[1]} has "
            "times of its own to ask for: 'describe " + unknown[1] + "'."
        )
    if "known_at" in said and _EQUALS.search(sql):
        return "A macro's named parameter takes ':=', as in figures_as_of('2026-03-05', known_at := '2026-03-06')."
    return (
        "Questions with a query for each: 'from start_here'. Names and meanings: 'show tables', 'describe T', or "
        "docs/data-dictionary.md."
    )


def _in_utc(value: object) -> object:
    """DuckDB's time-zone objects differ between its versions; ours is always the standard library's."""
    return value.astimezone(UTC) if isinstance(value, datetime) and value.tzinfo is not None else value


def _refuse_all_but_one(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    count = len(connection.extract_statements(sql))
    if count != 1:
        raise UsageError(f"One SQL statement was expected, {count} were found.", "Run them one by one.")
