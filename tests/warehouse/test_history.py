from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.contents import rows
from tests.warehouse.nights import changed, declared, missed, night, night_at, seen
from transform.change import Cause, ChangeKind
from transform.night import DatedChange
from transform.records import RECORD_TYPES
from warehouse.database import Warehouse

PAGE = declared()


@pytest.fixture(scope="module")
def shared(new_path: Callable[[], Path]) -> Iterator[Warehouse]:
    """One warehouse for all examples of a property: each example has a page of its own."""
    with Warehouse.open(new_path()) as opened:
        yield opened


def words_as_of(warehouse: Warehouse, page_id: str, n: float) -> list[str]:
    """What the page said at that moment, by its goals."""
    found = rows(warehouse, "select text from main.goals_as_of(?) where page_id = ?", night_at(n), page_id)
    return [text.removeprefix("Norddorf will ").removesuffix(".") for (text,) in found]


counter = iter(range(10**6))


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=st.lists(st.sampled_from(["Funk", "Glasfaser", "Breitband", None]), min_size=1, max_size=6),
    data=st.data(),
)
def test_history_tells_what_the_page_said_at_every_moment(
    shared: Warehouse, said: list[str | None], data: st.DataObject
) -> None:
    """Laws: as-of each observation gives its version, as-of between two gives the earlier, before the first nothing;
    as-of now is the current table; validity intervals follow each other without gap or overlap."""
    page = declared(f"seite-{next(counter)}")
    order = data.draw(st.permutations(range(len(said))))
    for n in order:
        word = said[n]
        shared.load(
            night(
                n,
                seen(page, night_at(n), word) if word else missed(page, night_at(n)),
                run_id=f"{page.page_id}-{n}",
            )
        )

    standing: list[str] = []
    assert words_as_of(shared, page.page_id, -1) == []
    for n, word in enumerate(said):
        standing = [word] if word else standing
        assert words_as_of(shared, page.page_id, n) == standing
        assert words_as_of(shared, page.page_id, n + 0.5) == standing

    current = rows(shared, "select * from main.goals where page_id = ?", page.page_id)
    assert current == rows(shared, "select * from main.goals_as_of(now()) where page_id = ?", page.page_id)
    intervals = rows(
        shared,
        "select valid_from, valid_to, version_id from main.goals_history where page_id = ? order by valid_from",
        page.page_id,
    )
    for (_, ends, version_id), (begins, _, next_id) in pairwise(intervals):
        assert ends == begins
        assert version_id != next_id
    assert [ends for _, ends, _ in intervals[-1:]] == [None] * bool(intervals)


@pytest.mark.parametrize("table", RECORD_TYPES)
def test_every_record_table_has_its_history_and_its_as_of(warehouse: Warehouse, table: str) -> None:
    """The three agree in their columns, but for the validity."""
    columns = {
        name: [row[0] for row in rows(warehouse, f"describe select * from main.{name}")]
        for name in (table, f"{table}_history", f"{table}_as_of(now())")
    }
    assert columns[table][:6] == ["page_id", "land", "version_id", "record_id", "position", "section"]
    assert columns[table][-1] == "evidence"
    assert columns[f"{table}_as_of(now())"] == columns[table]
    assert set(columns[f"{table}_history"]) == {*columns[table], "valid_from", "valid_to"}


@pytest.mark.parametrize("moment", ["'2026-03-01 23:00:00'", "date '2026-03-02'", "timestamp '2026-03-02 00:00:00'"])
def test_as_of_takes_every_way_to_write_a_moment(warehouse: Warehouse, moment: str) -> None:
    warehouse.load(night(0, seen(PAGE, night_at(0), "Funk")))
    warehouse.load(night(1, seen(PAGE, night_at(1), "Glasfaser")))
    assert rows(warehouse, f"select text from main.goals_as_of({moment})") == [("Norddorf will Funk.",)]


def test_a_moment_read_anew_shows_the_later_reading(warehouse: Warehouse) -> None:
    """A rebuild reads the same evidence with a better extractor; the earlier reading is kept in the base tables."""
    warehouse.load(night(0, seen(PAGE, night_at(0), "Funk")))
    warehouse.load(night(0, seen(PAGE, night_at(0), "Funk", extractor="leser-2"), run_id="neu-gelesen"))
    [(version_id,)] = rows(warehouse, "select version_id from main.observations")
    assert warehouse.read_version(version_id).extractor == "leser-2"
    assert rows(warehouse, "select count(*) from main.goals") == [(1,)]
    assert rows(warehouse, "select reading from store.observations order by reading") == [(0,), (1,)]


def page_changes(warehouse: Warehouse) -> list[tuple[object, ...]]:
    return rows(warehouse, 'select not_before, not_after, "before", "after" from main.changes order by not_after')


