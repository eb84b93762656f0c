"""The ledger of coverage: what a run really saw, and how old the oldest content is."""

from __future__ import annotations

from tests.warehouse.contents import rows
from tests.warehouse.nights import MAINTENANCE, declared, missed, night, night_at, seen, unmodified
from warehouse.database import Warehouse

A, B, C = declared("nd-a"), declared("nd-b"), declared("nd-c")


def test_each_run_says_how_much_it_really_saw(warehouse: Warehouse) -> None:
    """A page that fails keeps the night of its last success as the oldest; one never seen is left out."""
    warehouse.load(night(0, *(seen(page, night_at(0), "Funk") for page in (A, B)), missed(C, night_at(0))))
    second = (seen(A, night_at(1), "Netz"), unmodified(B, night_at(1), "Funk"), missed(C, night_at(1)))
    warehouse.load(night(1, *second))
    third = (missed(A, night_at(2), MAINTENANCE, "Wartung"), unmodified(B, night_at(2), "Funk"), missed(C, night_at(2)))
    warehouse.load(night(2, *third))
    columns = "pages_total, verified, not_modified, suspect, blocked, gone, failed, oldest_verified_at"
    assert rows(warehouse, f"select {columns} from main.coverage order by snapshot_id") == [
        (3, 2, 0, 0, 0, 0, 1, night_at(0)),
        (3, 1, 1, 0, 0, 0, 1, night_at(1)),
        (3, 0, 1, 1, 0, 0, 1, night_at(1)),
    ]


def test_a_run_that_saw_nothing_is_in_the_ledger(warehouse: Warehouse) -> None:
    warehouse.load(night(0, missed(A, night_at(0))))
    assert rows(warehouse, "select verified, not_modified, failed, oldest_verified_at from main.coverage") == [
        (0, 0, 1, None)
    ]
