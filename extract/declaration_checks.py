"""One file of the catalogue, checked key by key.

What is written in the file comes in as plain TOML values, declarations go out, and every rule that a value breaks is
noted as one sentence with file, line, what was found and the fix.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from extract.declaration_entry import Entry, FileLines, Span, suggestion
from extract.model import Declaration, Element, Locator, PageId, PageKind, RecordKind

SelectorCheck = Callable[[str], str | None]
"""Says what is wrong with a CSS selector; ``None`` where nothing is."""

LANDS = frozenset({"DE"} | {f"DE-{code}" for code in re.findall("..", "BBBEBWBYHBHEHHMVNINWRPSHSLSNSTTH")})
"""ISO 3166-2 codes of the Länder, and ``DE`` for the federation."""

FILE_KEYS = ("land", "publisher", "is_official", "page")
PAGE_KEYS = ("page_id", "url", "kind", "is_official", "publisher", "title", "content_root", "removals", "locator")
LOCATOR_KEYS = ("records", "element", "under", "after", "group", "role", "first")

_PAGE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_PLAIN_URL = re.compile(r"https://[a-z0-9][a-z0-9.-]*(?:/[^\s#]*)?")
"""Nothing is wrong with such an address: no need to take it apart, which takes ten times as long."""


class FileReader:
    """Reads one file's pages; :attr:`problems` holds what was wrong with them, in the order of the file."""

    def __init__(
        self, file: str, text: str, table: Mapping[str, object], check_selector: SelectorCheck | None = None
    ) -> None:
        self._lines = FileLines(file, text)
        self._table = table
        self._check_selector = check_selector

    @property
    def problems(self) -> list[str]:
        """What was wrong with the file, in its order."""
        return self._lines.problems

    def declarations(self) -> list[Declaration]:
        """The pages of the file; to be used only where :attr:`problems` stays empty."""
        top = Entry(self._lines, self._table, self._lines.whole, "the file")
        top.only_keys(FILE_KEYS)
        land = self._land(top)
        pages = top.tables("page")
        if not pages and "page" not in self._table:
            top.problem("page", "no [[page]] is declared", "Add one with page_id, url and kind, or remove the file")
        spans = self._lines.spans("page", len(pages), self._lines.whole)
        return [self._page(table, span, land, top) for table, span in zip(pages, spans, strict=True)]

    def _land(self, top: Entry) -> str:
        """The Land of the file: known, and the same as in the file's name."""
        land = top.text("land", required=True) or ""
        expected = self._lines.file.removesuffix(".toml").upper()
        if land and land not in LANDS:
            top.problem("land", f"land = {land!r} is no Land", suggestion(land, LANDS, "Write an ISO 3166-2 code"))
        elif land and land != expected:
            top.problem("land", f"land = {land!r} stands in {self._lines.file}", f"Name the file {land.lower()}.toml")
        return land

    def _page(self, table: Mapping[str, object], span: Span, land: str, top: Entry) -> Declaration:
        """One ``[[page]]``."""
        entry = Entry(self._lines, table, span, f"page {table.get('page_id', '(without page_id)')!s}")
        entry.only_keys(PAGE_KEYS)
        page_id = self._page_id(entry)
        url = self._url(entry)
        kind = entry.choice("kind", PageKind)
        official = entry.flag("is_official")
        if official is None:
            official = top.flag("is_official")
        publisher = entry.text("publisher") or top.text("publisher")
        if publisher is None and "publisher" not in table and "publisher" not in self._table:
            entry.problem("publisher", "publisher is missing", "Name it in the page, or once for the file at its top")
        return Declaration(
            page_id=PageId(page_id),
            url=url,
            land=land,
            kind=kind or PageKind.STRATEGY,
            is_official=kind is not PageKind.THIRD_PARTY_SUMMARY if official is None else official,
            publisher=publisher or "",
            title=entry.text("title"),
            content_root=self._selectors(entry, "content_root"),
            removals=self._selectors(entry, "removals"),
            locators=self._locators(entry),
            source=f"{self._lines.file}:{span[0]}",
        )

    def _page_id(self, entry: Entry) -> str:
        """The page's id: letters, digits, hyphens."""
        page_id = entry.text("page_id", required=True) or ""
        if page_id and not _PAGE_ID.fullmatch(page_id):
            fix = "Use letters, digits and hyphens, such as sl-roadmap"
            entry.problem("page_id", f"page_id = {page_id!r} is no plain name", fix)
        return page_id

    def _url(self, entry: Entry) -> str:
        """The page's address: https, with a host, without credentials or fragment."""
        url = entry.text("url", required=True) or ""
        if url:
            wrong = url_problem(url)
            if wrong is not None:
                entry.problem("url", f"url = {url!r} {wrong[0]}", wrong[1])
        return url

    def _selectors(self, entry: Entry, key: str) -> tuple[str, ...]:
        """A list of CSS selectors, each checked where a check was given."""
        selectors = entry.texts(key)
        for selector in selectors if self._check_selector else ():
            wrong = self._check_selector(selector) if self._check_selector else None
            if wrong:
                entry.problem(key, f"{key} holds {selector!r}, which is no CSS selector: {wrong}", "Mend the selector")
        return selectors

    def _locators(self, entry: Entry) -> tuple[Locator, ...]:
        """The ``[[page.locator]]`` tables of a page."""
        tables = entry.tables("locator")
        spans = self._lines.spans(r"page\s*\.\s*locator", len(tables), entry.span)
        return tuple(
            self._locator(Entry(self._lines, table, span, f"locator {rank} of {entry.name}"))
            for rank, (table, span) in enumerate(zip(tables, spans, strict=True), 1)
        )

    def _locator(self, entry: Entry) -> Locator:
        """One ``[[page.locator]]``."""
        entry.only_keys(LOCATOR_KEYS)
        records = entry.choice("records", RecordKind)
        element = entry.choice("element", Element)
        locator = Locator(
            records=records or RecordKind.LIST,
            element=element or Element.LIST_ITEMS,
            under=entry.text("under"),
            after=entry.text("after"),
            group=entry.text("group"),
            role=entry.text("role"),
            first=entry.count("first"),
        )
        if locator.under is None and locator.after is None:
            entry.problem("under", "neither under nor after is given", "Name the heading above, or the words before")
        if locator.group is not None and records not in (None, RecordKind.ACTION_FIELDS):
            entry.problem("group", f"group is given for {records}", 'Only records = "action_fields" have groups')
        if locator.role is not None and records not in (None, RecordKind.LIST):
            entry.problem("role", f"role is given for {records}", 'Only records = "list" has a role')
        return locator


def url_problem(url: str) -> tuple[str, str] | None:
    """What is wrong with a declared address and the fix; ``None`` where nothing is."""
    if _PLAIN_URL.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        return f"is no address ({error})", "Write https:// and the host"
    if parts.username is not None or parts.password is not None:
        return "has credentials", "Remove the part before the @; the catalogue is public"
    if parts.scheme != "https":
        return "does not begin with https://", "Write the https address; the fetcher follows a page that redirects"
    if not host or any(character.isspace() for character in url):
        return "is no address", "Write https://, the host and the path, without spaces"
    if port not in (None, 443):
        return f"names port {port}", "Remove the port; pages are asked on port 443"
    if parts.fragment:
        return "has a fragment", f"Remove #{parts.fragment}; a fragment is never sent to the server"
    return None
