"""Text of strangers made harmless for where it is shown: a page's words may hold control sequences."""

from __future__ import annotations

import re

_HARMFUL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""The Unicode categories Cc (line feed and tab excepted) and Cs, and what turns the direction of writing."""

BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Characters with which a cell begins that spreadsheet programs run (OWASP's page on CSV injection)."""


def for_terminal(text: str) -> str:
    """The text without control characters (ESC and its kin) and without characters that turn the writing direction.

    Line feeds and tabs are kept; each other one becomes U+FFFD, so that a reader sees that something stood there.
    """
    return _HARMFUL.sub("\ufffd", text)


def for_spreadsheet(text: str) -> str:
    """The text as a cell: one that a spreadsheet program would run as a formula gets an apostrophe before it.

    :mod:`warehouse.export` does the same in SQL.
    """
    return f"'{text}" if text.startswith(BEGINS_FORMULA) else text


def on_one_line(text: str) -> str:
    """The same on one line: line feeds and tabs become spaces.  For log lines and table cells."""
    return " ".join(for_terminal(text).split())
