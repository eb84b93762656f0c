"""The nominative of what is counted: Dative plurals lose their n, all other words stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transform.figures.plurals import nominative_adjective, nominative_plural

DATIVES = """
    Zielen Ziele|Projekten Projekte|Handlungsfeldern Handlungsfelder|Grundlagenbereichen Grundlagenbereiche
    Bürgern Bürger|Bürgermeistern Bürgermeister|Landräten Landräte|Vertretern Vertreter|Ansätzen Ansätze
    Schwerpunkten Schwerpunkte|Programmen Programme|Prozessen Prozesse|Konzepten Konzepte|Diensten Dienste
    Onlinediensten Onlinedienste|Städten Städte|Landkreisen Landkreise|Ländern Länder|Kindern Kinder|Orten Orte
    Standorten Standorte|Anträgen Anträge|Verträgen Verträge|Gründen Gründe|Datenräumen Datenräume|Tagen Tage
    Leuchttürmen Leuchttürme|Plätzen Plätze|Fachkräften Fachkräfte|Geräten Geräte|Ergebnissen Ergebnisse
    Instrumenten Instrumente|Dokumenten Dokumente|Talenten Talente|Angeboten Angebote|Portalen Portale
    Akteuren Akteure|Haushalten Haushalte|Meilensteinen Meilensteine|Beispielen Beispiele|Teilen Teile
    Themenkomplexen Themenkomplexe
    Schlüsseln Schlüssel|Titeln Titel|Mitteln Mittel|Partnern Partner|Mitgliedern Mitglieder|Häusern Häuser
    Beschäftigten Beschäftigte|Teilnehmenden Teilnehmende|Studierenden Studierende|Jugendlichen Jugendliche
    Fachleuten Fachleute|Netzen Netze|Laboren Labore|Wettbewerben Wettbewerbe|Gesetzen Gesetze|Gebäuden Gebäude
"""
UNCHANGED = """
    Ziele Projekte Maßnahmen Zielkategorien Leitlinien Kommunen Gemeinden Schulen Behörden Themen Daten Säulen Phasen
    Ebenen Stellen Menschen Experten Studenten Patienten Indikatoren Sensoren Initiativen Strategien Technologien
    Universitäten Kapazitäten Leistungen Verordnungen Bürgerinnen Expertinnen Unternehmen Vorhaben Verfahren Startups
    Workshops Labs KMU Regeln Tafeln Kammern Ziffern Nummern Adressen Messen Antworten Etagen Umfragen Grundlagen
    Werkstätten Brücken Lücken Hürden Größen Flächen Ministerien Kriterien Museen Foren Expert*innen Schüler:innen
"""


@pytest.mark.parametrize("pair", [pair for line in DATIVES.strip().splitlines() for pair in line.strip().split("|")])
def test_a_dative_plural_becomes_the_nominative(pair: str) -> None:
    dative, nominative = pair.split()
    assert nominative_plural(dative) == nominative
    assert nominative_plural(nominative) == nominative


@pytest.mark.parametrize("noun", UNCHANGED.split())
def test_a_plural_that_ends_alike_in_every_case_stays(noun: str) -> None:
    assert nominative_plural(noun) == noun


@pytest.mark.parametrize(
    ("adjective", "nominative"),
    [("operativen", "operative"), ("operativer", "operative"), ("operative", "operative"), ("digital", "digital")],
)
def test_an_adjective_is_told_in_the_nominative(adjective: str, nominative: str) -> None:
    assert nominative_adjective(adjective) == nominative


@given(st.text(min_size=1, max_size=30))
def test_at_most_a_final_n_is_taken(word: str) -> None:
    assert nominative_plural(word) in (word, word[:-1])
