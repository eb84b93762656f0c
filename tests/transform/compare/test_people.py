"""What people say and what they are is told as such, once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.record_pages import figure, page, section, told
from transform.change import ChangeClass
from transform.compare.comparison import compare_records
from transform.records import Person, Quote, Records

WORDS = "Wir machen das Land einfacher und schneller. Davon haben alle etwas."


def speech(text: str = WORDS, speaker: str = "Karl Vorbild", role: str = "Minister") -> Records:
    """A page on which a person says something."""
    line = f"{role} {speaker} sagte: „{text}“"
    return page(
        sections=(page().sections[0], section("Stimmen", line, position=1)),
        quotes=(Quote(position=0, evidence=line, speaker=speaker, text=text),),
        persons=(Person(position=0, evidence=f"{role} {speaker}", name=speaker, role=role),),
        figures=(),
    )


def test_a_quotation_in_other_words_is_a_quotation_edited() -> None:
    """The sentence around it is not told again."""
    (change,) = compare_records(speech(), speech(WORDS.replace("schneller", "sicherer")))
    assert (change.entity, change.kind, change.field) == ("quote", "edited", "text")
    assert change.before == WORDS
    assert change.change_class is ChangeClass.CONTENT


def test_the_same_words_of_another_speaker_are_told_with_both_names() -> None:
    """Name and role went together."""
    (change,) = compare_records(speech(), speech(speaker="Grete Muster", role="Ministerin"))
    assert (change.entity, change.field, change.before, change.after) == (
        *("quote", "speaker"),
        *("Karl Vorbild", "Grete Muster"),
    )


def test_a_person_in_another_role_is_told_with_both_roles() -> None:
    """Whoever says what follows is the same one."""
    (change,) = compare_records(speech(role="Staatssekretär"), speech())
    assert (change.entity, change.field, change.before, change.after) == (
        *("person", "role"),
        *("Staatssekretär", "Minister"),
    )


def test_a_figure_inside_a_quotation_is_told_as_the_figure_alone() -> None:
    """One edit, one change."""

    def with_posts(number: int) -> Records:
        text = f"Uns fehlen im Land {number} Fachkräfte, und das seit Jahren."
        return replace(speech(text), figures=(figure(number, "Fachkräfte", text),))

    assert told(with_posts(240), with_posts(280)) == [("figure", "changed", "value")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("mit Forscherinnen und Forschern", "mit Forscher:innen"),
        ("mit Bürgern und Bürgerinnen", "mit Bürger*innen"),
        ("für Expertinnen und Experten", "für Expert_innen"),
    ],
)
def test_both_genders_named_or_marked_is_a_matter_of_spelling(before: str, after: str) -> None:
    """Nobody needs to be told."""
    text = "Der Beirat berät {} aus allen Kreisen des Landes."
    (change,) = compare_records(
        *(page(sections=(page().sections[0], section("Rat", text.format(who), position=1))) for who in (before, after))
    )
    assert change.change_class is ChangeClass.EDITORIAL
