"""Lists written with characters: paragraphs or lines that begin with a bullet, a dash or a number in sequence.

So are table rows that are a number and words, and the parts of one sentence that goes on from a colon over several
lines ("… hat zum Ziel:", "Netze zu bauen,", "Schulen auszustatten.").  The same list as ``ul`` or ``ol`` gives the same
blocks.  A single dash or number is no list: "– Es gilt das gesprochene
Wort –" and "1. Oktober" stay paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from transform.document import Block, BlockKind
from transform.german.text import displayed

_BULLET = re.compile(r"[•●▪■◦‣⁃∙·✓✔➢►▸]\s*(?=\S)")
_DASH = re.compile(r"[-–—*]\s+(?=\S)")
_NUMBER = re.compile(r"(\d{1,2})[.)]\s+(?=\S)")
_LETTER = re.compile(r"([a-z])\)\s+(?=\S)")
_ROMAN = re.compile(r"(I{1,3}|IV|VI{0,3}|IX|XI{0,2})[.)]\s+(?=\S)")
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_NUMBER_CELL = re.compile(r"(\d{1,2})[.)]?\s\|\s+(?=[^|]*[A-Za-zÄÖÜäöü]{3})(?=[^|]*$)")
_GOES_ON = re.compile(r"(?:[,;]|[,;]?\s(?:und|sowie|oder))$")
_NO_PART = re.compile(r"^[„»\"]|@|\b\d{5}\b|:$")
_PART = "part"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a block, with the marker with which it begins."""

    block: Block
    text: str
    marker: str = ""
    rank: int = 0

    @property
    def unmarked(self) -> str:
        """The words without the marker."""
        return _MARKERS[self.marker].sub("", self.text, count=1) if self.marker in _MARKERS else self.text


_RANKED = {"number": _NUMBER, "letter": _LETTER, "roman": _ROMAN, "cell": _NUMBER_CELL}
_MARKERS = {"bullet": _BULLET, "dash": _DASH, **_RANKED}
_OF_LINES = ("bullet", "dash", "number", "letter", "roman")


def with_text_lists(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with lists in characters turned into list items; bullets in real list items are taken off."""
    result: list[Block] = []
    lines = _with_parts([line for block in blocks for line in _lines_of(block)])
    start = 0
    while start < len(lines):
        end = _end_of_run(lines, start)
        if end > start:
            list_no = -1 - start
            result += [_as_item(line, list_no) for line in lines[start:end]]
            start = end
        else:
            end = _end_of_paragraph(lines, start)
            result.append(_rejoined(lines[start:end]))
            start = end
    return result


def numbered(blocks: Iterable[Block]) -> list[Block]:
    """The blocks with their lists numbered from 0 in reading order."""
    numbers: dict[int, int] = {}
    result = []
    for block in blocks:
        if block.list_no is None:
            result.append(block)
        else:
            result.append(replace(block, list_no=numbers.setdefault(block.list_no, len(numbers))))
    return result


def _lines_of(block: Block) -> list[_Line]:
    """The lines of a paragraph with their markers; any other block as one line without."""
    if block.kind is BlockKind.LIST_ITEM:
        text = _BULLET.sub("", block.text, count=1) if _BULLET.match(block.text) else block.text
        return [_Line(replace(block, text=text), text)]
    if block.kind is BlockKind.TABLE_ROW:
        return [_marked(block, block.text, ("cell",))]
    if block.kind is not BlockKind.PARAGRAPH:
        return [_Line(block, block.text)]
    return [_marked(block, line, _OF_LINES) for line in block.text.split("\n")]


def _with_parts(lines: list[_Line]) -> list[_Line]:
    """The lines with the parts of a sentence that goes on from a colon marked: all but the last end in a comma."""
    at = 0
    while at + 1 < len(lines):
        at += 1
        if not (lines[at - 1].block.kind is BlockKind.PARAGRAPH and lines[at - 1].text.endswith(":")):
            continue
        end = at
        while end < len(lines) and _is_part(lines[end]) and _GOES_ON.search(lines[end].text):
            end += 1
        if end > at and end < len(lines) and _is_part(lines[end]):
            lines[at : end + 1] = [replace(line, marker=_PART) for line in lines[at : end + 1]]
            at = end
    return lines


def _is_part(line: _Line) -> bool:
    """Whether a line may be part of a sentence over several lines."""
    return line.block.kind is BlockKind.PARAGRAPH and not line.marker and not _NO_PART.search(line.text)


def _marked(block: Block, text: str, markers: Iterable[str]) -> _Line:
    """A line with the marker that it begins with."""
    for marker in markers:
        pattern = _MARKERS[marker]
        match = pattern.match(text)
        if match is not None:
            return _Line(block, text, marker, _rank(match.group(1)) if match.groups() else 0)
    return _Line(block, text)


def _rank(told: str) -> int:
    """What a number, a letter or a Roman numeral counts."""
    if told.isdecimal():
        return int(told)
    return _ROMANS.index(told) + 1 if told in _ROMANS else ord(told) - ord("a") + 1


def _end_of_run(lines: Sequence[_Line], start: int) -> int:
    """Where the list that begins at ``start`` ends; ``start`` itself where none begins."""
    marker = lines[start].marker
    if not marker:
        return start
    end = start
    while end < len(lines) and lines[end].marker == marker and _continues(lines[end], end - start):
        end += 1
    least = 1 if marker == "bullet" else 2
    return end if end - start >= least else start


def _continues(line: _Line, done: int) -> bool:
    """Whether a line is the next of its list: numbers and letters count up from the first."""
    return line.marker not in _RANKED or line.rank == done + 1


def _end_of_paragraph(lines: Sequence[_Line], start: int) -> int:
    """Where the lines of one paragraph end that belong to no list."""
    end = start + 1
    while end < len(lines) and lines[end].block is lines[start].block and _end_of_run(lines, end) == end:
        end += 1
    return end


def _rejoined(lines: Sequence[_Line]) -> Block:
    """The lines of one block that stayed together."""
    return _part(lines[0].block, "\n".join(line.text for line in lines))


def _as_item(line: _Line, list_no: int) -> Block:
    """A line as an item of a list."""
    item = _part(line.block, line.unmarked)
    ordered = line.marker in _RANKED
    return replace(item, kind=BlockKind.LIST_ITEM, level=1, list_no=list_no, ordered=ordered)


def _part(block: Block, text: str) -> Block:
    """A part of a block with the links and the bold words that stand in it."""
    if text == block.text:
        return block
    shown = displayed(text)
    strong = block.strong
    if strong is not None:
        bare = displayed(re.sub(r"^\W+", "", strong))
        strong = next((words for words in (strong, bare) if words and shown.startswith(words)), None)
    links = tuple(link for link in block.links if not link.label or link.label in shown)
    return replace(block, text=text, strong=strong, links=links)
