"""Versions with all their records: written once, read back exactly as they were.

A version is immutable and known by its content, so writing one that is there changes nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from string import Template
from typing import Any, cast

import duckdb

from extract.errors import WarehouseError
from extract.model import PageId
from transform.records import RECORD_TYPES, Record, Records
from transform.version import Version
from warehouse.rows import Appender, Row, Value, incoming, texts


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version with what its page and its first capture add to it."""

    version: Version
    land: str
    capture_id: str | None
    text_chars: int | None


VERSION_COLUMNS = (
    "version_id",
    "page_id",
    "land",
    "content_sha256",
    "extractor",
    "title",
    "publisher",
    "kicker",
    "language",
    "text_chars",
    "n_records",
    "capture_id",
    "snapshot_id",
    "created_at",
)

RECORD_COLUMNS = {
    table: tuple(field.name for field in dataclasses.fields(record)) for table, record in RECORD_TYPES.items()
}
"""Record table to the names of its record's fields, in their order."""


_AT_ONCE = 500
"""So many versions are written at once: their rows are held by Python and by DuckDB at the same time."""


def write_versions(
    connection: duckdb.DuckDBPyConnection,
    appender: Appender,
    versions: Sequence[NewVersion],
    snapshot_id: int,
    created_at: datetime,
) -> frozenset[str]:
    """Store versions that are not there yet, with their records: one insert a table for some hundred pages.

    Returns:
        The ids of the versions that were new.
    """
    if not versions:
        return frozenset()
    known = _known(connection, (new.version.version_id for new in versions))
    fresh = {new.version.version_id: new for new in versions if new.version.version_id not in known}
    left = list(fresh.values())
    for first in range(0, len(left), _AT_ONCE):
        # What is packed is unpacked once, and only so much of it at a time.
        some = [(new, new.version.records) for new in left[first : first + _AT_ONCE]]
        heads = [_version_row(new, records, snapshot_id, created_at) for new, records in some]
        appender.append("versions", VERSION_COLUMNS, heads)
        for table in RECORD_TYPES:
            rows = [row for new, records in some for row in _record_rows(new.version.version_id, records, table)]
            appender.append(table, ("version_id", "ordinal", *RECORD_COLUMNS[table]), rows)
    return frozenset(fresh)


def read_versions(connection: duckdb.DuckDBPyConnection, version_ids: Iterable[str]) -> dict[str, Version]:
    """The versions of these ids, exactly as they were written; in a fixed number of queries.

    Raises:
        WarehouseError: One of them is not stored.
    """
    wanted = tuple(dict.fromkeys(version_ids))
    if not wanted:
        return {}
    with incoming(connection, texts("version_id", wanted)):
        heads = connection.execute(_READ_HEADS).fetchall()
        records = {table: _read_records(connection, table) for table in RECORD_TYPES}
    found = {head[0]: _version(head, records) for head in heads}
    missing = [version_id for version_id in wanted if version_id not in found]
    if missing:
        raise WarehouseError(
            f"{len(missing)} versions are not in the warehouse, the first is {missing[0]}.",
            "Run 'strategiemonitor doctor'; 'strategiemonitor rebuild' derives all versions again from the archive.",
        )
    return found


_KNOWN = "select version_id from store.versions semi join incoming using (version_id)"

_READ_HEADS = """
select version_id, page_id, content_sha256, extractor, title, publisher, kicker, language
from store.versions
semi join incoming using (version_id)
"""

_READ_RECORDS = Template("""
select version_id, $columns
from store.$table
semi join incoming using (version_id)
order by version_id, ordinal
""")


def _known(connection: duckdb.DuckDBPyConnection, version_ids: Iterable[str]) -> frozenset[str]:
    with incoming(connection, texts("version_id", version_ids)):
        return frozenset(row[0] for row in connection.execute(_KNOWN).fetchall())


def _records_of(records: Records, table: str) -> tuple[Record, ...]:
    return cast("tuple[Record, ...]", getattr(records, table))


def _version_row(new: NewVersion, records: Records, snapshot_id: int, created_at: datetime) -> Row:
    version = new.version
    return (
        version.version_id,
        version.page_id,
        new.land,
        version.content_sha256,
        version.extractor,
        records.title,
        records.publisher,
        records.kicker,
        records.language,
        new.text_chars,
        sum(len(_records_of(records, table)) for table in RECORD_TYPES),
        new.capture_id,
        snapshot_id,
        created_at,
    )


def _record_rows(version_id: str, records: Records, table: str) -> list[Row]:
    return [
        (version_id, ordinal, *(cast("Value", getattr(record, name)) for name in RECORD_COLUMNS[table]))
        for ordinal, record in enumerate(_records_of(records, table))
    ]


def _read_records(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, tuple[Record, ...]]:
    names, record = RECORD_COLUMNS[table], RECORD_TYPES[table]
    statement = _READ_RECORDS.substitute(table=table, columns=", ".join(f'"{name}"' for name in names))
    found: dict[str, list[Record]] = {}
    for version_id, *values in connection.execute(statement).fetchall():
        found.setdefault(version_id, []).append(record(**dict(zip(names, values, strict=True))))
    return {version_id: tuple(records) for version_id, records in found.items()}


def _version(head: tuple[Any, ...], records: dict[str, dict[str, tuple[Record, ...]]]) -> Version:
    version_id, page_id, content_sha256, extractor, title, publisher, kicker, language = head
    # The tables are named after the fields of Records, which the type checker cannot follow.
    tables: dict[str, Any] = {table: found.get(version_id, ()) for table, found in records.items()}
    return Version(
        version_id=version_id,
        page_id=PageId(page_id),
        content_sha256=content_sha256,
        extractor=extractor,
        records=Records(title=title, publisher=publisher, kicker=kicker, language=language, **tables),
    )
