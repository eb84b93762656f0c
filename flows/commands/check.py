"""``check``: what one page would be read into, without loading anything."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.context import settings_of
from flows.consoles import results

HELP = """
Dry run of one declaration: fetches the page, says what it is worth and what is read from it; loads nothing.

Examples:

  strategiemonitor check sl-roadmap

  strategiemonitor check https://digitales.hessen.de/digitale-zukunft/digitalstrategie-hessen
"""


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("check", help=HELP)(_check)


def _check(
    context: typer.Context,
    page: Annotated[str, typer.Argument(metavar="PAGE-or-URL", help="Id of a declared page, or an https address.")],
    via: Annotated[
        str | None, typer.Option("--via", metavar="PREFIX", help="Fetch PREFIX + address, as web archives do.")
    ] = None,
    catalogue: Annotated[
        Path | None, typer.Option("--catalogue", metavar="DIR", help="Folder of declarations instead of the bundled.")
    ] = None,
) -> None:
    from flows.catalogue import declared_pages
    from flows.checking import check_page, declaration_for
    from flows.commands.check_view import show

    settings = settings_of(context)
    checked = check_page(settings, declaration_for(page, declared_pages(catalogue)), via)
    show(checked, results())
    raise typer.Exit(0 if checked.verdict.is_good else 3)
