"""Goals are items of lists that are called goals, and goals stated in a sentence."""

from __future__ import annotations

import pytest

from extract.model import Element, Locator, PageKind, RecordKind
from tests.support.documents import declaration, document
from transform.structure.goals import Goals, read_goals
from transform.structure.item_lists import find_lists


def goals_of(text: str, *locators: Locator) -> Goals:
    page = document(text)
    return read_goals(page, declaration(PageKind.ROADMAP, *locators), find_lists(page))


def texts(found: Goals) -> list[str]:
    return [goal.text for goal in found.records]


@pytest.mark.parametrize(
    "intro", ["Die Agenda hat zum Ziel:", "Wir verfolgen folgende Ziele:", "## Unsere Ziele", "## Ziele der Agenda"]
)
def test_items_of_a_list_of_goals_are_goals(intro: str) -> None:
    assert texts(goals_of(f"# Agenda\n{intro}\n- Wege zu verkürzen,\n- Orte zu stärken.")) == [
        "Wege zu verkürzen",
        "Orte zu stärken",
    ]


def test_goal_stated_behind_a_colon() -> None:
    assert texts(goals_of("# Agenda\nWir haben ein klares Ziel: Jeden Ort in zehn Minuten erreichen.")) == [
        "Jeden Ort in zehn Minuten erreichen"
    ]


def test_contributions_in_the_paragraph_of_a_goal_are_goals() -> None:
    text = (
        "# Agenda\n"
        "Unser Ziel: Alle Orte verbinden. Die Vorhaben sollen dazu beitragen, Wege zu verkürzen, Netze zu bauen und "
        "Daten zu teilen."
    )
    found = goals_of(text)
    assert texts(found) == ["Alle Orte verbinden", "Wege zu verkürzen", "Netze zu bauen", "Daten zu teilen"]
    assert [goal.position for goal in found.records] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    "text",
    [
        "# Agenda\nUnser Ziel ist, die Orte zu verbinden und Wege zu verkürzen.",
        "# Agenda\nDas Land verfolgt das Ziel, eine Vorzeigeregion zu werden.",
        "# Agenda\nZur Erreichung unserer Ziele haben wir Vorteile:\n- Häfen\n- Werften",
        "# Agenda\nDie Vorhaben sollen dazu beitragen, Wege zu verkürzen, Netze zu bauen und Daten zu teilen.",
    ],
)
def test_other_mentions_of_goals_are_none(text: str) -> None:
    assert texts(goals_of(text)) == []


def test_declared_goals_are_found_and_lost_words_are_drift() -> None:
    text = "# Agenda\nDafür setzen wir uns ein:\n- Wege zu verkürzen\n- Orte zu stärken"
    here = Locator(RecordKind.GOALS, Element.LIST_ITEMS, after="setzen wir uns ein:")
    gone = Locator(RecordKind.GOALS, Element.LIST_ITEMS, after="Die Agenda hat zum Ziel:")
    assert texts(goals_of(text, here)) == ["Wege zu verkürzen", "Orte zu stärken"]
    assert len(goals_of(text, gone).drift) == 1


def test_same_goal_twice_is_one() -> None:
    assert texts(goals_of("# Agenda\n## Ziele\n- Orte stärken\n- Orte stärken.")) == ["Orte stärken"]
