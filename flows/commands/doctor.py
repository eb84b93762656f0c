"""``doctor``: what is not well, and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from flows.commands.context import settings_of
from flows.consoles import results
from transform.safe_text import on_one_line

HELP = """
Checks settings, catalogue, archive, warehouse and the published copy; says what is not well and what to do.

Exit status 1 where something is broken.

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
) -> None:
    from flows.examining import Level, examine

    marks = {Level.WELL: ("✓", "green"), Level.WATCH: ("!", "yellow"), Level.BROKEN: ("✗", "red")}
    console = results()
    found = examine(settings_of(context), catalogue)
    for result in found:
        console.print(Text.assemble(marks[result.level], f" {result.name}: ", on_one_line(result.found)))
        if result.remedy:
            console.print(Text(f"    → {on_one_line(result.remedy)}", style="dim"))
    raise typer.Exit(1 if any(result.level is Level.BROKEN for result in found) else 0)
