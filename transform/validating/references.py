"""Rules that tie tables together: what one record says of another table must be found there.

A record's section is a section of the page, a strategy's day of decision is among the page's dates, and so on.  Such a
rule looks at the records as they were read, broken ones included: one broken record takes no other with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from transform.records import RECORD_TYPES, DateRole, Record, Records


@dataclass(frozen=True, slots=True)
class Reference:
    """A column of some tables whose values stand in another table; a missing value refers to nothing.

    Attributes:
        name: What the rule is called in the quarantine.
        tables: The tables that have the column.
        column: The column that refers.
        targets: The values that it may hold, of all records of a page.
    """

    name: str
    tables: tuple[str, ...]
    column: str
    targets: Callable[[Records], Iterable[object]]


REFERENCES: tuple[Reference, ...] = (
    Reference(
        "section_on_page",
        tuple(table for table in RECORD_TYPES if table != "sections"),
        "section",
        lambda page: (section.path for section in page.sections),
    ),
    Reference("decision_dated", ("strategies",), "adopted_on", lambda page: _starts(page, DateRole.ADOPTED)),
    Reference("event_dated", ("events",), "start_on", lambda page: _starts(page, DateRole.EVENT)),
    Reference("speaker_named", ("quotes",), "speaker", lambda page: (person.name for person in page.persons)),
)


Targets = Mapping[str, frozenset[object]]
"""The values that each reference may hold on one page, by the reference's name."""


def targets_of(page: Records) -> Targets:
    """What the references of one page's records may hold."""
    return {reference.name: frozenset(reference.targets(page)) for reference in REFERENCES}


def dangling(table: str, record: Record, targets: Targets) -> Reference | None:
    """The first reference of a record that leads nowhere; ``None`` where all lead somewhere."""
    for reference in REFERENCES:
        if table in reference.tables:
            value = getattr(record, reference.column)
            if value is not None and value not in targets[reference.name]:
                return reference
    return None


def _starts(page: Records, role: DateRole) -> Iterator[str]:
    """When the dates of one role begin."""
    return (date.start_on for date in page.dates if date.role == role)
