"""Which sections became several, and which became one.

A section that came is a part of an old one where most of its sentences stood there; a section that went lives on in a
new one where most of its sentences stand there now.  Such sections are one group: their texts are compared together,
and the new division is told once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from transform.compare.matching import Matching
from transform.compare.wording import words
from transform.german.sentences import sentences
from transform.records import SectionRecord

INHERITED = 0.6
"""From this share of its words on, a section's text comes from (or lives on in) another one."""
_LEAST_WORDS = 6
"""Shorter texts say too little to tell where they come from."""


@dataclass(frozen=True, slots=True)
class Group:
    """Sections that say the same thing before and after, each side in reading order; mostly one on each."""

    before: tuple[SectionRecord, ...]
    after: tuple[SectionRecord, ...]

    @property
    def is_regrouped(self) -> bool:
        """Whether one became several or several one."""
        return len(self.before) != 1 or len(self.after) != 1

    @property
    def text_before(self) -> str:
        """The text below all headings before."""
        return "\n".join(section.text for section in self.before)

    @property
    def text_after(self) -> str:
        """The text below all headings after."""
        return "\n".join(section.text for section in self.after)


@dataclass(frozen=True, slots=True)
class Grouping:
    """Groups in the order of the page, and the sections that belong to none."""

    groups: tuple[Group, ...]
    removed: tuple[SectionRecord, ...]
    added: tuple[SectionRecord, ...]


def regrouped(found: Matching[SectionRecord]) -> Grouping:
    """Puts sections that were split off or merged to those from which they come or in which they live on."""
    groups = [Group((old,), (new,)) for old, new in found.pairs]
    removed, added = list(found.removed), list(found.added)
    for new in found.added:
        parent = _heir([(group, _lost(group)) for group in groups], new)
        if parent is not None:
            groups[groups.index(parent)] = Group(parent.before, _in_order((*parent.after, new)))
            added.remove(new)
    for old in found.removed:
        child = _heir([(group, _gained(group)) for group in groups], old)
        if child is not None:
            groups[groups.index(child)] = Group(_in_order((*child.before, old)), child.after)
            removed.remove(old)
    for old in tuple(removed):
        parts = [new for new in added if inherited(new.text, _said(old.text)) >= INHERITED]
        if len(parts) > 1:
            groups.append(Group((old,), tuple(parts)))
            removed.remove(old)
            added = [new for new in added if new not in parts]
    for new in tuple(added):
        parts = [old for old in removed if inherited(old.text, _said(new.text)) >= INHERITED]
        if len(parts) > 1:
            groups.append(Group(tuple(parts), (new,)))
            added.remove(new)
            removed = [old for old in removed if old not in parts]
    return Grouping(tuple(sorted(groups, key=lambda group: group.after[0].position)), tuple(removed), tuple(added))


def inherited(text: str, said: Counter[str]) -> float:
    """The share of a text's words that stand in sentences which another text says as well."""
    pieces = _said(text)
    total = sum(len(words(piece)) * count for piece, count in pieces.items())
    if total < _LEAST_WORDS:
        return 0.0
    return sum(len(words(piece)) * count for piece, count in (pieces & said).items()) / total


def _heir(groups: Sequence[tuple[Group, Counter[str]]], section: SectionRecord) -> Group | None:
    scored = [(inherited(section.text, said), -rank, group) for rank, (group, said) in enumerate(groups)]
    best = max(scored, key=lambda one: one[:2], default=None)
    return best[2] if best and best[0] >= INHERITED else None


def _lost(group: Group) -> Counter[str]:
    return _said(group.text_before) - _said(group.text_after)


def _gained(group: Group) -> Counter[str]:
    return _said(group.text_after) - _said(group.text_before)


def _said(text: str) -> Counter[str]:
    """The sentences of a text in comparison form."""
    return Counter(" ".join(words(piece)) for line in text.split("\n") for piece in sentences(line))


def _in_order(sections: Sequence[SectionRecord]) -> tuple[SectionRecord, ...]:
    return tuple(sorted(sections, key=lambda section: section.position))
