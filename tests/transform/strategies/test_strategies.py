"""A strategy is told once, under its own name, with what its page says and nothing else."""

from __future__ import annotations

import pytest

from extract.model import PageKind
from tests.support.documents import declaration, document
from transform.records import DateRecord, Strategy
from transform.records_reader import read_records
from transform.strategies.names import names_in
from transform.strategies.reader import kicker, page_title, publisher, read_strategies


def strategy(text: str, *dates: DateRecord, kind: PageKind = PageKind.STRATEGY) -> Strategy:
    (found,) = read_strategies(document(text), declaration(kind), dates)
    return found


def date(role: str, start: str, end: str, precision: str = "year") -> DateRecord:
    return DateRecord(position=0, evidence=start, role=role, start_on=start, end_on=end, precision=precision)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Digitalstrategie Bremen 2035\nDie Strategie wirkt.", "Digitalstrategie Bremen 2035"),
        (
            (
                "# Bremen. Läuft.\n"
                "Das Digitalisierungsprogramm 2024/25 wirkt. Teil des Digitalisierungsprogramms 2024/25 sind Häfen."
            ),
            "Digitalisierungsprogramm 2024/25",
        ),
        ("# Hafen Digital 2035\nDer Senat hat die Strategie „Hafen Digital 2035“ vorgelegt.", "Hafen Digital 2035"),
        (
            (
                "# Fahrplan\n"
                "Die Maritime Digitalroadmap wirkt. Mit der Maritimen Digitalroadmap geht es. Die Digitalroadmap lebt."
            ),
            "Maritime Digitalroadmap",
        ),
        ("# Gemeinsam voran\nDer Masterplan Digitalisierung bleibt.", "Gemeinsam voran"),
        (
            (
                "# Unsere Zukunft\n"
                "Die Digitale Agenda für Thüringen ist ein Anfang. Die Digitale Agenda für Thüringen lebt."
            ),
            "Digitale Agenda für Thüringen",
        ),
        ("# Alles neu\nKein Wort davon.", "Alles neu"),
        (
            "# Senat beschließt Digitalstrategie\nDie Digitalstrategie für Hamburg nennt Ziele.",
            "Digitalstrategie für Hamburg",
        ),
        ("# Die neue Digitalstrategie: fünf Wege ins Netz\nDie Digitalstrategie gilt.", "Digitalstrategie"),
        (
            "# Digitalstrategie Bremen – Wo der Hafen klüger ist\nSie gilt.",
            "Digitalstrategie Bremen – Wo der Hafen klüger ist",
        ),
        ("# Digitalstrategie: Ein Land im Netz\nDie Strategie „Küste 2031“ gilt. Sie wirkt.", "Küste 2031"),
        ("# Die Digitalstrategie im Überblick\nDie Digitalstrategie gilt.", "Digitalstrategie"),
        ("# hafen.NETZ – für alle\nDer Senat hat die Digitalstrategie hafen.NETZ vorgelegt.", "hafen.NETZ – für alle"),
        (
            (
                "# Zukunft\n"
                "Es gibt die „Zukunftsstrategie“ und die Strategie „Nordlicht“. Die Strategie „Nordlicht“ gilt."
            ),
            "Nordlicht",
        ),
    ],
)
def test_title_is_the_name_and_not_the_slogan(text: str, title: str) -> None:
    assert strategy(text).title == title


def test_variants_are_the_other_names_that_the_page_uses() -> None:
    found = strategy(
        "# Fahrplan\n"
        "Die Maritime Digitalroadmap wirkt. Die Maritime Digitalroadmap ist jung. Diese Digitalroadmap lebt."
    )
    assert found.variants == "Digitalroadmap"


@pytest.mark.parametrize(
    "sentence",
    ["Die Broschüre Digitalstrategie liegt aus.", "Das Lernprogramm zur Digitalstrategie startet.", "Ein Bauprogramm."],
)
def test_brochures_and_other_programmes_are_no_names_of_the_strategy(sentence: str) -> None:
    """A noun before the strategy's noun is no adjective of its name; a programme of another kind is another thing."""
    found = strategy(f"# Digitalstrategie\nDie Digitalstrategie wirkt. {sentence}")
    assert (found.title, found.variants) == ("Digitalstrategie", None)


def test_the_strategy_before_this_one_lends_neither_name_nor_decision() -> None:
    """However often the page names it, and whether by name or by a pronoun."""
    text = (
        "# Strategie Küste Digital 2030\nDie Strategie löst die Digitale Agenda ab. "
        "Die Digitale Agenda wurde im Dezember 2017 beschlossen. Die Digitale Agenda ist ausgelaufen."
    )
    found = strategy(text)
    assert (found.title, found.predecessor, found.status) == ("Strategie Küste Digital 2030", "Digitale Agenda", None)
    records = read_records(document(text), declaration()).records
    assert [(date.role, date.start_on) for date in records.dates if date.start_on.startswith("2017")] == [
        ("predecessor", "2017-12")
    ]
    assert records.strategies[0].adopted_on is None


