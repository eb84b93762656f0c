"""Numbers in German text: digits, words, magnitudes, percentages and ranges, each with its place.

What a number counts is asked of :mod:`transform.figures.reader`; this module knows only how numbers are written:
``1.000,5`` and ``10 000`` (grouping by full stop or space), ``1,5 Mio.``, ``zweihundertfünfzig``, ``anderthalb``,
``50 bis 60``, ``73 %``.  Labels and ordinals (``4.0``, ``18.``, ``COVID-19``, ``2021/22``, ``36-seitig``) are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from transform.german.number_words import number_word

_HINT = re.compile(
    r"\d|null|ein|anderthalb|zw|drei|vier|fünf|sech|sieb|acht|neun|zehn|elf|hundert|tausend", re.IGNORECASE
)
_ANY_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(
    r"(?<![\w.,/:+§#-])(?<!\d[–—])"
    r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
    r"|\d+\.\d{1,2}(?=\s*(?:Mio|Mrd|Million|Milliard)))"
    r"(?![\w/:]|[.,]\d|\.\s+\w)"
)
_WORD = re.compile(
    r"(?<![\w/-])(?:null|ein|zw|drei|vier|fünf|sech|sieb|acht|neun|zehn|elf|hundert|tausend)\w*(?![\w/-])",
    re.IGNORECASE,
)
_HALVES = re.compile(r"(?<![\w-])(?:anderthalb|eineinhalb|(?P<whole>[a-zäöüß]+)einhalb)(?![\w-])", re.IGNORECASE)
_ARTICLE = re.compile(
    r"(?<![\w-])eine?[rmns]?\s+(?:(?P<half>halbe[nrs]?)\s+)?(?=(?:Million|Milliarde|Billion|Dutzend|Viertelmillion)\b)",
    re.IGNORECASE,
)
_MAGNITUDES = {
    "dutzend": 12,
    "tsd": 1_000,
    "tausend": 1_000,
    "viertelmillion": 250_000,
    "mio": 1_000_000,
    "million": 1_000_000,
    "millionen": 1_000_000,
    "mrd": 1_000_000_000,
    "milliarde": 1_000_000_000,
    "milliarden": 1_000_000_000,
    "billion": 1_000_000_000_000,
    "billionen": 1_000_000_000_000,
}
_MAGNITUDE = re.compile(
    r"[\s-]*(?P<name>" + "|".join(sorted(_MAGNITUDES, key=len, reverse=True)) + r")\b\.?", re.IGNORECASE
)
_THOUSANDS_OF_EURO = re.compile(r"\s*T(?=€|EUR\b)")
_NO_CENTS = re.compile(r",[-–—]{1,2}(?=\s|$)")
"""``100.000,- Euro``: no cents."""
_PERCENT = re.compile(r"\s*(?:%(?!\w)|Prozent(?:punkte?n?)?\b|v\.\s?H\.)")
_PERCENT_ADJECTIVE = re.compile(r"(?<![\w.,-])(?P<value>\d+(?:,\d+)?)[-‑]?prozentige[nmrs]?\b")
_COMPOUND = re.compile(r"[-‑–—](?!(?:Millionen|Milliarden)-Euro)\w")
"""What makes a number part of a longer word: ``36-seitig``, but not ``180-Millionen-Euro-Programm``."""
_TO = re.compile(r"(?:\s+bis(?:\s+zu)?\s+|\s*[-–—]\s*)")
_AND = re.compile(r"\s+und\s+")
_BETWEEN = re.compile(r"\bzwischen\s+$", re.IGNORECASE)
_RANGE_DIGITS = re.compile(
    r"(?<![\w.,/:+§#-])(?<!\d[–—])(?P<low>\d+(?:\.\d{3})*(?:,\d+)?)\s?[-–—]\s?(?P<high>\d+(?:\.\d{3})*(?:,\d+)?)"
    r"(?![\w/:]|[-–—]\d|[.,]\d|\.\s+\w)"
)


@dataclass(frozen=True, slots=True)
class Number:
    """What a number says: its value, the upper end of a range, and whether it is a share of a hundred."""

    value: float
    value_to: float | None = None
    percent: bool = False


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A number with its place in the text; ``text[start:end]`` are its words, magnitude and percent sign included."""

    number: Number
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Atom:
    """One number as written, before ranges are joined: ``unscaled`` tells that it has no magnitude of its own."""

    value: float
    start: int
    end: int
    scale: float = 1
    percent: bool = False

    @property
    def scaled(self) -> float:
        """The value with its magnitude, free of binary noise (``1,36 Mrd.`` is 1,360,000,000)."""
        return round(self.value * self.scale, 6)


