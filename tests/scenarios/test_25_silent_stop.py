"""Nothing runs, or runs on nothing: silence is never taken for "nothing changed"."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from extract.errors import StrategiemonitorError
from flows.catalogue import declared_pages
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
