"""German text for comparison: two texts that a reader takes for the same compare equal, two that differ do not.

Folded: Unicode composition (NFC), soft hyphens and other invisible characters, every kind of space, quotation marks,
dashes, the fraction slash and ligatures.  Never folded: letters, case, and anything inside a number (``1,5`` is not
``15``, ``2024–2026`` is not ``20242026``, ``5 %`` is not ``5``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_FORMAT = "\u00ad\u034f\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufe0e\ufe0f\ufeff\ufffc"
_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_CONTROLS = "".join(map(chr, (*range(0x09), *range(0x0E, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0))))
_INVISIBLE: dict[int, str | None] = dict.fromkeys(map(ord, _FORMAT + _BIDI + _CONTROLS))
_FOLDED: dict[int, str | None] = {
    **dict.fromkeys(map(ord, "„“”«»‟″〝〞＂"), '"'),
    **dict.fromkeys(map(ord, "‚‘’‹›‛′`´ʼ＇"), "'"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-"),
    ord("⁄"): "/",
    ord("…"): "...",
    ord("ﬁ"): "fi",
    ord("ﬂ"): "fl",
    ord("ﬀ"): "ff",
    ord("ﬃ"): "ffi",
    ord("ﬄ"): "ffl",
}
_TABLE = {**_INVISIBLE, **_FOLDED}
_ANY_INVISIBLE = re.compile("[" + re.escape("".join(map(chr, _INVISIBLE))) + "]")
_ANY_OF_TABLE = re.compile("[" + re.escape("".join(map(chr, _TABLE))) + "]")


def displayed(text: str) -> str:
    """The words as shown: composed (NFC), without invisible characters, one plain space for each run of white space."""
    return _normalised(text, _INVISIBLE, _ANY_INVISIBLE)


def comparable(text: str) -> str:
    """The form in which two texts are compared; not for display.  Applied twice it changes nothing more."""
    return _normalised(text, _TABLE, _ANY_OF_TABLE)


def key(text: str) -> str:
    """The form under which a name is looked up: comparable, without case, quotation marks and closing punctuation."""
    return comparable(text).casefold().replace('"', "").replace("'", "").strip(" .,;:!?")


def _normalised(text: str, table: Mapping[int, str | None], any_of_table: re.Pattern[str]) -> str:
    """Compose, translate, and compose again: an invisible character may have stood between a letter and its accent.

    Each step is taken only where it would change something: pages may be megabytes long.
    """
    text = _composed(text)
    if any_of_table.search(text):
        text = _composed(text.translate(table))
    return " ".join(text.split())


def _composed(text: str) -> str:
    """The text in Unicode normalisation form C."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
