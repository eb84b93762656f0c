"""Words of the account: days, counts, and page texts made safe for a terminal."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")


def shown(text: str) -> str:
    """A text on one line, without anything that a terminal would obey or hide (control and format characters)."""
    visible = "".join(_visible(character) for character in text)
    return " ".join(visible.split())


def day_of(moment: datetime) -> str:
    """A moment's day in Berlin: ``Thu 5 March``."""
    day = moment.astimezone(BERLIN)
    return f"{day:%a} {day.day} {day:%B}"


def short_day_of(moment: datetime) -> str:
    """A moment's day in Berlin, for a column: ``Thu 5``."""
    day = moment.astimezone(BERLIN)
    return f"{day:%a} {day.day}"


def counted(number: int, thing: str) -> str:
    """``1 page``, ``2 pages``."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _visible(character: str) -> str:
    """The character itself, a space for a control character, nothing for an invisible one."""
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    return " " if category in ("Cc", "Zl", "Zp") else character