@pytest.mark.parametrize("article", ["Die", "Unsere", "Diese"])
def test_an_authority_has_no_article(article: str) -> None:
    found = strategy(
        f"# Digitalstrategie\n{article} Landesregierung von Musterland hat die Digitalstrategie beschlossen."
    )
    assert found.authority == "Landesregierung von Musterland"


def test_other_kinds_of_programmes_are_no_variants() -> None:
    text = "# Digitalprogramm 2028\nDas Digitalprogramm 2028 wirkt. Grundlage ist die Zukunftsstrategie Digital."
    assert strategy(text).variants is None


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("des Digitalisierungsprogramms 2021/22", "Digitalisierungsprogramm 2021/22"),
        ("der Strategischen Digitalisierungsroadmap", "Strategische Digitalisierungsroadmap"),
        ("im Aktionsplan Hessen 2030", "Aktionsplan Hessen 2030"),
        ("die Unsere Digitalstrategie", "Digitalstrategie"),
        ("Strategie für das digitale Nordrhein-Westfalen", "Strategie für das digitale Nordrhein-Westfalen"),
    ],
)
def test_name_is_told_in_the_nominative(sentence: str, name: str) -> None:
    assert [found.text for found in names_in(sentence)] == [name]


@pytest.mark.parametrize(
    "sentence", ["die Strategie wirkt", "ein Förderprogramm", "die Fachstrategien", "das Programm des Landes"]
)
def test_bare_nouns_and_other_programmes_are_no_names(sentence: str) -> None:
    assert names_in(sentence) == ()


@pytest.mark.parametrize("kind", [PageKind.NEWS, PageKind.PROGRESS_REPORT])
def test_news_and_reports_never_tell_of_a_strategy(kind: PageKind) -> None:
    assert read_strategies(document("# Digitalstrategie 2030 beschlossen\nText."), declaration(kind), ()) == ()


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Das Kabinett hat die Digitalstrategie beschlossen.", "beschlossen"),
        ("Die Digitalstrategie wurde im Mai vom Landtag verabschiedet.", "beschlossen"),
        ("Die Digitalstrategie wird derzeit umgesetzt.", "laufend"),
        ("Die Digitalstrategie versteht sich als laufender Prozess.", "laufend"),
        ("Die Digitalstrategie befindet sich in der Umsetzung.", "laufend"),
        ("So haben wir die Digitalstrategie fortgeschrieben.", "fortgeschrieben"),
        ("Die Digitalstrategie ist inzwischen umgesetzt.", "umgesetzt"),
        ("Die Digitalstrategie wurde erfolgreich abgeschlossen.", "umgesetzt"),
        ("Die Digitalstrategie wurde 2025 durch die Digitalagenda abgelöst.", "abgelöst"),
    ],
)
def test_status_is_told_by_a_sentence_about_the_strategy(sentence: str, status: str) -> None:
    found = strategy(f"# Digitalstrategie Hamburg\n{sentence}")
    assert (found.status, found.status_evidence) == (status, sentence)


@pytest.mark.parametrize(
    ("title", "sentence", "authority"),
    [
        ("Digitalplan Nordmark", "Das Kabinett hat den Plan am 14. März 2023 beschlossen.", "Kabinett"),
        ("Digitalstrategie", "Der Ministerrat stimmte der Strategie am 14. März 2023 zu.", "Ministerrat"),
        ("Digitalstrategie", "Mit Beschluss des Senats vom 14. März 2023 wurde die Strategie verbindlich.", "Senat"),
        ("Digitalplan", "Die am 14. März 2023 von der Landesregierung gebilligte Strategie gilt.", "Landesregierung"),
    ],
)
def test_a_strategy_whose_decision_is_dated_is_decided(title: str, sentence: str, authority: str) -> None:
    """In whatever words the page tells the day, there the status comes from as well."""
    (found,) = read_records(document(f"# {title}\n{sentence}"), declaration()).records.strategies
    assert (found.adopted_on, found.status, found.status_evidence) == ("2023-03-14", "beschlossen", sentence)
    assert found.authority == authority


@pytest.mark.parametrize(
    "sentence",
    [
        "Die Digitalstrategie soll bald beschlossen werden.",
        "Die Digitalstrategie ist noch nicht beschlossen.",
        "Die Digitalstrategie wird am 14. März 2027 beschlossen.",
        "Das erste Digitalprogramm aus dem Jahr 2018 ist umgesetzt und abgeschlossen.",
        "Die Hafenordnung wurde beschlossen.",
        "Zwanzig Maßnahmen der Digitalstrategie sind umgesetzt.",
        "Die Digitalstrategie ist teilweise umgesetzt.",
        "Die Digitalstrategie löst die 2017 beschlossene Digitale Agenda ab.",
    ],
)
def test_sentences_about_something_else_tell_no_status(sentence: str) -> None:
    assert strategy(f"# Digitalstrategie Hamburg\n{sentence}").status is None


