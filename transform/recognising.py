"""Knowing a page's content again without reading it: an unchanged page costs little more than its fetching."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from extract.model import Capture, Declaration
from transform.document import Document, Encoding
from transform.identifiers import extractor_fingerprint
from transform.memory import LastReading, PageMemory
from transform.reading.content import document_urls
from transform.reading.encoding import decode
from transform.reading.imprint import imprint, shows_the_same
from transform.reading.pdf import PDF_ENCODING


@dataclass(frozen=True, slots=True)
class Recognised:
    """The reading that a capture would only repeat, and how its bytes were decoded tonight."""

    reading: LastReading
    encoding: Encoding


def recognised(
    capture: Capture, declaration: Declaration, memory: PageMemory, *, read_again_after: timedelta
) -> Recognised | None:
    """What is known of a capture without reading it; ``None`` where it must be read.

    Args:
        capture: A capture whose answer is a body (status 200).
        declaration: The page's.
        memory: What is known of the page.
        read_again_after: A page is read in full after so long (up to twice as long, so that not all pages of a first
            night fall due on the same night), whatever it looks like: what this module cannot see is seen then.
    """
    known, last = memory.last_reading, memory.last_good
    if known is None or last is None or must_be_read(declaration, memory):
        return None
    answer = capture.answer
    if answer.status != 200 or answer.error is not None or capture.final_url != known.url:
        return None
    if capture.observed_at - known.read_at > read_again_after * (1 + _share(declaration.page_id)):
        return None
    is_same_body = hashlib.sha256(answer.body).hexdigest() == last.body_sha256
    if known.imprint is None:
        return Recognised(known, PDF_ENCODING) if is_same_body else None
    decoded = decode(answer.body, answer.header("Content-Type"))
    if decoded is None or not (is_same_body or shows_the_same(decoded[0], known.imprint)):
        return None
    return Recognised(known, decoded[1])


def must_be_read(declaration: Declaration, memory: PageMemory) -> bool:
    """Whether a page is to be read in full whatever it shows: today's reader never read what counts of it."""
    known, last = memory.last_reading, memory.last_good
    if known is None or last is None or memory.pending:
        return True
    read = (last.content_sha256, extractor_fingerprint(declaration))
    return (known.content_sha256, known.extractor) != read or last.extractor != known.extractor


def reading_of(capture: Capture, document: Document, declaration: Declaration, content_sha256: str) -> LastReading:
    """What to remember of a page that was just read in full."""
    answer, places = capture.answer, document.places
    decoded = decode(answer.body, answer.header("Content-Type"))
    return LastReading(
        content_sha256=content_sha256,
        extractor=extractor_fingerprint(declaration),
        url=capture.final_url,
        read_at=capture.observed_at,
        document_urls=document_urls(document),
        imprint=imprint(decoded[0], places) if places and decoded else None,
    )


def _share(page_id: str) -> float:
    """A share between 0 and 1 that a page keeps for good."""
    return hashlib.sha256(page_id.encode()).digest()[0] / 256
