"""Leaving out what leads away from the page: "Mehr zum Thema", rows of news teasers, tag lists, tables of contents.

A box counts as such by its heading, or by consisting of links to other pages where nothing announces it as content.
Cards, tiles and lists that a heading or a sentence with a colon introduces ("Unsere Handlungsfelder:") are content,
however much they look like teasers, and so are links that make up most of a page that has little else to say: such a
page is an overview.  Links to files survive the box in which they stand.
"""

from __future__ import annotations

import re
from itertools import islice, takewhile

from bs4 import BeautifulSoup, Tag

from transform.german.text import displayed, key
from transform.reading.boilerplate import is_contact_box
from transform.reading.dom import (
    HEADINGS,
    attribute,
    class_tokens,
    elements,
    first_text,
    is_attached,
    is_title,
    named,
    shown_text,
    weights,
)
from transform.reading.phrases import KEYWORDS, LEGAL, POSSIBLY_RELATED, RELATED
from transform.urls import is_document_url

_CONTENT_HEADING = re.compile(
    r"(?i)handlungsf|themenf|schwerpunkt|ziel|grundlage|maßnahme|massnahme|projekt|leitlini|leitbild|dimension|säule|"
    r"strateg|baustein|grundsätz|prinzip|vision|mission|bereich|dokument|download|publikation|kontakt|ansprech|programm"
)
_NEWS_LABEL = re.compile(
    r"(?i)\b(?:meldung|pressemitteilung|pressemeldung|medieninformation|termin|veranstaltung|nachricht|news|artikel|"
    r"blogbeitrag|\d{1,2}\.\s?(?:\d{1,2}|[a-zä]{3,9})\.?\s?\d{4})\b"
)
_TEASER_TOKENS = frozenset({"teaser", "teasers", "teaserbox", "newsteaser", "card", "cards", "tile", "tiles", "kachel"})
_HEADLINE_TOKENS = frozenset({"headline", "title", "heading", "label", "titel", "ueberschrift"})
_LONG_PROSE = 300
_SHORT_REGION = 200
_ONLY_LINKS = 0.9
_FEWEST_LEGAL = 2
_HIGHEST_ROW = 4
_MOST_SIBLINGS = 60
"""As many neighbours of a teaser are looked at, so that reading a page of thousands of them stays linear."""


def remove_related(soup: BeautifulSoup, root: Tag) -> None:
    """Remove boxes of related pages below ``root``; links to files in them are kept as paragraphs of their own."""
    _remove_menus(root)
    for heading in _headings(root):
        if is_attached(heading) and heading is not root:
            _remove_region_of(soup, root, heading)
    weight = weights(root)
    whole = weight[id(root)]
    most_of_overview = whole.text / 2 if whole.prose <= _LONG_PROSE else whole.text
    for tag in list(elements(root)):
        is_links = weight[id(tag)].link_density >= _ONLY_LINKS and weight[id(tag)].text <= most_of_overview
        suspect = is_attached(tag) and (_is_named_teaser(tag) or is_links)
        if suspect and (_is_table_of_contents(tag) or _is_teaser_row(tag, root)):
            _remove_all(soup, [*_left_alone(tag), tag])
        elif is_attached(tag) and _is_breadcrumb(tag):
            tag.decompose()


def _remove_menus(root: Tag) -> None:
    """Remove what a template put inside the main landmark: menus before heading and text, and rows of legal links."""
    for tag in list(elements(root)):
        if not is_attached(tag):
            continue
        if tag.name in HEADINGS or tag.name == "p" or is_title(tag):
            break
        if tag.name in ("ul", "ol") and _is_only_links(tag):
            tag.decompose()
    for anchor in [a for a in named(root, "a") if key(shown_text(a)) in LEGAL]:
        if is_attached(anchor):
            rows = list(takewhile(lambda above: above is not root, islice(anchor.parents, _HIGHEST_ROW)))
            row = next((above for above in reversed(rows) if _is_legal_row(above)), None)
            if row is not None:
                row.decompose()


def _is_legal_row(tag: Tag) -> bool:
    """Whether an element is a page's foot: at least two links such as "Impressum", and little beside links."""
    labels = [key(shown_text(a)) for a in _anchors(tag)]
    if sum(label in LEGAL for label in labels) < _FEWEST_LEGAL:
        return False
    return len(shown_text(tag)) <= 2 * sum(map(len, labels))


def _headings(root: Tag) -> list[Tag]:
    """Headings that might announce related pages, and short bold lines that serve as such."""
    names = [*HEADINGS, "strong", "b", "summary", "p", "span", "div", "legend"]
    return [tag for tag in named(root, *names) if _announces(tag)]


