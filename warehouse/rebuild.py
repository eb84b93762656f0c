"""What a rebuild and a backfill need of a page's history, and how they write what they found: in one transaction."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter
from typing import Any

from extract.model import PageId, WarcReference
from transform.memory import Links
from transform.night import DatedChange, Night, QuarantinedRecord
from transform.retelling import ToldChange
from transform.version import Observation
from warehouse import night_rows
from warehouse.connection import errors_named, transaction
from warehouse.database import Warehouse
from warehouse.load import (
    BACKFILL,
    REBUILD,
    LoadReport,
    append_classes,
    load_night,
    next_snapshot,
    set_kind,
)
from warehouse.observations import append_observations
from warehouse.retries import tried_again
from warehouse.rows import Appender, Row, incoming, texts, utc
from warehouse.versions import NewVersion, write_versions


@dataclass(frozen=True, slots=True)
class Sighting:
    """An observation as it stands: ``first_content`` is the content as it was first read, ``snapshot_id`` the run."""

    observed_at: datetime
    version_id: str
    content_sha256: str
    extractor: str
    url: str
    first_content: str
    snapshot_id: int
    is_backfilled: bool = False


@dataclass(frozen=True, slots=True)
class KeptBody:
    """A capture of a page or of a linked file with where its exchange lies in the archive."""

    capture_id: str
    snapshot_id: int
    observed_at: datetime
    attempt: int
    url: str
    final_url: str
    verdict: str
    content_sha256: str | None
    text_chars: int | None
    warc: WarcReference
    language: str | None = None
    is_backfilled: bool = False


@dataclass(frozen=True, slots=True)
class PageHistory:
    """All that was seen of one page, by time."""

    page_id: PageId
    sightings: tuple[Sighting, ...] = ()
    bodies: tuple[KeptBody, ...] = ()
    files: tuple[KeptBody, ...] = ()
    told: tuple[ToldChange, ...] = ()
    moves: frozenset[tuple[str, str]] = frozenset()
    """Addresses before and after of every move that was told."""
    linked: frozenset[str] = frozenset()
    """Canonical addresses of the files that the page ever linked."""


@dataclass(frozen=True, slots=True)
class Rereading:
    """One kept body as read today."""

    capture_id: str
    documents: str
    version: NewVersion
    snapshot_id: int
    quarantined: tuple[QuarantinedRecord, ...] = ()
    links: Links | None = None


@dataclass(frozen=True, slots=True)
class Retold:
    """What a rebuild writes: readings, changes with the run that saw them (``None``: this one), other classes."""

    observations: tuple[Observation, ...] = ()
    changes: tuple[tuple[DatedChange, int | None], ...] = ()
    classes: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[tuple[PageId, datetime], Links] = field(default_factory=dict)
    """Where the links of pages led when they were last seen, by page and moment."""


def read_histories(warehouse: Warehouse, page_ids: Iterable[PageId]) -> dict[PageId, PageHistory]:
    """The history of each of these pages, in a fixed number of queries."""
    wanted = tuple(dict.fromkeys(page_ids))
    connection = warehouse.connection
    with errors_named("The warehouse could not be read"), incoming(connection, texts("page_id", wanted)):
        sightings = _grouped(connection.execute(_SIGHTINGS).fetchall())
        captures = _grouped(connection.execute(_CAPTURES).fetchall())
        told = _grouped(connection.execute(_TOLD).fetchall())
        moves = _grouped(connection.execute(_MOVES).fetchall())
        linked = _grouped(connection.execute(_LINKED).fetchall())
    return {
        page_id: PageHistory(
            page_id,
            sightings=tuple(Sighting(utc(row[0]), *row[1:]) for row in sightings.get(page_id, ())),
            bodies=tuple(_body(row[1:]) for row in captures.get(page_id, ()) if row[0] == "page"),
            files=tuple(_body(row[1:]) for row in captures.get(page_id, ()) if row[0] != "page"),
            told=tuple(ToldChange(row[0], utc(row[1]), utc(row[2]), *row[3:]) for row in told.get(page_id, ())),
            moves=frozenset((row[0], row[1]) for row in moves.get(page_id, ())),
            linked=frozenset(row[0] for row in linked.get(page_id, ())),
        )
        for page_id in wanted
    }


def pages_seen(warehouse: Warehouse) -> tuple[PageId, ...]:
    """Every page that was ever observed."""
    with errors_named("The warehouse could not be read"):
        rows = warehouse.connection.execute("select distinct page_id from store.observations order by 1").fetchall()
    return tuple(PageId(row[0]) for row in rows)


def known_rereadings(
    warehouse: Warehouse, extractors: Iterable[str]
) -> dict[tuple[str, str, str], tuple[str, Links | None]]:
    """Version and links by capture, extractor and state of the linked files, as far as these extractors read bodies."""
    connection = warehouse.connection
    with errors_named("The warehouse could not be read"), incoming(connection, texts("extractor", extractors)):
        rows = connection.execute(_REREADINGS).fetchall()
    return {
        (capture_id, extractor, documents): (version, None if links is None else night_rows.links_of(links))
        for capture_id, extractor, documents, version, links in rows
    }


@tried_again
def keep_rereadings(warehouse: Warehouse, rereadings: Sequence[Rereading], at: datetime) -> int:
    """Store versions that bodies give today, without saying yet that they stand: a killed rebuild goes on from here.

    Returns:
        How many versions were new.
    """
    fresh = 0
    with transaction(warehouse.connection):
        appender = Appender(warehouse.connection)
        by_run: defaultdict[int, list[Rereading]] = defaultdict(list)
        for reading in rereadings:
            by_run[reading.snapshot_id].append(reading)
        for snapshot_id, group in sorted(by_run.items(), key=itemgetter(0)):
            new = write_versions(warehouse.connection, appender, [one.version for one in group], snapshot_id, at)
            fresh += len(new)
            bad = [record for one in group for record in one.quarantined if record.version_id in new]
            appender.append("quarantine", night_rows.QUARANTINE, [_quarantined(one, snapshot_id) for one in bad])
        appender.append("rereadings", _REREADING, [_reread_row(one) for one in rereadings], once=True)
    return fresh


@tried_again
def apply_rebuild(warehouse: Warehouse, retold: Retold, extractor: str, started_at: datetime, at: datetime) -> int:
    """Let what was read anew stand, in one transaction, as a run of its own; gives the run's number."""
    with transaction(warehouse.connection):
        snapshot_id = next_snapshot(warehouse.connection)
        appender = Appender(warehouse.connection)
        night_key, observed_us = _latest(warehouse)
        night = Night(f"rebuild-{started_at:%Y%m%dT%H%M%S.%f}", night_key, started_at, utc(observed_us), extractor, ())
        appender.append("snapshots", night_rows.SNAPSHOT, [night_rows.snapshot(night, snapshot_id, at)])
        set_kind(warehouse.connection, snapshot_id, REBUILD)
        append_observations(warehouse.connection, retold.observations, snapshot_id)
        rows = [night_rows.change(dated, run or snapshot_id) for dated, run in retold.changes]
        appender.append("changes", night_rows.CHANGE, rows, once=True)
        append_classes(warehouse.connection, retold.classes, snapshot_id)
        for (page_id, seen_at), links in retold.links.items():
            row = (page_id, seen_at, night_rows.links_text(links), snapshot_id)
            warehouse.connection.execute(_FORGET_LINKS, [page_id, seen_at])
            appender.append("links_seen", night_rows.LINKS, [row])
    return snapshot_id


