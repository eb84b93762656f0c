"""Text of strangers made harmless for where it is shown: a page's words may hold control sequences."""

from __future__ import annotations

import unicodedata

_KEPT = frozenset("\n\t")
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def for_terminal(text: str) -> str:
    """The text without control characters (ESC and its kin) and without characters that turn the writing direction.

    Line feeds and tabs are kept; each other one becomes U+FFFD, so that a reader sees that something stood there.
    """
    return "".join(
        char
        if char in _KEPT or (unicodedata.category(char) not in ("Cc", "Cs") and char not in _DIRECTION)
        else "\ufffd"
        for char in text
    )


def on_one_line(text: str) -> str:
    """The same on one line: line feeds and tabs become spaces.  For log lines and table cells."""
    return " ".join(for_terminal(text).split())
