"""Taking the frame off a page: what is hidden, what serves, what shares, what consents.

Decided by what elements are (``nav``, ``footer``), by their roles and states, and by words that all content management
systems use in class names (``share``, ``breadcrumb``); never by one site's names.  Whatever the rule says, an element
that holds the page's title or most of its running text stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from bs4 import BeautifulSoup, Tag

from transform.german.text import key
from transform.reading.dom import (
    HEADINGS,
    Weight,
    attribute,
    class_tokens,
    elements,
    first_text,
    is_attached,
    is_text,
    named,
    shown_text,
    titles,
    weights,
)
from transform.reading.phrases import FRAME_LABELS, LINES, is_noise_line, is_share_name
from transform.urls import is_document_url

_NEVER_SHOWN = (
    *(
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "canvas",
        "audio",
        "video",
    ),
    *("map", "head", "link", "meta", "datalist", "frame", "frameset", "noframes", "applet"),
)
_HIDDEN_CLASSES = frozenset(
    {
        *("visuallyhidden", "visuallyhiddenfocusable", "sronly", "screenreaderonly", "screenreadertext", "aural"),
        *("screenreader", "unsichtbar", "elementinvisible", "invisible", "hidden", "hide", "hideaccessible"),
        *(
            "a11yhidden",
            "offscreen",
            "nurscreenreader",
            "accessibility",
            "assistivetext",
            "uvisuallyhidden",
            "ishidden",
        ),
        *("skiplink", "skiplinks", "navskip", "opensearchserverignore"),
    }
)
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_FRAME_ELEMENTS = frozenset(
    {"nav", "aside", "footer", "form", "button", "dialog", "select", "input", "textarea", "search"}
)
_FRAME_ROLES = frozenset(
    {
        *("navigation", "banner", "contentinfo", "complementary", "search", "toolbar", "dialog", "alertdialog"),
        *("status", "menu", "menubar", "tablist"),
    }
)
_FRAME_TOKENS = frozenset(
    {
        *(
            "share",
            "sharing",
            "shariff",
            "social",
            "socialmedia",
            "socialbookmarks",
            "addthis",
            "bookmarks",
            "recommend",
        ),
        *("breadcrumb", "breadcrumbs", "brotkrumen", "brotkrume", "rootline", "cookie", "cookies", "cookiebanner"),
        *(
            "cookiebar",
            "cookiehinweis",
            "consent",
            "cc",
            "pager",
            "pagination",
            "paginierung",
            "pagebrowser",
            "toolbar",
        ),
        *(
            "nav",
            "navi",
            "navigation",
            "menu",
            "submenu",
            "skip",
            "tags",
            "tagcloud",
            "taglist",
            "keywords",
            "stichworte",
        ),
        *("schlagworte", "comments", "comment", "kommentare", "feedback", "rating", "newsletter", "readspeaker"),
        *("vorlesen", "readaloud", "readtime", "lesezeit", "readingtime", "print", "drucken", "totop", "backtotop"),
        *("seitenanfang", "modal", "lightbox", "notification", "breadcrump", "captcha", "printlink", "servicelinks"),
        *(
            "socials",
            "claim",
            "slogan",
            "menue",
            "hauptmenue",
            "mainmenu",
            "mainnav",
            "topnav",
            "metanav",
            "subnav",
            "servicenav",
            "navbar",
        ),
        *("hauptnavigation", "metanavigation", "chatbot", "livechat", "warnhinweis", "pagetools", "seitenwerkzeuge"),
        *("usercentrics", "cookiebot", "onetrust", "borlabs", "klaro", "tarteaucitron", "ccm19", "cmplz", "didomi"),
    }
)
_FRAME_PAIRS = (
    *({"tag", "list"}, {"tag", "cloud"}, {"page", "tools"}, {"page", "actions"}, {"page", "functions"}),
    *({"announcement", "bar"}, {"announcement", "banner"}, {"notice", "bar"}, {"info", "bar"}, {"back", "top"}),
    *({"reading", "time"}, {"read", "aloud"}, {"language", "switch"}, {"language", "switcher"}, {"uc", "banner"}),
)
"""The same written as two words (``page-tools``): each alone says nothing."""
_FOOT_TOKENS = frozenset({"footer", "sitefooter", "pagefooter", "seitenfuss", "fusszeile", "siteinfo", "colophon"})
_PART_TOKENS = frozenset({"card", "teaser", "article", "content", "entry", "accordion", "item", "box"})
"""What has a foot of its own, which may be content."""
_SIDE_TOKENS = frozenset(
    {
        *("related", "supplement", "sidebar", "marginal", "marginalspalte", "marginalie", "aside", "sectionrelated"),
        *("asidecontent", "zusatzinformationen", "weiterlesen", "verwandte"),
    }
)
_CREDIT_TOKENS = frozenset(
    {
        *("caption", "credit", "credits", "copyright", "bildunterschrift", "bildnachweis", "bildquelle", "bildrechte"),
        *("fotocredit", "imagecredit", "imagetext", "lupe", "zoom"),
    }
)
_CONTACT_HEADING = re.compile(
    r"(?:(?:ihre?|unsere?)\s)?(?:kontakt\w*|\w*ansprech(?:partner|person)\S*|pressekontakt|pressestelle)(?:\s.{0,40})?"
)
_MEDIA = frozenset({"img", "picture", "video", "audio", "iframe", "object", "embed", "canvas", "svg"})
_TEXT_IN_FIGURE = frozenset({"table", "blockquote", "ul", "ol", "dl", "p", "pre"})
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "cite", "dfn", "em", "i", "mark", "q", "small", "span", "strong", "u"}
)
_FEWEST_WORDS_BESIDE = 2
_FEWEST_IN_MENU = 2
_LONGEST_CREDIT = 400
_LONGEST_CONTACT = 1500
_SMALLEST_PANEL = 40
_NOTHING = Weight()
_HIDING = frozenset({"hidden", "aria-hidden", "style", "class"})
_OPENING = frozenset({"aria-controls", "role"})
"""Attributes without which an element is neither hidden nor opens another one: most elements have none of them."""
_JOINTS = str.maketrans("", "", "-_.")


def remove_unseen(soup: BeautifulSoup) -> dict[int, str]:
    """Remove what no reader sees: scripts, styles, hidden elements; panels of accordions and tabs are opened first.

    Returns:
        The labels of tab panels by the ``id()`` of the panel: their heading, which stands elsewhere on the page.
    """
    labels = _open_panels(soup)
    for tag in list(named(soup, *_NEVER_SHOWN)):
        if is_attached(tag):
            tag.decompose()
    _remove(soup, lambda tag, _: _is_hidden(tag) and id(tag) not in labels, protected=frozenset())
    return {place: label for place, (label, is_tab) in labels.items() if is_tab}


def remove_frame(soup: BeautifulSoup, content: Iterable[Tag]) -> None:
    """Remove navigation, footers, forms, share buttons, consent boxes, image captions and the like.

    Args:
        soup: The parsed page; changed in place.
        content: Elements known to hold the content: they and everything around them stay.
    """
    weight = weights(soup)
    total = weight[id(soup)].prose
    protected = _with_ancestors([*content, *titles(soup)])

    def is_frame(tag: Tag, in_content: bool) -> bool:
        if tag.name in HEADINGS or tag.name in ("html", "body", "main"):
            return False
        own = weight.get(id(tag), _NOTHING)
        if total and own.prose > total / 2 and tag.name not in ("nav", "footer", "dialog"):
            return False
        return _is_frame_by_kind(tag, in_content=in_content) or _is_frame_by_name(tag, own)

    _remove(soup, is_frame, protected=protected)


def _is_frame_by_kind(tag: Tag, *, in_content: bool) -> bool:
    """Whether element, role or label say that it frames the content."""
    role = attribute(tag, "role").lower()
    if tag.name == "button":
        return not _is_heading_button(tag)
    if tag.name == "aside" or role == "complementary":
        return not is_contact_box(tag)
    if tag.name == "td":
        return _is_menu_cell(tag)
    if tag.name == "a":
        return attribute(tag, "href").startswith("#") and key(shown_text(tag)) in LINES
    if role == "alert" and not in_content:
        return True
    if tag.name == "header" and not in_content:
        return not _is_caption(tag)
    if tag.name in ("figure", "figcaption"):
        return _is_illustration(tag)
    if tag.name == "footer" and _is_signature(tag):
        return False
    if tag.name in _FRAME_ELEMENTS or role in _FRAME_ROLES:
        return True
    label = attribute(tag, "aria-label")
    return bool(label) and tag.name != "a" and key(label) in FRAME_LABELS


def _is_signature(foot: Tag) -> bool:
    """Whether it is the foot of a quotation, which names its speaker (HTML, 4.4.4)."""
    return foot.find_parent("blockquote") is not None


def _is_menu_cell(cell: Tag) -> bool:
    """Whether a cell of a table that only lays out the page holds nothing but links to other pages."""
    links = list(named(cell, "a"))
    table = cell.find_parent("table")
    if len(links) < _FEWEST_IN_MENU or table is None or not any(named(table, *HEADINGS)):
        return False
    beside = key(shown_text(cell))
    for link in links:
        beside = beside.replace(key(shown_text(link)), "", 1)
    return not beside.strip(" |·•-") and not any(is_document_url(attribute(link, "href")) for link in links)


def _is_caption(header: Tag) -> bool:
    """Whether a header is that of a part of the content: a heading without any link, where portals have their menu."""
    return any(named(header, *HEADINGS)) and not any(named(header, "a", "nav", "img", "form", "button"))


def _is_frame_by_name(tag: Tag, weight: Weight) -> bool:
    """Whether the words of its class and id say so, and its text does not say otherwise."""
    tokens = class_tokens(tag)
    if not tokens:
        return False
    if tokens & _CREDIT_TOKENS and tag.name not in ("table", "caption"):
        return weight.text <= _LONGEST_CREDIT and not any(named(tag, *HEADINGS))
    if _is_in_sentence(tag):
        return False
    if tokens & _SIDE_TOKENS:
        return not is_contact_box(tag)
    if tokens & _FOOT_TOKENS and not tokens & _PART_TOKENS:
        return not _is_signature(tag)
    is_named = bool(tokens & _FRAME_TOKENS) or any(pair <= tokens for pair in _FRAME_PAIRS)
    return is_named and (weight.prose < 400 or weight.link_density > 0.5)


def _is_in_sentence(tag: Tag) -> bool:
    """Whether an element is some words of a sentence, whatever its class says of where its link leads (``NavNode``)."""
    if tag.name not in _INLINE or tag.parent is None:
        return False
    beside = " ".join(str(node) for node in tag.parent.contents if is_text(node))
    return len(beside.split()) >= _FEWEST_WORDS_BESIDE


def _is_hidden(tag: Tag) -> bool:
    """Whether an element is kept from everybody, or shown to screen readers only."""
    if _HIDING.isdisjoint(tag.attrs) or tag.name in ("html", "body", "main"):
        return False
    if tag.has_attr("hidden") and attribute(tag, "hidden") != "until-found":
        return True
    if attribute(tag, "aria-hidden").lower() == "true" or _HIDDEN_STYLE.search(attribute(tag, "style")):
        return True
    classes = attribute(tag, "class").split()
    names = {name.lower().translate(_JOINTS) for name in classes}
    if names & _HIDDEN_CLASSES or any(name.endswith(("-sr", "_sr")) for name in classes):
        return True
    return "dnone" in names and not any(re.fullmatch(r"d(?:sm|md|lg|xl|xxl)(?!none)\w+", name) for name in names)


def _open_panels(soup: BeautifulSoup) -> dict[int, tuple[str, bool]]:
    """Panels that a button or a tab opens, by ``id()``, with the label and whether it is a tab; menus stay shut."""
    controls = [tag for tag in elements(soup) if _controlled(tag) and not _in_frame(tag)]
    if not controls:
        return {}
    by_id = {attribute(tag, "id"): tag for tag in elements(soup) if tag.has_attr("id")}
    opening: list[tuple[Tag, Tag, str]] = []
    for control in controls:
        panel, label = by_id.get(_controlled(control)), shown_text(control)
        if panel is not None and label and not is_noise_line(label) and not is_share_name(label):
            opening.append((control, panel, label))
    large = {_make(control) for control, panel, _ in opening if len(shown_text(panel)) >= _SMALLEST_PANEL}
    panels: dict[int, tuple[str, bool]] = {}
    for control, panel, label in opening:
        if id(panel) in panels or _make(control) in large:
            panels[id(panel)] = (label, attribute(control, "role") == "tab" and not _begins_with(panel, label))
            control["data-opens"] = "panel"
    return panels


def _controlled(control: Tag) -> str:
    """The id of what an element opens: by ``aria-controls``, or by where a tab leads."""
    if _OPENING.isdisjoint(control.attrs):
        return ""
    target = attribute(control, "aria-controls")
    if not target and attribute(control, "role").lower() == "tab":
        target = attribute(control, "href").partition("#")[2]
    return target


def _begins_with(panel: Tag, label: str) -> bool:
    """Whether a panel repeats the label of its tab as its own heading."""
    heading = next(named(panel, *HEADINGS), None)
    return heading is not None and key(shown_text(heading)) == key(label)


def _make(control: Tag) -> tuple[str, str, str]:
    """What the controls of one accordion have in common; a short panel among long ones is content as well."""
    around = control.parent.name if control.parent is not None else ""
    return control.name, around, " ".join(sorted(attribute(control, "class").split()))


def _in_frame(tag: Tag) -> bool:
    """Whether an element stands in navigation, header or footer."""
    return tag.find_parent(("nav", "footer", "form", "dialog")) is not None


def _is_heading_button(tag: Tag) -> bool:
    """Whether a button is the title of an accordion's panel, not something to press."""
    return tag.has_attr("data-opens") or tag.find_parent(HEADINGS) is not None


