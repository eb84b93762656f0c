"""Lists are found with their introduction, role and announced number, whatever makes them up."""

from __future__ import annotations

import pytest

from extract.model import Element, Locator, PageKind, RecordKind
from tests.support.documents import declaration, document
from transform.structure.item_lists import find_lists
from transform.structure.items import Source
from transform.structure.lists import ListItems, read_list_items


def items_of(text: str, *locators: Locator) -> ListItems:
    page = document(text)
    return read_list_items(page, declaration(PageKind.STRATEGY, *locators), find_lists(page), ())


def test_list_is_introduced_by_the_sentence_right_before_it() -> None:
    found = items_of(
        "# Plan\nWir arbeiten gern. Dafür gelten vier Grundsätze:\n- offen\n- sparsam\n- fair\n- schnell"
    ).records
    assert [item.text for item in found] == ["offen", "sparsam", "fair", "schnell"]
    assert {(item.intro, item.role, item.declared_count, item.list_no) for item in found} == {
        ("Dafür gelten vier Grundsätze:", "principles", 4, 0)
    }
    assert [item.position for item in found] == [0, 1, 2, 3]


def test_list_without_a_sentence_is_introduced_by_its_heading() -> None:
    found = items_of("# Plan\n## Unsere Meilensteine\n- Start der Pilotphase\n- Ausbau im Norden").records
    assert {(item.intro, item.role) for item in found} == {("Unsere Meilensteine", "milestones")}
    assert found[0].section == "Plan > Unsere Meilensteine"


def test_colon_in_the_section_before_does_not_introduce_the_list() -> None:
    found = items_of("# Plan\n## Daten\nDas muss sich ändern:\n## Vorteile\n- günstig\n- nah").records
    assert {item.intro for item in found} == {"Vorteile"}


def test_list_whose_introduction_says_nothing_has_the_role_list() -> None:
    assert {item.role for item in items_of("# Plan\nDas gehört dazu:\n- Kaffee\n- Tee").records} == {"list"}


def test_nested_list_is_one_of_its_own_introduced_by_its_item() -> None:
    found = items_of("# Plan\nEs gibt zwei Phasen:\n- Aufbau\n  - planen\n  - bauen\n- Betrieb").records
    assert [(item.text, item.list_no, item.intro) for item in found] == [
        ("Aufbau", 0, "Es gibt zwei Phasen:"),
        ("Betrieb", 0, "Es gibt zwei Phasen:"),
        ("planen", 1, "Aufbau"),
        ("bauen", 1, "Aufbau"),
    ]


def test_announced_headings_are_a_list_of_as_many_as_announced() -> None:
    page = document(
        "# Plan\nDas Land hat zwei Zielkategorien gewählt:\n## Nahe Dienste\nText.\n"
        "## Starke Orte\nText.\n## Mehr\nText."
    )
    (found,) = find_lists(page)
    assert found.source is Source.HEADINGS
    assert [item.text for item in found.items] == ["Nahe Dienste", "Starke Orte"]
    assert found.count == 2


def test_headings_that_ask_or_tell_are_no_list() -> None:
    page = document(
        "# Plan\nZwei Themen stehen im Fokus:\n## Was haben wir vor?\nText.\n## Netze. Jetzt geht es los.\nText."
    )
    assert find_lists(page) == ()


def test_fewer_headings_than_announced_are_no_list() -> None:
    assert find_lists(document("# Plan\nDrei Themen stehen im Fokus:\n## Netze\nText.\n## Orte\nText.")) == ()


def test_cards_with_bold_names_are_a_list() -> None:
    page = document(
        "# Plan\nEs gibt zwei Bausteine:\n**Netze** schnell und überall\n**Orte** lebendig und nah\nDas war alles."
    )
    (found,) = find_lists(page)
    assert found.source is Source.PARAGRAPHS
    assert [(item.name, item.description) for item in found.items] == [
        ("Netze", "schnell und überall"),
        ("Orte", "lebendig und nah"),
    ]


def test_table_rows_are_a_list_by_their_first_cell() -> None:
    page = document(
        "# Plan\nDrei Maßnahmen stehen fest:\n| Maßnahme | Jahr\n| Netzausbau Nord | 2027\n| Hafenportal | 2028"
    )
    (found,) = find_lists(page)
    assert [item.name for item in found.items] == ["Netzausbau Nord", "Hafenportal"]


def test_list_of_downloads_and_contact_lines_are_no_list_items() -> None:
    text = (
        "# Plan\n- [Plan (PDF)](https://www.beispiel.de/plan.pdf)\n- [Anlage (PDF)](https://www.beispiel.de/anlage.pdf)\n"
        "## Kontakt\n- Erika Mustermann\n- Telefon 0431 12345"
    )
    assert items_of(text).records == ()


def test_joints_between_items_are_not_part_of_them() -> None:
    found = items_of("# Plan\nDie Schritte:\n- planen,\n- bauen, sowie\n- feiern.").records
    assert [item.text for item in found] == ["planen", "bauen", "feiern"]
    assert [item.evidence for item in found] == ["planen,", "bauen, sowie", "feiern."]


def test_declared_role_goes_before_the_one_read() -> None:
    locator = Locator(RecordKind.LIST, Element.LIST_ITEMS, after="gehört dazu:", role="drinks")
    assert {item.role for item in items_of("# Plan\nDas gehört dazu:\n- Kaffee\n- Tee", locator).records} == {"drinks"}


def test_declared_list_whose_words_are_gone_is_drift() -> None:
    locator = Locator(RecordKind.LIST, Element.LIST_ITEMS, after="Diese Getränke reichen wir:", role="drinks")
    found = items_of("# Plan\nDas gehört dazu:\n- Kaffee\n- Tee", locator)
    assert len(found.records) == 2
    assert len(found.drift) == 1
    assert "Diese Getränke reichen wir:" in found.drift[0]
    assert "de-ni.toml:3" in found.drift[0]


@pytest.mark.parametrize("role", ["goals", "action_fields"])
def test_goals_and_action_fields_do_not_stand_among_the_other_lists(role: str) -> None:
    heading = {"goals": "Unsere Ziele", "action_fields": "Handlungsfelder"}[role]
    page = document(f"# Plan\n## {heading}\n- Netze\n- Orte")
    lists = find_lists(page)
    taken = {item for found in lists for item in found.items}
    assert lists[0].role == role
    assert read_list_items(page, declaration(), lists, taken).records == ()
