"""``verify`` and ``compact``: what is done now and then."""

from __future__ import annotations

import typer
from rich.text import Text

from flows.commands.context import settings_of
from flows.consoles import results
from transform.safe_text import on_one_line

VERIFY = """
Reads the whole archive against its digests and asks the warehouse whether all in it holds together. What is wrong is
told along the incident routes, once; exit status 1.

For cron, once a week:

  15 12 * * 0  strategiemonitor --data DIR verify
"""

COMPACT = """
Writes the warehouse's file anew, without the space that it no longer needs; of a lake, puts the rows into few files and
deletes those that no state of the last seven days needs. Nothing of its content changes.

For cron, once a month:

  45 12 1 * *  strategiemonitor --data DIR compact
"""


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("verify", help=VERIFY)(_verify)
    app.command("compact", help=COMPACT)(_compact)


def _verify(context: typer.Context) -> None:
    from flows.upkeep import verify

    found = verify(settings_of(context))
    console = results()
    for one in found.wrong:
        console.print(Text.assemble(("✗ ", "red"), on_one_line(one)), soft_wrap=not console.is_terminal)
    told = "; the incident routes have been told" if found.alerted else ""
    wrong = "1 thing is wrong" if len(found.wrong) == 1 else f"{len(found.wrong)} things are wrong"
    verdict = f"{wrong}{told}" if found.wrong else "all is well"
    console.print(
        f"{found.records} records in {found.files} WARC files: {verdict}",
        highlight=False,
        soft_wrap=not console.is_terminal,
    )
    raise typer.Exit(1 if found.wrong else 0)


def _compact(context: typer.Context) -> None:
    from flows.upkeep import compact_warehouse

    done = compact_warehouse(settings_of(context))
    results().print(f"{done.bytes_before / 1e6:.1f} MB before, {done.bytes_after / 1e6:.1f} MB after", highlight=False)
