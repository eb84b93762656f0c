"""Telling from a page's elements alone that its content is what it was, at a fraction of what reading it costs.

A page is read in full once; where its content stood is remembered (:class:`~transform.document.Places`) together
with a hash of what stood there: its imprint.  On another night the page is parsed, nothing more, and what stands in
the same places is hashed again.  An equal imprint means an equal content; another one means nothing, and the page is
read.  So noise outside the content (menus, teasers, tokens, counters) costs no reading, and nothing is ever missed for
being in the wrong place: what is new within the content is hashed with it.

Two things could make an equal imprint lie, both outside the hashed places: text that the finder of main content would
now take in, and a box with contacts put beside the content.  ``around_chars`` and ``ways_to_write`` tell of them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import cast
from urllib.parse import urljoin

from lxml import etree

from transform.document import Places
from transform.german.text import displayed
from transform.reading.dom import BLOCKS, HEADINGS
from transform.reading.markup import markup_of
from transform.reading.phrases import is_noise_line
from transform.reading.places import steps
from transform.reading.stated_dates import labelled_date
from transform.urls import canonical_url

_TELLING = ("href", "class", "hidden", "style", "role", "title", "alt", "type", "aria-hidden", "aria-label")
"""Attributes by which the reader decides what an element is and says."""
_ALWAYS_FRAME = frozenset({"script", "style", "template", "noscript", "svg", "nav", "footer", "form"})
"""Elements that are set aside whatever they hold; of others, name, classes and heading must stay what they were."""
_UNSEEN = ("script", "style", "noscript", "template", "svg")
_BELIEVED = HEADINGS | {"td", "th"}
"""Where a stated date or a phrase of the frame is content (:mod:`transform.reading.tidying`)."""
_AROUND_TOLERANCE = 600
"""So many characters of text may come or go around the content: teasers do, a second main content is longer."""
_LONGEST_LINE = 120
_DIGIT = re.compile(r"\d")
_WORDY = re.compile(r"[^\W\d_]+(?:[-_]+[^\W\d_]+)*")
_BETWEEN = "\x1f"
_SOMEWHERE = "https://page.invalid/"
_ADDRESSES = etree.XPath("//a/@href", smart_strings=False)


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stood in the places of a page's content.

    Attributes:
        places: Where.
        verbatim_sha256: Of elements, telling attributes and text as they are.
        essential_sha256: Of the same without what a reading passes over within a line: stated dates, phrases of the
            frame, session ids in addresses, numbered class names.
        around_chars: Length of the text around the places.
        ways_to_write: How many links to mail addresses and telephone numbers the page has.
    """

    places: Places
    verbatim_sha256: str
    essential_sha256: str
    around_chars: int
    ways_to_write: int


def imprint(text: str, places: Places) -> Imprint | None:
    """The imprint of a page that was just read; ``text`` is the decoded page.

    Returns:
        ``None`` where the places cannot be found again, as on a page that is too broken to be parsed twice alike.
    """
    seen = tuple(path for path in places.passed_over if steps(path)[-1][0] not in _UNSEEN)
    places = replace(places, passed_over=seen)
    found = _Standing.find(text, places)
    if found is None:
        return None
    return Imprint(places, found.verbatim(), found.essential(), found.around_chars, found.ways_to_write)


