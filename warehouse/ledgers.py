"""The views that are not about record tables: what stands of the append-only tables, and the ledgers analysts read.

Each view is stated whole, in the order in which one builds upon another.
"""

from __future__ import annotations

from transform.lands import LANDS, land_name
from warehouse import guide
from warehouse.outbox_sql import OUTBOX_VIEWS
from warehouse.portals import portal_sql

STORE_VIEWS: dict[str, str] = {
    # A moment read anew has several readings; the greatest stands.  Readings above 0 are rare, so to ask for later
    # ones is almost free (0.04 s for 3.65 million observations), where a window over all of them is not.
    "effective_observations": """
        select page_id, observed_at, version_id, url, snapshot_id
        from store.observations as earlier
        where not exists (
            from store.observations as later
            where later.reading > 0
                and later.reading > earlier.reading
                and later.page_id = earlier.page_id
                and later.observed_at = earlier.observed_at
        )
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
    "current_versions": """
        select
            page_id,
            arg_max(version_id, observed_at) as version_id,
            arg_max(url, observed_at) as url,
            max(observed_at) as observed_at
        from store.effective_observations
        group by page_id
    """,
    # Islands of successive observations of one version.
    "intervals": """
        with
            marked as (
                select
                    page_id, version_id, observed_at,
                    version_id is distinct from
                        lag(version_id) over (partition by page_id order by observed_at) as is_start
                from store.effective_observations
            ),
            starts as (select page_id, version_id, observed_at from marked where is_start)
        select
            page_id,
            version_id,
            observed_at as valid_from,
            lead(observed_at) over (partition by page_id order by observed_at) as valid_to
        from starts
    """,
    # Changes that the page caused, but whose interval a later-loaded observation has split, or whose version has been
    # read anew since, are told by other rows.  An interval that was widened holds observations that said nothing.
    "superseded_changes": """
        select changes.change_id
        from store.changes as changes
        join store.effective_observations as seen
            on seen.page_id = changes.page_id
            and seen.observed_at > changes.not_before
            and seen.observed_at <= changes.not_after
        where changes.cause = 'page'
            and case
                when seen.observed_at < changes.not_after then not coalesce(changes.is_widened, false)
                else seen.version_id <> changes.after_version_id
            end
        group by changes.change_id
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

_LANDS = ", ".join(f"('{code}', '{land_name(code)}', '{land_name(code, 'en')}')" for code in sorted(LANDS))

LEDGER_VIEWS: dict[str, str] = {
    guide.NAME: guide.start_here(),
    "lands": f"select land, name, name_en from (values {_LANDS}) as lands(land, name, name_en)",  # noqa: S608  our names
    "snapshots": """
        select
            snapshot_id, started_at, finished_at, pages_total, pages_verified, changes, extractor, observed_at,
            night_key, run_id, pages_not_modified, pages_suspect, pages_blocked, pages_gone, pages_failed, notes, kind
        from store.snapshots
    """,
    "coverage": """
        with
            asked as (
                select visits.snapshot_id, visits.page_id, snapshots.observed_at
                from store.visits as visits
                join store.snapshots as snapshots using (snapshot_id)
                where visits.verdict is not null
            ),
            seen as (
                select asked.snapshot_id, effective.observed_at as last_verified_at
                from asked
                asof join store.effective_observations as effective
                    on effective.page_id = asked.page_id and asked.observed_at >= effective.observed_at
            ),
            oldest as (
                select snapshot_id, min(last_verified_at) as oldest_verified_at from seen group by snapshot_id
            )
        select
            snapshot_id, observed_at, pages_total, pages_verified - pages_not_modified as verified,
            pages_not_modified as not_modified, pages_suspect as suspect, pages_blocked as blocked,
            pages_gone as gone, pages_failed as failed, oldest.oldest_verified_at, finished_at
        from store.snapshots
        left join oldest using (snapshot_id)
        where kind = 'refresh'
    """,
    "portals": f"""
        select
            captures.snapshot_id,
            {portal_sql("captures.url")} as portal,
            count(*) as requests,
            count(distinct captures.page_id) as pages,
            sum(captures.attempt - 1) as retries,
            sum(coalesce(captures.bytes, 0)) as bytes,
            sum(captures.seconds) as seconds,
            max(captures.seconds) as slowest_s,
            count(*) filter (where captures.status is null or captures.status >= 400) as failed
        from store.captures as captures
        group by all
    """,  # noqa: S608  our own words
    "pages": """
        with
            ranked as (
                select
                    snapshot_id, observed_at, knows_catalogue,
                    row_number() over (order by observed_at, snapshot_id) as rank
                from store.snapshots
            ),
            latest as (select max(observed_at) as observed_at from ranked),
            catalogue as (select coalesce(max(rank) filter (where knows_catalogue), 0) as rank from ranked),
            visited as (
                select
                    visits.page_id,
                    arg_max(visits.declaration_id, ranked.rank) as declaration_id,
                    arg_max(visits.verdict, ranked.rank) filter (where visits.verdict is not null) as verdict,
                    max(ranked.rank) as rank
                from store.visits as visits
                join ranked using (snapshot_id)
                group by visits.page_id
            )
        select
            visited.page_id,
            declared.land,
            coalesce(current.url, declared.url) as url,
            declared.kind,
            declared.is_official,
            coalesce(nullif(version.publisher, ''), declared.publisher) as publisher,
            coalesce(nullif(version.title, ''), declared.title) as title,
            current.observed_at as last_verified_at,
            -- greatest() skips NULL: a page never seen would be of today.
            case
                when current.observed_at is not null
                then greatest(0, (epoch_us(latest.observed_at) - epoch_us(current.observed_at)) // 86400000000)
            end::integer as age_days,
            visited.verdict,
            declared.url as declared_url,
            current.version_id,
            coalesce(unstable.page_id is not null, false) as unstable_validator
        from visited
        cross join latest
        join catalogue on visited.rank >= catalogue.rank
        join store.declarations as declared on declared.declaration_id = visited.declaration_id
        left join store.current_versions as current on current.page_id = visited.page_id
        left join store.versions as version on version.version_id = current.version_id
        left join store.unstable_validators as unstable on unstable.page_id = visited.page_id
    """,
    "visits": """
        select
            snapshots.snapshot_id, snapshots.observed_at, visits.page_id, declared.land, visits.verdict, visits.detail
        from store.visits as visits
        join store.snapshots as snapshots using (snapshot_id)
        join store.declarations as declared using (declaration_id)
    """,
    "captures": """
        select
            capture_id, snapshot_id, page_id, url, final_url, observed_at, status, verdict, body_sha256, bytes, etag,
            last_modified, warc_file, warc_offset, error, resource, attempt, redirects, requested_at, detail,
            content_sha256, text_chars, media_type, encoding, encoding_source, seconds, text_language
        from store.all_captures
    """,
    "observations": """
        select page_id, observed_at, version_id, snapshot_id, url, content_sha256
        from store.observed_contents
    """,
    "versions": """
        select
            version_id, page_id, land, title, publisher, kicker, language, content_sha256, extractor, text_chars,
            n_records, capture_id, snapshot_id, created_at
        from store.versions
    """,
    "document_pages": """
        select versions.page_id, versions.land, documents.url, documents.sha256, texts.page_no, texts.text
        from store.documents as documents
        join store.current_versions as current using (version_id)
        join store.versions as versions using (version_id)
        join store.texts_by_page as texts on texts.sha256 = documents.sha256
    """,
    "document_pages_history": """
        select
            versions.page_id, versions.land, documents.url, documents.sha256, intervals.valid_from, intervals.valid_to,
            texts.page_no, texts.text
        from store.documents as documents
        join store.intervals as intervals using (version_id)
        join store.versions as versions using (version_id)
        join store.texts_by_page as texts on texts.sha256 = documents.sha256
    """,
    "changes": """
        select
            changes.change_id, page_id, land, snapshot_id, not_before, not_after, entity, entity_key, kind, field,
            "before", "after", summary, section, cause, coalesce(told_since."class", changes."class") as "class",
            significance, significance_reason, before_version_id, after_version_id, alerts
        from store.changes as changes
        anti join store.superseded_changes as superseded on superseded.change_id = changes.change_id
        left join (
            select change_id, arg_max("class", snapshot_id) as "class" from store.change_classes group by change_id
        ) as told_since on told_since.change_id = changes.change_id
    """,
    "incidents": """
        select incident_id, page_id, kind, opened_at, updated_at, closed_at, detail, snapshot_id
        from store.incident_states
    """,
    "quarantine": """
        select
            quarantine.page_id, versions.land, quarantine.version_id, quarantine.table_name, quarantine.rule,
            quarantine.column_name, quarantine.failing_value, quarantine.record, quarantine.snapshot_id
        from store.quarantine as quarantine
        join store.versions as versions using (version_id)
    """,
    "alerts": """
        select
            alert_id, key, created_at, snapshot_id, kind, page_id, change_ids, route, subject, incident_ids, body,
            html, language, due_at
        from store.alerts
    """,
    "deliveries": """
        select
            alert_id, channel, status, attempts, last_attempt_at, delivered_at, response, next_attempt_at, queued_at,
            digest_id
        from store.delivery_states
    """,
}
"""Name in schema ``main`` to what it selects."""

CHANGES_BETWEEN = """
    with
        told as (
            select
                *,
                row_number() over (
                    partition by page_id, cause, entity, entity_key, field order by not_after, change_id
                ) as rank
            from main.changes
            where not_after > t1::timestamptz and not_after <= t2::timestamptz
        ),
        netted as (
            select
                page_id, cause, entity, entity_key, field,
                arg_max(land, rank) as land,
                arg_max(change_id, rank) as change_id,
                arg_max(snapshot_id, rank) as snapshot_id,
                min(not_before) as not_before,
                max(not_after) as not_after,
                arg_min(kind, rank) as first_kind,
                arg_max(kind, rank) as last_kind,
                -- arg_min and arg_max skip NULL, which here is a value: nothing before, nothing after.
                arg_min({'value': "before"}, rank).value as "before",
                arg_max({'value': "after"}, rank).value as "after",
                arg_max(summary, rank) as summary,
                arg_max({'value': section}, rank).value as section,
                arg_max("class", rank) as "class",
                max(significance) as significance,
                count(*) as steps
            from told
            group by page_id, cause, entity, entity_key, field
        )
    select
        change_id, page_id, land, snapshot_id, not_before, not_after, entity, entity_key,
        case when first_kind = 'removed' and last_kind = 'added' then 'changed' else last_kind end as kind,
        field, "before", "after", summary, section, cause, "class", significance, steps
    from netted
    where "before" is distinct from "after"
"""
"""Net of the changes seen after ``t1`` and up to ``t2``: first ``before``, last ``after``, dropped where equal."""

DOCUMENT_PAGES_AS_OF = """
    select documents.page_id, documents.land, documents.url, documents.sha256, texts.page_no, texts.text
    from main.documents_as_of(ts, known_at := known_at) as documents
    join store.texts_by_page as texts on texts.sha256 = documents.sha256
"""
