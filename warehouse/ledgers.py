"""The views for analysts that are not about record tables: the ledgers, each stated whole."""

from __future__ import annotations

from transform.lands import LANDS, land_name
from warehouse import guide
from warehouse.portals import portal_sql

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
            count(*) filter (
                where captures.status is null or captures.status >= 400 or starts_with(captures.verdict, 'failed')
            ) as failed
        from store.captures as captures
        group by all
    """,  # noqa: S608  our own words
    "pages": """
        with
            latest as (select max(observed_at) as observed_at from store.snapshots),
            catalogue as (
                select coalesce(max(rank) filter (where knows_catalogue), 0) as rank from store.ranked_snapshots
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
        from store.last_visits as visited
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