@pytest.mark.parametrize("order", [1, -1])
def test_latest_stage_wins_wherever_it_stands(order: int) -> None:
    told = [
        "Das Netzprogramm 2024/25 ist nun umgesetzt.",
        "Die Landesregierung hat das Netzprogramm 2024/25 beschlossen.",
    ]
    found = strategy("# Netzprogramm 2024/25\n" + " ".join(told[::order]))
    assert (found.status, found.authority) == ("umgesetzt", "Landesregierung")


def test_earlier_programme_of_the_same_name_tells_nothing_of_this_one() -> None:
    text = "# Netze. Los.\nDas erste Netzprogramm aus dem Jahr 2018 ist umgesetzt. Das Netzprogramm 2024/25 beginnt."
    found = strategy(text)
    assert (found.title, found.status) == ("Netzprogramm 2024/25", None)
    assert found.predecessor == "Das erste Netzprogramm"


@pytest.mark.parametrize(
    ("sentence", "predecessor"),
    [
        ("Die Digitalstrategie löst die Digitale Agenda des Landes ab.", "Digitale Agenda des Landes"),
        (
            "Die Digitalstrategie hat im Jahr 2023 die Digitale Agenda des Landes abgelöst.",
            "Digitale Agenda des Landes",
        ),
        ("Die Strategie Digitales Land 2016 ist der Vorgänger unserer Strategie.", "Strategie Digitales Land 2016"),
        ("Vorgänger war die Hafenstrategie von 2015.", "Hafenstrategie"),
        ("Das erste Netzprogramm aus dem Jahr 2018 ist umgesetzt.", "Das erste Netzprogramm"),
        ("Sie ersetzt die bisherige Strategie „Hafen 2020“.", "bisherige Strategie „Hafen 2020“"),
        ("Sie ist Nachfolgerin der Hafenstrategie.", "Hafenstrategie"),
        ("Sie schreibt die Strategie »Hafen Digital« von 2019 fort.", "Strategie »Hafen Digital«"),
    ],
)
def test_predecessor_is_told_in_the_words_of_the_page(sentence: str, predecessor: str) -> None:
    assert strategy(f"# Digitalstrategie Hamburg\n{sentence}").predecessor == predecessor


def test_successor_is_told_by_the_page_that_was_replaced() -> None:
    found = strategy("# Digitale Agenda Hamburg\nDie Digitale Agenda wurde durch die Digitalstrategie 2030 abgelöst.")
    assert (found.successor, found.predecessor) == ("Digitalstrategie 2030", None)


def test_what_the_page_does_not_say_is_missing() -> None:
    found = strategy("# Digitalstrategie Hamburg\nWir freuen uns.")
    assert (found.adopted_on, found.adopted_precision, found.horizon_from, found.horizon_to) == (None, None, None, None)
    assert (found.predecessor, found.successor, found.status, found.authority, found.variants) == (
        None,
        None,
        None,
        None,
        None,
    )


def test_decision_and_years_come_from_the_dates_of_the_page() -> None:
    found = strategy(
        "# Digitalstrategie Hamburg\nText.",
        date("adopted", "2023-09", "2023-09", "month"),
        date("horizon", "2030", "2030"),
    )
    assert (found.adopted_on, found.adopted_precision, found.horizon_to) == ("2023-09", "month", 2030)
    found = strategy(
        "# Digitalstrategie Hamburg\nText.", date("period", "2021", "2022"), date("horizon", "2030", "2030")
    )
    assert (found.horizon_from, found.horizon_to) == (2021, 2022)


def test_years_in_the_name_are_the_horizon() -> None:
    assert strategy("# Digitalstrategie Hamburg 2035\nText.").horizon_to == 2035
    assert strategy("# Digitalstrategie Hamburg 2021\nText.").horizon_to is None
    assert strategy("# Digitalstrategie Hamburg 2028\nText.", date("published", "2024", "2024")).horizon_to == 2028
    found = strategy("# Netzprogramm 2024/25\nText.")
    assert (found.horizon_from, found.horizon_to) == (2024, 2025)


@pytest.mark.parametrize(
    ("line", "office"),
    [
        ("^ Finanzministerium Südland", "Finanzministerium Südland"),
        ("^ | Staatskanzlei | Digitales", "Staatskanzlei"),
        ("^ | Ministerium für Häfen, Netze und Orte | Digitales", "Ministerium für Häfen, Netze und Orte"),
        ("^ Digitales | Senatskanzlei", "Senatskanzlei"),
        ("^ Visionen für ein kluges Land", "Landesregierung Beispielland"),
        ("^ Pressemitteilung | 24.01.2026", "Landesregierung Beispielland"),
        ("", "Landesregierung Beispielland"),
    ],
)
def test_publisher_is_the_office_in_the_kicker_or_the_declared_one(line: str, office: str) -> None:
    assert publisher(document(f"{line}\n# Plan"), declaration()) == office


def test_title_of_the_page_is_its_first_heading_or_the_window_title() -> None:
    assert page_title(document("## Vorab\n# Plan")) == "Plan"
    assert page_title(document("## Vorab")) == "Vorab"
    assert page_title(document("Text.", title="Plan | Land Beispiel")) == "Plan"
    assert kicker(document("^ Amt\n# Plan")) == "Amt"
    assert kicker(document("# Plan")) is None
