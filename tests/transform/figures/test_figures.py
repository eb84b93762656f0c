"""Figures: numbers that mean something, in the phrases of German ministries."""

from __future__ import annotations

import pytest

from transform.document import Block, BlockKind, Document, Encoding
from transform.figures.reader import read_figures

EURO = {
    "Das Land investiert über 2 Milliarden Euro.": "2000000000 gt über Euro",
    "Rund 400 Millionen Euro stehen bereit.": "400000000 approx Rund Euro",
    "Dafür stehen 880 Mio. € zur Verfügung.": "880000000 eq - Euro",
    "Mindestens 180 Mio. Euro wurden eingesetzt.": "180000000 ge Mindestens Euro",
    "Rund 1,5 Mrd. Euro fließen in Netze.": "1500000000 approx Rund Euro",
    "Das Budget beträgt 1,36 Milliarden Euro.": "1360000000 eq - Euro",
    "Mehr als 1,1 Mrd. EUR für den Ausbau": "1100000000 gt Mehr als Euro",
    "€ 2,5 Mio. für Schulen": "2500000 eq - Euro",
    "Das 180-Millionen-Euro-Programm startet.": "180000000 eq - Euro",
    "Zur Verfügung stehen 1.200.000 Euro.": "1200000 eq - Euro",
    "Zur Verfügung stehen 1.500,50 Euro.": "1500.5 eq - Euro",
    "Jede Kommune erhält 100.000,- Euro.": "100000 eq - Euro",
    "Eine halbe Million Euro geht an Vereine.": "500000 eq - Euro",
    "Anderthalb Millionen Euro gehen an Vereine.": "1500000 eq - Euro",
    "Zweieinhalb Milliarden Euro fließen.": "2500000000 eq - Euro",
    "Eine Milliarde Euro stellt der Landtag bereit.": "1000000000 eq - Euro",
    "bis zu 50.000 Euro Förderung": "50000 le bis zu Euro",
    "Die Kosten liegen unter 5 Mio. Euro.": "5000000 lt unter Euro",
    "Pro Vorhaben gibt es höchstens 20.000 Euro.": "20000 le höchstens Euro",
    "Das Land stellt 400 Mio. Euro pro Jahr bereit.": "400000000 eq - Euro pro Jahr",
    "Rund 400 Mio. Euro jährlich": "400000000 approx Rund Euro pro Jahr",
    "Zwischen 5 und 10 Mio. Euro": "5000000-10000000 eq - Euro",
    "In den Jahren 2021 und 2022 stehen insgesamt 50 Millionen Euro bereit.": "50000000 eq insgesamt Euro",
    "Bis 2025 fließen 1,3 Milliarden Euro.": "1300000000 eq - Euro",
}
SHARES = {
    "73 Prozent der Maßnahmen laufen.": "73 eq - Prozent",
    "Bis 2025 sollen 90 % der Haushalte einen Anschluss haben.": "90 eq - Prozent",
    "Nahezu 95 Prozent der Schulen sind am Netz.": "95 lt Nahezu Prozent",
    "Weniger als 10 Prozent der Anträge kommen auf Papier.": "10 lt Weniger als Prozent",
    "Die Förderung steigt um 20 Prozent.": "20 eq um Prozent",
    "Rund 98,5 % der Haushalte sind versorgt.": "98.5 approx Rund Prozent",
    "Der Anteil stieg von 50 auf 60 Prozent.": "60 eq - Prozent",
    "Fünf bis zehn Prozent der Mittel": "5-10 eq - Prozent",
    "Es bleibt ein Eigenanteil von 10 Prozent.": "10 eq - Prozent",
    "100 Prozent Glasfaser bis 2030": "100 eq - Prozent",
}
COMPARED = {
    "Mit über 150 Zielen geht das Land voran.": "150 gt über Ziele",
    "Über 150 Ziele hat das Land sich gesetzt.": "150 gt Über Ziele",
    "Weit über 200 Vorhaben sind gestartet.": "200 gt Weit über Vorhaben",
    "Etwas mehr als 40 Projekte werden gefördert.": "40 gt Etwas mehr als Projekte",
    "Mehr denn 40 Projekte werden gefördert.": "40 gt Mehr denn Projekte",
    "Mindestens 12 Leitlinien gelten.": "12 ge Mindestens Leitlinien",
    "Geplant sind rd. € 3 Mrd. für Netze.": "3000000000 approx rd. Euro",
    "Sie setzt sich aus fünf Handlungsfeldern zusammen.": "5 eq - Handlungsfelder",
    "Es fließen mind. 30 Mbit/s.": "30 ge mind. Mbit/s",
    "Ist die Leitung geringer als 2 Megabit pro Sekunde?": "2 lt geringer als Megabit pro Sekunde",
    "Sie liegt höher als 30 Prozent.": "30 gt höher als Prozent",
    "Kleine Orte (unter 10.000 Einwohnern) machen mit.": "10000 lt unter Einwohner",
    "Über 400 Teilnehmer informierten sich über Netze.": "400 gt Über Teilnehmer",
    "Wenigstens zehn Kommunen machen mit.": "10 ge Wenigstens Kommunen",
    "Firmen ab 50 Beschäftigten können sich bewerben.": "50 ge ab Beschäftigte",
    "Nicht weniger als 30 Verbände wirkten mit.": "30 ge Nicht weniger als Verbände",
    "Es gibt viele Wege – insgesamt sind es 12 Vorhaben.": "12 eq insgesamt Vorhaben",
    "Über 700 Digital-Lotsinnen und -Lotsen helfen.": "700 gt Über Digital-Lotsinnen und -Lotsen",
    "Die Ministerin kam mit 98 Förderbescheiden.": "98 eq - Förderbescheide",
    "Zusammen mit 39 neuen Vorhaben geht es voran.": "39 eq - Vorhaben",
    "Schulen sowie über 40 Kliniken verfügten über einen Anschluss.": "40 gt über Kliniken",
    "Gefördert wurden 92 kommunale und regionale Projekte.": "92 eq - kommunale und regionale Projekte",
    "Drei relevante und aktuelle Themen bleiben.": "3 eq - Themen",
    "Der Anteil wuchs um 42 Prozentpunkte.": "42 eq um Prozentpunkte",
    "30 oder mehr Kommunen": "30 ge oder mehr Kommunen",
    "30 Kommunen oder mehr": "30 ge oder mehr Kommunen",
    "150+ Ziele": "150 ge + Ziele",
    "Knapp 50 Landräte kamen.": "50 lt Knapp Landräte",
    "Fast 200 Vorhaben wurden geprüft.": "200 lt Fast Vorhaben",
    "Nahezu 200 Vorhaben wurden geprüft.": "200 lt Nahezu Vorhaben",
    "Weniger als 30 Behörden fehlen noch.": "30 lt Weniger als Behörden",
    "Bis zu 30 Kommunen können sich bewerben.": "30 le Bis zu Kommunen",
    "Maximal 15 Städte erhalten Geld.": "15 le Maximal Städte",
    "Nicht mehr als zehn Städte erhalten Geld.": "10 le Nicht mehr als Städte",
    "Rund 70 Projekte laufen.": "70 approx Rund Projekte",
    "Etwa 70 Projekte laufen.": "70 approx Etwa Projekte",
    "Circa 70 Projekte laufen.": "70 approx Circa Projekte",
    "Ca. 70 Projekte laufen.": "70 approx Ca. Projekte",
    "Ungefähr 70 Projekte laufen.": "70 approx Ungefähr Projekte",
    "Gut 5.000 Anfragen gingen ein.": "5000 approx Gut Anfragen",
    "Annähernd 5.000 Anfragen gingen ein.": "5000 approx Annähernd Anfragen",
    "Insgesamt 36 Projekte laufen.": "36 eq Insgesamt Projekte",
    "Es laufen insgesamt 36 Projekte.": "36 eq insgesamt Projekte",
    "Es gibt 36 Projekte insgesamt.": "36 eq insgesamt Projekte",
    "Mit insgesamt über 150 Zielen": "150 gt insgesamt über Ziele",
    "Mit über insgesamt 150 Zielen": "150 gt über insgesamt Ziele",
    "Je zwei Vorhaben starten.": "2 eq Je Vorhaben",
    "Das Land verfügt über 36 Standorte.": "36 eq - Standorte",
    "Die Ministerin informierte über 36 Projekte.": "36 eq - Projekte",
    "Die Mittel verteilen sich über 36 Gemeinden.": "36 eq - Gemeinden",
    "Über 215 Dienste sind verfügbar.": "215 gt Über Dienste",
    "Unter 36 Projekten wurde eines ausgezeichnet.": "36 eq - Projekte",
    "Zwischen 50 und 60 Kommunen": "50-60 eq - Kommunen",
    "Rund 50–60 Kommunen": "50-60 approx Rund Kommunen",
}
COUNTED = {
    "Vernetzt sind 350 Arzt- und Zahnarztpraxen.": "350 eq - Arzt- und Zahnarztpraxen",
    "Es gibt drei übergeordnete, miteinander verzahnte Leitthemen.": "3 eq - übergeordnete verzahnte Leitthemen",
    "Sie gilt in ihren fünf Fokus- und vier Schnittstellenthemen.": "4 eq - Schnittstellenthemen",
    "Mit der Firma Neuland 21 werden insgesamt sieben Landkreise begleitet.": "7 eq insgesamt Landkreise",
    "Es gibt vier Handlungs- & Entwicklungsfelder.": "4 eq - Handlungs- & Entwicklungsfelder",
    "Wir sprachen über die ersten drei Klauseln.": "3 eq - Klauseln",
    "Der Plan umfasst 205 Maßnahmen.": "205 eq - Maßnahmen",
    "Alle 16 Länder ziehen mit.": "16 eq - Länder",
    "In sieben Handlungsfeldern": "7 eq - Handlungsfelder",
    "Von 700 Bürgerinnen und Bürgern kamen Ideen.": "700 eq - Bürgerinnen und Bürger",
    "Mit 500 Expert*innen": "500 eq - Expert*innen",
    "Mit 500 Schüler:innen": "500 eq - Schüler:innen",
    "Aus zehn herausragenden Startups": "10 eq - Startups",
    "In zwei unterschiedlichen operativen Ansätzen": "2 eq - operative Ansätze",
    "Mit 36 neuen, ressortübergreifenden Vorhaben": "36 eq - ressortübergreifende Vorhaben",
    "40 große und kleine Kommunen": "40 eq - kleine Kommunen",
    "für jedes der vier inhaltlichen Schwerpunktthemen": "4 eq - inhaltliche Schwerpunktthemen",
    "derzeit 117 Maßnahmen und Projekte": "117 eq - Maßnahmen und Projekte",
    "mit 36 Projekten, Maßnahmen und Ideen": "36 eq - Projekte, Maßnahmen und Ideen",
    "50 Bürgermeistern, Landräten und Vertretern der Kommunalpolitik": (
        "50 eq - Bürgermeister, Landräte und Vertreter der Kommunalpolitik"
    ),
    "120 Mitglieder des Beirats": "120 eq - Mitglieder des Beirats",
    "36 Projekte der Landesregierung": "36 eq - Projekte",
    "36 von der Landesregierung ausgewählte Projekte": "36 eq - Projekte",
    "12 im Land ansässige Unternehmen": "12 eq - Unternehmen",
    "18 „Leuchtturmprojekte“ des Landes": "18 eq - Leuchtturmprojekte",
    "100 Smart Cities im Land": "100 eq - Smart Cities",
    "50 Berliner Startups": "50 eq - Berliner Startups",
    "36 Digitale Vorhaben": "36 eq - Digitale Vorhaben",
    "575 OZG-Leistungen": "575 eq - OZG-Leistungen",
    "500 KMU im Land": "500 eq - KMU",
    "Mehr als 10 000 Menschen": "10000 gt Mehr als Menschen",
    "Für 12.500 Schülerinnen und Schüler": "12500 eq - Schülerinnen und Schüler",
    "Für 12500 Schülerinnen und Schüler wurde gesorgt.": "12500 eq - Schülerinnen und Schüler",
    "Zwei Millionen Menschen leben hier.": "2000000 eq - Menschen",
    "Über 2000 Teilnehmende brachten sich ein.": "2000 gt Über Teilnehmende",
    "Rund 2000 Schulen sind am Netz.": "2000 approx Rund Schulen",
    "Vierundzwanzig Leistungen sind online.": "24 eq - Leistungen",
    "Zweihundertfünfzig Personen kamen.": "250 eq - Personen",
    "Ein Dutzend Projekte ist gestartet.": "12 eq - Projekte",
    "Ausbau von 1.500 Kilometern Glasfaser": "1500 eq - Kilometer",
    "Netze mit mindestens 100 Mbit/s": "100 ge mindestens Mbit/s",
    "1 Projekt ruht.": "1 eq - Projekt",
    "0 Projekte ruhen.": "0 eq - Projekte",
    "bei einer Laufzeit von drei Jahren": "3 eq - Jahre",
    "Mehr als die Hälfte der 36 Projekte": "36 eq - Projekte",
    "Rund ein Drittel der 83 Maßnahmen": "83 eq - Maßnahmen",
    "Umgesetzte Maßnahmen: 83": "83 eq - umgesetzte Maßnahmen",
    "Anzahl der Projekte: 36": "36 eq - Projekte",
    "Projekte | 36": "36 eq - Projekte",
    "Die Zahl der Maßnahmen stieg auf 189.": "189 eq - Maßnahmen",
    "Die Zahl der Onlinedienste stieg von 120 auf 215.": "215 eq - Onlinedienste",
    "Die Anzahl der Online-Dienste liegt bei über 215.": "215 gt über Online-Dienste",
}
IN_ONE_SENTENCE = {
    "14 von 18 kurzfristigen Zielen sind erreicht.": ["14 eq - kurzfristige Ziele", "18 eq - kurzfristige Ziele"],
    "73 Prozent der 189 Vorhaben laufen.": ["73 eq - Prozent", "189 eq - Vorhaben"],
    "Es gibt 5 Ämter – insgesamt sind es 12 Vorhaben.": ["5 eq - Ämter", "12 eq insgesamt Vorhaben"],
    "In insgesamt zwei Grundlagen und sechs Feldern": ["2 eq insgesamt Grundlagen", "6 eq insgesamt Felder"],
    "Insgesamt wurden im Programm 2021/22 36 Projekte in vier Themen gefördert.": [
        "36 eq Insgesamt Projekte",
        "4 eq - Themen",
    ],
    "205 Maßnahmen, 28 Ziele und sieben Felder": ["205 eq - Maßnahmen", "28 eq - Ziele", "7 eq - Felder"],
    "Über 2 Milliarden Euro für mehr als 70 Projekte": ["2000000000 gt Über Euro", "70 gt mehr als Projekte"],
    "Zwölf Leitlinien, elf Themen und mehr als 50 Ziele": [
        "12 eq - Leitlinien",
        "11 eq - Themen",
        "50 gt mehr als Ziele",
    ],
    "Über 150 Ziele und 18 Themenfelder": ["150 gt Über Ziele", "18 eq - Themenfelder"],
    "20 von 83 Maßnahmen sind umgesetzt.": ["20 eq - Maßnahmen", "83 eq - Maßnahmen"],
    "Fünf der 18 Themenfelder betreffen Schulen.": ["5 eq - Themenfelder", "18 eq - Themenfelder"],
    "Von 83 Maßnahmen sind 20 abgeschlossen.": ["83 eq - Maßnahmen", "20 eq - Maßnahmen"],
    "124 Maßnahmen sind abgeschlossen, 191 laufen noch.": ["124 eq - Maßnahmen", "191 eq - Maßnahmen"],
    "128 Maßnahmen, davon 17 abgeschlossen": ["128 eq - Maßnahmen", "17 eq davon Maßnahmen"],
    "270 Gesetze und Verordnungen mit 992 Vorschriften": ["270 eq - Gesetze und Verordnungen", "992 eq - Vorschriften"],
    "36 Projekte, Kommunen profitieren davon.": ["36 eq - Projekte"],
    "73 Prozent laufen, 20 Prozent sind fertig.": ["73 eq - Prozent", "20 eq - Prozent"],
}


