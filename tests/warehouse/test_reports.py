from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.warehouse.nights import MAINTENANCE, changed, declared, missed, night, night_at, seen
from transform.night import DatedChange, IncidentEvent
from warehouse import reports
from warehouse.database import Warehouse
from warehouse.publish import publish
from warehouse.reports import Coverage

PAGE, OTHER = declared(), dataclasses.replace(declared("sd-plan"), land="DE-SD")


def telling(dated: DatedChange, significance: float) -> DatedChange:
    return dataclasses.replace(dated, change=dataclasses.replace(dated.change, significance=significance))


@pytest.fixture(scope="module")
def published(new_path: Callable[[], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three nights: a figure changes on two pages, one of which then shows a maintenance notice."""
    target = tmp_path_factory.mktemp("kopie") / "strategiemonitor.duckdb"
    first = telling(changed(PAGE, (0, "Funk"), (1, "Glasfaser")), 0.4)
    second = telling(changed(OTHER, (0, "Funk"), (1, "Netze")), 0.8)
    third = telling(changed(PAGE, (1, "Glasfaser"), (2, "Funk")), 0.4)
    opened = IncidentEvent("wartung", OTHER.page_id, "maintenance", "opened", night_at(2), "Wartung")
    over = IncidentEvent("kurz", OTHER.page_id, "timeout", "opened", night_at(1), "keine Antwort")
    with Warehouse.open(new_path()) as warehouse:
        both = declared("nd-fern")
        warehouse.load(night(0, seen(PAGE, night_at(0), "Funk"), seen(OTHER, night_at(0), "Funk")))
        warehouse.load(
            night(
                1,
                seen(PAGE, night_at(1), "Glasfaser", changes=(first,)),
                seen(OTHER, night_at(1), "Netze", changes=(second,)),
                incidents=(over,),
            )
        )
        warehouse.load(
            night(
                2,
                seen(PAGE, night_at(2), "Funk", changes=(third,)),
                missed(OTHER, night_at(2), MAINTENANCE),
                incidents=(opened, dataclasses.replace(over, action="closed", at=night_at(2))),
                catalogue=(PAGE, OTHER, both),
            )
        )
        publish(warehouse, target)
    return target


def test_changes_come_the_most_telling_first_then_the_latest(published: Path) -> None:
    found = reports.changes(published)
    assert [(one.page_id, one.before, one.after) for one in found] == [
        ("sd-plan", "4", "5"),
        ("nd-strategie", "9", "4"),
        ("nd-strategie", "4", "9"),
    ]
    assert (found[0].not_before, found[0].not_after) == (night_at(0), night_at(1))
    assert (found[0].entity, found[0].kind, found[0].field, found[0].cause, found[0].change_class) == (
        "figure",
        "changed",
        "value",
        "page",
        "content",
    )


def test_changes_can_be_narrowed(published: Path) -> None:
    def pages(found: tuple[reports.ChangeRow, ...]) -> list[str]:
        return [one.page_id for one in found]

    assert pages(reports.changes(published, since=night_at(2))) == ["nd-strategie"]
    assert pages(reports.changes(published, until=night_at(2), land="DE-ND")) == ["nd-strategie"]
    assert pages(reports.changes(published, since=night_at(1), until=night_at(2))) == ["sd-plan", "nd-strategie"]
    assert pages(reports.changes(published, page_id="sd-plan")) == ["sd-plan"]
    assert pages(reports.changes(published, cause="extractor")) == []


def test_incidents_are_told_while_they_are_open_and_on_request_afterwards(published: Path) -> None:
    [opened] = reports.incidents(published)
    assert (opened.incident_id, opened.opened_at, opened.closed_at, opened.detail) == (
        "wartung",
        night_at(2),
        None,
        "Wartung",
    )
    assert [(one.incident_id, one.closed_at) for one in reports.incidents(published, closed_too=True)] == [
        ("wartung", None),
        ("kurz", night_at(2)),
    ]


def test_pages_are_told_with_their_age(published: Path) -> None:
    assert [(one.page_id, one.verdict, one.last_verified_at, one.age_days) for one in reports.pages(published)] == [
        ("nd-fern", None, None, None),
        ("nd-strategie", "verified", night_at(2), 0),
        ("sd-plan", "suspect:maintenance", night_at(1), 1),
    ]


def test_coverage_counts_by_land(published: Path) -> None:
    assert reports.coverage(published) == (
        Coverage("DE-ND", 2, good=1, suspect=0, blocked=0, gone=0, failed=0, never_verified=1, oldest_days=0),
        Coverage("DE-SD", 1, good=0, suspect=1, blocked=0, gone=0, failed=0, never_verified=0, oldest_days=1),
    )
