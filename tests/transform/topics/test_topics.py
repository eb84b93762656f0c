"""Topics are found by whole words and compounds, never inside unrelated words."""

from __future__ import annotations

import pytest

from tests.support.documents import document
from transform.topics.reader import read_topics
from transform.topics.taxonomy import EXCLUDED, TAXONOMY


def topics_of(text: str) -> dict[str, str]:
    return {topic.topic: topic.matched_in for topic in read_topics(document(text))}


@pytest.mark.parametrize(
    ("words", "topic", "matched"),
    [
        ("Die Landesverwaltung wird modern.", "Verwaltung", "Landesverwaltung"),
        ("Der Einsatz von KI hilft.", "Künstliche Intelligenz", "KI"),
        ("Künstlicher Intelligenz vertrauen.", "Künstliche Intelligenz", "Künstlicher Intelligenz"),
        ("Glasfaser in jedem Haus.", "Infrastruktur", "Glasfaser"),
        ("Mehr Cybersicherheit.", "Cybersicherheit", "Cybersicherheit"),
        ("Die IT\u2011Sicherheit wächst.", "Cybersicherheit", "IT\u2011Sicherheit"),
        ("Telemedizin auf dem Land.", "Gesundheit", "Telemedizin"),
        ("Open Data für alle.", "Open Data", "Open Data"),
        ("Digitale Souveränität stärken.", "Digitale Souveränität", "Digitale Souveränität"),
        ("Eine smarte Region.", "Smart City und Smart Region", "smarte Region"),
        ("Digitale Teilhabe.", "Soziales und Teilhabe", "Teilhabe"),
        ("Hochschulen vernetzen.", "Forschung und Wissenschaft", "Hochschulen"),
    ],
)
def test_topic_is_known_by_its_words(words: str, topic: str, matched: str) -> None:
    assert topics_of(f"# Plan\n{words}")[topic] == matched


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("Kinder und Skier", "Künstliche Intelligenz"),
        ("Eine gute Kommunikation", "Kommunen"),
        ("Die Abbildung zeigt es", "Bildung"),
        ("Landwirtschaft", "Wirtschaft"),
        ("Ein Kulturwandel", "Kultur und Medien"),
        ("Wir danken für die Arbeit", "Arbeit"),
        ("Hochschulen", "Bildung"),
    ],
)
def test_topic_is_not_found_in_other_words(words: str, topic: str) -> None:
    assert topic not in topics_of(f"# Seite\n{words}")


def test_topics_are_sorted_and_tell_each_word_once_in_order() -> None:
    found = read_topics(document("^ Verwaltung\n# Plan\nSchulen und Pflege.\n## Mehr\nPflege, Klinik und Schulen."))
    assert [(topic.topic, topic.matched_in, topic.position) for topic in found] == [
        ("Bildung", "Schulen", 0),
        ("Gesundheit", "Pflege | Klinik", 1),
    ]
    assert found[0].evidence == "Schulen und Pflege."
    assert found[0].section == "Plan"


def test_taxonomy_names_are_unique_and_sorted() -> None:
    names = [topic.name for topic in TAXONOMY]
    assert len(set(names)) == len(names)
    assert set(EXCLUDED) <= set(names)
