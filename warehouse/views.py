"""What analysts see in schema ``main``: current tables, their history, as-of macros, ledgers, and words on each column.

All of it is derived from the append-only tables of schema ``store`` and made anew whenever its definition has changed;
nothing here holds data.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from string import Template

import duckdb

from transform.records import RECORD_TYPES
from warehouse.captures import CAPTURE_MACROS
from warehouse.connection import checkpoint, transaction
from warehouse.dictionary import MACROS, MacroText, column_texts, table_texts
from warehouse.digests import stored_tables
from warehouse.lake_sql import is_known_to_lakes, is_lake
from warehouse.ledgers import CHANGES_BETWEEN, DOCUMENT_PAGES_AS_OF, LEDGER_VIEWS
from warehouse.rows import quoted
from warehouse.search import SCALAR_MACROS, SEARCH_DOCUMENT_PAGES, SEARCH_SECTIONS
from warehouse.store_views import COPY_VIEWS, STORE_VIEWS
from warehouse.versions import RECORD_COLUMNS

_CURRENT = Template("""
select versions.page_id, versions.land, records.version_id, $record_id, $columns
from store.$table as records
join store.current_versions as current using (version_id)
join store.versions as versions using (version_id)
""")

_HISTORY = Template("""
select versions.page_id, versions.land, records.version_id, $record_id, intervals.valid_from, intervals.valid_to,
    $columns
from store.$table as records
join store.intervals as intervals using (version_id)
join store.versions as versions using (version_id)
""")

# A moment may have been read several times: the last reading that was known counts, and where that holds it back, none.
# Snapshots are numbered in the order in which they became known, so one number stands for the moment of knowing.
_AS_OF = Template("""
with
    known as (
        select coalesce(max(snapshot_id), 0) as snapshot_id
        from store.snapshots
        where known_at is null or finished_at <= known_at::timestamptz
    ),
    readings as (
        select page_id, observed_at, reading, version_id
        from store.showings
        where observed_at <= ts::timestamptz and snapshot_id <= (select snapshot_id from known)
    ),
    moments as (
        select page_id, observed_at, arg_max(version_id, reading) as version_id
        from readings
        group by page_id, observed_at
    ),
    shown as (
        select page_id, arg_max(version_id, observed_at) as version_id
        from moments
        where version_id <> ''
        group by page_id
    )
select versions.page_id, versions.land, records.version_id, $record_id, $columns
from store.$table as records
join shown using (version_id)
join store.versions as versions using (version_id)
""")

_INNER = "Inner table, packed for room; ask the views of schema main instead: from start_here."

AS_OF_PARAMETERS = "ts, known_at := 'infinity'"
"""NULL says the same as infinity; as a default, a lake does not take it."""


def history_of(table: str) -> str:
    """Name of the view with a record table's whole history."""
    return f"{table}_history"


def as_of(table: str) -> str:
    """Name of the macro that gives a record table as it was at a moment."""
    return f"{table}_as_of"


def analyst_columns(table: str) -> tuple[str, ...]:
    """A record table's own columns in the order in which analysts see them; the verbatim words come last."""
    own = tuple(name for name in RECORD_COLUMNS[table] if name not in ("position", "section", "evidence"))
    return ("position", "section", *own, "evidence")


def refresh_views(connection: duckdb.DuckDBPyConnection) -> bool:
    """Make views, macros and comments anew if their definition has changed; says whether it had.

    Raises:
        WarehouseError: DuckDB refused a definition; the old ones then stand.
    """
    statements = definitions()
    fingerprint = hashlib.sha256("\n".join(statements).encode()).hexdigest()
    known = connection.execute("select sha256 from store.derived where name = 'views'").fetchall()
    if known == [(fingerprint,)]:
        return False
    if is_lake(connection):
        statements = tuple(filter(is_known_to_lakes, statements))
    with transaction(connection):
        connection.execute(";\n".join(statements))
        connection.execute("delete from store.derived where name = 'views'")
        connection.execute("insert into store.derived (name, sha256) values ('views', ?)", [fingerprint])
    checkpoint(connection)
    return True


def create_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Make all views, macros and comments in a copy for readers that has its tables.

    Raises:
        WarehouseError: DuckDB refused a definition.
    """
    with transaction(connection):
        connection.execute(";\n".join(definitions(COPY_VIEWS)))
        for table in stored_tables(connection):
            connection.execute(f"comment on table store.{quoted(table)} is {_literal(_INNER)}")


def definitions(store_views: Mapping[str, str] = STORE_VIEWS) -> tuple[str, ...]:
    """Every statement that makes schema ``main``, in an order that works on an empty one."""
    return (*_scalar_macros(), *_store_views(store_views), *_ledgers(), *_record_views(), *_macros(), *_comments())


def _scalar_macros() -> list[str]:
    macros = {**CAPTURE_MACROS, **SCALAR_MACROS}
    return [f"create or replace macro store.{signature} as {body}" for signature, body in macros.items()]


def _store_views(views: Mapping[str, str]) -> list[str]:
    return [f"create or replace view store.{name} as {select}" for name, select in views.items()]


def _ledgers() -> list[str]:
    return [f"create or replace view main.{name} as {select}" for name, select in LEDGER_VIEWS.items()]


def _record_views() -> list[str]:
    statements = []
    for table in RECORD_TYPES:
        names = {
            "table": table,
            "columns": ", ".join(f"records.{quoted(name)}" for name in analyst_columns(table)),
            "record_id": f"'{table}:' || records.version_id || ':' || records.ordinal as record_id",
        }
        statements += [
            f"create or replace view main.{table} as {_CURRENT.substitute(names)}",
            f"create or replace view main.{history_of(table)} as {_HISTORY.substitute(names)}",
            f"create or replace macro main.{as_of(table)}({AS_OF_PARAMETERS}) as table {_AS_OF.substitute(names)}",
        ]
    return statements


def _macros() -> list[str]:
    return [
        f"create or replace macro main.changes_between(t1, t2) as table {CHANGES_BETWEEN}",
        f"create or replace macro main.document_pages_as_of({AS_OF_PARAMETERS}) as table {DOCUMENT_PAGES_AS_OF}",
        f"create or replace macro main.search_sections(query) as table {SEARCH_SECTIONS}",
        f"create or replace macro main.search_document_pages(query) as table {SEARCH_DOCUMENT_PAGES}",
    ]


@cache
def _comments() -> tuple[str, ...]:
    statements = [f"comment on view main.{name} is {_literal(text)}" for name, text in table_texts().items()]
    statements += [
        f"comment on column main.{table}.{quoted(column)} is {_literal(text)}"
        for table, columns in column_texts().items()
        for column, text in columns.items()
    ]
    return (*statements, *(_macro_comment(macro) for macro in MACROS))


def _macro_comment(macro: MacroText) -> str:
    return f"comment on macro table main.{macro.name} is {_literal(macro.description)}"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
