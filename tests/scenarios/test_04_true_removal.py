"""A contact that really went is told once, with the honest interval."""

from __future__ import annotations

from tests.scenarios.harness import URL, Play, html
from tests.support.strategy_pages import NORDMARK

WITHOUT_CONTACT = NORDMARK.without("Ansprechpartnerin")
WITHOUT_CARD = NORDMARK.with_part(
    "Ansprechpartnerin", card=None, paragraphs=("Fragen zum Plan beantwortet die Geschäftsstelle des Beirats.",)
)


def test_a_removed_section_is_told_once(play: Play) -> None:
    """Told on the night on which it went, never again."""
    _, second, third, fourth = play.nights({URL: html(NORDMARK)}, *([{URL: html(WITHOUT_CONTACT)}] * 3))
    assert second.kinds == ["section removed"]
    assert (second.dated[0].not_before, second.dated[0].not_after) == (play.time_of(0), play.time_of(1))
    assert third.dated == fourth.dated == ()
    assert sum(len(told.content_alerts) for told in (second, third, fourth)) == 1


def test_a_removed_card_is_a_removed_contact(play: Play) -> None:
    """The heading stays, the person goes, and so do the words: one removed contact."""
    _, second = play.nights({URL: html(NORDMARK)}, {URL: html(WITHOUT_CARD)})
    removed = [change for change in second.changes if change.kind == "removed"]
    assert [(change.entity, change.before) for change in removed] == [("contact", "Hanna Probst")]


def test_the_interval_is_wider_when_nights_failed(play: Play) -> None:
    """Two nights of failure lie between: the change happened somewhere in three days."""
    play.night({URL: html(NORDMARK)})
    play.nights(*([{URL: html("Fehler", status=500)}] * 2))
    told = play.night({URL: html(WITHOUT_CONTACT)})
    assert [(one.not_before, one.not_after) for one in told.dated] == [(play.time_of(0), play.time_of(3))]
