"""Messages that a clerk of a ministry understands, in both languages, and that no page can turn against its reader."""

from __future__ import annotations

import dataclasses
import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transform.messages.told import AFTER, BEFORE, FIELD, FIGURE, OTHER, PAGE, dated, incident
from transform.change import Change, ChangeClass, ChangeKind, Entity
from transform.compare.telling import tell
from transform.incidents import IncidentKind, stale_event
from transform.messages.headlines import headline, incident_remedy, incident_title, short_headline
from transform.messages.rendering import (
    Message,
    content_message,
    incident_message,
    mail_page,
    trial_message,
    without_signature,
)
from transform.messages.words import ENGLISH, GERMAN, span
from transform.routing import Language, Route

ROUTE = Route("leitung", "content", ("mail",), lands=frozenset({"DE-SH"}), least_significance=0.3)
IN_ENGLISH = dataclasses.replace(ROUTE, language=Language.EN)
OPERATIONS = Route("betrieb", "incident", ("mail",))
LONG = "Bis 2027 werden alle Leistungen der Verwaltung, die für Bürgerinnen und Bürger wichtig sind, digital. " * 3


def message(*changes: Change, route: Route = ROUTE) -> Message:
    return content_message(PAGE, [dated(change) for change in changes], route, "schluessel")


def test_one_change_in_german() -> None:
    told = message(FIGURE)
    assert (
        told.subject
        == "Schleswig-Holstein: Nordland digital – Zahl „geförderte Vorhaben“: Wert war „150“, ist jetzt „170“"
    )
    assert (
        told.body
        == """\
Nordland digital (Schleswig-Holstein)
Staatskanzlei Nordland
https://nordland.example/plan?a=1&b=2

1 Änderung:

Zahl „geförderte Vorhaben“: Wert war „150“, ist jetzt „170“.
   Abschnitt: Ziele

Wann: nach dem 3. März 2026, 04:10 Uhr (da stand noch die alte Fassung) und bis zum 4. März 2026, 04:10 Uhr \
(da stand die neue); Berliner Zeit.
Nachweis ansehen: strategiemonitor changes --page nord-plan --since 2026-03-03

--\x20
Warum diese Nachricht? Route „leitung“: Inhalte, nur DE-SH, ab Bedeutung 0,3; sofort.
Kennung: schluessel (eine Wiederholung trägt dieselbe)"""
    )


def test_two_changes_in_english_the_most_telling_first() -> None:
    told = message(FIGURE, FIELD, route=IN_ENGLISH)
    assert told.subject == "Schleswig-Holstein: Nordland digital – 2 changes"
    first, second = told.body.index("1. Field of action added: “Digitale Gesundheit”."), told.body.index("2. Figure")
    assert first < second
    assert "2. Figure “geförderte Vorhaben”: value changed, “150” → “170”." in told.body
    assert "When: after 3 March 2026, 04:10" in told.body
    assert "Why this message? Route “leitung”: content, only DE-SH, from significance 0.3; at once." in told.body


def test_long_texts_stand_below_the_line_as_before_and_after() -> None:
    change = tell(Entity.SECTION, "Ziele", ChangeKind.EDITED, before=LONG, after=LONG.replace("2027", "2029", 1))
    told = message(change)
    assert told.subject == "Schleswig-Holstein: Nordland digital – Abschnitt „Ziele“ geändert"
    assert "Abschnitt „Ziele“ geändert\n" in told.body
    assert "   vorher: Bis 2027 werden" in told.body
    assert "   jetzt: Bis 2029 werden" in told.body
    assert re.search(r"<del[^>]*>2027</del> <ins[^>]*>2029</ins>", told.html)
    assert told.html.count("…") == 1, "what stayed far from the difference is left out"


def test_a_wide_interval_says_why_nothing_more_precise_is_known() -> None:
    changes = [dated(before=BEFORE - timedelta(days=2))]
    body = content_message(PAGE, changes, ROUTE, "schluessel").body
    assert "nach dem 1. März 2026, 04:10 Uhr" in body
    assert "Genauer ist es nicht bekannt" in body
    assert "Genauer" not in message(FIGURE).body


def test_a_return_says_that_it_is_one() -> None:
    told = message(dataclasses.replace(FIGURE, change_class=ChangeClass.RETURN))
    assert "1 Änderung: Die Seite zeigt wieder eine frühere Fassung." in told.body
    assert told.subject.endswith("(Die Seite zeigt wieder eine frühere Fassung)")


def test_a_page_without_a_title_goes_by_its_publisher() -> None:
    told = content_message(OTHER, [dated(page=OTHER)], ROUTE, "schluessel")
    assert told.body.startswith("Ministerium Südland (Bayern)\nhttps://")
    assert content_message(OTHER, [dated(page=OTHER)], IN_ENGLISH, "k").subject.startswith(
        "Bavaria: Ministerium Südland"
    )