def known_changes(warehouse: Warehouse, change_ids: Iterable[str]) -> frozenset[str]:
    """Which of these changes are stored already."""
    connection = warehouse.connection
    with errors_named("The warehouse could not be read"), incoming(connection, texts("change_id", change_ids)):
        rows = connection.execute("select change_id from store.changes semi join incoming using (change_id)").fetchall()
    return frozenset(row[0] for row in rows)


def load_backfill(
    warehouse: Warehouse, night: Night, classes: Mapping[str, str], finished_at: datetime | None = None
) -> LoadReport:
    """Store older captures and what follows from them, whole or not at all; the same run again changes nothing."""
    return load_night(warehouse.connection, night, finished_at=finished_at, kind=BACKFILL, classes=classes)


def _latest(warehouse: Warehouse) -> tuple[str, int]:
    rows = warehouse.connection.execute(_LATEST).fetchall()
    return rows[0][0], rows[0][1]


def _grouped(rows: Iterable[tuple[Any, ...]]) -> dict[PageId, list[tuple[Any, ...]]]:
    groups: dict[PageId, list[tuple[Any, ...]]] = {}
    for page_id, *row in rows:
        groups.setdefault(PageId(page_id), []).append(tuple(row))
    return groups


def _body(row: tuple[Any, ...]) -> KeptBody:
    *capture, language, is_backfilled, file, offset = row
    capture_id, snapshot_id, observed_us, attempt, url, final_url, verdict, content, chars = capture
    return KeptBody(
        capture_id=capture_id,
        snapshot_id=snapshot_id,
        observed_at=utc(observed_us),
        attempt=attempt,
        url=url,
        final_url=final_url,
        verdict=verdict,
        content_sha256=content,
        text_chars=chars,
        warc=WarcReference(file, offset),
        language=language,
        is_backfilled=is_backfilled,
    )


