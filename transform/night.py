"""What one run found out, ready to be loaded in one transaction.

The flow builds a :class:`Night` from pure parts; the warehouse stores it whole or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from extract.model import Capture, Declaration, PageId
from transform.change import Change
from transform.document import Encoding, FileText
from transform.memory import DocumentState, LastReading, SeenLink
from transform.verdict import Verdict
from transform.version import Observation, Version


@dataclass(frozen=True, slots=True)
class JudgedCapture:
    """A capture with what it is worth; ``resource`` is ``page`` or ``document``.

    ``content_sha256`` is set wherever the answer could be read, promoted or not.
    """

    capture_id: str
    capture: Capture
    verdict: Verdict
    resource: str = "page"
    body_sha256: str | None = None
    content_sha256: str | None = None
    text_chars: int | None = None
    encoding: Encoding | None = None
    language: str | None = None
    """Language of the text (ISO 639-1), as far as its words tell."""


@dataclass(frozen=True, slots=True)
class DatedChange:
    """A change with its interval: it happened after ``not_before`` and at or before ``not_after`` (aware, UTC).

    ``change_id`` is derived from page, versions, entity, kind and field: loading it twice changes nothing.
    """

    change_id: str
    page_id: PageId
    land: str
    before_version_id: str
    after_version_id: str
    not_before: datetime
    not_after: datetime
    change: Change
    alerts: bool
    """Whether it is to be told to people: page-caused content, or a first return after a stable time."""
    is_widened: bool = False
    """Whether ``not_before`` lies before observations of the old version: those rested on a validator that lied."""
    returned_to: datetime | None = None
    """Of a return: when the content that is back was last seen before (aware, UTC)."""


@dataclass(frozen=True, slots=True)
class QuarantinedRecord:
    """A record that broke a rule, kept whole."""

    page_id: PageId
    version_id: str
    table_name: str
    rule: str
    column_name: str | None
    failing_value: str | None
    record: str
    """The record as JSON."""


@dataclass(frozen=True, slots=True)
class PageNight:
    """One page in one run.

    ``versions`` are those first seen in this run (a re-reading by a new extractor may add a second one);
    ``observations`` are what the page is now known to have shown (a confirmed suspicion adds the earlier night).
    """

    declaration: Declaration
    verdict: Verdict
    captures: tuple[JudgedCapture, ...]
    versions: tuple[Version, ...] = ()
    observations: tuple[Observation, ...] = ()
    changes: tuple[DatedChange, ...] = ()
    quarantined: tuple[QuarantinedRecord, ...] = ()
    documents: tuple[DocumentState, ...] = ()
    texts: tuple[FileText, ...] = ()
    """The words of the linked files that were read."""
    links: tuple[SeenLink, ...] | None = None
    """Where its links lead, where that is not what was known; ``None`` otherwise."""
    reading: LastReading | None = None
    """Set where the page was read in full."""


@dataclass(frozen=True, slots=True)
class IncidentEvent:
    """An incident opened, updated or closed in this run; ``incident_id`` is stable over its life."""

    incident_id: str
    page_id: PageId | None
    kind: str
    action: str
    """``opened``, ``updated`` or ``closed``."""
    at: datetime
    detail: str
    alerts: bool = False


@dataclass(frozen=True, slots=True)
class Alert:
    """A message to be delivered; ``key`` stays the same for the same matter on the same route."""

    alert_id: str
    key: str
    kind: str
    """``content``, ``incident`` or ``trial``."""
    page_id: PageId | None
    change_ids: tuple[str, ...]
    incident_ids: tuple[str, ...]
    route: str
    channels: tuple[str, ...]
    subject: str
    body: str
    html: str = ""
    """The body as a fragment of HTML; empty where there is none."""
    language: str = "de"
    is_digest: bool = False
    """Whether it goes out together with others of its route that are due."""
    due_at: datetime | None = None
    """When it is to go out (aware); ``None`` at once."""


@dataclass(frozen=True, slots=True)
class Night:
    """One run.  ``observed_at`` is the time that the run speaks of: the latest ``Memento-Datetime``, else its start."""

    run_id: str
    night_key: str
    """Berlin calendar date of the scheduled time, ISO 8601."""
    started_at: datetime
    observed_at: datetime
    extractor: str
    pages: tuple[PageNight, ...]
    incidents: tuple[IncidentEvent, ...] = ()
    alerts: tuple[Alert, ...] = ()
    notes: dict[str, str] = field(default_factory=dict)
    catalogue: tuple[Declaration, ...] = ()
    """Every page that the catalogue declares, where the run knows it; empty says nothing of pages not in ``pages``."""
