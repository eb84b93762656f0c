"""One edit gives one change, the most telling one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.record_pages import FIELD_NAMES, TITLE, action_fields, figure, item, page, section, told, with_text
from transform.change import ChangeClass, ChangeKind, Entity
from transform.compare.comparison import compare_records
from transform.records import (
    Contact,
    DateRecord,
    DocumentRecord,
    Event,
    Goal,
    Records,
    Strategy,
)


def test_equal_records_give_no_change() -> None:
    """Nothing is told of a page that says the same."""
    assert compare_records(page(), page()) == ()


def test_a_figure_that_the_page_repeats_changes_once() -> None:
    """36 becomes 37 in two sections: one figure changed, no section edited."""
    sections = tuple(replace(one, text=one.text.replace("36", "37")) for one in page().sections)
    after = page(sections=sections, figures=(figure(37, "Projekte", "Das Programm umfasst 37 Projekte.", mentions=2),))
    (change,) = compare_records(page(), after)
    assert (change.entity, change.kind, change.field) == (Entity.FIGURE, ChangeKind.CHANGED, "value")
    assert (change.before, change.after) == ("36", "37")
    assert change.change_class is ChangeClass.CONTENT


def test_a_number_word_and_a_qualifier_belong_to_the_figure() -> None:
    """From "sechs Felder" to "mehr als sieben Felder": one change, from 6 to 7."""
    before = page(
        sections=with_text(page(), 0, "Es gibt sechs Felder."), figures=(figure(6, "Felder", "Es gibt sechs Felder."),)
    )
    after = page(
        sections=with_text(page(), 0, "Es gibt mehr als sieben Felder."),
        figures=(figure(7, "Felder", "Es gibt mehr als sieben Felder.", comparator="gt", qualifier="mehr als"),),
    )
    (change,) = compare_records(before, after)
    assert (change.before, change.after) == ("6", "7")
    assert "mehr als 7" in change.summary


def test_another_edit_beside_a_figure_is_told_as_well() -> None:
    """A figure accounts for its own words only; the edited sentence beside it is a change of its own."""
    after = page(
        sections=with_text(page(), 2, "Im Frühjahr wird berichtet. Danach geht es weiter wie geplant."),
        figures=(figure(36, "Projekte", "Das Programm umfasst 36 Projekte.", mentions=2),),
    )
    (change,) = compare_records(page(), after)
    assert (change.entity, change.kind) == (Entity.SECTION, ChangeKind.EDITED)
    assert change.before == "Im Herbst wird berichtet."
    assert change.after == "Im Frühjahr wird berichtet."


def test_a_new_field_accounts_for_its_section() -> None:
    """A field that is a heading of the page is one change, not an added section besides."""
    before = page(action_fields=action_fields("Digitale Wege", "Sichere Netze"))
    after = page(
        sections=(*page().sections, section("Offene Daten", "Daten werden geteilt und gepflegt.", position=3)),
        action_fields=action_fields(*FIELD_NAMES),
    )
    (change,) = compare_records(before, after)
    assert (change.entity, change.kind, change.after) == (Entity.ACTION_FIELD, ChangeKind.ADDED, "Offene Daten")


def test_a_renamed_field_is_neither_removed_nor_added() -> None:
    """ "Offene Daten" becomes "Offene Daten und Datenräume"."""
    before = page(action_fields=action_fields(*FIELD_NAMES))
    after = page(action_fields=action_fields("Digitale Wege", "Offene Daten und Datenräume", "Sichere Netze"))
    (change,) = compare_records(before, after)
    assert (change.kind, change.before, change.after) == (
        ChangeKind.RENAMED,
        "Offene Daten",
        "Offene Daten und Datenräume",
    )


def test_a_removed_field_leaves_the_others_alone() -> None:
    """The fields behind the removed one move up; that is no reordering."""
    before = page(action_fields=action_fields(*FIELD_NAMES))
    after = page(action_fields=action_fields("Digitale Wege", "Sichere Netze"))
    assert told(before, after) == [("action_field", "removed", None)]


def test_a_list_in_another_order_is_one_change_that_does_not_alert() -> None:
    """The last item moves to the top: class order."""
    texts = ["kurze Wege", "gute Netze", "kluge Köpfe", "freie Flächen"]
    before = page(list_items=tuple(item(text, rank) for rank, text in enumerate(texts)))
    after = page(list_items=tuple(item(text, rank) for rank, text in enumerate([texts[-1], *texts[:-1]])))
    (change,) = compare_records(before, after)
    assert (change.kind, change.change_class, change.entity_key) == (
        ChangeKind.REORDERED,
        ChangeClass.ORDER,
        "freie Flächen",
    )


def test_an_item_that_is_edited_and_moved_is_told_as_both() -> None:
    """Keys are not positions: the edit is seen although the order changed as well."""
    before = page(list_items=tuple(item(t, n) for n, t in enumerate(["kurze Wege", "gute Netze", "kluge Köpfe"])))
    after = page(list_items=tuple(item(t, n) for n, t in enumerate(["kluge Köpfe", "kurze Wege", "sehr gute Netze"])))
    assert sorted(kind for _, kind, _ in told(before, after)) == ["renamed", "reordered"]


def test_a_section_with_the_same_text_is_renamed() -> None:
    """Another heading over the same text."""
    sections = list(page().sections)
    sections[2] = section("Wie es weitergeht", sections[2].text, position=2)
    (change,) = compare_records(page(), page(sections=tuple(sections)))
    assert (change.entity, change.kind, change.before, change.after) == (
        Entity.SECTION,
        ChangeKind.RENAMED,
        "Ausblick",
        "Wie es weitergeht",
    )


def test_a_moved_section_is_neither_added_nor_removed() -> None:
    """The second section goes to the end."""
    first, second, third = page().sections
    (change,) = compare_records(page(), page(sections=(first, third, second)))
    assert (change.entity, change.kind, change.change_class) == (Entity.SECTION, ChangeKind.MOVED, ChangeClass.ORDER)


def test_an_added_section_accounts_for_what_stands_in_it() -> None:
    """Contacts and list items of a new section are part of it."""
    extra = section("Kontakt", "Erika Mustermann\nTelefon 030 1234", position=3)
    contact = Contact(position=0, section=extra.path, evidence="Erika Mustermann", name="Erika Mustermann")
    after = page(sections=(*page().sections, extra), contacts=(contact,))
    assert told(page(), after) == [("section", "added", None)]


def test_a_person_replaced_on_a_contact_card_is_one_change() -> None:
    """Another name with the same address below: replaced, and no edited section."""

    def card(name: str) -> Records:
        sections = with_text(page(), 2, f"{name}\nReferat Netze\nHauptstraße 1\n12345 Musterstadt")
        contact = Contact(
            position=0,
            section=sections[2].path,
            evidence=name,
            name=name,
            role="Referat Netze",
            address="Hauptstraße 1, 12345 Musterstadt",
        )
        return page(sections=sections, contacts=(contact,))

    (change,) = compare_records(card("Max Beispiel"), card("Erika Mustermann"))
    assert (change.entity, change.kind, change.before, change.after) == (
        Entity.CONTACT,
        ChangeKind.REPLACED,
        "Max Beispiel",
        "Erika Mustermann",
    )


def test_an_event_that_starts_earlier_accounts_for_its_words_and_dates() -> None:
    """One change of the event's start; neither the date record nor the text is told again."""

    def tour(start: int) -> Records:
        words = f"vom {start}. bis 24. Januar 2020"
        sections = with_text(page(), 2, f"Die Tour „Aufbruch“ führte {words} nach Berlin.")
        days = {"start_on": f"2020-01-{start}", "end_on": "2020-01-24"}
        event = Event(position=0, evidence=f"Tour „Aufbruch“ führte {words}", name="Aufbruch", **days)
        date = DateRecord(position=0, evidence=words, role="event", precision="day", **days)
        return page(sections=sections, events=(event,), dates=(date,))

    (change,) = compare_records(tour(23), tour(22))
    assert (change.entity, change.field, change.before, change.after) == (
        Entity.EVENT,
        "start_on",
        "2020-01-23",
        "2020-01-22",
    )


