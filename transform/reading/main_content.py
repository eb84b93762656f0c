"""Finding the main content of a page, declared or not.

A declared selector comes first.  Without one (or when a relaunch has emptied it) landmarks decide (``main``,
``article``); without those, the element that holds the most running text and the least link text, widened to the
page's title.  Nothing here knows a class name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bs4 import BeautifulSoup, Tag
from soupsieve import SelectorSyntaxError

from transform.german.text import key
from transform.reading.boilerplate import is_contact_box
from transform.reading.dom import HEADINGS, Weight, elements, is_title, named, shown_text, titles, weights

_CONTAINERS = frozenset({"body", "main", "article", "section", "div", "td", "center", "blockquote", "form"})
_LONGEST_TITLE = 200
_LONGEST_LEAD = 1_200
_WIDEST = 3
_REACHES = re.compile(r"mailto:|tel:|@|\(at\)|\bTel(?:efon|\.|:)|\b\d{5}\s+[A-ZÄÖÜ]")
_TITLE_BONUS = 0.6
"""How much score the element around text and title may lose against the text alone."""


@dataclass(frozen=True, slots=True)
class Root:
    """The element that holds the main content, and how it was found: a selector, ``landmark`` or ``density``."""

    tag: Tag
    rule: str


def declared_root(soup: BeautifulSoup, selectors: Sequence[str]) -> Root | None:
    """The first element that a declared CSS selector matches and that holds text; ``None`` where none does."""
    for selector in selectors:
        try:
            matches = soup.select(selector)
        except SelectorSyntaxError:
            continue
        best = max(matches, key=lambda tag: len(shown_text(tag)), default=None)
        if best is not None and shown_text(best):
            return Root(best, selector)
    return None


def generic_root(soup: BeautifulSoup) -> Root | None:
    """The element that most probably holds the main content of a page whose frame has been removed."""
    body = soup.body or soup
    weight = weights(body)
    landmark = _landmark(body, weight)
    if landmark is not None:
        return Root(landmark, "landmark")
    densest = _densest(body, weight)
    return Root(densest, "density") if densest is not None else None


def stage_outside(soup: BeautifulSoup, root: Tag, title: str) -> Tag | None:
    """The box with the page's title where that stands outside the main content, not with the portal's own name.

    Returns:
        The largest element around the title that has no links and does not hold the main content: the line above the
        title and the lead below it stand in it as well.  ``None`` where the main content has a title of its own.
    """
    if is_title(root) or next(titles(root), None) is not None:
        return None
    heading = next((tag for tag in titles(soup) if _titles_page(tag, title)), None)
    if heading is None:
        return None
    around_root = {id(tag) for tag in _upwards(root)}
    box = heading
    for above in heading.parents:
        if above.name in ("body", "html") or id(above) in around_root or _is_more_than_head(above, heading):
            break
        box = above
    return box


def contacts_beside(root: Tag) -> list[Tag]:
    """The boxes beside the main content that tell whom to ask, in document order, each a whole.

    Looked for in what stands next to the content or next to a wrapper of it, never in the page's foot (removed before).
    """
    found: list[Tag] = []
    for inner in (root, *islice(root.parents, _WIDEST)):
        if inner.parent is None or inner.name in ("body", "html"):
            break
        for beside in [*inner.next_siblings, *inner.previous_siblings]:
            if isinstance(beside, Tag):
                found += [_contact_box(heading, beside) for heading in named(beside, *HEADINGS) if _asks(heading)]
    places = {id(box) for box in found}
    return [box for box in dict.fromkeys(found) if not any(id(above) in places for above in box.parents)]


def _asks(heading: Tag) -> bool:
    """Whether the box that a heading opens tells whom to ask, and how."""
    box = heading.parent
    return box is not None and is_contact_box(box) and _REACHES.search(str(box)) is not None


def _contact_box(heading: Tag, outermost: Tag) -> Tag:
    """The largest box that a heading opens, up to an outermost element."""
    box = heading
    for above in heading.parents:
        if not is_contact_box(above):
            break
        box = above
        if above is outermost:
            break
    return box


def _titles_page(heading: Tag, title: str) -> bool:
    """Whether a heading outside the content is the page's title: ``<title>`` begins with it or does not end with it."""
    text, wanted = key(shown_text(heading)), key(title)
    if wanted.startswith(text):
        return True
    in_header = heading.find_parent("header") is not None
    return not in_header and not wanted.endswith(text) and len(text) <= _LONGEST_TITLE


def _is_more_than_head(box: Tag, heading: Tag) -> bool:
    """Whether an element around the title holds links, or more text than a page's head."""
    if any(anchor.get("href") and heading not in anchor.parents for anchor in named(box, "a")):
        return True
    return len(shown_text(box)) > len(shown_text(heading)) + _LONGEST_LEAD


def _landmark(body: Tag, weight: dict[int, Weight]) -> Tag | None:
    """The landmark with the most text: ``main``, else the one article that holds most of the page's running text."""
    mains = [tag for tag in elements(body) if tag.name == "main" or tag.get("role") == "main"]
    best = max(mains, key=lambda tag: weight[id(tag)].text, default=None)
    if best is not None and weight[id(best)].text:
        return best
    total = weight[id(body)].prose
    articles = [tag for tag in elements(body) if tag.name == "article" and weight[id(tag)].prose * 5 >= total * 4]
    return _with_contacts(articles[0]) if articles and total else None


def _with_contacts(article: Tag) -> Tag:
    """The article, or the element around it where a box beside it tells whom to ask."""
    around = article.parent
    if around is None:
        return article
    beside = [node for node in around.contents if isinstance(node, Tag) and node is not article]
    return around if any(is_contact_box(box) for box in beside) else article


def _densest(body: Tag, weight: dict[int, Weight]) -> Tag | None:
    """The container with the best score, widened to hold the title where that costs little."""
    containers = [body, *(tag for tag in elements(body) if tag.name in _CONTAINERS)]
    best = max(containers, key=lambda tag: _score(weight[id(tag)]))
    if not weight[id(best)].text:
        return None
    heading = next(titles(body), None)
    if heading is None:
        return best
    around = _common_ancestor(best, heading)
    return around if _score(weight[id(around)]) >= _TITLE_BONUS * _score(weight[id(best)]) else best


def _score(weight: Weight) -> float:
    """Running text, discounted by the share of link text."""
    return (weight.prose + 0.01 * weight.text) * (1.0 - weight.link_density) ** 2


def _common_ancestor(one: Tag, other: Tag) -> Tag:
    """The innermost element that holds both."""
    around = {id(tag) for tag in _upwards(one)}
    return next(tag for tag in _upwards(other) if id(tag) in around)


def _upwards(tag: Tag) -> Iterator[Tag]:
    """The element and everything around it, innermost first."""
    yield tag
    yield from tag.parents
