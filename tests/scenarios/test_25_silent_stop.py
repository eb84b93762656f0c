"""Nothing runs, or runs on nothing: silence is never taken for "nothing changed"."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from extract.errors import NothingToDoError, StrategiemonitorError
from flows.catalogue import declared_pages
from flows.running import BERLIN, PlainSteps, RunRequest, run
from flows.settings import Settings
from flows.watching import watch
from tests.scenarios.harness import URL, Play, html
from tests.support.server import Answer
from tests.support.strategy_pages import NORDMARK
from transform.incidents import stale_event


def test_an_empty_catalogue_is_an_error(tmp_path: Path) -> None:
    """No declaration at all: the run refuses, whatever else is in the folder."""
    (tmp_path / "liesmich.txt").write_text("leer", encoding="utf-8")
    with pytest.raises(StrategiemonitorError):
        declared_pages(tmp_path)


def test_each_night_says_what_it_covered(play: Play) -> None:
    """A row for each page and night: verified, not modified or not verified since when."""
    play.nights({URL: html(NORDMARK)}, {URL: Answer(500)}, {URL: html(NORDMARK)})
    verdicts = play.query("select verdict from store.visits order by snapshot_id")
    assert verdicts == [("verified",), ("failed:http_500",), ("verified",)]
    assert play.query("select pages_total, pages_verified from snapshots order by snapshot_id") == [
        (1, 1),
        (1, 0),
        (1, 1),
    ]


def test_a_first_deployment_that_reads_nothing_is_no_success(play: Play) -> None:
    """The very first answers are empty: suspect, not verified."""
    told = play.night({URL: html("<html lang='de'><body><main></main></body></html>")})
    assert told.verdict.startswith("suspect:")
    assert play.query("select pages_verified from snapshots") == [(0,)]


def test_an_outage_is_one_incident_however_often_it_is_looked_at() -> None:
    """The watchdog names it by the last coverage."""
    last = datetime(2026, 3, 2, 3, 10, tzinfo=UTC)
    first, second = (stale_event(last, datetime(2026, 3, day, 9, tzinfo=UTC)) for day in (5, 6))
    assert first.incident_id == second.incident_id


def test_a_night_that_runs_twice_tells_nothing_twice(play: Play) -> None:
    """Clock change or a second start: the same state again is an observation, not a change."""
    edited = {URL: html(NORDMARK.with_words("48 Vorhaben", "53 Vorhaben"))}
    _, first, again = play.nights({URL: html(NORDMARK)}, edited, edited)
    assert (len(first.content_alerts), len(again.content_alerts)) == (1, 0)
    assert play.query("select count(*) from changes") == [(1,)]


def test_the_watchdog_alerts_once_when_nothing_runs(play: Play) -> None:
    """The scheduler is off: seen from outside, no fresh coverage; one incident alert, however often it looks."""
    play.night({URL: html(NORDMARK)})
    play.publish()
    play.warehouse.close()
    settings = Settings(data=play.folder)
    covered = play.time_of(0)
    assert watch(settings, covered + timedelta(hours=20)).is_fresh
    late, again = (watch(settings, covered + timedelta(hours=hours)) for hours in (50, 51))
    assert (late.is_fresh, late.alerted) == (False, True)
    assert (again.is_fresh, again.alerted) == (False, False)


def test_nights_on_which_every_page_fails_are_no_coverage(play: Play) -> None:
    """Runs that succeed in nothing are silence, too."""
    play.nights({URL: html(NORDMARK)}, *([{URL: Answer(500)}] * 3))
    play.publish()
    play.warehouse.close()
    assert not watch(Settings(data=play.folder), play.time_of(3)).is_fresh


def test_a_run_without_a_page_is_a_failure(tmp_path: Path) -> None:
    """Zero pages: no snapshot that says "all is well"."""
    folder = tmp_path / "katalog"
    folder.mkdir()
    (folder / "de-sh.toml").write_text('land = "DE-SH"\npublisher = "M"\nis_official = true\n', encoding="utf-8")
    with pytest.raises((NothingToDoError, StrategiemonitorError)):
        run(RunRequest(Settings(data=tmp_path / "data"), catalogue=folder), PlainSteps(), logging.getLogger("nachts"))
    assert not (tmp_path / "data" / "published").exists()


@pytest.mark.parametrize(
    ("moment", "night"),
    [
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "2026-10-25"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "2026-10-25"),
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), "2027-03-28"),
        (datetime(2027, 3, 27, 23, 30, tzinfo=UTC), "2027-03-28"),
    ],
    ids=["the hour that comes twice", "the same hour again", "before the hour that is missing", "after midnight"],
)
def test_a_night_is_named_by_berlins_calendar(moment: datetime, night: str) -> None:
    """The hour that comes twice belongs to one night; the one that is missing costs none."""
    assert moment.astimezone(BERLIN).date().isoformat() == night