def test_a_status_sentence_is_told_as_the_status() -> None:
    """The sentence that says that the programme is completed is the status change, not an edited section."""

    def stage(status: str, sentence: str) -> Strategy:
        return Strategy(
            position=0, evidence=TITLE, title=TITLE, kind="programme", status=status, status_evidence=sentence
        )

    done = "Auch das Landesprogramm ist inzwischen umgesetzt."
    before = page(strategies=(stage("beschlossen", "Das Land hat es beschlossen."),))
    after = page(
        sections=with_text(page(), 2, f"{page().sections[2].text} {done}"), strategies=(stage("umgesetzt", done),)
    )
    (change,) = compare_records(before, after)
    assert (change.entity, change.field, change.before, change.after) == (
        Entity.STRATEGY,
        "status",
        "beschlossen",
        "umgesetzt",
    )


@pytest.mark.parametrize(
    ("old", "new", "kind", "field"),
    [
        (("https://a.example/p.pdf?v=9", None), ("https://a.example/p.pdf?v=10", None), ChangeKind.REPLACED, "url"),
        (("https://a.example/p.pdf", "a" * 64), ("https://a.example/p.pdf", "b" * 64), ChangeKind.REPLACED, "sha256"),
        (("https://a.example/p.pdf", "a" * 64), ("https://a.example/q.pdf", "a" * 64), ChangeKind.MOVED, "url"),
    ],
)
def test_documents_are_replaced_or_moved(
    old: tuple[str, str | None], new: tuple[str, str | None], kind: ChangeKind, field: str
) -> None:
    """Another file under another address, other bytes under the same address, the same bytes elsewhere."""

    def linked(url: str, sha256: str | None) -> Records:
        return page(documents=(DocumentRecord(position=0, evidence="PDF", label="Programm", url=url, sha256=sha256),))

    (change,) = compare_records(linked(*old), linked(*new))
    assert (change.entity, change.kind, change.field) == (Entity.DOCUMENT, kind, field)