def _announces(tag: Tag) -> bool:
    """Whether an element is nothing but a phrase such as "Mehr zum Thema"."""
    if tag.name in ("p", "span", "div") and not (class_tokens(tag) & _HEADLINE_TOKENS):
        return False
    if tag.name not in HEADINGS and len(tag.contents) != 1:
        return False
    text = key(first_text(tag))
    if text not in RELATED and text not in POSSIBLY_RELATED:
        return False
    line = tag.parent if tag.name in ("strong", "b") and tag.parent is not None else tag
    return key(shown_text(line)) == text


def _remove_region_of(soup: BeautifulSoup, root: Tag, heading: Tag) -> None:
    """Remove a heading with what it announces, if that is links and teasers rather than text."""
    region = _region(root, heading)
    if _leads_away(region, heading, certain=key(shown_text(heading)) in RELATED):
        _remove_all(soup, region)


def _region(root: Tag, heading: Tag) -> list[Tag]:
    """The elements that a heading governs: the box that it opens, or what follows it up to the next heading or text."""
    level = _level(heading)
    box = heading
    while box.parent is not None and box.parent is not root and _opens(box.parent, heading, level):
        box = box.parent
    if len(shown_text(box)) > len(shown_text(heading)):
        return [box]
    region = [box]
    for sibling in box.next_siblings:
        if isinstance(sibling, Tag) and shown_text(sibling):
            if _has_other_heading(sibling, heading, level) or _is_prose(sibling) or not _goes_on(region, sibling):
                break
            region.append(sibling)
    return region


def _goes_on(region: list[Tag], sibling: Tag) -> bool:
    """Whether an element belongs to links and teasers: it holds a link, is a headline, or the text below a headline."""
    if _anchors(sibling) or sibling.name in HEADINGS:
        return True
    below_headline = len(region) > 1 and region[-1].name in HEADINGS
    of_keywords = len(region) == 1 and key(shown_text(region[0])) in KEYWORDS
    return (below_headline or of_keywords) and len(shown_text(sibling)) <= _LONG_PROSE


def _opens(box: Tag, heading: Tag, level: int) -> bool:
    """Whether a heading's words are the first that a box shows, and the box holds nothing but what it governs."""
    return first_text(box) == first_text(heading) and not _has_other_heading(box, heading, level)


def _has_other_heading(part: Tag, heading: Tag, level: int) -> bool:
    """Whether an element holds a heading of the same or a higher rank that is no headline of a teaser (a link)."""
    found = [part] if part.name in HEADINGS else (tag for tag in elements(part) if tag.name in HEADINGS)
    return any(other is not heading and _level(other) <= level and not _is_link(other) for other in found)


def _is_link(heading: Tag) -> bool:
    """Whether a heading is a link as a whole."""
    anchor = next(named(heading, "a"), None) or heading.find_parent("a")
    return isinstance(anchor, Tag) and key(shown_text(anchor)).startswith(key(shown_text(heading)))


def _is_prose(part: Tag) -> bool:
    """Whether an element is running text or a way to reach somebody, not links and teasers."""
    if any(_keeps(attribute(a, "href")) and not is_document_url(attribute(a, "href")) for a in _anchors(part)):
        return True
    return any(len(shown_text(tag)) > _LONG_PROSE and not _anchors(tag) for tag in _paragraphs(part))


def _level(heading: Tag) -> int:
    """1 to 6; a bold line ranks below all headings."""
    return int(heading.name[1]) if heading.name in HEADINGS else 7


def _leads_away(region: list[Tag], heading: Tag, *, certain: bool) -> bool:
    """Whether a region is made of links and short teasers."""
    anchors = [a for part in region for a in _anchors(part)]
    texts = [text for part in region for text in _paragraphs(part) if text is not heading]
    if any(_is_prose(part) for part in region):
        return False
    if certain:
        return bool(anchors) or sum(len(shown_text(part)) for part in region) <= _SHORT_REGION
    return bool(anchors) and len(anchors) * 3 >= len(texts)


def _anchors(part: Tag) -> list[Tag]:
    """The links in an element, itself included."""
    found = [tag for tag in named(part, "a") if tag.get("href")]
    return [part, *found] if part.name == "a" else found


def _paragraphs(part: Tag) -> list[Tag]:
    """The paragraphs and list items in an element, itself included."""
    names = ["p", "li", "dd", "blockquote"]
    return [part] if part.name in names else list(named(part, *names))


def _left_alone(row: Tag) -> list[Tag]:
    """The heading above a row of links that would have nothing below it without the row."""
    before = next((node for node in row.previous_siblings if isinstance(node, Tag) and shown_text(node)), None)
    after = next((node for node in row.next_siblings if isinstance(node, Tag) and shown_text(node)), None)
    if before is None or before.name not in HEADINGS - {"h1"} or _announces_content(before):
        return []
    return [before] if after is None or (after.name in HEADINGS and _level(after) <= _level(before)) else []


