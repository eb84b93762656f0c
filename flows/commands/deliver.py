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
    from flows.channel_setup import channels_of
    from flows.delivering import deliver_pending
    from warehouse.database import Warehouse
    from warehouse.publish import publish

    settings = settings_of(context)
    with Warehouse.open(settings.place) as warehouse:
        report = deliver_pending(warehouse, channels_of(settings))
        if report.changed_anything:
            publish(warehouse, settings.published)
    given_up = f", {report.parked} given up" if report.parked else ""
    results().print(f"{report.delivered} delivered, {report.waiting} waiting{given_up}", highlight=False)
