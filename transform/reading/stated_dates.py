"""What a page states about its own age: "Letzte Aktualisierung: 05.07.2021", "Stand: Juni 2019".

Such lines are metadata.  They change without a change of content, so they never stand among the blocks.
"""

from __future__ import annotations

import re

from transform.document import StatedDate
from transform.german.text import displayed

_MONTH = (
    r"(?:januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|"
    r"jan|feb|mär|apr|jun|jul|aug|sept?|okt|nov|dez)\.?"
)
_DAY = rf"(?:\d{{1,2}}\.\s?\d{{1,2}}\.\s?\d{{2,4}}|\d{{1,2}}\.\s?{_MONTH}\s?\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})"
_TIME = r"(?:\s?[,|–-]?\s?(?:um\s)?\(?\d{1,2}(?:[:.]\d{2})?(?:\s?uhr)?\)?)?"
_COUNTED = r"(?:\d{1,3}|ein(?:em|er)|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|wenigen|mehreren)"
_RELATIVE = rf"(?:vor\s{_COUNTED}\s(?:minuten?|stunden?|tag(?:en)?|wochen?|monat(?:en)?|jahr(?:en)?)|heute|gestern)"
"""The page's own clock: another one every night."""
_DATE = rf"(?:(?:{_DAY}|{_RELATIVE}){_TIME}|\d{{1,2}}\.\s?\d{{1,2}}\.|{_MONTH}\s\d{{4}}|\d{{1,2}}/\d{{4}}|\d{{4}})"
_MODIFIED = (
    r"(?:letzte|zuletzt)\s?(?:inhaltliche\s)?(?:aktualisier(?:ung|t)|änderung|geändert|bearbeit(?:ung|et)|überarbeitet)|"
    r"(?:aktueller\s|redaktions|daten)?stand(?:\sder\s[\wäöüß]+)?|aktualisier(?:t|ung)|geändert|"
    r"änderungsdatum|aktualisierungsdatum"
)
_PUBLISHED = (
    r"(?:erst)?veröffentlich(?:t|ung)|veröffentlichungsdatum|erscheinungsdatum|erstellt|erschienen|publiziert|datum|"
    r"online\sseit|eingestellt"
)
_LABELLED = re.compile(
    rf"[(\[*]{{0,2}}\s*(?:ausgabejahr\s\d{{4}}\s)?(?:(?P<modified>{_MODIFIED})|(?P<published>{_PUBLISHED}))"
    rf"\s?:?\s?(?:am|vom|seit)?\s?:?\s?(?P<date>{_DATE})\s*[)\]]?[.,]{{0,2}}",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?:(?:{_DAY}|{_RELATIVE}){_TIME})", re.IGNORECASE)


def labelled_date(line: str) -> StatedDate | None:
    """The date that a whole line states about the page, label included in the pattern; ``None`` for any other line."""
    shown = displayed(line)
    match = _LABELLED.fullmatch(shown) if len(shown) <= 90 else None
    if match is None:
        return None
    return StatedDate("modified" if match.group("modified") else "published", match.group("date").rstrip(")"), "text")


def is_bare_date(line: str) -> bool:
    """Whether a whole line is a date, counted from today or by the calendar, perhaps with a time of day."""
    shown = displayed(line)
    return len(shown) <= 45 and _BARE.fullmatch(shown) is not None