def page(*blocks: tuple[BlockKind, str] | str) -> Document:
    """A document of the given blocks; plain text is a paragraph, headings are of level 2."""
    made = [block if isinstance(block, tuple) else (BlockKind.PARAGRAPH, block) for block in blocks]
    return Document(
        title="",
        language="de",
        canonical_url=None,
        base_url="https://land.example/",
        blocks=tuple(Block(kind, text, level=2 if kind is BlockKind.HEADING else 0) for kind, text in made),
        stated_dates=(),
        encoding=Encoding("utf-8", "header"),
        root="main",
    )


def told(document: Document, title: str | None = None) -> list[str]:
    """Each figure as one line: value, comparator, qualifier or ``-``, unit."""
    return [
        f"{figure.value:.12g}"
        + (f"-{figure.value_to:.12g}" if figure.value_to is not None else "")
        + f" {figure.comparator} {figure.qualifier or '-'} {figure.unit}"
        for figure in read_figures(document, title=title)
    ]


@pytest.mark.parametrize(("text", "figure"), {**EURO, **SHARES, **COMPARED, **COUNTED}.items())
def test_a_phrase_states_one_figure(text: str, figure: str) -> None:
    assert told(page(text)) == [figure]


@pytest.mark.parametrize(("text", "figures"), IN_ONE_SENTENCE.items())
def test_a_sentence_states_several_figures(text: str, figures: list[str]) -> None:
    assert told(page(text)) == figures


