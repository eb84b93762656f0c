"""Everything that a page says, as records: the table of contents of reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from extract.model import Declaration
from transform.dates.reader import read_dates
from transform.document import Document
from transform.figures.reader import read_figures
from transform.findings.reader import read_findings
from transform.memory import DocumentState
from transform.people.reader import read_people
from transform.records import Records
from transform.strategies.reader import kicker, lineage_of, page_title, publisher, read_strategies
from transform.structure.action_fields import read_action_fields
from transform.structure.documents import read_documents, read_links
from transform.structure.goals import read_goals
from transform.structure.item_lists import find_lists
from transform.structure.lists import read_list_items
from transform.structure.sections import read_sections
from transform.topics.reader import read_topics

_NO_DOCUMENTS: Mapping[str, DocumentState] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What a page says, and a sentence for each declared locator that lost its place (drift, no deletion)."""

    records: Records
    drift: tuple[str, ...] = ()


def read_records(
    document: Document, declaration: Declaration, documents: Mapping[str, DocumentState] = _NO_DOCUMENTS
) -> ReadResult:
    """Read a document into records.

    Args:
        document: The page, without boilerplate.
        declaration: Its entry in the catalogue.
        documents: What is known of linked files, by canonical address.

    Returns:
        All records, each table in reading order with positions from 0, and the drift of the declaration.
    """
    lists = find_lists(document)
    title = page_title(document)
    fields = read_action_fields(document, declaration, lists)
    goals = read_goals(document, declaration, lists)
    items = read_list_items(document, declaration, lists, {*fields.items, *goals.items})
    relations = lineage_of(document)
    dates = read_dates(document, declaration, predecessor=relations.predecessor)
    people = read_people(document, declaration)
    strategies = read_strategies(document, declaration, dates, relations)
    records = Records(
        title=title,
        publisher=publisher(document, declaration),
        kicker=kicker(document),
        language=document.language,
        strategies=strategies,
        sections=read_sections(document),
        action_fields=fields.records,
        goals=goals.records,
        list_items=items.records,
        figures=read_figures(document, title=title),
        dates=dates,
        contacts=people.contacts,
        persons=people.persons,
        quotes=people.quotes,
        events=people.events,
        documents=read_documents(document, documents),
        links=read_links(document),
        topics=read_topics(document),
        findings=read_findings(document, declaration, lists=lists, fields=fields.records, strategies=strategies),
    )
    return ReadResult(records, (*fields.drift, *goals.drift, *items.drift))
