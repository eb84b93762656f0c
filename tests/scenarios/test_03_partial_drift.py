"""One region can no longer be read as what it was, although its words still stand on the page."""

from __future__ import annotations

from tests.scenarios.harness import URL, Play, html
from tests.support.strategy_pages import NORDMARK, PRESS_OFFICE

IN_PROSE = NORDMARK.with_part(
    "Ansprechpartnerin",
    card=None,
    paragraphs=(f"Fragen beantwortet {', '.join(PRESS_OFFICE.lines)}.",),
)


def test_a_contact_whose_words_still_stand_there_is_not_removed(play: Play) -> None:
    """The card became a sentence: whatever is told, it is no removal."""
    _, second = play.nights({URL: html(NORDMARK)}, {URL: html(IN_PROSE)})
    assert not [change for change in second.changes if change.kind == "removed"]


def test_other_fields_are_told_as_usual(play: Play) -> None:
    """Beside the lost card a figure changes: it is told with both values."""
    both = IN_PROSE.with_words("48 Vorhaben", "53 Vorhaben")
    _, second = play.nights({URL: html(NORDMARK)}, {URL: html(both)})
    (figure,) = [change for change in second.changes if change.entity == "figure"]
    assert (figure.before, figure.after) == ("48", "53")
