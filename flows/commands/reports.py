"""``changes`` and ``incidents``: what the published copy says, for a person or as JSON."""

from __future__ import annotations

import dataclasses
import json
import sys
from datetime import datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.text import Text

from extract.errors import UsageError
from flows.commands.context import settings_of
from flows.consoles import results
from flows.demo.word_diff import Fate, word_diff
from transform.safe_text import for_terminal, on_one_line
from warehouse import reports
from warehouse.reports import ChangeRow, IncidentRow

BERLIN = ZoneInfo("Europe/Berlin")

CHANGES_HELP = """
What changed, the most telling first. Dates are Berlin days, both inclusive.

Examples:

  strategiemonitor changes --since 2026-01-01 --land DE-SL

  strategiemonitor changes --page sl-roadmap --json
"""
INCIDENTS_HELP = """
What is open: pages that cannot be read, places that are not found, pages that change back and forth.

Examples:

  strategiemonitor incidents

  strategiemonitor incidents --all --json
"""
_STYLES = {Fate.STAYED: "", Fate.WENT: "red strike", Fate.CAME: "bold green"}


def register(app: typer.Typer) -> None:
    """Adds both commands."""
    app.command("changes", help=CHANGES_HELP)(_changes)
    app.command("incidents", help=INCIDENTS_HELP)(_incidents)


def _changes(
    context: typer.Context,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="First day, such as 2026-01-31.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="Last day.")] = None,
    land: Annotated[str | None, typer.Option("--land", metavar="DE-SL", help="Only this Land (ISO 3166-2).")] = None,
    page: Annotated[str | None, typer.Option("--page", metavar="ID", help="Only this page.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON array.")] = False,
) -> None:
    found = reports.changes(
        settings_of(context).published,
        since=_day(since, "--since") if since else None,
        until=_day(until, "--until") + timedelta(days=1) if until else None,
        land=land.upper() if land else None,
        page_id=page,
    )
    if as_json:
        _print_json([{_spelled(name): value for name, value in dataclasses.asdict(row).items()} for row in found])
    else:
        show_changes(found, results())


def _incidents(
    context: typer.Context,
    closed_too: Annotated[bool, typer.Option("--all", help="Also those that are over.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON array.")] = False,
) -> None:
    found = reports.incidents(settings_of(context).published, closed_too=closed_too)
    if as_json:
        _print_json([dataclasses.asdict(row) for row in found])
    else:
        show_incidents(found, results())


def _day(text: str, option: str) -> datetime:
    """The beginning of a day in Berlin."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=BERLIN)
    except ValueError:
        raise UsageError(f"{option} {text!r} is no date.", "Write it as 2026-01-31.") from None


def _spelled(name: str) -> str:
    """The column's name in the contract: ``class`` is a word of Python's own."""
    return "class" if name == "change_class" else name


def _print_json(rows: list[dict[str, object]]) -> None:
    sys.stdout.write(json.dumps(rows, ensure_ascii=False, default=lambda value: value.isoformat()) + "\n")


def show_changes(found: tuple[ChangeRow, ...], console: Console) -> None:
    """Prints each change: when, where, the sentence, and the words that differ."""
    for row in found:
        head = Text.assemble(
            (f"{berlin(row.not_after)}  ", "dim"),
            (row.page_id, "bold"),
            f"  {row.entity} {row.kind}",
            f" {row.field}" if row.field else "",
            (f"  {row.significance:.2f} {row.change_class}", "dim"),
            ("  caused by our reading" if row.cause == "extractor" else "", "yellow"),
        )
        console.print(head)
        console.print(Text(f"  {on_one_line(row.summary)}"))
        if row.before and row.after and row.kind in ("edited", "renamed"):
            console.print(_difference(row.before, row.after))
    console.print(f"{len(found)} changes" if found else "No changes.", style="dim", highlight=False)


def _difference(before: str, after: str) -> Text:
    text = Text("  ")
    for piece in word_diff(for_terminal(before), for_terminal(after)):
        text.append(" ".join(piece.words) + " ", style=_STYLES[piece.fate])
    return text


def show_incidents(found: tuple[IncidentRow, ...], console: Console) -> None:
    """Prints each incident with its age and what to do."""
    from transform.incidents import IncidentKind, remedy

    for row in found:
        state = (f"closed {berlin(row.closed_at)}", "dim") if row.closed_at else ("open", "yellow")
        console.print(
            Text.assemble((row.page_id or "run", "bold"), f"  {row.kind}  since {berlin(row.opened_at)}  ", state)
        )
        console.print(Text(f"  {on_one_line(row.detail)}"))
        if not row.closed_at and row.kind in set(IncidentKind):
            console.print(Text(f"  → {remedy(row.kind)}", style="dim"))
    console.print(f"{len(found)} incidents" if found else "Nothing is open.", style="dim", highlight=False)


def berlin(at: datetime) -> str:
    """A time as Berlin's clocks show it."""
    return at.astimezone(BERLIN).strftime("%Y-%m-%d %H:%M")
