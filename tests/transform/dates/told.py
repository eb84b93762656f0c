"""A page of a few blocks, and its dates in short: ``horizon 2030``."""

from __future__ import annotations

from extract.model import Declaration, PageId, PageKind
from transform.dates.reader import read_dates
from transform.document import Block, BlockKind, Document, Encoding, StatedDate


def document(*blocks: Block | str, title: str = "", stated: tuple[StatedDate, ...] = ()) -> Document:
    made = tuple(block if isinstance(block, Block) else Block(BlockKind.PARAGRAPH, block) for block in blocks)
    return Document(title, "de", None, "https://land.example/", made, stated, Encoding("utf-8", "header"), "main")


def declared(kind: PageKind = PageKind.STRATEGY, *, is_official: bool = True, land: str = "DE-SL") -> Declaration:
    return Declaration(PageId("page"), "https://land.example/", land, kind, is_official, "Ministerium")


def told(page: Document, declaration: Declaration | None = None) -> list[str]:
    return [
        f"{record.role} {record.start_on}" + (f" {record.end_on}" if record.end_on != record.start_on else "")
        for record in read_dates(page, declaration or declared())
    ]


def heading(text: str, level: int = 1) -> Block:
    return Block(BlockKind.HEADING, text, level=level)
