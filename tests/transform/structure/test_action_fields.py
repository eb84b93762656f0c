"""Action fields are found where they are declared or announced; a lost place is drift, never a deletion."""

from __future__ import annotations

import pytest

from extract.model import Element, Locator, PageKind, RecordKind
from tests.support.documents import declaration, document
from transform.structure.action_fields import ActionFields, clean_name, read_action_fields
from transform.structure.item_lists import find_lists


def fields_of(text: str, *locators: Locator, kind: PageKind = PageKind.STRATEGY) -> ActionFields:
    page = document(text)
    return read_action_fields(page, declaration(kind, *locators), find_lists(page))


def names(found: ActionFields) -> list[str]:
    return [field.name for field in found.records]


def locator(element: Element = Element.LIST_ITEMS, **place: str | int | None) -> Locator:
    return Locator(RecordKind.ACTION_FIELDS, element, **place)  # type: ignore[arg-type]  # keyword values of one test


LISTED = "# Plan\nText.\n## Handlungsfelder\n- Netze und Wege\n- Offene Daten\n- Pflege\n## Ausblick\nText."
CARDS = (
    "# Plan\nText.\n## Handlungsfelder\n**Netze und Wege** überall\n"
    "**Offene Daten** für alle\n**Pflege** nah\n## Ausblick\nText."
)
HEADED = (
    "# Plan\nText.\n## Handlungsfelder\n### Netze und Wege\nÜberall.\n### Offene Daten\nFür alle.\n### Pflege\nNah.\n"
    "## Ausblick\nText."
)
TABLED = (
    "# Plan\nText.\n## Handlungsfelder\n| Feld | Ziel\n| Netze und Wege | nah\n"
    "| Offene Daten | viel\n| Pflege | gut\n## Ausblick\nText."
)
FIELDS = ["Netze und Wege", "Offene Daten", "Pflege"]


@pytest.mark.parametrize("text", [LISTED, CARDS, HEADED, TABLED])
def test_fields_below_an_announcing_heading_are_found_by_rule(text: str) -> None:
    assert names(fields_of(text)) == FIELDS


@pytest.mark.parametrize("text", [LISTED, CARDS, HEADED, TABLED])
@pytest.mark.parametrize("element", list(Element))
def test_declared_fields_are_found_whatever_element_they_stand_in(text: str, element: Element) -> None:
    found = fields_of(text, locator(element, under="Handlungsfelder"))
    assert (names(found), found.drift) == (FIELDS, ())


def test_description_is_the_text_below_the_heading() -> None:
    assert [field.description for field in fields_of(HEADED).records] == ["Überall.", "Für alle.", "Nah."]


def test_listed_field_is_described_by_its_own_section() -> None:
    text = "# Plan\nDas Land hat zwei Handlungsfelder:\n- Netze\n- Pflege\n## Netze\nSchnell.\n## Pflege\nNah."
    assert [(field.name, field.description) for field in fields_of(text).records] == [
        ("Netze", "Schnell."),
        ("Pflege", "Nah."),
    ]


def test_groups_are_declared_by_how_many_fields_belong_to_the_first() -> None:
    found = fields_of(
        HEADED,
        locator(Element.HEADINGS, under="Handlungsfelder", group="Grundlage", first=1),
        locator(Element.HEADINGS, under="Handlungsfelder", group="Handlungsfeld"),
    )
    assert [field.group_name for field in found.records] == ["Grundlage", "Handlungsfeld", "Handlungsfeld"]
    assert [field.position for field in found.records] == [0, 1, 2]
    assert [item.text for item in found.items] == FIELDS


def test_groups_are_read_from_headings_between() -> None:
    text = (
        "# Plan\n## Dimensionen\n### Gesellschaft\n#### Pflege\nText.\n#### Sport\nText.\n"
        "### Staat\n#### Netze\nText.\n"
        "#### Recht und Ordnung\nText."
    )
    assert [(field.group_name, field.name) for field in fields_of(text).records] == [
        ("Gesellschaft", "Pflege"),
        ("Gesellschaft", "Sport"),
        ("Staat", "Netze"),
        ("Staat", "Recht und Ordnung"),
    ]


def test_heading_of_a_group_is_no_item_of_another_list() -> None:
    text = "# Plan\n## Handlungsfelder\n### Land\n- Pflege\n- Sport\n### Stadt\n- Netze\n- Verkehr"
    assert {"Land", "Stadt"} <= {item.text for item in fields_of(text).items}


