"""Two times: what pages showed, and what this warehouse knew of it when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.contents import rows
from tests.warehouse.nights import declared, night, night_at, seen
from warehouse.database import Warehouse

WORDS = ("mehr", "weniger", "digital", "sicher")
_LATER = timedelta(hours=1)


def knew(warehouse: Warehouse, shown_n: float, known_n: float | None) -> list[float]:
    """The figures as pages showed them in one night, as known an hour after another."""
    known_at = "null" if known_n is None else f"'{(night_at(known_n) + _LATER).isoformat()}'"
    question = f"select value from figures_as_of('{night_at(shown_n).isoformat()}', known_at := {known_at})"
    return [row[0] for row in rows(warehouse, question)]


def test_an_older_capture_is_not_known_before_it_was_loaded(warehouse: Warehouse) -> None:
    page = declared()
    warehouse.load(night(5, seen(page, night_at(5), "mehr")), finished_at=night_at(5))
    warehouse.load(night(1, seen(page, night_at(1), "digital"), run_id="spät"), finished_at=night_at(9))
    assert knew(warehouse, 2, 6) == []
    assert knew(warehouse, 2, 9) == [7.0]
    assert knew(warehouse, 2, None) == [7.0]
    assert knew(warehouse, 6, 6) == [4.0]


def test_a_moment_that_was_read_anew_is_known_both_ways(warehouse: Warehouse) -> None:
    page = declared()
    warehouse.load(night(1, seen(page, night_at(1), "mehr")), finished_at=night_at(1))
    again = seen(page, night_at(1), "weniger", extractor="leser-2")
    warehouse.load(night(1, again, run_id="neu"), finished_at=night_at(4))
    assert (knew(warehouse, 1, 2), knew(warehouse, 1, 4), knew(warehouse, 1, None)) == ([4.0], [7.0], [7.0])


def test_before_the_first_run_nothing_was_known(warehouse: Warehouse) -> None:
    warehouse.load(night(1, seen(declared(), night_at(1), "mehr")), finished_at=night_at(1))
    assert knew(warehouse, 5, -1) == []


@pytest.mark.parametrize("table", ["goals", "figures", "sections"])
def test_as_of_now_is_the_current_state(warehouse: Warehouse, table: str) -> None:
    for n, word in enumerate(WORDS):
        warehouse.load(night(n, seen(declared(), night_at(n), word)), finished_at=night_at(n))
    now, current = rows(warehouse, f"from {table}_as_of('2100-01-01')"), rows(warehouse, f"from {table}")
    assert sorted(map(repr, now)) == sorted(map(repr, current))


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(4)))
def test_what_was_known_then_is_what_a_warehouse_of_then_would_say(
    new_path: Callable[[], Path], order: list[int]
) -> None:
    """Nights arrive in any order; asking with known_at equals asking a warehouse that was loaded only so far."""
    page = declared()
    with Warehouse.open(new_path()) as whole, Warehouse.open(new_path()) as growing:
        nights = [night(n, seen(page, night_at(n), WORDS[n % len(WORDS)])) for n in order]
        for step, loaded in enumerate(nights):
            whole.load(loaded, finished_at=night_at(100 + step))
        for step, loaded in enumerate(nights):
            growing.load(loaded, finished_at=night_at(100 + step))
            for shown in (0, 3):
                assert knew(whole, shown, 100 + step) == knew(growing, shown, None)
