"""What the warehouse remembers of pages, for judging and comparing: read in a fixed number of queries for all pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import duckdb

from extract.model import PageId, Validators, WarcReference
from transform.document import Places
from transform.memory import (
    DocumentState,
    KnownContent,
    LastGood,
    LastReading,
    OpenIncident,
    PageMemory,
    PendingContent,
)
from transform.reading.imprint import Imprint
from warehouse.night_rows import links_of
from warehouse.rows import incoming, texts, utc

RECENT_OBSERVATIONS = 30
"""How many of the last observations are told apart: a month of nights, enough to tell flapping from a stable state."""


def read_memories(connection: duckdb.DuckDBPyConnection, page_ids: Iterable[PageId]) -> dict[PageId, PageMemory]:
    """The memory of every page asked for, in the order asked; of one never seen, an empty memory."""
    wanted = tuple(dict.fromkeys(page_ids))
    with incoming(connection, texts("page_id", wanted)):
        last_good = {row[0]: _last_good(*row[1:]) for row in connection.execute(_LAST_GOOD).fetchall()}
        known = _grouped(connection, _KNOWN)
        recent = _grouped(connection, _RECENT, {"count": RECENT_OBSERVATIONS})
        readings = _grouped(connection, _READINGS)
        pending = _grouped(connection, _PENDING)
        files = _grouped(connection, _FILES)
        incidents = _grouped(connection, _INCIDENTS)
        links = {page_id: links_of(seen) for page_id, seen in connection.execute(_LINKS).fetchall()}
    return {
        page_id: PageMemory(
            page_id=page_id,
            last_good=last_good.get(page_id),
            last_reading=next((_reading(*row) for row in readings.get(page_id, ())), None),
            known=tuple(_known(*row) for row in known.get(page_id, ())),
            recent=tuple((utc(observed_us), content) for observed_us, content in recent.get(page_id, ())),
            pending=tuple(_pending(*row) for row in pending.get(page_id, ())),
            documents={row[0]: _document(*row) for row in files.get(page_id, ())},
            incidents=tuple(_incident(page_id, *row) for row in incidents.get(page_id, ())),
            links=links.get(page_id),
        )
        for page_id in wanted
    }


def read_open_incidents(connection: duckdb.DuckDBPyConnection) -> tuple[OpenIncident, ...]:
    """All incidents that have not been closed, of pages, portals and runs, the oldest first."""
    return tuple(
        _incident(page_id and PageId(page_id), *row) for page_id, *row in connection.execute(_ALL_INCIDENTS).fetchall()
    )


def read_archived_files(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """The WARC files that captures name, each with the number of its captures."""
    return dict(connection.execute(_ARCHIVED_FILES).fetchall())


def _grouped(
    connection: duckdb.DuckDBPyConnection, statement: str, parameters: dict[str, int] | None = None
) -> dict[PageId, list[tuple[Any, ...]]]:
    """Rows by their first column, a page's id, in the statement's order."""
    groups: dict[PageId, list[tuple[Any, ...]]] = {}
    for page_id, *row in connection.execute(statement, parameters or {}).fetchall():
        groups.setdefault(PageId(page_id), []).append(tuple(row))
    return groups


def _last_good(
    observed_us: int,
    version_id: str,
    content_sha256: str,
    extractor: str,
    url: str,
    body: dict[str, Any] | None,
    language: str | None,
    version_chars: int | None,
) -> LastGood:
    observed_at = utc(observed_us)
    if body is None:
        return LastGood(
            observed_at=observed_at,
            version_id=version_id,
            content_sha256=content_sha256,
            extractor=extractor,
            url=url,
            body_sha256="",
            validators=Validators(url),
            warc=None,
            text_chars=version_chars or 0,
            fetched_in_full_at=observed_at,
            language=language,
        )
    return LastGood(
        observed_at=observed_at,
        version_id=version_id,
        content_sha256=content_sha256,
        extractor=extractor,
        url=url,
        body_sha256=body["body_sha256"],
        validators=Validators(body["final_url"], body["etag"], body["last_modified"]),
        warc=WarcReference(body["warc_file"], body["warc_offset"]) if body["warc_file"] else None,
        text_chars=body["text_chars"] or version_chars or 0,
        fetched_in_full_at=utc(body["observed_us"]),
        language=language,
    )


def _known(content_sha256: str, version_id: str, first_us: int, last_us: int) -> KnownContent:
    return KnownContent(content_sha256, version_id, utc(first_us), utc(last_us))


def _pending(content_sha256: str, capture_id: str, observed_us: int, snapshot_id: int) -> PendingContent:
    return PendingContent(content_sha256, capture_id, utc(observed_us), snapshot_id)


def _reading(
    read_us: int,
    extractor: str,
    content_sha256: str,
    url: str,
    document_urls: list[str],
    read_places: list[str] | None,
    passed_over: list[str],
    *noted: Any,
) -> LastReading:
    imprint = None
    if read_places is not None:
        imprint = Imprint(Places(tuple(read_places), tuple(passed_over)), *noted)
    return LastReading(content_sha256, extractor, url, utc(read_us), tuple(document_urls), imprint)


def _document(
    url: str,
    sha256: str,
    media_type: str | None,
    size: int,
    n_pages: int | None,
    title: str | None,
    validator_url: str,
    etag: str | None,
    last_modified: str | None,
    fetched_us: int,
    text_is_stored: bool,
) -> DocumentState:
    validators = Validators(validator_url, etag, last_modified)
    return DocumentState(url, sha256, media_type, size, n_pages, title, validators, utc(fetched_us), text_is_stored)


def _incident(
    page_id: PageId | None, incident_id: str, kind: str, opened_us: int, updated_us: int, detail: str
) -> OpenIncident:
    return OpenIncident(incident_id, page_id, kind, utc(opened_us), utc(updated_us), detail)


_LAST_GOOD = """
with
    last as (
        select
            page_id,
            max(observed_at) as observed_at,
            arg_max(version_id, observed_at) as version_id,
            arg_max(content_sha256, observed_at) as content_sha256,
            arg_max(url, observed_at) as url
        from store.observed_contents
        semi join incoming using (page_id)
        group by page_id
    ),
    -- The body that the last observation rests on: an answer of 304 has none of its own.
    bodies as (
        select
            captures.page_id,
            arg_max(
                struct_pack(
                    body_sha256 := captures.body_sha256,
                    final_url := captures.final_url,
                    etag := captures.etag,
                    last_modified := captures.last_modified,
                    warc_file := captures.warc_file,
                    warc_offset := captures.warc_offset,
                    text_chars := captures.text_chars,
                    observed_us := epoch_us(captures.observed_at)
                ),
                row(captures.observed_at, captures.snapshot_id, captures.attempt, captures.requested_at, captures.url)
            ) as body,
            -- Of a body that was not read again, the language is known from the last one that was.
            arg_max(
                captures.text_language, row(captures.observed_at, captures.snapshot_id, captures.attempt)
            ) as language
        from store.all_captures as captures
        join last
            on last.page_id = captures.page_id
            and captures.observed_at <= last.observed_at
        where captures.resource = 'page'
            and captures.body_sha256 is not null
            and (captures.verdict = 'verified' or captures.content_sha256 = last.content_sha256)
        group by captures.page_id
    )
