"""``demo``: the bundled sample portal's nights, played through the real flow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from flows.commands.context import settings_of
from flows.consoles import messages, results

if TYPE_CHECKING:
    from flows.demo.account import NightSeen

HELP = """
Plays the bundled sample portal's nights through the real flow over loopback HTTP, then shows what changed. Needs no
network. The pages are invented; the data folder can be thrown away afterwards.

Examples:

  strategiemonitor demo

  strategiemonitor --data demo-data demo
"""


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("demo", help=HELP)(_demo)


def _demo(context: typer.Context) -> None:
    import os

    # The account tells of the nights; Prefect's own lines would only stand between them.
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "ERROR")
    from flows.demo.account import render_account
    from flows.demo.play import play

    console = messages()
    console.print("Starting Prefect's engine; the first start takes up to half a minute …", highlight=False)

    def watch(night: NightSeen) -> None:
        console.print(f"night {night.number}: {night.about}", highlight=False, markup=False)

    account = play(settings_of(context), watch)
    render_account(account, results())
