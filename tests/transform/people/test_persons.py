"""Persons with their offices: before the name, after it, with an organisation, on several places of a page."""

from __future__ import annotations

import pytest

from tests.support.documents import declaration, document
from transform.people.persons import mentions
from transform.people.reader import read_people
from transform.people.roles import is_role, nominative
from transform.records import Person


def _persons(text: str) -> tuple[Person, ...]:
    return read_people(document(text), declaration()).persons


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Ministerpräsident Max Beispiel unterstrich dies.", "Max Beispiel", "Ministerpräsident"),
        ("Digitalministerin Erika Mustermann kam.", "Erika Mustermann", "Digitalministerin"),
        ("Ministerin Prof. Dr. Erika Mustermann kam.", "Erika Mustermann", "Ministerin"),
        ("Wirtschaftsminister Max Beispiel (CDU) kam.", "Max Beispiel", "Wirtschaftsminister"),
        ("Staatssekretär a. D. Max Beispiel kam.", "Max Beispiel", "Staatssekretär a. D."),
        ("Der CIO des Landes Max Beispiel kam.", "Max Beispiel", "CIO des Landes"),
        ("Landes-CIO Jan Muster stellt sich vor.", "Jan Muster", "Landes-CIO"),
        ("Chief Information Officer Max Beispiel leitet dies.", "Max Beispiel", "Chief Information Officer"),
        ("Staatssekretär und CIO des Landes Max Beispiel kam.", "Max Beispiel", "Staatssekretär und CIO des Landes"),
        ("Die Bundestagesabgeordnete Erika Mustermann kam.", "Erika Mustermann", "Bundestagsabgeordnete"),
        ("Der Bevollmächtigte Max Beispiel kam.", "Max Beispiel", "Bevollmächtigter"),
        ("Die Bevollmächtigte Erika Mustermann kam.", "Erika Mustermann", "Bevollmächtigte"),
        ("Die Rede des Beauftragten Max Beispiel war kurz.", "Max Beispiel", "Beauftragter"),
        ("Mit der Beauftragten Erika Mustermann sprachen viele.", "Erika Mustermann", "Beauftragte"),
        ("Die Rede des Ministerpräsidenten Max Beispiel war kurz.", "Max Beispiel", "Ministerpräsident"),
        ("Die Rede des Ministers Max Beispiel war kurz.", "Max Beispiel", "Minister"),
        ("Die Rede des Landrats Max Beispiel war kurz.", "Max Beispiel", "Landrat"),
        ("Landrätin Erika Mustermann kam.", "Erika Mustermann", "Landrätin"),
        ("Der Regierende Bürgermeister Max Beispiel kam.", "Max Beispiel", "Regierender Bürgermeister"),
        (
            "Mit der Parlamentarischen Staatssekretärin Erika Mustermann kam Wind.",
            "Erika Mustermann",
            "Parlamentarische Staatssekretärin",
        ),
        (
            "Die Ministerin für Wissenschaft, Energie und Umwelt Erika Mustermann kam.",
            "Erika Mustermann",
            "Ministerin für Wissenschaft, Energie und Umwelt",
        ),
        (
            "Die Ministerin für Infrastruktur und Digitales, Erika Mustermann, kam.",
            "Erika Mustermann",
            "Ministerin für Infrastruktur und Digitales",
        ),
        (
            "Max Beispiel, der Bevollmächtigte des Beispiellandes für Innovation und Strategie, kam.",
            "Max Beispiel",
            "Bevollmächtigter des Beispiellandes für Innovation und Strategie",
        ),
        ("Erika Mustermann, Ministerin für Digitales, kam.", "Erika Mustermann", "Ministerin für Digitales"),
        ("Erika Mustermann (Ministerin für Digitales) kam.", "Erika Mustermann", "Ministerin für Digitales"),
        ("Erika Mustermann – Ministerin für Digitales", "Erika Mustermann", "Ministerin für Digitales"),
        ("Erika Mustermann ist Ministerin für Digitales.", "Erika Mustermann", "Ministerin für Digitales"),
        ("Erika Mustermann neue Digitalministerin", "Erika Mustermann", "Digitalministerin"),
        (
            "Abteilungsleiterin Digitale Verwaltung Erika Mustermann",
            "Erika Mustermann",
            "Abteilungsleiterin Digitale Verwaltung",
        ),
        ("Staatssekretärin Xandrina Unbekannt kam.", "Xandrina Unbekannt", "Staatssekretärin"),
        ("Kommissionspräsidentin Ursula von der Muster kam.", "Ursula von der Muster", "Kommissionspräsidentin"),
        ("Erika Mustermann kam.", "Erika Mustermann", None),
        ("Beteiligt war Minister E. Mustermann.", "E. Mustermann", "Minister"),
        (
            "Der Landesbeauftragte für den Datenschutz und die Informationsfreiheit Max Beispiel mahnt.",
            "Max Beispiel",
            "Landesbeauftragter für den Datenschutz und die Informationsfreiheit",
        ),
        (
            "Mit der stellvertretenden Vorsitzenden Erika Mustermann.",
            "Erika Mustermann",
            "stellvertretende Vorsitzende",
        ),
    ],
)
def test_a_person_is_read_with_the_office_in_the_nominative(text: str, name: str, role: str | None) -> None:
    """The office is what the words say, without the article and its inflection."""
    (person,) = _persons(text)
    assert (person.name, person.role) == (name, role)
    assert person.evidence in text


