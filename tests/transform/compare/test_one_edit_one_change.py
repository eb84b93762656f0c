"""What several records tell of one edit is told once, by the one that says most; and nothing is lost by that."""

from __future__ import annotations

from dataclasses import replace

from tests.support.record_pages import action_fields, figure, page, section, told
from transform.change import ChangeClass, ChangeKind, Entity
from transform.compare.comparison import compare_records
from transform.records import Contact, DateRecord, DocumentRecord, Event, Goal, ListItem, Records


def with_section(heading: str, text: str, **more: object) -> Records:
    """A page with one more section and what is read from it."""
    return page(**{"sections": (page().sections[0], section(heading, text, position=1)), "figures": (), **more})


def goals(*texts: str, **more: object) -> Records:
    listed = tuple(Goal(position=rank, section="Ziele", evidence=text, text=text) for rank, text in enumerate(texts))
    return with_section("Ziele", "\n".join(texts), goals=listed, **more)


def event(day: str, last: str) -> Records:
    text = f"Der Netztag findet vom {day} bis {last} in Husum statt."
    return with_section(
        "Termine",
        text,
        events=(Event(position=0, evidence=text, name="Netztag", start_on=day, end_on=last, place="Husum"),),
        dates=(DateRecord(position=0, evidence=text, role="event", start_on=day, end_on=last, precision="day"),),
    )


def test_an_event_that_is_put_off_is_one_change() -> None:
    """First and last day moved together."""
    (change,) = compare_records(event("2026-06-12", "2026-06-13"), event("2026-07-03", "2026-07-04"))
    assert (change.entity, change.field, change.after) == (Entity.EVENT, "start_on", "2026-07-03")


def test_an_event_that_ends_later_is_told_by_its_last_day() -> None:
    """Its first day is the same."""
    (change,) = compare_records(event("2026-06-12", "2026-06-13"), event("2026-06-12", "2026-06-14"))
    assert (change.field, change.before, change.after) == ("end_on", "2026-06-13", "2026-06-14")


def test_a_number_inside_a_goal_is_told_as_the_figure_alone() -> None:
    """The goal is the same one."""

    def target(number: int) -> Records:
        text = f"{number} Betriebe werden jedes Jahr beraten"
        return goals(text, "Netze wachsen zusammen", figures=(figure(number, "Betriebe", text),))

    assert told(target(5000), target(7500)) == [("figure", "changed", "value")]


def test_a_year_beside_a_figure_is_not_swallowed_by_it() -> None:
    """Two things changed in one sentence; the figure tells one of them."""

    def spent(year: int, sum_: int) -> Records:
        text = f"Im Jahr {year} flossen {sum_} Euro in den Ausbau."
        return replace(with_section("Geld", text), figures=(figure(sum_, "Euro", text),))

    changes = compare_records(spent(2024, 310), spent(2025, 342))
    assert [(c.entity, c.kind) for c in changes] == [(Entity.FIGURE, "changed"), (Entity.SECTION, "edited")]


def test_a_sum_in_words_is_told_as_the_figure_alone() -> None:
    """„Eine Milliarde“ and „Zwei Milliarden“ differ in both words."""

    def sums(words: str, value: float) -> Records:
        text = f"{words} Euro investiert das Land bis zum Ende."
        return replace(with_section("Geld", text), figures=(figure(value, "Euro", text),))

    assert told(sums("Eine Milliarde", 1e9), sums("Zwei Milliarden", 2e9)) == [("figure", "changed", "value")]


def test_a_field_that_was_split_is_renamed_and_its_other_half_added() -> None:
    """The words of the new field stood in the name of the old one: they are a field of their own now."""

    def fields(*names: str) -> Records:
        return with_section("Felder", "\n".join(names), action_fields=action_fields(*names))

    changes = compare_records(fields("Netze", "Wirtschaft und Arbeit"), fields("Netze", "Wirtschaft", "Arbeit"))
    assert sorted((c.kind, c.before, c.after) for c in changes) == [
        (ChangeKind.ADDED, None, "Arbeit"),
        (ChangeKind.RENAMED, "Wirtschaft und Arbeit", "Wirtschaft"),
    ]


def test_goals_that_were_merged_are_renamed_and_removed() -> None:
    """No text is told a third time."""
    changes = compare_records(
        goals("Anträge gelingen am Handy", "Register sind verbunden"),
        goals("Anträge gelingen am Handy, denn Register sind verbunden"),
    )
    assert sorted((c.entity, c.kind) for c in changes) == [(Entity.GOAL, "removed"), (Entity.GOAL, "renamed")]


