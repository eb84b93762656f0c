"""The dates of a page with the role that its sentences give them.

A date becomes a record only where a sentence says what it is: a decision, an event, a publication, the time of a
programme, the year that a strategy aims at, or the strategy before this one.  A year that merely occurs (``seit 2018``)
is no record, and a date of last modification (``Stand: …``) is metadata (:class:`transform.document.StatedDate`).
How dates are written is in :mod:`transform.dates.grammar`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.model import Declaration, PageKind
from transform.dates import words
from transform.dates.grammar import FoundDate, dates_in
from transform.dates.roles import (
    adopted_in,
    event_in,
    horizon_of,
    is_deadline_of_things,
    is_firm_horizon,
    only_names_other_strategies,
    period_of,
    points_ahead,
    predecessor_in,
    published_in,
    stated_horizon_in,
    states_own_aim,
    told_period_in,
)
from transform.document import Block, BlockKind, Document
from transform.figures.non_figures import heads_contacts, without_non_figures
from transform.german.numbers import numbers_in
from transform.german.sentences import sentences
from transform.outline import Placed, placed
from transform.records import DateRecord, DateRole, Precision
from transform.strategies.lineage import tells_of

__all__ = ["FoundDate", "adopted_in", "dates_in", "horizon_of", "period_of", "read_dates"]

_METADATA = re.compile(
    r"^\W*(?:(?:aktueller )?stand|letzte (?:aktualisierung|änderung)|zuletzt (?:aktualisiert|geändert)|aktualisiert|"
    r"quellen?(?=\s*:))\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"^\W*(?:[A-ZÄÖÜ][\w./-]+(?:\s\([\w./-]+\))?,?\s*(?:den\s+)?)?$")


_FEDERAL = re.compile(r"\b(?:Bundesregierung|Bundeskabinett|Bundestag|EU-Kommission|Europäische Kommission)\b")
_PRONOUN = re.compile(r"(?:Sie|Er|Es|Diese[rs]?)\b")
_MANY = 12
"""More dates than this in one sentence are a table, and say nothing of one strategy."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A date with its role and the words that give it."""

    role: DateRole
    date: FoundDate
    evidence: str
    section: str | None
    is_name: bool = False


def read_dates(
    document: Document, declaration: Declaration, *, predecessor: str | None = None
) -> tuple[DateRecord, ...]:
    """The dates of a page that mean something, in reading order, one for each fact.

    A decision told twice with different precision is one record, the more exact one.  The year in a strategy's title is
    a horizon only on an official page: a chamber's summary merely quotes the name.  ``start_on`` and ``end_on`` are
    ISO 8601 to the precision; ``position`` counts the records from 0.  A decision told of ``predecessor``, the strategy
    before this one, is the predecessor's date.
    """
    told = list(_stated(document))
    names = " ".join([document.title, declaration.title or "", *(h.text for h in document.headings if h.level == 1)])
    speaks = words.SPEAKS_OF_STRATEGY.search(document.text) is not None
    for place in placed(document):
        if not _is_apart(place):
            facts = _in_block(place, declaration, predecessor, names, speaks=speaks)
            told.extend(fact for fact in facts if not _is_of_another(fact, names, declaration))
    told = _with_updated_ones(told, names)
    told = _without_editions(_without_own_beginnings(told), document)
    told = _without_days_of_events(_without_past_aims(_without_deadlines(told, declaration)), document)
    return tuple(_record(position, fact) for position, fact in enumerate(_distinct(told)))


def _without_deadlines(told: list[_Told], declaration: Declaration) -> list[_Told]:
    """Of the years aimed at, the strategy's own; where no sentence names it, the last one, but never from news.

    A year by which so many things are to be done is the deadline of these things.
    """
    aims = [
        fact for fact in told if fact.role is DateRole.HORIZON and (fact.is_name or not _is_deadline(fact.evidence))
    ]
    own = [fact for fact in aims if fact.is_name or is_firm_horizon(fact.evidence)]
    if not own and declaration.kind is not PageKind.NEWS:
        last = max((fact.date.start for fact in aims), default=None)
        own = [fact for fact in aims if fact.date.start == last and states_own_aim(fact.evidence)]
    return [fact for fact in told if fact.role is not DateRole.HORIZON or fact in own]


