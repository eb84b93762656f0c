"""Items of lists, whatever makes them up: list elements, headings, cards, table rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from transform.document import BlockKind
from transform.outline import SEPARATOR, Placed
from transform.structure.announcements import noun_of

_SHORT_CHARS = 90
_TAIL_HEADING = re.compile(
    r"kontakt|ansprech|fragen|download|dokument|weitere|entsteh|entstanden|ausblick|umsetzung|hintergrund|mehr |"
    r"rückblick|beteilig|fazit|newsletter|termine|aktuelles|material|finanz|monitoring|evaluation|weg\b",
    re.IGNORECASE,
)


class Source(StrEnum):
    """What makes up a list on the page."""

    LIST = "list"
    HEADINGS = "headings"
    PARAGRAPHS = "paragraphs"
    TABLE = "table"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class Item:
    """One item: where it starts, its words, and the part set off as its name where there is one."""

    position: int
    text: str
    evidence: str
    section: str | None
    name: str | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list in reading order; ``count`` is what its introduction announces, ``intro_at`` the block that holds it."""

    items: tuple[Item, ...]
    source: Source
    role: str
    intro: str | None = None
    count: int | None = None
    intro_at: int | None = None
    level: int = 1

    @property
    def start(self) -> int:
        """Rank of the block in which it begins."""
        return self.items[0].position


def item_of(placed_block: Placed) -> Item:
    """A block as an item; the words set in bold at its beginning, or those before a colon, are its name."""
    block = placed_block.block
    first, _, rest = block.text.partition("\n")
    name, description = first.strip(), " ".join(rest.split()) or None
    if block.kind is BlockKind.TABLE_ROW:
        name, _, tail = first.partition(" | ")
        description = tail or description
    elif block.strong and block.text.startswith(block.strong) and len(block.strong) < len(block.text):
        name = block.strong
        description = " ".join(block.text[len(block.strong) :].split()).lstrip(" :–—-") or None
    elif (match := re.match(r"([^:.]{3,80}):\s+(\S.*)", first)) and len(match[2].split()) >= 4:
        name, description = match[1], " ".join([match[2], rest]).strip()
    flat = " ".join(block.text.split())
    return Item(placed_block.position, flat, flat, placed_block.path, name, description)


def heading_item(blocks: Sequence[Placed], heading: Placed) -> Item:
    """A heading as an item; the text up to the next heading of its level or above describes it."""
    body = []
    for other in blocks[heading.position + 1 :]:
        if other.block.kind is BlockKind.HEADING and other.block.level <= heading.block.level:
            break
        if other.block.kind is not BlockKind.HEADING:
            body.append(" ".join(other.block.text.split()))
    above = SEPARATOR.join(heading.headings[:-1]) or None
    text = heading.block.text
    return Item(heading.position, text, text, above, text, "\n".join(filter(None, body)) or None)


def child_headings(blocks: Sequence[Placed], start: int, above: int) -> list[Placed]:
    """The headings of the first level that follows ``start``, as long as they are deeper than level ``above``."""
    found: list[Placed] = []
    for other in blocks[start:]:
        if other.block.kind is not BlockKind.HEADING:
            continue
        if other.block.level <= above:
            break
        if not found or other.block.level == found[0].block.level:
            found.append(other)
        elif other.block.level < found[0].block.level:
            break
    return found


def following_headings(blocks: Sequence[Placed], start: int, count: int | None) -> list[Item]:
    """The sibling headings from a position on, as many as are announced; none where one is no name of a thing."""
    if start >= len(blocks) or blocks[start].block.kind is not BlockKind.HEADING:
        return []
    headings = child_headings(blocks, start, 0)
    headings = before_tail(headings) if count is None else headings[:count]
    is_list = len(headings) >= (count or 2) and all(map(is_name, headings))
    return [heading_item(blocks, heading) for heading in headings] if is_list else []


def before_tail(headings: list[Placed]) -> list[Placed]:
    """Headings up to the first that usually ends a page (contact, download, outlook)."""
    for number, heading in enumerate(headings):
        if _TAIL_HEADING.search(heading.block.text):
            return headings[:number]
    return headings


def is_name(heading: Placed) -> bool:
    """Whether a heading can be the name of a thing: no question, no sentence."""
    text = heading.block.text.strip()
    return not re.search(r"[?!]|[.:]\s|[.:]$", re.sub(r"^(?:\d+\.?)+\s|^[IVX]+\.\s|\b(?:Nr|St|z|B)\.", "", text))


def paragraph_items(blocks: Sequence[Placed], start: int, count: int | None = None) -> list[Item]:
    """Paragraphs in a row that each begin in bold, or are a few words without a full stop."""
    items: list[Item] = []
    for block in blocks[start:]:
        text = block.block.text.strip()
        begins_bold = block.block.strong is not None
        is_open = not text.endswith((".", ":", "!", "?"))
        is_short = is_open and (len(text) <= _SHORT_CHARS or text[:1].islower())
        if block.block.kind is not BlockKind.PARAGRAPH or not text or not (begins_bold or is_short):
            break
        if items and begins_bold != (blocks[items[0].position].block.strong is not None):
            break
        items.append(item_of(block))
    return items[:count] if count is None or len(items) >= count else []


def line_items(blocks: Sequence[Placed], start: int, count: int | None) -> list[Item]:
    """The lines of one paragraph as items, where there are as many as announced and none is a sentence."""
    block = blocks[start] if start < len(blocks) else None
    if count is None or block is None or block.block.kind is not BlockKind.PARAGRAPH:
        return []
    lines = [line.strip() for line in block.block.text.split("\n")]
    if len(lines) != count or any(len(line) > _SHORT_CHARS or line.endswith((".", ":", "!", "?")) for line in lines):
        return []
    return [Item(block.position, line, line, block.path, line) for line in lines]


def table_items(blocks: Sequence[Placed], start: int) -> list[Item]:
    """The rows of a table by their first cell, without a header row: bold, or with a cell that is a head noun."""
    rows = []
    for block in blocks[start:]:
        if block.block.kind is not BlockKind.TABLE_ROW:
            break
        rows.append(block)
    if rows and (rows[0].block.strong == rows[0].block.text or any(map(noun_of, rows[0].block.text.split(" | ")))):
        rows = rows[1:]
    return [item_of(row) for row in rows]
