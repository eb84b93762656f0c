"""What a sentence says a date is, and which dates of a page become records."""

from __future__ import annotations

import pytest

from extract.model import PageKind
from tests.transform.dates.told import declared, document, heading, told
from transform.dates.reader import adopted_in, horizon_of, period_of, read_dates
from transform.document import StatedDate

ADOPTED = {
    "Das Kabinett hat am 24. Januar 2023 die Strategie beschlossen.": "2023-01-24",
    "Die Digitalstrategie wurde am 5. Juli 2022 vom Digitalkabinett verabschiedet.": "2022-07-05",
    "Die Landesregierung beschloss die Digitale Agenda im Dezember 2017.": "2017-12",
    "Mit dem Kabinettsbeschluss vom 7. März 2023 liegt der Digitalplan vor.": "2023-03-07",
    "Mit dem Beschluss der Digitalstrategie am 5. September 2023 begann die Arbeit.": "2023-09-05",
    "Sie wurde im September 2023 vom Kabinett beschlossen.": "2023-09",
    "Die im Januar 2023 beschlossene Strategie „land digital 2030“ bündelt Ziele.": "2023-01",
    "Der Senat hat „Gemeinsam im Netz“ am 20. Dezember 2022 beschlossen.": "2022-12-20",
    "Die Strategie wurde 2022 beschlossen.": "2022",
    "Das Digitalprogramm 2025 wurde am 5. Juli 2022 beschlossen.": "2022-07-05",
    "Am 18.02.2025 hat die Regierung den Fahrplan beschlossen, der bis 2030 gilt.": "2025-02-18",
    "Der Ministerrat hat der Digitalstrategie am 3. Mai 2023 zugestimmt.": "2023-05-03",
    "Am 4. Februar 2024 hat der Rat die Strategie »küste digital 2031: frisch, flott« verabschiedet.": "2024-02-04",
    "Am 4. Februar 2024 hat das Kabinett die Strategie küste im netz 2031 verabschiedet.": "2024-02-04",
    "Das Kabinett hat den Plan am 14. März 2023 beschlossen.": "2023-03-14",
    "Der Plan wurde am 14.03.2023 verabschiedet.": "2023-03-14",
    "Beschlossen wurde der Plan am 14. März 2023.": "2023-03-14",
    "Den Plan beschloss das Kabinett im Sommer 2023.": "2023",
    "Der Ministerrat stimmte dem Programm am 14. März 2023 zu.": "2023-03-14",
    "Das Landeskabinett billigte die Digitalstrategie am 14. März 2023.": "2023-03-14",
    "Nach der Verabschiedung durch den Senat am 14. März 2023 begann die Arbeit an der Strategie.": "2023-03-14",
    "Die Strategie ist am 5. Mai 2023 vom Kabinett beschlossen und am 11. Mai 2023 vorgestellt worden.": "2023-05-05",
    "Die Strategie ist am 5. Mai 2023 vorgestellt und am 11. Mai 2023 beschlossen worden.": "2023-05-11",
    "Seit dem Beschluss des Kabinetts am 14. März 2023 wird der Plan umgesetzt.": "2023-03-14",
}
NOT_ADOPTED = (
    "Die Strategie soll im Herbst 2024 beschlossen werden.",
    "Das Kabinett wird die Strategie am 3. Mai 2025 beschließen.",
    "Die Strategie wurde im Mai 2025 noch nicht beschlossen.",
    "Der Landtag hat am 3. Mai 2021 das Gesetz über die Netze beschlossen.",
    "Der Haushalt 2023 wurde im Dezember 2022 beschlossen.",
    "Die Eckpunkte wurden am 16. Dezember 2022 beschlossen.",
    "Die erste Strategie wurde 2016 beschlossen.",
    "Die Vorgängerstrategie wurde am 11. Dezember 2018 beschlossen.",
    "Am Dienstag hat das Kabinett die Strategie beschlossen.",
    "Mit dem Digitalprogramm 2021/22 wurde ein weiterer Schritt beschlossen.",
    "Die Digitalstrategie 2030 wurde beschlossen.",
    "Die Strategie wurde am 3. Mai 2023 vorgestellt.",
    "Seit 2018 arbeitet das Land an der Strategie.",
    "Die Strategie wird voraussichtlich am 14. März 2027 vom Kabinett beschlossen.",
    "Der Senat hat die IT-Strategie vom Mai 2014 und das Konzept 4.1 vom Februar 2018 verabschiedet.",
    "Das Kabinett hat den Stellenplan am 14. März 2023 beschlossen.",
    "Das Kabinett hat den Bebauungsplan am 14. März 2023 gebilligt.",
    "Die Strategie trat am 1. April 2023 in Kraft.",
    "Der Landtag hatte am 15. März 2023 das „Gesetz zur Förderung der Netze“ gebilligt.",
    "Die Eckpunkte der Strategie wurden im Mai 2019 verabschiedet.",
    "Dazu kommt die Strategie, deren Eckpunkte im Mai 2019 vorgestellt und vom Kabinett gebilligt wurden.",
    "Der Entwurf für die Strategie wurde am 3. Mai 2023 gebilligt.",
    "Der Verabschiedung des Leiters am 3. Mai 2023 folgte ein Vortrag zur Strategie.",
)
ROLES = {
    "Das erste Programm aus dem Jahr 2018 ist umgesetzt.": ["predecessor 2018"],
    "Die frühere Digitale Agenda von 2017 ist abgeschlossen.": ["predecessor 2017"],
    "Die Strategie Land im Netz 2016 ist die Vorgängerin der heutigen.": ["predecessor 2016"],
    "Vorgänger war die Digitale Agenda aus dem Jahr 2017.": ["predecessor 2017"],
    "Sie löst die Digitale Agenda von 2017 ab.": ["predecessor 2017"],
    "Sie ersetzt die Digitalstrategie aus dem Jahr 2018.": ["predecessor 2018"],
    "Sie baut auf der Strategie von 2017 auf.": ["predecessor 2017"],
    "Sie löst die Agenda ab, die im Dezember 2017 beschlossen worden war.": ["predecessor 2017-12"],
    "Darauf baut das Digitalprogramm 2021/22 auf.": ["period 2021 2022"],
    "Veröffentlicht wurde die Strategie im Mai 2021.": ["published 2021-05"],
    "Veröffentlicht hat die Landesregierung die Digitalstrategie im Juni 2022.": ["published 2022-06"],
    "Das Kabinett hat sie am 3. Mai 2023 als Fortschreibung der Agenda beschlossen.": ["adopted 2023-05-03"],
    "Der Plan sagt, was das Land bis 2030 vorhat.": ["horizon 2030"],
    "Sie tritt an die Stelle der Digitalen Agenda aus dem Jahr 2017.": ["predecessor 2017"],
    "Bereits 2016 hatte die Regierung die erste Digitalstrategie vorgelegt.": ["predecessor 2016"],
    "Im Jahr 2016 beschloss das Landeskabinett das erste Digitalprogramm.": ["predecessor 2016"],
    "Im Mai 2016 legte die Regierung die erste Digitalstrategie vor.": ["predecessor 2016-05"],
    "Es gibt eine Landesstrategie, als Fortschreibung das Digitalprogramm 2027.": [],
    "Im Anschluss an die Sitzung zeigte der Minister die neue Strategie »küste im netz 2031«.": [],
    "Mit der Fortschreibung der Digitalstrategie bis 2031 folgen wir diesem Grundsatz.": ["horizon 2031"],
    "Sie ist die Fortschreibung der Digitalstrategie von 2019.": ["predecessor 2019"],
    "Bis Ende 2031 sollen die Strategien aller Ämter vorliegen.": [],
    "Bis 2031 wird die Strategie überarbeitet.": [],
    "Die Strategie gilt bis 2031 und wird jährlich fortgeschrieben.": ["horizon 2031"],
    "Dazu gehört die Strategie Küste im Netz, die im Mai 2021 veröffentlicht wurde.": ["published 2021-05"],
    "Beim Netzforum am 3. Februar 2017 in Kiel hat sich der Minister mit Landräten getroffen.": ["event 2017-02-03"],
    "Quelle: Ministerium für Netze, Pressemitteilung vom 31. Mai 2022": [],
    "Die Strategie hat im Jahr 2023 die Digitale Agenda des Landes abgelöst.": [],
    "Das Programm hat eine Laufzeit von 2021 bis 2023.": ["period 2021 2023"],
    "Mit dem Digitalprogramm 2021/22 gehen wir weiter.": ["period 2021 2022"],
    "Die Digitale Agenda 2018 - 2021 beschreibt Ziele.": ["period 2018 2021"],
    "Das Programm wird in den Jahren 2021 bis 2023 umgesetzt.": ["period 2021 2023"],
    "Das Programm 2021/22 knüpft an das erste Programm von 2018 an.": ["period 2021 2022", "predecessor 2018"],
    "Im Doppelhaushalt 2023/24 stehen Mittel bereit.": [],
    "Im Schuljahr 2021/22 erhielten alle Schulen Tablets.": [],
    "Es ist die Vision von einem Land 2030.": ["horizon 2030"],
    "Unser Zielbild 2030 zeigt den Weg.": ["horizon 2030"],
    "Der Kern ist das Zielbild für das Jahr 2031.": ["horizon 2031"],
    "Das Zielbild aus dem Jahr 2019 gilt nicht mehr.": [],
    "Die Strategie gilt bis 2030.": ["horizon 2030"],
    "Bis zum Jahr 2030 wollen wir alle Dienste anbieten.": ["horizon 2030"],
    "Bis 2019 war das Haus geschlossen.": [],
    "Der Kongress tagte am 12. und 13. Mai 2023 in Kiel.": ["event 2023-05-12 2023-05-13"],
    "Eine Delegation reiste vom 23. bis 24. Januar 2020 nach Berlin.": ["event 2020-01-23 2020-01-24"],
    "Bürgermeister sprachen vom 23. bis 24. Januar 2020 in Berlin mit Startups.": ["event 2020-01-23 2020-01-24"],
    "Der Digitalgipfel findet im November 2024 statt.": ["event 2024-11"],
    "Der Minister traf am 4. Juni 2024 in Mainz Startups.": ["event 2024-06-04"],
    "Bis zum 31. Januar 2022 konnten alle Stellung nehmen.": [],
    "Die Strategie wurde im Mai 2021 veröffentlicht.": ["published 2021-05"],
    "Veröffentlicht am 24.01.2020": ["published 2020-01-24"],
    "Pressemitteilung vom 24. Januar 2020": ["published 2020-01-24"],
    "Meldung Veranstaltung 08.11.2024": ["published 2024-11-08"],
    "Das Land rechnet so, heißt es in einer Pressemitteilung vom 8. Mai 2023.": [],
    "Der Verein hat am 3. Mai 2023 sein Programm zum nächsten Digitaltag vorgestellt.": [],
    "Am 3. Mai 2023 wurde das Programm auf dem Digitaltag vorgestellt.": ["event 2023-05-03"],
    "Vom 5. bis 6. Mai 2023 fand das letzte Netzwerktreffen am See statt.": ["event 2023-05-05 2023-05-06"],
    "Die zweite Küste Digital findet vom 19.-21. Mai 2023 statt.": ["event 2023-05-19 2023-05-21"],
    "Elf Landkreise haben am 3. Mai 2023 unterschrieben.": [],
    "Bis Ende 2020 sind von den Maßnahmen der Agenda 17 abgeschlossen, darunter das Portal.": [],
    "Damit wird das Leitbild des Masterplans Küste 2027 umgesetzt.": [],
    "Wann: Donnerstag, 4. Mai 2023, 17.00 Uhr": ["event 2023-05-04"],
    "Bis Ende 2016 wurden 40 Orte aus dem Förderprogramm unterstützt.": [],
    "Die Strategie wurde überarbeitet und gilt bis 2031.": ["horizon 2031"],
    "So wurde eine nachhaltige Digitalstrategie mit einem Maßnahmenpaket bis 2031 geschaffen.": ["horizon 2031"],
    "Ein Ausbau bis 2025 ist unwahrscheinlich, das Ziel wird verschoben.": [],
    "Viele Firmen waren in den Jahren 2020/2021 betroffen.": [],
    "Mit der Digitalen Agenda 2014–2017 wurde ein Programm umgesetzt.": [],
    "Anders als die Digitale Agenda 2014-2017 der Vorgängerregierung nennt das Papier Ziele.": [],
    "Bis 2025 soll jeder Ort einen Anschluss bekommen.": [],
    "Unser Ziel ist, dass bis 2031 jeder Ort am Netz ist.": ["horizon 2031"],
    "Zum Aktionsplan wurde am 09.06.2021 ein erster Bericht vorgelegt.": [],
    "Stand: 12.06.2019": [],
    "Letzte Aktualisierung: 05.07.2023": [],
    "Zuletzt geändert am 30. Juli 2024": [],
    "Seit 2018 gibt es den Rat.": [],
    "Der in 2018 gegründete Rat berät.": [],
    "Im Jahr 2022 wuchs das Netz.": [],
    "Das Netz war vor 20 Jahren neu.": [],
    "Die KI-Strategie wurde am 3. Mai 2021 vom Kabinett beschlossen.": [],
    "Die Bundesregierung hat am 31. August 2022 ihre Digitalstrategie beschlossen.": [],
    "Das Kabinett hat im Mai 2023 die Strategie beschlossen, die bis 2030 gilt.": ["adopted 2023-05", "horizon 2030"],
}
DATELINES = {
    "24. Januar 2020": ["published 2020-01-24"],
    "Musterstadt, den 2. Januar 2006": ["published 2006-01-02"],
    "Musterstadt, 24.01.2020 – Das Land startet eine Tour.": ["published 2020-01-24"],
    "[07.11.2025] Das Land hat Ziele.": ["published 2025-11-07"],
    "Am 24. Januar 2020 war es kalt.": [],
}


