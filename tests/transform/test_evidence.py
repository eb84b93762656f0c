"""Every record is told by words that stand in its sentence on the page."""

from __future__ import annotations

import pytest

from tests.support.documents import declaration, document
from transform.evidence import told_in
from transform.records import RECORD_TYPES
from transform.records_reader import read_records

PAGE = document(
    "# Digitalstrategie\nDer Senat hat die Digitalstrategie am 3. Mai 2024 beschlossen. Er steckt dafür insgesamt über "
    "40 Millionen Euro in 12 neue Projekte.\n## Ziele\n- Netze bauen\n- Schulen ausstatten\n## Kontakt\n"
    "**Erika Mustermann**\\nReferatsleiterin\\nAm Markt 3\\n99999 Ort\nTelefon: 0331 866-0"
)
RECORDS = read_records(PAGE, declaration()).records


@pytest.mark.parametrize("table", list(RECORD_TYPES))
def test_the_words_stand_in_a_sentence_of_the_page(table: str) -> None:
    flat = " ".join(PAGE.text.split())
    for record in getattr(RECORDS, table):
        told = told_in(PAGE, record)
        assert told.words
        assert all(word in told.sentence for word in told.words), record
        assert told.sentence in flat, record


def test_a_figure_is_told_by_number_qualifier_and_unit() -> None:
    told = [told_in(PAGE, figure) for figure in RECORDS.figures]
    assert [set(each.words) for each in told] == [{"40 Millionen", "insgesamt über", "Euro"}, {"12", "Projekte"}]
    assert told[0].sentence == "Er steckt dafür insgesamt über 40 Millionen Euro in 12 neue Projekte."


def test_a_date_is_told_by_its_own_words() -> None:
    (date,) = RECORDS.dates
    assert told_in(PAGE, date).words == ("3. Mai 2024",)
