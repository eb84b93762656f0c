"""Reading a PDF into a document: its lines, with what is set larger as headings.

Only PDFs with a text layer can be read; a scanned one is told apart (``NO_TEXT_LAYER``).
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from transform.document import Block, BlockKind, Document, Encoding, Reading, ReadProblem, Unreadable
from transform.german.text import displayed
from transform.reading.text_lists import numbered, with_text_lists

MOST_PAGES = 400
PDF_ENCODING = Encoding("pdf", "default")
"""A PDF says itself how its characters are encoded."""
_LEAST_CHARS_PER_PAGE = 20
_MOST_CHARS = 3_000_000
_LONGEST_HEADING = 160
_LARGER = 1.15
_MARGIN = 2
_PAGE_NUMBER = re.compile(r"(?:seite\s)?[–-]?\s?\d{1,4}\s?[–-]?(?:\s(?:von|/)\s\d{1,4})?", re.IGNORECASE)
_NEW_PARAGRAPH = re.compile(r"[•●▪■◦‣–-]\s|\d{1,2}[.)]\s")
_HYPHENATED = re.compile(r"[a-zäöüß]-$")
_FAILURES = (
    PyPdfError,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    OSError,
    RecursionError,
    OverflowError,
)
"""What pypdf raises for damaged files; it promises no common base."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page with the size of its largest letters, in points."""

    text: str
    size: float
    page: int


@dataclass(slots=True)
class _LineCollector:
    """Takes the pieces in which pypdf hands out a page's text and puts lines together."""

    page: int
    lines: list[_Line] = field(default_factory=list)
    _text: str = ""
    _size: float = 0.0

    def take(self, text: str, _cm: object, tm: Sequence[float], _font: object, size: float) -> None:
        """Take one piece: its text, its matrices and its font size."""
        scale = abs(float(tm[3])) or abs(float(tm[1])) or 1.0
        head, *rest = text.split("\n")
        self._grow(head, size * scale)
        for part in rest:
            self.end()
            self._grow(part, size * scale)

    def _grow(self, text: str, size: float) -> None:
        """Add to the line being read."""
        if text.strip():
            self._size = max(self._size, size)
        self._text += text

    def end(self) -> None:
        """End the line being read; a blank one is kept as a border between paragraphs."""
        self.lines.append(_Line(_shown(self._text), round(self._size, 1), self.page))
        self._text, self._size = "", 0.0


def read_pdf(body: bytes, *, url: str) -> Reading:
    """The document that a PDF is.

    Args:
        body: The bytes of the file.
        url: Where it came from.

    Returns:
        A document with ``n_pages`` and ``page_texts``; :class:`Unreadable` for an encrypted, damaged or scanned file,
        or one with more than ``MOST_PAGES`` pages or 3 million characters.
    """
    try:
        reader = PdfReader(io.BytesIO(body), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return Unreadable(ReadProblem.ENCRYPTED, "the PDF asks for a password")
        n_pages = len(reader.pages)
        if n_pages > MOST_PAGES:
            return Unreadable(ReadProblem.TOO_LARGE, f"{n_pages} pages, at most {MOST_PAGES} are read")
        pages = [_lines(page, number) for number, page in enumerate(reader.pages)]
        title = _shown((reader.metadata.title if reader.metadata is not None else None) or "")
        language = displayed(str(reader.root_object.get("/Lang") or "")).lower() or None
    except _FAILURES as error:
        return Unreadable(ReadProblem.BROKEN, f"the PDF cannot be read: {type(error).__name__}: {error}"[:300])
    lines = [line for page in pages for line in page]
    chars = sum(len(line.text) for line in lines)
    if chars < _LEAST_CHARS_PER_PAGE * max(n_pages, 1):
        return Unreadable(ReadProblem.NO_TEXT_LAYER, f"{n_pages} pages hold {chars} characters: scanned images?")
    if chars > _MOST_CHARS:
        return Unreadable(ReadProblem.TOO_LARGE, f"{chars} characters, at most {_MOST_CHARS} are read")
    blocks = _blocks(_without_running_lines(lines, n_pages))
    return Document(
        title=title,
        language=language,
        canonical_url=None,
        base_url=url,
        blocks=tuple(numbered(with_text_lists(blocks))),
        stated_dates=(),
        encoding=PDF_ENCODING,
        root="pdf",
        n_pages=n_pages,
        all_text="\n".join(line.text for line in lines),
        page_texts=tuple("\n".join(line.text for line in page).strip() for page in pages),
    )


def _shown(text: str) -> str:
    """The words as shown, in characters that can be stored.

    A font's table of characters (ToUnicode) may give half a surrogate pair, which UTF-8 cannot say: halves that stand
    together are joined, a lone one becomes U+FFFD.
    """
    return displayed(text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))


