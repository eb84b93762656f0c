"""The copy for readers keeps exchanges, observations and visits by number: every row comes back as it was."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.model import Declaration
from tests.warehouse.contents import rows
from tests.warehouse.nights import (
    MAINTENANCE,
    NOT_MODIFIED,
    captured,
    declared,
    missed,
    night,
    night_at,
    observed,
    seen,
)
from transform.night import JudgedCapture, Night, PageNight
from warehouse.captures import CAPTURE
from warehouse.database import Warehouse
from warehouse.digests import table_digests
from warehouse.packing import UNPACKED, packing
from warehouse.publish import publish
from warehouse.query import query_published
from warehouse.store_views import COPY_VIEWS

PAGE = declared()
LATER = timedelta(hours=1)


@pytest.fixture(scope="module")
def shared(new_path: Callable[[], Path]) -> Iterator[Warehouse]:
    """One warehouse for all examples of a property: each example has a page of its own."""
    with Warehouse.open(new_path()) as opened:
        yield opened


def with_captures(shown: PageNight, *more: JudgedCapture) -> PageNight:
    return dataclasses.replace(shown, captures=(*shown.captures, *more))


def strange_nights() -> list[Night]:
    """What is rare in a night, and would be lost if exchanges and observations were taken for one another."""
    other = declared("nd-plan")
    unread = dataclasses.replace(seen(PAGE, night_at(1), "Funk"), observations=())
    unmodified = dataclasses.replace(
        seen(PAGE, night_at(2), "Funk"), captures=(captured(PAGE, night_at(2), None, NOT_MODIFIED),)
    )
    twins = with_captures(
        seen(PAGE, night_at(3), "Netz"), captured(PAGE, night_at(3), "Wartung", MAINTENANCE, attempt=2)
    )
    linked = with_captures(seen(PAGE, night_at(4), "Netz"), captured(PAGE, night_at(4), "Datei", resource="document"))
    elsewhere = dataclasses.replace(observed(PAGE, night_at(5), "Netz"), url="https://norddorf.example/neu")
    moved = dataclasses.replace(seen(PAGE, night_at(5), "Netz"), observations=(elsewhere,))
    without_capture = dataclasses.replace(seen(PAGE, night_at(6), "Rat"), captures=())
    return [
        night(0, seen(PAGE, night_at(0), "Funk"), seen(other, night_at(0), "Funk")),
        night(1, unread, missed(other, night_at(1))),
        night(2, unmodified),
        night(3, twins),
        night(4, linked),
        night(5, moved, seen(other, night_at(5), "Funk")),
        night(6, without_capture),
        night(7, seen(PAGE, night_at(0), "Netz", extractor="leser-2"), run_id="neu gelesen"),
    ]


def packed(warehouse: Warehouse) -> None:
    """Packs into a schema beside the tables, instead of into a copy."""
    warehouse.connection.execute("drop schema if exists packed cascade; create schema packed")
    for statement in packing("packed"):
        warehouse.connection.execute(statement)


def test_every_row_comes_back(warehouse: Warehouse) -> None:
    for one in strange_nights():
        warehouse.load(one)
    packed(warehouse)
    for table, select in UNPACKED.items():
        found = rows(warehouse, select.replace("store.", "packed."))
        assert sorted(map(repr, found)) == sorted(map(repr, rows(warehouse, f"from store.{table}"))), table


def test_an_observation_stands_beside_its_exchange_wherever_there_is_one(warehouse: Warehouse) -> None:
    for one in strange_nights():
        warehouse.load(one)
    packed(warehouse)
    alone = rows(warehouse, "select observed_at, reading from packed.lone_observations order by all")
    assert alone == [(night_at(0), 1), (night_at(3), 0), (night_at(5), 0), (night_at(6), 0)]


def test_a_table_that_gains_a_column_is_packed_with_it(warehouse: Warehouse) -> None:
    """The views name their columns: one that a migration adds must be added here."""
    for table, columns in {"captures": CAPTURE, "observations": None, "visits": None}.items():
        names = tuple(row[0] for row in rows(warehouse, f"describe store.{table}"))
        packed(warehouse)
        given_back = tuple(
            row[0] for row in rows(warehouse, f"describe {UNPACKED[table].replace('store.', 'packed.')}")
        )
        assert given_back == names
        assert columns in (None, names)


def test_what_a_year_repeats_is_kept_once(warehouse: Warehouse) -> None:
    for n in range(6):
        warehouse.load(night(n, seen(PAGE, night_at(n), "Funk" if n < 3 else "Netz")))
    packed(warehouse)
    assert rows(warehouse, "select count(*) from packed.exchanges") == [(6,)]
    assert rows(warehouse, "select count(*) from packed.answers") == [(2,)]
    assert rows(warehouse, "select count(*) from packed.visit_subjects") == [(1,)]
    assert rows(warehouse, "select count(*) from store.first_showings") == [(2,)]


def test_the_copy_is_compared_with_what_was_packed(warehouse: Warehouse, tmp_path: Path) -> None:
    for one in strange_nights():
        warehouse.load(one)
    target = tmp_path / "published.duckdb"
    publish(warehouse, target)
    for table, digest in table_digests(warehouse.connection, UNPACKED).items():
        [(count, hashes)] = query_published(target, f"select count(*), bit_xor(hash(t)) from store.{table} as t").rows
        assert (count, hashes) == digest, table


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    readings=st.lists(
        st.tuples(
            st.integers(0, 3),
            st.sampled_from(["Funk", "Netz"]),
            st.sampled_from(["leser-1", "leser-2"]),
            st.booleans(),
        ),
        min_size=1,
        max_size=7,
    )
)
def test_first_showings_answer_for_all_at_every_two_times(
    shared: Warehouse, readings: list[tuple[int, str, str, bool]]
) -> None:
    """Moments loaded in any order, read anew and held back: asking those that say something new is asking all."""
    [(loaded,)] = rows(shared, "select count(*) from store.snapshots")
    page = declared(f"seite-{loaded}")
    read: set[int] = set()
    for step, (n, word, extractor, doubted) in enumerate(readings, loaded):
        again = seen(page, night_at(n), word, extractor=extractor)
        if doubted and n in read:
            again = dataclasses.replace(again, observations=tuple(one.held_back() for one in again.observations))
        read.add(n)
        shared.load(night(n, again, run_id=f"lauf-{step}"), finished_at=night_at(100 + step))
    assert shared.audit() == ()
    for shown, known in product(range(4), range(loaded, loaded + len(readings))):
        answers = {
            view: rows(
                shared,
                _SHOWN.format(view=view),
                page.page_id,
                night_at(shown),
                known + 1,
            )
            for view in ("first_showings", "showings")
        }
        assert answers["first_showings"] == answers["showings"], (shown, known)
    assert intervals(shared, "effective_showings", page) == intervals(shared, "effective_observations", page)


_SHOWN = """
select arg_max(version_id, observed_at)
from (
    select observed_at, arg_max(version_id, reading) as version_id
    from store.{view}
    where page_id = ? and observed_at <= ? and snapshot_id <= ?
    group by observed_at
)
where version_id <> ''
"""


def intervals(warehouse: Warehouse, seen_in: str, page: Declaration) -> list[tuple[object, ...]]:
    """A page's validity intervals, as the copy or as the warehouse takes them from what was seen."""
    seen_by = {
        "effective_showings": f"({COPY_VIEWS['effective_showings']})",
        "effective_observations": "store.effective_observations",
    }
    select = COPY_VIEWS["intervals"].replace("store.effective_showings", seen_by[seen_in])
    return sorted(rows(warehouse, f"from ({select}) where page_id = ?", page.page_id), key=repr)
