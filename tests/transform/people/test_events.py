"""Events: what is one, when, where and by whom; and what merely sounds like one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.documents import declaration, document
from transform.people.reader import read_people
from transform.records import Event


def _events(text: str) -> tuple[Event, ...]:
    return read_people(document(text), declaration()).events


@pytest.mark.parametrize(
    ("text", "name", "kind", "days", "place"),
    [
        (
            "Der Digitalgipfel 2024 findet am 12. Juni 2024 in Musterstadt statt.",
            "Digitalgipfel 2024",
            "Digitalgipfel",
            "2024-06-12/2024-06-12",
            "Musterstadt",
        ),
        (
            "Vom 5. bis 7. März 2024 findet in Mainz die Fachtagung „Smarte Regionen“ statt.",
            "Smarte Regionen",
            "Fachtagung",
            "2024-03-05/2024-03-07",
            "Mainz",
        ),
        (
            "Die Auftaktveranstaltung fand am 14. September 2023 in Magdeburg statt.",
            "Auftaktveranstaltung",
            "Auftaktveranstaltung",
            "2023-09-14/2023-09-14",
            "Magdeburg",
        ),
        (
            "Die Startup-Tour ‚Anstoß 2020‘ führte am 23. Januar 2020 nach Berlin.",
            "Anstoß 2020",
            "Startup-Tour",
            "2020-01-23/2020-01-23",
            "Berlin",
        ),
        (
            "Am 3. Mai 2025 ist der Kongress „Digitales Land“ in der Stadthalle Musterstadt.",
            "Digitales Land",
            "Kongress",
            "2025-05-03/2025-05-03",
            "Stadthalle Musterstadt",
        ),
        (
            "Die Smart Country Convention läuft vom 15. bis 17. Oktober 2024 in Berlin.",
            "Smart Country Convention",
            "Convention",
            "2024-10-15/2024-10-17",
            "Berlin",
        ),
        (
            "Im Oktober 2025 gibt es die Regionalkonferenz „Wirtschaft digital“ in Stendal.",
            "Wirtschaft digital",
            "Regionalkonferenz",
            "2025-10/2025-10",
            "Stendal",
        ),
        (
            "Der Zukunftskongress Staat & Verwaltung beginnt am 24. Juni 2025.",
            "Zukunftskongress Staat & Verwaltung",
            "Zukunftskongress",
            "2025-06-24/2025-06-24",
            None,
        ),
        (
            "Der Workshop zur Fortschreibung am 4. Februar 2022 war voll.",
            "Workshop",
            "Workshop",
            "2022-02-04/2022-02-04",
            None,
        ),
        (
            "Während des Digitalgipfels am 30. Oktober 2023 in Jena sprach niemand.",
            "Digitalgipfel",
            "Digitalgipfel",
            "2023-10-30/2023-10-30",
            "Jena",
        ),
        (
            "Die Konferenz ist am 8. Mai 2025 im Landtag in Potsdam.",
            "Konferenz",
            "Konferenz",
            "2025-05-08/2025-05-08",
            "Landtag in Potsdam",
        ),
        (
            "Das Dialogforum am 20.11.2024 in Halle (Saale) ist offen.",
            "Dialogforum",
            "Dialogforum",
            "2024-11-20/2024-11-20",
            "Halle (Saale)",
        ),
        (
            "Zum Tag der Digitalisierung am 3. Juni 2024 in Erfurt kamen viele.",
            "Tag der Digitalisierung",
            "Tag",
            "2024-06-03/2024-06-03",
            "Erfurt",
        ),
        ("Der „Impulse“-Kongress war am 3. Juni 2024.", "Impulse", "Kongress", "2024-06-03/2024-06-03", None),
        (
            'Der Kongress "Digitales Land" war am 3. Juni 2024 in Kiel.',
            "Digitales Land",
            "Kongress",
            "2024-06-03/2024-06-03",
            "Kiel",
        ),
    ],
)
def test_an_event_is_read_from_its_sentence(text: str, name: str, kind: str, days: str, place: str | None) -> None:
    """Name, kind, first and last day to the precision told, place."""
    (event,) = _events(text)
    assert (event.name, event.kind, f"{event.start_on}/{event.end_on}", event.place) == (name, kind, days, place)
    assert event.evidence == text


@pytest.mark.parametrize(
    ("text", "organiser"),
    [
        ("Auf Einladung der Staatskanzlei war am 5. März 2024 eine Tagung in Mainz.", "Staatskanzlei"),
        ("Auf Initiative des Landesamtes für Beispiele war am 5. März 2024 eine Tagung.", "Landesamt für Beispiele"),
        (
            "Am 3. Mai 2025 lädt das Ministerium für Digitales und Infrastruktur zum Kongress ein.",
            "Ministerium für Digitales und Infrastruktur",
        ),
        ("Die Landesregierung lädt am 20. November 2024 zum Bürgerdialog ein.", "Landesregierung"),
        ("Im Oktober 2025 richtet die IHK Musterstadt die Regionalkonferenz aus.", "IHK Musterstadt"),
        ("Die Konferenz am 8. Mai 2025 wird vom Landesamt für Beispiele veranstaltet.", "Landesamt für Beispiele"),
        ("Die Konferenz am 8. Mai 2025 ist offen.", None),
    ],
)
def test_the_organiser_is_who_invites_or_holds_it(text: str, organiser: str | None) -> None:
    """In the nominative, and only where the sentence says so."""
    (event,) = _events(text)
    assert event.organiser == organiser


def test_the_date_may_stand_in_another_sentence_about_the_same_occasion() -> None:
    """The press release dates the journey in its first sentence and names it in a quote."""
    (event,) = _events(
        "# Kommunen informieren sich\n"
        "Eine Delegation informierte sich auf Initiative der Staatskanzlei vom 23. bis 24. Januar 2020 in Berlin.\n"
        "„Unser Ziel für die Startup-Tour ‚Anstoß 2020‘ ist, dass wir Ideen entwickeln“, so Max Beispiel.\n"
        "Im Zentrum der Veranstaltung standen Informationen."
    )
    assert (event.name, event.kind, event.start_on, event.end_on) == (
        "Anstoß 2020",
        "Startup-Tour",
        "2020-01-23",
        "2020-01-24",
    )
    assert (event.place, event.organiser, event.section) == ("Berlin", "Staatskanzlei", "Kommunen informieren sich")
    assert event.evidence == "Startup-Tour ‚Anstoß 2020‘"


def test_a_date_of_several_occasions_is_nobodys() -> None:
    """Where two occasions have dates, an undated event gets neither."""
    events = _events(
        "Die Tagung war am 3. Mai 2024 in Kiel.\n"
        "Der Workshop war am 5. Mai 2024 in Mainz.\n"
        "Der Kongress „Digitales Land“ wird gut."
    )
    assert [event.name for event in events] == ["Tagung", "Workshop"]


@pytest.mark.parametrize(
    "text",
    [
        "Die Strategie wurde am 5. September 2023 vom Kabinett beschlossen.",
        "Unser Dialogforum ist ein Erfolg. Konferenzen und Workshops begleiten den Prozess.",
        "Stand: 3. Mai 2024. Das Forum Digitale Bildung begleitet uns.",
        "Der Digitalgipfel 2024 hat Maßstäbe gesetzt.",
        "Die Plattform ging am 3. Mai 2024 in Betrieb.",
        "Bis zum 31. März 2024 können Sie sich beteiligen.",
        "Wir gestalten gemeinsam. Smart Region. Vision 2030.",
        "Bürgerinnen und Bürger kamen am 3. Mai 2024 zusammen.",
        "Eine angemessene Versorgung gilt ab dem 1. Januar 2025.",
    ],
)
def test_without_a_kind_or_a_day_there_is_no_event(text: str) -> None:
    """A decision, a wish, a slogan and a deadline are none."""
    assert _events(text) == ()


def test_labels_below_a_heading_tell_an_event() -> None:
    """Calendars give day, place and organiser with a label each."""
    (event,) = _events(
        "## Fachtagung „Smarte Regionen“\n"
        "Termin: 12. Mai 2025\nOrt: Stadthalle, Musterstadt\nVeranstalter: Land Beispiel"
    )
    assert (event.name, event.kind, event.start_on, event.place, event.organiser) == (
        "Smarte Regionen",
        "Fachtagung",
        "2025-05-12",
        "Stadthalle, Musterstadt",
        "Land Beispiel",
    )
    assert event.evidence == "Termin: 12. Mai 2025\nOrt: Stadthalle, Musterstadt\nVeranstalter: Land Beispiel"


def test_an_event_told_twice_is_one_record() -> None:
    """The kind alone adds what it knows to the named one of the same days."""
    (event,) = _events(
        "Der Kongress „Digitales Land“ ist am 3. Mai 2025.\nDer Kongress am 3. Mai 2025 in Kiel ist ausgebucht."
    )
    assert (event.name, event.place) == ("Digitales Land", "Kiel")


def test_events_of_one_kind_on_other_days_are_several() -> None:
    """Regional conferences share a name, not a day."""
    events = _events(
        "Eine Regionalkonferenz war am 3. Mai 2024 in Kiel.\nEine Regionalkonferenz war am 5. Juni 2024 in Mainz."
    )
    assert [(event.start_on, event.place) for event in events] == [("2024-05-03", "Kiel"), ("2024-06-05", "Mainz")]


@settings(max_examples=60)
@given(
    kind=st.sampled_from(
        ["Kongress", "Fachtagung", "Digitalmesse", "Dialogforum", "Workshop", "Hackathon", "Startup-Tour"]
    ),
    name=st.sampled_from(["Digitales Land", "Anstoß 2020", "Wir sind Netz"]),
    marks=st.sampled_from(["„“", '""', "»«", "‚‘", "“”"]),
    day=st.integers(1, 28),
    place=st.sampled_from(["Kiel", "Mainz", "Musterstadt", "Bad Muster"]),
)
def test_kind_name_day_and_place_come_back(kind: str, name: str, marks: str, day: int, place: str) -> None:
    """For every kind, name, mark, day and place in the plainest of sentences."""
    (event,) = _events(f"Die Veranstalter planen {kind} {marks[0]}{name}{marks[1]} am {day}. Mai 2025 in {place}.")
    assert (event.name, event.kind, event.start_on, event.place) == (name, kind, f"2025-05-{day:02d}", place)
