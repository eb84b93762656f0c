"""The words before a number that say how it compares: ``über``, ``knapp``, ``mindestens``, ``insgesamt``.

``fast``, ``nahezu`` and ``knapp`` promise a little less than the number, so they are ``lt``; ``gut`` and
``annähernd`` leave the side open and are ``approx``, as ``rund`` is.  ``über`` and ``unter`` are also prepositions
(``informierte über 36 Projekte``); then they qualify nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from transform.figures.units import Unit, UnitKind
from transform.german.numbers import FoundNumber
from transform.records import Comparator


@dataclass(frozen=True, slots=True)
class Qualification:
    """How a number is qualified: the comparator, and the words as the page has them (``None``: no such words)."""

    comparator: Comparator = Comparator.EQ
    words: str | None = None

    @property
    def inherited(self) -> Qualification:
        """What a second number joined by ``und`` takes over: the total, not the comparison."""
        total = re.search(_TOTAL, self.words or "", re.IGNORECASE)
        return Qualification(Comparator.EQ, total[0]) if total else Qualification()


_NEAR = 60
"""How many characters away the qualifying words may start."""
_TOTAL = r"(?:insgesamt|zusammen(?:genommen)?(?!\s+mit\b)|in Summe|alles in allem)"
_DEGREE = r"(?:(?:weit|deutlich|wesentlich|etwas|sogar|erheblich|weitaus|leicht|nur)\s+)?"
_ALMOST = r"(?:knapp|fast|nahezu|beinahe|nicht einmal|kaum)"
_PHRASES = (
    (Comparator.LE, r"nicht mehr als|bis zu|höchstens|maximal|max\.|längstens|≤"),
    (Comparator.GE, r"nicht weniger als|mindestens|wenigstens|zumindest|min\.|mind\.|ab|≥"),
    (Comparator.GT, rf"{_DEGREE}(?:mehr|größer|höher|länger) (?:als|denn)|{_DEGREE}über|>"),
    (
        Comparator.LT,
        rf"{_DEGREE}(?:weniger|geringer|kleiner|niedriger|kürzer) als|{_DEGREE}unter|{_ALMOST}|<",
    ),
    (
        Comparator.APPROX,
        r"rund|in etwa|etwa|circa|zirka|ca\.|ungefähr|gut|annähernd|schätzungsweise|an die|um die|rd\.|~|geschätzt",
    ),
    (Comparator.EQ, r"jeweils|je|um|davon|genau|exakt"),
)
_BEFORE = tuple(
    (
        comparator,
        re.compile(
            rf"(?:(?<=\s)|(?<=[(„\"])|^)(?P<words>(?:{_TOTAL}\s+)?(?P<phrase>{phrases})(?:\s+{_TOTAL})?)"
            r"\s*$",
            re.IGNORECASE,
        ),
    )
    for comparator, phrases in _PHRASES
)
_TOTAL_BEFORE = re.compile(rf"(?:(?<=\s)|(?<=[(„\"])|^)(?P<words>{_TOTAL})\s+$", re.IGNORECASE)
_TOTAL_FIRST = re.compile(
    rf"^\W*(?P<words>{_TOTAL})\b(?!\s+(?:{'|'.join(phrases for _, phrases in _PHRASES)})\b)", re.IGNORECASE
)
_OR_MORE = re.compile(r"\s+(?P<words>(?:oder|und)\s+mehr)\b(?!\s+(?:als|denn)\b)")
_TOTAL_AFTER = re.compile(rf"^\s+(?P<words>{_TOTAL})\b", re.IGNORECASE)
_CURRENCY = re.compile(r"(?:€|\bEUR|\bEuro)\s*$")
"""A currency between the qualifying words and the number: ``rd. € 3 Mrd.``"""
_CONSISTS = re.compile(r"\bsetz(?:t|en|te|ten)\s+sich\b|\bsich\b[^,;]*\baus\s+$")
"""``setzt sich aus fünf Feldern zusammen``: no total, but the verb's other half."""
_GOVERNS_UBER = re.compile(
    r"\b(?:verfügt|verfügen|verfügte[n]?|informier\w*|bericht\w*|sprech\w*|spricht|sprach\w*|diskut\w*|entscheid\w*|"
    r"entschied\w*|Überblick|Übersicht|Auskunft|erstreck\w*|verteil\w*|abstimm\w*|berät|beraten|beriet\w*|nachdenk\w*|"
    r"Information(?:en)?|Austausch|hinweg)\b",
    re.IGNORECASE,
)
_SUBJECT_OF_VERB = re.compile(r"\s+[a-zäöüß]+en\s+sich\b")
"""``Über 400 Gäste informierten sich``: what was counted is the subject, so ``über`` belongs to no verb."""
_ADVERB_AFTER = re.compile(
    r"\b(?:sowie|bereits|inzwischen|derzeit|schon|sogar|mit|von|aus|in|auf|an|bei|zu|für|um|auf|durch|nach|der|die|den|dem|des|sind|waren|werden|wurden|gibt|es|als|hat|haben|"
    r"umfasst|enthält|stellt|investiert|fördert)\s+$",
    re.IGNORECASE,
)


