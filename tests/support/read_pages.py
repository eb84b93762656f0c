"""Pages made of a few elements, read into documents: for tests of reading."""

from __future__ import annotations

from extract.model import Declaration, PageId, PageKind
from transform.document import Block, BlockKind, Document
from transform.reading.body import read_body

URL = "https://land.example/digitales/plan_node.html"
HTML = "text/html; charset=utf-8"


def declared(*content_root: str, removals: tuple[str, ...] = ()) -> Declaration:
    return Declaration(
        PageId("plan"), URL, "DE-BB", PageKind.STRATEGY, True, "Amt", content_root=content_root, removals=removals
    )


def read(main: str, *, head: str = "", declaration: Declaration | None = None) -> Document:
    markup = (
        f'<!doctype html><html lang="de"><head><title>Plan</title>{head}</head><body><main>{main}</main></body></html>'
    )
    reading = read_body(markup.encode(), content_type=HTML, url=URL, declaration=declaration)
    assert isinstance(reading, Document), reading
    return reading


def said(document: Document) -> list[tuple[BlockKind, int, str]]:
    return [(block.kind, block.level, block.text) for block in document.blocks]


def only(document: Document) -> Block:
    (block,) = document.blocks
    return block
