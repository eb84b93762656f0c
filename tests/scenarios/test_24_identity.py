"""A page keeps its history through moves, values that come and go, and captures that are found later."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flows.backfill_sources import Backfill
from flows.settings import Settings
from tests.scenarios.harness import URL, Play, declared, html, redirect
from tests.support.strategy_pages import NORDMARK, PRESS_OFFICE
from tests.support.warc_author import WarcAuthor

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


def test_two_pages_that_merge_keep_two_histories(tmp_path: Path) -> None:
    """One page now leads to the other: it moved there and says what that one says; nobody's history is lost."""
    other = "https://digital.nordmark.example/strategie/umsetzung"
    report = html(NORDMARK.with_words("48 Vorhaben", "31 Vorhaben"))
    with Play(tmp_path, declared(), declared(other, "umsetzung")) as play:
        play.night({URL: A, other: report})
        told = play.night({URL: A, other: redirect(URL)})
        assert told.verdicts == {"nordmark": "verified", "umsetzung": "verified"}
        assert {one.page_id for one in told.dated} == {"umsetzung"}
        assert "page moved url" in told.kinds
        assert play.query("select page_id, count(*) from observations group by page_id order by page_id") == [
            ("nordmark", 2),
            ("umsetzung", 2),
        ]


def backfilled(play: Play, file: Path) -> None:
    Backfill(Settings(data=play.folder), play.warehouse, play.pages, play.pages).from_files([file])


def test_an_older_capture_narrows_the_interval_and_alerts_nobody(play: Play) -> None:
    """Found later: the page had changed on the second night already.  The change is dated anew and told to nobody."""
    play.night({URL: A})
    play.skip(3)
    play.night({URL: B})
    alerts = play.query("select count(*) from alerts")
    author = WarcAuthor(play.folder / "fund.warc.gz")
    author.answer(URL, B.body, *B.headers, at=play.time_of(1))
    backfilled(play, author.path)
    assert play.query('select "before", "after", epoch(not_after - not_before) from changes') == [("48", "52", 86400.0)]
    assert play.query("select count(*) from alerts") == alerts
    assert play.query("select count(*) from observations") == [(3,)]


def test_a_capture_from_before_the_first_night_tells_what_changed_since_and_alerts_nobody(play: Play) -> None:
    """Years older: the history begins earlier, and what it says is told as it would have been."""
    play.night({URL: A})
    author = WarcAuthor(play.folder / "fund.warc.gz")
    old = html(NORDMARK.with_words("48 Vorhaben", "36 Vorhaben"))
    author.answer(URL, old.body, *old.headers, at=play.time_of(-900))
    backfilled(play, author.path)
    assert play.query('select "before", "after", class from changes') == [("36", "48", "content")]
    assert play.query("select count(*) from alerts") == [(0,)]


def test_a_backfilled_past_makes_a_novelty_a_return(play: Play) -> None:
    """The page had said so years ago: the class of the told change is another one now."""
    play.nights({URL: A}, {URL: B})
    author = WarcAuthor(play.folder / "fund.warc.gz")
    author.answer(URL, B.body, *B.headers, at=play.time_of(-900))
    backfilled(play, author.path)
    classes = play.query('select class, "before", "after" from changes order by not_after')
    assert classes == [("content", "52", "48"), ("return", "48", "52")]
