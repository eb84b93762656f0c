"""The figures of a page: numbers that mean something, each with what it counts and how it is qualified.

A number is a figure where it counts a noun, money, a share or a physical measure.  How numbers are written is in
:mod:`transform.numbers`, what they count in :mod:`transform.units`, which ones count nothing in
:mod:`transform.non_figures`, and the words before them in :mod:`transform.comparators`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from transform.comparators import Qualification, is_total, qualification
from transform.document import BlockKind, Document
from transform.non_figures import without_non_figures
from transform.numbers import FoundNumber, numbers_in
from transform.outline import Placed, placed
from transform.records import Figure
from transform.sentences import sentences
from transform.units import Unit, UnitKind, unit_after

_CONTACTS = re.compile(
    r"^\W*(?:\w*ansprechpartner|kontakt|pressekontakt|impressum|anschrift|öffnungszeiten|adresse)", re.IGNORECASE
)
_NUMBERED = re.compile(r"^\s*(?P<number>\d{1,2})(?:\.\d+)*\.?\s+(?=\S)")
_ADDRESS_LINE = re.compile(r"^\s*(?:D-)?\d{5}\s+[A-ZÄÖÜ][\w./ ()-]*$|^\s*[\wÄÖÜäöüß. -]{3,60}\s\d{1,4}\s?[a-z]?\s*$")
_MENTIONED = re.compile(r"\s+(?:und|sowie)\s+")
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
    def key(self) -> tuple[float, float | None, str, str]:
        """What makes two mentions one fact: the numbers and the head noun; a share, by what it is a share of."""
        share = self.evidence if self.unit.kind is UnitKind.PERCENT else ""
        return self.number.number.value, self.number.number.value_to, self.unit.head, share


def read_figures(document: Document, *, title: str | None = None) -> tuple[Figure, ...]:
    """The figures of a page in reading order, one for each fact.

    The same value of the same things told again is one figure with ``mentions`` counted; the first place gives its
    unit, words and evidence.  ``unit`` is in the nominative; money is in whole ``Euro``, shares are in ``Prozent`` (of
    what, the evidence tells).  ``scope`` is the nearest heading.  Headings count only where they state a count as a claim
    (``83 Maßnahmen für Brandenburg``), never by their numbering; contact sections give none.  ``title`` is the name of the
    page's subject: numbers in it are part of a name.
    """
    numbered = _numbered_headings(document)
    mentions = (
        mention
        for place in placed(document)
        if not _CONTACTS.match(place.heading or "")
        for mention in _in_block(place, title, is_numbered=place.position in numbered)
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
    lines = place.block.text.split("\n")
    text = " ".join(line for line in lines if not _ADDRESS_LINE.match(line)) if len(lines) > 1 else place.block.text
    if len(lines) == 1 and _ADDRESS_LINE.match(text):
        return
    if is_numbered:
        text = _NUMBERED.sub("", text)
    for sentence in sentences(text):
        yield from _in_sentence(sentence, place, title)


def _in_sentence(sentence: str, place: Placed, title: str | None) -> Iterator[_Mention]:
    """The figures of one sentence; ``insgesamt`` reaches over ``und`` and from the start of the sentence."""
    total = is_total(sentence)
    previous: _Mention | None = None
    for number in numbers_in(without_non_figures(sentence, title)):
        unit = unit_after(
            sentence, number.end, value=number.number.value_to or number.number.value, percent=number.number.percent
        )
        if unit is None:
            continue
        told = qualification(sentence, number.start, unit)
        if (
            told.words is None
            and previous is not None
            and _MENTIONED.fullmatch(sentence[previous.unit.end : number.start])
        ):
            told = previous.qualification.inherited
        elif told.words is None and total is not None and previous is None and unit.kind is not UnitKind.PERCENT:
            told = total
        previous = _Mention(number, unit, told, _clause(sentence, number.start, unit.end), place)
        yield previous


def _clause(sentence: str, start: int, end: int) -> str:
    """The sentence as evidence; of a long one, the part between dashes, semicolons or colons that holds the figure."""
    if len(sentence) <= _LONG:
        return sentence
    breaks = [match.span() for match in re.finditer(r"\s[–—-]\s|[;:]\s", sentence)]
    left = max((stop for _, stop in breaks if stop <= start), default=0)
    right = min((begin for begin, _ in breaks if begin >= end), default=len(sentence))
    return sentence[left:right].strip()


def _distinct(mentions: Iterable[_Mention]) -> list[tuple[_Mention, int]]:
    facts: dict[tuple[float, float | None, str, str], tuple[_Mention, int]] = {}
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
