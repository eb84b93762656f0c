"""From bytes to a document: the one entry to reading.

What a body is follows from its first bytes before it follows from what the server says: ``%PDF-`` is a PDF under any
label, and an HTML page under a PDF's address is a landing page.
"""

from __future__ import annotations

from extract.model import Declaration
from transform.document import Document, Reading, ReadProblem, Unreadable
from transform.reading.encoding import decode
from transform.reading.html import read_html
from transform.reading.pdf import read_pdf

LARGEST_BYTES = 40_000_000
MOST_CHARS = 400_000
"""Some 160 printed pages.  Records are read in a time that grows with the text, well below ten seconds for so much."""
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/plain", ""})
_NEUTRAL_TYPES = frozenset({"application/octet-stream", "application/pdf", "application/force-download"})


def read_body(body: bytes, *, content_type: str | None, url: str, declaration: Declaration | None) -> Reading:
    """The document that a body is.

    Args:
        body: The decoded bytes of an answer (content coding taken off).
        content_type: Its ``Content-Type`` field as sent; ``None`` where there was none.
        url: Where the answer came from, after redirects; relative links are resolved against it.
        declaration: Where the content is; ``None`` reads a page that nobody has declared.

    Returns:
        A document, or why there is none.  Never raises for any bytes; a PDF is read like any other page (whether one
        is expected here, the judge decides).
    """
    if len(body) > LARGEST_BYTES:
        return Unreadable(ReadProblem.TOO_LARGE, f"{len(body)} bytes, at most {LARGEST_BYTES} are read")
    if not body.strip():
        return Unreadable(ReadProblem.EMPTY, "the answer has no body")
    if body[:1024].lstrip().startswith(b"%PDF-"):
        return _within_bounds(read_pdf(body, url=url))
    media_type = (content_type or "").split(";", 1)[0].strip().lower()
    if media_type in _NEUTRAL_TYPES and not _looks_like_html(body):
        problem = ReadProblem.BROKEN if media_type == "application/pdf" else ReadProblem.MEDIA_TYPE
        return Unreadable(problem, f"labelled {media_type}, but the bytes are neither a PDF nor HTML")
    if media_type not in _HTML_TYPES and media_type not in _NEUTRAL_TYPES:
        return Unreadable(ReadProblem.MEDIA_TYPE, f"expected HTML or PDF, found {media_type}")
    decoded = decode(body, content_type)
    if decoded is None:
        return Unreadable(ReadProblem.ENCODING, "no declared or detected encoding decodes every byte of the body")
    text, encoding = decoded
    return _within_bounds(read_html(text, encoding=encoding, url=url, declaration=declaration))


def _within_bounds(reading: Reading) -> Reading:
    """A reading, unless its content is longer than any page that somebody wrote."""
    chars = sum(len(block.text) for block in reading.blocks) if isinstance(reading, Document) else 0
    if chars > MOST_CHARS:
        detail = f"{chars} characters of content, at most {MOST_CHARS} are read; declare a content root that holds less"
        return Unreadable(ReadProblem.TOO_LARGE, detail)
    return reading


def _looks_like_html(body: bytes) -> bool:
    """Whether the first bytes are those of an HTML page (WHATWG MIME Sniffing, 7.1, shortened)."""
    head = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\f").lower()
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<!--", b"<?xml"))