def _quarantined(bad: QuarantinedRecord, snapshot_id: int) -> Row:
    return (
        snapshot_id,
        bad.page_id,
        bad.version_id,
        bad.table_name,
        bad.rule,
        bad.column_name,
        bad.failing_value,
        bad.record,
    )


_REREADING = ("capture_id", "extractor", "documents", "version_id", "links")


def _reread_row(one: Rereading) -> Row:
    version = one.version.version
    links = None if one.links is None else night_rows.links_text(one.links)
    return (one.capture_id, version.extractor, one.documents, version.version_id, links)


def documents_key(states: Mapping[str, str]) -> str:
    """The linked files' addresses and hashes as one text."""
    return json.dumps(sorted(states.items()), ensure_ascii=False)


_SIGHTINGS = """
select
    seen.page_id, epoch_us(seen.observed_at), seen.version_id, seen.content_sha256, versions.extractor, seen.url,
    first_version.content_sha256, first.snapshot_id, runs.kind is not distinct from 'backfill'
from store.observed_contents as seen
semi join incoming on incoming.page_id = seen.page_id
join store.versions as versions on versions.version_id = seen.version_id
join store.observations as first
    on first.page_id = seen.page_id and first.observed_at = seen.observed_at and first.reading = 0
join store.versions as first_version on first_version.version_id = first.version_id
left join store.snapshots as runs on runs.snapshot_id = first.snapshot_id
order by seen.page_id, seen.observed_at
"""

_CAPTURES = """
select
    page_id, resource, capture_id, snapshot_id, epoch_us(observed_at), attempt, url, final_url, verdict, content_sha256,
    text_chars, text_language, runs.kind is not distinct from 'backfill', warc_file, warc_offset
from store.all_captures
semi join incoming using (page_id)
left join (select snapshot_id, kind from store.snapshots) as runs using (snapshot_id)
where warc_file is not null and (body_sha256 is not null or resource <> 'page')
order by page_id, observed_at, snapshot_id, attempt, requested_at, capture_id
"""

_TOLD = """
select
    page_id, change_id, epoch_us(not_before), epoch_us(not_after), before_version_id, after_version_id, "class",
    entity = 'page' and kind = 'moved' and field is not distinct from 'url',
    coalesce((select stored.is_widened from store.changes as stored where stored.change_id = told.change_id), false)
from main.changes as told
semi join incoming using (page_id)
where cause = 'page'
order by page_id, not_after, change_id
"""

_MOVES = """
select distinct page_id, "before", "after"
from store.changes
semi join incoming using (page_id)
where cause = 'page' and entity = 'page' and kind = 'moved' and field = 'url'
"""

_LINKED = """
select distinct versions.page_id, documents.url
from store.documents as documents
join store.versions as versions using (version_id)
semi join incoming on incoming.page_id = versions.page_id
"""

_REREADINGS = """
select capture_id, extractor, documents, version_id, links::varchar
from store.rereadings
semi join incoming using (extractor)
"""

_FORGET_LINKS = "delete from store.links_seen where page_id = ? and observed_at >= ?::timestamptz"

_LATEST = """
select arg_max(night_key, row(observed_at, snapshot_id)), epoch_us(max(observed_at)) from store.snapshots
"""
