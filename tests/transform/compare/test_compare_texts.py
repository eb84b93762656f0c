"""Moved, regrouped and rewritten text is told as such, and no word that changed is left untold."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.record_pages import FIELD_NAMES, action_fields, figure, item, page, section, told, with_text
from transform.change import ChangeClass, ChangeKind, Entity
from transform.compare.comparison import compare_records
from transform.records import Records


def two_sections(first: str, second: str, *, heading: str = "Aufbau") -> Records:
    return page(
        sections=(page().sections[0], section(heading, first, position=1), section("Ausblick", second, position=2)),
        figures=(),
    )


REPORT = "Im Herbst wird dem Landtag ausführlich berichtet."
COUNCIL = "Ein Beirat aus allen Kreisen begleitet die Arbeit."
SCHOOLS = "Die Schulen erhalten eigene Mittel für Geräte."


def test_a_paragraph_that_moved_to_another_section_is_told_once_and_alerts_nobody() -> None:
    """Neither section was edited: the same words stand elsewhere."""
    before = two_sections(f"{COUNCIL}\n{REPORT}", SCHOOLS)
    (change,) = compare_records(before, two_sections(COUNCIL, f"{SCHOOLS}\n{REPORT}"))
    assert (change.entity, change.kind, change.change_class) == (Entity.SECTION, ChangeKind.MOVED, ChangeClass.ORDER)
    assert "Aufbau" in change.summary
    assert "Ausblick" in change.summary


def test_a_renamed_heading_over_an_edited_text_is_two_changes() -> None:
    """Two edits, two changes."""
    before = two_sections(f"{COUNCIL} {REPORT}", SCHOOLS)
    after = two_sections(f"{COUNCIL} {REPORT.replace('Herbst', 'Winter')}", SCHOOLS, heading="Gremien")
    assert sorted(kind for _, kind, _ in told(before, after)) == ["edited", "renamed"]


def test_a_correction_beside_an_edit_is_told_apart() -> None:
    """The message of the edit shows the edit alone."""
    before = two_sections(f"{COUNCIL} {REPORT}", SCHOOLS)
    after = two_sections(f"{COUNCIL.replace('begleitet', 'begleitt')} {REPORT.replace('Herbst', 'Winter')}", SCHOOLS)
    classes = {change.change_class: change.before for change in compare_records(before, after)}
    assert classes == {ChangeClass.CONTENT: REPORT, ChangeClass.EDITORIAL: COUNCIL}


def test_the_same_number_of_another_thing_is_no_change_of_a_figure() -> None:
    """36 Projekte become 36 Projektvorhaben: the words are told, no value is."""
    text = "Das Programm umfasst 36 Projektvorhaben. Es gilt im ganzen Land."
    renamed = figure(36, "Projektvorhaben", "Das Programm umfasst 36 Projektvorhaben.", mentions=2)
    after = page(sections=with_text(page(), 0, text), figures=(renamed,))
    assert told(page(), after) == [("section", "edited", "text")]


def test_an_item_that_went_into_another_list_is_moved() -> None:
    """One change that names both lists."""

    def lists(first: list[str], second: list[str]) -> Records:
        items = [item(text, rank, 0) for rank, text in enumerate(first)]
        items += [
            replace(item(text, rank, 1), intro="Nachteile:", role="drawbacks") for rank, text in enumerate(second)
        ]
        return page(list_items=tuple(items))

    before = lists(["kurze Wege", "gute Netze", "kluge Köpfe"], ["hohe Mieten", "lange Fristen"])
    after = lists(["kurze Wege", "kluge Köpfe"], ["hohe Mieten", "lange Fristen", "gute Netze"])
    (change,) = compare_records(before, after)
    assert (change.kind, change.before, change.after) == (ChangeKind.MOVED, "Vorteile:", "Nachteile:")


def test_a_list_that_was_written_anew_is_one_change() -> None:
    """Nearly all items are new: nobody wants eight messages."""
    before = page(list_items=tuple(item(t, n) for n, t in enumerate(["kurze Wege", "gute Netze", "kluge Köpfe"])))
    after = page(list_items=tuple(item(t, n) for n, t in enumerate(["Windstrom", "Seehafen", "Robotik im Werk"])))
    (change,) = compare_records(before, after)
    assert (change.entity, change.kind) == (Entity.LIST_ITEM, ChangeKind.REPLACED)
    assert (change.before or "").split("\n") == ["kurze Wege", "gute Netze", "kluge Köpfe"]


def test_a_field_that_became_prose_is_not_removed() -> None:
    """Its name still stands on the page as often as before: told as edited text, if at all."""
    before = page(
        sections=with_text(page(), 2, "Offene Daten\nSichere Netze"), action_fields=action_fields(*FIELD_NAMES[1:])
    )
    after = page(sections=with_text(page(), 2, "Dazu gehören Offene Daten und Sichere Netze."), action_fields=())
    assert {kind for _, kind, _ in told(before, after)} <= {"edited"}


def test_two_readings_of_one_body_are_compared_by_record() -> None:
    """The words are the same by construction: what is read less is told, as caused by the reader."""
    before = page(sections=with_text(page(), 2, "Offene Daten"), action_fields=action_fields("Offene Daten"))
    after = replace(before, action_fields=())
    assert compare_records(before, after) == ()
    assert [c.kind for c in compare_records(before, after, by_words=False)] == [ChangeKind.REMOVED]


def test_every_change_says_why_it_matters() -> None:
    """The reason of the significance is a phrase, also for what does not matter."""
    after = page(publisher="Staatskanzlei", sections=with_text(page(), 2, "Im Winter wird berichtet."))
    assert all(change.reason for change in compare_records(page(), after))


_SENTENCES = st.lists(
    st.sampled_from([REPORT, COUNCIL, SCHOOLS, "Das Land wächst.", "Bis 2031 folgt mehr.", "Niemand zahlt Gebühren."]),
    max_size=6,
)


@given(_SENTENCES, _SENTENCES, _SENTENCES, _SENTENCES)
@settings(max_examples=200)
def test_no_word_that_changed_is_left_untold(one: list[str], two: list[str], three: list[str], four: list[str]) -> None:
    """Whatever texts two sections had and have: every word that is said more or less often stands in some change."""
    before, after = two_sections(" ".join(one), " ".join(two)), two_sections(" ".join(three), " ".join(four))
    changes = compare_records(before, after)
    lost = " ".join(change.before or "" for change in changes)
    new = " ".join(change.after or "" for change in changes)
    was, now = Counter(" ".join(one + two).split()), Counter(" ".join(three + four).split())
    assert all(word in lost for word in was - now)
    assert all(word in new for word in now - was)