@pytest.mark.parametrize(("sentence", "start"), ADOPTED.items())
def test_a_sentence_about_the_decision_tells_its_date(sentence: str, start: str) -> None:
    found = adopted_in(sentence)
    assert found is not None
    assert found.start == start
    assert f"adopted {start}" in told(document(sentence))


@pytest.mark.parametrize("sentence", NOT_ADOPTED)
def test_plans_laws_and_predecessors_are_no_decision(sentence: str) -> None:
    assert adopted_in(sentence) is None
    assert not any(date.startswith("adopted") for date in told(document(sentence)))


@pytest.mark.parametrize(("sentence", "records"), ROLES.items())
def test_a_sentence_gives_its_dates_their_roles(sentence: str, records: list[str]) -> None:
    assert sorted(told(document(sentence))) == sorted(records)


@pytest.mark.parametrize(("text", "records"), DATELINES.items())
def test_a_dateline_tells_when_news_were_published(text: str, records: list[str]) -> None:
    assert told(document(text), declared(PageKind.NEWS)) == records


def test_a_dateline_is_only_read_on_news_pages() -> None:
    assert told(document("24. Januar 2020")) == []


def test_a_dateline_in_brackets_is_one_on_any_page() -> None:
    assert told(document("[26.01.2021] Im Rahmen des Forums wurden Kreise geehrt.")) == ["published 2021-01-26"]


