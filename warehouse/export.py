"""Data sets for others out of the published copy: Parquet by Land and year, CSV that spreadsheet programs can open.

Written beside what was there and put in its place when all of it is whole.  CSV is UTF-8 with a header (RFC 4180); a
text that a spreadsheet program would run as a formula (it begins with ``=``, ``+``, ``-``, ``@``, a tabulator or a
carriage return) gets an apostrophe before it, as OWASP's page on CSV injection advises.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from extract.errors import WarehouseError
from transform.records import RECORD_TYPES
from transform.safe_text import BEGINS_FORMULA
from warehouse.connection import connect, errors_named
from warehouse.dictionary import column_texts, table_texts
from warehouse.rows import quoted, utc

EXPORTED_LEDGERS = ("pages", "snapshots", "observations", "changes", "incidents")
"""Ledgers that are exported whole; captures and alerts are the operator's."""

_FORMULAS = ", ".join(f"'{character}'" for character in BEGINS_FORMULA)


@dataclass(frozen=True, slots=True)
class ExportedColumn:
    """A column as a data package names its type (``string``, ``integer``, ``number``, ``boolean``, ``datetime``)."""

    name: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class ExportedTable:
    """One CSV file: path below the export's folder, rows, bytes, SHA-256, columns."""

    name: str
    description: str
    path: str
    rows: int
    bytes: int
    sha256: str
    columns: tuple[ExportedColumn, ...]


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One change for a feed; times are aware, UTC."""

    not_before: datetime
    not_after: datetime
    change_id: str
    page_id: str
    land: str
    url: str
    publisher: str
    summary: str
    before: str | None
    after: str | None
    entity: str
    kind: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the published copy speaks of: Länder, first and last observation, addresses of the pages."""

    lands: tuple[str, ...]
    first: datetime | None
    last: datetime | None
    urls: tuple[str, ...]


class Export:
    """An export out of one published copy; a context manager that closes it.

    Args:
        published: The published copy.
        folder: Where the files are to be.

    Raises:
        WarehouseError: There is no published copy.
    """

    def __init__(self, published: Path, folder: Path) -> None:
        if not published.is_file():
            raise WarehouseError(f"There is no published copy at {published}.", "Run 'strategiemonitor refresh' first.")
        self.folder = folder
        self._connection = connect(published, read_only=True)

    def close(self) -> None:
        """Close the copy."""
        self._connection.close()

    def parquet(self) -> int:
        """Every record table's history by Land and year of ``valid_from``, and the ledgers; says how many tables.

        ``folder/parquet/figures_history/land=DE-SL/year=2026/*.parquet`` is read by every tool that knows Hive's
        partitions; Land and year stand in the path alone.
        """
        with self._replaced("parquet") as target:
            for table in RECORD_TYPES:
                name = f"{table}_history"
                question = f"select *, year(valid_from)::integer as year from main.{name}"  # noqa: S608  our own names
                self._copy(question, target / name, "format parquet, partition_by (land, year)")
            for table in EXPORTED_LEDGERS:
                self._copy(f"from main.{table}", target / f"{table}.parquet", "format parquet")
        return len(RECORD_TYPES) + len(EXPORTED_LEDGERS)

    def csv(self) -> tuple[ExportedTable, ...]:
        """The current record tables, their histories and the ledgers as CSV files."""
        names = (*RECORD_TYPES, *(f"{table}_history" for table in RECORD_TYPES), *EXPORTED_LEDGERS)
        with self._replaced("csv") as target:
            return tuple(self._csv(name, target / f"{name}.csv") for name in names)

    def changes(self, most: int) -> tuple[ToldChange, ...]:
        """The last changes of the pages' content, the latest first."""
        with errors_named("The published copy could not be read"):
            rows = self._connection.execute(_CHANGES, {"most": most}).fetchall()
        return tuple(ToldChange(utc(row[0]), utc(row[1]), *row[2:]) for row in rows)

    def coverage(self) -> Coverage:
        """What the data speak of."""
        with errors_named("The published copy could not be read"):
            pages = self._connection.execute("select land, url from main.pages order by page_id").fetchall()
            first, last = self._connection.execute(_SPAN).fetchall()[0]
        return Coverage(
            lands=tuple(sorted({row[0] for row in pages})),
            first=None if first is None else utc(first),
            last=None if last is None else utc(last),
            urls=tuple(row[1] for row in pages),
        )

    def _csv(self, name: str, target: Path) -> ExportedTable:
        columns = self._connection.execute(_COLUMNS, {"name": name}).fetchall()
        cells = ", ".join(_cell(column, kind) for column, kind in columns)
        self._copy(f"select {cells} from main.{quoted(name)}", target, "format csv, header true")  # noqa: S608
        data = target.read_bytes()
        texts = column_texts()[name]
        return ExportedTable(
            name=name,
            description=table_texts()[name],
            path=f"csv/{target.name}",
            rows=int(self._connection.execute(f"select count(*) from main.{quoted(name)}").fetchall()[0][0]),  # noqa: S608
            bytes=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            columns=tuple(ExportedColumn(column, _type(kind), texts[column]) for column, kind in columns),
        )

    def _copy(self, question: str, target: Path, options: str) -> None:
        escaped = str(target).replace("'", "''")
        with errors_named(f"{target.name} could not be written"):
            self._connection.execute(f"copy ({question}) to '{escaped}' ({options})")

    @contextmanager
    def _replaced(self, part: str) -> Iterator[Path]:
        """A folder to write into; in its place once the block has ended well."""
        partial, target = self.folder / f".{part}.partial", self.folder / part
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        try:
            yield partial
            shutil.rmtree(target, ignore_errors=True)
            partial.replace(target)
        finally:
            shutil.rmtree(partial, ignore_errors=True)


@contextmanager
def opened(published: Path, folder: Path) -> Iterator[Export]:
    """An :class:`Export` that is closed at the end of the block."""
    with closing(Export(published, folder)) as export:
        yield export


def _cell(column: str, kind: str) -> str:
    """The column as a cell: texts harmless, times in ISO 8601 with UTC, lists and JSON as text."""
    name = quoted(column)
    if kind.startswith("TIMESTAMP"):
        return f"strftime({name}, '%Y-%m-%dT%H:%M:%S.%fZ') as {name}"
    if kind in _NUMBERS:
        return name
    text = f"{name}::varchar"
    return f"case when left({text}, 1) in ({_FORMULAS}) then '''' || {text} else {text} end as {name}"


_NUMBERS = {"INTEGER": "integer", "BIGINT": "integer", "DOUBLE": "number", "BOOLEAN": "boolean"}


def _type(kind: str) -> str:
    return "datetime" if kind.startswith("TIMESTAMP") else _NUMBERS.get(kind, "string")


_COLUMNS = """
select column_name, data_type
from duckdb_columns()
where schema_name = 'main' and table_name = $name and database_name = current_database()
order by column_index
"""

_SPAN = "select epoch_us(min(observed_at)), epoch_us(max(observed_at)) from main.observations"

_CHANGES = """
select
    epoch_us(changes.not_before), epoch_us(changes.not_after), changes.change_id, changes.page_id, changes.land,
    coalesce(pages.url, ''), coalesce(pages.publisher, ''), changes.summary, changes."before", changes."after",
    changes.entity, changes.kind
from main.changes as changes
left join main.pages as pages using (page_id)
where changes.cause = 'page' and changes."class" in ('content', 'return')
order by changes.not_after desc, changes.significance desc, changes.change_id
limit $most
"""