@pytest.mark.parametrize(
    ("text", "role", "organisation"),
    [
        (
            "Der Abteilungsleiter für Digitales im Bundesministerium des Innern, für Bau und Heimat Max Beispiel kam.",
            "Abteilungsleiter für Digitales",
            "Bundesministerium des Innern, für Bau und Heimat",
        ),
        ("Der Präsident der IHK Musterstadt Max Beispiel kam.", "Präsident der IHK Musterstadt", "IHK Musterstadt"),
        (
            "Max Beispiel, Direktor des Instituts für Informatik, kam.",
            "Direktor des Instituts für Informatik",
            "Institut für Informatik",
        ),
        (
            "Max Beispiel, Leiter der Abteilung Digitales im Ministerium für Inneres, kam.",
            "Leiter der Abteilung Digitales",
            "Ministerium für Inneres",
        ),
        ("Max Beispiel (Landesamt für Statistik) kam.", None, "Landesamt für Statistik"),
        ("Max Beispiel von der Universität Musterstadt kam.", None, "Universität Musterstadt"),
    ],
)
def test_the_organisation_is_told_from_the_office(text: str, role: str | None, organisation: str) -> None:
    """``im Ministerium …`` is where the office is held; a genitive is part of its title as well."""
    (person,) = _persons(text)
    assert (person.role, person.organisation) == (role, organisation)


@pytest.mark.parametrize(
    ("text", "function"),
    [
        ("„Das ist gut“, so Gastgeber Max Beispiel, der Bevollmächtigte des Landes.", "Gastgeber"),
        ("Das Grußwort hielt die Landtagsabgeordnete Max Beispiel.", "Grußwort"),
        ("Die Moderation übernahm Max Beispiel.", "Moderation"),
        ("Ein Preis ging an Laudatorin Max Beispiel.", "Laudatorin"),
        ("Minister Max Beispiel kam.", None),
    ],
)
def test_the_function_on_the_occasion_is_no_office(text: str, function: str | None) -> None:
    """A host is still a commissioner."""
    (person,) = _persons(text)
    assert person.function == function


