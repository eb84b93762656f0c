"""Search over sections: German word forms find each other, what fits best comes first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.warehouse.contents import rows
from tests.warehouse.nights import declared, night, night_at, seen
from transform.records import SectionRecord
from warehouse.database import Warehouse

TEXTS = {
    "Schule": "Alle Schulen bekommen Anschluss an das Netz.",
    "Häuser der Bildung": "Jedes Haus soll offen sein.",
    "Straßen": "Sensoren messen den Verkehr.",
    "Digitale Verwaltung": "Die Verwaltung bietet Dienste ohne Papier an.",
    "Grundschulverband": "Er berät die Kollegien.",
}


@pytest.fixture
def filled(warehouse: Warehouse) -> Warehouse:
    """One page with five sections."""
    shown = seen(declared(), night_at(1), "mehr")
    (version,) = shown.versions
    sections = tuple(
        SectionRecord(position=rank, evidence=heading, level=2, heading=heading, path=heading, text=text)
        for rank, (heading, text) in enumerate(TEXTS.items())
    )
    version = replace(version, records=replace(version.records, sections=sections))
    warehouse.load(night(1, replace(shown, versions=(version,))))
    return warehouse


def found(warehouse: Warehouse, query: str) -> list[str]:
    return [row[0] for row in rows(warehouse, "select heading from search_sections(?)", query)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Schulen", "Schule"),
        ("SCHULE", "Schule"),
        ("Haus", "Häuser der Bildung"),
        ("Häusern", "Häuser der Bildung"),
        ("HAEUSERN", "Häuser der Bildung"),
        ("Strasse", "Straßen"),
        ("Straße", "Straßen"),
        ("digitalen Verwaltungen", "Digitale Verwaltung"),
        ("Netze", "Schule"),
    ],
)
def test_forms_of_a_word_find_each_other(filled: Warehouse, query: str, first: str) -> None:
    assert found(filled, query)[0] == first


def test_compounds_are_found_behind_the_word_itself(filled: Warehouse) -> None:
    assert found(filled, "Schule") == ["Schule", "Grundschulverband"]


def test_sections_with_all_words_come_before_those_with_one(filled: Warehouse) -> None:
    assert found(filled, "Verwaltung Papier Verkehr")[0] == "Digitale Verwaltung"


@pytest.mark.parametrize("query", ["", "   ", "§ %", "'; drop table x; --", "Raumfahrt", "((("])
def test_what_nobody_wrote_finds_nothing(filled: Warehouse, query: str) -> None:
    assert found(filled, query) == []
