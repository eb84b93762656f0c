"""A page that loses most of its text: mostly an accident, sometimes the truth."""

from __future__ import annotations

from tests.scenarios.harness import URL, Play, html
from tests.support.strategy_pages import NORDMARK, Part, StrategyPage

STUB = StrategyPage(
    NORDMARK.title,
    NORDMARK.kicker,
    (
        Part(
            NORDMARK.title,
            (
                "Der Plan wird neu gefasst. Bis dahin ruht dieses Angebot an dieser Stelle.",
                "Wer Fragen hat, schreibt an das Referat.",
            ),
            level=1,
        ),
    ),
)
LOADING = StrategyPage(NORDMARK.title, "", (Part(NORDMARK.title, ("Seite 1",), level=1),))


def test_a_collapse_that_heals_is_never_told(play: Play) -> None:
    """Held back on the second night, gone on the third: no change in either direction, no alert about content."""
    _, second, third = play.nights({URL: html(NORDMARK)}, {URL: html(STUB)}, {URL: html(NORDMARK)})
    assert second.verdict == "suspect:collapse"
    assert second.dated == third.dated == ()
    assert play.query("select count(*) from changes") == [(0,)]
    assert third.incident_actions == [("suspect", "closed")]


def test_a_collapse_that_stays_is_told_once_and_dated_by_its_first_sighting(play: Play) -> None:
    """Confirmed by a second night: one alert, changed between the first and the second night."""
    _, second, third, fourth = play.nights({URL: html(NORDMARK)}, *([{URL: html(STUB)}] * 3))
    assert second.content_alerts == ()
    assert third.verdict == "verified"
    assert len(third.content_alerts) == 1
    assert {(one.not_before, one.not_after) for one in third.dated} == {(play.time_of(0), play.time_of(1))}
    assert (fourth.dated, fourth.content_alerts) == ((), ())


def test_a_confirmed_collapse_is_observed_on_both_nights(play: Play) -> None:
    """What was held back counts as seen once it is confirmed."""
    play.nights({URL: html(NORDMARK)}, *([{URL: html(STUB)}] * 2))
    assert play.query("select count(*) from observations") == [(3,)]


def test_two_different_collapses_confirm_nothing(play: Play) -> None:
    """Another stub every night is no confirmation of the one before."""
    other = STUB.with_words("ruht dieses Angebot", "pausiert dieses Angebot")
    told = play.nights({URL: html(NORDMARK)}, {URL: html(STUB)}, {URL: html(other)}, {URL: html(NORDMARK)})
    assert [one.verdict for one in told] == ["verified", "suspect:collapse", "suspect:collapse", "verified"]
    assert all(one.dated == () for one in told)


def test_a_collapse_after_a_healed_one_starts_anew(play: Play) -> None:
    """Seen on the second night, healed on the third: the fourth is no confirmation of the second."""
    good, stub = {URL: html(NORDMARK)}, {URL: html(STUB)}
    told = play.nights(good, stub, good, stub)
    assert told[3].verdict == "suspect:collapse"


def test_next_to_nothing_is_not_believed_on_the_second_night(play: Play) -> None:
    """Three words that stay for five nights and heal were never told."""
    good, hardly = {URL: html(NORDMARK)}, {URL: html(LOADING)}
    told = play.nights(good, *([hardly] * 5), good)
    assert {one.verdict for one in told[1:-1]} == {"suspect:collapse"}
    assert all(one.dated == () for one in told)
    assert sum(len(one.incident_alerts) for one in told) == 1


def test_a_collapse_that_was_believed_and_healed_is_doubted_again(play: Play) -> None:
    """Having fooled us once, the same stub has to last again."""
    good, stub = {URL: html(NORDMARK)}, {URL: html(STUB)}
    told = play.nights(good, stub, stub, good, stub, good)
    assert told[2].verdict == "verified"
    assert (told[4].verdict, told[4].dated, told[5].dated) == ("suspect:collapse", (), ())
