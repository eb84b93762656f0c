"""What the command line shows, read from the published copy: changes, incidents, pages, coverage by Land.

All times are aware and in UTC; every function raises :class:`~extract.errors.WarehouseError` where there is no
published copy.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from warehouse.query import Parameters, query_published

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change as the table ``changes`` has it."""

    change_id: str
    page_id: str
    land: str
    snapshot_id: int
    not_before: datetime
    not_after: datetime
    entity: str
    entity_key: str
    kind: str
    field: str | None
    before: str | None
    after: str | None
    summary: str
    section: str | None
    cause: str
    change_class: str
    significance: float


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident; open while ``closed_at`` is missing."""

    incident_id: str
    page_id: str | None
    kind: str
    opened_at: datetime
    updated_at: datetime
    closed_at: datetime | None
    detail: str


@dataclass(frozen=True, slots=True)
class PageRow:
    """A declared page with its present state; ``age_days`` counts whole days since it last showed its content."""

    page_id: str
    land: str
    url: str
    kind: str
    is_official: bool
    publisher: str
    title: str | None
    last_verified_at: datetime | None
    age_days: int | None
    verdict: str | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How well a Land is seen: its pages by their latest verdict, and the age of the oldest content in whole days."""

    land: str
    pages: int
    good: int
    suspect: int
    blocked: int
    gone: int
    failed: int
    never_verified: int
    oldest_days: int | None


def changes(
    path: Path,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    land: str | None = None,
    page_id: str | None = None,
    cause: str | None = None,
) -> tuple[ChangeRow, ...]:
    """Changes found (``not_after``) from ``since`` on and before ``until``, the most telling first, then the latest.

    Each filter that is ``None`` lets everything pass.
    """
    parameters: Parameters = {"since": since, "until": until, "land": land, "page_id": page_id, "cause": cause}
    return _rows(ChangeRow, path, _CHANGES, parameters)


def incidents(path: Path, *, closed_too: bool = False) -> tuple[IncidentRow, ...]:
    """Open incidents, on request also those that are over; the open ones first, then the latest."""
    return _rows(IncidentRow, path, _INCIDENTS, {"closed_too": closed_too})


def archive_files(path: Path) -> tuple[str, ...]:
    """The archive files to which captures refer, by name; none where there is no copy."""
    question = "select distinct warc_file from captures where warc_file is not null order by 1"
    return tuple(row[0] for row in query_published(path, question).rows) if path.is_file() else ()


def runs_published(path: Path) -> int:
    """How many runs the copy knows; 0 where there is no copy."""
    return int(query_published(path, "select count(*) from snapshots").rows[0][0]) if path.is_file() else 0


def pages(path: Path) -> tuple[PageRow, ...]:
    """Every page of the latest catalogue, by Land and name."""
    return _rows(PageRow, path, _PAGES)


def unstable_validators(path: Path) -> tuple[str, ...]:
    """Pages whose ETag or Last-Modified differs in every answer although the body does not, by name."""
    return tuple(row[0] for row in query_published(path, _UNSTABLE).rows)


def coverage(path: Path) -> tuple[Coverage, ...]:
    """How well each Land is seen, by Land."""
    return _rows(Coverage, path, _COVERAGE)


def _rows(kind: Callable[..., T], path: Path, sql: str, parameters: Parameters | None = None) -> tuple[T, ...]:
    """One object a row; the statement's columns stand in the order of the fields."""
    return tuple(kind(*row) for row in query_published(path, sql, parameters).rows)


_CHANGES = """
select
    change_id, page_id, land, snapshot_id, not_before, not_after, entity, entity_key, kind, field,
    "before", "after", summary, section, cause, "class", significance
from main.changes
where ($since::timestamptz is null or not_after >= $since::timestamptz)
    and ($until::timestamptz is null or not_after < $until::timestamptz)
    and ($land::varchar is null or land = $land)
    and ($page_id::varchar is null or page_id = $page_id)
    and ($cause::varchar is null or cause = $cause)
order by significance desc, not_after desc, page_id, change_id
"""

_INCIDENTS = """
select incident_id, page_id, kind, opened_at, updated_at, closed_at, detail
from main.incidents
where closed_at is null or $closed_too
order by closed_at is not null, updated_at desc, incident_id
"""

_PAGES = """
select
    page_id, land, url, kind, is_official, publisher, title, last_verified_at, age_days, verdict
from main.pages
order by land, page_id
"""

_UNSTABLE = "select page_id from main.pages where unstable_validator order by page_id"

_COVERAGE = """
select
    land,
    count(*),
    count(*) filter (where verdict in ('verified', 'not_modified')),
    count(*) filter (where starts_with(verdict, 'suspect')),
    count(*) filter (where verdict = 'blocked'),
    count(*) filter (where verdict = 'gone'),
    count(*) filter (where starts_with(verdict, 'failed')),
    count(*) filter (where last_verified_at is null),
    max(age_days)
from main.pages
group by land
order by land
"""
