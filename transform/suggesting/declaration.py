"""The declaration that a page might get: land and kind guessed, the content's selector, locators by heading text.

Everything in it is a guess to be looked at by a person; a locator is suggested only where declaring it reads the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from extract.model import Declaration, Element, Locator, PageId, PageKind, RecordKind
from transform.dates.words import SPEAKS_OF_STRATEGY
from transform.document import Document
from transform.german.text import key
from transform.records_reader import read_records
from transform.strategies.reader import page_title, publisher
from transform.structure.announcements import ACTION_FIELDS, GOALS
from transform.structure.item_lists import find_lists
from transform.structure.items import ItemList, Source
from transform.suggesting.laender import land_of, name_of

_KINDS: tuple[tuple[PageKind, str], ...] = (
    (PageKind.PROGRESS_REPORT, r"fortschrittsbericht|zwischenbilanz|umsetzungsbericht|halbzeitbilanz|monitoring"),
    (
        PageKind.NEWS,
        r"pressemitteilung|presseinformation|medieninfo|medienservice|/presse|pressestelle|aktuelle-meldung|/pm[_-]",
    ),
    (PageKind.ROADMAP, r"roadmap|fahrplan"),
    (PageKind.PROGRAMME, r"programm\b|programms\b|programm[_-]"),
)
_THIRD_PARTY = re.compile(r"(?:^|\.)(?:ihk|hwk|ihk-[\w-]+|hwk-[\w-]+|bitkom|kommune21|move-online|[\w-]*zeitung)\.")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_ELEMENTS = {
    Source.LIST: Element.LIST_ITEMS,
    Source.HEADINGS: Element.HEADINGS,
    Source.PARAGRAPHS: Element.PARAGRAPHS,
    Source.TABLE: Element.PARAGRAPHS,
    Source.SENTENCE: Element.SENTENCE,
}
_OTHER_NAMES = re.compile(r"konzept|leitlinien|digitalpakt|programm(?:e?s)?\b", re.IGNORECASE)
"""What a strategy may be called besides the usual names; a page without any of them tells of none."""
_LONGEST_SLUG = 32


def suggested(url: str, document: Document, selector: str | None) -> Declaration:
    """A declaration for an undeclared page.

    Args:
        url: Its address, after redirects.
        document: The page as read without a declaration.
        selector: The selector of its main content, if one was found.
    """
    host = (urlsplit(url).hostname or "").lower()
    land = land_of(host, f"{document.title}\n{document.text}")
    kind = kind_of(url, document)
    official = kind is not PageKind.THIRD_PARTY_SUMMARY
    bare = Declaration(
        page_id=PageId(_page_id(land, document)),
        url=_address(url, document.canonical_url),
        land=land,
        kind=kind,
        is_official=official,
        publisher=_office(land) if official else host,
        content_root=(selector,) if selector else (),
    )
    named = replace(bare, publisher=publisher(document, bare))
    return replace(named, locators=_locators(document, named))


def kind_of(url: str, document: Document) -> PageKind:
    """What kind of page it may be: by its address, then by the words of its title.

    Where nothing tells it is a strategy, or news if it names none.
    """
    host = (urlsplit(url).hostname or "").lower()
    if _THIRD_PARTY.search(host):
        return PageKind.THIRD_PARTY_SUMMARY
    told = f"{urlsplit(url).path} {page_title(document)}".lower()
    found = next((kind for kind, words in _KINDS if re.search(words, told)), None)
    return found or (PageKind.STRATEGY if _names_a_strategy(f"{told}\n{document.text}") else PageKind.NEWS)


def _names_a_strategy(text: str) -> bool:
    return bool(SPEAKS_OF_STRATEGY.search(text) or _OTHER_NAMES.search(text))


def _locators(document: Document, declaration: Declaration) -> tuple[Locator, ...]:
    """Locators for the action fields and goals that were found; only those that lead to the very same records."""
    plain = read_records(document, declaration).records
    kept: tuple[Locator, ...] = ()
    for locator in _candidates(find_lists(document), {key(field.name) for field in plain.action_fields}):
        tried = read_records(document, replace(declaration, locators=(*kept, locator)))
        if not tried.drift and tried.records == plain:
            kept = (*kept, locator)
    return kept


def _candidates(lists: tuple[ItemList, ...], fields: set[str]) -> Iterator[Locator]:
    """A locator for each list of goals or action fields that words introduce."""
    for found in lists:
        kind = _records(found, fields)
        if kind is None or found.intro is None or found.source is Source.SENTENCE:
            continue
        behind_colon = found.intro.rstrip().endswith(":")
        words = " ".join(found.intro.split())
        yield Locator(
            records=kind,
            element=_ELEMENTS[found.source],
            under=None if behind_colon else words,
            after=words if behind_colon else None,
        )


def _records(found: ItemList, fields: set[str]) -> RecordKind | None:
    """What the items of a list became."""
    if found.role == GOALS:
        return RecordKind.GOALS
    names = {key(item.name or item.text) for item in found.items}
    return RecordKind.ACTION_FIELDS if found.role == ACTION_FIELDS or names & fields else None


def _page_id(land: str, document: Document) -> str:
    """A plain name: the Land's letters and the first words of the title."""
    words = re.findall(r"[a-z0-9]+", page_title(document).lower().translate(_UMLAUTS))
    slug = ""
    for word in words:
        if slug and len(slug) + len(word) >= _LONGEST_SLUG:
            break
        slug = f"{slug}-{word}".strip("-")
    return f"{land.removeprefix('DE-').lower()}-{slug or 'seite'}"[:60]


def _office(land: str) -> str:
    """Who answers for an official page where the page does not say it."""
    return "Bundesregierung" if land == "DE" else f"Landesregierung {name_of(land)}"


def _address(url: str, canonical: str | None) -> str:
    """The address to declare: the canonical one where it is of the same portal, else the one that was asked."""
    asked, parts = urlsplit(url), urlsplit(canonical or "")
    is_usable = parts.scheme == "https" and parts.hostname == asked.hostname and not parts.fragment
    return canonical if canonical and is_usable else url.partition("#")[0]
