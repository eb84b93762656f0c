"""The hash of what a page says.

It covers the words of the main content in reading order and the files that the page links, and nothing else: another
wrapping, other heading levels, bullets written as paragraphs, a definition list instead of paragraphs, other quotation
marks, dashes or entities give the same hash; an edited word, a moved section, a reordered list, another publisher in
the kicker or a replaced file give another one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence

from transform.document import Document
from transform.german.text import comparable
from transform.reading.files import files_of
from transform.urls import canonical_url

_ORNAMENTS = frozenset({"|", "•", "·", "▪", "■", "◦", "‣", "●"})
_LEADING_DASH = re.compile(r"^[-*]\s+")


def content_sha256(document: Document, documents: Sequence[tuple[str, str | None]] = ()) -> str:
    """The SHA-256 (lower-case hex) of what a page says.

    Args:
        document: The page as read.
        documents: Canonical addresses of files with the SHA-256 of their bytes, where known: a file replaced under its
            own address then changes the hash as well.  Files that the page does not link are ignored.

    Returns:
        64 hexadecimal digits.  Links to other pages, stated dates, headings' levels and the kicker's place are not
        covered; the words of the kicker are.
    """
    known = {canonical_url(url, document=True): sha256 for url, sha256 in documents}
    said = " ".join(words(document))
    linked = [_named(url, known.get(url)) for url in document_urls(document)]
    return hashlib.sha256("\n".join([said, *linked]).encode("utf-8", errors="surrogatepass")).hexdigest()


def words(document: Document) -> Iterable[str]:
    """The comparable words of all blocks in reading order, ornaments and list markers left out."""
    for block in document.blocks:
        text = _LEADING_DASH.sub("", comparable(block.text))
        yield from (word for word in text.split(" ") if word and word not in _ORNAMENTS)


def document_urls(document: Document) -> tuple[str, ...]:
    """Canonical addresses of the files that the page links, in reading order, each once."""
    return tuple(dict.fromkeys(canonical_url(link.url, document=True) for link in files_of(document.blocks)))


def text_chars(document: Document) -> int:
    """Length of the main content in characters: the measure by which a collapse is told (``LastGood.text_chars``)."""
    return len(document.text)


def _named(url: str, sha256: str | None) -> str:
    """A file by address and, where known, by its bytes."""
    return f"{url} {sha256}" if sha256 else url
