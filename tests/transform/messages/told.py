"""Changes and incidents of a made-up page, for the tests of messages and routes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from extract.model import Declaration, PageId, PageKind
from transform.change import Cause, Change, ChangeClass, ChangeKind, Entity
from transform.compare.telling import tell
from transform.night import DatedChange, IncidentEvent

BEFORE = datetime(2026, 3, 3, 3, 10, tzinfo=UTC)
AFTER = BEFORE + timedelta(days=1)
PAGE = Declaration(
    page_id=PageId("nord-plan"),
    url="https://nordland.example/plan?a=1&b=2",
    land="DE-SH",
    kind=PageKind.STRATEGY,
    is_official=True,
    publisher="Staatskanzlei Nordland",
    title="Nordland digital",
)
OTHER = Declaration(
    page_id=PageId("sued-plan"),
    url="https://suedland.example/plan",
    land="DE-BY",
    kind=PageKind.STRATEGY,
    is_official=True,
    publisher="Ministerium Südland",
)
FIGURE = tell(
    Entity.FIGURE, "geförderte Vorhaben", ChangeKind.CHANGED, field="value", before="150", after="170", section="Ziele"
)
FIELD = tell(Entity.ACTION_FIELD, "Digitale Gesundheit", ChangeKind.ADDED, after="Digitale Gesundheit")


def dated(
    change: Change = FIGURE,
    page: Declaration = PAGE,
    *,
    alerts: bool = True,
    before: datetime = BEFORE,
    after: datetime = AFTER,
) -> DatedChange:
    """A change on a page between two nights."""
    return DatedChange(
        change_id=f"{page.page_id}-{change.entity}-{change.kind}-{change.change_class}-{change.entity_key}",
        page_id=page.page_id,
        land=page.land,
        before_version_id="alt",
        after_version_id="neu",
        not_before=before,
        not_after=after,
        change=change,
        alerts=alerts,
    )


def editorial() -> DatedChange:
    """A corrected spelling, which alerts nobody by itself."""
    change = tell(Entity.SECTION, "Ziele", ChangeKind.EDITED, change_class=ChangeClass.EDITORIAL, before="x", after="y")
    return dated(change, alerts=False)


def of_the_extractor() -> DatedChange:
    """A corrected reading of ours."""
    change = Change(
        entity=Entity.GOAL,
        entity_key="Ziel",
        kind=ChangeKind.ADDED,
        summary="Neu",
        cause=Cause.EXTRACTOR,
        change_class=ChangeClass.EDITORIAL,
    )
    return dated(change, alerts=False)


def incident(kind: str = "blocked", page: Declaration | None = PAGE, *, alerts: bool = True) -> IncidentEvent:
    """An incident that opens."""
    page_id = page.page_id if page else None
    return IncidentEvent(f"{page_id}-{kind}", page_id, kind, "opened", AFTER, "robots.txt verbietet /plan", alerts)