def _lines(page: PageObject, number: int) -> list[_Line]:
    """The lines of one page."""
    collector = _LineCollector(number)
    page.extract_text(visitor_text=collector.take)
    collector.end()
    return collector.lines


def _without_running_lines(lines: Sequence[_Line], n_pages: int) -> list[_Line]:
    """The lines without page numbers and without the heads and feet that most pages repeat."""
    margins = _margins(lines)
    pages_with: Counter[str] = Counter(text for _, text in {(line.page, _unnumbered(line.text)) for line in margins})
    often = max(3, n_pages * 0.6)
    running = {id(line) for line in margins if pages_with[_unnumbered(line.text)] >= often}
    return [line for line in lines if id(line) not in running and not _PAGE_NUMBER.fullmatch(line.text)]


def _margins(lines: Sequence[_Line]) -> list[_Line]:
    """The first and the last lines of every page, where heads and feet stand."""
    by_page: dict[int, list[_Line]] = {}
    for line in lines:
        if line.text:
            by_page.setdefault(line.page, []).append(line)
    return [
        line for page in by_page.values() for line in {id(x): x for x in (*page[:_MARGIN], *page[-_MARGIN:])}.values()
    ]


def _unnumbered(text: str) -> str:
    """A line with its numbers taken out, so that heads with page numbers compare equal."""
    return re.sub(r"\d+", "#", text)


def _blocks(lines: Sequence[_Line]) -> list[Block]:
    """Headings and paragraphs: lines in larger letters are headings, others join until a paragraph ends."""
    body_size = _body_size(lines)
    levels = _levels(lines, body_size)
    blocks: list[Block] = []
    parts: list[_Line] = []
    for line in lines:
        if parts and _begins_block(parts[-1], line, levels):
            _append(blocks, parts, levels)
            parts = []
        if line.text:
            parts.append(line)
    _append(blocks, parts, levels)
    return blocks


def _body_size(lines: Sequence[_Line]) -> float:
    """The size in which most characters are set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _levels(lines: Sequence[_Line], body_size: float) -> dict[float, int]:
    """The heading level of every size that is clearly larger than the body's, the largest being 1."""
    larger = sorted({line.size for line in lines if line.text and line.size > body_size * _LARGER}, reverse=True)
    return {size: min(rank, 6) for rank, size in enumerate(larger, start=1)}


def _begins_block(before: _Line, line: _Line, levels: dict[float, int]) -> bool:
    """Whether a line begins a new block: after a blank line, in another size, with a marker, or after a full stop."""
    if not line.text or levels.get(line.size) != levels.get(before.size) or _NEW_PARAGRAPH.match(line.text):
        return True
    if levels.get(line.size):
        return line.page != before.page
    return before.text.endswith((".", "!", "?", ":")) and len(before.text) < 60 and line.text[:1].isupper()


def _append(blocks: list[Block], parts: Sequence[_Line], levels: dict[float, int]) -> None:
    """Write the lines as one block."""
    if not parts:
        return
    text = ""
    for line in parts:
        joined = (
            text[:-1] + line.text if _HYPHENATED.search(text) and line.text[:1].islower() else f"{text} {line.text}"
        )
        text = joined.strip()
    level = levels.get(parts[0].size, 0) if len(text) <= _LONGEST_HEADING else 0
    kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
    blocks.append(Block(kind, text, level=level, locator=f"page[{parts[0].page + 1}]"))
