"""The figures of a page: numbers that mean something, each with what it counts and how it is qualified.

A number is a figure where it counts a noun, money, a share or a physical measure.  How numbers are written is in
:mod:`transform.german.numbers`, what they count in :mod:`transform.figures.units`, which ones count nothing in
:mod:`transform.figures.non_figures`, and the words before them in :mod:`transform.figures.comparators`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from transform.document import BlockKind, Document
from transform.figures.comparators import Qualification, opening_total, qualification
from transform.figures.distant_units import distant_unit, unit_of_part
from transform.figures.non_figures import heads_contacts, without_non_figures
from transform.figures.tables import told_in_tables
from transform.figures.units import Unit, UnitKind, unit_of
from transform.german.numbers import FoundNumber, numbers_in
from transform.german.sentences import sentences
from transform.outline import Placed, placed
from transform.records import Figure

_NUMBERED = re.compile(r"^\s*(?P<number>\d{1,2})(?:\.\d+)*\.?\s+(?=\S)")
_POST_CODE_LINE = re.compile(r"^\s*(?:D-)?\d{5}\s+[A-ZÄÖÜ][\w./ ()-]*$")
_JOINED = re.compile(r"\s+(?:und|sowie)\s+")
_BREAK = r"\s[–—-]\s|[;:]\s"
_LONG = 300


@dataclass(frozen=True, slots=True)
class _Mention:
    """One place that states a figure."""

    number: FoundNumber
    unit: Unit
    qualification: Qualification
    evidence: str
    place: Placed

    @property
    def key(self) -> tuple[float, float | None, str]:
        """What makes two mentions one fact: the numbers and the head noun; of a share, also the whole."""
        return self.number.number.value, self.number.number.value_to, self.unit.head


def read_figures(document: Document, *, title: str | None = None) -> tuple[Figure, ...]:
    """The figures of a page in reading order, one for each fact.

    The same value of the same things told again is one figure with ``mentions`` counted; the first place gives its
    unit, words and evidence.  ``unit`` is in the nominative; money is in whole ``Euro``, shares are in ``Prozent`` (of
    what, the evidence tells).  ``scope`` is the nearest heading.  A number in a table's cell counts what its column is
    headed by.  Headings count only where they state a count as a claim (``83 Maßnahmen für Brandenburg``), never by
    their numbering; contact sections give none.  ``title`` is the name of the page's subject: where the text repeats
    it, its numbers are part of a name.
    """
    numbered = _numbered_headings(document)
    places = placed(document)
    in_tables = told_in_tables(places)
    mentions = (
        mention
        for place in places
        if not heads_contacts(place.heading)
        for mention in (
            *_in_block(place, title, is_numbered=place.position in numbered),
            *_in_row(place, in_tables.get(place.position, ())),
        )
    )
    return tuple(_figure(position, first, count) for position, (first, count) in enumerate(_distinct(mentions)))


def _numbered_headings(document: Document) -> frozenset[int]:
    """Ranks of the headings whose first number counts the headings themselves: another one has its neighbour."""
    numbers = {
        position: int(match["number"])
        for position, block in enumerate(document.blocks)
        if block.kind is BlockKind.HEADING and (match := _NUMBERED.match(block.text))
    }
    others = list(numbers.values())
    return frozenset(p for p, n in numbers.items() if n - 1 in others or n + 1 in others or others.count(n) > 1)


def _in_block(place: Placed, title: str | None, *, is_numbered: bool) -> Iterator[_Mention]:
    text = _without_addresses(place.block.text)
    if is_numbered or (place.block.kind is BlockKind.HEADING and re.match(r"\s*1\s", text)):
        text = _NUMBERED.sub("", text)
    for sentence in sentences(text):
        yield from _in_sentence(sentence, place, None if place.block.kind is BlockKind.HEADING else title)


def _in_row(place: Placed, phrases: Iterable[str]) -> Iterator[_Mention]:
    """The figures of a table's row, with the whole row as evidence."""
    for phrase in phrases:
        for mention in _in_sentence(phrase, place, None):
            yield replace(mention, evidence=place.block.text)


def _without_addresses(text: str) -> str:
    """The text without lines of a post code and town, nor the street on the line before."""
    lines = text.split("\n")
    towns = {rank for rank, line in enumerate(lines) if _POST_CODE_LINE.match(line)}
    return "\n".join(line for rank, line in enumerate(lines) if rank not in towns and rank + 1 not in towns)


def _in_sentence(sentence: str, place: Placed, title: str | None) -> Iterator[_Mention]:
    """The figures of one sentence; ``insgesamt`` reaches over ``und`` and from the start of the sentence."""
    previous: _Mention | None = None
    found = numbers_in(without_non_figures(sentence, title)) if numbers_in(sentence) else ()
    for number, following in zip_longest(found, found[1:]):
        unit = unit_of_part(sentence, number, following) or unit_of(sentence, number)
        if unit is None:
            unit = distant_unit(sentence, number, previous.unit if previous else None)
        if unit is None:
            continue
        told = _qualified(sentence, number, unit, previous)
        previous = _Mention(number, unit, told, _clause(sentence, number.start, unit.end), place)
        yield previous


def _qualified(sentence: str, number: FoundNumber, unit: Unit, previous: _Mention | None) -> Qualification:
    told = qualification(sentence, number, unit)
    if told.words is not None:
        return told
    before = sentence[previous.unit.end if previous else 0 : number.start]
    if previous and _JOINED.fullmatch(before):
        return previous.qualification.inherited
    clauses = re.split(_BREAK, before)
    opening = clauses[-1:] if previous is None or len(clauses) > 1 else []
    openings = [sentence, *opening] if previous is None else opening
    if unit.kind is UnitKind.PERCENT:
        return told
    return next((total for text in openings if (total := opening_total(text))), told)


def _clause(sentence: str, start: int, end: int) -> str:
    """The sentence as evidence; of a long one, the part between dashes, semicolons or colons that holds the figure."""
    if len(sentence) <= _LONG:
        return sentence
    breaks = [match.span() for match in re.finditer(_BREAK, sentence)]
    left = max((stop for _, stop in breaks if stop <= start), default=0)
    right = min((begin for begin, _ in breaks if begin >= end), default=len(sentence))
    return sentence[left:right].strip()


def _distinct(mentions: Iterable[_Mention]) -> list[tuple[_Mention, int]]:
    facts: dict[tuple[float, float | None, str], tuple[_Mention, int]] = {}
    for mention in mentions:
        first, count = facts.get(mention.key, (mention, 0))
        facts[mention.key] = (first, count + 1)
    return list(facts.values())


def _figure(position: int, mention: _Mention, mentions: int) -> Figure:
    number = mention.number.number
    return Figure(
        position=position,
        section=mention.place.path,
        evidence=mention.evidence,
        value=number.value,
        value_to=number.value_to,
        comparator=mention.qualification.comparator,
        qualifier=mention.qualification.words,
        unit=mention.unit.text,
        scope=mention.place.heading,
        mentions=mentions,
    )
