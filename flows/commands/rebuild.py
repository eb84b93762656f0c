"""``rebuild``: all versions again from the archive with today's extractor; a lost warehouse from the archive alone."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from flows.commands.context import settings_of
from flows.consoles import results
from transform.safe_text import on_one_line

if TYPE_CHECKING:
    from flows.rebuilding import RebuildReport
    from flows.restoring import Restored

HELP = """
Reads every kept answer again with today's extractor and lets that stand, in one transaction. Tells which values are
read differently now; they are changes of cause extractor and alert nobody. Where nothing differs nothing is written.
A rebuild that was killed goes on where it was.

Where there is no warehouse, or with --from-archive, everything is derived from the archive alone: captures, verdicts,
observations, versions, changes and incidents. A warehouse that is there is kept beside the new one, its alerts taken
over.

Examples:

  strategiemonitor rebuild

  strategiemonitor rebuild --from-archive
"""

_SHOWN = 40


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("rebuild", help=HELP)(_rebuild)


def _rebuild(
    context: typer.Context,
    from_archive: Annotated[
        bool, typer.Option("--from-archive", help="Derive everything from the archive, verdicts as well.")
    ] = False,
    catalogue: Annotated[
        Path | None, typer.Option("--catalogue", metavar="DIR", help="Folder of declarations instead of the bundled.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object on standard output.")] = False,
) -> None:
    from flows.catalogue import declared_pages
    from flows.rebuilding import rebuild
    from flows.restoring import is_lost, restore
    from warehouse.database import Warehouse
    from warehouse.publish import publish

    settings = settings_of(context)
    pages = declared_pages(catalogue)
    if from_archive or is_lost(settings):
        restored = restore(settings, pages)
        _tell_restored(restored, as_json=as_json)
    else:
        with Warehouse.open(settings.place) as warehouse:
            report = rebuild(warehouse, settings.archive, pages)
        _tell(report, as_json=as_json)
    with Warehouse.open(settings.place) as warehouse:
        publish(warehouse, settings.published)


def _tell(report: RebuildReport, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(asdict(report), ensure_ascii=False) + "\n")
        return
    console = results()
    if report.snapshot_id is None:
        console.print(f"{report.pages} pages looked at: nothing is read differently, nothing was written")
    else:
        console.print(
            f"Snapshot {report.snapshot_id}: {report.observations} observations of {report.pages} pages read anew, "
            f"{len(report.revised)} values differ",
            highlight=False,
        )
    for value in report.revised[:_SHOWN]:
        what = " ".join(filter(None, (value.entity, value.field)))
        was, now = (on_one_line(text) if text is not None else "-" for text in (value.before, value.after))
        console.print(Text(f"  {value.page_id}  {what}: {was} → {now}  ({value.times}×)"), soft_wrap=True)
    if len(report.revised) > _SHOWN:
        console.print(f"  … and {len(report.revised) - _SHOWN} more: changes with cause extractor", highlight=False)
    for reason in report.kept[:_SHOWN]:
        console.print(Text(f"  kept as it was: {on_one_line(reason)}", style="yellow"), soft_wrap=True)


def _tell_restored(restored: Restored, *, as_json: bool) -> None:
    if as_json:
        told = {**asdict(restored), "aside": str(restored.aside) if restored.aside else None}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        return
    console = results()
    console.print(f"{restored.runs} runs played again from the archive, {restored.visits} visits", highlight=False)
    for damage in restored.damages[:_SHOWN]:
        console.print(Text(f"  damaged: {on_one_line(damage)}", style="yellow"), soft_wrap=True)
    if restored.aside:
        console.print(Text(f"  the warehouse before is kept as {restored.aside}"), soft_wrap=True)