def _announces_content(heading: Tag) -> bool:
    """Whether a heading announces content, so that it stays whatever is below it."""
    return _CONTENT_HEADING.search(shown_text(heading)) is not None


def _is_breadcrumb(tag: Tag) -> bool:
    """Whether a list shows the way from the start page."""
    if tag.name not in ("ul", "ol"):
        return False
    first = next(named(tag, "li"), None)
    return first is not None and bool(_anchors(first)) and key(shown_text(first)) in ("startseite", "home", "start")


def _is_table_of_contents(tag: Tag) -> bool:
    """Whether a list only leads to places on this page."""
    if tag.name not in ("ul", "ol"):
        return False
    anchors = _anchors(tag)
    if len(anchors) < 2 or not all(attribute(a, "href").startswith("#") for a in anchors):
        return False
    return sum(len(shown_text(a)) for a in anchors) >= _ONLY_LINKS * len(shown_text(tag))


def _is_teaser_row(tag: Tag, root: Tag) -> bool:
    """Whether an element is a teaser, or the last thing on the page and nothing but links, with no introduction."""
    if tag.name in HEADINGS or tag.name in ("a", "p", "span", "li", "table"):
        return False
    if _is_named_teaser(tag) and not any(named(tag, "h1")) and _is_news(tag, root):
        return True
    return tag.name in ("ul", "ol", "div", "section") and _is_only_links(tag) and _ends(tag, root) and _bare(tag, root)


def _is_news(tag: Tag, root: Tag) -> bool:
    """Whether a teaser leads to another page and bears a date or a label of news, or nothing introduces it."""
    anchors = _anchors(tag)
    text = shown_text(tag)
    if not anchors or not text or is_contact_box(tag) or any(_keeps(attribute(a, "href")) for a in anchors):
        return False
    if len(text) > _LONG_PROSE * max(len(anchors), 1):
        return False
    labels = [
        shown_text(part) for part in elements(tag) if part.name in ("time", "span", "p") and not any(elements(part))
    ]
    if any(_NEWS_LABEL.match(label) and len(label) <= 40 for label in labels):
        return True
    return _bare(tag, root) and _ends(tag, root)


def _is_only_links(tag: Tag) -> bool:
    """Whether at least two links to other pages make up nearly all of an element's text."""
    anchors = [a for a in named(tag, "a") if a.get("href")]
    if len(anchors) < 2 or any(_keeps(attribute(a, "href")) for a in anchors):
        return False
    return sum(len(shown_text(a)) for a in anchors) >= _ONLY_LINKS * len(shown_text(tag))


def _keeps(href: str) -> bool:
    """Whether a link is of use on its own: a file, an e-mail address, a telephone number."""
    writes_to = href.partition("?")[0] if href.startswith("mailto:") else ""
    return is_document_url(href) or href.startswith("tel:") or "@" in writes_to


def _ends(tag: Tag, root: Tag) -> bool:
    """Whether nothing but teasers and links follows an element below ``root``."""
    here = tag
    while here is not root and here.parent is not None:
        for sibling in islice(here.next_siblings, _MOST_SIBLINGS):
            if isinstance(sibling, Tag) and _is_named_teaser(sibling):
                continue
            text = displayed(sibling.get_text()) if isinstance(sibling, Tag) else displayed(str(sibling))
            if text and not (isinstance(sibling, Tag) and _is_only_links(sibling)):
                return False
        here = here.parent
    return True


def _is_named_teaser(tag: Tag) -> bool:
    """Whether an element is named a teaser."""
    return bool(class_tokens(tag) & _TEASER_TOKENS)


def _bare(tag: Tag, root: Tag) -> bool:
    """Whether neither a heading of content nor a sentence that ends in a colon introduces an element."""
    here: Tag | None = tag
    while here is not None and here is not root:
        for looked, sibling in enumerate(here.previous_siblings):
            if looked == _MOST_SIBLINGS:
                return False
            if not isinstance(sibling, Tag) or _is_named_teaser(sibling) or not (text := shown_text(sibling)):
                continue
            last = sibling if sibling.name in HEADINGS else None
            if last is not None:
                return not _announces_content(last)
            return not text.endswith(":")
        here = here.parent
    return True


def _remove_all(soup: BeautifulSoup, region: list[Tag]) -> None:
    """Remove elements; a link to a file that stood in them takes their place, in a paragraph of its own."""
    files = [a for part in region for a in _anchors(part) if is_document_url(attribute(a, "href")) and shown_text(a)]
    for anchor in files:
        paragraph = soup.new_tag("p")
        region[0].insert_before(paragraph)
        paragraph.append(anchor.extract())
    for part in region:
        part.decompose()
