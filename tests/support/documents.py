"""Documents for tests, written as a few lines of text."""

from __future__ import annotations

import re

from extract.model import Declaration, Locator, PageId, PageKind
from transform.document import Block, BlockKind, Document, Encoding, Link

_LINK = re.compile(r"\[(?P<label>[^\]]*)\]\((?P<url>\S+?)(?:\s+\"(?P<title>[^\"]*)\")?\)")
_BOLD = re.compile(r"^\*\*(?P<strong>[^*]+)\*\*")
_ITEM = re.compile(r"^(?P<indent>\s*)(?:-|(?P<number>\d+)\.)\s+(?P<text>.*)$")


def document(text: str, *, title: str = "") -> Document:
    """A document: ``# heading``, ``- item`` or ``1. item``, ``| cell | cell``, ``^ kicker``, else paragraphs.

    Links are written ``[label](address "title")``, bold words at the beginning ``**so**``, a line break ``\\n``.
    Lists are parted by any other line or an empty one.
    """
    blocks: list[Block] = []
    list_no, in_list, nested = -1, False, -1
    for line in text.strip("\n").split("\n"):
        item = _ITEM.match(line)
        if item and line.strip():
            level = 1 + len(item["indent"]) // 2
            if level == 1:
                list_no, in_list, nested = (list_no if in_list else max(list_no, nested) + 1), True, -1
            elif nested < 0:
                nested = list_no + 1
            number = list_no if level == 1 else nested
            blocks.append(
                _block(BlockKind.LIST_ITEM, item["text"], level=level, list_no=number, ordered=bool(item["number"]))
            )
            continue
        in_list, list_no, nested = False, max(list_no, nested), -1
        if line.strip():
            blocks.append(_line(line.strip()))
    return Document(
        title=title,
        language="de",
        canonical_url=None,
        base_url="https://www.beispiel.de/",
        blocks=tuple(blocks),
        stated_dates=(),
        encoding=Encoding("utf-8", "header"),
        root="main",
    )


def declaration(kind: PageKind = PageKind.STRATEGY, *locators: Locator, is_official: bool = True) -> Declaration:
    """A declaration of a page of some kind."""
    return Declaration(
        page_id=PageId("probe"),
        url="https://www.beispiel.de/strategie",
        land="DE-NI",
        kind=kind,
        is_official=is_official,
        publisher="Landesregierung Beispielland",
        locators=locators,
        source="de-ni.toml:3",
    )


def _line(line: str) -> Block:
    """A line that is no list item."""
    if heading := re.match(r"^(#+)\s+(.*)$", line):
        return _block(BlockKind.HEADING, heading[2], level=len(heading[1]))
    if line.startswith("^ "):
        return _block(BlockKind.KICKER, line[2:])
    if line.startswith("| "):
        return _block(BlockKind.TABLE_ROW, line.strip("| "))
    return _block(BlockKind.PARAGRAPH, line)


def _block(kind: BlockKind, text: str, *, level: int = 0, list_no: int | None = None, ordered: bool = False) -> Block:
    """A block with its links and bold words taken out of the notation."""
    bold = _BOLD.match(text)
    links = tuple(Link(match["label"], match["url"], match["title"]) for match in _LINK.finditer(text))
    shown = _LINK.sub(lambda match: match["label"], text).replace("**", "").replace("\\n", "\n")
    strong = bold["strong"] if bold else None
    return Block(kind, shown, level=level, list_no=list_no, ordered=ordered, strong=strong, links=links)
