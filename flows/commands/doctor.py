"""``doctor``: what is not well, and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.text import Text

from flows.commands.context import settings_of
from flows.consoles import results
from transform.safe_text import on_one_line

HELP = """
Checks settings, catalogue, archive, warehouse and the published copy; says what is not well and what to do.

Exit status 1 where something is broken.

With --watch it only looks whether a page was verified lately; where none was, it tells the incident routes, once an
outage, and ends with status 1. For cron, outside the pipeline:

  40 * * * *  strategiemonitor --data DIR doctor --watch

Example: strategiemonitor doctor
"""


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("doctor", help=HELP)(_doctor)


def _doctor(
    context: typer.Context,
    catalogue: Annotated[
        Path | None, typer.Option("--catalogue", metavar="DIR", help="Folder of declarations instead of the bundled.")
    ] = None,
    watch_only: Annotated[
        bool, typer.Option("--watch", help="Only look whether pages are still verified; alert where not.")
    ] = False,
) -> None:
    if watch_only:
        _watch(context)
    from flows.examining import Level, examine

    marks = {Level.WELL: ("✓", "green"), Level.WATCH: ("!", "yellow"), Level.BROKEN: ("✗", "red")}
    console = results()
    # In a log or a mail one finding is one line, to be searched for and copied.
    in_a_file = not console.is_terminal
    found = examine(settings_of(context), catalogue)
    for result in found:
        console.print(
            Text.assemble(marks[result.level], f" {result.name}: ", on_one_line(result.found)), soft_wrap=in_a_file
        )
        if result.remedy:
            console.print(Text(f"    → {on_one_line(result.remedy)}", style="dim"), soft_wrap=in_a_file)
    raise typer.Exit(1 if any(result.level is Level.BROKEN for result in found) else 0)


def _watch(context: typer.Context) -> NoReturn:
    from flows.watching import watch

    found = watch(settings_of(context))
    told = "; the incident routes have been told" if found.alerted else ""
    results().print(f"{found.sentence}{told}", highlight=False, markup=False)
    raise typer.Exit(0 if found.is_fresh else 1)
