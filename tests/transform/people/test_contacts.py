"""Contacts: the same card in any mark-up, every way to write an address or a number, and what is no contact."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.documents import declaration, document
from transform.document import Document
from transform.people.contact_lines import emails_in, pieces, plain_email
from transform.people.reader import read_people
from transform.reading.body import read_body
from transform.records import Contact

_Told = dict[str, str]


def _told(contact: Contact) -> _Told:
    fields = ("name", "role", "organisation", "email", "phone", "address")
    return {field: value for field in fields if (value := getattr(contact, field)) is not None}


def _contacts(text: str) -> list[_Told]:
    return [_told(contact) for contact in read_people(document(text), declaration()).contacts]


def _from_html(inner: str) -> tuple[Contact, ...]:
    intro = "<h1>Titel</h1><p>Ein Satz zur Einleitung steht hier.</p>"
    body = f"<html lang=de><body><main>{intro}{inner}</main></body></html>"
    read = read_body(
        body.encode(), content_type="text/html; charset=utf-8", url="https://www.beispiel.de/", declaration=None
    )
    assert isinstance(read, Document)
    return read_people(read, declaration()).contacts


_FIRST = ("Max Beispiel", "Pressesprecher", "Am Markt 14", "12345 Musterstadt")
_SECOND = ("Erika Mustermann", "Referatsleiterin: Redaktion, Koordination", "Am Markt 14", "12345 Musterstadt")


def _cards(heading: str, card: str) -> str:
    """Two cards in one mark-up; ``{0}`` to ``{3}`` stand for name, role, street and town."""
    return heading + card.format(*_FIRST) + card.format(*_SECOND)


_TABLE = """## Kontakt
| Name | Funktion | Telefon | E-Mail
| Erika Mustermann | Referentin | 0681 501-1234 | e@beispiel.de
| Max Beispiel | Referent | 0681 501-1235 | m@beispiel.de"""
_ONE_LINE = (
    "Verantwortlich für diese Pressemitteilung: Max Beispiel, Erika Mustermann | Staatskanzlei | Musterweg 104, "
    "12345 Musterstadt | Tel. 0431 988-1704 | Fax 0431 988-1977 | E-Mail: presse@stk.beispiel.de"
)
_AT_CHANCELLERY = {
    "organisation": "Staatskanzlei",
    "email": "presse@stk.beispiel.de",
    "phone": "0431 988-1704",
    "address": "Musterweg 104, 12345 Musterstadt",
}
_H2 = "<h2>Ansprechpartner</h2>"
_CARDS = {
    "p, strong, br": _cards(_H2, "<p><strong>{0}</strong><br>{1}<br>{2}<br>{3}</p>"),
    "two paragraphs a card": _cards(_H2, "<div><p>{0}<br>{1}</p><p>{2}<br>{3}</p></div>"),
    "a paragraph a line": _cards(_H2, "<p>{0}</p><p>{1}</p><p>{2}</p><p>{3}</p>"),
    "dl": _cards("<h3>Ansprechpartner</h3>", "<dl><dt>{0}</dt><dd>{1}</dd><dd>{2}</dd><dd>{3}</dd></dl>"),
    "one dl": _cards(_H2 + "<dl>", "<dt>{0}</dt><dd>{1}</dd><dd>{2}</dd><dd>{3}</dd>") + "</dl>",
    "divs": _cards(_H2, "<div><div>{0}</div><div>{1}</div><div>{2}</div><div>{3}</div></div>"),
    "address": _cards(_H2, "<address>{0}<br>{1}<br>{2}<br>{3}</address>"),
    "names as headings": _cards(_H2, "<h3>{0}</h3><p>{1}</p><p>{2}<br>{3}</p>"),
    "table": _cards(_H2 + "<table>", "<tr><td>{0}</td><td>{1}</td><td>{2}, {3}</td></tr>") + "</table>",
    "list": _cards(_H2 + "<ul>", "<li>{0}<br>{1}<br>{2}<br>{3}</li>") + "</ul>",
    "label in bold": _cards("<p><strong>Ansprechpartner:</strong></p>", "<p>{0}<br>{1}<br>{2}<br>{3}</p>"),
    "label without colon": _cards("<p><b>Medienansprechpartner</b></p>", "<p>{0}<br>{1}<br>{2}<br>{3}</p>"),
}


@pytest.mark.parametrize("markup", _CARDS)
def test_a_card_reads_the_same_in_any_markup(markup: str) -> None:
    """Paragraphs, terms, table cells: the lines say what the card is."""
    assert [_told(contact) for contact in _from_html(_CARDS[markup])] == [
        {"name": "Max Beispiel", "role": "Pressesprecher", "address": "Am Markt 14, 12345 Musterstadt"},
        {
            "name": "Erika Mustermann",
            "role": "Referatsleiterin: Redaktion, Koordination",
            "address": "Am Markt 14, 12345 Musterstadt",
        },
    ]


def test_paragraphs_and_terms_give_equal_records_evidence_included() -> None:
    """A relaunch that only changes the elements changes no record, so that nobody is alerted."""
    paragraphs, terms = _from_html(_CARDS["p, strong, br"]), _from_html(_CARDS["dl"])
    assert paragraphs == terms
    assert paragraphs[0].evidence == "Max Beispiel\nPressesprecher\nAm Markt 14\n12345 Musterstadt"
    assert paragraphs[0].section == "Titel > Ansprechpartner"


@pytest.mark.parametrize(
    ("written", "email"),
    [
        ("post@amt.beispiel.de", "post@amt.beispiel.de"),
        ("Strategie@LR.Beispiel.DE", "strategie@lr.beispiel.de"),
        ("digital-amt(at)beispielland.de", "digital-amt@beispielland.de"),
        ("post (at) beispiel.de", "post@beispiel.de"),
        ("post [at] beispiel (dot) de", "post@beispiel.de"),
        ("post [at] beispiel [punkt] de", "post@beispiel.de"),
        ("post{at}beispiel{dot}de", "post@beispiel.de"),
        ("post at beispiel dot de", "post@beispiel.de"),
        ("max.beispiel+presse@amt-digital.beispiel.de", "max.beispiel+presse@amt-digital.beispiel.de"),
    ],
)
def test_an_address_is_read_through_its_disguise(written: str, email: str) -> None:
    """In a sentence as on a line of its own, and in lower case."""
    assert emails_in(f"Schreiben Sie an {written}.") == (email,)
    assert plain_email(written) == email
    assert _contacts(f"## Fragen und Anregungen?\n{written}") == [{"email": email}]


@pytest.mark.parametrize(
    "text", ["Look at example.de", "um 12 @ Uhr", "a@b", "Kontakt at home", "@digital", "Stand: 3.4.2024"]
)
def test_what_only_looks_like_an_address_is_none(text: str) -> None:
    """An address has a local part and a host with a dot."""
    assert emails_in(text) == ()


@pytest.mark.parametrize(
    ("line", "phone"),
    [
        ("Telefon: +49 391 567 7120", "+49 391 567 7120"),
        ("Tel.: 0391 567-7120", "0391 567-7120"),
        ("Tel. (0391) 567 7120", "(0391) 567 7120"),
        ("Fon 0391/5677120", "0391/5677120"),
        ("T: +49 (0)391 567-0", "+49 (0)391 567-0"),
        ("Telefonnummer: 0391 5677120", "0391 5677120"),
        ("Mobil: 0151 23456789", "0151 23456789"),
        ("+49 391 567 7120", "+49 391 567 7120"),
        ("0391 567 71 20", "0391 567 71 20"),
    ],
)
def test_a_number_is_kept_as_written_without_its_label(line: str, phone: str) -> None:
    """Every usual label, and none."""
    assert _contacts(f"## Kontakt\nErika Mustermann\\n{line}") == [{"name": "Erika Mustermann", "phone": phone}]


@pytest.mark.parametrize("line", ["Fax: 0391 567 7121", "Telefax 0391 567 7121", "Fax\\n0391 567 7121"])
def test_a_fax_is_no_telephone(line: str) -> None:
    """Nobody answers there."""
    text = f"## Kontakt\nErika Mustermann\\nTel.: 0391 567 7120\\n{line}"
    assert _contacts(text) == [{"name": "Erika Mustermann", "phone": "0391 567 7120"}]
    first = f"## Kontakt\nErika Mustermann\\n{line}\\nTel.: 0391 567 7120"
    assert _contacts(first) == [{"name": "Erika Mustermann", "phone": "0391 567 7120"}]


_REACHED = "Tel. 0391 567-7120, erika.mustermann@beispiel.de"


@pytest.mark.parametrize(
    "line",
    [
        f"Erika Mustermann, Referatsleiterin, {_REACHED}",
        f"Erika Mustermann (Referatsleiterin), {_REACHED}",
        f"Erika Mustermann – Referatsleiterin – {_REACHED}",
        f"Ihre Ansprechpartnerin: Erika Mustermann, Referatsleiterin, {_REACHED}",
        "Erika Mustermann | Referatsleiterin | Tel. 0391 567-7120 | erika.mustermann@beispiel.de",
    ],
)
@pytest.mark.parametrize("heading", ["## Kontakt\n", ""])
def test_a_card_on_one_line_keeps_its_role(heading: str, line: str) -> None:
    """Below a heading that says so and without one, whatever parts its pieces."""
    assert _contacts(f"{heading}{line}") == [
        {
            "name": "Erika Mustermann",
            "role": "Referatsleiterin",
            "email": "erika.mustermann@beispiel.de",
            "phone": "0391 567-7120",
        }
    ]


@pytest.mark.parametrize(
    ("lines", "address"),
    [
        ("Am Ludwigsplatz 14\\n12345 Musterstadt", "Am Ludwigsplatz 14, 12345 Musterstadt"),
        ("Am Ludwigsplatz 14, 12345 Musterstadt", "Am Ludwigsplatz 14, 12345 Musterstadt"),
        ("Joseph-von-Fraunhofer Str. 2\\n12345 Musterstadt", "Joseph-von-Fraunhofer Str. 2, 12345 Musterstadt"),
        ("Turmschanzenstraße 30a\\nD-12345 Musterstadt", "Turmschanzenstraße 30a, 12345 Musterstadt"),
        ("Georg-August-Zinn-Str. 1-3\\n12345 Bad Muster", "Georg-August-Zinn-Str. 1-3, 12345 Bad Muster"),
        ("Postfach 12 34\\n12345 Musterstadt", "Postfach 12 34, 12345 Musterstadt"),
        ("Straße des 17. Juni 135\\n12345 Musterstadt", "Straße des 17. Juni 135, 12345 Musterstadt"),
        ("Anschrift: Neuer Weg 5\\n12345 Muster am See", "Neuer Weg 5, 12345 Muster am See"),
        ("12345 Musterstadt", "12345 Musterstadt"),
    ],
)
def test_street_and_town_make_one_line(lines: str, address: str) -> None:
    """Street and house number, post code and town, joined by a comma."""
    (told,) = _contacts(f"## Kontakt\nErika Mustermann\\n{lines}")
    assert told == {"name": "Erika Mustermann", "address": address}


def test_the_first_address_of_a_card_counts() -> None:
    """A post box after the street is no contact of its own."""
    text = "## Kontakt\nAmt für Beispiele\\nAm Markt 3\\n12345 Musterstadt\\nPostfach 12 34\\n12346 Musterstadt"
    assert _contacts(text) == [{"name": "Amt für Beispiele", "address": "Am Markt 3, 12345 Musterstadt"}]


def test_an_office_is_a_contact_too() -> None:
    """The ministry's address in one line, its units in the name, its own name as the organisation."""
    assert _contacts(
        "## Kontakt\nMinisterium für Beispiele und Digitales, Referat Digitalstrategie, Digitale Projekte, "
        "Joseph-Muster Str. 2, 12345 Musterstadt\nTelefon: +49 391 567 7120\nE-Mail: amt(at)beispielland.de"
    ) == [
        {
            "name": "Ministerium für Beispiele und Digitales, Referat Digitalstrategie, Digitale Projekte",
            "organisation": "Ministerium für Beispiele und Digitales",
            "email": "amt@beispielland.de",
            "phone": "+49 391 567 7120",
            "address": "Joseph-Muster Str. 2, 12345 Musterstadt",
        }
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "## Pressekontakt\nDr. Erika Mustermann, Pressesprecherin, Tel. 0391 567-7120, presse@amt.beispiel.de",
            [
                {
                    "name": "Dr. Erika Mustermann",
                    "role": "Pressesprecherin",
                    "email": "presse@amt.beispiel.de",
                    "phone": "0391 567-7120",
                }
            ],
        ),
        (
            "## Kontakt\nPressesprecherin Erika Mustermann\\nTel. (0385) 588-0",
            [{"name": "Erika Mustermann", "role": "Pressesprecherin", "phone": "(0385) 588-0"}],
        ),
        (
            "## Kontakt\nAnsprechpartnerin: Erika Mustermann\\nE-Mail: e@beispiel.de",
            [{"name": "Erika Mustermann", "email": "e@beispiel.de"}],
        ),
        (
            "## Kontakt\nErika Mustermann\\nStabsstelle Digitales\\nLandesamt für Beispiele\\ne@beispiel.de",
            [
                {
                    "name": "Erika Mustermann",
                    "organisation": "Stabsstelle Digitales, Landesamt für Beispiele",
                    "email": "e@beispiel.de",
                }
            ],
        ),
        (
            _TABLE,
            [
                {"name": "Erika Mustermann", "role": "Referentin", "email": "e@beispiel.de", "phone": "0681 501-1234"},
                {"name": "Max Beispiel", "role": "Referent", "email": "m@beispiel.de", "phone": "0681 501-1235"},
            ],
        ),
        (
            "## Kontakt\nStellv. Pressesprecher\\nMax Beispiel\\nT.: 0385 5881",
            [{"name": "Max Beispiel", "role": "Stellv. Pressesprecher", "phone": "0385 5881"}],
        ),
        ("## Kontakt\nPressestelle\\nTelefon\\n0391 1234567", [{"name": "Pressestelle", "phone": "0391 1234567"}]),
        ("## Fragen und Anregungen?\nstrategie@beispiel.de", [{"email": "strategie@beispiel.de"}]),
        (
            "Ansprechpartnerin ist Erika Mustermann, Telefon 0391 1234567, E-Mail: e.m@beispiel.de.",
            [{"name": "Erika Mustermann", "email": "e.m@beispiel.de", "phone": "0391 1234567"}],
        ),
        (_ONE_LINE, [{"name": "Max Beispiel"}, {"name": "Erika Mustermann", **_AT_CHANCELLERY}]),
        (
            "Fragen Sie Herrn Max Beispiel (m@beispiel.de) oder Frau Erika Mustermann (e@beispiel.de).",
            [
                {"name": "Max Beispiel", "email": "m@beispiel.de"},
                {"name": "Erika Mustermann", "email": "e@beispiel.de"},
            ],
        ),
        (
            "Weitere Auskünfte: Landesamt für Beispiele, Telefon (03 91) 5 67-01",
            [{"name": "Landesamt für Beispiele", "phone": "(03 91) 5 67-01"}],
        ),
        ("Fragen beantworten wir gern unter strategie@beispiel.de.", [{"email": "strategie@beispiel.de"}]),
        (
            "Amt für Beispiele, Am Markt 3, 12345 Musterstadt",
            [{"name": "Amt für Beispiele", "address": "Am Markt 3, 12345 Musterstadt"}],
        ),
        (
            "## Kontakt\na@beispiel.de\nb@beispiel.de\na@beispiel.de",
            [{"email": "a@beispiel.de"}, {"email": "b@beispiel.de"}],
        ),
        (
            "## Kontakt\nPressesprecher Max Beispiel\nMax Beispiel\nPressesprecher\nAm Markt 3\n12345 Musterstadt",
            [{"name": "Max Beispiel", "role": "Pressesprecher", "address": "Am Markt 3, 12345 Musterstadt"}],
        ),
    ],
)
def test_cards_in_every_shape(text: str, told: list[_Told]) -> None:
    """On one line, with the office first, in a sentence, for an office, repeated."""
    assert _contacts(text) == told