def test_one_fact_told_three_times_is_one_figure() -> None:
    """The first place gives unit, qualifier and evidence; adjectives that only value do not make another fact."""
    figures = read_figures(
        page(
            "Insgesamt wurden im Programm 2021/22 36 Projekte ausgewählt.",
            "Das zeigt sich in den 36 neuen Projekten aus allen Häusern.",
            "Die Vielfalt der 36 Projekte ist groß.",
        )
    )
    assert [(figure.value, figure.qualifier, figure.unit, figure.mentions) for figure in figures] == [
        (36, "Insgesamt", "Projekte", 3)
    ]
    assert figures[0].evidence == "Insgesamt wurden im Programm 2021/22 36 Projekte ausgewählt."


def test_another_unit_or_value_is_another_fact() -> None:
    text = "36 Projekte und 36 Partner. Später 37 Projekte."
    assert told(page(text)) == ["36 eq - Projekte", "36 eq - Partner", "37 eq - Projekte"]


def test_one_share_of_two_things_is_two_facts() -> None:
    text = "20 Prozent der Schulen und 20 Prozent der Kommunen sind fertig. 20 Prozent der Schulen warten nicht."
    assert [figure.mentions for figure in read_figures(page(text))] == [2, 1]


def test_a_figure_stands_under_its_heading() -> None:
    document = page((BlockKind.HEADING, "Digitale Verwaltung"), "Wir setzen drei Schwerpunkte.")
    (figure,) = read_figures(document)
    assert (figure.scope, figure.section) == ("Digitale Verwaltung", "Digitale Verwaltung")


