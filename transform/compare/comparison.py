"""From two versions to typed changes: the table of contents of the comparison.

Facts and items are compared first and say which words of the page they account for; headings next; what is left of the
running text last.  So one edit gives one change, the most telling one.
"""

from __future__ import annotations

from dataclasses import replace

from transform.change import Cause, Change
from transform.compare.claims import Claims
from transform.compare.contacts import compare_contacts
from transform.compare.documents import compare_documents
from transform.compare.facts import (
    compare_dates,
    compare_events,
    compare_figures,
    compare_page,
    compare_strategies,
)
from transform.compare.items import compare_action_fields, compare_goals, compare_list_items
from transform.compare.people import compare_persons, compare_quotes
from transform.compare.regrouping import regrouped
from transform.compare.sections import chapter_names, compare_headings, compare_order, match_sections
from transform.compare.standing import Standing, standing
from transform.compare.texts import compare_texts
from transform.records import Records, SectionRecord
from transform.version import Version


def compare(before: Version, after: Version, *, cause: Cause = Cause.PAGE) -> tuple[Change, ...]:
    """What changed from one version of a page to another, most significant first; none between equal records.

    ``cause`` says whether the page or our reading of it changed: two bodies under one extractor differ by the page, one
    body under two extractors by the extractor.
    """
    if before.records == after.records:
        return ()
    changes = compare_records(before.records, after.records, by_words=cause is Cause.PAGE)
    return tuple(replace(change, cause=cause) for change in changes)


def compare_records(before: Records, after: Records, *, by_words: bool = True) -> tuple[Change, ...]:
    """The typed differences of two sets of records, most significant first, reading order among equals.

    ``by_words`` says that a record only went or came if the page says its words less or more often than before; two
    readings of one body are compared without it.
    """
    claims = Claims()
    compare_page(before, after, claims)
    compare_strategies(before, after, claims)
    compare_figures(before, after, claims)
    compare_events(before, after, claims)
    compare_dates(before, after, claims)
    compare_quotes(before, after, claims)
    compare_persons(before, after, claims)
    said = standing(before, after) if by_words else Standing("", "")
    compare_action_fields(before, after, claims, said)
    compare_goals(before, after, claims, said)
    matched = match_sections(before, after)
    sections = regrouped(matched)
    compare_headings(sections, chapter_names(before.sections) | chapter_names(after.sections), claims)
    standing_before = _outside(before, sections.removed)
    standing_after = _outside(after, sections.added)
    compare_list_items(standing_before, standing_after, claims, said)
    compare_contacts(standing_before, standing_after, claims, said)
    compare_documents(standing_before, standing_after, claims)
    compare_order(before.sections, after.sections, matched, claims)
    compare_texts(sections, claims)
    return tuple(sorted(claims.changes, key=lambda change: -change.significance))


def _outside(records: Records, sections: tuple[SectionRecord, ...]) -> Records:
    """The records without what stands in these sections: a section that came or went accounts for all of it."""
    paths = {section.path for section in sections}
    return replace(
        records,
        list_items=tuple(item for item in records.list_items if item.section not in paths),
        contacts=tuple(contact for contact in records.contacts if contact.section not in paths),
        documents=tuple(document for document in records.documents if document.section not in paths),
    )