def test_the_address_of_a_link_counts_not_its_words() -> None:
    """``E-Mail schreiben`` hides the address; a subject is no part of it."""
    assert _contacts("Wir freuen uns.\n[Schreiben Sie uns](mailto:Info@Digital.Beispiel.de?subject=Frage)") == [
        {"email": "info@digital.beispiel.de"}
    ]
    assert _contacts("## Kontakt\nErika Mustermann\n[E-Mail schreiben](mailto:e@beispiel.de)") == [
        {"name": "Erika Mustermann", "email": "e@beispiel.de"}
    ]
    assert _contacts("## Kontakt\n[Erika Mustermann](mailto:e@beispiel.de)") == [
        {"name": "Erika Mustermann", "email": "e@beispiel.de"}
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Die Strategie wurde 2023 beschlossen. Der Standort in 39106 Musterstadt wird ausgebaut.",
        "## Kontakt\nNutzen Sie unser Formular. Wir antworten Ihnen so schnell wie möglich.",
        "## Kontakt\nZum Kontaktformular\nwww.beispiel.de\nMontag bis Freitag von 9 bis 15 Uhr",
        "Die Nummer 115 ist die Hotline der Verwaltung mit 500 Kommunen.",
        "## Fragen und Antworten\nWas ist die Strategie? Sie ist ein Plan.",
        "Digitalstrategie 2030, 12 Ziele und 24680 Maßnahmen",
        "Ministerin Erika Mustermann eröffnete die Tagung.",
    ],
)
def test_prose_forms_and_opening_hours_are_no_contacts(text: str) -> None:
    """A contact says a person, or how to reach someone."""
    assert _contacts(text) == []


