"""Where a record was read: the sentence around its evidence, and the words in it that tell the fact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from transform.dates.grammar import dates_in
from transform.document import Document
from transform.german.numbers import numbers_in
from transform.german.sentences import sentences
from transform.records import DateRecord, Figure, Record

_META = frozenset(
    {"section", "evidence", "path", "intro", "scope", "role", "kind", "type", "detail", "status_evidence"}
)


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of a page on one line, and the words of it that tell a fact, longest first."""

    sentence: str
    words: tuple[str, ...]


def told_in(document: Document, record: Record) -> Told:
    """The sentence from which a record was read, with the words that tell it.

    A figure is told by its number, qualifier and unit, a date by its digits and month, all else by the words that stand
    in the record; where none of these stands in the sentence (they were brought to the nominative), by the evidence.
    """
    evidence = " ".join(record.evidence.split())
    sentence = _around(document, evidence)
    words = {word for word in _words(record, sentence) if word and word in sentence}
    return Told(sentence, tuple(sorted(words or {evidence}, key=len, reverse=True)))


def _around(document: Document, evidence: str) -> str:
    """The first sentence that holds the evidence; the evidence itself where it is longer than one."""
    for block in document.blocks:
        flat = " ".join(block.text.split())
        if evidence in flat:
            return next((sentence for sentence in sentences(flat) if evidence in sentence), evidence)
    return evidence


def _words(record: Record, sentence: str) -> Iterator[str]:
    """The words of a sentence that tell a record."""
    if isinstance(record, Figure):
        yield from _of_figure(record, sentence)
    elif isinstance(record, DateRecord):
        yield from (found.text for found in dates_in(sentence) if found.start == record.start_on)
    else:
        for field in fields(record):
            value = getattr(record, field.name)
            if isinstance(value, str) and field.name not in _META:
                yield " ".join(value.split())


def _of_figure(record: Figure, sentence: str) -> Iterator[str]:
    """The number with what qualifies it and what it counts."""
    for found in numbers_in(sentence):
        if found.number.value == record.value:
            yield found.text
    if record.qualifier:
        yield record.qualifier
    yield from (word for word in record.unit.split() if word[0].isupper())
