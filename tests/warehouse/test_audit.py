"""Each audit says what it is for, and finds just that."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.warehouse.nights import changed, declared, missed, night, night_at, seen
from transform.night import Alert, QuarantinedRecord
from warehouse.audit import AUDITS_FILE, described
from warehouse.audit_sql import AUDITS
from warehouse.database import Warehouse

PAGE = declared()

HARM = {
    "orphan_observations": "update store.observations set version_id = 'fehlt' where snapshot_id = 2",
    "orphan_records": "insert into store.goals select 'fehlt', * exclude (version_id) from store.goals",
    "orphan_changes": "update store.changes set before_version_id = 'fehlt'",
    "orphan_quarantine": "update store.quarantine set version_id = 'fehlt'",
    "orphan_visits": "delete from store.declarations",
    "orphan_visit_runs": "delete from store.snapshots where snapshot_id = 3",
    "orphan_captures": "delete from store.snapshots where snapshot_id = 3",
    "orphan_observation_runs": "delete from store.snapshots where snapshot_id = 1",
    "orphan_alert_changes": "delete from store.changes",
    "orphan_change_classes": "insert into store.change_classes values ('fehlt', 'content', 1)",
    "orphan_deliveries": "delete from store.alerts",
    "orphan_digest_members": "insert into store.digest_members values ('fehlt', 'file', 'd1')",
    "orphan_attempts": "update store.delivery_attempts set channel = 'fehlt'",
    "record_counts": "delete from store.goals",
    "visit_counts": "delete from store.visits where snapshot_id = 1",
    "verdict_counts": "update store.snapshots set pages_failed = pages_failed + 1",
    "gaps_in_runs": "delete from store.snapshots where snapshot_id = 2",
    "gaps_in_records": "update store.goals set ordinal = ordinal + 1",
    "gaps_in_readings": "update store.observations set reading = 1 where snapshot_id = 1",
    "gaps_before_changes": "update store.changes set not_before = not_before - interval 1 hour",
    "overlaps_in_changes": "update store.changes set not_after = not_before - interval 1 hour",
    "dates_to_come": "update store.observations set observed_at = '2126-01-01 00:00:00+00' where snapshot_id = 1",
    "dates_before_the_web": "update store.observations set observed_at = '1970-01-01 00:00:00Z' where snapshot_id = 1",
    "dates_that_end_before_they_begin": (
        "insert into store.strategies (version_id, ordinal, position, evidence, title, kind, horizon_from, horizon_to) "
        "select version_id, 0, 0, 'e', 't', 'strategy', 2030, 2025 from store.versions"
    ),
    "runs_that_end_before_they_begin": "update store.snapshots set finished_at = started_at - interval 1 minute",
}
"""Audit to what breaks it."""

BY_CONSTRUCTION = {"overlaps_in_history"}
"""What our own views make impossible."""


@pytest.fixture(scope="module")
def nights(new_path: Callable[[], Path]) -> Path:
    """Three nights with everything that audits look at, in a file that is not open."""
    change = changed(PAGE, (0, "Funk"), (1, "Glasfaser"))
    bad = QuarantinedRecord(PAGE.page_id, change.after_version_id, "figures", "r", None, None, "{}")
    alert = Alert("a1", "k1", "content", PAGE.page_id, (change.change_id,), (), "changes", ("file",), "Betreff", "Text")
    path = new_path()
    with Warehouse.open(path) as warehouse:
        warehouse.load(night(0, seen(PAGE, night_at(0), "Funk")))
        after = seen(PAGE, night_at(1), "Glasfaser", changes=(change,), quarantined=(bad,))
        warehouse.load(night(1, after, alerts=(alert,)))
        warehouse.load(night(2, missed(PAGE, night_at(2))))
        [pending] = warehouse.pending_deliveries(night_at(2) + timedelta(days=400))
        warehouse.begin_deliveries([pending], night_at(2))
    return path


@pytest.fixture
def filled(nights: Path, tmp_path: Path) -> Iterator[Warehouse]:
    """A copy of these, to be harmed."""
    path = tmp_path / nights.name
    shutil.copyfile(nights, path)
    with Warehouse.open(path) as warehouse:
        yield warehouse


def test_all_audits_hold_of_nights_as_they_are_loaded(filled: Warehouse) -> None:
    assert filled.audits() == ()


@pytest.mark.parametrize("name", HARM)
def test_an_audit_finds_the_harm_that_it_is_for(filled: Warehouse, name: str) -> None:
    filled.connection.execute(HARM[name])
    found = {broken.audit.name for broken in filled.audits()}
    assert name in found
    assert (name in " ".join(filled.audit())) == next(one.holds_back for one in AUDITS if one.name == name)


def test_what_was_told_before_the_file_was_made_may_have_been_read_otherwise(filled: Warehouse) -> None:
    """A restored warehouse takes over what was told from the lost one; another release finds other changes."""
    filled.connection.execute("delete from store.changes")
    filled.connection.execute("update store.alerts set created_at = timestamptz '2020-01-01 00:00:00+00'")
    assert "orphan_alert_changes" not in {broken.audit.name for broken in filled.audits()}


def test_every_audit_has_been_seen_to_break() -> None:
    names = {audit.name for audit in AUDITS if not audit.by_keys}
    assert names == HARM.keys() | BY_CONSTRUCTION
    assert len({audit.name for audit in AUDITS}) == len(AUDITS)


@pytest.mark.parametrize("audit", [audit for audit in AUDITS if audit.by_keys], ids=lambda audit: audit.name)
def test_a_key_that_is_there_twice_is_found_where_there_are_no_keys(filled: Warehouse, audit: object) -> None:
    """As in a lake: the tables are made anew without their keys, and every row is put in twice."""
    one = next(known for known in AUDITS if known is audit)
    table = one.name.removeprefix("twice_")
    filled.connection.execute(f"create table store.copied as (from store.{table}) union all (from store.{table})")
    filled.connection.execute(f"drop table store.{table}")
    filled.connection.execute(f"alter table store.copied rename to {table}")
    assert one.name in {broken.audit.name for broken in filled.audits()}


def test_the_written_description_is_current() -> None:
    assert AUDITS_FILE.read_text(encoding="utf-8") == described(), "Run: python -m warehouse.audit"


def test_every_audit_is_explained() -> None:
    for audit in AUDITS:
        assert audit.why.endswith((".", "evidence."))
        assert f"| `{audit.name}` |" in described()
