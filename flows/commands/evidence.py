"""``evidence``: everything that proves a record or a change, in one folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from flows.commands.context import settings_of
from flows.consoles import results

HELP = """
Writes the evidence for a record (column record_id of every record table) or a change (change_id) into a folder: the raw
bytes, the header fields, the WARC records, an excerpt with the words highlighted, hashes, and a statement in German and
English.

Example: strategiemonitor evidence figures:0c1d…:3 --to beleg
"""


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("evidence", help=HELP)(_evidence)


def _evidence(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="RECORD_ID|CHANGE_ID", help="What is to be proved.")],
    to: Annotated[
        Path | None, typer.Option("--to", metavar="DIR", help="Folder; evidence/NAME in the data folder without it.")
    ] = None,
    catalogue: Annotated[
        Path | None, typer.Option("--catalogue", metavar="DIR", help="Folder of declarations instead of the bundled.")
    ] = None,
) -> None:
    from flows.catalogue import declared_pages
    from flows.evidencing import write_bundle

    settings = settings_of(context)
    safe = "".join(letter if letter.isalnum() else "-" for letter in name)
    bundle = write_bundle(settings, declared_pages(catalogue), name, to or settings.data / "evidence" / safe)
    console = results()
    console.print(Text(f"{bundle.folder}: {', '.join(bundle.files)}"), soft_wrap=True)
    if not bundle.places:
        console.print(Text("the words stand in no single paragraph of the page; they are quoted in the excerpt"))
