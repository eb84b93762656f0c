"""German text for comparison: two texts that a reader takes for the same compare equal, two that differ do not.

Folded: Unicode composition (NFC), soft hyphens and other invisible characters, every kind of space, quotation marks,
dashes, the fraction slash and ligatures.  Never folded: letters, case, and anything inside a number (``1,5`` is not
``15``, ``2024–2026`` is not ``20242026``, ``5 %`` is not ``5``).
"""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\ufeff\u034f"))
_FOLDED = {
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
_SPACES = re.compile(r"\s+")


def displayed(text: str) -> str:
    """The words as shown: composed (NFC), without invisible characters, one plain space for each run of white space."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_INVISIBLE)).strip()


def comparable(text: str) -> str:
    """The form in which two texts are compared; not for display."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_TABLE)).strip()


def key(text: str) -> str:
    """The form under which a name is looked up: comparable, without case, quotation marks and closing punctuation."""
    return comparable(text).casefold().replace('"', "").replace("'", "").strip(" .,;:!?")
