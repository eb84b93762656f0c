"""Bot walls, consent walls and pages that need JavaScript."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.harness import URL, Play, declared, html
from tests.support.server import Answer
from tests.support.strategy_pages import NORDMARK, document


def shown(words: str, title: str = "Nordmark") -> Answer:
    return html(document(title, f"<main>{words}</main>"))


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (Answer(403), "blocked"),
        (Answer(429, headers=(("Retry-After", "9000"),)), "blocked"),
        (html(document("x", "<main>Moment</main>"), ("cf-mitigated", "challenge")), "suspect:bot_wall"),
        (
            shown(
                "<h1>Ihre Auswahl</h1><p>Wir nutzen Cookies. Bitte stimmen Sie zu oder wählen Sie Einstellungen.</p>"
            ),
            "suspect:consent_wall",
        ),
        (shown("<p>Bitte aktivieren Sie JavaScript, um diese Seite zu sehen.</p>"), "suspect:javascript_shell"),
        (shown("<p>Loading …</p>"), "suspect:javascript_shell"),
    ],
)
def test_a_wall_is_never_the_page(known: Play, answer: Answer, verdict: str) -> None:
    """Its own verdict, an incident, no change; the next night heals it."""
    told, healed = known.nights({URL: answer}, {URL: html(NORDMARK)})
    assert told.verdict == verdict
    assert told.dated == healed.dated == ()
    assert [action for _, action in told.incident_actions] == ["opened"]
    assert [action for _, action in healed.incident_actions] == ["closed"]


def test_robots_txt_is_kept(play: Play) -> None:
    """A page that robots.txt forbids is not asked for."""
    play.night({URL: html(NORDMARK)})
    rules = Answer(200, b"User-agent: *\nDisallow: /strategie\n", (("Content-Type", "text/plain"),))
    told = play.night({"https://digital.nordmark.example/robots.txt": rules, URL: html(NORDMARK)})
    assert told.verdict == "blocked"
    assert play.asked(1) == 0


def test_a_strategy_that_speaks_of_cookies_and_maintenance_is_the_page(play: Play) -> None:
    """Words of a wall in a long text accuse nobody."""
    page = NORDMARK.with_words(
        "Ihre Anregungen", "Wartungsarbeiten und Cookies, denen man zustimmen muss, waren Thema. Ihre Anregungen"
    )
    _, told = play.nights({URL: html(NORDMARK)}, {URL: html(page)})
    assert (told.verdict, told.kinds) == ("verified", ["section edited text"])


def test_a_portal_that_asks_for_a_pause_is_left_alone_for_the_night(tmp_path: Path) -> None:
    """Retry-After of hours: its other pages are not asked either, and another portal's are."""
    other, elsewhere = "https://digital.nordmark.example/strategie/bericht", "https://www.suedland.example/plan"
    pages = (declared(), declared(other, "bericht"), declared(elsewhere, "suedland"))
    good = {URL: html(NORDMARK), other: html(NORDMARK), elsewhere: html(NORDMARK)}
    with Play(tmp_path, *pages) as play:
        play.night(good)
        told = play.night({**good, URL: Answer(429, headers=(("Retry-After", "9000"),))})
        assert told.verdicts == {"nordmark": "blocked", "bericht": "blocked", "suedland": "verified"}
        assert play.asked(1, other) == 0
        assert told.dated == ()


def test_a_bot_wall_is_not_asked_again_in_the_same_night(play: Play) -> None:
    """Whoever checks for bots is not pestered; a consent wall gets one second look."""
    challenge = html(document("x", "<main>Moment</main>"), ("cf-mitigated", "challenge"))
    consent = shown("<h1>Ihre Auswahl</h1><p>Wir nutzen Cookies. Bitte stimmen Sie zu oder wählen Sie aus.</p>")
    play.nights({URL: html(NORDMARK)}, {URL: challenge}, {URL: consent})
    assert (play.asked(1), play.asked(2)) == (1, 2)