def test_the_federation_decides_its_own_strategy() -> None:
    sentence = "Die Bundesregierung hat am 31. August 2022 ihre Digitalstrategie beschlossen."
    assert told(document(sentence), declared(land="DE")) == ["adopted 2022-08-31"]


def test_a_page_about_a_special_strategy_tells_its_decision() -> None:
    sentence = "Die KI-Strategie wurde am 3. Mai 2021 vom Kabinett beschlossen."
    assert told(document(heading("Unsere KI-Strategie"), sentence)) == ["adopted 2021-05-03"]


def test_the_year_in_the_title_of_an_official_page_is_its_horizon() -> None:
    """A chamber's summary quotes the name; the year in it is no statement of that page."""
    page = document(heading("Landesstrategie Digital 2030"))
    assert told(page) == ["horizon 2030"]
    assert told(page, declared(PageKind.THIRD_PARTY_SUMMARY, is_official=False)) == []
    assert told(page, declared(PageKind.NEWS)) == []


@pytest.mark.parametrize(
    "title",
    ["Digitalgipfel 2023", "Das war 2023", "Nachbericht Küste 2023", "Digitaltage 2023", "Protocol of May 3, 2023"],
)
def test_a_year_that_only_dates_the_title_is_no_horizon(title: str) -> None:
    assert told(document(heading(title), "Es ging um die Strategie.")) == []


