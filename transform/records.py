"""The records that a page is read into: one frozen dataclass for each record table.

A field's type, whether it may be missing, its description and its allowed values are stated once, here, by
``Annotated[type, Column(...)]``.  The pandera schemas (:mod:`transform.validating.schemas`), the comments in the
database and the data dictionary are made from these annotations.

Every record has ``position`` (its rank on the page, from 0, in reading order), ``section`` (path of the headings above
it, joined by `` > ``) and ``evidence`` (the verbatim words from which it was read).  Dates are ISO 8601 calendar dates
of the stated precision's first and last day.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated


@dataclass(frozen=True, slots=True)
class Column:
    """What a column means: a sentence for people, and rules that a value must keep."""

    description: str
    unit: str | None = None
    allowed: tuple[str, ...] | None = None
    at_least: float | None = None
    at_most: float | None = None
    pattern: str | None = None
    not_blank: bool = False


def values(enum: type[StrEnum]) -> tuple[str, ...]:
    """The values of an enumeration, for :attr:`Column.allowed`."""
    return tuple(member.value for member in enum)


class Comparator(StrEnum):
    """How a figure compares with what is counted: ``über`` is ``gt``, ``knapp`` is ``lt``, ``rund`` is ``approx``."""

    EQ = "eq"
    GT = "gt"
    GE = "ge"
    LT = "lt"
    LE = "le"
    APPROX = "approx"


class DateRole(StrEnum):
    """What a date says about the page's subject."""

    ADOPTED = "adopted"
    EVENT = "event"
    PUBLISHED = "published"
    MODIFIED = "modified"
    PERIOD = "period"
    HORIZON = "horizon"
    PREDECESSOR = "predecessor"


