"""Knowing a page's content again without reading it: an unchanged page costs little more than its fetching."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from extract.model import Capture, Declaration
from transform.document import Document
from transform.identifiers import extractor_fingerprint
from transform.memory import LastReading, PageMemory
from transform.reading.content import document_urls
from transform.reading.imprint import imprint, shows_the_same


def recognised(
    capture: Capture, declaration: Declaration, memory: PageMemory, *, read_again_after: timedelta
) -> LastReading | None:
    """The reading that a capture would only repeat; ``None`` where it must be read.

    Args:
        capture: A capture whose answer is a body (status 200).
        declaration: The page's.
        memory: What is known of the page.
        read_again_after: A page is read in full after so long (up to twice as long, so that not all pages of a first
            night fall due on the same night), whatever it looks like: what this module cannot see is seen then.
    """
    known, last = memory.last_reading, memory.last_good
    if known is None or last is None or memory.pending:
        return None
    answer = capture.answer
    if answer.status != 200 or answer.error is not None or capture.final_url != known.url:
        return None
    if known.content_sha256 != last.content_sha256 or known.extractor != last.extractor:
        return None
    if known.extractor != extractor_fingerprint(declaration):
        return None
    if capture.observed_at - known.read_at > read_again_after * (1 + _share(declaration.page_id)):
        return None
    if hashlib.sha256(answer.body).hexdigest() == last.body_sha256:
        return known
    if known.imprint is None or not shows_the_same(answer.body, answer.header("Content-Type"), known.imprint):
        return None
    return known


def reading_of(capture: Capture, document: Document, declaration: Declaration, content_sha256: str) -> LastReading:
    """What to remember of a page that was just read in full."""
    answer = capture.answer
    places = document.places
    return LastReading(
        content_sha256=content_sha256,
        extractor=extractor_fingerprint(declaration),
        url=capture.final_url,
        read_at=capture.observed_at,
        document_urls=document_urls(document),
        imprint=imprint(answer.body, answer.header("Content-Type"), places) if places else None,
    )


def _share(page_id: str) -> float:
    """A share between 0 and 1 that a page keeps for good."""
    return hashlib.sha256(page_id.encode()).digest()[0] / 256