def test_a_year_in_the_title_is_a_horizon_only_where_the_page_speaks_of_a_strategy() -> None:
    assert told(document(heading("Küstenflut 2031"), "Es gab zwei Bühnen.")) == []
    assert told(document(heading("Küste Digital 2030"), "Die Strategie nennt Ziele.")) == ["horizon 2030"]


def test_a_year_in_the_title_that_was_there_at_the_decision_is_no_horizon() -> None:
    sentence = "Das Kabinett hat die Strategie am 3. Mai 2023 beschlossen."
    assert told(document(heading("Netzstrategie 2023"), sentence)) == ["adopted 2023-05-03"]
    assert told(document(heading("Netzstrategie 2031"), sentence)) == ["horizon 2031", "adopted 2023-05-03"]


def test_the_date_among_the_particulars_of_an_event_is_the_day_of_the_event() -> None:
    stated = (StatedDate("published", "03.05.2023", "text"),)
    tells = "Am 3. Mai 2023 findet die Konferenz statt."
    assert told(document(tells, "Uhrzeit: 9 bis 17 Uhr", stated=stated)) == ["event 2023-05-03"]
    assert told(document(tells, stated=stated)) == ["published 2023-05-03", "event 2023-05-03"]


def test_a_line_under_the_title_of_a_strategy_tells_its_decision() -> None:
    line = "Beschluss durch das Rektorat am 06.12.2017"
    assert told(document(heading("Strategie für die Lehre"), line)) == ["adopted 2017-12-06"]
    assert told(document(heading("Parkordnung"), line)) == []


