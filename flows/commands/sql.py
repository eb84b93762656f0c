"""``sql``: a read-only query on the published copy."""

from __future__ import annotations

import csv
import json
import sys
from typing import Annotated

import typer
from rich.table import Table as RichTable

from flows.commands.context import settings_of
from flows.consoles import results
from transform.safe_text import for_terminal
from warehouse.query import Table, query_published

HELP = """
Runs a read-only query on the published copy and prints the rows.

Examples:

  strategiemonitor sql "select page_id, verdict, age_days from pages"

  strategiemonitor sql "from figures_as_of(timestamptz '2026-01-05 12:00+01')"

  strategiemonitor sql --csv "from changes" > changes.csv
"""


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("sql", help=HELP)(_sql)


def _sql(
    context: typer.Context,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="One SQL statement that only reads.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the rows as a JSON array of objects.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the rows as CSV (RFC 4180).")] = False,
) -> None:
    table = query_published(settings_of(context).published, query)
    if as_json:
        rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, default=str) + "\n")
    elif as_csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(table.columns)
        writer.writerows(table.rows)
    else:
        _show(table)


def _show(table: Table) -> None:
    console = results()
    shown = RichTable(show_lines=False)
    for column in table.columns:
        shown.add_column(for_terminal(column), overflow="fold")
    for row in table.rows:
        shown.add_row(*(_cell(value) for value in row))
    console.print(shown)
    console.print(f"{len(table.rows)} rows", style="dim", highlight=False)


def _cell(value: object) -> str:
    return "[dim]NULL[/dim]" if value is None else for_terminal(str(value)).replace("[", "\\[")
