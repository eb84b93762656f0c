"""Persons' names in running text and on lines of their own: what is one, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transform.people.given_names import GIVEN_NAMES
from transform.people.names import find_names, name_of_line, surname_of, without_titles


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Erika Mustermann eröffnete die Tagung.", ["Erika Mustermann"]),
        ("Es sprachen Max Beispiel und Erika Mustermann.", ["Max Beispiel", "Erika Mustermann"]),
        ("Anna-Lena Muster-Beispiel war dabei.", ["Anna-Lena Muster-Beispiel"]),
        ("Ursula von der Muster und Jan de Beispiel kamen.", ["Ursula von der Muster", "Jan de Beispiel"]),
        ("Karl Max Beispiel antwortete.", ["Karl Max Beispiel"]),
        ("Max M. Beispiel antwortete.", ["Max M. Beispiel"]),
        ("Hannelore Kraft, Rainer Sonntag und Peter Winter.", ["Hannelore Kraft", "Rainer Sonntag", "Peter Winter"]),
        ("Prof. Dr. Erika Mustermann forscht.", ["Erika Mustermann"]),
        ("Dr.-Ing. Max Beispiel und Dr. h.c. Erika Mustermann.", ["Max Beispiel", "Erika Mustermann"]),
        ("Es grüßt Dr. Xandra Unbekannt.", ["Xandra Unbekannt"]),
        ("Es grüßt Frau Xandra Unbekannt.", ["Xandra Unbekannt"]),
        ("Es grüßt Frau X. Unbekannt.", ["X. Unbekannt"]),
        ("Kübra Yılmaz und Łukasz gingen.", ["Kübra Yılmaz"]),
        ("Sinéad war da, Zoë auch, André Müßig blieb.", ["André Müßig"]),
    ],
)
def test_names_are_found(text: str, names: list[str]) -> None:
    """Given name and surname, with particles, hyphens and initials; titles are no part of the name."""
    assert [found.text for found in find_names(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "Die Digitale Agenda weist Neue Wege.",
        "Smart City, Open Data und New Work sind Themen.",
        "Die Landesregierung Saarland und das Land Hessen handeln gemeinsam.",
        "In der Konrad-Adenauer-Straße 3 und am Ernst-Reuter-Platz.",
        "Besuchen Sie uns in der Max Beispiel Straße 4.",
        "Das Max Planck Institut und die Robert Bosch GmbH forschen.",
        "Die Heinrich Heine Universität und das Johann Wolfgang Goethe Gymnasium.",
        "Die Bertha von Suttner Schule nimmt teil.",
        "Die Otto-von-Guericke-Universität Magdeburg ist Partnerin.",
        "Mark Brandenburg und Frankfurt am Main.",
        "Künstliche Intelligenz, Digitale Teilhabe, Gute Arbeit.",
        "Im Januar Berlin, im August Köln.",
        "Prof. Digitale Agenda und Dr. Neue Wege.",
        "Wirtschaft Digital, Vision Hessen, Zukunft Heimat.",
        "Erster Schritt, Zweite Phase, Dritter Bericht.",
        "Ein Team aus Verwaltung Wirtschaft und Wissenschaft.",
    ],
)
def test_common_nouns_places_and_institutions_are_no_names(text: str) -> None:
    """Nouns are written like names in German; none of these is one."""
    assert find_names(text) == ()


def test_an_unknown_given_name_needs_words_before_it_that_announce_a_person() -> None:
    """``Xaviero`` is in no table: trusted after an office, not in the middle of a sentence."""
    text = "Ministerin Xandrina Unbekannt"
    assert find_names(text) == ()
    assert [found.text for found in find_names(text, {len("Ministerin ")})] == ["Xandrina Unbekannt"]
    assert find_names("Ministerin Digitale Zukunft", {len("Ministerin ")}) == ()


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Erika Mustermann", "Erika Mustermann"),
        ("Dr. Erika Mustermann", "Dr. Erika Mustermann"),
        ("Frau Dr. Erika Mustermann", "Dr. Erika Mustermann"),
        ("Herr Max Beispiel", "Max Beispiel"),
        ("Max Beispiel, MdL", "Max Beispiel"),
        ("Erika MUSTERMANN", "Erika MUSTERMANN"),
        ("Ursula von der Muster", "Ursula von der Muster"),
        ("Xandrina Unbekannt", "Xandrina Unbekannt"),
        ("Prof. Dr.-Ing. Max Beispiel", "Prof. Dr.-Ing. Max Beispiel"),
        ("Pressestelle Staatskanzlei", None),
        ("Digitale Projekte", None),
        ("Referat Digitalstrategie", None),
        ("Am Ludwigsplatz 14", None),
        ("66117 Saarbrücken", None),
        ("Ministerium für Digitales", None),
        ("Öffentlichkeitsarbeit", None),
        ("Landesportal Saarland", None),
        ("Weitere Informationen", None),
        ("Mehr zum Thema", None),
        ("Telefon: 0391 1234", None),
        ("Leiterin Kommunikation", None),
        ("Stand Januar", None),
    ],
)
def test_a_line_is_a_name_or_it_is_not(line: str, name: str | None) -> None:
    """On a card a name stands alone, so that an unknown given name is accepted, a common noun still is not."""
    assert name_of_line(line) == name


def test_titles_and_surnames_are_told_apart() -> None:
    """Both are needed to know that two mentions are one person."""
    assert without_titles("Prof. Dr. Erika Mustermann") == "Erika Mustermann"
    assert surname_of("Ursula von der Muster") == "Muster"


@settings(max_examples=60)
@given(
    first=st.sampled_from(sorted(GIVEN_NAMES)),
    last=st.sampled_from(["Mustermann", "Beispiel", "Muster-Beispiel", "von der Muster", "Schön", "Kümmel", "Geiger"]),
    before=st.sampled_from(["Heute kam ", "Das Grußwort von ", "Mit ", "so "]),
)
def test_every_given_name_of_the_table_begins_a_name(first: str, last: str, before: str) -> None:
    """Whatever stands before: the name is found whole, and its offsets point at its words."""
    text = f"{before}{first} {last} in die Stadt."
    (found,) = find_names(text)
    assert found.text == f"{first} {last}"
    assert text[found.start : found.end] == found.text


@settings(max_examples=80)
@given(st.text(alphabet="ABab äÜ.-'„“\n1,", max_size=200))
def test_any_text_is_read_without_error_and_names_do_not_overlap(text: str) -> None:
    """Names come in order, each after the one before."""
    ends = [0]
    for found in find_names(text):
        assert ends[-1] <= found.start < found.end <= len(text)
        ends.append(found.end)