def is_contact_box(tag: Tag) -> bool:
    """Whether a box beside the text tells whom to ask: its first words are a heading such as "Ansprechpartner"."""
    return _CONTACT_HEADING.fullmatch(key(first_text(tag))) is not None and len(shown_text(tag)) <= _LONGEST_CONTACT


def _is_illustration(tag: Tag) -> bool:
    """Whether a figure (or its caption) shows a picture or a film, not a table or a quotation."""
    figure = tag if tag.name == "figure" else tag.find_parent("figure")
    if figure is None:
        return True
    inside = {element.name for element in elements(figure) if element.find_parent("figcaption") is None}
    return not inside & _TEXT_IN_FIGURE


def _with_ancestors(tags: Iterable[Tag]) -> frozenset[int]:
    """The ``id()`` of the given elements and of everything around them."""
    places: set[int] = set()
    for tag in tags:
        above: Tag | None = tag
        while above is not None and id(above) not in places:
            places.add(id(above))
            above = above.parent
    return frozenset(places)


def _remove(soup: BeautifulSoup, unwanted: Callable[[Tag, bool], bool], *, protected: frozenset[int]) -> None:
    """Remove every unwanted element, outermost first; ``unwanted`` also learns whether it stands in an article."""
    stack: list[tuple[Tag, bool]] = [(soup, False)]
    while stack:
        tag, in_content = stack.pop()
        if tag is not soup and id(tag) not in protected and unwanted(tag, in_content):
            tag.decompose()
            continue
        inside = in_content or tag.name in ("main", "article", "section")
        stack += [(child, inside) for child in tag.contents if isinstance(child, Tag)]
