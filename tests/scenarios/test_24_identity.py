"""A page keeps its history through moves, values that come and go, and captures that are found later."""

from __future__ import annotations

from dataclasses import replace

from tests.scenarios.harness import URL, Play, html, redirect
from tests.support.strategy_pages import NORDMARK, PRESS_OFFICE

A = html(NORDMARK)
B = html(NORDMARK.with_words("48 Vorhaben", "52 Vorhaben"))
THERE = "https://digital.nordmark.example/ministerium/digitalplan"


def test_a_page_that_moves_keeps_its_history(play: Play) -> None:
    """One page, two dated addresses; the move is told once."""
    moved = {URL: redirect(THERE), THERE: A}
    _, second, third = play.nights({URL: A}, moved, moved)
    assert second.kinds == ["page moved url"]
    assert third.dated == ()
    assert play.query("select count(distinct page_id), count(distinct version_id) from observations") == [(1, 1)]


def test_a_version_that_comes_back_is_the_same_version(play: Play) -> None:
    """A, B, A: three observations, two versions, none deleted."""
    play.nights({URL: A}, {URL: B}, {URL: A})
    assert play.query("select count(*), count(distinct version_id) from observations") == [(3, 2)]


def test_a_value_that_goes_and_comes_is_recorded_both_times(play: Play) -> None:
    """A telephone number goes missing and returns: NULL is a value of its history."""
    silent = replace(PRESS_OFFICE, phone="folgt")
    without = html(NORDMARK.with_part("Ansprechpartnerin", card=silent))
    _, gone, back = play.nights({URL: A}, {URL: without}, {URL: A})
    assert [(c.field, c.before, c.after) for c in gone.changes if c.entity == "contact"] == [
        ("phone", PRESS_OFFICE.phone, None)
    ]
    assert [(c.field, c.before, c.after) for c in back.changes if c.entity == "contact"] == [
        ("phone", None, PRESS_OFFICE.phone)
    ]


def test_history_answers_as_of_any_night(play: Play) -> None:
    """What the page said on the second night is there after the fourth."""
    play.nights({URL: A}, {URL: B}, {URL: B}, {URL: A})
    moment = play.time_of(2).isoformat()
    assert play.query(f"select value from figures_as_of('{moment}') where unit = 'Vorhaben'") == [(52.0,)]


def test_a_run_that_is_loaded_twice_changes_nothing(play: Play) -> None:
    """The same night again: same rows, and nobody is told twice."""
    play.night({URL: A})
    told = play.night({URL: B})
    report = play.warehouse.load(told.night)
    assert report.was_loaded
    assert play.query("select count(*) from changes") == [(1,)]
    assert play.query("select count(*) from alerts") == [(1,)]