def _is_deadline(sentence: str) -> bool:
    counted = words.PARTS.sub("", without_non_figures(sentence))
    return bool(numbers_in(counted)) or is_deadline_of_things(sentence)


def _without_editions(told: list[_Told], document: Document) -> list[_Told]:
    """All but a year in the title that only says of when the strategy is; a sentence may still aim at it."""
    dated = [fact.date.start for fact in told if fact.role in (DateRole.ADOPTED, DateRole.PUBLISHED)]
    dated += [found.start for stated in document.stated_dates for found in dates_in(stated.text)[:1]]
    aimed = {fact.date.end[:4] for fact in told if fact.role is DateRole.HORIZON and not fact.is_name}
    return [
        fact
        for fact in told
        if fact.role is not DateRole.HORIZON
        or not fact.is_name
        or fact.date.end[:4] in aimed
        or points_ahead(fact.evidence, fact.date.years[1], dated)
    ]


def _without_own_beginnings(told: list[_Told]) -> list[_Told]:
    """All but a predecessor from within the page's own period: the first programme of its kind is no earlier one."""
    years = {year for fact in told if fact.role is DateRole.PERIOD for year in (fact.date.start[:4], fact.date.end[:4])}
    return [fact for fact in told if fact.role is not DateRole.PREDECESSOR or fact.date.start[:4] not in years]


def _with_updated_ones(told: list[_Told], names: str) -> list[_Told]:
    """On a page about an update, a decision from a year before the page is that on the strategy updated by it."""
    published = max((fact.date.start[:4] for fact in told if fact.role is DateRole.PUBLISHED), default="")
    if not words.UPDATE.search(names):
        return told
    return [
        replace(fact, role=DateRole.PREDECESSOR)
        if fact.role is DateRole.ADOPTED and fact.date.end[:4] < published and not words.UPDATE.search(fact.evidence)
        else fact
        for fact in told
    ]


def _without_past_aims(told: list[_Told]) -> list[_Told]:
    """All but a year in the title that was there when the strategy was decided: it only dates the strategy."""
    decided = max((fact.date.start[:4] for fact in told if fact.role is DateRole.ADOPTED), default="")
    return [
        fact for fact in told if not (fact.role is DateRole.HORIZON and fact.is_name and fact.date.end[:4] <= decided)
    ]


def _without_days_of_events(told: list[_Told], document: Document) -> list[_Told]:
    """All but a ``Datum:`` among an event's particulars that is the day of the event, not of the page."""
    days = {fact.date.start for fact in told if fact.role is DateRole.EVENT}
    if not words.EVENT_PARTICULARS.search(document.text):
        return told
    return [
        fact
        for fact in told
        if not (fact.role is DateRole.PUBLISHED and fact.section is None and fact.date.start in days)
    ]


def _is_of_another(fact: _Told, names: str, declaration: Declaration) -> bool:
    """Whether a date is not of this page's strategy: a decision of others or of a special field, a past period."""
    if fact.role is DateRole.PERIOD:
        return bool(words.OVER.search(fact.evidence)) and fact.date.start not in names
    if fact.role is not DateRole.ADOPTED:
        return False
    if words.OPENS_DECIDED.match(fact.evidence) and not words.STRATEGY.search(names):
        return True
    is_federal = declaration.land != "DE" and _FEDERAL.search(fact.evidence)
    return bool(is_federal) or only_names_other_strategies(fact.evidence, names)


def _stated(document: Document) -> Iterator[_Told]:
    """The publication date that the page states about itself."""
    for stated in document.stated_dates:
        if stated.role != DateRole.PUBLISHED:
            continue
        for found in dates_in(stated.text)[:1]:
            yield _Told(DateRole.PUBLISHED, found, stated.text, None)


