"""Numbers that are no figures: labels, dates, addresses, names, ways of speaking."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transform.document import Block, BlockKind, Document, Encoding
from transform.figures.non_figures import BLANK, without_non_figures
from transform.figures.reader import read_figures

DATES = """
    Landesstrategie Digital 2030
    Das Programm 2021/22 läuft bis 2022.
    Die Digitale Agenda 2018 - 2021 gilt.
    Seit 2018 Projekte fördern
    Bis 2030 Schulen vernetzen
    Im Jahr 2022 Maßnahmen auf den Weg gebracht
    Am 24. Januar 2020 um 15.04 Uhr
    Am 3. Mai starten Projekte.
    Vom 23. bis 24. Januar tagten Bürgermeister.
    Montag bis Freitag 9–12 Uhr
    Öffnungszeiten: 8 bis 16 Uhr
    Die 90er Jahre
    In den 1990er Jahren
    Stand: 12.06.2019
    © 2019 Land
    Wahlperiode 2021-2026
    Im Schuljahr 2021/22 Tablets verteilt
"""
SPANS_OF_TIME = """
    Das Netz war vor 20 Jahren neu.
    Vor rund zehn Jahren begann alles.
    In drei Jahren soll das Netz stehen.
    In den nächsten fünf Jahren
    24 Stunden am Tag, sieben Tage die Woche
    Seit über 20 Jahren
    Vor 3 Tagen
    Der 35-jährige Leiter
    In eineinhalb Jahren
    2 Min. Lesedauer
    Lesezeit: 5 Minuten
"""
LABELS = """
    Die COVID-19-Pandemie war ein Treiber.
    Arbeit 4.0 und Industrie 4.0 verändern Unternehmen.
    Digitalstrategie 2.0
    Web 2.0 Angebote
    Version 2.1 Dokumente
    1. Projekte für Schulen
    In der 18. Legislaturperiode
    2. Auflage, Februar 2018
    1. Vorsitzende Maria Mustermann
    Nach § 3 Absatz 2 des Gesetzes
    Artikel 91c Grundgesetz
    Artikel 13 Rechte
    Kapitel 3.2 Ziele
    Handlungsfeld 3 Digitale Schulen
    Phase 2 Projekte umsetzen
    Seite 12 Ziele
    Abbildung 3: Ziele
    Platz 3 Länder
    5G-Netze und H2-Technologien
    IPv6 Adressen
    B2B und G20
    Windows 11 Rechner
    ISO 27001 Zertifikate
    Drucksache 18/8335
    Richtlinie (EU) 2016/2102
    0 / 928
    12 / 64
    Rund um die Uhr, 24/7
    Der TOP 3 Standort
    3 Sachsen 65,2
    Visionen 2 - Ziele
    Zehn-Punkte-Plan
    Das Vier-Augen-Prinzip
    „100 digitale Orte“ heißt der Wettbewerb.
    Die Initiative „7 Wege“ geht weiter.
    Die Tour „Aufbruch 2020“ führte nach Kiel.
"""
ADDRESSES = """
    Am Ludwigsplatz 14, 66117 Saarbrücken
    Musterstraße 12, 39106 Magdeburg
    Muster-Allee 5a
    Joseph-von-Muster Str. 2, 39106 Magdeburg
    66117 Saarbrücken
    D-24105 Kiel
    Das Ministerium in 39106 Magdeburg
    Telefon: +49 391 567 7120
    Tel. 0391 567-7120
    Fax 0391/567 7121
    0800 1234567 Anrufe
    (0681) 501 1234
    Postfach 10 Behörden
    Referat 42 Digitale Projekte
    digital36@land.example
    https://land.example/36 Projekte
"""
FILES = """
    Strategie (PDF, 3 MB, Datei ist barrierefrei)
    Strategie (PDF, 298KB)
    Strategie (PDF, 48 Seiten)
    programm2122-v10.pdf
    Programm 36 Projekte.pdf
    DH_Logo_2.png
    Das Dokument hat 64 Seiten.
"""
WORDS = """
    Ein großes Ziel eint uns.
    Eine Strategie für alle
    Einer von vielen Schritten
    Beide Strategien ergänzen sich.
    Zum einen Schulen, zum anderen Kommunen
    Die erste Maßnahme ist umgesetzt.
    Zum zweiten Mal
    Zweitens gilt: alle Dienste
    Einmal pro Jahr
    Eins ist klar: Daten verändern alles.
    Hunderte Projekte
    Mehrere hundert Projekte
    Fünf vor zwölf, viele Tausend Menschen
    1 Vgl. Drucksache
    Sechs Wege in die Zukunft
    Tausende von Menschen
    Mehrere Maßnahmen
    Zwei Seiten einer Medaille
    Unter vier Augen
    Lernen Sie mit zwei Klicks.
    Neun von zehn Unternehmen nutzen Daten.
    Zwei Drittel der Mittel
    Außer Acht lassen
    Das ist aus zwei Gründen wichtig.
    Wir achten auf Sicherheit.
    Mit 36 ist Schluss.
    Die 36 sollen Projekte werden.
    36 Digitalisierung
    36 Saarland
"""


def phrases(listed: str) -> list[str]:
    return [line.strip() for line in listed.strip().splitlines()]


def figures_of(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> list[tuple[float, str]]:
    document = Document(
        "", "de", None, "https://land.example/", (Block(kind, text),), (), Encoding("utf-8", "header"), "main"
    )
    return [(figure.value, figure.unit) for figure in read_figures(document)]


@pytest.mark.parametrize("text", phrases(DATES + SPANS_OF_TIME))
def test_dates_and_spans_of_time_are_no_figures(text: str) -> None:
    assert figures_of(text) == []


@pytest.mark.parametrize("text", phrases(LABELS))
def test_labels_and_names_are_no_figures(text: str) -> None:
    assert figures_of(text) == []


@pytest.mark.parametrize("text", phrases(ADDRESSES + FILES))
def test_addresses_and_files_are_no_figures(text: str) -> None:
    assert figures_of(text) == []


@pytest.mark.parametrize("text", phrases(WORDS))
def test_articles_and_ways_of_speaking_are_no_figures(text: str) -> None:
    assert figures_of(text) == []


def test_an_address_of_two_lines_is_no_figure_but_the_sentence_above_is() -> None:
    assert figures_of("Wir fördern 36 Projekte.\nAm Ludwigsplatz 14\n66117 Saarbrücken") == [(36, "Projekte")]


@given(st.text(alphabet="Aaeinr 0123456789.,()/-–§%€„“@:+\nPDFzwei", max_size=120))
def test_blanking_keeps_the_length_and_every_other_character(text: str) -> None:
    blanked = without_non_figures(text)
    assert len(blanked) == len(text)
    assert all(new in (old, BLANK) for old, new in zip(text, blanked, strict=True))


@given(st.text(max_size=300), st.sampled_from([BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.TABLE_ROW]))
def test_any_text_is_read_without_failing(text: str, kind: BlockKind) -> None:
    figures_of(text, kind)


@pytest.mark.parametrize(
    "text", ["1" * 20_000, "1 " * 10_000, "1." * 10_000, "zwei " * 5_000, "a-" * 10_000, "(" * 10_000, "„1 " * 5_000]
)
def test_hostile_text_is_read_in_bounded_time(text: str) -> None:
    started = process_time()
    figures_of(text)
    assert process_time() - started < 5
