"""A whole page is read into all its records, each table in reading order."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.model import Element, Locator, PageKind, RecordKind
from tests.support.documents import declaration, document
from transform.document import Block, BlockKind
from transform.records import RECORD_TYPES
from transform.records_reader import read_records

PAGE = """
^ | Senatskanzlei | Digitales
# Hafen Digital 2035
Der Senat hat im Mai 2024 die Strategie „Hafen Digital 2035“ beschlossen. Mit über 40 Maßnahmen geht es voran.
## Unsere Ziele
- Waren schneller zu bewegen,
- Daten zu teilen.
## Handlungsfelder
### Netze am Kai
Schnell und sicher. Mehr im [Plan (PDF, 2 MB)](https://www.beispiel.de/plan.pdf).
### Kluge Kräne
Wir setzen zwei Schwerpunkte: bessere Sensoren und offene Schnittstellen.
## Kontakt
**Erika Mustermann**\\nReferatsleiterin\\nKaistraße 1\\n20457 Hamburg
[hafen@beispiel.de](mailto:hafen@beispiel.de)
"""


def test_page_is_read_into_all_its_records() -> None:
    result = read_records(document(PAGE), declaration(PageKind.STRATEGY))
    records = result.records
    assert result.drift == ()
    assert (records.title, records.publisher, records.kicker) == (
        "Hafen Digital 2035",
        "Senatskanzlei",
        "| Senatskanzlei | Digitales",
    )
    assert (records.language, len(records.sections)) == ("de", 6)
    assert [goal.text for goal in records.goals] == ["Waren schneller zu bewegen", "Daten zu teilen"]
    assert [field.name for field in records.action_fields] == ["Netze am Kai", "Kluge Kräne"]
    assert [item.text for item in records.list_items] == ["bessere Sensoren", "offene Schnittstellen"]
    assert ("gt", 40.0, "Maßnahmen") in [(each.comparator, each.value, each.unit) for each in records.figures]
    assert [each.url for each in records.documents] == ["https://www.beispiel.de/plan.pdf"]
    assert records.links == ()
    assert [contact.email for contact in records.contacts if contact.email] == ["hafen@beispiel.de"]
    (strategy,) = records.strategies
    assert (strategy.title, strategy.adopted_on, strategy.status) == ("Hafen Digital 2035", "2024-05", "beschlossen")
    assert {topic.topic for topic in records.topics} == {"Daten"}


def test_evidence_stands_on_the_page_and_positions_count_from_zero() -> None:
    page = document(PAGE)
    shown = " ".join(page.text.split())
    records = read_records(page, declaration()).records
    for table in RECORD_TYPES:
        rows = getattr(records, table)
        assert [row.position for row in rows] == list(range(len(rows)))
        for row in rows:
            assert " ".join(row.evidence.split()) in shown, (table, row)


def test_drift_of_all_kinds_of_locators_is_told() -> None:
    locators = [
        Locator(kind, Element.LIST_ITEMS, under="Diese Überschrift fehlt seit heute")
        for kind in (RecordKind.ACTION_FIELDS, RecordKind.GOALS, RecordKind.LIST)
    ]
    assert len(read_records(document(PAGE), declaration(PageKind.STRATEGY, *locators)).drift) == 3


def test_empty_document_has_no_records() -> None:
    records = read_records(document(""), declaration()).records
    assert all(getattr(records, table) == () for table in RECORD_TYPES)


BLOCKS = st.builds(
    Block,
    kind=st.sampled_from(BlockKind),
    text=st.text(max_size=60)
    | st.sampled_from(["Handlungsfelder", "Drei Ziele:", "A, B und C sind", "Mit 5 Zielen.", "\n", ""]),
    level=st.integers(0, 6),
    list_no=st.none() | st.integers(0, 3),
    strong=st.none() | st.text(max_size=5),
)


@given(st.lists(BLOCKS, max_size=12))
@settings(max_examples=80)
def test_any_document_can_be_read(blocks: list[Block]) -> None:
    fitted = tuple(
        replace(block, level=max(block.level, 1)) if block.kind is BlockKind.HEADING else block for block in blocks
    )
    result = read_records(replace(document(""), blocks=fitted), declaration())
    for table in RECORD_TYPES:
        assert [row.position for row in getattr(result.records, table)] == list(
            range(len(getattr(result.records, table)))
        )
