"""The same fields in another order."""

from __future__ import annotations

from tests.scenarios.harness import URL, Play, html
from tests.support.strategy_pages import NORDMARK

FIELDS = NORDMARK.part("Handlungsfelder").items
TURNED = NORDMARK.with_part("Handlungsfelder", items=(FIELDS[-1], *FIELDS[:-1]))


def test_another_order_is_recorded_and_not_alerted(play: Play) -> None:
    """One change of class order."""
    _, told = play.nights({URL: html(NORDMARK)}, {URL: html(TURNED)})
    assert [(change.entity, change.kind, change.change_class) for change in told.changes] == [
        ("action_field", "reordered", "order")
    ]
    assert told.content_alerts == ()


def test_an_edit_within_another_order_is_told_exactly_once(play: Play) -> None:
    """Keys are not positions."""
    edited = TURNED.with_words("Vernetzte Küste", "Vernetzte Küste und Inseln")
    _, told = play.nights({URL: html(NORDMARK)}, {URL: html(edited)})
    assert told.kinds == ["action_field renamed name"]
    assert len(told.content_alerts) == 1