def test_an_incident_says_what_to_do_and_that_nothing_is_lost() -> None:
    told = incident_message(incident(), PAGE, OPERATIONS, "schluessel")
    assert told.subject == "Schleswig-Holstein: Nordland digital – Zugang verweigert"
    for words in (
        "robots.txt verbietet /plan",
        "Bemerkt: 4. März 2026, 04:10 Uhr",
        "Was gilt: Die zuletzt geprüfte Fassung gilt weiter",
        "Was zu tun ist: robots.txt und Zugang prüfen",
        "Nachsehen: strategiemonitor check nord-plan",
        "Route „betrieb“: Störungen, alle Länder; sofort.",
    ):
        assert words in told.body


def test_an_incident_of_the_run_needs_no_page() -> None:
    told = incident_message(
        stale_event(BEFORE, AFTER), None, dataclasses.replace(OPERATIONS, language=Language.EN), "k"
    )
    assert told.subject == "Strategiemonitor: No fresh coverage any more"
    assert "Look it up: strategiemonitor doctor" in told.body


@pytest.mark.parametrize("kind", IncidentKind)
@pytest.mark.parametrize("language", Language)
def test_every_kind_of_incident_has_a_title_and_a_remedy_in_both_languages(kind: str, language: str) -> None:
    assert incident_title(kind, language) != kind
    assert incident_remedy(kind, language).endswith(".")


@pytest.mark.parametrize("entity", Entity)
@pytest.mark.parametrize("kind", ChangeKind)
def test_every_change_has_a_line_of_its_own_in_both_languages(entity: Entity, kind: ChangeKind) -> None:
    change = tell(entity, "Stichwort", kind, field="value", before="alt", after="neu")
    lines = {headline(change, "de"), headline(change, "en"), short_headline(change, "de"), short_headline(change, "en")}
    assert all(line and "\n" not in line for line in lines)
    assert len(lines) == 4 or kind in (ChangeKind.MOVED, ChangeKind.REORDERED, ChangeKind.EDITED)


def test_a_trial_says_that_nothing_is_to_be_done() -> None:
    told = trial_message(ROUTE, "schluessel")
    assert told.subject.startswith("[TEST] ")
    assert "Dies ist eine Probe." in told.body


class Tags(HTMLParser):
    """The tags of a page and the addresses that it leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.addresses: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)
        self.addresses += [value for name, value in attrs if name in ("href", "src") or name.startswith("on")]


def tags(told: Message) -> Tags:
    parser = Tags()
    parser.feed(mail_page(told.subject, told.html, told.body, "de"))
    return parser


TAGS = {
    *("html", "head", "meta", "title", "body", "div", "h2", "a", "p", "strong", "ol", "li", "code", "hr", "br"),
    *("del", "ins"),
}
HOSTILE = st.text(max_size=20) | st.sampled_from(
    ["<script>alert(1)</script>", "\x1b[31m", "{{ 7*7 }}", "\n-- \nFalsch", "</li><img src=x onerror=y>", "{% if %}"]
)


@given(before=HOSTILE, after=HOSTILE, key=HOSTILE, section=HOSTILE)
@settings(max_examples=80)
def test_no_words_of_a_page_change_the_shape_of_a_message(before: str, after: str, key: str, section: str) -> None:
    """No tag, no address, no control sequence, no second signature comes from a page."""
    change = tell(Entity.GOAL, key, ChangeKind.EDITED, before=f"Ziel {before}", after=f"Ziel {after}", section=section)
    told = message(change)
    found = tags(told)
    assert set(found.found) <= TAGS
    assert found.addresses == [PAGE.url]
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u202e]", told.body + told.html)
    assert "\n" not in told.subject
    body, signature = without_signature(told.body)
    assert len(signature) == 2
    assert "\n-- \n" not in body


def test_a_mail_page_repeats_the_signature() -> None:
    told = message(FIGURE)
    page = mail_page(told.subject, told.html, told.body, "de")
    assert page.startswith("<!doctype html>")
    assert "Warum diese Nachricht? Route „leitung“" in page
    assert "Kennung: schluessel" in page


@pytest.mark.parametrize(
    ("days", "german", "english"),
    [
        (0, "3. März 2026", "3 March 2026"),
        (6, "3. bis 9. März 2026", "3 to 9 March 2026"),
        (40, "3. März bis 12. April 2026", "3 March to 12 April 2026"),
        (400, "3. März 2026 bis 7. April 2027", "3 March 2026 to 7 April 2027"),
    ],
)
def test_a_span_of_days_is_told_as_short_as_can_be(days: int, german: str, english: str) -> None:
    until = BEFORE + timedelta(days=days)
    assert (span(BEFORE, until, GERMAN), span(BEFORE, until, ENGLISH)) == (german, english)
