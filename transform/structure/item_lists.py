"""The lists of a document, known by what introduces them.

A list is introduced by the last sentence of the paragraph right before it, else by the heading above it.  What its
items become is decided in :mod:`transform.structure.action_fields`, :mod:`transform.structure.goals` and
:mod:`transform.structure.lists`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from transform.document import BlockKind, Document
from transform.german.sentences import sentences
from transform.outline import Placed, placed
from transform.structure.announcements import ACTION_FIELDS, Announcement, announced, counted
from transform.structure.enumerations import Enumeration, contributions_in, enumerations_in
from transform.structure.items import (
    Item,
    ItemList,
    Source,
    before_tail,
    child_headings,
    following_headings,
    heading_item,
    is_name,
    item_of,
    line_items,
    paragraph_items,
    table_items,
)

LIST_ROLE = "list"
"""Role of a list whose introduction does not say what it lists."""

_HEADING_ROLES = frozenset(
    {
        "action_fields",
        "goals",
        "target_categories",
        "principles",
        "focus_points",
        "foundations",
        "pillars",
        "core_topics",
        "measures",
        "projects",
        "cross_cutting_topics",
        "milestones",
        "phases",
        "requirements",
        "approaches",
        "components",
    }
)
_INTRODUCING = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_CONTACT_HEADING = re.compile(
    r"kontakt|ansprechpartner|ansprechperson|fragen und|presse(?:stelle|kontakt)|^(?:download|links|dokumente)",
    re.IGNORECASE,
)


def find_lists(document: Document) -> tuple[ItemList, ...]:
    """Every list of the document with at least one item, by the place where it begins."""
    blocks = placed(document)
    lists = [*_element_lists(blocks), *_announced_lists(blocks), *_sentence_lists(blocks)]
    return tuple(sorted(lists, key=lambda found: found.start))


def introduction(blocks: Sequence[Placed], position: int) -> tuple[str, int, Announcement | None] | None:
    """What introduces the list that begins at a position: the words, their block, and what they announce."""
    before = blocks[position - 1] if position else None
    heading = _heading_above(blocks, position)
    if before is not None and before.block.kind in _INTRODUCING and before.block.text.strip():
        sentence = sentences(before.block.text)[-1]
        found = announced(sentence)
        nested = before.block.kind is BlockKind.LIST_ITEM and before.block.level < blocks[position].block.level
        paragraph = before.block.kind is BlockKind.PARAGRAPH
        if nested or (paragraph and (sentence.endswith(":") or (found is not None and found.count is not None))):
            found = found or (announced(heading.block.text) if heading and paragraph else None)
            return sentence, before.position, found
    if heading is None:
        return None
    return heading.block.text, heading.position, announced(heading.block.text)


def _element_lists(blocks: Sequence[Placed]) -> Iterator[ItemList]:
    """Lists of list items; a nested list is one of its own."""
    groups: dict[tuple[int, int], list[Placed]] = {}
    run = -1
    for block in blocks:
        if block.block.kind is not BlockKind.LIST_ITEM:
            run -= 1
        elif block.block.text.strip():
            number = block.block.list_no if block.block.list_no is not None else run
            groups.setdefault((number, block.block.level), []).append(block)
    for members in groups.values():
        if _is_frame(members):
            continue
        intro = introduction(blocks, members[0].position)
        items = tuple(item_of(member) for member in members)
        yield _list(items, Source.LIST, intro, level=members[0].block.level)


def _announced_lists(blocks: Sequence[Placed]) -> Iterator[ItemList]:
    """Lists of headings, bold paragraphs or table rows behind words that announce them."""
    for block in blocks:
        found = _announcing(block)
        if found is None:
            continue
        intro = (found[0], block.position, found[1])
        for source, items in (
            (Source.HEADINGS, _heading_items(blocks, block, found[1])),
            (Source.PARAGRAPHS, line_items(blocks, block.position + 1, found[1].count)),
            (Source.PARAGRAPHS, paragraph_items(blocks, block.position + 1, found[1].count)),
            (Source.TABLE, table_items(blocks, block.position + 1)),
        ):
            if len(items) >= (3 if source is Source.PARAGRAPHS and block.block.kind is BlockKind.HEADING else 2):
                yield _list(tuple(items), source, intro)
                break


def _announcing(block: Placed) -> tuple[str, Announcement] | None:
    """The words of a heading, or of the last sentence of a paragraph that ends in a colon, and what they announce."""
    if block.block.kind is BlockKind.HEADING:
        found = announced(block.block.text)
        return (block.block.text, found) if found and found.is_plural and len(block.block.text.split()) <= 10 else None
    if block.block.kind is BlockKind.PARAGRAPH and block.block.text.rstrip().endswith(":"):
        sentence = sentences(block.block.text)[-1]
        found = announced(sentence)
        return (sentence, found) if found and found.is_explicit else None
    return None


def _heading_items(blocks: Sequence[Placed], start: Placed, found: Announcement) -> list[Item]:
    """The headings that are the list: below an announcing heading, or right behind an announcing paragraph."""
    if start.block.kind is not BlockKind.HEADING:
        return following_headings(blocks, start.position + 1, found.count)
    is_title = start.block.level == 1 and found.role != ACTION_FIELDS
    headings = child_headings(blocks, start.position + 1, start.block.level)
    if is_title or (found.role not in _HEADING_ROLES and found.count != len(headings)):
        return []
    if start.block.level == 1:
        headings = before_tail(headings)
    return [heading_item(blocks, heading) for heading in headings] if all(map(is_name, headings)) else []


def _sentence_lists(blocks: Sequence[Placed]) -> Iterator[ItemList]:
    """Lists inside the sentences of paragraphs."""
    for block in blocks:
        if block.block.kind is not BlockKind.PARAGRAPH:
            continue
        for line in block.block.text.split("\n") if block.block.text.count("\n") < 3 else [block.block.text]:
            for sentence in sentences(line):
                for found in (*enumerations_in(sentence), contributions_in(sentence)):
                    if found is not None:
                        yield _from_enumeration(found, block)


def _from_enumeration(found: Enumeration, block: Placed) -> ItemList:
    """An enumeration as a list."""
    items = tuple(Item(block.position, text, found.evidence, block.path, text) for text in found.items)
    return ItemList(items, Source.SENTENCE, found.role, found.intro, found.count, block.position)


def _list(
    items: tuple[Item, ...], source: Source, intro: tuple[str, int, Announcement | None] | None, *, level: int = 1
) -> ItemList:
    """A list with what its introduction says."""
    found = ItemList(items, source, LIST_ROLE, level=level)
    if intro is None:
        return found
    words, position, announcement = intro
    announcement = next((each for each in counted(words) if each.count == len(items)), announcement)
    found = replace(found, intro=words, intro_at=position)
    return replace(found, role=announcement.role, count=announcement.count) if announcement else found


def _heading_above(blocks: Sequence[Placed], position: int) -> Placed | None:
    """The nearest heading before a position."""
    return next((block for block in reversed(blocks[:position]) if block.block.kind is BlockKind.HEADING), None)


def _is_frame(members: Sequence[Placed]) -> bool:
    """Whether a list is no content of its own: contact lines, or nothing but links to files."""
    if members[0].heading and _CONTACT_HEADING.search(members[0].heading):
        return True
    return all(
        member.block.links and "".join(link.label for link in member.block.links).strip() == member.block.text.strip()
        for member in members
    ) and any("publicationFile" in link.url or link.url.lower().endswith(".pdf") for link in members[0].block.links)
