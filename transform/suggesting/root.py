"""A CSS selector for the element in which the main content of an undeclared page was found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

from transform.reading.boilerplate import remove_frame, remove_unseen
from transform.reading.dom import attribute, shown_text
from transform.reading.html import parsed
from transform.reading.main_content import generic_root

_NAME = re.compile(r"[A-Za-z][A-Za-z_-]*(?:__?[a-z-]+)*")
"""Names that people give; with a digit in it a name may be a serial number or a hash."""


def content_selector(text: str) -> str | None:
    """The selector of the element that holds the main content; ``None`` where none would match it alone.

    Preferred are elements by name (``main``, ``article``), then ids, then classes; names with digits are passed over.

    Args:
        text: The decoded HTML page.
    """
    whole, framed = parsed(text), parsed(text)
    if whole is None or framed is None:
        return None
    remove_unseen(framed)
    remove_frame(framed, [])
    root = generic_root(framed)
    if root is None or root.tag.name in ("body", "html"):
        return None
    return next((each for each in _selectors(root.tag) if _matches_alone(whole, each, root.tag)), None)


def _selectors(tag: Tag) -> Iterator[str]:
    """Selectors that may match an element alone, the sturdiest first."""
    if tag.name in ("main", "article"):
        yield tag.name
    if attribute(tag, "role") == "main":
        yield '[role="main"]'
    if _NAME.fullmatch(attribute(tag, "id")):
        yield f"#{attribute(tag, 'id')}"
    for name in attribute(tag, "class").split():
        if _NAME.fullmatch(name):
            yield f"{tag.name}.{name}"


def _matches_alone(soup: BeautifulSoup, selector: str, tag: Tag) -> bool:
    """Whether a selector matches one element of the page as it came, and that one begins as the found one does."""
    found = soup.select(selector)
    return len(found) == 1 and found[0].name == tag.name and shown_text(tag)[:40].split(" ")[0] in shown_text(found[0])
