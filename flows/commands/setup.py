"""``setup``: everything in place on a running Prefect server."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.context import settings_of
from flows.consoles import results

HELP = """
Creates or updates on the Prefect server that PREFECT_API_URL names: the work pool, the deployments of prefect.yaml, the
automations (killed runs, a night without a run, failed runs), and the Secret blocks that routes.toml names, made from
the environment (smtp-password from SMTP_PASSWORD). As often as you like.

Then start a worker: prefect worker start --pool strategiemonitor

Example: PREFECT_API_URL=http://127.0.0.1:4200/api strategiemonitor setup
"""


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("setup", help=HELP)(_setup)


def _setup(
    context: typer.Context,
    home: Annotated[
        Path, typer.Option("--home", metavar="DIR", help="The checkout that workers run; it holds prefect.yaml.")
    ] = Path(),
) -> None:
    settings = settings_of(context)
    from flows.setting_up import set_up

    done = set_up(settings, home)
    console = results()
    console.print(f"work pool    {done.work_pool}", highlight=False)
    for name in done.deployments:
        console.print(f"deployment   {name}", highlight=False)
    for name in done.automations:
        console.print(f"automation   {name}", highlight=False)
    for name in done.secrets:
        console.print(f"secret       {name}", highlight=False)
    for name in done.missing_secrets:
        variable = name.replace("-", "_").upper()
        console.print(f"secret       {name} is missing: set {variable} and run this again", highlight=False)
    console.print(f"Now start a worker: prefect worker start --pool {done.work_pool}", highlight=False)
