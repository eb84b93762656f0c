"""A German series is taken apart into its items and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transform.structure.series import items_of, tidy

NOUNS = ["Häfen", "Schulen", "Archive", "Netze", "Museen", "Bibliotheken", "Wälder", "Werften"]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Häfen, Werften, Netze.", ["Häfen", "Werften", "Netze"]),
        ("Häfen, Werften und Netze", ["Häfen", "Werften", "Netze"]),
        ("Häfen sowie Werften", ["Häfen", "Werften"]),
        ("Häfen, Kunst und Kultur sowie Netze", ["Häfen", "Kunst und Kultur", "Netze"]),
        ("Häfen, Werften sowie Kunst und Kultur", ["Häfen", "Werften", "Kunst und Kultur"]),
        ("schnelle, stabile Netze und Häfen", ["schnelle, stabile Netze", "Häfen"]),
        ("Wege, die wir ausbauen, Häfen und Netze", ["Wege, die wir ausbauen", "Häfen", "Netze"]),
        ("Aus- und Weiterbildung, Häfen", ["Aus- und Weiterbildung", "Häfen"]),
        ("Häfen; Werften; Netze", ["Häfen", "Werften", "Netze"]),
        ("Häfen, Werften und Netze sind uns wichtig.", ["Häfen", "Werften", "Netze"]),
        ("Häfen, Werften und Netze – damit alle gewinnen", ["Häfen", "Werften", "Netze"]),
        ("Häfen (mit Kai, Kran und Lager), Netze", ["Häfen (mit Kai, Kran und Lager)", "Netze"]),
        ("„Hafen, Kai und Kran“, Netze", ["„Hafen, Kai und Kran“", "Netze"]),
        ("den Schutz von Küsten und der Inseln, Häfen", ["den Schutz von Küsten und der Inseln", "Häfen"]),
        ("Häfen, der Schutz von Küsten und der Inseln", ["Häfen", "der Schutz von Küsten", "der Inseln"]),
        ("Häfen, den Schutz von Küsten und der Inseln", ["Häfen", "den Schutz von Küsten und der Inseln"]),
        (
            "die Häfen zu vernetzen, Schulen auszustatten und Archive zu öffnen",
            ["die Häfen zu vernetzen", "Schulen auszustatten", "Archive zu öffnen"],
        ),
        (
            "die Häfen zu vernetzen, Werften aufzubauen und Archive zu öffnen – für alle",
            ["die Häfen zu vernetzen", "Werften aufzubauen", "Archive zu öffnen"],
        ),
        ("2,5 Prozent mehr Netze, 3,5 Prozent mehr Häfen", ["2,5 Prozent mehr Netze", "3,5 Prozent mehr Häfen"]),
    ],
)
def test_series_is_taken_apart(text: str, items: list[str]) -> None:
    assert list(items_of(text)) == items


@pytest.mark.parametrize(
    "text", ["Diese Häfen sind groß, Werften klein.", "Häfen werden gebaut, damit alle fahren.", ""]
)
def test_clause_is_no_series(text: str) -> None:
    assert items_of(text) == ()


def test_announced_number_decides_whether_und_parts_two_items() -> None:
    assert items_of("Häfen, Kunst und Kultur", 2) == ("Häfen", "Kunst und Kultur")
    assert items_of("Häfen, Kunst und Kultur", 3) == ("Häfen", "Kunst", "Kultur")


@given(st.lists(st.sampled_from(NOUNS), min_size=2, max_size=8, unique=True), st.sampled_from(["und", "sowie", ","]))
@settings(max_examples=60)
def test_joining_and_taking_apart_gives_the_same_items(items: list[str], joint: str) -> None:
    last = f", {items[-1]}" if joint == "," else f" {joint} {items[-1]}"
    assert list(items_of(", ".join(items[:-1]) + last + ".")) == items


@given(st.text(max_size=200))
@settings(max_examples=150)
def test_any_text_gives_items_that_stand_in_it(text: str) -> None:
    for item in items_of(text):
        assert item
        assert item.split()[0] in text


@given(st.text(max_size=60))
@settings(max_examples=100)
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


def test_tidy_takes_off_what_joins_an_item_to_the_next() -> None:
    assert tidy("Netze auszubauen, sowie") == "Netze auszubauen"
    assert tidy("Netze und") == "Netze"
    assert tidy("Land und Leute.") == "Land und Leute"
