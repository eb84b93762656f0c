"""What looks like a date of the strategy and is none: deadlines, drafts, editions, the background of the news."""

from __future__ import annotations

import pytest

from tests.transform.dates.told import document, heading, told
from transform.dates.reader import adopted_in, dates_in
from transform.dates.roles import points_ahead
from transform.document import StatedDate

NOT_THE_STRATEGY_S = (
    "Als Ziel wurde genannt, dass bis zum Jahr 2022 alle Formulare online zu haben sind.",
    "Das Kabinett hat sich im Masterplan zum Ziel gesetzt, dass bis 2025 sämtliche Haushalte versorgt sind.",
    "Die Roadmap sieht den Anschluss der Schulen bis 2029 vor.",
    "Erarbeitung der Open-Data-Strategie (bis Sommer 2024),",
    "Die Veröffentlichung einer Datenstrategie bis 2026 steht noch aus.",
    "Der erste Entwurf der Digitalstrategie wurde im Sommer 2018 veröffentlicht.",
    "In allen Ressorts fanden bis Ende April 2017 zahlreiche Werkstätten statt.",
    "Der Rat hat für die Digitalstrategie 90 Millionen Euro Sachmittel für die Jahre 2024/2025 bewilligt.",
    "Wie viele Haushaltsmittel plant der Senat für die Jahre 2024 und 2025 für die Strategie?",
    "Ziel: Bis 2025 sollen Gigabit-Netze im ganzen Land liegen.",
    "Das Volumen des Masterplans beläuft sich für den Zeitraum von 2018 bis 2020 auf drei Milliarden Euro.",
    "Der Beschluss schreibt die Strategien aus den Jahren 2011 und 2016 fort.",
)


@pytest.mark.parametrize("sentence", NOT_THE_STRATEGY_S)
def test_deadlines_and_drafts_are_no_dates_of_the_strategy(sentence: str) -> None:
    assert told(document(sentence)) == []


def test_what_we_want_for_all_is_still_our_aim() -> None:
    assert told(document("Bis zum Jahr 2030 wollen wir alle Menschen mitnehmen.")) == ["horizon 2030"]
    assert told(document("Ziel ist, dass bis 2030 alle Bürgerinnen teilhaben.")) == ["horizon 2030"]


def test_the_parts_of_a_strategy_are_nothing_to_be_reached() -> None:
    sentence = "Kern der Strategie ist das Zielbild für das Jahr 2030, das fünf Handlungsfelder umfasst."
    assert told(document(sentence)) == ["horizon 2030"]
    assert told(document("Die Strategie umfasst 12 Leitlinien und gilt bis 2030.")) == ["horizon 2030"]
    assert told(document("Die Strategie will bis 2030 ganze 500 Orte anschließen.")) == []


def test_on_a_page_about_an_update_the_first_decision_is_that_of_the_predecessor() -> None:
    stated = (StatedDate("published", "10.12.2020", "text"),)
    decided = "Im November 2018 verabschiedete der Senat die Digitalstrategie."
    update = document(heading("Senat schreibt Digitalstrategie fort"), decided, stated=stated)
    assert told(update) == ["published 2020-12-10", "predecessor 2018-11"]
    assert told(document(heading("Unsere Digitalstrategie"), decided, stated=stated))[1] == "adopted 2018-11"


def test_an_earlier_version_of_the_strategy_is_still_its_predecessor() -> None:
    assert told(document("Die erste Fassung der Digitalstrategie wurde 2018 beschlossen.")) == ["predecessor 2018"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Während der Bund bereits 2018 eine Strategie verabschiedet hat, stehen die Länder am Anfang.",
        "Mit Kabinettsbeschluss vom 21. Juni 2011 wurde erstmals ein „Beauftragter für Technik“ eingesetzt.",
        "Strategiefortschreibung 2030: Übergreifende Strategie verabschiedet",
    ],
)
def test_background_and_names_tell_no_decision(sentence: str) -> None:
    assert adopted_in(sentence) is None


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Digitalstrategie Küste 2021", []),
        ("Digitalstrategie Küste | 2019", []),
        ("Digitalstrategie Küste 2025", ["horizon 2025"]),
        ("Digitalstrategie Küste bis 2031", ["horizon 2031"]),
    ],
)
def test_the_year_of_an_edition_is_no_horizon(title: str, expected: list[str]) -> None:
    assert told(document(heading(title), "Das Papier nennt Ziele.")) == expected


def test_a_year_ahead_of_the_page_or_of_a_sentence_is_no_edition() -> None:
    stated = (StatedDate("modified", "Stand: 3. Mai 2024", "text"),)
    assert told(document(heading("Digitalprogramm 2028"), "Es nennt Ziele.", stated=stated)) == ["horizon 2028"]
    assert told(document(heading("Digitalprogramm 2028"), "Das Programm gilt bis 2028.")) == ["horizon 2028"]


def test_a_round_year_or_an_earlier_date_points_ahead() -> None:
    assert points_ahead("Küste 2030", 2030, ())
    assert points_ahead("Küste 2028", 2028, ("2024-05-03",))
    assert not points_ahead("Küste 2021", 2021, ("2016", "2021-09-08"))
    assert not points_ahead("Küste 2021", 2021, ())


def test_years_in_turn_are_a_range_and_others_are_no_one_date() -> None:
    assert [(found.start, found.end) for found in dates_in("in den Jahren 2021 und 2022")] == [("2021", "2022")]
    assert dates_in("in den Jahren 2011 und 2016") == ()


def test_a_first_day_may_go_without_its_last_full_stop() -> None:
    (found,) = dates_in("am 30.4/01.05.2022")
    assert (found.start, found.end) == ("2022-04-30", "2022-05-01")