def shows_the_same(text: str, last: Imprint) -> bool:
    """Whether a page's content is certain to be what it was when the imprint was taken; ``False`` says nothing."""
    found = _Standing.find(text, last.places)
    if found is None or found.ways_to_write != last.ways_to_write:
        return False
    if abs(found.around_chars - last.around_chars) > max(_AROUND_TOLERANCE, last.around_chars // 4):
        return False
    return found.verbatim() == last.verbatim_sha256 or found.essential() == last.essential_sha256


@dataclass(frozen=True, slots=True)
class _Standing:
    """What stands in the places of a page; what was passed over is cut out, its description kept."""

    head: tuple[str, str]
    parts: tuple[etree._Element, ...]
    passed_over: tuple[str, ...]
    around_chars: int
    ways_to_write: int

    @classmethod
    def find(cls, text: str, places: Places) -> _Standing | None:
        root = _parsed(text)
        if root is None:
            return None
        addresses = cast("list[str]", _ADDRESSES(root))
        ways_to_write = sum(address.startswith(("mailto:", "tel:")) for address in addresses)
        etree.strip_elements(root, *_UNSEEN, with_tail=False)
        parts = _elements(root, places.read)
        passed_over = _elements(root, places.passed_over)
        if not parts or passed_over is None:
            return None
        described = tuple(map(_description, passed_over))
        for element in passed_over:
            _cut_out(element)
        around_chars = len(_text(root)) - sum(map(len, map(_text, parts)))
        return cls(_head(root), tuple(parts), described, around_chars, ways_to_write)

    def verbatim(self) -> str:
        """Hash of elements, attributes and text as they are."""
        return self._sha256(map(_verbatim, self._all()), map(_text, self.parts))

    def essential(self) -> str:
        """Hash of the same without what a reading passes over within a line."""
        return self._sha256(map(_essential, self._all()), (line for part in self.parts for line in _lines(part)))

    def _sha256(self, elements: Iterable[str], texts: Iterable[str]) -> str:
        said = _BETWEEN.join((*self.head, *self.passed_over, *elements, *texts))
        return hashlib.sha256(said.encode("utf-8", errors="surrogatepass")).hexdigest()

    def _all(self) -> Iterator[etree._Element]:
        return (element for part in self.parts for element in part.iter())


def _parsed(text: str) -> etree._Element | None:
    """The page as the reader's parser builds it, comments left out."""
    text = markup_of(text)
    if "<" not in text:
        return None
    try:
        return etree.fromstring(text, etree.HTMLParser(remove_comments=True, remove_pis=True))
    except (etree.XMLSyntaxError, ValueError):  # pages that not even this parser takes
        return None


def _head(root: etree._Element) -> tuple[str, str]:
    """What the head of a page has to do with its content: the title, by which a stage is known, and the base."""
    base = root.find(".//base")
    return displayed(root.findtext(".//title") or ""), base.get("href", "") if base is not None else ""


def _elements(root: etree._Element, paths: Iterable[str]) -> list[etree._Element] | None:
    """The elements at the paths; ``None`` where one is missing."""
    found = [_element(root, path) for path in paths]
    return None if None in found else [element for element in found if element is not None]


def _element(root: etree._Element, path: str) -> etree._Element | None:
    """The element at a path; ``None`` where there is none."""
    found: etree._Element | None = root
    for depth, (name, rank) in enumerate(steps(path)):
        if found is None:
            return None
        if depth == 0:
            found = root if root.tag == name else None
            continue
        found = next(islice(found.iterchildren(name), rank, None), None)
    return found


def _description(element: etree._Element) -> str:
    """What an element that was set aside is: its name; its classes and first heading where these decided."""
    if element.tag in _ALWAYS_FRAME:
        return str(element.tag)
    heading = next(element.iter(*HEADINGS), None)
    return " ".join((element.tag, _words(element.get("class")), _text(heading) if heading is not None else ""))


def _cut_out(element: etree._Element) -> None:
    """Take an element off the page, the text behind it excepted."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _verbatim(element: etree._Element) -> str:
    """An element's name and telling attributes."""
    if not element.attrib:
        return element.tag
    return _BETWEEN.join([element.tag, *_stated(element, _TELLING)])


def _essential(element: etree._Element) -> str:
    """The same without what numbers and sessions put into it."""
    if not element.attrib:
        return element.tag
    address = element.get("href")
    link = canonical_url(urljoin(_SOMEWHERE, address), document=True) if address else ""
    return _BETWEEN.join([element.tag, link, _words(element.get("class")), *_stated(element, _TELLING[2:])])


def _stated(element: etree._Element, names: Sequence[str]) -> list[str]:
    """The attributes that an element has, with their values: a mere ``hidden`` has an empty one."""
    return [f"{name}={value}" for name in names if (value := element.get(name)) is not None]


def _words(classes: str | None) -> str:
    """The class names that are made of letters alone."""
    return " ".join(name for name in (classes or "").split() if _WORDY.fullmatch(name))


def _lines(part: etree._Element) -> Iterator[str]:
    """The lines of text that a reader does not pass over: a line ends where an element begins or ends one."""
    for line, believed in _shown_lines(part):
        if believed or len(line) > _LONGEST_LINE or not _DIGIT.search(line) or not _is_passed_over(displayed(line)):
            yield line


def _is_passed_over(line: str) -> bool:
    """Whether a line with a number in it is none of the content to the reader; words alone stay what they are."""
    return labelled_date(line) is not None or is_noise_line(line)


def _shown_lines(part: etree._Element) -> Iterator[tuple[str, bool]]:
    """Lines as they are, each with whether it stands in a heading or a table's cell."""
    pieces: list[str] = []
    believed = 0
    for event, element in etree.iterwalk(part, events=("start", "end")):
        ends_line = element.tag in BLOCKS or element.tag == "br"
        if ends_line and pieces:
            yield "".join(pieces), believed > 0
            pieces = []
        if element.tag in _BELIEVED:
            believed += 1 if event == "start" else -1
        words = element.text if event == "start" else element.tail
        if words and not (event == "end" and element is part):
            pieces.append(words)
    yield "".join(pieces), False


def _text(element: etree._Element) -> str:
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)