def test_a_backfilled_capture_between_two_nights_replaces_the_change_that_spanned_it(warehouse: Warehouse) -> None:
    wide = changed(PAGE, (0, "Funk"), (2, "Breitband"))
    warehouse.load(night(0, seen(PAGE, night_at(0), "Funk")))
    warehouse.load(night(2, seen(PAGE, night_at(2), "Breitband", changes=(wide,))))
    assert page_changes(warehouse) == [(night_at(0), night_at(2), "4", "9")]

    early, late = changed(PAGE, (0, "Funk"), (1, "Glasfaser")), changed(PAGE, (1, "Glasfaser"), (2, "Breitband"))
    found = seen(PAGE, night_at(1), "Glasfaser", changes=(early, dataclasses.replace(late, change_id="spaeter")))
    warehouse.load(night(1, found, run_id="nachgetragen"))
    assert warehouse.promoted_before(PAGE.page_id, night_at(1)) == seen(PAGE, night_at(0), "Funk").observations[0]
    assert warehouse.promoted_after(PAGE.page_id, night_at(1)) == seen(PAGE, night_at(2), "Breitband").observations[0]
    assert page_changes(warehouse) == [
        (night_at(0), night_at(1), "4", "9"),
        (night_at(1), night_at(2), "9", "9"),
    ]


def test_a_backfilled_capture_that_shows_the_new_state_narrows_the_interval_of_the_change(warehouse: Warehouse) -> None:
    wide, narrow = changed(PAGE, (0, "Funk"), (2, "Breitband")), changed(PAGE, (0, "Funk"), (1, "Breitband"))
    warehouse.load(night(0, seen(PAGE, night_at(0), "Funk")))
    warehouse.load(night(2, seen(PAGE, night_at(2), "Breitband", changes=(wide,))))
    warehouse.load(night(1, seen(PAGE, night_at(1), "Breitband", changes=(narrow,)), run_id="nachgetragen"))
    assert page_changes(warehouse) == [(night_at(0), night_at(1), "4", "9")]


def test_changes_of_a_superseded_reading_give_way(warehouse: Warehouse) -> None:
    """Only what the page caused: that the extractor changed stays true."""
    old = changed(PAGE, (0, "Funk"), (1, "Glasfaser"))
    new = changed(PAGE, (0, "Funk"), (1, "Glasfaser"), extractor="leser-2")
    warehouse.load(night(0, seen(PAGE, night_at(0), "Funk")))
    warehouse.load(night(1, seen(PAGE, night_at(1), "Glasfaser", changes=(old,))))
    reread = seen(PAGE, night_at(1), "Glasfaser", extractor="leser-2", changes=(new,))
    warehouse.load(night(1, reread, run_id="neu-gelesen"))
    assert rows(warehouse, "select change_id from main.changes") == [(new.change_id,)]


def test_a_change_by_the_extractor_stands_whatever_lies_in_between(warehouse: Warehouse) -> None:
    by_us = changed(PAGE, (0, "Funk"), (2, "Funk!"), cause=Cause.EXTRACTOR)
    warehouse.load(night(0, seen(PAGE, night_at(0), "Funk")))
    warehouse.load(night(2, seen(PAGE, night_at(2), "Funk!", changes=(by_us,))))
    warehouse.load(night(1, seen(PAGE, night_at(1), "Funk")))
    assert len(page_changes(warehouse)) == 1
    assert rows(warehouse, "select changes from main.snapshots order by snapshot_id") == [(0,), (0,), (0,)]


def net(warehouse: Warehouse, begin: float, end: float) -> list[tuple[object, ...]]:
    return rows(
        warehouse,
        'select kind, "before", "after", not_before, not_after, steps from main.changes_between(?, ?)',
        night_at(begin),
        night_at(end),
    )


def load_figures(warehouse: Warehouse, *said: str) -> None:
    for n, word in enumerate(said):
        before = [said[n - 1]] if n else []
        steps = tuple(changed(PAGE, (n - 1, old), (n, word)) for old in before if old != word)
        warehouse.load(night(n, seen(PAGE, night_at(n), word, changes=steps)))


def test_changes_between_two_moments_are_netted(warehouse: Warehouse) -> None:
    load_figures(warehouse, "Funk", "Glasfaser", "Netz")
    assert net(warehouse, 0, 1) == [("changed", "4", "9", night_at(0), night_at(1), 1)]
    assert net(warehouse, 0.5, 2) == []
    assert net(warehouse, 1, 2) == [("changed", "9", "4", night_at(1), night_at(2), 1)]
    assert net(warehouse, 2, 9) == []