def test_groups_with_lists_are_read_as_groups() -> None:
    text = "# Plan\n## Handlungsfelder\n### Land\n- Pflege\n- Sport\n### Stadt\n- Netze\n- Verkehr"
    assert [(field.group_name, field.name) for field in fields_of(text).records][::3] == [
        ("Land", "Pflege"),
        ("Stadt", "Verkehr"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1. Teilhabe fördern", "Teilhabe fördern"),
        ("III. Netze", "Netze"),
        ("2.1 Netze", "Netze"),
        ("Handlungsfeld 3: Netze", "Netze"),
        ("Handlungsfeld II – Netze", "Netze"),
        ("Themenfeld: Netze", "Netze"),
        ("Netze,", "Netze"),
        ("Netze und", "Netze"),
        ("Wirtschaft und Arbeit 4.0", "Wirtschaft und Arbeit 4.0"),
        ("„Neue Arbeit“ in den Ämtern", "„Neue Arbeit“ in den Ämtern"),
        ("5G-Netze", "5G-Netze"),
        ("IT-Sicherheit", "IT-Sicherheit"),
    ],
)
def test_name_is_without_numbering_label_and_closing_marks(text: str, name: str) -> None:
    assert clean_name(text) == name


def test_labelled_headings_are_fields_without_an_announcement() -> None:
    text = "# Plan\n## Handlungsfeld 1: Netze\nText.\n## Handlungsfeld 2: Pflege\nText.\n## Kontakt\nText."
    assert names(fields_of(text)) == ["Netze", "Pflege"]


@pytest.mark.parametrize(
    "text",
    [
        "# Fahrplan\nDas Land hat wichtige Standortvorteile:\n- Häfen\n- Werften",
        "# Fahrplan\nDie Kernthemen Netze und Pflege sind wichtig.",
        "# Fahrplan\n## Themen\n- Presse\n- Karriere",
        "# Fahrplan\nVier Themen stehen im Fokus:\n## Was haben wir vor?\nVieles.",
    ],
)
def test_page_that_announces_no_fields_has_none(text: str) -> None:
    found = fields_of(text)
    assert (found.records, found.drift) == ((), ())


def test_weak_nouns_mean_fields_where_they_are_counted_or_head_a_section() -> None:
    assert names(fields_of("# Plan\nVier Themen stehen im Fokus:\n- Netze\n- Orte\n- Pflege\n- Sport")) == [
        "Netze",
        "Orte",
        "Pflege",
        "Sport",
    ]
    assert names(fields_of("# Plan\n## Unsere Schwerpunkte\n- Netze\n- Orte")) == ["Netze", "Orte"]


def test_schwerpunkte_inside_a_sentence_are_no_fields() -> None:
    assert names(fields_of("# Plan\nWir setzen zwei Schwerpunkte: Netze und Orte.")) == []


def test_fields_told_in_a_sentence_only_are_found() -> None:
    assert names(fields_of("# Plan\nDer Plan umfasst die Handlungsfelder Netze, Pflege und Sport.")) == [
        "Netze",
        "Pflege",
        "Sport",
    ]


def test_renamed_heading_is_drift_and_the_rule_is_tried() -> None:
    found = fields_of(LISTED, locator(under="Grundlagen des Wandels im Land"))
    assert names(found) == FIELDS
    assert len(found.drift) == 1
    assert "Grundlagen des Wandels im Land" in found.drift[0]


def test_slightly_edited_heading_still_is_the_place() -> None:
    assert fields_of(LISTED, locator(under="Handlungsfelder!")).drift == ()


def test_announcement_without_its_list_is_no_drift() -> None:
    text = "# Plan\nText. Vier Themen stehen im Fokus:\n## Was haben wir vor?\nUnser Ziel: Alle Orte besser verbinden."
    found = fields_of(text, locator(after="Vier Themen stehen im Fokus:"))
    assert (found.records, found.drift) == ((), ())


def test_list_behind_the_declared_words_is_taken() -> None:
    text = "# Plan\nText. Vier Themen stehen im Fokus:\n- Netze\n- Orte\n- Pflege\n- Sport\nMehr Text.\n- Kaffee\n- Tee"
    assert names(fields_of(text, locator(after="Vier Themen stehen im Fokus:"))) == ["Netze", "Orte", "Pflege", "Sport"]


def test_heading_with_nothing_below_is_drift() -> None:
    found = fields_of("# Plan\n## Handlungsfelder\nDemnächst mehr.", locator(under="Handlungsfelder"))
    assert found.records == ()
    assert len(found.drift) == 1


def test_list_in_a_deeper_section_does_not_replace_missing_headings() -> None:
    text = "# Plan\n## Handlungsfelder\n### Netze\n- Kabel\n- Funk\n### Pflege\nText."
    assert names(fields_of(text, locator(Element.HEADINGS, under="Handlungsfelder"))) == ["Netze", "Pflege"]


def test_same_name_twice_is_one_field() -> None:
    found = fields_of("# Plan\n## Handlungsfelder\n- Netze\n- Netze,\n- Orte")
    assert [(field.position, field.name, field.evidence) for field in found.records] == [
        (0, "Netze", "Netze"),
        (1, "Orte", "Orte"),
    ]
