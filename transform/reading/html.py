"""Reading an HTML page into a document.

The parser is named (BeautifulSoup with lxml), so that no other installed library changes what we read.  Everything here
works without recursion and within bounds: a page has at most ``MOST_ELEMENTS`` elements in ``DEEPEST`` levels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup, Tag
from bs4.exceptions import ParserRejectedMarkup

from extract.model import Declaration
from transform.document import Block, Document, Encoding, Places, Reading, ReadProblem, StatedDate, Unreadable
from transform.german.text import displayed
from transform.reading.boilerplate import remove_frame, remove_unseen
from transform.reading.dom import attribute, is_attached, is_text, limit_depth, named, shown_text
from transform.reading.html_blocks import BlockWriter
from transform.reading.links import Resolver
from transform.reading.main_content import Root, contacts_beside, declared_root, generic_root, stage_outside
from transform.reading.markup import markup_of
from transform.reading.places import ElementsAsParsed
from transform.reading.related import remove_related
from transform.reading.tidying import tidied

MOST_ELEMENTS = 50_000
MOST_BETWEEN_TAGS = 5_000_000
"""Characters of text, scripts and styles; parsing more takes longer than a page is worth."""
_TAG = re.compile(r"<[^<>]*>")
MOST_TEXT = 2_000_000
"""Characters of a whole page, frame included; where its content ends is not looked for in more."""
"""More elements than any page of a portal has (they have 200 to 10,000); time and memory grow with them."""
DEEPEST = 256
_MOST_ALL_TEXT = 200_000
_META_DATES = {
    "og:updated_time": "modified",
    "article:modified_time": "modified",
    "dcterms.modified": "modified",
    "dc.date.modified": "modified",
    "last-modified": "modified",
    "revised": "modified",
    "article:published_time": "published",
    "dcterms.issued": "published",
    "dc.date": "published",
    "date": "published",
}


def read_html(text: str, *, encoding: Encoding, url: str, declaration: Declaration | None) -> Reading:
    """The document that an HTML page is.

    Args:
        text: The decoded page.
        encoding: How it was decoded, passed on.
        url: Where the page was (after redirects); links are resolved against its ``<base>``, else against this.
        declaration: Says where the content is; ``None`` leaves finding it to the reader.

    Returns:
        The document; one without blocks where the page shows no content.  :class:`Unreadable` for a page that is too
        large or that the parser refuses.
    """
    if text.count("<") - text.count("</") > MOST_ELEMENTS:
        return Unreadable(
            ReadProblem.TOO_LARGE, f"more than {MOST_ELEMENTS} elements; look at what the page has become"
        )
    if len(text) > MOST_BETWEEN_TAGS and len(_TAG.sub("", text)) > MOST_BETWEEN_TAGS:
        return Unreadable(ReadProblem.TOO_LARGE, f"more than {MOST_BETWEEN_TAGS} characters between tags")
    soup = parsed(text)
    if soup is None:
        return Unreadable(ReadProblem.BROKEN, "the HTML parser refused the page; look at the archived body")
    limit_depth(soup, DEEPEST)
    head = _Head(soup, url)
    all_text = _all_text(soup)
    if len(all_text) > MOST_TEXT:
        return Unreadable(ReadProblem.TOO_LARGE, f"{len(all_text)} characters of text, at most {MOST_TEXT} are read")
    blocks, dates, rule, places = _content(soup, declaration, head)
    return Document(
        title=head.title,
        language=head.language,
        canonical_url=head.canonical_url,
        base_url=head.resolver.base_url,
        blocks=blocks,
        stated_dates=(*head.dates, *dates),
        encoding=encoding,
        root=rule,
        all_text=all_text,
        places=places,
    )


def parsed(text: str) -> BeautifulSoup | None:
    """The parsed page; NUL characters are dropped (WHATWG HTML, 13.2.5.1), text without any tag is wrapped in one."""
    text = markup_of(text)
    try:
        return BeautifulSoup(text if "<" in text else f"<p>{text}</p>", "lxml")
    except ParserRejectedMarkup:
        return None


class _Head:
    """What the head of a page says: title, language, addresses and dates."""

    def __init__(self, soup: BeautifulSoup, url: str) -> None:
        self.title = displayed(shown_text(soup.title)) if soup.title is not None else ""
        root = soup.find("html")
        language = attribute(root, "lang") or attribute(root, "xml:lang") if isinstance(root, Tag) else ""
        self.language = language.strip().lower() or None
        about = list(named(soup, "base", "link", "meta"))
        base = next((tag for tag in about if tag.name == "base" and tag.has_attr("href")), None)
        base_url = Resolver(url).resolve(attribute(base, "href")) if base is not None else None
        self.resolver = Resolver(base_url or url)
        canonical = next((tag for tag in about if _is_canonical(tag)), None)
        href = attribute(canonical, "href") if canonical is not None else ""
        self.canonical_url = self.resolver.resolve(href)
        self.dates = _meta_dates(tag for tag in about if tag.name == "meta")


def _is_canonical(tag: Tag) -> bool:
    """Whether an element names the address that the page wants to be known by."""
    return tag.name == "link" and tag.has_attr("href") and "canonical" in attribute(tag, "rel").split()


def _meta_dates(metas: Iterable[Tag]) -> tuple[StatedDate, ...]:
    """Dates that ``<meta>`` elements state about the page."""
    found = []
    for meta in metas:
        name = attribute(meta, "property") or attribute(meta, "name") or attribute(meta, "http-equiv")
        role, content = _META_DATES.get(name.lower()), displayed(attribute(meta, "content"))
        if role and content:
            found.append(StatedDate(role, content, "meta"))
    return tuple(found)


def _all_text(soup: BeautifulSoup) -> str:
    """What a reader without scripts sees of the whole page, hidden elements excepted, up to a bound."""
    body = soup.body or soup
    parts: list[str] = []
    stack: list[Tag] = [body]
    while stack:
        tag = stack.pop()
        if "hidden" in tag.attrs or tag.name in ("script", "style", "template", "svg"):
            continue
        parts.append(" ".join([child for child in tag.contents if is_text(child)]))
        stack += [child for child in reversed(tag.contents) if isinstance(child, Tag)]
    return displayed(" ".join(parts)[: 2 * _MOST_ALL_TEXT])[:_MOST_ALL_TEXT]


def _content(
    soup: BeautifulSoup, declaration: Declaration | None, head: _Head
) -> tuple[tuple[Block, ...], tuple[StatedDate, ...], str, Places | None]:
    """The blocks of the main content, the dates stated among them, how the content was found and where it stood."""
    as_parsed = ElementsAsParsed(soup)
    tab_labels = remove_unseen(soup)
    for selector in declaration.removals if declaration is not None else ():
        for tag in soup.select(selector):
            if is_attached(tag):
                tag.decompose()
    declared = declaration.content_root if declaration is not None else ()
    root = declared_root(soup, declared)
    remove_frame(soup, [root.tag] if root is not None else [])
    root = root or generic_root(soup)
    if root is None:
        return (), (), "none", None
    beside = [] if root.rule in declared else contacts_beside(root.tag)
    stage = stage_outside(soup, root.tag, head.title)
    remove_related(soup, root.tag)
    parts = [*([stage] if stage is not None else []), root.tag, *beside]
    places = as_parsed.places(parts)
    writer = BlockWriter(head.resolver, tab_labels)
    for part in parts:
        writer.walk(part)
    dates = _time_dates(root)
    blocks, stated = tidied(writer.blocks)
    return blocks, (*dates, *stated), root.rule, places


def _time_dates(root: Root) -> tuple[StatedDate, ...]:
    """Machine-readable dates of publication or change in the main content (``<time datetime>`` with a role)."""
    found = []
    for time in named(root.tag, "time"):
        marks = (
            f"{attribute(time, 'class')} {attribute(time, 'itemprop')} {'pubdate' if time.has_attr('pubdate') else ''}"
        )
        role = "modified" if re.search(r"(?i)modified|updated", marks) else "published"
        if time.has_attr("datetime") and re.search(r"(?i)modified|updated|publish|pubdate|entry-date", marks):
            found.append(StatedDate(role, displayed(attribute(time, "datetime")), "time"))
    return tuple(found)
