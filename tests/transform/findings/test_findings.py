"""Defects of a page are told with the words in which they show; a sound page has none."""

from __future__ import annotations

import pytest

from extract.model import PageKind
from tests.support.documents import declaration, document
from transform.findings.reader import read_findings
from transform.records import Finding
from transform.strategies.reader import read_strategies
from transform.structure.action_fields import read_action_fields
from transform.structure.item_lists import find_lists

LONG = (
    "Das Land fördert digitale Häfen, damit Waren schneller ans Ziel kommen. Alle "
    "Betriebe können mitmachen und sich beraten "
    "lassen, auch kleine Werften und Fischer."
)


def findings(text: str, kind: PageKind = PageKind.STRATEGY, *, is_official: bool = True) -> list[Finding]:
    page, entry = document(text), declaration(kind, is_official=is_official)
    lists = find_lists(page)
    fields = read_action_fields(page, entry, lists).records
    strategies = read_strategies(page, entry, ())
    return list(read_findings(page, entry, lists=lists, fields=fields, strategies=strategies))


def told(text: str, kind: PageKind = PageKind.STRATEGY) -> list[tuple[str, str]]:
    return [(finding.type, finding.evidence) for finding in findings(text, kind)]


@pytest.mark.parametrize(
    ("text", "type_", "evidence"),
    [
        ("Fünf Themen stehen im Fokus:\n## Was kommt?\nText.", "missing_list", "Fünf Themen stehen im Fokus:"),
        ("Es gelten folgende Grundsätze:\n## Mehr dazu?\nText.", "missing_list", "Es gelten folgende Grundsätze:"),
        (
            "Das muss jetzt endlich genutzt werden:\n## Netze\nText.",
            "dangling_colon",
            "Das muss jetzt endlich genutzt werden:",
        ),
        ("Das muss jetzt endlich genutzt werden:", "dangling_colon", "Das muss jetzt endlich genutzt werden:"),
        ("Dafür gibt es drei Schritte:\n- planen\n- bauen", "count_mismatch", "Dafür gibt es drei Schritte:"),
        ("Alles Weitere (LINK) folgt.", "placeholder", "(LINK)"),
        ("Lorem ipsum dolor sit amet.", "placeholder", "Lorem ipsum dolor sit amet"),
        ("[Text folgt]", "placeholder", "[Text folgt]"),
        ("Das kostet XXX Euro.", "placeholder", "XXX"),
        ("Weitere Informationen folgen in Kürze.", "placeholder", "Weitere Informationen folgen in Kürze"),
        ("TODO Bild tauschen.", "placeholder", "TODO"),
        ("Hafenprojekte und –Vorhaben sind wichtig.", "dash_for_hyphen", "Hafenprojekte und –Vorhaben"),
        ("Der Plan ist ist gut.", "doubled_word", "ist ist"),
        ("Die Ziele können hier nachgelesen werden.", "dead_anchor_text", "können hier nachgelesen werden"),
        ("Mehr zeigt der Plan, siehe Abbildung 3.", "dangling_reference", "siehe Abbildung 3"),
        (
            "Die Häfen des Landes sollen das Land\\nvoranbringen und alle verbinden.",
            "hard_line_break_in_sentence",
            "Landes sollen das Land voranbringen und alle",
        ),
        ("Die KÃ¼ste wird digital.", "mojibake", "Die KÃ¼ste wird digital."),
        ("Text.\n## Leer\n## Voll\nText.", "empty_heading", "Leer"),
    ],
)
def test_defect_is_found_with_its_words(text: str, type_: str, evidence: str) -> None:
    assert told(f"# Plan\n{text}") == [(type_, evidence)]


@pytest.mark.parametrize(
    "text",
    [
        "Drei Schritte führen zum Ziel:\n- planen\n- bauen\n- feiern",
        "Drei Schritte sind nötig: planen, bauen und feiern.",
        "So erreichen Sie uns:\nErika Mustermann",
        "Mehr zu den Projekten:\nErika Mustermann erzählt.",
        "Alle, die die Häfen kennen, wissen, dass das das Land stärkt.",
        "Mehr dazu finden Sie [hier](https://www.beispiel.de/mehr).",
        "Aus- und Weiterbildung – und mehr – helfen.",
        "Amt für Häfen\\nKaistraße 1\\n24103 Kiel",
        "## Netze\n### Kabel\nText.",
    ],
)
def test_sound_page_has_no_defect(text: str) -> None:
    assert told(f"# Plan\n{text}") == []


def test_near_duplicate_paragraph_is_told_once_for_the_later_one() -> None:
    later = LONG.replace("Alle Betriebe können", "Sämtliche Betriebe dürfen")
    other = "Werften bauen Schiffe für morgen, und die Inseln bekommen neue Fähren mit Strom vom Dach der alten Häfen."
    (finding,) = findings(f"# Plan\n{LONG}\n{other}\n{later}")
    assert (finding.type, finding.evidence) == ("near_duplicate_paragraph", later)
    assert "Das Land fördert digitale Häfen" in finding.detail


def test_fields_are_counted_against_the_number_that_the_page_tells() -> None:
    text = (
        "# Plan\nEs gibt zwei Grundlagenbereiche und {} Handlungsfelder.\n"
        "## Grundlagen und Handlungsfelder\n- A-Netze\n- B-Netze\n- C-Netze\n- D-Netze\n- E-Netze"
    )
    assert told(text.format("drei")) == []
    assert told(text.format("fünf")) == []
    ((type_, evidence),) = told(text.format("vier"))
    assert (type_, evidence) == ("count_mismatch", "Es gibt zwei Grundlagenbereiche und vier Handlungsfelder.")


def test_kind_of_page_is_told() -> None:
    assert told("# Tour durchs Land\nText.", PageKind.NEWS) == [("no_strategy_on_page", "Tour durchs Land")]
    found = findings(
        "# Digitalplan\nDie Landesregierung Beispielland lud ein.", PageKind.THIRD_PARTY_SUMMARY, is_official=False
    )
    assert [(finding.type, finding.evidence) for finding in found] == [
        ("third_party_source", "Die Landesregierung Beispielland lud ein.")
    ]


def test_other_names_of_the_strategy_are_told_unless_they_are_part_of_its_name() -> None:
    text = "# Fahrplan\nDie Maritime Digitalroadmap wirkt. Die Maritime Digitalroadmap lebt. Die {} wächst."
    assert told(text.format("Digitalroadmap")) == []
    assert told(text.format("Neue Maritime Roadmap")) == [("title_variant", "Maritime Roadmap")]


def test_findings_stand_in_reading_order() -> None:
    found = findings("# Plan\nDer Plan ist ist gut.\n## Mehr\nAlles (LINK) folgt.")
    assert [(finding.position, finding.type, finding.section) for finding in found] == [
        (0, "doubled_word", "Plan"),
        (1, "placeholder", "Plan > Mehr"),
    ]
