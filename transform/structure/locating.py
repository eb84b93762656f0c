"""Where declared records stand: a locator's words found on the page, and the items below them.

A locator names words and a kind of element.  Words that are nowhere on the page are drift: the page has been rewritten
and the declaration needs mending; nothing has been deleted.  Words that are there with another kind of element below
them (a list that became headings or cards) still lead to the records.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from extract.model import Declaration, Element, Locator, RecordKind
from transform.document import BlockKind
from transform.german.sentences import sentences
from transform.german.text import key
from transform.outline import Placed
from transform.structure.announcements import announced
from transform.structure.items import (
    Item,
    ItemList,
    Source,
    child_headings,
    following_headings,
    heading_item,
    paragraph_items,
    table_items,
)

_NEARLY = 90.0
"""Least similarity (0 to 100) at which words that were slightly edited still are the anchor."""


@dataclass(frozen=True, slots=True)
class Located:
    """What a page's locators of one kind found: items by locator, and a sentence for each that lost its place."""

    found: tuple[tuple[Locator, tuple[Item, ...]], ...]
    drift: tuple[str, ...] = ()

    @property
    def is_declared(self) -> bool:
        """Whether there was a locator that found its place."""
        return bool(self.found)


@dataclass(frozen=True, slots=True)
class _Place:
    """The stretch of blocks in which a locator's records stand, and the block that leads there."""

    anchor: Placed | None
    start: int
    end: int


def located(declaration: Declaration, kind: RecordKind, blocks: Sequence[Placed], lists: Sequence[ItemList]) -> Located:
    """The items of all locators of one kind, in the order in which they are declared.

    Locators of the same place share its items: one with ``first`` takes so many of them, the next one the rest.
    """
    found: list[tuple[Locator, tuple[Item, ...]]] = []
    drift: list[str] = []
    taken: dict[tuple[str | None, str | None], int] = {}
    for locator in (each for each in declaration.locators if each.records is kind):
        place = _place(locator, blocks)
        if place is None:
            drift.append(_lost(declaration, locator))
            continue
        spot = (locator.under, locator.after)
        items = _items(locator.element, place, blocks, lists)[taken.get(spot, 0) :][: locator.first]
        taken[spot] = taken.get(spot, 0) + len(items)
        if not items and locator.after is None:
            drift.append(_empty(declaration, locator))
            continue
        found.append((locator, tuple(items)))
    return Located(tuple(found), tuple(drift))


def _lost(declaration: Declaration, locator: Locator) -> str:
    """The sentence for a locator whose words are nowhere."""
    words = " and ".join(f"{name} „{text}“" for name, text in _anchors(locator))
    return (
        f"{declaration.page_id}: expected {locator.records} {words}, found no such words on the page. "
        f"Look at the page and mend the locator in {declaration.source or 'the catalogue'}."
    )


def _empty(declaration: Declaration, locator: Locator) -> str:
    """The sentence for a heading that stands there with no records below it."""
    words = " and ".join(f"{name} „{text}“" for name, text in _anchors(locator)) or "on the page"
    return (
        f"{declaration.page_id}: expected {locator.records} as {locator.element} {words}, found none there. "
        f"Look at the page and mend the locator in {declaration.source or 'the catalogue'}."
    )


def _anchors(locator: Locator) -> Iterator[tuple[str, str]]:
    """The words of a locator with what they are."""
    if locator.under is not None:
        yield "under", locator.under
    if locator.after is not None:
        yield "after", locator.after


def _place(locator: Locator, blocks: Sequence[Placed]) -> _Place | None:
    """Where a locator leads; ``None`` where its words are not found."""
    place = _Place(None, 0, len(blocks))
    if locator.under is not None:
        heading = _best([b for b in blocks if b.block.kind is BlockKind.HEADING], locator.under)
        if heading is None:
            return None
        place = _Place(heading, heading.position + 1, _end_of_section(blocks, heading))
    if locator.after is not None:
        paragraphs = [b for b in blocks[place.start : place.end] if b.block.kind is BlockKind.PARAGRAPH]
        paragraph = _best(paragraphs, locator.after, contained=True)
        if paragraph is None:
            return None
        place = _Place(paragraph, paragraph.position + 1, place.end)
    return place


