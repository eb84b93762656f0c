"""Which answers of foreign files are wanted: those of pages, and those of the files that pages link."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from extract.model import Declaration, Exchange, PageId
from flows.backfilling import addresses_of
from transform.document import Document
from transform.reading.body import read_body
from transform.reading.content import document_urls
from transform.urls import canonical_url
from warehouse.rebuild import KeptBody, PageHistory


class Wanted:
    """What is wanted for some pages; it grows with the links of the answers that are noted.

    Args:
        pages: The pages that are to have older captures.
        histories: What is known of them.
    """

    def __init__(self, pages: Sequence[Declaration], histories: dict[PageId, PageHistory]) -> None:
        self._owners = {address: page for page in pages for address in addresses_of(page, histories[page.page_id])}
        self._page_moments = {page_id: moments_of(history.bodies) for page_id, history in histories.items()}
        self._linked_by: defaultdict[str, set[PageId]] = defaultdict(set)
        self._file_moments: defaultdict[tuple[PageId, str], set[datetime]] = defaultdict(set)
        self._read: set[tuple[PageId, str]] = set()
        for page_id, history in histories.items():
            self._note(page_id, history.linked)
            for file in history.files:
                self._file_moments[page_id, _file_address(file.url)].add(file.observed_at)

    @property
    def has_files(self) -> bool:
        """Whether any file is linked."""
        return bool(self._linked_by)

    def is_page(self, url: str) -> bool:
        """Whether an address is that of a page."""
        return canonical_url(url) in self._owners

    def is_file(self, url: str) -> bool:
        """Whether an address is that of a file that one of the pages links, or linked."""
        return _file_address(url) in self._linked_by and not self.is_page(url)

    def has_page(self, answer: Exchange) -> bool:
        """Whether this answer of a page is known."""
        return answer.observed_at in self._page_moments[self._owner(answer).page_id]

    def has_file(self, answer: Exchange) -> bool:
        """Whether this answer of a file is known to all pages that link it."""
        address = _file_address(answer.url)
        return all(answer.observed_at in self._file_moments[page, address] for page in self._linked_by[address])

    def note_links(self, answer: Exchange) -> None:
        """Reads an answer of a page for the files that it links; the same bytes once."""
        page = self._owner(answer)
        key = (page.page_id, hashlib.sha256(answer.body).hexdigest())
        if key in self._read:
            return
        self._read.add(key)
        content_type = answer.header("Content-Type")
        reading = read_body(answer.body, content_type=content_type, url=answer.url, declaration=page)
        if isinstance(reading, Document):
            self._note(page.page_id, document_urls(reading))

    def _note(self, page_id: PageId, addresses: Sequence[str] | frozenset[str]) -> None:
        for address in addresses:
            self._linked_by[address].add(page_id)

    def _owner(self, answer: Exchange) -> Declaration:
        return self._owners[canonical_url(answer.url)]


def moments_of(bodies: Sequence[KeptBody]) -> frozenset[datetime]:
    """When these were captured."""
    return frozenset(body.observed_at for body in bodies)


def _file_address(url: str) -> str:
    return canonical_url(url, document=True)
