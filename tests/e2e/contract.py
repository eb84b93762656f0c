"""What is promised of the published copy: its tables with their columns."""

from __future__ import annotations

RECORDS = ("page_id", "land", "position", "evidence")
"""Every table of records has these."""

RECORD_TABLES: dict[str, str] = {
    "strategies": "title kind adopted_on adopted_precision horizon_from horizon_to predecessor successor status "
    "authority",
    "sections": "level heading path text",
    "action_fields": "name group_name description",
    "goals": "text",
    "list_items": "text role intro declared_count",
    "figures": "value comparator qualifier unit scope",
    "dates": "role start_on end_on precision",
    "contacts": "name role organisation email phone address",
    "persons": "name role organisation function",
    "quotes": "speaker text",
    "events": "name kind start_on end_on place organiser",
    "documents": "label url media_type sha256 bytes n_pages title",
    "links": "label url",
    "topics": "topic matched_in",
}

OTHER_TABLES: dict[str, str] = {
    "pages": "page_id land url kind is_official publisher title last_verified_at age_days verdict",
    "snapshots": "snapshot_id started_at finished_at pages_total pages_verified changes extractor",
    "captures": "capture_id snapshot_id page_id url final_url observed_at status verdict body_sha256 bytes etag "
    "last_modified warc_file warc_offset error",
    "observations": "page_id observed_at version_id snapshot_id",
    "changes": "change_id page_id land snapshot_id not_before not_after entity entity_key kind field before after "
    "summary "
    "section cause class significance",
    "incidents": "incident_id page_id kind opened_at updated_at closed_at detail",
    "findings": "page_id type evidence detail",
    "quarantine": "page_id table_name rule column_name failing_value record",
    "alerts": "alert_id key created_at snapshot_id kind page_id change_ids route subject",
    "deliveries": "alert_id channel status attempts last_attempt_at delivered_at response",
}
