"""German sentences: what ends one, and what only looks like an end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transform.german.sentences import sentences

ONE = (
    "Das Land fördert z. B. Schulen und u. a. Vereine.",
    "Startups u.a. aus Kiel und Lübeck stellten sich vor.",
    "Am 24. Januar beginnt die Tagung.",
    "In der 18. Legislaturperiode wurde viel erreicht.",
    "Vom 23. bis 24. Januar tagt der Rat.",
    "Rund 1,5 Mio. Euro stehen bereit.",
    "Nach Art. 3 Abs. 2 gilt das auch hier.",
    "Prof. Dr. E. Mustermann leitet den Rat.",
    "Siehe S. 12 im Bericht.",
    "Die Anlage (vgl. Abb. 3) zeigt den Verlauf.",
    "Wirtschaft, Verwaltung usw. Bereiche des Lebens",
    "Der Verein e.V. Digitales lädt ein.",
    "ohne Punkt am Ende",
)
SEVERAL = {
    "Das eine. Das andere.": ("Das eine.", "Das andere."),
    "Wir handeln! Und Sie?": ("Wir handeln!", "Und Sie?"),
    "Bis 2030. Das ist bald.": ("Bis 2030.", "Das ist bald."),
    "Es sind 36. Davon laufen 20.": ("Es sind 36.", "Davon laufen 20."),
    "Netze, Daten usw. Die Liste ist lang.": ("Netze, Daten usw.", "Die Liste ist lang."),
    "„Wir handeln.“ Die Ministerin lächelte.": ("„Wir handeln.“", "Die Ministerin lächelte."),
    "Wirklich? „Ja“, sagte er.": ("Wirklich?", "„Ja“, sagte er."),
    "Schluss. 36 Projekte laufen.": ("Schluss.", "36 Projekte laufen."),
    "Land\nund Leute. Mehr\n dazu.": ("Land und Leute.", "Mehr dazu."),
}


@pytest.mark.parametrize("text", ONE)
def test_abbreviations_and_ordinals_end_no_sentence(text: str) -> None:
    assert sentences(text) == (text,)


@pytest.mark.parametrize(("text", "expected"), SEVERAL.items())
def test_sentences_come_apart(text: str, expected: tuple[str, ...]) -> None:
    assert sentences(text) == expected


def test_no_words_make_no_sentence() -> None:
    assert sentences(" \n ") == ()


@given(st.text(alphabet="Aa1. !?…„“z\u00a0\n()B", max_size=200))
def test_no_word_is_lost(text: str) -> None:
    assert " ".join(sentences(text)) == " ".join(text.split())


def test_data_without_full_stops_is_cut_into_bounded_pieces() -> None:
    pieces = sentences("Zeile 1234567 " * 1_000)
    assert max(map(len, pieces)) <= 2_000
    assert " ".join(pieces) == " ".join(["Zeile 1234567"] * 1_000)


def test_a_word_of_any_length_is_kept_whole() -> None:
    assert sentences("x" * 5_000 + " y") == ("x" * 5_000, "y")
