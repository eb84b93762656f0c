"""One region can no longer be read as what it was, although its words still stand on the page."""

from __future__ import annotations

from pathlib import Path

from extract.model import Element, Locator, RecordKind
from tests.scenarios.harness import URL, Play, declared, html, with_locators
from tests.scenarios.test_02_relaunch import FIELDS_IN_PROSE
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


def test_how_the_contact_is_reached_stays_readable(play: Play) -> None:
    """Mail and telephone are read from the sentence as they were from the card."""
    play.nights({URL: html(NORDMARK)}, {URL: html(IN_PROSE)})
    assert play.query("select email, phone from contacts") == [(PRESS_OFFICE.email, PRESS_OFFICE.phone)]


def test_a_lost_place_harms_no_other_field(tmp_path: Path) -> None:
    """The list of fields lost its place: they keep their last good values, and the figure beside it is told."""
    fields = Locator(records=RecordKind.ACTION_FIELDS, element=Element.LIST_ITEMS, under="Handlungsfelder")
    with Play(tmp_path, with_locators(declared(), fields)) as play:
        _, second = play.nights(
            {URL: html(NORDMARK)}, {URL: html(FIELDS_IN_PROSE.with_words("48 Vorhaben", "53 Vorhaben"))}
        )
        assert "figure changed value" in second.kinds
        assert not [change for change in second.changes if change.kind == "removed"]
        assert play.query("select count(*) from action_fields") == [(4,)]
        assert second.incident_actions == [("drift", "opened")]


def test_other_fields_are_told_as_usual(play: Play) -> None:
    """Beside the lost card a figure changes: it is told with both values."""
    both = IN_PROSE.with_words("48 Vorhaben", "53 Vorhaben")
    _, second = play.nights({URL: html(NORDMARK)}, {URL: html(both)})
    (figure,) = [change for change in second.changes if change.entity == "figure"]
    assert (figure.before, figure.after) == ("48", "53")
