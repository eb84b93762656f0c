"""Goals: items of lists that an introduction calls goals, and goals stated in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.model import Declaration, RecordKind
from transform.document import Document
from transform.german.text import key
from transform.outline import placed
from transform.records import Goal
from transform.structure.announcements import GOALS
from transform.structure.items import Item, ItemList
from transform.structure.locating import located
from transform.structure.series import tidy

CONTRIBUTIONS = "contributions"
"""Role of "dazu beitragen, X zu fördern, …": goals where the same paragraph states a goal."""


@dataclass(frozen=True, slots=True)
class Goals:
    """The goals of a page, the items that they were made of, and the locators that lost their place."""

    records: tuple[Goal, ...]
    items: tuple[Item, ...]
    drift: tuple[str, ...] = ()


def read_goals(document: Document, declaration: Declaration, lists: Sequence[ItemList]) -> Goals:
    """The goals in reading order, each once: those at declared places, and those that the page calls goals."""
    declared = located(declaration, RecordKind.GOALS, placed(document), lists)
    items = sorted(
        {*(item for _, found in declared.found for item in found), *_by_rule(lists)}, key=lambda item: item.position
    )
    ranks = {item: rank for rank, item in enumerate(_in_order(lists))}
    items.sort(key=lambda item: (item.position, ranks.get(item, 0)))
    return Goals(_records(items), tuple(items), declared.drift)


def _in_order(lists: Sequence[ItemList]) -> Iterator[Item]:
    """All items of all lists, in reading order."""
    return (item for found in lists for item in found.items)


def _by_rule(lists: Sequence[ItemList]) -> Iterator[Item]:
    """Items of lists of goals, and of the contributions told in a paragraph that states a goal."""
    stated_at = {found.intro_at for found in lists if found.role == GOALS}
    for found in lists:
        if found.role == GOALS or (found.role == CONTRIBUTIONS and found.intro_at in stated_at):
            yield from found.items


def _records(items: Sequence[Item]) -> tuple[Goal, ...]:
    """Items as records; a goal that comes again is the same goal."""
    goals: dict[str, Goal] = {}
    for item in items:
        text = tidy(item.text) or item.text
        goals.setdefault(key(text), Goal(position=len(goals), section=item.section, evidence=item.evidence, text=text))
    return tuple(goals.values())
