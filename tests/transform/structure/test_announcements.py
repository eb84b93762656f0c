"""What a sentence or heading announces: a noun of a list, its role and its number."""

from __future__ import annotations

import pytest

from transform.structure.announcements import announced, counted, noun_of, number_of


@pytest.mark.parametrize(
    ("text", "role", "count"),
    [
        ("Das Land setzt auf fünf Handlungsfelder:", "action_fields", 5),
        ("In vier strategischen Handlungsfeldern bündelt das Land seine Kräfte.", "action_fields", 4),
        ("Unsere Themenfelder im Überblick", "action_fields", None),
        ("15 Handlungsfelder für das Land", "action_fields", 15),
        ("Sechs Lebensbereiche stehen im Mittelpunkt:", "action_fields", 6),
        ("Leitthemen der Strategie", "action_fields", None),
        ("Dabei verfolgen wir drei Ziele:", "goals", 3),
        ("Die Agenda hat zum Ziel:", "goals", None),
        ("Strategische Ziele", "goals", None),
        ("Für die Umsetzung der Ziele gelten folgende Grundsätze:", "principles", None),
        ("Zur Erreichung dieser Ziele sind zehn Maßnahmen vorgesehen:", "measures", 10),
        ("Die wichtigsten Meilensteine", "milestones", None),
        ("Wir gehen in drei Schritten vor:", "steps", 3),
        ("Voraussetzungen für die Förderung", "requirements", None),
        ("Grundlagen und Handlungsfelder", "action_fields", None),
        ("Zwei Zielkategorien leiten die Arbeit:", "target_categories", 2),
    ],
)
def test_announcement_is_read_with_role_and_count(text: str, role: str, count: int | None) -> None:
    found = announced(text)
    assert found is not None
    assert (found.role, found.count) == (role, count)


@pytest.mark.parametrize(
    "text",
    [
        "Wer macht mit?",
        "Digitalstrategie 2030",
        "Der Hafen im Wandel",
        "Kontakt",
        "Erziehung und Zielona Góra",
        "ziel",
        "",
    ],
)
def test_other_words_announce_nothing(text: str) -> None:
    assert announced(text) is None


def test_years_and_labels_are_no_counts() -> None:
    assert counted("Bis 2030 Ziele erreichen, Industrie 4.0 Maßnahmen, § 3 Grundsätze") == ()


def test_every_counted_noun_is_told() -> None:
    found = counted("In zwei Grundlagenbereichen und sechs Handlungsfeldern")
    assert [(each.count, each.noun) for each in found] == [(2, "Grundlagenbereichen"), (6, "Handlungsfeldern")]


def test_compound_is_known_by_its_last_part() -> None:
    roles = {word: noun.role for word in ("Zukunftshandlungsfelder", "Zielgruppen", "Teil") if (noun := noun_of(word))}
    assert roles == {"Zukunftshandlungsfelder": "action_fields", "Zielgruppen": "target_groups"}


@pytest.mark.parametrize(
    ("word", "number"), [("drei", 3), ("Zwölf", 12), ("7", 7), ("2030", None), ("1", None), ("rot", None)]
)
def test_small_counts_in_figures_and_words(word: str, number: int | None) -> None:
    assert number_of(word) == number
