"""Dates as German text writes them, each with its place, its first and last day, month or year, and its precision.

Read are ``24. Januar 2020``, ``24.01.2020``, ``23. bis 24. Januar 2020``, ``September bis November 2023``,
``1. Quartal 2024``, ``2021/22``, ``2018 - 2021``, single years, ISO 8601 dates, and a time of day after a date.
``Anfang``, ``Mitte``, ``Ende`` and the seasons have no agreed first and last day, so ``Ende 2020`` is the year 2020.
A day that the calendar does not have is no date, and a date without a year is none either.
What a date means is asked of :mod:`transform.dates.reader`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from transform.records import Precision

_MONTH_NAMES = (
    ("januar", "jänner", "jan"),
    ("februar", "feber", "feb"),
    ("märz", "maerz", "mär", "mrz"),
    ("april", "apr"),
    ("mai",),
    ("juni", "jun"),
    ("juli", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "okt"),
    ("november", "nov"),
    ("dezember", "dez"),
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names}
MONTH = r"(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
"""A month's name or abbreviation, to be matched whatever its case."""
WEEKDAY = r"(?:(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag)|(?:Mo|Di|Mi|Do|Fr|Sa|So)\b\.?)"
_YEAR = r"(?:19|20)\d{2}(?!\d|[.,]\d|\w)"
_TO = r",?\s*(?P<to>bis(?:\s+(?:zum|einschließlich))?|und|/|[-–—])\s*"
_TO_YEAR = r"\s*(?:[-–—]|bis(?:\s+zum\s+Jahr|\s+Ende)?)\s*"
_SEASON = r"(?:Anfang|Mitte|Ende|Frühjahr|Frühling|Frühsommer|Sommer|Spätsommer|Herbst|Winter|Jahresbeginn|Jahresende)"
_QUARTERS = {
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "erst": 1,
    "zweit": 2,
    "dritt": 3,
    "viert": 4,
}
_TIME = re.compile(
    r"\s*[,(]?\s*(?:um|ab|gegen)?\s*(?:(?P<h>\d{1,2})(?:[.:](?P<m>\d{2}))?\s*Uhr\b|(?P<h2>\d{1,2}):(?P<m2>\d{2})(?!\d))\)?"
)
_BEFORE_DAY = re.compile(rf"{WEEKDAY},?\s*(?:(?:den|dem)\s+)?$")
_HAS_DATE = re.compile(r"(?:19|20)\d{2}|\.\s?\d{2}\b")
_COUNT_BEFORE = re.compile(
    r"(?:\b(?:über|rund|etwa|ca\.|circa|mehr als|weniger als|fast|knapp|mindestens|bis zu|insgesamt|ungefähr|mit|gut|"
    r"nahezu|annähernd|maximal|höchstens)|[><≥≤~])\s*$",
    re.IGNORECASE,
)
_COUNTED_AFTER = re.compile(r"\s+(?:[a-zäöüß]+e[nr]?\s+){0,2}[A-ZÄÖÜ][\w:*-]*[enrsl]\b")
_MEASURED_AFTER = re.compile(r"\s*(?:€|%|Euro\b|Prozent\b|EUR\b|(?:Mio|Mrd|Tsd)\b|Million|Milliarde)")
_YEAR_BEFORE = re.compile(
    r"\b(?:Jahr(?:e[sn]?)?|seit|bis|ab|im|in|von|vom|zum|Ende|Anfang|Mitte|um|vor|nach)\s+$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date with its place in the text.

    Attributes:
        span: Offsets of its words in the text, weekday and time included.
        start: First day, month or year as ISO 8601 to the precision: ``2020-01-23``, ``2023-09``, ``2018``.
        end: Last day, month or year in the same form; for a quarter its last month.
        precision: How exactly it is told.
        text: Its words.
        time: Time of day as ``HH:MM``, as the page tells it (local time of the Land); ``None`` where it tells none.
    """

    span: tuple[int, int]
    start: str
    end: str
    precision: Precision
    text: str
    time: str | None = None

    @property
    def years(self) -> tuple[int, int]:
        """First and last year."""
        return int(self.start[:4]), int(self.end[:4])

    @property
    def is_bare_year(self) -> bool:
        """Whether it is told by four digits alone."""
        return len(self.text) == 4 and self.text.isdigit()

    @property
    def is_year_range(self) -> bool:
        """Whether it spans several years, told as years (``2021/22``)."""
        return self.precision is Precision.YEAR and self.start != self.end


_Told = tuple[str, str, Precision]
_Builder = Callable[[re.Match[str]], tuple[_Told, ...]]


@lru_cache(maxsize=4096)
def dates_in(text: str) -> tuple[FoundDate, ...]:
    """The dates in a text, in order and without overlap; remembered, because a sentence is asked several times."""
    if not _HAS_DATE.search(text):
        return ()
    found: list[FoundDate] = []
    taken: list[tuple[int, int]] = []
    for pattern, build in _GRAMMAR:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            found.extend(_placed(text, match.span(), told) for told in build(match))
    return tuple(sorted(found, key=lambda date_: (date_.span, date_.start)))


def _placed(text: str, span: tuple[int, int], told: _Told) -> FoundDate:
    """A date with the weekday before it and the time of day after it."""
    start, end = span
    precision, time = told[2], None
    if precision is Precision.DAY:
        if weekday := _BEFORE_DAY.search(text[:start]):
            start = weekday.start()
        time, end = _time_after(text, end)
    return FoundDate((start, end), told[0], told[1], precision, text[start:end], time)


def _time_after(text: str, end: int) -> tuple[str | None, int]:
    match = _TIME.match(text, end)
    if not match:
        return None, end
    hour, minute = int(match["h"] or match["h2"]), int(match["m"] or match["m2"] or 0)
    return (f"{hour:02}:{minute:02}", match.end()) if hour < 24 and minute < 60 else (None, end)


def _day(year: str, month: str | int, day: str) -> date | None:
    """The day, unless the calendar has none such; two digits of a year are of this century."""
    number = month if isinstance(month, int) else _MONTHS.get(month.casefold().rstrip(".")) or int(month)
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), number, int(day))
    except ValueError:
        return None


def _days(first: date | None, last: date | None, connector: str) -> tuple[_Told, ...]:
    """A range of days; two days joined by ``und`` or ``/`` are one range where they follow one another."""
    if first is None or last is None or first > last:
        return ()
    if connector in ("und", "/") and last - first > timedelta(days=1):
        return tuple((day.isoformat(), day.isoformat(), Precision.DAY) for day in (first, last))
    return ((first.isoformat(), last.isoformat(), Precision.DAY),)


def _one_day(match: re.Match[str]) -> tuple[_Told, ...]:
    day = _day(match["year"], match["month"], match["day"])
    return ((day.isoformat(), day.isoformat(), Precision.DAY),) if day else ()


def _day_range(match: re.Match[str]) -> tuple[_Told, ...]:
    year, month = match["year"], match["month"]
    first = _day(match["first_year"] or year, match["first_month"] or month, match["first"])
    return _days(first, _day(year, month, match["day"]), match["to"])


def _month_told(year: str, month: str) -> str:
    return f"{year}-{_MONTHS.get(month.casefold().rstrip('.')) or int(month):02}"


def _one_month(match: re.Match[str]) -> tuple[_Told, ...]:
    told = _month_told(match["year"], match["month"])
    return ((told, told, Precision.MONTH),)


def _month_range(match: re.Match[str]) -> tuple[_Told, ...]:
    first = _month_told(match["first_year"] or match["year"], match["first_month"])
    last = _month_told(match["year"], match["month"])
    return ((first, last, Precision.MONTH),) if first < last else ()


def _quarter(match: re.Match[str]) -> tuple[_Told, ...]:
    number = _QUARTERS[re.sub(r"e[nrs]?$", "", match["number"].casefold())]
    if (match["kind"] or "").casefold() == "halbjahr":
        months, precision = 6, Precision.MONTH
    else:
        months, precision = 3, Precision.QUARTER
    first = (number - 1) * months + 1
    return (
        ((f"{match['year']}-{first:02}", f"{match['year']}-{first + months - 1:02}", precision),) if first <= 12 else ()
    )


def _year_range(match: re.Match[str]) -> tuple[_Told, ...]:
    first, last = match["first_year"], match["year"]
    last = first[:2] + last if len(last) == 2 else last
    return ((first, last, Precision.YEAR),) if first < last else ()


def _years_in_turn(match: re.Match[str]) -> tuple[_Told, ...]:
    """Two years joined by ``und`` are one range where they follow one another, and no one date otherwise."""
    return _year_range(match) if int(match["year"]) - int(match["first_year"]) == 1 else ()


def _part_of_year(match: re.Match[str]) -> tuple[_Told, ...]:
    return ((match["year"], match["year"], Precision.YEAR),)


def _bare_year(match: re.Match[str]) -> tuple[_Told, ...]:
    """Four digits are a year unless they count or measure something (``über 2000 Teilnehmende``, ``1990 Euro``)."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    counted = bool(_COUNTED_AFTER.match(after))
    is_round = match["year"].endswith("00")
    if _MEASURED_AFTER.match(after) or (counted and _COUNT_BEFORE.search(before)):
        return ()
    if counted and is_round and not _YEAR_BEFORE.search(before):
        return ()
    return ((match["year"], match["year"], Precision.YEAR),)


def _rule(pattern: str, build: _Builder) -> tuple[re.Pattern[str], _Builder]:
    return re.compile(pattern, re.IGNORECASE), build


_NUMERIC_MONTH = r"(?P<month>\d{1,2})\.\s?"
_NUMERIC_YEAR = r"(?P<year>(?:19|20)\d{2}|\d{2})(?!\d|[.,]\d|\w)"
_GRAMMAR = (
    _rule(r"(?<![\w-])(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)(?:T(?=\d{2}:\d{2}))?", _one_day),
    _rule(
        rf"(?<![\d.,])(?P<first>\d{{1,2}})\.\s*(?:(?P<first_month>{MONTH})\s*)?(?:(?P<first_year>{_YEAR})\s*)?"
        rf"{_TO}(?:{WEEKDAY},?\s*(?:(?:den|dem)\s*)?)?"
        rf"(?P<day>\d{{1,2}})\.\s*(?P<month>{MONTH})\s*(?P<year>{_YEAR})",
        _day_range,
    ),
    _rule(
        r"(?<![\d.,])(?P<first>\d{1,2})\.\s?(?:(?P<first_month>\d{1,2})(?:\.\s?|(?=\s?/)))?(?P<first_year>(?:19|20)\d{2})?"
        rf"{_TO}(?P<day>\d{{1,2}})\.\s?{_NUMERIC_MONTH}{_NUMERIC_YEAR}",
        _day_range,
    ),
    _rule(rf"(?<![\d.,])(?P<day>\d{{1,2}})\.\s*(?P<month>{MONTH})\s*(?P<year>{_YEAR})", _one_day),
    _rule(rf"(?<![\d.,])(?P<day>\d{{1,2}})\.\s?{_NUMERIC_MONTH}{_NUMERIC_YEAR}", _one_day),
    _rule(
        rf"\b(?P<first_month>{MONTH})(?:\s+(?P<first_year>{_YEAR}))?{_TO}(?P<month>{MONTH})\s+(?P<year>{_YEAR})",
        _month_range,
    ),
    _rule(
        r"(?<![\w.])(?P<number>[1-4]|I{1,3}|IV|(?:erst|zweit|dritt|viert)e[nrs]?)\.?"
        rf"\s*(?P<kind>Quartal|Halbjahr)s?\s+(?:des\s+Jahres\s+)?(?P<year>{_YEAR})",
        _quarter,
    ),
    _rule(rf"\bQ(?P<number>[1-4])(?P<kind>)\s*/?\s*(?P<year>{_YEAR})", _quarter),
    _rule(rf"\b(?P<month>{MONTH})\s+(?P<year>{_YEAR})", _one_month),
    _rule(rf"(?<![\w/.])(?P<month>0?[1-9]|1[0-2])/(?P<year>{_YEAR})", _one_month),
    _rule(r"(?<![\w/.,-])(?P<first_year>(?:19|20)\d{2})/(?P<year>(?:(?:19|20)\d{2}|\d{2}))(?![\w/])", _year_range),
    _rule(rf"(?<![\w/.,-])(?P<first_year>(?:19|20)\d{{2}}){_TO_YEAR}(?P<year>{_YEAR})", _year_range),
    _rule(rf"(?<=zwischen )(?P<first_year>{_YEAR})\s+und\s+(?P<year>{_YEAR})", _year_range),
    _rule(rf"(?:(?<=Jahren )|(?<=Jahre ))(?P<first_year>{_YEAR})\s+und\s+(?P<year>{_YEAR})", _years_in_turn),
    _rule(rf"\b{_SEASON}\s+(?:des\s+Jahres\s+)?(?P<year>{_YEAR})", _part_of_year),
    _rule(rf"(?<![\w/.,-])(?P<year>{_YEAR})(?!-\d)", _bare_year),
)