def test_several_persons_of_a_sentence_keep_their_own_offices() -> None:
    """An office never leaps over another person's name."""
    found = mentions(
        "Das Grußwort hielt die Landtagsabgeordnete Erika Mustermann, die Keynote der Abteilungsleiter Max Beispiel, "
        "dazu sprachen Anna Muster und Landrat Peter Muster."
    )
    assert [(one.name, one.role, one.function) for one in found] == [
        ("Erika Mustermann", "Landtagsabgeordnete", "Grußwort"),
        ("Max Beispiel", "Abteilungsleiter", "Keynote"),
        ("Anna Muster", None, None),
        ("Peter Muster", "Landrat", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Die Ministerin Digitale Zukunft. Präsident Deutscher Landkreistag. Leiter Digitale Dienste.",
        "Bürgermeister Innovative Startups. Minister Digitales Hessen. Sprecherin Neue Medien.",
        "Ministerpräsidentin und Digitalministerin sind sich einig: Digitale Teilhabe ist wichtig.",
        "Die Bürgermeister informieren sich auf Initiative des Bevollmächtigten Beispiel.",
        "Foto: Staatskanzlei / Max Beispiel",
        "Das Rathaus (Foto: Erika Mustermann) ist offen.",
        "Die Ministerpräsidentenkonferenz hat getagt. Der Landesrechnungshof Musterstadt prüft.",
        "Der Halbleiter Marktführer investiert. Die Vertreterinnen Wirtschaft nahmen teil.",
        "Wir gestalten Zukunft Gemeinsam. Mensch Maschine Mitte. Vision Digitales Land.",
    ],
)
def test_slogans_offices_and_plurals_are_no_persons(text: str) -> None:
    """Precision before recall: without a name there is nobody."""
    assert _persons(text) == ()


def test_a_person_named_twice_is_one_record_with_the_fullest_office() -> None:
    """The first mention gives the place in the order, the longest office its words."""
    persons = _persons(
        "Erika Mustermann eröffnete. Max Beispiel dankte.\n"
        "Ministerin Erika Mustermann kam. Erika Mustermann, Ministerin für Digitales, lobte Erika Mustermanns Team."
    )
    assert [(one.position, one.name, one.role) for one in persons] == [
        (0, "Erika Mustermann", "Ministerin für Digitales"),
        (1, "Max Beispiel", None),
    ]


def test_an_office_before_the_surname_alone_reaches_the_person() -> None:
    """The page names the person in full once and with the office elsewhere."""
    (person,) = _persons("Erika Mustermann begrüßte alle.\nDigitalministerin Mustermann dankte.")
    assert (person.name, person.role) == ("Erika Mustermann", "Digitalministerin")
    assert person.evidence == "Digitalministerin Mustermann"


def test_contact_persons_are_persons_with_the_role_of_their_card() -> None:
    """A card names a person as well as a sentence does."""
    (person,) = _persons("## Kontakt\nDr. Erika Mustermann\\nPressesprecherin\\nTel.: 0391 1234567")
    assert (person.name, person.role, person.section) == ("Erika Mustermann", "Pressesprecherin", "Kontakt")


def test_a_kicker_names_nobody() -> None:
    """The line above the title is metadata."""
    assert _persons("^ Ministerin Erika Mustermann\n# Titel") == ()


@pytest.mark.parametrize(
    ("word", "article", "expected"),
    [
        ("Bevollmächtigte", "der", "Bevollmächtigter"),
        ("Bevollmächtigte", "die", "Bevollmächtigte"),
        ("Bevollmächtigten", "des", "Bevollmächtigter"),
        ("Bevollmächtigten", "der", "Bevollmächtigte"),
        ("Vorsitzender", "", "Vorsitzender"),
        ("Präsidenten", "dem", "Präsident"),
        ("Experten", "des", "Experte"),
        ("Staatssekretärs", "des", "Staatssekretär"),
        ("Ministerin", "der", "Ministerin"),
        ("Landrats", "des", "Landrat"),
        ("Landtagesabgeordnete", "die", "Landtagsabgeordnete"),
        ("Tisch", "der", "Tisch"),
    ],
)
def test_offices_are_put_in_the_nominative(word: str, article: str, expected: str) -> None:
    """Of all inflections only the genitive -s, the weak -en and the participles' endings change."""
    assert nominative(word, article) == expected


@pytest.mark.parametrize(
    "word", ["Ministerinnen", "Bürgermeistern", "Landräte", "Halbleiter", "minister", "Digitalisierung", "Preis"]
)
def test_plurals_and_other_nouns_are_no_office(word: str) -> None:
    """An office is held by one person."""
    assert not is_role(word)
