"""Headings that are set in bold instead of being marked up: ``<p><strong>Digitale Verwaltung</strong></p>``.

One bold line says little: it may be a lead, a name, a label.  Where a page sets several short bold lines, each with
text below it, they are its headings, one level below the last real one.  Names on contact cards are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from transform.document import Block, BlockKind
from transform.german.text import displayed

_LONGEST = 90
_SHORTEST_TEXT = 60
_FEWEST = 2
_LONGEST_WITH_STOP = 60
_NO_HEADING = re.compile(r"[:,;!–—-]$|@|\d{5}|^\W|^(?:Tel|Fax|E-?Mail|Dr\.|Prof\.|Foto|Bild|Quelle|Stand)\b|^\d+$")
_SENTENCE = re.compile(r"[.:!?)“\"]\s*$|[.!?]\s")
_DEEPEST = 6


def with_bold_headings(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with bold lines made headings, if at least two of them stand on the page."""
    alone = {n for n in range(len(blocks)) if _is_line_above_text(blocks, n)}
    leading = {n for n, block in enumerate(blocks) if _begins_with_line(block)}
    if len(alone) + len(leading) < _FEWEST:
        return list(blocks)
    result: list[Block] = []
    level = 1
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            level = block.level
        if number in alone:
            result.append(_heading(block, block.text, level))
        elif number in leading:
            line, _, rest = block.text.partition("\n")
            links = tuple(link for link in block.links if link.label in displayed(rest))
            result += [_heading(block, line, level), replace(block, text=rest, strong=None, links=links)]
        else:
            result.append(block)
    return result


def _heading(block: Block, text: str, level: int) -> Block:
    """A line as a heading below the last real one."""
    links = tuple(link for link in block.links if link.label in text)
    return replace(block, kind=BlockKind.HEADING, text=text, level=min(level + 1, _DEEPEST), strong=None, links=links)


def _is_line_above_text(blocks: Sequence[Block], number: int) -> bool:
    """Whether a block is a bold line, not the second in a row, with text or a list below it."""
    block = blocks[number]
    if block.kind is not BlockKind.PARAGRAPH or block.strong != block.text or not _may_be_heading(block.text):
        return False
    before = blocks[number - 1] if number else None
    if before is not None and before.kind is BlockKind.PARAGRAPH and before.strong == before.text:
        return False
    below = blocks[number + 1] if number + 1 < len(blocks) else None
    return below is not None and (_is_text(below) or block.text.endswith("?"))


def _begins_with_line(block: Block) -> bool:
    """Whether a paragraph begins with a bold line of its own and goes on with text."""
    line, _, rest = block.text.partition("\n")
    whole_line = block.kind is BlockKind.PARAGRAPH and block.strong == line
    return whole_line and _may_be_heading(line) and len(rest) >= _SHORTEST_TEXT and "." in rest and "\n" not in rest


def _is_text(block: Block) -> bool:
    """Whether a block is running text or an item of a list, not a line of a contact card."""
    if block.kind is BlockKind.LIST_ITEM:
        return True
    is_plain = block.kind is BlockKind.PARAGRAPH and block.strong != block.text
    return is_plain and len(block.text) >= _SHORTEST_TEXT and _SENTENCE.search(block.text) is not None


def _may_be_heading(text: str) -> bool:
    """Whether a line can be a heading: short, no label, nothing of a contact; shorter yet with a full stop."""
    if text.endswith(".") and (len(text) > _LONGEST_WITH_STOP or re.search(r"[.!?]\s|\.\.", text)):
        return False
    return 3 <= len(text) <= _LONGEST and "\n" not in text and _NO_HEADING.search(text) is None
