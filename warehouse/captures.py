"""Captures: stored without what follows from the rest of their row, given whole by the view ``store.all_captures``.

Millions of rows a year come of ten thousand pages.  An id of 32 characters that no two of them share takes as much room
as all the rest, and an index over it more than that; so an id that is the hash of page, address, time and attempt
(:func:`transform.identifiers.capture_id`) is derived where it is asked for, and only another one is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from string import Template

from warehouse.rows import Appender, Row

CAPTURE_MACROS = {
    "capture_id_of(page, address, asked_at, nth)": """
        left(
            sha256(
                '["capture", ' || to_json(page)::varchar || ', ' || to_json(address)::varchar || ', "'
                || strftime(make_timestamp(epoch_us(asked_at)), '%Y-%m-%dT%H:%M:%S')
                || case
                    when epoch_us(asked_at) % 1000000 = 0 then ''
                    else strftime(make_timestamp(epoch_us(asked_at)), '.%f')
                end
                || '+00:00", ' || nth || ']'
            ),
            32
        )
    """
}
"""Signature in schema ``store`` to what it gives: :func:`transform.identifiers.capture_id` in SQL."""

CAPTURE = (
    *("capture_id", "snapshot_id", "page_id", "resource", "attempt", "url", "final_url", "redirects"),
    *("observed_at", "requested_at", "status", "verdict", "detail", "body_sha256", "content_sha256", "text_chars"),
    *("bytes", "media_type", "encoding", "encoding_source", "etag", "last_modified", "warc_file", "warc_offset"),
    *("error", "seconds", "text_language"),
)
"""What each value of a row is, by name."""


def append_captures(appender: Appender, rows: Sequence[Row]) -> None:
    """Store captures, each a row of :data:`CAPTURE`; one that is there already changes nothing."""
    if rows:
        appender.insert(_APPEND, "captures", CAPTURE, rows)


# Only rows of the moments that are loaded are looked through for those that are there already.
_APPEND = Template("""
insert into store.$table ($columns)
with
    fresh as (
        select
            * replace (
                nullif(capture_id, store.capture_id_of(page_id, url, requested_at, attempt)) as capture_id,
                nullif(final_url, url) as final_url,
                nullif(requested_at, observed_at) as requested_at,
                round(seconds, 3) as seconds
            )
        from ($given)
    ),
    moments as (select min(observed_at) as first_at, max(observed_at) as last_at from fresh),
    there as (
        select page_id, url, observed_at, requested_at, attempt, capture_id
        from store.captures
        where observed_at >= (select first_at from moments) and observed_at <= (select last_at from moments)
    )
select distinct on (page_id, url, observed_at, requested_at, attempt, capture_id) $columns
from fresh
where not exists (
    from there
    where there.page_id = fresh.page_id
        and there.url = fresh.url
        and there.observed_at = fresh.observed_at
        and there.attempt = fresh.attempt
        and there.requested_at is not distinct from fresh.requested_at
        and there.capture_id is not distinct from fresh.capture_id
)
""")