def _is_apart(place: Placed) -> bool:
    """Whether a block tells nothing of the subject: a contact, or a line on the age or the source of the page."""
    return bool(_METADATA.match(place.block.text) or heads_contacts(place.heading))


def _in_block(
    place: Placed, declaration: Declaration, predecessor: str | None, names: str, *, speaks: bool
) -> Iterator[_Told]:
    block = place.block
    names_itself = declaration.is_official and declaration.kind in (
        PageKind.STRATEGY,
        PageKind.PROGRAMME,
        PageKind.ROADMAP,
    )
    names_itself = names_itself and bool(words.STRATEGY.search(names) or speaks)
    text = block.text
    may_open = declaration.kind is PageKind.NEWS or block.text.startswith("[")
    if may_open and (dateline := _dateline(block)):
        yield _Told(DateRole.PUBLISHED, dateline, text, place.path)
        text = text[dateline.span[1] :]
    is_name = names_itself and block.kind is BlockKind.HEADING and block.level == 1
    for before, sentence in pairwise(("", *sentences(text))):
        if len(dates_in(sentence)) > _MANY:
            continue
        subject = f"{before} {sentence}" if _PRONOUN.match(sentence) else sentence
        is_earlier = tells_of(subject, predecessor, names)
        for role, date in _roles(sentence, is_name):
            told = DateRole.PREDECESSOR if is_earlier and role is DateRole.ADOPTED else role
            yield _Told(told, date, sentence, place.path, is_name)


def _dateline(block: Block) -> FoundDate | None:
    """The date that a line is, or with which a report starts: ``Kiel, den 2. Januar 2006``, ``[07.11.2025]``."""
    for found in dates_in(block.text)[:1]:
        after = block.text[found.span[1] :].lstrip()
        at_start = bool(_DATELINE.match(block.text[: found.span[0]]))
        if found.precision is Precision.DAY and at_start and (not after or after[0] in "–—-|:.])\n"):
            return found
    return None


def _roles(sentence: str, is_name: bool) -> Iterator[tuple[DateRole, FoundDate]]:
    """Every date of a sentence that it gives a role; the first role that fits wins, so a date has one at most."""
    used: set[tuple[int, int]] = set()
    for role, found in _candidates(sentence, is_name):
        if found.span not in used or role is DateRole.EVENT:
            used.add(found.span)
            yield role, found


def _candidates(sentence: str, is_name: bool) -> Iterator[tuple[DateRole, FoundDate]]:
    yield from ((DateRole.PREDECESSOR, found) for found in predecessor_in(sentence))
    if adopted := adopted_in(sentence):
        yield DateRole.ADOPTED, adopted
    yield from ((DateRole.PUBLISHED, found) for found in published_in(sentence))
    yield from ((DateRole.PERIOD, found) for found in told_period_in(sentence))
    yield from ((DateRole.HORIZON, found) for found in stated_horizon_in(sentence, is_name=is_name))
    if not adopted:
        yield from ((DateRole.EVENT, found) for found in event_in(sentence))


def _distinct(told: Iterable[_Told]) -> list[_Told]:
    """One entry for each fact; the first place wins, and takes the more exact date of the same decision."""
    result: list[_Told] = []
    for fact in told:
        same = next((n for n, other in enumerate(result) if _same(other, fact)), None)
        if same is None:
            result.append(fact)
        elif len(fact.date.start) > len(result[same].date.start):
            result[same] = replace(fact, section=fact.section)
    return result


def _same(one: _Told, other: _Told) -> bool:
    if one.role is not other.role:
        return False
    if one.role in (DateRole.ADOPTED, DateRole.PUBLISHED):
        return one.date.start.startswith(other.date.start) or other.date.start.startswith(one.date.start)
    return (one.date.start, one.date.end) == (other.date.start, other.date.end)


def _record(position: int, fact: _Told) -> DateRecord:
    return DateRecord(
        position=position,
        section=fact.section,
        evidence=fact.evidence,
        role=fact.role,
        start_on=fact.date.start,
        end_on=fact.date.end,
        precision=fact.date.precision,
    )
