"""A chapter's number says where it stands; a number that counts something says what it says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.record_pages import action_fields, page, section
from transform.change import ChangeClass, ChangeKind
from transform.compare.comparison import compare_records
from transform.compare.numbering import unnumbered
from transform.records import Records

TEXTS = {
    "Lage": "Viele Ämter arbeiten noch mit Papier und alten Programmen.",
    "Ziele": "Anträge sollen in wenigen Minuten zu stellen sein.",
    "Zukunft": "Nach zehn Jahren sollen alle Ämter ohne Papier auskommen.",
    "Dank": "Wir danken allen, die ihre Zeit gegeben haben.",
}


def chapters(*names: str) -> Records:
    """A page with numbered chapters."""
    numbered = (section(f"{rank} {name}", TEXTS[name], position=rank) for rank, name in enumerate(names, 1))
    return page(sections=(page().sections[0], *numbered))


def test_a_chapter_that_is_inserted_is_told_once_and_the_new_numbers_alert_nobody() -> None:
    """Later chapters only count one more."""
    changes = compare_records(chapters("Lage", "Ziele", "Dank"), chapters("Lage", "Zukunft", "Ziele", "Dank"))
    assert [(c.kind, c.change_class) for c in changes] == [
        (ChangeKind.ADDED, ChangeClass.CONTENT),
        (ChangeKind.RENAMED, ChangeClass.ORDER),
    ]
    assert changes[1].before == "2 Ziele\n3 Dank"


def test_a_field_that_is_a_numbered_heading_is_told_once() -> None:
    """The field's name has no number, its heading has one: still one edit."""

    def fields(second: str) -> Records:
        names = ("Lage", second)
        headings = (section(f"{rank} {name}", texts[name], position=rank) for rank, name in enumerate(names, 1))
        described = (replace(field, description=texts[field.name]) for field in action_fields(*names))
        return page(sections=(page().sections[0], *headings), action_fields=tuple(described))

    texts = {**TEXTS, "Absichten": TEXTS["Ziele"]}
    (change,) = compare_records(fields("Ziele"), fields("Absichten"))
    assert (change.entity, change.kind) == ("action_field", "renamed")


@pytest.mark.parametrize(
    "headings",
    [
        ["5 Ziele für das Land", "Ausblick"],
        ["1. Quartal 2025", "2. Quartal 2025", "3. Quartal 2025"],
        ["2030 im Blick", "1 Ausblick"],
        ["1 Ziele", "2 Ziele"],
    ],
)
def test_a_number_that_belongs_to_no_series_of_chapters_is_part_of_the_heading(headings: list[str]) -> None:
    """It counts something, or nothing else tells the headings apart."""
    assert unnumbered(headings) == {heading: heading for heading in headings}


def test_chapters_of_every_depth_lose_their_numbers() -> None:
    """A dot or a bracket behind the number belongs to it."""
    assert list(unnumbered(["1. Lage", "2. Ziele", "2.1 Netze", "2.2 Daten"]).values()) == [
        *("Lage", "Ziele", "Netze", "Daten")
    ]


def test_of_several_sections_of_one_heading_those_of_the_same_text_go_together() -> None:
    """A field goes with its own section „Stand“; those of the other fields were not edited."""

    def fields(*names: str) -> Records:
        parts = [page().sections[0]]
        for name in names:
            parts += [section(name, f"{name} bringt das Land voran.", position=len(parts))]
            parts += [section("Stand", f"Bei {name.lower()} ist vieles geschafft.", position=len(parts) + 1)]
        return page(sections=tuple(parts))

    changes = compare_records(fields("Netze", "Daten", "Schule"), fields("Netze", "Schule"))
    assert [(c.kind, c.entity_key) for c in changes] == [(ChangeKind.REMOVED, "Daten"), (ChangeKind.REMOVED, "Stand")]
