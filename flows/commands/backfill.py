"""``backfill``: older captures of the declared pages, from files of other tools or from a web archive."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from extract.errors import UsageError
from flows.commands.context import settings_of
from flows.consoles import messages, results
from transform.safe_text import on_one_line

if TYPE_CHECKING:
    from flows.backfill_sources import BackfillReport

HELP = "Loads older captures: they slot into the history, their neighbours' changes are told anew, nobody is alerted."

WARC_HELP = """
Takes the declared pages' answers, and the PDFs and other files that they link, out of WARC files of other tools (wget,
Browsertrix, ArchiveBox, Heritrix), compressed or not. Tells for every record of a page that was not taken why.

Example: strategiemonitor backfill warc kopie-2023.warc.gz
"""

WAYBACK_HELP = """
Asks a web archive for older captures of the declared pages, month by month, only where the body differs. Politely: one
request at a time. Can be stopped and run again; what was taken in is not asked for again.

Examples:

  strategiemonitor backfill wayback --from 2021-01-01 --only sl-roadmap

  strategiemonitor backfill wayback --cdx https://web.archive.org/cdx/search/cdx
"""

_SHOWN = 40

Catalogue = Annotated[
    Path | None, typer.Option("--catalogue", metavar="DIR", help="Folder of declarations instead of the bundled.")
]
Only = Annotated[list[str] | None, typer.Option("--only", metavar="PAGE", help="Only this page; repeatable.")]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    backfill = typer.Typer(help=HELP, no_args_is_help=True, rich_markup_mode="rich")
    backfill.command("warc", help=WARC_HELP)(_warc)
    backfill.command("wayback", help=WAYBACK_HELP)(_wayback)
    app.add_typer(backfill, name="backfill")


def _warc(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="WARC files.")],
    only: Only = None,
    catalogue: Catalogue = None,
) -> None:
    from flows.backfill_sources import Backfill
    from flows.catalogue import declared_pages, narrowed
    from warehouse.database import Warehouse
    from warehouse.publish import publish

    settings = settings_of(context)
    pages = declared_pages(catalogue)
    missing = [file for file in files if not file.is_file()]
    if missing:
        raise UsageError(f"There is no file {missing[0]}.", "Check the name.")
    with Warehouse.open(settings.place) as warehouse:
        report = Backfill(settings, warehouse, narrowed(pages, only or ()), pages).from_files(files)
        publish(warehouse, settings.published)
    _tell(report)


def _wayback(
    context: typer.Context,
    since: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day, such as 2021-01-01.")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day.")] = None,
    only: Only = None,
    cdx: Annotated[str | None, typer.Option("--cdx", metavar="URL", help="CDX server of the web archive.")] = None,
    catalogue: Catalogue = None,
) -> None:
    from extract.wayback import CDX_URL, WebArchive
    from flows.backfill_sources import Backfill
    from flows.catalogue import declared_pages, narrowed
    from warehouse.database import Warehouse
    from warehouse.publish import publish

    settings = settings_of(context)
    pages = declared_pages(catalogue)
    address = cdx or CDX_URL
    archive = WebArchive(address, settings.fetching(address))
    first, last = _day(since, "--from"), _day(until, "--to")
    if first and last and last < first:
        raise UsageError(f"--to {last} lies before --from {first}.", "Swap them.")
    with Warehouse.open(settings.place) as warehouse:
        backfill = Backfill(settings, warehouse, narrowed(pages, only or ()), pages)
        try:
            backfill.from_web_archive(archive, first, last, _watch)
        finally:
            publish(warehouse, settings.published)
    _tell(backfill.report)


def _watch(month: date, count: int) -> None:
    messages().print(f"{month:%Y-%m}: {count} captures", highlight=False)


def _day(text: str | None, option: str) -> date | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        raise UsageError(f"{option} is {text!r}.", "Write a day such as 2021-01-31.") from None


def _tell(report: BackfillReport) -> None:
    console = results()
    console.print(
        f"{report.taken} captures taken in, {report.promoted} of them good; {report.files} linked files; "
        f"{report.known} were known already; {report.changes} changes told anew",
        highlight=False,
    )
    for reason in report.skipped[:_SHOWN]:
        console.print(Text(f"  not taken, {on_one_line(reason)}", style="yellow"), soft_wrap=True)
    reasons = +report.reasons
    if reasons:
        tally = ", ".join(f"{count} {reason}" for reason, count in sorted(reasons.items()))
        console.print(f"  not taken: {tally}", highlight=False)