def test_steps_in_one_direction_make_one_net_change(warehouse: Warehouse) -> None:
    load_figures(warehouse, "Funk", "Fiber", "Glasfaser")
    assert net(warehouse, 0, 2) == [("changed", "4", "9", night_at(0), night_at(2), 2)]


def thing(kind: str, n: int, before: str | None, after: str | None) -> DatedChange:
    base = changed(PAGE, (n - 1, f"w{n}"), (n, f"w{n + 1}"))
    change = dataclasses.replace(base.change, kind=ChangeKind(kind), field=None, before=before, after=after)
    return dataclasses.replace(base, change=change)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("added", None, "neu"), ("removed", "neu", None), []),
        (("removed", "alt", None), ("added", None, "alt"), []),
        (("removed", "alt", None), ("added", None, "neu"), [("changed", "alt", "neu")]),
        (("added", None, "neu"), ("edited", "neu", "neuer"), [("edited", None, "neuer")]),
    ],
)
def test_what_came_and_went_is_no_net_change(
    warehouse: Warehouse,
    first: tuple[str, str | None, str | None],
    second: tuple[str, str | None, str | None],
    expected: list[tuple[str, str, str]],
) -> None:
    warehouse.load(night(0, seen(PAGE, night_at(0), "w1")))
    warehouse.load(night(1, seen(PAGE, night_at(1), "w2", changes=(thing(first[0], 1, *first[1:]),))))
    warehouse.load(night(2, seen(PAGE, night_at(2), "w3", changes=(thing(second[0], 2, *second[1:]),))))
    assert [row[:3] for row in net(warehouse, 0, 2)] == expected


def test_the_age_of_a_page_grows_while_it_does_not_show_itself(warehouse: Warehouse) -> None:
    warehouse.load(night(0, seen(PAGE, night_at(0), "Funk")))
    for n in (1, 2, 3):
        warehouse.load(night(n, missed(PAGE, night_at(n))))
    assert rows(warehouse, "select title, publisher, last_verified_at, age_days, verdict from main.pages") == [
        ("Strategie Funk", "Staatskanzlei Norddorf", night_at(0), 3, "failed:timeout")
    ]


def test_a_page_never_seen_stands_with_what_the_catalogue_says(warehouse: Warehouse) -> None:
    warehouse.load(night(0, seen(PAGE, night_at(0), "Funk"), catalogue=(PAGE, declared("nd-fern"))))
    assert rows(
        warehouse, "select page_id, url, title, last_verified_at, age_days, verdict from main.pages order by 1"
    ) == [
        ("nd-fern", "https://norddorf.example/nd-fern", "Digitales Norddorf", None, None, None),
        ("nd-strategie", "https://norddorf.example/nd-strategie", "Strategie Funk", night_at(0), 0, "verified"),
    ]


def test_a_page_taken_out_of_the_catalogue_leaves_the_list_but_not_the_history(warehouse: Warehouse) -> None:
    other = declared("nd-fahrplan")
    warehouse.load(night(0, seen(PAGE, night_at(0), "Funk"), seen(other, night_at(0), "Funk"), catalogue=(PAGE, other)))
    warehouse.load(night(1, seen(PAGE, night_at(1), "Funk"), catalogue=(PAGE,)))
    assert rows(warehouse, "select page_id from main.pages") == [("nd-strategie",)]
    assert rows(warehouse, "select count(*) from main.goals") == [(2,)]


def test_a_run_of_one_page_does_not_drop_the_others(warehouse: Warehouse) -> None:
    other = declared("nd-fahrplan")
    warehouse.load(night(0, seen(PAGE, night_at(0), "Funk"), seen(other, night_at(0), "Funk"), catalogue=(PAGE, other)))
    warehouse.load(night(1, seen(PAGE, night_at(1), "Funk")))
    assert rows(warehouse, "select page_id, verdict from main.pages order by 1") == [
        ("nd-fahrplan", "verified"),
        ("nd-strategie", "verified"),
    ]


def test_a_changed_declaration_counts_from_its_night_on_even_if_an_older_night_is_loaded_later(
    warehouse: Warehouse,
) -> None:
    renamed = declared(publisher="Ministerium für Digitales Norddorf")
    warehouse.load(night(1, seen(renamed, night_at(1), "Funk")))
    warehouse.load(night(0, seen(PAGE, night_at(0), "Funk")))
    assert rows(warehouse, "select publisher from main.pages") == [("Ministerium für Digitales Norddorf",)]


def test_times_are_kept_to_the_microsecond(warehouse: Warehouse) -> None:
    at = night_at(0) + timedelta(microseconds=1)
    warehouse.load(night(0, seen(PAGE, at, "Funk")))
    observation = warehouse.promoted_before(PAGE.page_id, night_at(1))
    assert observation is not None
    assert observation.observed_at == at