def _best(blocks: Sequence[Placed], words: str, *, contained: bool = False) -> Placed | None:
    """The block that has the words (equal, or inside where ``contained``), else the most similar one if nearly so."""
    wanted = key(words)
    for block in blocks:
        text = key(block.block.text)
        if text == wanted or (contained and wanted in text):
            return block
    scored = [(max(fuzz.ratio(wanted, key(part)) for part in _parts(block, contained)), block) for block in blocks]
    score, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best if score >= _NEARLY else None


def _parts(block: Placed, contained: bool) -> tuple[str, ...]:
    """What of a block is compared: all of it, or each sentence."""
    return (sentences(block.block.text) or ("",)) if contained else (block.block.text,)


def _end_of_section(blocks: Sequence[Placed], heading: Placed) -> int:
    """The rank of the next heading of the same level or above."""
    for block in blocks[heading.position + 1 :]:
        if block.block.kind is BlockKind.HEADING and block.block.level <= heading.block.level:
            return block.position
    return len(blocks)


def _items(element: Element, place: _Place, blocks: Sequence[Placed], lists: Sequence[ItemList]) -> Sequence[Item]:
    """The items at a place: of the declared kind of element, else of the first other kind that has any."""
    behind = place.anchor is not None and place.anchor.block.kind is BlockKind.PARAGRAPH
    readers = {
        Element.LIST_ITEMS: lambda: _listed(place, lists, blocks, directly=behind or element is not Element.LIST_ITEMS),
        Element.HEADINGS: lambda: _headings(place, blocks, behind_paragraph=behind),
        Element.PARAGRAPHS: lambda: _cards(place, blocks),
        Element.SENTENCE: lambda: _in_sentence(place, lists, behind_paragraph=behind),
    }
    others = [other for other in readers if other not in (element, Element.SENTENCE)]
    return next((items for items in (readers[each]() for each in (element, *others)) if items), ())


def _cards(place: _Place, blocks: Sequence[Placed]) -> Sequence[Item]:
    """The bold or short paragraphs at a place, else its table rows."""
    return paragraph_items(blocks[: place.end], place.start) or table_items(blocks[: place.end], place.start)


def _in_sentence(place: _Place, lists: Sequence[ItemList], *, behind_paragraph: bool) -> Sequence[Item]:
    """The first list inside a sentence at a place; of an anchoring paragraph only its own."""
    first = place.start - 1 if behind_paragraph else place.start
    last = place.start if behind_paragraph else place.end
    found = [each for each in lists if each.source is Source.SENTENCE and first <= each.start < last]
    return found[0].items if found else ()


def _listed(place: _Place, lists: Sequence[ItemList], blocks: Sequence[Placed], *, directly: bool) -> Sequence[Item]:
    """The first list of list items at a place; where asked, only one that stands in the section of the anchor."""
    found = [
        each
        for each in lists
        if each.source is Source.LIST and place.start <= each.start < place.end and each.level == 1
    ]
    if not found:
        return ()
    start = found[0].start
    behind = place.anchor is not None and place.anchor.block.kind is BlockKind.PARAGRAPH
    between = [block for block in blocks[place.start : start] if behind or block.block.kind is BlockKind.HEADING]
    return () if directly and between else found[0].items


def _headings(place: _Place, blocks: Sequence[Placed], *, behind_paragraph: bool) -> Sequence[Item]:
    """The headings at a place: right behind a paragraph, or one level below the anchoring heading."""
    if behind_paragraph and place.anchor is not None:
        found = announced((sentences(place.anchor.block.text) or ("",))[-1])
        return following_headings(blocks, place.start, found.count if found else None)
    above = place.anchor.block.level if place.anchor else 1
    return [heading_item(blocks, heading) for heading in child_headings(blocks[: place.end], place.start, above)]
