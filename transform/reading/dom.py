"""Small questions about elements of a parsed page, asked without recursion: pages may be nested thousands deep."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeGuard

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from transform.german.text import displayed

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | {
    *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl"),
    *("dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "li"),
    *("main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search", "section", "summary", "table", "tbody"),
    *("td", "tfoot", "th", "thead", "tr", "ul"),
}
"""Elements that start a line of their own (HTML, 15.3)."""

_WORD = re.compile(r"[A-Z]?[a-zäöüß0-9]+|[A-Z]+(?![a-z])")
_STATE_PREFIXES = ("has-", "is-", "no-", "with-", "js-", "d-", "hidden-", "visible-", "show-", "hide-", "u-")
_LONG_TEXT = 25
"""Text nodes from this length on count as prose: labels and menu entries are shorter."""


class Weight(NamedTuple):
    """How many characters an element shows: all, within links, and in running text outside links."""

    text: int = 0
    linked: int = 0
    prose: int = 0

    @property
    def link_density(self) -> float:
        """Share of the text that is link text, 0 to 1; 1 for an element without text."""
        return self.linked / self.text if self.text else 1.0


def is_text(node: object) -> TypeGuard[NavigableString]:
    """Whether a node is text that a browser shows: no comment, script, style sheet or declaration."""
    return type(node) is NavigableString


def attribute(tag: Tag, name: str) -> str:
    """An attribute as one string; empty where the element has none."""
    value = tag.attrs.get(name)
    if value is None:
        return ""
    return value if isinstance(value, str) else " ".join(value)


def class_tokens(tag: Tag) -> set[str]:
    """The words of which an element's classes and its id are made, modifiers (``--wide``) and state classes left out.

    ``c-share-flyout__list`` gives ``c``, ``share``, ``flyout`` and ``list``; ``has-sidebar`` and ``js-share`` nothing.
    """
    if "class" not in tag.attrs and "id" not in tag.attrs:
        return set()
    names = [*attribute(tag, "class").split(), attribute(tag, "id")]
    base = (name.split("--", 1)[0] for name in names if not name.startswith(_STATE_PREFIXES))
    return {word.lower() for name in base for word in _WORD.findall(name)}


def elements(root: Tag) -> Iterator[Tag]:
    """All elements below ``root`` in document order."""
    return (node for node in root.descendants if isinstance(node, Tag))


def named(root: Tag, *names: str) -> Iterator[Tag]:
    """The elements of the given names below ``root`` in document order, found as they are asked for."""
    return (node for node in root.descendants if isinstance(node, Tag) and node.name in names)


def is_title(tag: Tag) -> bool:
    """Whether an element is a heading of level 1, by its name or its role (WAI-ARIA), and shows text."""
    if tag.name != "h1" and (attribute(tag, "aria-level") != "1" or attribute(tag, "role").lower() != "heading"):
        return False
    return bool(shown_text(tag))


def titles(root: Tag) -> Iterator[Tag]:
    """The headings of level 1 below ``root`` that show text, in document order."""
    return (tag for tag in elements(root) if is_title(tag))


def is_attached(tag: Tag) -> bool:
    """Whether an element still belongs to the page (``Tag.decomposed`` would search its whole subtree to say so)."""
    return vars(tag).get("parent") is not None


def shown_text(root: Tag) -> str:
    """All text below ``root``, words at block borders kept apart."""
    parts: list[str] = []
    for node in root.descendants:
        if isinstance(node, Tag):
            parts.append(" " if node.name in BLOCKS or node.name == "br" else "")
        elif is_text(node):
            parts.append(str(node))
    return displayed("".join(parts))


def first_text(root: Tag) -> str:
    """The first text below ``root`` that is not blank, as one node holds it."""
    return next((text for node in root.descendants if is_text(node) and (text := displayed(str(node)))), "")


def limit_depth(root: Tag, deepest: int) -> None:
    """Replace what is nested deeper than ``deepest`` by its text, as browsers stop nesting (at 512 in Chrome)."""
    stack = [(root, 0)]
    while stack:
        tag, depth = stack.pop()
        if depth == deepest:
            tag.string = shown_text(tag)
        else:
            stack += [(child, depth + 1) for child in tag.contents if isinstance(child, Tag)]


def weights(root: BeautifulSoup | Tag) -> dict[int, Weight]:
    """The weight of ``root`` and of every element below it, by ``id()``; summed up deepest first."""
    totals: dict[int, list[int]] = {}
    within: list[tuple[list[int], list[int]]] = []
    stack: list[tuple[Tag, bool, list[int]]] = [(root, False, [0, 0, 0])]
    while stack:
        tag, in_link, above = stack.pop()
        in_link = in_link or tag.name == "a"
        own = totals[id(tag)] = [0, 0, 0]
        within.append((own, above))
        for child in tag.contents:
            if isinstance(child, Tag):
                stack.append((child, in_link, own))
            elif is_text(child):
                _count(own, len(child.strip()), in_link=in_link)
    for own, above in reversed(within):
        above[0] += own[0]
        above[1] += own[1]
        above[2] += own[2]
    return {place: Weight._make(total) for place, total in totals.items()}


def _count(total: list[int], length: int, *, in_link: bool) -> None:
    """Add one text node to an element's totals."""
    total[0] += length
    if in_link:
        total[1] += length
    elif length >= _LONG_TEXT:
        total[2] += length
