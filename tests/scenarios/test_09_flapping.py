"""Two servers behind one address that show two versions in turn."""

from __future__ import annotations

from tests.scenarios.harness import URL, Play, html
from tests.support.strategy_pages import NORDMARK

A = {URL: html(NORDMARK)}
B = {URL: html(NORDMARK.with_words("48 Vorhaben", "52 Vorhaben"))}
C = {URL: html(NORDMARK.with_words("48 Vorhaben", "61 Vorhaben"))}


def test_flapping_is_one_incident_and_then_silence(play: Play) -> None:
    """The first B is news; what follows are returns, one of them told at most, and one incident."""
    told = play.nights(A, B, A, B, A, B, A)
    assert [change.change_class for change in told[1].changes] == ["content"]
    assert {change.change_class for one in told[2:] for change in one.changes} == {"return"}
    assert sum(len(one.content_alerts) for one in told) <= 2
    assert [action for one in told for action in one.incident_actions if action[1] == "opened"] == [
        ("oscillating", "opened")
    ]


def test_the_history_stays_complete_while_it_flaps(play: Play) -> None:
    """Each night is observed, each return is a row."""
    play.nights(A, B, A, B, A)
    assert play.query("select count(*) from observations") == [(5,)]
    assert play.query("select count(*) from changes") == [(4,)]


def test_a_third_state_alerts_as_usual(play: Play) -> None:
    """News in the middle of flapping is told."""
    told = play.nights(A, B, A, B, A, C)
    assert [(change.change_class, change.before, change.after) for change in told[-1].changes] == [
        ("content", "48", "61")
    ]
    assert len(told[-1].content_alerts) == 1


def test_flapping_among_three_states_is_recognised(play: Play) -> None:
    """Three servers in turn: after each was seen once, nothing more is news."""
    told = play.nights(A, B, C, A, B, C, A, B, C)
    assert {change.change_class for one in told[3:] for change in one.changes} == {"return"}
    assert sum(len(one.content_alerts) for one in told[4:]) == 0