def parse_number(text: str) -> Number | None:
    """The number that the whole text is, with magnitude, percent sign or range; ``None`` where it is anything else."""
    words = text.strip()
    found = numbers_in(words)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(words)):
        return None
    return found[0].number


def numbers_in(text: str) -> tuple[FoundNumber, ...]:
    """The numbers in a text, in order and without overlap; a range is one number.

    Expected is composed text (NFC) without invisible characters.  ``ein`` and ``eine`` are articles, unless a magnitude
    follows (``eine halbe Million``).
    """
    if not _HINT.search(text):
        return ()
    atoms = sorted(_atoms(text), key=lambda atom: (atom.start, -atom.end))
    result: list[FoundNumber] = []
    index = 0
    while index < len(atoms):
        atom = atoms[index]
        following = atoms[index + 1] if index + 1 < len(atoms) else None
        number, end, used = _joined(text, atom, following)
        result.append(FoundNumber(number, atom.start, end, text[atom.start : end]))
        index += used
    return tuple(result)


def _joined(text: str, atom: _Atom, following: _Atom | None) -> tuple[Number, int, int]:
    """The number that starts with an atom, where it ends, and how many atoms it takes."""
    if following and _is_range(text, atom, following):
        low = atom.value * (following.scale if atom.scale == 1 else atom.scale)
        number = Number(round(low, 6), following.scaled, following.percent)
        if low < following.scaled:
            return number, following.end, 2
    return Number(atom.scaled, None, atom.percent), atom.end, 1


def _is_range(text: str, low: _Atom, high: _Atom) -> bool:
    between = text[low.end : high.start]
    if _TO.fullmatch(between):
        return True
    return bool(_AND.fullmatch(between) and _BETWEEN.search(text[: low.start]))


def _atoms(text: str) -> Iterator[_Atom]:
    """Every number as written, without joining ranges; never two over the same words."""
    taken: set[int] = set()
    for start, end, value in _bare(text):
        if start in taken:
            continue
        atom = _with_magnitude(text, start, end, value)
        taken.update(range(atom.start, atom.end))
        yield atom


def _bare(text: str) -> Iterator[tuple[int, int, float]]:
    """Place and value of number words and digits, the longest readings first."""
    for match in _ARTICLE.finditer(text):
        yield match.start(), match.end(), 0.5 if match["half"] else 1.0
    for match in _HALVES.finditer(text):
        whole = number_word(match["whole"]) if match["whole"] else 1
        if whole is not None:
            yield match.start(), match.end(), whole + 0.5
    if _ANY_DIGIT.search(text):
        yield from _in_digits(text)
    for match in _WORD.finditer(text):
        value = number_word(match[0])
        if value is not None:
            yield match.start(), match.end(), float(value)


def _in_digits(text: str) -> Iterator[tuple[int, int, float]]:
    """Place and value of numbers written in digits, the longest readings first."""
    for match in _PERCENT_ADJECTIVE.finditer(text):
        yield match.start(), match.end("value"), _digits(match["value"])
    for match in _RANGE_DIGITS.finditer(text):
        yield match.start("low"), match.end("low"), _digits(match["low"])
        yield match.start("high"), match.end("high"), _digits(match["high"])
    for match in _DIGITS.finditer(text):
        if not _COMPOUND.match(text, match.end()):
            yield match.start(), match.end(), _digits(match[0])


def _with_magnitude(text: str, start: int, end: int, value: float) -> _Atom:
    if cents := _NO_CENTS.match(text, end):
        end = cents.end()
    scale = 1.0
    adjective = re.compile(r"[-‑]?prozentige[nmrs]?").match(text, end)
    if adjective:
        return _Atom(value, start, adjective.end(), percent=True)
    while magnitude := _MAGNITUDE.match(text, end) or _THOUSANDS_OF_EURO.match(text, end):
        scale *= _MAGNITUDES[magnitude["name"].casefold()] if magnitude.re is _MAGNITUDE else 1_000
        end = magnitude.end()
    percent = _PERCENT.match(text, end)
    return _Atom(value, start, percent.end() if percent else len(text[:end].rstrip()), scale, percent=bool(percent))


def _digits(text: str) -> float:
    """Digits as Germans group them; a full stop before one or two last digits is a decimal point (``1.5 Mio.``)."""
    if re.fullmatch(r"\d+\.\d{1,2}", text):
        return float(text)
    return float(re.sub(r"[.\s]", "", text).replace(",", "."))
