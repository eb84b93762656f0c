"""Words for the tables and columns that are no record tables; record types carry theirs in :mod:`transform.records`."""

from __future__ import annotations

from dataclasses import dataclass, field

_PAGE = "Stable name of the page in the catalogue; outlives every change of its address."
_LAND = "Land by ISO 3166-2, such as DE-SL; DE for the federation. Names: table lands."
_SNAPSHOT = "Number of the run, from 1, in the order of loading."
_VERSION = "Name of a version: the complete set of a page's records under one extractor."


@dataclass(frozen=True, slots=True)
class TableText:
    """What one row of a table is, and what each column says."""

    description: str
    columns: dict[str, str] = field(default_factory=dict)


HISTORY_COLUMNS = {
    "valid_from": "When the page was first seen to show this version (UTC).",
    "valid_to": "When it was first seen to show another one; NULL while it stands. The change itself lies before.",
}
"""What every ``<table>_history`` has besides its table's own columns."""

SHARED_COLUMNS = {
    "page_id": _PAGE,
    "land": _LAND,
    "version_id": _VERSION,
    "record_id": "Name of the record in that version, for 'strategiemonitor evidence'.",
}
"""What every record table has besides its record's own columns."""

LEDGERS: dict[str, TableText] = {
    "start_here": TableText(
        "A question with a query that answers it: how the tables are made, the macros that show tables does not name "
        "(T_as_of, changes_between, search_sections), and ready answers.",
        {
            "number": "Place in the list.",
            "question": "What is asked.",
            "query": "SQL that answers it as it stands; put other names and times into it.",
        },
    ),
    "lands": TableText(
        "One Land, or the federation: what the codes in the columns named land stand for.",
        {
            "land": _LAND,
            "name": "Its name in German.",
            "name_en": "Its name in English.",
        },
    ),
    "snapshots": TableText(
        "One run: the state of all pages that it visited.",
        {
            "snapshot_id": _SNAPSHOT,
            "started_at": "When the run began (UTC).",
            "finished_at": "When the run was loaded (UTC).",
            "pages_total": "Pages that the run visited.",
            "pages_verified": "Pages that showed their content, or said that it had not changed.",
            "changes": "Changes found in this run that the page caused, of every class.",
            "extractor": "Version of the reading code.",
            "observed_at": "Time that the run speaks of (UTC): the latest Memento-Datetime, else its start.",
            "night_key": "Berlin calendar date of the scheduled time.",
            "run_id": "Name of the run; loading the same run twice changes nothing.",
            "pages_not_modified": "Of the verified pages, those that answered 304 Not Modified.",
            "pages_suspect": "Pages whose answer is probably not the page.",
            "pages_blocked": "Pages that refused us (401, 403, 429, robots.txt, consent).",
            "pages_gone": "Pages that said they are gone (404, 410).",
            "pages_failed": "Pages without a usable answer.",
            "notes": "Further facts of the run, as a JSON object of texts.",
            "kind": "Kind of run: refresh (a night), backfill (older captures) or rebuild (everything read anew).",
        },
    ),
    "coverage": TableText(
        "How much of what it visited a run really saw: the proof of silence.",
        {
            "snapshot_id": _SNAPSHOT,
            "observed_at": "Time that the run speaks of (UTC).",
            "pages_total": "Pages that the run visited.",
            "verified": "Pages that showed their content.",
            "not_modified": "Pages that answered 304 Not Modified.",
            "suspect": "Pages whose answer is probably not the page.",
            "blocked": "Pages that refused us.",
            "gone": "Pages that said they are gone.",
            "failed": "Pages without a usable answer.",
            "oldest_verified_at": "When the page seen longest ago had last shown its content (UTC); pages never seen "
            "are left out.",
            "finished_at": "When the run was loaded (UTC).",
        },
    ),
    "portals": TableText(
        "What one run asked of one portal, and what that took.",
        {
            "snapshot_id": _SNAPSHOT,
            "portal": "Host of the original addresses.",
            "requests": "Answers and failures kept as captures, linked files among them; robots.txt is not.",
            "pages": "Pages of the catalogue that were asked for there.",
            "retries": "Attempts beyond the first.",
            "bytes": "Bytes of the decoded bodies.",
            "seconds": "Time between the requests' starts and the ends of their answers, added up.",
            "slowest_s": "The same of the slowest one, in seconds.",
            "failed": "Captures without an answer, with one that broke off, or with a status of 400 and more.",
        },
    ),
    "pages": TableText(
        "One declared page of the latest catalogue, with its present state.",
        {
            "page_id": _PAGE,
            "land": _LAND,
            "url": "Where the page was last seen, after redirects; the declared address before the first time.",
            "kind": "Kind of page: strategy, programme, roadmap, third_party_summary, news or progress_report.",
            "is_official": "Whether the body that answers for the strategy publishes the page.",
            "publisher": "Who publishes it, as the page says; as declared where it does not say so.",
            "title": "Title of the last good version; as declared before the first one.",
            "last_verified_at": "Last time at which the page showed its content (UTC); the records stand as of then.",
            "age_days": "Whole days from last_verified_at to the time of the latest run.",
            "verdict": "Verdict of the latest run that asked it; NULL where none did.",
            "declared_url": "Address in the catalogue.",
            "version_id": "Version that stands.",
            "unstable_validator": "Whether ETag or Last-Modified differs in every answer although the body does not: "
            "no conditional request can spare such a page.",
        },
    ),
    "visits": TableText(
        "One page in one run: the proof that it was looked at, also where nothing changed.",
        {
            "snapshot_id": _SNAPSHOT,
            "observed_at": "Time that the run speaks of (UTC).",
            "page_id": _PAGE,
            "land": _LAND,
            "verdict": "What the run made of the page; NULL where it was declared but not asked.",
            "detail": "Why, in words; empty where there is nothing to say.",
        },
    ),
    "captures": TableText(
        "One exchange: a request for a page, or for a file that it links, and what came of it.",
        {
            "capture_id": "Name of the exchange.",
            "snapshot_id": _SNAPSHOT,
            "page_id": _PAGE,
            "url": "Address that was asked for.",
            "final_url": "Address that answered, after redirects.",
            "observed_at": "When the page showed itself so (UTC): its Memento-Datetime, else the time of the request.",
            "status": "HTTP status (RFC 9110); NULL where there was no answer.",
            "verdict": "What it is worth: verified, not_modified, suspect:*, blocked, gone or failed:*.",
            "body_sha256": "SHA-256 of the decoded body, lower-case hex; NULL without a body of its own (304).",
            "bytes": "Size of the decoded body; NULL where there was no answer. Unit: bytes.",
            "etag": "Validator ETag of the answer, verbatim.",
            "last_modified": "Validator Last-Modified of the answer, verbatim.",
            "warc_file": "File in the archive that holds the exchange.",
            "warc_offset": "Where its response record begins in that file. Unit: bytes.",
            "error": "Why there was no usable answer: kind and words.",
            "resource": "What was asked for: page, or document for a linked file.",
            "attempt": "Number of the attempt in this run, from 1.",
            "redirects": "How many redirects were followed.",
            "requested_at": "When the request was sent (UTC).",
            "detail": "The verdict's reason in words.",
            "content_sha256": "Hash of the words of the main content; NULL where none could be read.",
            "text_chars": "Length of the main content. Unit: characters.",
            "media_type": "Content-Type of the answer, verbatim.",
            "encoding": "Character encoding that was used.",
            "encoding_source": "How it was found: bom, header, meta, detected or default.",
            "seconds": "How long the exchange took. Unit: seconds.",
            "text_language": "Language of the main content as its words tell (ISO 639-1); NULL where they do not.",
        },
    ),
    "observations": TableText(
        "A page showed a version at a time; where a moment was read anew, the latest reading.",
        {
            "page_id": _PAGE,
            "observed_at": "When it was seen (UTC).",
            "version_id": _VERSION,
            "snapshot_id": _SNAPSHOT,
            "url": "Where the page was, after redirects.",
            "content_sha256": "Hash of the words of the main content.",
        },
    ),
    "versions": TableText(
        "The complete set of a page's records under one extractor; immutable.",
        {
            "version_id": _VERSION,
            "page_id": _PAGE,
            "land": _LAND,
            "title": "Title that the page gives itself.",
            "publisher": "Who publishes the page, as it says.",
            "kicker": "Line above the title; NULL where there is none.",
            "language": "Language that the page declares, lower case.",
            "content_sha256": "Hash of the words of the main content, the kicker and the linked files.",
            "extractor": "Fingerprint of the reading code and the page's declaration.",
            "text_chars": "Length of the main content. Unit: characters.",
            "n_records": "Records of the version in all record tables.",
            "capture_id": "First exchange that showed it; NULL where it was derived from an earlier body.",
            "snapshot_id": _SNAPSHOT,
            "created_at": "When it was stored (UTC).",
        },
    ),
    "document_pages_history": TableText(
        "One page of a PDF with its words, for every version of a page that linked it, with that version's validity.",
        {
            "page_id": _PAGE,
            "land": _LAND,
            "url": "Canonical address of the file.",
            "sha256": "SHA-256 of the file's bytes, lower-case hex.",
            **HISTORY_COLUMNS,
            "page_no": "Number of the page in the file, from 1.",
            "text": "Its words as shown, one line of the page a line, an empty line between paragraphs.",
        },
    ),
    "document_pages": TableText(
        "One page of a PDF that a page links now, with its words; pages without words, and scans, have no row. "
        "Those of a past moment: from document_pages_as_of('2026-03-05 12:00:00+01').",
        {
            "page_id": _PAGE,
            "land": _LAND,
            "url": "Canonical address of the file.",
            "sha256": "SHA-256 of the file's bytes, lower-case hex; documents has the file's label, size and title.",
            "page_no": "Number of the page in the file, from 1.",
            "text": "Its words as shown, one line of the page a line, an empty line between paragraphs.",
        },
    ),
    "changes": TableText(
        "A typed difference between two successive versions of a page, with its cause. The net of two moments: "
        "from changes_between('2026-03-01', '2026-04-01').",
        {
            "change_id": "Name of the change; the same change always has the same one.",
            "page_id": _PAGE,
            "land": _LAND,
            "snapshot_id": _SNAPSHOT,
            "not_before": "Last time at which the page showed the state before (UTC); the change happened after it.",
            "not_after": "First time at which it showed the state after (UTC); the change happened at or before it.",
            "entity": "What changed: page, strategy, section, action_field, goal, list_item, figure, date, event, "
            "contact, person, quote or document.",
            "entity_key": "Which one: the words by which the page tells it from others of its kind.",
            "kind": "How: added, removed, renamed, changed, edited, moved, reordered or replaced.",
            "field": "Column that changed; NULL where the whole record did.",
            "before": "Value before; NULL for something added.",
            "after": "Value after; NULL for something removed.",
            "summary": "The change in one German sentence.",
            "section": "Headings above it, outermost first, joined by ' > '.",
            "cause": "Who caused it: page, or extractor where only our reading of it changed.",
            "class": "How it is routed: content, editorial, order, link_noise or return.",
            "significance": "How telling it is, from 0 to 1.",
            "significance_reason": "Why it is that telling, a German phrase; missing for changes of older versions.",
            "before_version_id": "Version before.",
            "after_version_id": "Version after.",
            "alerts": "Whether it was to be told to people.",
        },
    ),
    "incidents": TableText(
        "A condition of a page, a portal or a run that is no content.",
        {
            "incident_id": "Name of the incident over its whole life.",
            "page_id": "Page that it befell; NULL for a whole run or portal.",
            "kind": "What is the matter.",
            "opened_at": "When it was first seen (UTC).",
            "updated_at": "When it was last heard of (UTC).",
            "closed_at": "When it was over (UTC); NULL while it is open.",
            "detail": "What was last found, in words.",
            "snapshot_id": "Number of the run that opened it.",
        },
    ),
    "quarantine": TableText(
        "A record that broke a rule, kept whole; it is missing from its table.",
        {
            "page_id": _PAGE,
            "land": _LAND,
            "version_id": _VERSION,
            "table_name": "Table for which it was meant.",
            "rule": "Rule that it broke.",
            "column_name": "Column that broke it; NULL for a rule on the whole record.",
            "failing_value": "Value that broke it, as text.",
            "record": "The record as JSON.",
            "snapshot_id": _SNAPSHOT,
        },
    ),
    "alerts": TableText(
        "A message about changes or incidents, written in the same transaction as these.",
        {
            "alert_id": "Name of the message.",
            "key": "The same for the same matter on the same route: a receiver drops a repeat by it.",
            "created_at": "When it was written (UTC).",
            "snapshot_id": "Number of the run that wrote it; NULL for one written outside a run.",
            "kind": "What it is about: content, incident or trial.",
            "page_id": "Page that it is about; NULL where it is about several or none.",
            "change_ids": "Changes that it tells.",
            "route": "Rule by which it was written.",
            "subject": "Its first line.",
            "incident_ids": "Incidents that it tells.",
            "body": "Its text.",
            "html": "Its text as a fragment of HTML.",
            "language": "Its language: de or en.",
            "due_at": "When it is to go out (UTC); NULL at once.",
        },
    ),
    "deliveries": TableText(
        "A message on one channel.",
        {
            "alert_id": "Name of the message.",
            "channel": "Where it goes.",
            "status": "How it stands: pending, delivered or parked (given up until somebody requeues it).",
            "attempts": "How often it was tried.",
            "last_attempt_at": "When it was last tried (UTC).",
            "delivered_at": "When it arrived (UTC).",
            "response": "What the channel last said.",
            "next_attempt_at": "When it is due again (UTC); NULL at once, or never.",
            "queued_at": "When it was queued (UTC).",
            "digest_id": "Message that holds it together with others; NULL where it goes out by itself.",
        },
    ),
}
"""View in schema ``main`` to its words, in the order of the data dictionary."""

CHANGES_BETWEEN_COLUMNS = {
    "steps": "How many changes the row nets.",
}
"""What ``changes_between`` has besides the columns of ``changes``."""
