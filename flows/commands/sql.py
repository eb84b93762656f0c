"""``sql``: a read-only query on the published copy."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from extract.errors import UsageError
from flows.commands.context import settings_of
from flows.consoles import results
from transform.safe_text import for_spreadsheet, on_one_line
from warehouse.example_queries import example, examples
from warehouse.query import Table, query_published

HELP = """
Runs a read-only query on the published copy and prints the rows.

Examples:

  strategiemonitor sql "select page_id, verdict, age_days from pages"

  strategiemonitor sql "from figures_as_of(timestamptz '2026-01-05 12:00:00+01')"

  strategiemonitor sql --csv "from changes" > changes.csv

  strategiemonitor sql --example list

  strategiemonitor sql --example moved_target_dates
"""

_NULL = "NULL"


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("sql", help=HELP)(_sql)


def _sql(
    context: typer.Context,
    query: Annotated[str | None, typer.Argument(metavar="QUERY", help="One SQL statement that only reads.")] = None,
    example_name: Annotated[
        str | None, typer.Option("--example", metavar="NAME", help="Run an example query; 'list' names them all.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the rows as a JSON array of objects.")] = False,
    limit_s: Annotated[
        float, typer.Option("--limit", metavar="SECONDS", min=0.001, help="Give the query up after so long.")
    ] = 60.0,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the rows as CSV (RFC 4180), without formulas.")] = False,
) -> None:
    if example_name == "list":
        _list_examples()
        return
    table = query_published(settings_of(context).published, _statement(query, example_name), limit_s=limit_s)
    if as_json:
        rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, default=str) + "\n")
    elif as_csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(map(for_spreadsheet, table.columns))
        writer.writerows(map(_harmless, table.rows))
    else:
        _show(table)


def _harmless(row: Iterable[object]) -> list[object]:
    """A row whose texts no spreadsheet program runs as formulas."""
    return [for_spreadsheet(value) if isinstance(value, str) else value for value in row]


def _statement(query: str | None, example_name: str | None) -> str:
    """The statement to run: as given, or that of an example."""
    if (query is None) == (example_name is None):
        raise UsageError("One query was expected.", "Give a QUERY or --example NAME; 'sql --example list' names them.")
    return query if query is not None else example(example_name or "").sql


def _list_examples() -> None:
    console = results()
    for one in examples():
        console.print(Text.assemble((one.name, "bold"), f"  {one.question}"), soft_wrap=True)


def _show(table: Table) -> None:
    """Prints a table where it fits, else one line a column, as psql's expanded display does; or the names alone."""
    console = results()
    rows = [[_cell(value) for value in row] for row in table.rows]
    names = [on_one_line(column) for column in table.columns]
    widths = [max([len(name), *(len(row[rank]) for row in rows)]) for rank, name in enumerate(names)]
    if sum(widths) + 3 * len(widths) + 1 <= console.width:
        _show_grid(console, names, rows)
    elif rows:
        _show_records(console, names, rows)
    else:
        console.print(Text(", ".join(names), style="bold"), soft_wrap=True)
    console.print("1 row" if len(rows) == 1 else f"{len(rows)} rows", style="dim", highlight=False)


def _show_grid(console: Console, names: list[str], rows: list[list[str]]) -> None:
    grid = RichTable()
    for name in names:
        grid.add_column(name, overflow="fold")
    for row in rows:
        grid.add_row(*(Text(cell, style="dim" if cell == _NULL else "") for cell in row))
    console.print(grid)


def _show_records(console: Console, names: list[str], rows: list[list[str]]) -> None:
    longest = max(map(len, names))
    for number, row in enumerate(rows, 1):
        console.print(Text(f"-- {number} ".ljust(min(console.width, 60), "-"), style="dim"))
        for name, cell in zip(names, row, strict=True):
            console.print(
                Text.assemble((name.ljust(longest), "bold"), "  ", (cell, "dim" if cell == _NULL else "")),
                soft_wrap=True,
            )


def _cell(value: object) -> str:
    """A value on one line; times to the second where they have no finer part."""
    if value is None:
        return _NULL
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="auto" if value.microsecond else "seconds")
    return on_one_line(str(value))