def test_a_field_with_its_description_beside_it_is_one_change() -> None:
    """Term and description came together."""

    def fields(*names: str) -> Records:
        records = tuple(replace(one, description=f"{one.name} hilft allen.") for one in action_fields(*names))
        text = "\n".join(f"{name} {name} hilft allen." for name in names)
        return with_section("Felder", text, action_fields=records)

    assert told(fields("Netze", "Daten"), fields("Netze", "Schule", "Daten")) == [("action_field", "added", None)]


def test_text_that_follows_a_new_heading_moved_with_it() -> None:
    """The closing line of the page is not gone from the section before."""
    council, closing = "Ein Beirat aus allen Kreisen begleitet die Arbeit.", "Das Gespräch führte Bernd Schreiber."
    before = with_section("Rat", f"{council}\n{closing}")
    europe = "Mit den Nachbarn in Europa arbeitet das Land an gemeinsamen Räumen für Daten."
    sections = (before.sections[0], section("Rat", council, position=1), section("Europa", f"{europe}\n{closing}"))
    changes = compare_records(before, replace(before, sections=sections))
    assert [(c.kind, c.change_class) for c in changes] == [
        (ChangeKind.ADDED, ChangeClass.CONTENT),
        (ChangeKind.MOVED, ChangeClass.ORDER),
    ]


def card(phone: str, *, name: str | None = "Tim Probe", listed: bool = False) -> Records:
    text = f"{name or ''}, Berater, Tel. {phone}".lstrip(", ")
    items = (ListItem(position=0, evidence=text, text=text),) if listed else ()
    contact = Contact(position=0, section="Rat", evidence=text, name=name, role="Berater", phone=phone)
    return with_section("Rat", text, contacts=(contact,), list_items=items)


def test_a_contact_in_a_list_is_told_as_the_contact() -> None:
    """Its line in the list is the same edit."""
    before, after = card("069 2475-112", listed=True), card("069 2475-150", listed=True)
    assert told(before, after) == [("contact", "changed", "phone")]


def test_a_telephone_number_in_other_groups_of_digits_alerts_nobody() -> None:
    """Who dials it reaches the same."""
    (change,) = compare_records(card("+49 (0)69 2475-112"), card("069 / 2475 112"))
    assert change.change_class is ChangeClass.EDITORIAL


def test_an_office_without_a_name_has_another_number() -> None:
    """Nobody was replaced."""
    (change,) = compare_records(card("(030) 9013-0", name=None), card("(030) 9013-7000", name=None))
    assert (change.kind, change.field) == (ChangeKind.CHANGED, "phone")


def document(label: str, url: str = "https://x.example/a.pdf") -> DocumentRecord:
    return DocumentRecord(position=0, section="Downloads", evidence=label, label=label, url=url)


def downloads(*files: DocumentRecord) -> Records:
    text = "\n".join(one.label for one in files)
    return with_section("Downloads", text, documents=files)


def test_a_file_under_another_name_is_renamed() -> None:
    """Address and bytes are the same."""
    (change,) = compare_records(downloads(document("Strategie")), downloads(document("Strategie 2025")))
    assert (change.entity, change.kind, change.field) == (Entity.DOCUMENT, ChangeKind.RENAMED, "label")


def test_a_file_that_is_called_as_before_accounts_for_no_word_of_the_text() -> None:
    """The word that went from the sentence is told, though the file's label has it as well."""
    before = downloads(document("Strategie (PDF, 2 MB)"))
    before = replace(before, sections=(*before.sections, section("Mehr", "Die Strategie gilt im Land.", position=2)))
    after = downloads(document("Strategie (PDF, 3 MB)"))
    after = replace(after, sections=(*after.sections, section("Mehr", "Die gilt im Land.", position=2)))
    (change,) = compare_records(before, after)
    assert (change.entity, change.kind) == (Entity.SECTION, ChangeKind.EDITED)


def test_another_file_in_the_place_of_one_replaces_it() -> None:
    """Label and address are new, but it is what one is offered there now."""
    entwurf = document("Digitalstrategie im Entwurf", "https://x.example/entwurf.pdf")
    (change,) = compare_records(downloads(document("Eckpunkte")), downloads(entwurf))
    assert (change.kind, change.after) == (ChangeKind.REPLACED, "https://x.example/entwurf.pdf")


def test_what_a_page_states_of_its_own_age_is_no_content() -> None:
    """The date stands beside the text, and changes with every upload."""

    def stated(day: str) -> Records:
        date = DateRecord(position=0, evidence=day, role="published", start_on=day, end_on=day, precision="day")
        return page(dates=(date,))

    assert told(stated("2024-04-11"), stated("2024-06-02")) == []
