"""A body read into a document: blocks in reading order, without boilerplate.

A document keeps the words as the page shows them (``Block.text``): white space collapsed, no invisible ones.
Whether two texts are the same is asked of :mod:`transform.german.text`, never of the verbatim words.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block is on the page, whatever elements make it up."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    """A row of data; its cells are joined by `` | ``."""
    KICKER = "kicker"
    """Line above the title that names the publisher or the topic; metadata, but versioned with the page."""


@dataclass(frozen=True, slots=True)
class Link:
    """An ``a href`` inside a block: the words, the resolved absolute address (not yet canonical), and its ``title``."""

    label: str
    url: str
    title: str | None = None
    media_type: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of text in reading order.

    Attributes:
        kind: What it is.
        text: The words as shown, one space between words; a line feed where the page breaks a line (``<br>``).
        level: 1 to 6 for headings (as on the page); nesting depth from 1 for list items; 0 otherwise.
        list_no: Number of the list on the page for list items, from 0; ``None`` otherwise.
        ordered: Whether the list is numbered.
        strong: Leading words set in bold (``<strong>``, ``<b>``, ``<dt>``), the name on a contact card for one.
        links: The links in it, in order.
        locator: Path of the element, such as ``main/div[2]/p[1]``: element names and ranks, no class names.
    """

    kind: BlockKind
    text: str
    level: int = 0
    list_no: int | None = None
    ordered: bool = False
    strong: str | None = None
    links: tuple[Link, ...] = ()
    locator: str = ""

    def __hash__(self) -> int:
        """Equal blocks have equal words; a text keeps its hash, and all blocks of a page are asked for theirs often."""
        return hash(self.text)


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date that the page states about itself (``Stand: …``, ``og:updated_time``, ``<time datetime>``): metadata."""

    role: str
    """``modified`` or ``published``."""
    text: str
    source: str
    """Where it stood: ``meta``, ``time`` or ``text``."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """Which character encoding was used and why: ``bom``, ``header``, ``meta``, ``detected`` or ``default``."""

    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Places:
    """Paths of elements from the root element down: ``html.0/body.0/p.2`` is the third ``p`` of the first ``body``.

    ``read`` are the outermost elements that the content was read from, ``passed_over`` the outermost elements within
    them that were set aside; both in document order.
    """

    read: tuple[str, ...]
    passed_over: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """What a body says, in reading order.

    Attributes:
        title: Content of ``<title>`` (or the PDF's title); may be empty.
        language: ``lang`` of the root element in lower case, ``None`` where it has none.
        canonical_url: ``rel=canonical`` resolved, ``None`` where there is none.
        base_url: What relative links were resolved against.
        blocks: The main content in reading order; a kicker, where there is one, comes first.
        stated_dates: What the page says about its own age, kept out of the content.
        encoding: How the bytes were decoded.
        root: How the main content was found: the selector that matched, or the rule (``landmark``, ``density``).
        n_pages: Number of pages of a PDF, ``None`` for HTML.
        all_text: Visible text of the whole body, frame included, for the judge.
        page_texts: The words of each page of a PDF, one line of the page a line; empty for HTML.
        places: Where on the page the content stood; ``None`` where there are no elements (PDF) or no content.
    """

    title: str
    language: str | None
    canonical_url: str | None
    base_url: str
    blocks: tuple[Block, ...]
    stated_dates: tuple[StatedDate, ...]
    encoding: Encoding
    root: str
    n_pages: int | None = None
    all_text: str = ""
    page_texts: tuple[str, ...] = ()
    places: Places | None = field(default=None, compare=False, repr=False)

    @property
    def headings(self) -> Iterator[Block]:
        """The headings in reading order."""
        return (block for block in self.blocks if block.kind is BlockKind.HEADING)

    @property
    def text(self) -> str:
        """All words of the main content, one block a line."""
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class FileText:
    """The words of a file by page; the same bytes (SHA-256) always have the same ones.

    A night keeps those of all files that it read until it is loaded, so they are packed.
    """

    sha256: str
    packed: bytes

    @classmethod
    def of(cls, sha256: str, pages: Sequence[str]) -> FileText:
        """The words of the file with this SHA-256, from its first page on."""
        return cls(sha256, zlib.compress(json.dumps(list(pages)).encode()))

    @property
    def pages(self) -> tuple[str, ...]:
        """The words of each page, from the first one on."""
        return tuple(json.loads(zlib.decompress(self.packed)))


class ReadProblem(StrEnum):
    """Why a body could not be read into a document at all."""

    EMPTY = "empty"
    MEDIA_TYPE = "media_type"
    ENCODING = "encoding"
    NO_TEXT_LAYER = "no_text_layer"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A body that is no document, with the reason as a closed kind and a sentence."""

    problem: ReadProblem
    detail: str


Reading = Document | Unreadable