def test_positions_count_in_reading_order() -> None:
    figures = read_figures(page("28 Ziele.", "205 Maßnahmen in sieben Feldern."))
    assert [(figure.position, figure.value) for figure in figures] == [(0, 28), (1, 205), (2, 7)]


def test_a_heading_that_claims_a_count_states_a_figure() -> None:
    assert told(page((BlockKind.HEADING, "83 Maßnahmen für das Land"))) == ["83 eq - Maßnahmen"]
    assert told(page((BlockKind.HEADING, "Über 150 Ziele bis 2030"))) == ["150 gt Über Ziele"]
    assert told(page((BlockKind.KICKER, "Sechs Handlungsfelder"))) == ["6 eq - Handlungsfelder"]


def test_the_numbering_of_headings_is_no_figure() -> None:
    headings = ["1 Ausgangslage", "2 Ziele", "3 Handlungsfelder", "4. Maßnahmen und Projekte"]
    assert told(page(*((BlockKind.HEADING, text) for text in headings))) == []


def test_a_numbered_heading_may_still_claim_a_count() -> None:
    document = page((BlockKind.HEADING, "1 Ziele"), (BlockKind.HEADING, "2 Unsere sechs Handlungsfelder"))
    assert told(document) == ["6 eq - Handlungsfelder"]