def test_prose_after_a_labelled_card_is_no_part_of_it() -> None:
    """A paragraph that works as heading opens an area up to the next running text."""
    prose = "Minister Max Beispiel eröffnete am Abend die Tagung mit vielen Gästen aus dem Land und dem Bund."
    people = read_people(document(f"Pressekontakt:\nErika Mustermann\\nPressesprecherin\n{prose}"), declaration())
    assert [contact.name for contact in people.contacts] == ["Erika Mustermann"]
    assert {person.name for person in people.persons} == {"Erika Mustermann", "Max Beispiel"}


@settings(max_examples=80)
@given(
    local=st.from_regex(r"[a-z][a-z0-9]{0,8}(\.[a-z]{2,8})?", fullmatch=True),
    host=st.from_regex(r"[a-z]{2,8}(-[a-z]{2,5})?(\.[a-z]{2,8})?\.(de|eu|sh)", fullmatch=True),
    at=st.sampled_from(["@", "(at)", " (at) ", "[at]", " [at] ", "{at}"]),
)
def test_every_disguise_of_an_address_is_undone(local: str, host: str, at: str) -> None:
    """Whatever the address, the plain one comes back, and reading it again changes nothing."""
    assert emails_in(f"E-Mail: {local}{at}{host}") == (f"{local}@{host}",)
    assert emails_in(f"{local}@{host}") == (f"{local}@{host}",)


@settings(max_examples=100)
@given(st.text(alphabet="aA1 .,:@|()-–Tel0+äß\n", max_size=160))
def test_any_line_is_read_without_error(line: str) -> None:
    """Nothing on a card is too odd."""
    assert all(told.value or told.kind.value == "label" for told in pieces(line))


def test_long_lines_are_read_in_time() -> None:
    """A hostile page costs no more than its length."""
    assert emails_in("a" * 200_000) == ()
    assert emails_in("a." * 50_000 + "@") == ()
    assert isinstance(pieces("Am Markt " * 20_000), tuple)


def test_records_are_equal_whatever_stands_above_the_heading() -> None:
    """Only the section tells where a card stands."""
    (one,) = read_people(document("# A\n## Kontakt\nErika Mustermann\\nReferentin"), declaration()).contacts
    (other,) = read_people(document("# B\n## Kontakt\nErika Mustermann\\nReferentin"), declaration()).contacts
    assert replace(one, section=None) == replace(other, section=None)
