"""A night as rows of the tables: pure functions from the types of :mod:`transform` to tuples.

Each table's columns are named beside the function that fills them, in the same order.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from extract.model import Declaration, FetchError, PageId
from transform.change import Cause
from transform.memory import LastReading, SeenLink
from transform.night import DatedChange, JudgedCapture, Night, PageNight
from transform.verdict import Outcome
from warehouse.rows import Row
from warehouse.versions import NewVersion

SNAPSHOT = (
    *("snapshot_id", "run_id", "night_key", "started_at", "finished_at", "observed_at", "extractor", "knows_catalogue"),
    *("pages_total", "pages_verified", "pages_not_modified", "pages_suspect", "pages_blocked", "pages_gone"),
    *("pages_failed", "changes", "notes"),
)


def snapshot(night: Night, snapshot_id: int, finished_at: datetime) -> Row:
    """The run itself, with its tally; ``pages_verified`` counts the pages that were not modified as well."""
    outcomes = Counter(page.verdict.outcome for page in night.pages)
    caused = sum(dated.change.cause is Cause.PAGE for page in night.pages for dated in page.changes)
    return (
        snapshot_id,
        night.run_id,
        night.night_key,
        night.started_at,
        finished_at,
        night.observed_at,
        night.extractor,
        bool(night.catalogue),
        len(night.pages),
        outcomes[Outcome.VERIFIED] + outcomes[Outcome.NOT_MODIFIED],
        outcomes[Outcome.NOT_MODIFIED],
        outcomes[Outcome.SUSPECT],
        outcomes[Outcome.BLOCKED],
        outcomes[Outcome.GONE],
        outcomes[Outcome.FAILED],
        caused,
        json.dumps(night.notes, ensure_ascii=False, sort_keys=True),
    )


DECLARATION = ("declaration_id", "page_id", "land", "url", "kind", "is_official", "publisher", "title")


def declarations(night: Night) -> list[Row]:
    """What the catalogue says of each page, known by a hash of just that."""
    declared = (*night.catalogue, *(page.declaration for page in night.pages))
    facts = {_facts(declaration) for declaration in declared}
    return [(_declaration_id(fact), *fact) for fact in sorted(facts, key=repr)]


VISIT = ("snapshot_id", "page_id", "declaration_id", "verdict", "detail")


def visits(night: Night, snapshot_id: int) -> list[Row]:
    """One row a page: those visited with their verdict, those only declared without one."""
    visited = [
        (
            snapshot_id,
            page.declaration.page_id,
            declaration_id(page.declaration),
            str(page.verdict),
            page.verdict.detail,
        )
        for page in night.pages
    ]
    asked = {page.declaration.page_id for page in night.pages}
    others: list[Row] = [
        (snapshot_id, declaration.page_id, declaration_id(declaration), None, "")
        for declaration in night.catalogue
        if declaration.page_id not in asked
    ]
    return [*visited, *others]


def captures(night: Night, snapshot_id: int) -> list[Row]:
    """Every exchange's answer, each a row of :data:`warehouse.captures.CAPTURE`.

    Redirects on the way are counted; the archive has them whole.
    """
    return [_capture(judged, snapshot_id) for page in night.pages for judged in page.captures]


FILE = (
    *("page_id", "url", "fetched_in_full_at", "sha256", "media_type", "bytes", "n_pages", "title"),
    *("validator_url", "etag", "last_modified", "snapshot_id"),
)


def files(night: Night, snapshot_id: int) -> list[Row]:
    """The linked files as last fetched."""
    return [
        (
            page.declaration.page_id,
            state.url,
            state.fetched_in_full_at,
            state.sha256,
            state.media_type,
            state.bytes,
            state.n_pages,
            state.title,
            state.validators.url,
            state.validators.etag,
            state.validators.last_modified,
            snapshot_id,
        )
        for page in night.pages
        for state in page.documents
    ]


FILE_TEXT = ("sha256", "pages", "snapshot_id")


def file_texts(night: Night, snapshot_id: int, at_once: int = 50) -> Iterator[list[Row]]:
    """The words of the linked files that were read, each file once; few files at once, as each may be a whole book."""
    texts = list({text.sha256: text for page in night.pages for text in page.texts}.values())
    for first in range(0, len(texts), at_once):
        yield [(text.sha256, text.pages, snapshot_id) for text in texts[first : first + at_once]]


READING = (
    *("page_id", "read_at", "extractor", "content_sha256", "url", "document_urls", "read_places", "passed_over"),
    *("verbatim_sha256", "essential_sha256", "around_chars", "ways_to_write", "snapshot_id"),
)


def readings(night: Night, snapshot_id: int) -> list[Row]:
    """What is noted of the pages that were read in full."""
    return [
        (*_reading(page.declaration.page_id, page.reading), snapshot_id)
        for page in night.pages
        if page.reading is not None
    ]


def _reading(page_id: PageId, reading: LastReading) -> Row:
    imprint = reading.imprint
    noted: Row = (None,) * 6
    if imprint is not None:
        noted = (
            imprint.places.read,
            imprint.places.passed_over,
            imprint.verbatim_sha256,
            imprint.essential_sha256,
            imprint.around_chars,
            imprint.ways_to_write,
        )
    return (
        page_id,
        reading.read_at,
        reading.extractor,
        reading.content_sha256,
        reading.url,
        reading.document_urls,
        *noted,
    )


def new_versions(night: Night) -> list[NewVersion]:
    """The versions of the night, each with the first capture that showed its content, where one did."""
    return [_new_version(page, index) for page in night.pages for index in range(len(page.versions))]


QUARANTINE = (
    *("snapshot_id", "page_id", "version_id", "table_name", "rule", "column_name", "failing_value", "record"),
)


def quarantine(night: Night, snapshot_id: int, fresh: Collection[str]) -> list[Row]:
    """Records that broke a rule, of versions not stored before: a version is quarantined once, not every night."""
    return [
        (
            snapshot_id,
            bad.page_id,
            bad.version_id,
            bad.table_name,
            bad.rule,
            bad.column_name,
            bad.failing_value,
            bad.record,
        )
        for page in night.pages
        for bad in page.quarantined
        if bad.version_id in fresh
    ]


def links_text(links: Iterable[SeenLink]) -> str:
    """Links as they are stored."""
    return json.dumps([(link.label, link.url, link.section) for link in links], ensure_ascii=False)


def links_of(text: str) -> tuple[SeenLink, ...]:
    """Links as they were stored."""
    return tuple(SeenLink(*link) for link in json.loads(text))


LINKS = ("page_id", "observed_at", "links", "snapshot_id")


def links(night: Night, snapshot_id: int) -> list[Row]:
    """Where the links of pages lead, for those pages on which that is not what was known."""
    return [
        (
            page.declaration.page_id,
            page.observations[-1].observed_at,
            links_text(page.links),
            snapshot_id,
        )
        for page in night.pages
        if page.links is not None and page.observations
    ]


CHANGE = (
    *("change_id", "snapshot_id", "page_id", "land", "before_version_id", "after_version_id", "not_before"),
    *("not_after", "entity", "entity_key", "kind", "field", "before", "after", "summary", "section", "cause", "class"),
    *("significance", "significance_reason", "alerts", "is_widened"),
)


def changes(night: Night, snapshot_id: int) -> list[Row]:
    """What changed, with its interval."""
    return [change(dated, snapshot_id) for page in night.pages for dated in page.changes]


def change(dated: DatedChange, snapshot_id: int) -> Row:
    """One change."""
    return (
        dated.change_id,
        snapshot_id,
        dated.page_id,
        dated.land,
        dated.before_version_id,
        dated.after_version_id,
        dated.not_before,
        dated.not_after,
        dated.change.entity,
        dated.change.entity_key,
        dated.change.kind,
        dated.change.field,
        dated.change.before,
        dated.change.after,
        dated.change.summary,
        dated.change.section,
        dated.change.cause,
        dated.change.change_class,
        dated.change.significance,
        dated.change.reason,
        dated.alerts,
        dated.is_widened,
    )


INCIDENT = ("incident_id", "happened_at", "action", "snapshot_id", "page_id", "kind", "detail", "alerts")


def incidents(night: Night, snapshot_id: int) -> list[Row]:
    """What befell incidents in this run."""
    return [
        (
            event.incident_id,
            event.at,
            event.action,
            snapshot_id,
            event.page_id,
            event.kind,
            event.detail,
            event.alerts,
        )
        for event in night.incidents
    ]


def declaration_id(declaration: Declaration) -> str:
    """Hash of what readers of the tables see of a declaration."""
    return _declaration_id(_facts(declaration))


def _facts(declaration: Declaration) -> tuple[str, str, str, str, bool, str, str | None]:
    return (
        declaration.page_id,
        declaration.land,
        declaration.url,
        declaration.kind.value,
        declaration.is_official,
        declaration.publisher,
        declaration.title,
    )


def _declaration_id(facts: tuple[str | bool | None, ...]) -> str:
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()[:32]


def _capture(judged: JudgedCapture, snapshot_id: int) -> Row:
    capture, answer = judged.capture, judged.capture.answer
    return (
        judged.capture_id,
        snapshot_id,
        capture.page_id,
        judged.resource,
        capture.attempt,
        capture.url,
        capture.final_url,
        len(capture.exchanges) - 1,
        capture.observed_at,
        answer.requested_at,
        answer.status,
        str(judged.verdict),
        judged.verdict.detail,
        judged.body_sha256,
        judged.content_sha256,
        judged.text_chars,
        None if answer.status is None else answer.body_bytes,
        answer.header("Content-Type"),
        judged.encoding.name if judged.encoding else None,
        judged.encoding.source if judged.encoding else None,
        answer.header("ETag"),
        answer.header("Last-Modified"),
        answer.warc.file if answer.warc else None,
        answer.warc.offset if answer.warc else None,
        _error(answer.error),
        answer.seconds,
        judged.language,
    )


def _error(error: FetchError | None) -> str | None:
    return None if error is None else f"{error.kind}: {error.detail}"


def _new_version(page: PageNight, index: int) -> NewVersion:
    version = page.versions[index]
    shown_by = next(
        (
            judged
            for judged in page.captures
            if judged.resource == "page" and judged.content_sha256 == version.content_sha256
        ),
        None,
    )
    return NewVersion(
        version,
        page.declaration.land,
        shown_by.capture_id if shown_by else None,
        shown_by.text_chars if shown_by else None,
    )
