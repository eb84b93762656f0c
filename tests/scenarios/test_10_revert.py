"""A text that is taken back after weeks is news."""

from __future__ import annotations

from tests.scenarios.harness import URL, Play, html
from tests.support.strategy_pages import NORDMARK

A = {URL: html(NORDMARK)}
B = {URL: html(NORDMARK.with_words("48 Vorhaben", "52 Vorhaben"))}


def test_a_return_after_a_stable_time_alerts_as_a_revert(play: Play) -> None:
    """Weeks of A, weeks of B, then A: told once, as a return."""
    play.nights(A, A, A)
    play.skip(17)
    play.nights(B, B, B)
    play.skip(17)
    told = play.night(A)
    assert [(change.change_class, change.before, change.after) for change in told.changes] == [("return", "52", "48")]
    (alert,) = told.content_alerts
    assert "frühere" in alert.subject
    assert "sie stand dort zuletzt am 4. März 2026" in alert.body
    assert told.incidents == ()


def test_an_edit_taken_back_and_made_again_weeks_later_is_told_each_time(play: Play) -> None:
    """A, B, A, B with forty nights in between is no flapping."""
    alerts = []
    for state in (A, B, A, B):
        alerts.append(len(play.night(state).content_alerts))
        play.skip(40)
    assert alerts == [0, 1, 1, 1]
