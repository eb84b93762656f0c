"""Looking into a warehouse as a whole."""

from __future__ import annotations

from typing import Any

from warehouse.database import Warehouse

_BY_LOADING = ("snapshot_id", "created_at", "queued_at", "finished_at", "applied_at")
"""Columns that say when or in which order something was loaded; ``versions.capture_id`` too: the first one loaded."""


def rows(warehouse: Warehouse, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
    """All rows of a query."""
    return warehouse.connection.execute(sql, list(parameters)).fetchall()


def everything(warehouse: Warehouse, *, loading_too: bool = True) -> dict[str, list[str]]:
    """Every row of every base table as text, sorted; on request without what tells when it was loaded."""
    columns: dict[str, list[str]] = {}
    for table, column in rows(
        warehouse,
        "select table_name, column_name from duckdb_columns() join duckdb_tables() using (schema_name, table_name) "
        "where schema_name = 'store' order by table_name, column_index",
    ):
        if loading_too or (column not in _BY_LOADING and (table, column) != ("versions", "capture_id")):
            columns.setdefault(table, []).append(f'"{column}"')
    return {
        table: sorted(map(repr, rows(warehouse, f"select {', '.join(names)} from store.{table}")))
        for table, names in columns.items()
    }
