"""``serve``: stays up and runs the refresh every night."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.context import settings_of
from flows.consoles import messages
from flows.schedules import NIGHTLY

HELP = """
Stays up and runs the refresh every night at 04:10 (Europe/Berlin). Starts the Prefect server that a schedule needs, on
loopback, unless PREFECT_API_URL names one.

Examples:

  strategiemonitor serve

  strategiemonitor serve --cron "0 */6 * * *"
"""


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("serve", help=HELP)(_serve)


def _serve(
    context: typer.Context,
    cron: Annotated[str, typer.Option("--cron", help="When to run, in Berlin time.")] = NIGHTLY,
    via: Annotated[
        str | None, typer.Option("--via", metavar="PREFIX", help="Fetch PREFIX + address, as web archives do.")
    ] = None,
    catalogue: Annotated[
        Path | None, typer.Option("--catalogue", metavar="DIR", help="Folder of declarations instead of the bundled.")
    ] = None,
) -> None:
    from flows.catalogue import declared_pages
    from flows.server import prefect_server

    settings = settings_of(context)
    settings.fetching(via)
    declared_pages(catalogue)
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)
    with prefect_server(settings.data / "prefect") as api_url:
        messages().print(
            f"Prefect at {api_url.removesuffix('/api')}; refresh at {cron!r} Berlin time. End with Ctrl-C."
        )
        from flows.serving import serve_refresh

        serve_refresh(settings, cron, via=via, catalogue=catalogue)


def _end(number: int, _: object) -> None:
    """Ends like Ctrl-C, the server included: an init system sends SIGTERM, a closed terminal SIGHUP."""
    raise SystemExit(128 + number)
