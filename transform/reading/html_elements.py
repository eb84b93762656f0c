"""What single elements are on a page: headings, bold words, the line above a title, rows of data."""

from __future__ import annotations

import re

from bs4 import Tag

from transform.german.text import displayed
from transform.reading.dom import BLOCKS, HEADINGS, attribute, class_tokens, elements, first_text, shown_text

_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.IGNORECASE)
_KICKER_TOKENS = frozenset(
    {
        *("kicker", "topline", "overline", "dachzeile", "roofline", "spitzmarke", "pretitle", "eyebrow", "rubrik"),
        *("ressort", "toptitle", "topheadline", "oberzeile", "category"),
    }
)
_RUNS = frozenset({"span", "strong", "b", "em", "i", "small", "time", "data", "label", "mark"})
"""Elements that set a run of text apart within a line."""
_WORD_ENDS = re.compile(r"(?:[a-zäöüß]{2}|\d|[%€.:;!?)])$")
DEEPEST_HEADING = 6
_LONGEST_KICKER = 120
_MOST_CELL_PARAGRAPHS = 3


def heading_level(tag: Tag) -> int:
    """1 to 6 for a heading, 0 for anything else; ``role=heading`` counts (WAI-ARIA, level 2 by default)."""
    if tag.name in HEADINGS:
        return int(tag.name[1])
    if attribute(tag, "role").lower() != "heading":
        return 0
    level = attribute(tag, "aria-level")
    return min(max(int(level), 1), DEEPEST_HEADING) if level.isdecimal() and len(level) < 4 else 2


def around_headings(root: Tag) -> set[int]:
    """The ``id()`` of every element around a heading."""
    places: set[int] = set()
    for heading in (tag for tag in elements(root) if heading_level(tag)):
        above = heading.parent
        while above is not None and above is not root.parent and id(above) not in places:
            places.add(id(above))
            above = above.parent
    return places


def is_bold(tag: Tag) -> bool:
    """Whether an element sets its text in bold."""
    if tag.name in ("strong", "b", "dt"):
        return True
    return tag.name == "span" and _BOLD.search(attribute(tag, "style")) is not None


def is_kicker(first: Tag, heading: Tag) -> bool:
    """Whether the first element in a heading is a line above the title: small, named so, or on a line of its own."""
    text = shown_text(first)
    whole = shown_text(heading)
    if not text or text == whole or len(text) > _LONGEST_KICKER or text.endswith((".", "!", "?")):
        return False
    following = next((node for node in first.next_siblings if displayed(node.get_text()) or _is_break(node)), None)
    return (
        first.name == "small"
        or bool(class_tokens(first) & _KICKER_TOKENS)
        or first.name in BLOCKS
        or text.startswith("|")
        or _is_break(following)
    )


def _is_break(node: object) -> bool:
    """Whether a node is ``<br>``."""
    return isinstance(node, Tag) and node.name == "br"


def is_word_apart(tag: Tag, text_before: str) -> bool:
    """Whether a run of text stands apart from the run right before it, though nothing is written between the two.

    ``<span>187</span><span>Leistungen</span>`` are two words, set apart by a style sheet; ``<b>Ziel</b><b>e</b>`` and
    ``<span>D</span><span>igital</span>`` are one.
    """
    before = tag.previous_sibling
    if tag.name not in _RUNS or not isinstance(before, Tag) or before.name not in _RUNS:
        return False
    text = first_text(tag)
    return bool(text) and _WORD_ENDS.search(text_before) is not None and _word_begins(text_before, text)


def _word_begins(before: str, text: str) -> bool:
    if before[-1].isdigit():
        return text[0].isalpha()
    if before[-1] == ".":
        # „Ende.“ „Anfang“ and „Nr.“ „5“ are apart; „env“ „.“ „py“ and „10“ „.“ „2“ are not.
        return text[0].isupper() or (text[0].isdigit() and before[-2:-1].isalpha())
    return text[0].isupper() or text[0].isdigit() or (not before[-1].isalpha() and text[0].isalpha())


def is_label(tag: Tag) -> bool:
    """Whether a run of text names the value after it (``Datum`` before ``11.04.2024``)."""
    return "label" in class_tokens(tag)


def is_data_row(row: Tag) -> bool:
    """Whether a table row holds data; in a table that only lays out, cells hold lists, boxes or tables."""
    cells = [cell for cell in row.contents if isinstance(cell, Tag)]
    inner = [[child.name for child in cell.contents if isinstance(child, Tag)] for cell in cells]
    if len(cells) < 2 or any({"ul", "ol", "table", "div"} & set(names) for names in inner):
        return False
    return max(names.count("p") for names in inner) <= _MOST_CELL_PARAGRAPHS
