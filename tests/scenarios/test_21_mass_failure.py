"""Our own line is down: every page fails on the same night."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.night import summarise
from tests.scenarios.harness import Play, declared, html
from tests.support.server import Answer
from tests.support.strategy_pages import NORDMARK

PAGES = tuple(declared(f"https://www.land-{n}.example/plan", f"land-{n}") for n in range(6))
GOOD = {page.url: html(NORDMARK.with_words("48 Vorhaben", f"{20 + n} Vorhaben")) for n, page in enumerate(PAGES)}
DOWN = {page.url: Answer(503) for page in PAGES}


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (Answer(503), "failed:http_503"),
        (Answer(503, headers=(("Retry-After", "1"),)), "failed:http_503"),
        (Answer(hang_up=True), "failed:connection"),
    ],
    ids=["overload", "overload with Retry-After", "line down"],
)
def test_a_night_on_which_all_fails_is_one_incident_and_heals_silently(
    tmp_path: Path, answer: Answer, verdict: str
) -> None:
    """No page alerts, nothing is removed; the third night closes it without a word about content."""
    with Play(tmp_path, *PAGES) as play:
        _, down, healed = play.nights(GOOD, {page.url: answer for page in PAGES}, GOOD)
        assert set(down.verdicts.values()) == {verdict}
        assert summarise(down.night, 2, 1, 0, 0.0).exit_status == 3
        assert down.incident_actions == [("mass_failure", "opened")]
        assert len(down.incident_alerts) == 1
        assert healed.incident_actions == [("mass_failure", "closed")]
        assert down.dated == healed.dated == ()
        assert down.content_alerts == healed.content_alerts == ()


def test_pages_that_stay_down_after_the_line_is_back_are_told_one_by_one(tmp_path: Path) -> None:
    """The run's incident closes, and what still fails gets its own."""
    with Play(tmp_path, *PAGES) as play:
        play.nights(GOOD, DOWN)
        told = play.night({**GOOD, PAGES[0].url: Answer(503)})
        assert told.incident_actions == [("mass_failure", "closed"), ("failed", "opened")]


def test_retry_after_is_honoured_within_the_night(tmp_path: Path) -> None:
    """A portal that asks for ten seconds gets them, and is read in the same night."""
    with Play(tmp_path, PAGES[0]) as play:
        play.night(GOOD)
        busy = Answer(503, headers=(("Retry-After", "10"),))
        told = play.night({PAGES[0].url: (busy, GOOD[PAGES[0].url])})
        assert told.verdict == "verified"
