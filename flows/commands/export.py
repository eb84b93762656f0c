"""``export``: data sets for others out of the published copy."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from extract.errors import UsageError
from flows.commands.context import settings_of
from flows.consoles import results

if TYPE_CHECKING:
    from warehouse.metadata import Json

HELP = """
Writes data sets for others out of the published copy.

parquet: every table's history by Land and year. csv: UTF-8 with a header; texts that a spreadsheet program would run as
a formula get an apostrophe before them. datapackage: the CSV files with datapackage.json (Frictionless) and dcat.jsonld
(DCAT-AP.de; its licences: http://dcat-ap.de/def/licenses/). feed: feed.json with the last 200 changes (JSON Feed 1.1).

Example: strategiemonitor export --format parquet,datapackage --to out
"""

FORMATS = ("parquet", "csv", "datapackage", "feed")
_CHANGES_IN_FEED = 200


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("export", help=HELP)(_export)


def _export(
    context: typer.Context,
    formats: Annotated[
        str, typer.Option("--format", metavar="LIST", help=f"Any of {', '.join(FORMATS)}; comma between them.")
    ] = ",".join(FORMATS),
    to: Annotated[
        Path | None, typer.Option("--to", metavar="DIR", help="Where to write; DIR/export of the data folder.")
    ] = None,
    base: Annotated[
        str, typer.Option("--base-url", metavar="URL", help="Where the folder will be published, for its metadata.")
    ] = "",
    licence: Annotated[
        str,
        typer.Option("--licence", metavar="URL", help="Licence to state in the metadata, such as DCAT-AP.de asks for."),
    ] = "",
) -> None:
    from extract.fetch_settings import product
    from warehouse.export import opened
    from warehouse.metadata import Publication, data_package, dcat, json_feed

    wanted = _wanted(formats)
    settings = settings_of(context)
    folder = to or settings.data / "export"
    publication = Publication(settings.contact, base and base.rstrip("/") + "/", licence)
    now = datetime.now(UTC)
    with opened(settings.published, folder) as export:
        if "parquet" in wanted:
            export.parquet()
        if wanted & {"csv", "datapackage"}:
            tables = export.csv()
            if "datapackage" in wanted:
                coverage = export.coverage()
                _write(folder / "datapackage.json", data_package(tables, coverage, publication, product(), now))
                _write(folder / "dcat.jsonld", dcat(tables, coverage, publication, now))
        if "feed" in wanted:
            _write(folder / "feed.json", json_feed(export.changes(_CHANGES_IN_FEED), publication.base))
    results().print(Text(f"written to {folder}: {', '.join(name for name in FORMATS if name in wanted)}"))


def _wanted(formats: str) -> frozenset[str]:
    wanted = frozenset(part.strip() for part in formats.split(",") if part.strip())
    unknown = sorted(wanted - set(FORMATS))
    if unknown or not wanted:
        raise UsageError(f"--format {formats!r}: {', '.join(unknown) or 'nothing'}.", f"Use {', '.join(FORMATS)}.")
    return wanted


def _write(path: Path, content: Json) -> None:
    """Writes a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    partial.replace(path)
