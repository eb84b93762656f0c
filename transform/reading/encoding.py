"""From bytes to text: which character encoding a body is in, and why we think so.

The order is the browsers' (WHATWG HTML, 13.2.3): byte order mark, ``Content-Type``, ``<meta>`` within the first
kilobytes, detection, windows-1252.  Where browsers would show a wrong character, we do not: a source whose encoding
cannot decode every byte is passed over, and bytes that are valid UTF-8 are UTF-8 whatever single-byte label they carry
(servers label UTF-8 pages ISO-8859-1 by default, and no German text in windows-1252 is valid UTF-8 by chance).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from transform.document import Encoding

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';,]+)", re.IGNORECASE)
_META = re.compile(rb"<meta\b[^>]{0,500}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.\-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.\-]+)", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_PRESCAN_BYTES = 4096
_DETECTION_BYTES = 200_000
_DETECTABLE = ["utf_8", "cp1252", "iso8859_15", "mac_roman", "cp850", "utf_16"]
_WHATWG = {"iso8859-1": "windows-1252", "ascii": "windows-1252", "cp1252": "windows-1252", "iso8859-9": "windows-1254"}
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")


def decode(body: bytes, content_type: str | None) -> tuple[str, Encoding] | None:
    """The text of a body with the encoding used and its source.

    Args:
        body: The decoded body (no content coding).
        content_type: The ``Content-Type`` header field, where there was one.

    Returns:
        Text without a byte order mark, in which no character was replaced; ``None`` where no source's encoding can
        decode every byte.
    """
    for candidate in _candidates(body, content_type):
        text = _strictly(body, candidate.name)
        if text is not None:
            return text.removeprefix("\ufeff"), candidate
    return None


def _candidates(body: bytes, content_type: str | None) -> Iterator[Encoding]:
    """Encodings to be tried, most telling source first."""
    yield from (Encoding(name, "bom") for mark, name in _BOMS if body.startswith(mark))
    declared = [(_header_label(content_type), "header"), (_meta_label(body), "meta")]
    named = [(_whatwg_name(label, source), source) for label, source in declared]
    labels = [Encoding(name, source) for name, source in named if name]
    if not body.isascii() and _strictly(body, "utf-8") is not None:
        says_so = next((label for label in labels if label.name == "utf-8"), None)
        yield says_so or Encoding("utf-8", "detected")
    yield from labels
    if body.isascii():
        yield Encoding("utf-8", "default")
        return
    detected = from_bytes(body[:_DETECTION_BYTES], cp_isolation=_DETECTABLE).best()
    if detected is not None:
        yield Encoding(_whatwg_name(detected.encoding, "detected") or detected.encoding, "detected")
    yield Encoding("windows-1252", "default")


def _header_label(content_type: str | None) -> str | None:
    """The ``charset`` parameter of a ``Content-Type`` field (RFC 9110, section 8.3.1)."""
    match = _CHARSET.search(content_type or "")
    return match.group(1) if match else None


def _meta_label(body: bytes) -> str | None:
    """The encoding that the document itself declares near its beginning, comments passed over."""
    head = _COMMENT.sub(b"", body[:_PRESCAN_BYTES])
    match = _META.search(head) or _XML.search(head)
    return match.group(1).decode("ascii") if match else None


def _whatwg_name(label: str | None, source: str) -> str | None:
    """The encoding that browsers mean by a label (WHATWG Encoding, 4.2); ``None`` for an unknown one.

    A ``<meta>`` that could be read byte by byte cannot be UTF-16, so browsers take it for UTF-8.
    """
    if label is None:
        return None
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    if name.startswith(("utf-16", "utf-32")) and source == "meta":
        return "utf-8"
    return _WHATWG.get(name, name)


def _strictly(body: bytes, name: str) -> str | None:
    """The body decoded with every byte accounted for, or ``None``.

    A single-byte encoding decodes almost anything; it is refused for bytes that are plainly UTF-8 with damage.
    """
    try:
        text = body.decode(name, errors="strict")
    except (UnicodeDecodeError, LookupError, ValueError):
        return None
    return None if not name.startswith("utf") and _is_damaged_utf8(body) else text


def _is_damaged_utf8(body: bytes) -> bool:
    """Whether most bytes above ASCII form valid UTF-8 sequences although not all do."""
    sequences = sum(len(match) for match in _UTF8_SEQUENCE.findall(body))
    return sequences > 0 and sequences * 2 > len(_HIGH_BYTE.findall(body))