def test_a_new_publisher_and_a_new_title_are_changes_of_the_page() -> None:
    """The h1 is the page's title: its section is not renamed besides."""
    sections = (section("Landesprogramm Netz 2", page().sections[0].text, level=1), *page().sections[1:])
    after = page(title="Landesprogramm Netz 2", publisher="Staatskanzlei", sections=sections)
    assert sorted(told(page(), after), key=str) == [("page", "changed", "publisher"), ("page", "changed", "title")]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Die vernetze Verwaltung wächst.", "Die vernetzte Verwaltung wächst.", ChangeClass.EDITORIAL),
        ("Aus SIcht der Wirtschaft gilt das.", "Aus Sicht der Wirtschaft gilt das.", ChangeClass.EDITORIAL),
        ("Bürger*innen werden gefragt.", "Bürgerinnen werden gefragt.", ChangeClass.EDITORIAL),
        ("Das ist gut, und es bleibt.", "Das ist gut und es bleibt.", ChangeClass.EDITORIAL),
        ("Es gibt keine Frist dafür.", "Es gibt eine Frist dafür.", ChangeClass.CONTENT),
        ("Die Forderung steht im Plan.", "Die Förderung steht im Plan.", ChangeClass.CONTENT),
        ("Bis 2024 wird gebaut.", "Bis 2025 wird gebaut.", ChangeClass.CONTENT),
        ("Es wird nicht gebaut.", "Es wird sicher gebaut.", ChangeClass.CONTENT),
    ],
)
def test_spelling_is_editorial_and_meaning_is_content(before: str, after: str, expected: ChangeClass) -> None:
    """Editorial changes do not alert, so nothing that turns a meaning round may be one."""
    one = page(sections=with_text(page(), 2, before))
    other = page(sections=with_text(page(), 2, after))
    (change,) = compare_records(one, other)
    assert change.change_class is expected


def test_a_goal_added_to_a_list_is_one_change() -> None:
    """Goals are told like fields."""
    goals = tuple(
        Goal(position=rank, evidence=text, text=text) for rank, text in enumerate(["Wege kürzen", "Netze sichern"])
    )
    assert told(page(goals=goals[:1]), page(goals=goals)) == [("goal", "added", None)]


_TEXTS = st.lists(
    st.sampled_from(["Wege", "Netze", "Daten", "Bildung", "Arbeit", "Gesundheit", "Verkehr", "Kultur"]),
    unique=True,
    max_size=6,
)


@given(_TEXTS, _TEXTS)
@settings(max_examples=150)
def test_the_way_back_removes_what_the_way_there_added(before: list[str], after: list[str]) -> None:
    """Comparing in the other direction exchanges added and removed, and loses nothing."""
    one, other = page(action_fields=action_fields(*before)), page(action_fields=action_fields(*after))
    there, back = compare_records(one, other), compare_records(other, one)
    added = sorted(c.entity_key for c in there if c.kind is ChangeKind.ADDED)
    removed = sorted(c.entity_key for c in back if c.kind is ChangeKind.REMOVED)
    assert added == removed
    assert (not there) == (not back) == (before == after)


@given(st.lists(st.sampled_from(["Land", "Netz", "Plan", "Jahr", "Ziel", "neu", "gut"]), max_size=12), st.data())
@settings(max_examples=150)
def test_no_edit_of_the_text_is_lost(words: list[str], data: st.DataObject) -> None:
    """Whatever word is put into a section, a change tells of it."""
    place = data.draw(st.integers(0, len(words)))
    text, edited = " ".join(words), " ".join([*words[:place], "Glasfaser", *words[place:]])
    before, after = page(sections=with_text(page(), 2, text)), page(sections=with_text(page(), 2, edited))
    changes = compare_records(before, after)
    assert any("Glasfaser" in (change.after or "") for change in changes)