def qualification(sentence: str, found: FoundNumber, unit: Unit) -> Qualification:
    """How a number of the sentence that counts ``unit`` is qualified."""
    before, after = _CURRENCY.sub("", sentence[: found.start]), sentence[unit.end : unit.end + _NEAR]
    for comparator, pattern in _BEFORE:
        match = pattern.search(before, max(len(before) - _NEAR, 0))
        if match and not _is_preposition(match, before, sentence, unit):
            return Qualification(comparator, match["words"])
    if total := _TOTAL_BEFORE.search(before, max(len(before) - _NEAR, 0)):
        return Qualification(Comparator.EQ, total["words"])
    if sentence.startswith("+", found.end):
        return Qualification(Comparator.GE, "+")
    if more := _OR_MORE.match(sentence, found.end) or _OR_MORE.match(sentence, unit.end):
        return Qualification(Comparator.GE, more["words"])
    if (total := _TOTAL_AFTER.match(after)) and not _CONSISTS.search(before):
        return Qualification(Comparator.EQ, total["words"])
    return Qualification()


def opening_total(sentence: str) -> Qualification | None:
    """The total that a sentence opens with (``Insgesamt wurden … 36 Projekte``); ``None`` where it opens otherwise."""
    match = _TOTAL_FIRST.match(sentence)
    return Qualification(Comparator.EQ, match["words"]) if match else None


def _is_preposition(match: re.Match[str], before: str, sentence: str, unit: Unit) -> bool:
    """Whether ``über``, ``unter`` or ``um`` belongs to a verb or noun: ``verfügt über 36 Standorte``."""
    phrase = match["phrase"].casefold()
    if phrase == "über":
        if _SUBJECT_OF_VERB.match(sentence, unit.end):
            return False
        governed = _GOVERNS_UBER.search(_clause_at(sentence, match.start()))
        return bool(governed) and not unit.dative and not _ADVERB_AFTER.search(before[: match.start()])
    if phrase == "um":
        return unit.kind not in (UnitKind.PERCENT, UnitKind.MONEY)
    if phrase == "unter":
        is_bracketed = before[: match.start()].endswith("(")
        return unit.dative and not is_bracketed and not _ADVERB_AFTER.search(before[: match.start()])
    return False


def _clause_at(sentence: str, at: int) -> str:
    """The part of a sentence between commas, semicolons, colons and dashes that holds an offset."""
    breaks = [match.start() for match in re.finditer(r"[,;:](?=\s)|\s[–—-]\s", sentence)]
    left = max((stop for stop in breaks if stop <= at), default=0)
    right = min((stop for stop in breaks if stop > at), default=len(sentence))
    return sentence[left:right]