@pytest.mark.parametrize("heading", ["Kontakt", "Medienansprechpartnerin", "Ihre Ansprechpartner", "Pressekontakt"])
def test_a_contact_section_states_no_figures(heading: str) -> None:
    assert told(page((BlockKind.HEADING, heading), "Zuständig für 36 Projekte")) == []


def test_the_name_of_the_subject_is_no_figure_where_the_text_repeats_it() -> None:
    document = page("Der Wettbewerb 100 Orte des Wandels startet mit 30 Orten.")
    assert told(document, title="100 Orte des Wandels") == ["30 eq - Orte"]


def test_the_evidence_of_a_long_sentence_is_the_part_that_holds_the_figure() -> None:
    filler = "wie viele Menschen im Land es sich seit langer Zeit von ihrer Verwaltung erhoffen und wünschen" * 3
    (figure,) = read_figures(
        page(f"Wir haben uns viel vorgenommen, {filler} – wir starten 36 Projekte im Land – mehr dazu.")
    )
    assert figure.evidence == "wir starten 36 Projekte im Land"


def test_evidence_is_verbatim() -> None:
    (figure,) = read_figures(page("Das gilt. Mit über 150 Zielen geht das Land „voran“. Und weiter."))
    assert figure.evidence == "Mit über 150 Zielen geht das Land „voran“."


def test_a_page_without_figures_has_none() -> None:
    assert read_figures(page("Das Land gestaltet den Wandel.")) == ()