class Precision(StrEnum):
    """How exactly a date is told."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Status(StrEnum):
    """How far a strategy is, in the words of the pages."""

    BESCHLOSSEN = "beschlossen"
    LAUFEND = "laufend"
    FORTGESCHRIEBEN = "fortgeschrieben"
    UMGESETZT = "umgesetzt"
    ABGELOEST = "abgelöst"


Position = Annotated[int, Column("Rank on the page in reading order, from 0.", at_least=0)]
Section = Annotated[str | None, Column("Headings above the record, outermost first, joined by ' > '.")]
Evidence = Annotated[str, Column("The verbatim words from which the record was read.", not_blank=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has."""

    position: Position
    section: Section = None
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy(Record):
    """A strategy as one page tells it; what the page does not say is missing."""

    title: Annotated[str, Column("Name of the strategy as the page gives it.", not_blank=True)]
    kind: Annotated[str, Column("Kind of the page that tells of it.")]
    adopted_on: Annotated[
        str | None,
        Column(
            "When it was decided, to adopted_precision: YYYY, YYYY-MM or YYYY-MM-DD.", pattern=r"\d{4}(-\d{2}){0,2}"
        ),
    ] = None
    adopted_precision: Annotated[str | None, Column("How exactly adopted_on is told.", allowed=values(Precision))] = (
        None
    )
    horizon_from: Annotated[
        int | None, Column("First year of its period.", unit="year", at_least=1990, at_most=2100)
    ] = None
    horizon_to: Annotated[
        int | None, Column("Last year that it aims at.", unit="year", at_least=1990, at_most=2100)
    ] = None
    predecessor: Annotated[str | None, Column("The strategy that it follows.")] = None
    successor: Annotated[str | None, Column("The strategy that follows it.")] = None
    status: Annotated[str | None, Column("How far it is, in the words of the pages.", allowed=values(Status))] = None
    authority: Annotated[str | None, Column("Who decided or answers for it.")] = None
    variants: Annotated[str | None, Column("Other names that the page uses for it, joined by ' | '.")] = None
    status_evidence: Annotated[str | None, Column("The verbatim sentence from which status was read.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRecord(Record):
    """A heading with the text below it, up to the next heading."""

    level: Annotated[int, Column("Level of the heading as on the page: 1 for h1.", at_least=1, at_most=6)]
    heading: Annotated[str, Column("Text of the heading; empty for text before the first heading.")]
    path: Annotated[str, Column("This heading and those above it, outermost first, joined by ' > '.")]
    text: Annotated[str, Column("Paragraphs, list items and table rows below the heading, one a line.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionField(Record):
    """A Handlungsfeld, Themenfeld, Grundlage or Schwerpunkt."""

    name: Annotated[str, Column("Name of the field.", not_blank=True)]
    group_name: Annotated[str | None, Column("Group in which the page puts it, such as Grundlagenbereich.")] = None
    description: Annotated[str | None, Column("Text below the field's heading.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(Record):
    """An item of a list of goals, or a goal stated in a sentence."""

    text: Annotated[str, Column("The goal in the words of the page.", not_blank=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem(Record):
    """An item of any other list, in mark-up or inside a sentence."""

    text: Annotated[str, Column("The item in the words of the page.", not_blank=True)]
    role: Annotated[str | None, Column("What the list lists, as far as its introduction says.")] = None
    intro: Annotated[str | None, Column("The sentence or heading that introduces the list.")] = None
    declared_count: Annotated[int | None, Column("How many items the introduction announces.", at_least=0)] = None
    list_no: Annotated[int, Column("Number of the list on the page, from 0.", at_least=0)] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Record):
    """A number that means something."""

    value: Annotated[float, Column("The number.")]
    comparator: Annotated[str, Column("How the number compares with what is counted.", allowed=values(Comparator))]
    qualifier: Annotated[str | None, Column("The word that qualifies it, such as 'über' or 'insgesamt'.")] = None
    unit: Annotated[str, Column("What is counted, in the nominative.", not_blank=True)]
    scope: Annotated[str | None, Column("To what part of the subject it applies: the heading above it.")] = None
    value_to: Annotated[float | None, Column("Upper end, where the page gives a range.")] = None
    mentions: Annotated[int, Column("How often the page states this fact.", at_least=1)] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRecord(Record):
    """A date with its role."""

    role: Annotated[str, Column("What the date says.", allowed=values(DateRole))]
    start_on: Annotated[str, Column("First day, month or year, to the precision.", pattern=r"\d{4}(-\d{2}){0,2}")]
    end_on: Annotated[str, Column("Last day, month or year, to the precision.", pattern=r"\d{4}(-\d{2}){0,2}")]
    precision: Annotated[str, Column("How exactly the date is told.", allowed=values(Precision))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Record):
    """Whom to ask."""

    name: Annotated[str | None, Column("Name of the person or office.")] = None
    role: Annotated[str | None, Column("Role of the person.")] = None
    organisation: Annotated[str | None, Column("Organisation of the person.")] = None
    email: Annotated[str | None, Column("E-mail address in lower case.", pattern=r"[^@\s]+@[^@\s]+\.[^@\s]+")] = None
    phone: Annotated[str | None, Column("Telephone number as written.")] = None
    address: Annotated[str | None, Column("Postal address on one line.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """A person whom the page names."""

    name: Annotated[str, Column("First and last name.", not_blank=True)]
    role: Annotated[str | None, Column("Role that the page gives the person.")] = None
    organisation: Annotated[str | None, Column("Organisation that the page names with the role.")] = None
    function: Annotated[str | None, Column("Function on the occasion, such as Gastgeber or Grußwort.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Record):
    """Words that the page attributes to a speaker; the parts of a split quote joined."""

    speaker: Annotated[str | None, Column("Who said it.")] = None
    text: Annotated[str, Column("What was said, without the outer quotation marks.", not_blank=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """An event that the page tells of."""

    name: Annotated[str, Column("Name of the event.", not_blank=True)]
    kind: Annotated[str | None, Column("What kind of event it is, such as Startup-Tour.")] = None
    start_on: Annotated[str | None, Column("First day.", pattern=r"\d{4}(-\d{2}){0,2}")] = None
    end_on: Annotated[str | None, Column("Last day.", pattern=r"\d{4}(-\d{2}){0,2}")] = None
    place: Annotated[str | None, Column("Where it takes place.")] = None
    organiser: Annotated[str | None, Column("Who holds it.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord(Record):
    """A file that the page links: a PDF or another office document."""

    label: Annotated[str, Column("Text of the link.")]
    url: Annotated[str, Column("Canonical address: no session id, v= kept.", not_blank=True)]
    media_type: Annotated[str | None, Column("Media type (RFC 6838) of the file.")] = None
    sha256: Annotated[str | None, Column("SHA-256 of the file, lower-case hex.", pattern=r"[0-9a-f]{64}")] = None
    bytes: Annotated[int | None, Column("Size of the file.", unit="bytes", at_least=0)] = None
    n_pages: Annotated[int | None, Column("Number of pages of a PDF.", at_least=1)] = None
    title: Annotated[str | None, Column("Title that the file or its link states.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRecord(Record):
    """A link in the main content to another page."""

    label: Annotated[str, Column("Text of the link.")]
    url: Annotated[str, Column("Canonical address: no session id, no tracking parameters.", not_blank=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(Record):
    """A topic of the common taxonomy that the page speaks of."""

    topic: Annotated[str, Column("Name in the taxonomy.", not_blank=True)]
    matched_in: Annotated[
        str, Column("The words that matched, in order of appearance, joined by ' | '.", not_blank=True)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Record):
    """A defect of the page itself."""

    type: Annotated[str, Column("Kind of defect, such as missing_list or placeholder.", not_blank=True)]
    detail: Annotated[str, Column("What was expected and what was found.", not_blank=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Everything that one version of a page says, in reading order within each kind.

    ``title``, ``publisher``, ``kicker`` and ``language`` are facts of the page itself; the rest are rows of the
    tables of the same names.
    """

    title: str
    publisher: str
    kicker: str | None = None
    language: str | None = None
    strategies: tuple[Strategy, ...] = ()
    sections: tuple[SectionRecord, ...] = ()
    action_fields: tuple[ActionField, ...] = ()
    goals: tuple[Goal, ...] = ()
    list_items: tuple[ListItem, ...] = ()
    figures: tuple[Figure, ...] = ()
    dates: tuple[DateRecord, ...] = ()
    contacts: tuple[Contact, ...] = ()
    persons: tuple[Person, ...] = ()
    quotes: tuple[Quote, ...] = ()
    events: tuple[Event, ...] = ()
    documents: tuple[DocumentRecord, ...] = ()
    links: tuple[LinkRecord, ...] = ()
    topics: tuple[Topic, ...] = ()
    findings: tuple[Finding, ...] = ()


RECORD_TYPES: dict[str, type[Record]] = {
    "strategies": Strategy,
    "sections": SectionRecord,
    "action_fields": ActionField,
    "goals": Goal,
    "list_items": ListItem,
    "figures": Figure,
    "dates": DateRecord,
    "contacts": Contact,
    "persons": Person,
    "quotes": Quote,
    "events": Event,
    "documents": DocumentRecord,
    "links": LinkRecord,
    "topics": Topic,
    "findings": Finding,
}
"""Table name to record type, in the order in which the tables are documented."""
