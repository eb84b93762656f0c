"""Pages of the Länder and the federation that nobody has declared, authored, with the records that they hold.

Beside each page ``NAME.html`` in ``tests/pages`` stand its text (``NAME.txt``) and its facts (``NAME.toml``): what is
not listed there must not be read.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extract.model import Declaration, PageId, PageKind
from transform.document import Document
from transform.reading.body import read_body
from transform.records import Contact, DateRecord, Figure, Records
from transform.records_reader import read_records

FACTS = sorted((Path(__file__).parents[1] / "pages").glob("*.toml"))
URL = "https://www.musterland.example/digitales/seite.html"
STRATEGY = {
    "title": "title",
    "adopted": "adopted_on",
    "horizon": "horizon_to",
    "predecessor": "predecessor",
    "successor": "successor",
    "status": "status",
    "authority": "authority",
}


def read(facts: Path) -> tuple[dict[str, Any], Records]:
    """The facts that a page holds, and the records that are read from it with nothing declared but what it is."""
    told = tomllib.loads(facts.read_text(encoding="utf-8"))
    declaration = Declaration(PageId(facts.stem), URL, told["land"], PageKind(told["kind"]), True, "Land")
    body = facts.with_suffix(".html").read_bytes()
    document = read_body(body, content_type="text/html", url=URL, declaration=declaration)
    assert isinstance(document, Document)
    return told, read_records(document, declaration).records


def figure(record: Figure) -> str:
    return f"{record.comparator} {record.value:.0f} {record.unit}"


def date(record: DateRecord) -> str:
    return " ".join(dict.fromkeys((record.role, record.start_on, record.end_on)))


def contact(record: Contact) -> str:
    return ", ".join(filter(None, (record.name, record.email, record.phone, record.address)))


@pytest.mark.parametrize("facts", FACTS, ids=lambda facts: facts.stem)
def test_a_page_never_seen_tells_its_facts_and_nothing_else(facts: Path) -> None:
    told, records = read(facts)
    read_facts: dict[str, list[str]] = {
        "fields": [each.name for each in records.action_fields],
        "goals": [each.text for each in records.goals],
        "lists": [f"{each.role}: {each.text}" for each in records.list_items],
        "figures": [figure(each) for each in records.figures],
        "dates": [date(each) for each in records.dates],
        "persons": [f"{each.name}: {each.role}" for each in records.persons],
        "quotes": [f"{each.speaker}: {each.text}" for each in records.quotes],
        "contacts": [contact(each) for each in records.contacts],
        "documents": [each.url for each in records.documents],
        "findings": [each.type for each in records.findings],
        "events": [each.name for each in records.events],
    }
    for table, found in read_facts.items():
        assert sorted(found) == sorted(told.get(table, [])), table


@pytest.mark.parametrize("facts", FACTS, ids=lambda facts: facts.stem)
def test_the_strategy_of_a_page_never_seen_is_told_as_the_page_tells_it(facts: Path) -> None:
    """What the page does not say stays empty; news tells of none."""
    told, records = read(facts)
    found = [{name: getattr(each, column) for name, column in STRATEGY.items()} for each in records.strategies]
    expected = {name: told.get(name) for name in STRATEGY}
    assert found == ([expected] if told.get("title") else [])
