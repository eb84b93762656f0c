"""From a record or a change to the captures it rests on: everything that a bundle of evidence states."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from extract.errors import UsageError, WarehouseError
from extract.model import WarcReference
from transform.records import RECORD_TYPES
from warehouse.connection import connect, errors_named
from warehouse.rows import quoted, utc
from warehouse.views import analyst_columns


@dataclass(frozen=True, slots=True)
class CaptureBehind:
    """The capture that a version was read from; times are aware, UTC."""

    version_id: str
    extractor: str
    capture_id: str
    url: str
    final_url: str
    observed_at: datetime
    requested_at: datetime
    body_sha256: str
    media_type: str | None
    warc: WarcReference
    first_seen_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class Subject:
    """What the evidence is for.

    Attributes:
        name: As it was asked for.
        page_id: The page.
        land: Its Land.
        publisher: Who publishes the page.
        title: Its title.
        facts: The record's columns, or the change's, as text.
        words: The verbatim words to highlight, by version: of a record one, of a change those before and after.
        captures: The captures behind: one for a record, two for a change (before, after).
    """

    name: str
    page_id: str
    land: str
    publisher: str
    title: str
    facts: tuple[tuple[str, str], ...]
    words: dict[str, tuple[str, ...]]
    captures: tuple[CaptureBehind, ...]


def evidence_of(published: Path, name: str) -> Subject:
    """What a record (``figures:<version>:<rank>``, column ``record_id``) or a change (``change_id``) rests on.

    Raises:
        UsageError: There is no record and no change of that name.
        WarehouseError: There is no published copy, or no capture of the version in it.
    """
    if not published.is_file():
        raise WarehouseError(f"There is no published copy at {published}.", "Run 'strategiemonitor refresh' first.")
    with errors_named("The published copy could not be read"), closing(connect(published, read_only=True)) as copy:
        table, _, rest = name.partition(":")
        if table in RECORD_TYPES and ":" in rest:
            return _record(copy, name, table)
        return _change(copy, name)


def _record(copy: duckdb.DuckDBPyConnection, name: str, table: str) -> Subject:
    columns = ("record_id", "page_id", "land", "version_id", *analyst_columns(table))
    listed = ", ".join(quoted(column) for column in columns)
    statement = f"select {listed} from main.{table}_history where record_id = $name limit 1"  # noqa: S608  our names
    rows = copy.execute(statement, {"name": name}).fetchall()
    if not rows:
        raise _unknown(name)
    facts = dict(zip(columns, rows[0], strict=True))
    version_id = str(facts["version_id"])
    words: dict[str, tuple[str, ...]] = {version_id: (str(facts["evidence"]),)}
    return _subject(copy, name, facts, words, (version_id,))


def _change(copy: duckdb.DuckDBPyConnection, name: str) -> Subject:
    rows = copy.execute(_CHANGE, {"name": name}).fetchall()
    if not rows:
        raise _unknown(name)
    facts = dict(zip(_CHANGE_COLUMNS, rows[0], strict=True))
    before, after = str(facts["before_version_id"]), str(facts["after_version_id"])
    words: dict[str, tuple[str, ...]] = {}
    for version_id, value in ((before, facts["before"]), (after, facts["after"])):
        words[version_id] = words.get(version_id, ()) + (_lines(value) if value is not None else ())
    versions = (before,) if before == after else (before, after)
    return _subject(copy, name, facts, words, versions)


def _subject(
    copy: duckdb.DuckDBPyConnection,
    name: str,
    facts: dict[str, Any],
    words: dict[str, tuple[str, ...]],
    versions: Sequence[str],
) -> Subject:
    captures = tuple(_capture(copy, version_id) for version_id in versions)
    title, publisher = copy.execute(_HEAD, {"version_id": versions[-1]}).fetchall()[0]
    return Subject(
        name=name,
        page_id=str(facts["page_id"]),
        land=str(facts["land"]),
        publisher=publisher,
        title=title,
        facts=tuple((column, str(value)) for column, value in facts.items() if value is not None),
        words=words,
        captures=captures,
    )


def _capture(copy: duckdb.DuckDBPyConnection, version_id: str) -> CaptureBehind:
    rows = copy.execute(_CAPTURE, {"version_id": version_id}).fetchall()
    if not rows:
        raise WarehouseError(
            f"No capture in the archive is known for version {version_id}.", "Run 'strategiemonitor doctor'."
        )
    (extractor, capture_id, url, final_url, observed, requested, body, media_type, file, offset, first, last) = rows[0]
    return CaptureBehind(
        version_id,
        extractor,
        capture_id,
        url,
        final_url,
        utc(observed),
        utc(requested),
        body,
        media_type,
        WarcReference(file, offset),
        utc(first),
        utc(last),
    )


def _lines(value: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in str(value).splitlines() if line.strip())


def _unknown(name: str) -> UsageError:
    return UsageError(
        f"There is no record and no change {name!r}.",
        "Take one from the column record_id of a record table, or change_id of changes.",
    )


_CHANGE_COLUMNS = (
    *("page_id", "land", "change_id", "entity", "entity_key", "kind", "field", "before", "after", "summary"),
    *("section", "cause", "class", "not_before", "not_after", "before_version_id", "after_version_id"),
)

_CHANGE = f"""
select {", ".join(quoted(column) for column in _CHANGE_COLUMNS)}
from main.changes
where change_id = $name
"""  # noqa: S608  our own names

_HEAD = """
select
    coalesce(nullif(versions.title, ''), pages.title, ''),
    coalesce(nullif(versions.publisher, ''), pages.publisher, '')
from main.versions as versions
left join main.pages as pages using (page_id)
where versions.version_id = $version_id
"""

# The capture that showed the version first; for one that was read later from an older body, the last good one before.
_CAPTURE = """
with
    seen as (
        select page_id, min(observed_at) as first_at, max(observed_at) as last_at
        from store.observations
        where version_id = $version_id
        group by page_id
    ),
    version as (select * from main.versions where version_id = $version_id)
select
    version.extractor, captures.capture_id, captures.url, captures.final_url, epoch_us(captures.observed_at),
    epoch_us(captures.requested_at), captures.body_sha256, captures.media_type, captures.warc_file,
    captures.warc_offset, epoch_us(coalesce(seen.first_at, captures.observed_at)),
    epoch_us(coalesce(seen.last_at, captures.observed_at))
from version
left join seen on seen.page_id = version.page_id
join main.captures as captures
    on captures.page_id = version.page_id
    and captures.resource = 'page'
    and captures.body_sha256 is not null
    and captures.warc_file is not null
where captures.capture_id = version.capture_id
    or captures.content_sha256 = version.content_sha256
    or (captures.verdict = 'verified' and captures.observed_at <= coalesce(seen.first_at, version.created_at))
order by
    captures.capture_id is not distinct from version.capture_id desc,
    captures.content_sha256 is not distinct from version.content_sha256 desc,
    captures.observed_at desc
limit 1
"""