select
    last.page_id, epoch_us(last.observed_at), last.version_id, last.content_sha256, versions.extractor, last.url,
    bodies.body, bodies.language, versions.text_chars
from last
join store.versions as versions on versions.version_id = last.version_id
left join bodies on bodies.page_id = last.page_id
"""

_KNOWN = """
select
    page_id, content_sha256, arg_max(version_id, observed_at), epoch_us(min(observed_at)), epoch_us(max(observed_at))
from store.observed_contents
semi join incoming using (page_id)
group by page_id, content_sha256
order by page_id, max(observed_at)
"""

_RECENT = """
select page_id, epoch_us(observed_at), content_sha256
from store.observed_contents
semi join incoming using (page_id)
qualify row_number() over (partition by page_id order by observed_at desc) <= $count
order by page_id, observed_at
"""

_PENDING = """
with last as (
    select page_id, max(observed_at) as observed_at
    from store.effective_observations
    semi join incoming using (page_id)
    group by page_id
)
select
    captures.page_id, captures.content_sha256, captures.capture_id, epoch_us(captures.observed_at),
    captures.snapshot_id
from store.all_captures as captures
semi join incoming on incoming.page_id = captures.page_id
left join last on last.page_id = captures.page_id
where captures.resource = 'page'
    and starts_with(captures.verdict, 'suspect:')
    and captures.content_sha256 is not null
    and (last.observed_at is null or captures.observed_at > last.observed_at)
order by
    captures.page_id, captures.observed_at, captures.snapshot_id, captures.attempt, captures.requested_at,
    captures.capture_id
"""

_READINGS = """
select
    page_id, epoch_us(read_at), extractor, content_sha256, url, document_urls, read_places, passed_over,
    verbatim_sha256, essential_sha256, around_chars, ways_to_write
from store.readings
semi join incoming using (page_id)
qualify row_number() over (partition by page_id order by read_at desc) = 1
"""

_FILES = """
select
    page_id, url, sha256, media_type, bytes, n_pages, title, validator_url, etag, last_modified,
    epoch_us(fetched_in_full_at), sha256 in (select sha256 from store.file_texts)
from store.files
semi join incoming using (page_id)
qualify row_number() over (partition by page_id, url order by fetched_in_full_at desc) = 1
order by page_id, url
"""

_LINKS = """
select page_id, arg_max(links, observed_at)::varchar
from store.links_seen
semi join incoming using (page_id)
group by page_id
"""

_INCIDENTS = """
select page_id, incident_id, kind, epoch_us(opened_at), epoch_us(updated_at), detail
from store.incident_states
semi join incoming using (page_id)
where closed_at is null
order by page_id, opened_at, incident_id
"""

_ALL_INCIDENTS = """
select page_id, incident_id, kind, epoch_us(opened_at), epoch_us(updated_at), detail
from store.incident_states
where closed_at is null
order by opened_at, incident_id
"""

_ARCHIVED_FILES = """
select warc_file, count(*) from store.captures where warc_file is not null group by warc_file order by warc_file
"""
