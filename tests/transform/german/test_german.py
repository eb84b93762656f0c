"""Folding German text for comparison."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transform.german.text import comparable, displayed, key

INVISIBLE = "\u00ad\u200b\u200d\u2060\ufeff\u202a\x00"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Digitali\u00adsierung", "Digitalisierung"),
        ("36\u00a0Projekte", "36 Projekte"),
        ("36\u202fProjekte", "36 Projekte"),
        (unicodedata.normalize("NFD", "Ämter für Bürger"), "Ämter für Bürger"),
        ("„Ziele“", '"Ziele"'),
        ("»Ziele«", "“Ziele”"),
        ("‚Impulse‘", "'Impulse'"),
        ("2024–2026", "2024-2026"),
        ("barrierefrei⁄barrierearm", "barrierefrei/barrierearm"),
        ("Eﬃzienz", "Effizienz"),
        ("und so weiter …", "und so weiter ..."),
        ("zwei\n  Zeilen", "zwei Zeilen"),
        ("U\u00ad\u0308ber", "Über"),
    ],
)
def test_texts_that_a_reader_takes_for_the_same_compare_equal(one: str, other: str) -> None:
    """Composition, invisible characters, spaces, quotation marks, dashes and ligatures are folded."""
    assert comparable(one) == comparable(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1,5 Mio. Euro", "15 Mio. Euro"),
        ("5 %", "5"),
        ("2024–2026", "20242026"),
        ("Ziel", "ziel"),
        ("Maße", "Masse"),
        ("Ämter", "Amter"),
        ("m²", "m2"),
        ("½", "12"),
    ],
)
def test_texts_that_differ_for_a_reader_never_compare_equal(one: str, other: str) -> None:
    """Letters, case and everything in a number stay."""
    assert comparable(one) != comparable(other)


def test_a_name_is_looked_up_without_case_quotes_and_closing_punctuation() -> None:
    """Keys fold what names are written with now and then."""
    assert key("„Mehr zum Thema“:") == key("MEHR ZUM THEMA")


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    """Both forms are fixed points of themselves."""
    assert comparable(comparable(text)) == comparable(text)
    assert displayed(displayed(text)) == displayed(text)


@given(st.text(alphabet="abcäöüß 12.,", max_size=40), st.lists(st.sampled_from(INVISIBLE), max_size=6), st.randoms())
@settings(max_examples=60)
def test_invisible_characters_anywhere_change_nothing(text: str, marks: list[str], random: object) -> None:
    """Soft hyphens and their like may stand anywhere."""
    choose = getattr(random, "randint")  # noqa: B009  hypothesis gives an untyped Random
    spoiled = text
    for mark in marks:
        place = choose(0, len(spoiled))
        spoiled = spoiled[:place] + mark + spoiled[place:]
    assert comparable(spoiled) == comparable(text)
    assert displayed(spoiled) == displayed(text)
