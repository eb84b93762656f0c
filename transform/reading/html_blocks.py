"""Walking the main content into blocks, in reading order and without recursion.

Inline elements join without added spaces, ``<q>`` brings the quotation marks that a browser shows, ``<br>`` breaks the
line inside a block, every other element that starts a line ends a block.  What a block is follows from where its text
stands: in a heading, a list item, a table row, else it is a paragraph.  Cards, columns and accordions are only order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bs4 import Tag
from bs4.element import NavigableString

from transform.document import Block, BlockKind, Link
from transform.german.text import displayed
from transform.reading.dom import BLOCKS, attribute, is_text, named, shown_text
from transform.reading.html_elements import (
    DEEPEST_HEADING,
    around_headings,
    heading_level,
    is_bold,
    is_data_row,
    is_kicker,
    is_label,
    is_word_apart,
)
from transform.reading.html_pieces import Piece, bold_beginning, lines_of, paragraphs_of
from transform.reading.links import Resolver

CELL_SEPARATOR = " | "
"""What stands between two cells in the text of a table row."""

_SPACES = re.compile(r"\s+")
_LONGEST_LOCATOR = 40
_QUOTATION_MARKS = frozenset('„“”"»«‚‘’›‹')


@dataclass(slots=True)
class _Frame:
    """An element that decides what the text in it becomes."""

    tag: Tag
    kind: str
    level: int = 0
    list_no: int = -1
    ordered: bool = False
    cells: int = 0
    block: int = -1


@dataclass(slots=True)
class _OpenLink:
    """A link being read."""

    url: str
    title: str | None
    media_type: str | None
    fallback: str


@dataclass(slots=True)
class BlockWriter:
    """Collects blocks while an element is walked.

    Attributes:
        resolver: Makes addresses absolute.
        tab_labels: Labels of tab panels by ``id()``, written as headings before the panel.
    """

    resolver: Resolver
    tab_labels: dict[int, str]
    blocks: list[Block] = field(default_factory=list)
    _pieces: list[Piece] = field(default_factory=list)
    _links: list[_OpenLink] = field(default_factory=list)
    _open_links: list[int] = field(default_factory=list)
    _frames: list[_Frame] = field(default_factory=list)
    _path: list[str] = field(default_factory=list)
    _bold: int = 0
    _lists: int = 0
    _heading_level: int = 1
    _with_headings: set[int] = field(default_factory=set)

    def walk(self, root: Tag) -> list[Block]:
        """The blocks of ``root`` in reading order; text that belongs to the frame is still among them."""
        self._with_headings = around_headings(root)
        stack: list[tuple[Tag | NavigableString | None, str]] = [(root, root.name)]
        open_tags: list[Tag] = []
        while stack:
            node, step = stack.pop()
            if node is None:
                self._leave(open_tags.pop())
            elif isinstance(node, Tag):
                open_tags.append(node)
                stack.append((None, ""))
                self._enter(node, step)
                stack.extend(reversed(self._children(node)))
            elif is_text(node):
                self._text(node)
        self._flush()
        return self.blocks

    def _children(self, tag: Tag) -> list[tuple[Tag | NavigableString | None, str]]:
        """An element's children with their step of the locator: name and rank among the siblings of that name."""
        ranks: dict[str, int] = {}
        children: list[tuple[Tag | NavigableString | None, str]] = []
        for child in tag.contents:
            if isinstance(child, Tag):
                ranks[child.name] = ranks.get(child.name, 0) + 1
                children.append((child, f"{child.name}[{ranks[child.name]}]"))
            elif isinstance(child, NavigableString):
                children.append((child, ""))
        return children

    def _enter(self, tag: Tag, step: str) -> None:
        """Begin an element: end the block before it, note what its text will become."""
        if tag.name == "br":
            self._break()
        elif self._pieces and is_word_apart(tag, self._pieces[-1].text):
            self._pieces.append(Piece("\n" if is_label(tag) else " ", None, False))
        elif tag.name in BLOCKS and tag.name not in ("dd", "td", "th"):
            self._flush()
        self._path.append(step)
        if id(tag) in self.tab_labels:
            self._add(BlockKind.HEADING, [self.tab_labels[id(tag)]], level=self._below_heading())
        if tag.name == "a":
            self._open_link(tag)
        if is_bold(tag):
            self._bold += 1
        if _is_unmarked_quotation(tag):
            self._piece("„")
        self._enter_structure(tag)

    def _enter_structure(self, tag: Tag) -> None:
        """Open the frame of a heading, list, item, row, cell, term or description."""
        level = heading_level(tag)
        if level:
            self._flush()
            self._frames.append(_Frame(tag, "heading", level))
            if level == 1:
                self._kicker_in(tag)
        elif tag.name in ("summary", "button") and id(tag) not in self._with_headings and not self._is_soft():
            self._flush()
            self._frames.append(_Frame(tag, "label", self._below_heading()))
        elif tag.name in ("ul", "ol", "menu"):
            depth = 1 + sum(frame.kind == "list" for frame in self._frames)
            self._frames.append(_Frame(tag, "list", depth, self._lists, tag.name == "ol"))
            self._lists += 1
        elif tag.name == "li" and id(tag) not in self._with_headings:
            self._frames.append(_Frame(tag, "item"))
        elif tag.name == "tr" and not self._is_soft() and id(tag) not in self._with_headings and is_data_row(tag):
            self._frames.append(_Frame(tag, "row"))
        elif tag.name in ("td", "th"):
            self._enter_cell()
        elif tag.name == "dt":
            self._frames.append(_Frame(tag, "term"))
        elif tag.name == "dd":
            self._enter_description(tag)

    def _enter_cell(self) -> None:
        """Separate the cell from the one before it, or end the block in a table that only lays out."""
        frame = self._frames[-1] if self._frames else None
        if frame is None or frame.kind != "row":
            self._flush()
            return
        frame.cells += 1
        if frame.cells > 1:
            self._pieces.append(Piece(CELL_SEPARATOR, None, False))

    def _enter_description(self, tag: Tag) -> None:
        """Go on with the block of the term, on a line of its own, unless the description has blocks of its own."""
        if any(isinstance(child, Tag) and child.name in BLOCKS for child in tag.contents):
            self._flush()
        elif self._pieces:
            self._break()

    def _leave(self, tag: Tag) -> None:
        """End an element."""
        if tag.name not in ("dd", "dt", "td", "th", "br") and tag.name in BLOCKS:
            self._flush()
        if self._frames and self._frames[-1].tag is tag:
            frame = self._frames[-1]
            if frame.kind in ("heading", "row", "label"):
                self._flush(final=True)
            self._frames.pop()
        if _is_unmarked_quotation(tag):
            self._piece("“")
        if tag.name == "a" and self._open_links:
            self._close_link()
        if is_bold(tag):
            self._bold -= 1
        self._path.pop()

    def _text(self, node: NavigableString) -> None:
        """Take up text; line breaks count in ``<pre>`` only."""
        text = str(node)
        if node.parent is not None and node.parent.name == "pre":
            for number, line in enumerate(text.split("\n")):
                if number:
                    self._break()
                self._piece(line)
        else:
            self._piece(text)

    def _piece(self, text: str) -> None:
        """Add a stretch of text to the block being read."""
        link = self._open_links[-1] if self._open_links else None
        self._pieces.append(Piece(_SPACES.sub(" ", text), link, self._bold > 0))

    def _break(self) -> None:
        """Break the line inside the block being read."""
        self._pieces.append(Piece("\n", None, self._bold > 0))

    def _open_link(self, tag: Tag) -> None:
        """Begin a link; one that leads nowhere else is only text."""
        image = next(named(tag, "img"), None)
        fallback = attribute(tag, "aria-label") or attribute(tag, "title")
        fallback = fallback or (attribute(image, "alt") if isinstance(image, Tag) else "")
        url = self.resolver.resolve(attribute(tag, "href"))
        title = displayed(attribute(tag, "title")) or None
        before = self._pieces[-1].link if self._pieces else None
        if before is not None and self._links[before].url != url:
            self._pieces.append(Piece(" ", None, False))
        self._links.append(_OpenLink(url or "", title, attribute(tag, "type") or None, displayed(fallback)))
        self._open_links.append(len(self._links) - 1)

    def _close_link(self) -> None:
        """End a link; one without words is remembered by its title or picture if it leads to a file."""
        number = self._open_links.pop()
        if all(piece.link != number for piece in self._pieces):
            self._pieces.append(Piece("", number, False))

    def _is_soft(self) -> bool:
        """Whether blocks inside the current one are only parts of it: in headings, rows and labels."""
        return any(frame.kind in ("heading", "row", "label") for frame in self._frames)

    def _below_heading(self) -> int:
        """The level of a label that works as a heading below the last real one."""
        return min(self._heading_level + 1, DEEPEST_HEADING)

    def _kicker_in(self, heading: Tag) -> None:
        """Write the line inside an ``h1`` that stands above its title as a block of its own, and take it out."""
        first = next((child for child in heading.contents if displayed(child.get_text())), None)
        if not isinstance(first, Tag) or not is_kicker(first, heading):
            return
        self._path.append(f"{first.name}[1]")
        self._add(BlockKind.KICKER, [shown_text(first)])
        self._path.pop()
        first.clear()

    def _flush(self, *, final: bool = False) -> None:
        """End the block being read, if it has any text."""
        if self._is_soft() and not final:
            if self._pieces and self._pieces[-1].text not in ("\n", CELL_SEPARATOR):
                self._break()
            return
        pieces, self._pieces = self._pieces, []
        frame = next((frame for frame in reversed(self._frames) if frame.kind != "list"), None)
        for part in paragraphs_of(pieces):
            self._write(part, frame)

    def _write(self, pieces: list[Piece], frame: _Frame | None) -> None:
        """Write the pieces as the block that the frame makes of them."""
        lines = lines_of(pieces)
        links = self._links_of(pieces)
        if not any(lines) and not links:
            return
        kind = frame.kind if frame is not None else ""
        strong = bold_beginning(pieces)
        if kind in ("heading", "label") and frame is not None:
            self._add(BlockKind.HEADING, [" ".join(lines)], level=frame.level, links=links)
            self._heading_level = frame.level if kind == "heading" else self._heading_level
        elif kind == "row":
            row = " ".join(lines).strip(" |")
            self._add(BlockKind.TABLE_ROW, [row], strong=strong, links=links)
        elif kind == "item" and frame is not None:
            self._write_item(frame, lines, strong, links)
        else:
            self._add(BlockKind.PARAGRAPH, lines, strong=strong, links=links)

    def _write_item(self, frame: _Frame, lines: list[str], strong: str | None, links: tuple[Link, ...]) -> None:
        """Write a list item, or go on with it where its text comes in several paragraphs."""
        if frame.block == len(self.blocks) - 1 and frame.block >= 0:
            last = self.blocks[-1]
            text = "\n".join([last.text, *lines])
            self.blocks[-1] = _item(text, last, (*last.links, *links))
            return
        listing = next((outer for outer in reversed(self._frames) if outer.kind == "list"), None)
        level, list_no, ordered = (
            (listing.level, listing.list_no, listing.ordered) if listing else (1, self._lists, False)
        )
        self._add(BlockKind.LIST_ITEM, lines, level=level, list_no=list_no, ordered=ordered, strong=strong, links=links)
        frame.block = len(self.blocks) - 1

    def _add(
        self,
        kind: BlockKind,
        lines: list[str],
        *,
        level: int = 0,
        list_no: int | None = None,
        ordered: bool = False,
        strong: str | None = None,
        links: tuple[Link, ...] = (),
    ) -> None:
        """Append a block."""
        text = "\n".join(line for line in lines if line)
        locator = "/".join(self._path[-_LONGEST_LOCATOR:])
        self.blocks.append(Block(kind, text, level, list_no, ordered, strong, links, locator))

    def _links_of(self, pieces: list[Piece]) -> tuple[Link, ...]:
        """The links of a block in order, each with the words that it covers there."""
        words: dict[int, list[str]] = {}
        for piece in pieces:
            if piece.link is not None:
                words.setdefault(piece.link, []).append(piece.text)
        found = []
        for number, texts in words.items():
            link = self._links[number]
            label = displayed("".join(texts).replace("\n", " ")) or link.fallback
            if link.url:
                found.append(Link(label, link.url, link.title, link.media_type or self.resolver.media_type(link.url)))
        return tuple(found)


def _item(text: str, last: Block, links: tuple[Link, ...]) -> Block:
    """A list item that goes on."""
    return Block(last.kind, text, last.level, last.list_no, last.ordered, last.strong, links, last.locator)


def _is_unmarked_quotation(tag: Tag) -> bool:
    """Whether a browser's quotation marks are the only ones (HTML, 4.5.7); some authors set their own all the same."""
    return tag.name == "q" and shown_text(tag)[:1] not in _QUOTATION_MARKS