def test_the_first_programme_of_its_kind_is_no_predecessor_of_itself() -> None:
    sentence = "Im April 2022 wurde das erste Maßnahmenprogramm beschlossen."
    assert told(document(heading("Maßnahmenprogramm 2022-2024"), sentence)) == ["period 2022 2024"]
    assert told(document(heading("Maßnahmenprogramm 2025-2027"), sentence))[-1] == "predecessor 2022-04"


def test_a_past_period_stays_where_the_page_is_about_it() -> None:
    sentence = "Mit der Digitalen Agenda 2014–2017 wurde ein Programm umgesetzt."
    assert told(document(heading("Digitale Agenda 2014–2017"), sentence)) == ["period 2014 2017"]


def test_one_fact_told_often_is_one_record() -> None:
    page = document("Die Strategie gilt bis 2030.", "Bis 2030 wollen wir mehr.", "Das Zielbild 2030 leitet uns.")
    assert told(page) == ["horizon 2030"]


def test_the_deadline_of_one_goal_is_no_horizon_where_the_strategy_has_its_own() -> None:
    goals = ("Bis 2025 sollen alle Schulen am Netz sein.", "Bis 2027 wollen wir alle Dienste anbieten.")
    assert told(document("Die Strategie gilt bis 2030.", *goals)) == ["horizon 2030"]
    assert told(document(*goals)) == ["horizon 2027"]
    assert told(document(*goals), declared(PageKind.NEWS)) == []


def test_the_more_exact_telling_of_a_decision_wins() -> None:
    page = document(
        "Die Strategie wurde im September 2023 beschlossen.", "Das Kabinett hat sie am 5. September 2023 beschlossen."
    )
    (record,) = read_dates(page, declared())
    assert (record.start_on, record.precision) == ("2023-09-05", "day")
    assert record.evidence == "Das Kabinett hat sie am 5. September 2023 beschlossen."


def test_what_the_page_states_of_its_publication_is_a_record_and_of_its_change_is_none() -> None:
    stated = (
        StatedDate("published", "2020-01-24T09:00:00+01:00", "meta"),
        StatedDate("modified", "2022-01-28T11:05:37+0100", "meta"),
    )
    (record,) = read_dates(document(stated=stated), declared())
    assert (record.role, record.start_on, record.evidence, record.section) == (
        "published",
        "2020-01-24",
        "2020-01-24T09:00:00+01:00",
        None,
    )


def test_a_record_stands_in_its_section() -> None:
    page = document(heading("Strategie"), heading("Herkunft", 2), "Das erste Programm aus dem Jahr 2018 ist umgesetzt.")
    (record,) = read_dates(page, declared())
    assert (record.position, record.section) == (0, "Strategie > Herkunft")


def test_a_contact_section_tells_no_dates() -> None:
    assert told(document(heading("Kontakt", 2), "Der Kongress tagte am 12. Mai 2023 in Kiel.")) == []


def test_a_row_of_many_dates_is_a_table_and_tells_nothing() -> None:
    row = "Programm " + " ".join(f"bis {year}" for year in range(2001, 2031))
    assert told(document(row)) == []


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Landesstrategie Digital 2030", 2030),
        ("Digitalprogramm 2025", 2025),
        ("Digitalisierungsprogramm 2021/22", 2022),
        ("Digitale Agenda 2018 - 2021", 2021),
        ("Die Strategie gilt bis 2030.", 2030),
        ("Es ist die Vision von einem Land 2030.", 2030),
        ("Die Strategie aus dem Jahr 2018", None),
        ("Digitalstrategie 2.0", None),
        ("Strategie für das digitale Leben", None),
    ],
)
def test_a_title_tells_its_horizon(text: str, year: int | None) -> None:
    assert horizon_of(text) == year


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Digitalisierungsprogramm 2021/22", (2021, 2022)),
        ("Digitale Agenda 2018 - 2021", (2018, 2021)),
        ("Das Programm mit einer Laufzeit von 2021 bis 2023", (2021, 2023)),
        ("Digitalprogramm 2025", None),
        ("Doppelhaushalt 2023/24", None),
    ],
)
def test_a_title_tells_its_period(text: str, years: tuple[int, int] | None) -> None:
    assert period_of(text) == years
