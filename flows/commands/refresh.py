"""``refresh``: one run of the nightly flow, now."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.errors import NothingToDoError
from flows.commands.context import settings_of
from flows.consoles import literal, messages, results
from flows.settings import Settings

if TYPE_CHECKING:
    from flows.night import RunSummary

HELP = """
Visits the declared pages once, loads what they say, publishes and tells what changed.

Examples:

  strategiemonitor refresh

  strategiemonitor refresh --only sl-roadmap --json

  strategiemonitor refresh --group 1/2

  strategiemonitor refresh --via https://web.archive.org/web/2023id_/

Exit status: 0 all pages verified or not modified, 3 at least one is not, or the copy for readers could not be
published; 1 nothing was loaded, 2 wrong usage.
"""


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("refresh", help=HELP)(_refresh)


def _refresh(
    context: typer.Context,
    via: Annotated[
        str | None, typer.Option("--via", metavar="PREFIX", help="Fetch PREFIX + address, as web archives do.")
    ] = None,
    catalogue: Annotated[
        Path | None, typer.Option("--catalogue", metavar="DIR", help="Folder of declarations instead of the bundled.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="PAGE", help="Only this page; repeatable.")
    ] = None,
    group: Annotated[
        str | None, typer.Option("--group", metavar="I/N", help="Only the portals of group I of N.")
    ] = None,
    wait: Annotated[bool, typer.Option("--wait", help="Where a run is under way, wait for its end.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object on standard output.")] = False,
) -> None:
    settings = settings_of(context)
    summary = run(settings, via=via, catalogue=catalogue, only=tuple(only or ()), wait=wait, group=group)
    if summary.unpublished:
        messages().print(f"The night is loaded, but readers keep the copy before: {literal(summary.unpublished)}")
    if as_json:
        sys.stdout.write(json.dumps(as_object(summary), ensure_ascii=False) + "\n")
    else:
        show(summary)
    raise typer.Exit(summary.exit_status)


def run(
    settings: Settings,
    *,
    via: str | None,
    catalogue: Path | None,
    only: tuple[str, ...],
    wait: bool = False,
    group: str | None = None,
) -> RunSummary:
    """Runs the flow in this process; mistakes of usage are told before Prefect's engine starts.

    Raises:
        StrategiemonitorError: If nothing was loaded.
    """
    from flows.catalogue import declared_pages
    from transform.portal_groups import PortalGroup

    pages = declared_pages(catalogue, only)
    if group and not PortalGroup.parse(group).narrowed(pages):
        raise NothingToDoError(f"Group {group} has none of the pages.", "Visit another group, or fewer groups.")
    settings.fetching(via)
    from flows.engine import run_refresh

    return run_refresh(settings, via=via, catalogue=catalogue, only=only, wait=wait, group=group)


def as_object(summary: RunSummary) -> dict[str, object]:
    """The summary as the contract's JSON object."""
    return {
        "snapshot": summary.snapshot,
        "observed_at": summary.observed_at.isoformat(),
        "pages": dict(summary.pages),
        "changed": [
            {"page": page.page, "changes": page.changes, "kinds": list(page.kinds)} for page in summary.changed
        ],
        "incidents_opened": summary.incidents_opened,
        "alerts": summary.alerts,
        "quarantined": summary.quarantined,
        "seconds": summary.seconds,
    }


def show(summary: RunSummary) -> None:
    """Tells a person how the run went."""
    console = results()
    tally = ", ".join(
        f"{count} {name.replace('_', ' ')}" for name, count in summary.pages.items() if count and name != "total"
    )
    console.print(
        f"[bold]Snapshot {summary.snapshot}[/bold]: {summary.pages['total']} pages ({tally})", highlight=False
    )
    for page, verdict in summary.held_back.items():
        console.print(f"  [yellow]{page}[/yellow] {verdict}", highlight=False)
    for changed in summary.changed:
        console.print(f"  [green]{changed.page}[/green] {', '.join(changed.kinds)}", highlight=False)
    if not summary.changed:
        console.print("  no content changed", highlight=False)
    console.print(
        f"  {summary.alerts} alerts, {summary.quarantined} quarantined, {summary.seconds:.1f} s", highlight=False
    )
    if summary.changed:
        console.print("Read them with: [bold]strategiemonitor changes[/bold]", highlight=False)
