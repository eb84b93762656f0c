"""Lists inside a sentence are found where a noun announces them, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transform.structure.enumerations import contributions_in, enumerations_in


@pytest.mark.parametrize(
    ("sentence", "role", "count", "items"),
    [
        (
            "Der Plan hat drei Säulen: starke Netze, kluge Köpfe und offene Daten.",
            "pillars",
            3,
            ["starke Netze", "kluge Köpfe", "offene Daten"],
        ),
        (
            "Gefördert werden vor allem folgende Bereiche: Handwerk, Pflege, Tourismus.",
            "areas",
            None,
            ["Handwerk", "Pflege", "Tourismus"],
        ),
        (
            "Wir haben zwei Schwerpunkte: alle Schulen ans Netz anzuschließen und Lehrkräfte fortzubilden.",
            "focus_points",
            2,
            ["alle Schulen ans Netz anzuschließen", "Lehrkräfte fortzubilden"],
        ),
        (
            (
                "Wichtig sind uns gemeinsame Werte: Offenheit, Respekt, der Schutz von Kindern "
                "und der Umwelt sind unverhandelbar."
            ),
            "values",
            None,
            ["Offenheit", "Respekt", "der Schutz von Kindern", "der Umwelt"],
        ),
        (
            "Im Mittelpunkt stehen die Kernthemen Datensicherheit und Offene Verwaltung, denn sie betreffen alle.",
            "core_topics",
            None,
            ["Datensicherheit", "Offene Verwaltung"],
        ),
        (
            "Die Handlungsfelder Bildung, Gesundheit und Mobilität greifen ineinander.",
            "action_fields",
            None,
            ["Bildung", "Gesundheit", "Mobilität"],
        ),
        (
            "Die Querschnittsthemen Daten und Recht, Breitband und Sicherheit wirken überall.",
            "cross_cutting_topics",
            None,
            ["Daten und Recht", "Breitband", "Sicherheit"],
        ),
        (
            "Unser Ziel: Alle Dörfer bis 2030 an das Glasfasernetz anschließen.",
            "goals",
            None,
            ["Alle Dörfer bis 2030 an das Glasfasernetz anschließen"],
        ),
        (
            "Wir verfolgen drei Ziele: mehr Tempo, weniger Papier und bessere Dienste.",
            "goals",
            3,
            ["mehr Tempo", "weniger Papier", "bessere Dienste"],
        ),
    ],
)
def test_announced_list_in_a_sentence(sentence: str, role: str, count: int | None, items: list[str]) -> None:
    (found,) = enumerations_in(sentence)
    assert (found.role, found.count, list(found.items)) == (role, count, items)
    assert sentence.startswith(found.intro) or found.intro in sentence
    assert found.evidence == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Wir fördern Häfen, Werften, Schulen und Museen im ganzen Land.",
        "Eines ist klar: Die Häfen, Werften und Schulen gehören zusammen.",
        "Offenheit und Tempo: Diese beiden Ziele werden durch kluge Köpfe erreicht.",
        "Alle Bereiche der Wirtschaft, des Handwerks und der Pflege sind betroffen.",
        "Referatsleiterin: Redaktion, Koordination, Auswertung",
        "Dafür gibt es gute Voraussetzungen: Wir haben Häfen, Werften und Netze.",
        "Beginn der Veranstaltung in allen Bereichen: 15:30 Uhr",
        "",
    ],
)
def test_ordinary_prose_is_no_list(sentence: str) -> None:
    assert enumerations_in(sentence) == ()


def test_goal_that_is_no_list_of_goals_is_one_goal() -> None:
    (found,) = enumerations_in("Unser Ziel ist einfach: eine Verwaltung, die für alle da ist und mitdenkt.")
    assert found.items == ("eine Verwaltung, die für alle da ist und mitdenkt",)


def test_contributions_are_groups_with_an_infinitive() -> None:
    found = contributions_in(
        "Die Vorhaben sollen dazu beitragen, Wege zu verkürzen, eine offene und faire "
        "Verwaltung aufzubauen und Daten zu "
        "teilen – zum Wohl aller."
    )
    assert found is not None
    assert found.items == ("Wege zu verkürzen", "eine offene und faire Verwaltung aufzubauen", "Daten zu teilen")


def test_one_contribution_is_no_list() -> None:
    assert contributions_in("Das soll dazu beitragen, Wege zu verkürzen.") is None


def test_text_without_an_end_is_left_alone() -> None:
    assert enumerations_in("Ziele: " + "Netze, " * 2_000) == ()


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_items_are_words_of_the_sentence(sentence: str) -> None:
    for found in enumerations_in(sentence):
        assert all(item and item.split()[0] in sentence for item in found.items)
