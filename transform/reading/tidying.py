"""Blocks as walked, made into the document's blocks: without frame lines, with kicker, lists and dates told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from transform.document import Block, BlockKind, Link, StatedDate
from transform.german.text import displayed, key
from transform.reading.bold_headings import with_bold_headings
from transform.reading.phrases import LINES, is_frame_links, is_noise_line
from transform.reading.stated_dates import is_bare_date, labelled_date
from transform.reading.text_lists import numbered, with_text_lists
from transform.urls import is_document_url, is_home

_WORDLESS = re.compile(r"\W*")
"""Bullets before nothing, rows of stars between sections: for the eye only."""
_PARTED = re.compile(r"\s+[·|•]\s+")
_LONGEST_KICKER = 120
_MOST_KICKERS = 3
_MOST_LINES = 12
_BODY_TEXT = 60
"""A paragraph of this length shows that the page's head with its date line is over."""


def tidied(walked: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[StatedDate, ...]]:
    """The blocks of a document and the dates that it states about itself.

    Lines of the frame are dropped, date lines become metadata, short lines above the title become the kicker and come
    first, bold lines above text become headings, paragraphs that are bullets or numbers in sequence become list items,
    lists are numbered from 0.
    """
    kept: list[Block] = []
    dates: list[StatedDate] = []
    in_head = True
    for block in walked:
        tidy, stated = _tidy_block(block, in_head=in_head)
        dates += stated
        if tidy is not None:
            kept.append(tidy)
            in_head = in_head and not _is_body(tidy)
    while kept and _is_closing_date(kept[-1]):
        dates.append(StatedDate("modified", displayed(kept.pop().text), "text"))
    return tuple(numbered(with_text_lists(with_bold_headings(_with_kicker(kept))))), tuple(dates)


def _is_closing_date(block: Block) -> bool:
    """Whether a block at the very end is nothing but a date: that of the page."""
    return block.kind is BlockKind.PARAGRAPH and is_bare_date(block.text)


def _is_body(block: Block) -> bool:
    """Whether a block is text, not part of the page's head."""
    return block.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW) or (
        block.kind is BlockKind.PARAGRAPH and len(block.text) >= _BODY_TEXT and not _may_be_kicker(block)
    )


def _tidy_block(block: Block, *, in_head: bool) -> tuple[Block | None, list[StatedDate]]:
    """A block without its frame lines, ``None`` if nothing is left, and the dates that were among them."""
    links = tuple(link for link in block.links if link.label or is_document_url(link.url))
    if not block.text:
        files = tuple(link for link in links if is_document_url(link.url) and link.label)
        return (replace(block, text=files[0].label, links=files) if files else None), []
    dates: list[StatedDate] = []
    lines: list[str] = []
    for line in _lines(block):
        stated = _stated(line, block, in_head=in_head)
        if stated is not None:
            dates.append(stated)
        elif not _is_frame_line(line, block) and not (in_head and _is_home_link(line, block)):
            lines.append(line)
    if not lines:
        return None, dates
    text = "\n".join(lines)
    shown = displayed(text)
    kept = tuple(link for link in links if is_document_url(link.url) or link.label in shown)
    strong = block.strong if block.strong and shown.startswith(block.strong) else None
    return replace(block, text=text, links=kept, strong=strong), dates


def _lines(block: Block) -> list[str]:
    """The lines of a block; a label such as "Zuletzt geändert am:" goes with the date on the line below it."""
    lines = block.text.split("\n")
    if block.kind is not BlockKind.PARAGRAPH or len(lines) > _MOST_LINES:
        return lines
    lines = [part for line in lines for part in _parts(line)]
    for at in range(len(lines) - 1, 0, -1):
        if is_bare_date(lines[at]) and labelled_date(f"{lines[at - 1]} {lines[at]}") is not None:
            lines[at - 1 : at + 1] = [f"{lines[at - 1]} {lines[at]}"]
    return lines


def _parts(line: str) -> list[str]:
    """The parts of a line, where none of them is content ("3. April 2025 · Lesezeit 4 Minuten"); else the line."""
    parts = _PARTED.split(line)
    is_frame = all(is_bare_date(part) or labelled_date(part) is not None or is_noise_line(part) for part in parts)
    return parts if len(parts) > 1 and is_frame else [line]


def _stated(line: str, block: Block, *, in_head: bool) -> StatedDate | None:
    """The date that a line states about the page; a bare date counts in the page's head only."""
    if block.kind in (BlockKind.HEADING, BlockKind.TABLE_ROW):
        return None
    stated = labelled_date(line)
    if stated is None and in_head and block.kind is not BlockKind.LIST_ITEM and is_bare_date(line):
        return StatedDate("published", displayed(line), "text")
    return stated


def _is_frame_line(line: str, block: Block) -> bool:
    """Whether a line belongs to the frame; list items and headings are believed more than paragraphs."""
    linked = any(link.label == line for link in block.links)
    if block.kind is BlockKind.HEADING:
        return key(line) in LINES
    if block.kind is BlockKind.TABLE_ROW:
        return False
    if _WORDLESS.fullmatch(line):
        return True
    if any(is_document_url(link.url) for link in block.links):
        return not linked and is_noise_line(line)
    if any(_is_address(link) for link in block.links):
        return False
    labels = [link.label for link in block.links if link.label and link.label in line]
    if is_frame_links(line, labels):
        return True
    if block.kind is BlockKind.LIST_ITEM and not linked and key(line) in LINES:
        return False
    return is_noise_line(line)


def _is_home_link(line: str, block: Block) -> bool:
    """Whether a line is nothing but a link to a start page, as portals have it above the title."""
    is_paragraph = block.kind in (BlockKind.PARAGRAPH, BlockKind.KICKER)
    return is_paragraph and any(link.label == line and is_home(link.url) for link in block.links)


def _is_address(link: Link) -> bool:
    """Whether a link writes to somebody; ``mailto:?subject=…`` only sends the page on."""
    return link.url.startswith("mailto:") and "@" in link.url.split("?", 1)[0]


def _with_kicker(blocks: list[Block]) -> list[Block]:
    """The blocks with the short lines right above the title marked as kicker and put first."""
    title = next((n for n, block in enumerate(blocks) if block.kind is BlockKind.HEADING and block.level == 1), None)
    if title is None:
        return blocks
    first = title
    while first > 0 and title - first < _MOST_KICKERS and _may_be_kicker(blocks[first - 1]):
        first -= 1
    kickers = [replace(block, kind=BlockKind.KICKER, strong=None) for block in blocks[first:title]]
    rest = blocks[:first] + blocks[title:]
    return sorted(kickers + rest, key=lambda block: block.kind is not BlockKind.KICKER)


def _may_be_kicker(block: Block) -> bool:
    """Whether a block is a short line without a full stop."""
    if block.kind is BlockKind.KICKER:
        return True
    return (
        block.kind is BlockKind.PARAGRAPH
        and len(block.text) <= _LONGEST_KICKER
        and "\n" not in block.text
        and not block.text.endswith((".", "!", "?", ":"))
    )
