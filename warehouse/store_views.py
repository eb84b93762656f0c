"""The views of schema ``store``: what stands of the append-only tables, as the views for analysts build upon it.

The copy for readers packs some of the tables (:mod:`warehouse.packing`) and keeps what some of the views take from
millions of rows; everything above these views is the same in both.
"""

from __future__ import annotations

from string import Template

from warehouse.outbox_sql import OUTBOX_VIEWS
from warehouse.packing import UNPACKED

# Islands of successive observations of one version.
_INTERVALS = Template("""
        with
            marked as (
                select
                    page_id, version_id, observed_at,
                    version_id is distinct from
                        lag(version_id) over (partition by page_id order by observed_at) as is_start
                from store.$seen
            ),
            starts as (select page_id, version_id, observed_at from marked where is_start)
        select
            page_id,
            version_id,
            observed_at as valid_from,
            lead(observed_at) over (partition by page_id order by observed_at) as valid_to
        from starts
""")

STORE_VIEWS: dict[str, str] = {
    # A moment read anew has several readings; the greatest stands.  Readings above 0 are rare, so to ask for later
    # ones is almost free (0.04 s for 3.65 million observations), where a window over all of them is not.
    "effective_observations": """
        select page_id, observed_at, version_id, url, snapshot_id
        from store.observations as earlier
        where version_id <> ''
            and not exists (
                from store.observations as later
                where later.reading > 0
                    and later.reading > earlier.reading
                    and later.page_id = earlier.page_id
                    and later.observed_at = earlier.observed_at
            )
    """,
    # A capture that was taken for good may be doubted when an older one comes to light: then its moment is read anew
    # into no version at all, and nothing was seen in it.
    "held_back": """
        select page_id, observed_at
        from store.observations
        where reading > 0
        group by page_id, observed_at
        having arg_max(version_id, reading) = ''
    """,
    "observed_contents": """
        select seen.page_id, seen.observed_at, seen.version_id, versions.content_sha256, seen.url, seen.snapshot_id
        from store.effective_observations as seen
        join store.versions as versions on versions.version_id = seen.version_id
    """,
    # Captures whole: what follows from the rest of a row is not stored (migration 13).
    "all_captures": """
        select
            * replace (
                coalesce(
                    capture_id, store.capture_id_of(page_id, url, coalesce(requested_at, observed_at), attempt)
                ) as capture_id,
                coalesce(final_url, url) as final_url,
                coalesce(requested_at, observed_at) as requested_at
            )
        from store.captures
    """,
    # What as-of a moment rests on: every observation; the copy keeps those alone that say something new.
    "showings": "select page_id, observed_at, reading, version_id, snapshot_id from store.observations",
    # An observation of the version that the one before it showed answers no question of its own, unless it was known
    # before that one.  What is left of a year of ten thousand pages is a hundredth.
    "first_showings": """
        with ordered as (
            select
                page_id, observed_at, reading, version_id, snapshot_id,
                lag(version_id) over by_time as version_before,
                lag(snapshot_id) over by_time as snapshot_before
            from store.observations
            window by_time as (partition by page_id order by observed_at, reading)
        )
        select page_id, observed_at, reading, version_id, snapshot_id
        from ordered
        where version_id is distinct from version_before or snapshot_id < snapshot_before
    """,
    "current_versions": """
        select
            page_id,
            arg_max(version_id, observed_at) as version_id,
            arg_max(url, observed_at) as url,
            max(observed_at) as observed_at
        from store.effective_observations
        group by page_id
    """,
    "intervals": _INTERVALS.substitute(seen="effective_observations"),
    # Changes that the page caused, but whose interval a later-loaded observation has split, or one of whose versions
    # has been read anew since, are told by other rows.  An interval that was widened holds observations that said
    # nothing.  The version before is what today's extractor reads where another one had been observed: only one of the
    # same extractor takes its place.
    "superseded_changes": """
        select changes.change_id
        from store.changes as changes
        join store.effective_observations as seen
            on seen.page_id = changes.page_id
            and seen.observed_at >= changes.not_before
            and seen.observed_at <= changes.not_after
        left join store.versions as shown on shown.version_id = seen.version_id
        left join store.versions as compared on compared.version_id = changes.before_version_id
        where changes.cause = 'page'
            and case
                when seen.observed_at = changes.not_after then seen.version_id <> changes.after_version_id
                when seen.observed_at > changes.not_before then not coalesce(changes.is_widened, false)
                else seen.version_id <> changes.before_version_id and shown.extractor = compared.extractor
            end
        group by changes.change_id
        union
        select changes.change_id
        from store.changes as changes
        join store.held_back as doubted
            on doubted.page_id = changes.page_id
            and (doubted.observed_at = changes.not_before or doubted.observed_at = changes.not_after)
        where changes.cause = 'page'
    """,
    # A validator (RFC 9110, section 8.8) that differs although the body does not, and never did otherwise.
    "unstable_validators": """
        with answers as (
            select
                page_id, body_sha256, etag, last_modified,
                lag(body_sha256) over answered as body_before,
                lag(etag) over answered as etag_before,
                lag(last_modified) over answered as modified_before
            from store.captures
            where resource = 'page' and status = 200 and verdict = 'verified'
                and coalesce(etag, last_modified) is not null
            window answered as (partition by page_id order by observed_at, snapshot_id, attempt)
        )
        select page_id
        from answers
        where body_sha256 = body_before
        group by page_id
        having count(*) >= 2
            and bool_and(
                etag is distinct from etag_before or (etag is null and last_modified is distinct from modified_before)
            )
    """,
    "ranked_snapshots": """
        select snapshot_id, knows_catalogue, row_number() over (order by observed_at, snapshot_id) as rank
        from store.snapshots
    """,
    "last_visits": """
        select
            visits.page_id,
            arg_max(visits.declaration_id, ranked.rank) as declaration_id,
            arg_max(visits.verdict, ranked.rank) filter (where visits.verdict is not null) as verdict,
            max(ranked.rank) as rank
        from store.visits as visits
        join store.ranked_snapshots as ranked using (snapshot_id)
        group by visits.page_id
    """,
    "texts_by_page": """
        with numbered as (
            select sha256, generate_subscripts(pages, 1)::integer as page_no, unnest(pages) as text
            from store.file_texts
        )
        select sha256, page_no, text from numbered where text <> ''
    """,
    **OUTBOX_VIEWS,
    "incident_states": """
        with ranked as (
            select
                *,
                row_number() over (
                    partition by incident_id
                    order by happened_at, list_position(['opened', 'updated', 'closed'], action)
                ) as rank
            from store.incident_events
        )
        select
            incident_id,
            arg_max(page_id, rank) as page_id,
            arg_max(kind, rank) as kind,
            min(happened_at) as opened_at,
            max(happened_at) as updated_at,
            case when arg_max(action, rank) = 'closed' then max(happened_at) end as closed_at,
            coalesce(arg_max(detail, rank) filter (where detail <> ''), '') as detail,
            arg_min(snapshot_id, rank) as snapshot_id
        from ranked
        group by incident_id
    """,
}
"""Name in schema ``store`` to what it selects: building blocks, not for analysts."""

KEPT = ("first_showings", "current_versions", "superseded_changes", "unstable_validators", "last_visits")
"""Those that the copy for readers keeps as tables: what they take from millions of rows is the same until the next."""

COMPARED = (*KEPT, "intervals")
"""Views that must give the same rows in the copy as in the warehouse, though they take them from elsewhere."""

COPY_VIEWS: dict[str, str] = {
    **UNPACKED,
    "effective_showings": """
        select page_id, observed_at, version_id
        from store.first_showings
        qualify reading = max(reading) over (partition by page_id, observed_at) and version_id <> ''
    """,
    **{name: select for name, select in STORE_VIEWS.items() if name not in KEPT},
    "showings": "from store.first_showings",
    "intervals": _INTERVALS.substitute(seen="effective_showings"),
}
"""Views of schema ``store`` in the copy for readers."""
