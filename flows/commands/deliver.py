"""``deliver``: tries undelivered alerts again."""

from __future__ import annotations

import typer

from flows.commands.context import settings_of
from flows.consoles import results

HELP = """
Tries alerts again that could not be delivered; each keeps its key, so that a receiver can drop a repeat.

Example: strategiemonitor deliver
"""


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("deliver", help=HELP)(_deliver)


def _deliver(context: typer.Context) -> None:
    from flows.upkeep import deliver

    report = deliver(settings_of(context))
    given_up = f", {report.parked} given up" if report.parked else ""
    results().print(f"{report.delivered} delivered, {report.waiting} waiting{given_up}", highlight=False)
