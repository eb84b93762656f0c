"""Dates as German text writes them."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transform.dates.reader import dates_in

DAYS = {
    "24. Januar 2020": ("2020-01-24", "2020-01-24"),
    "24.01.2020": ("2020-01-24", "2020-01-24"),
    "24.1.2020": ("2020-01-24", "2020-01-24"),
    "24. 01. 2020": ("2020-01-24", "2020-01-24"),
    "24.01.20": ("2020-01-24", "2020-01-24"),
    "1. März 2021": ("2021-03-01", "2021-03-01"),
    "1. Dez. 2021": ("2021-12-01", "2021-12-01"),
    "29. Februar 2020": ("2020-02-29", "2020-02-29"),
    "2020-01-24": ("2020-01-24", "2020-01-24"),
    "Freitag, 24. Januar 2020": ("2020-01-24", "2020-01-24"),
    "Freitag, den 24. Januar 2020": ("2020-01-24", "2020-01-24"),
    "Fr., 24.01.2020": ("2020-01-24", "2020-01-24"),
    "23. bis 24. Januar 2020": ("2020-01-23", "2020-01-24"),
    "23.–24. Januar 2020": ("2020-01-23", "2020-01-24"),
    "23./24. Januar 2020": ("2020-01-23", "2020-01-24"),
    "23. und 24. Januar 2020": ("2020-01-23", "2020-01-24"),
    "28. Februar bis 1. März 2021": ("2021-02-28", "2021-03-01"),
    "28. Februar bis zum 1. März 2021": ("2021-02-28", "2021-03-01"),
    "30. Dezember 2020 bis 2. Januar 2021": ("2020-12-30", "2021-01-02"),
    "23. Januar bis Freitag, den 24. Januar 2020": ("2020-01-23", "2020-01-24"),
    "23.-24.01.2020": ("2020-01-23", "2020-01-24"),
    "28.02.-01.03.2021": ("2021-02-28", "2021-03-01"),
    "28.02.2021 bis 01.03.2021": ("2021-02-28", "2021-03-01"),
}
MONTHS = {
    "September 2023": ("2023-09", "2023-09"),
    "Sept. 2023": ("2023-09", "2023-09"),
    "09/2023": ("2023-09", "2023-09"),
    "Ende September 2023": ("2023-09", "2023-09"),
    "September bis November 2023": ("2023-09", "2023-11"),
    "Mai/Juni 2023": ("2023-05", "2023-06"),
    "Dezember 2022 bis März 2023": ("2022-12", "2023-03"),
    "1. Halbjahr 2024": ("2024-01", "2024-06"),
    "zweiten Halbjahr 2024": ("2024-07", "2024-12"),
}
QUARTERS = {
    "1. Quartal 2024": ("2024-01", "2024-03"),
    "ersten Quartal 2024": ("2024-01", "2024-03"),
    "IV. Quartal 2022": ("2022-10", "2022-12"),
    "dritten Quartal des Jahres 2022": ("2022-07", "2022-09"),
    "Q2 2024": ("2024-04", "2024-06"),
}
YEARS = {
    "2018": ("2018", "2018"),
    "im Jahr 2018": ("2018", "2018"),
    "(2018)": ("2018", "2018"),
    "Ende 2020": ("2020", "2020"),
    "Mitte 2020": ("2020", "2020"),
    "Sommer 2023": ("2023", "2023"),
    "bis 2030": ("2030", "2030"),
    "2021/22": ("2021", "2022"),
    "2020/2021": ("2020", "2021"),
    "2018 - 2021": ("2018", "2021"),
    "2018–2021": ("2018", "2021"),
    "2018 bis 2021": ("2018", "2021"),
    "in den Jahren 2019 und 2020": ("2019", "2020"),
    "zwischen 2018 und 2021": ("2018", "2021"),
    "1998 bis 2003": ("1998", "2003"),
    "über 2030 hinaus": ("2030", "2030"),
    "Seit 2000 Schulen vernetzt": ("2000", "2000"),
}
NONE = (
    "31. Februar 2021",
    "31.02.2021",
    "29. Februar 2021",
    "32. Januar 2020",
    "24.13.2020",
    "24. Januar",
    "2022/21",
    "2021 bis 2018",
    "über 2000 Teilnehmende",
    "Rund 2000 Schulen",
    "1990 Euro",
    "2020 %",
    "2030er",
    "#dp2025",
    "1.2020",
    "12020",
    "2020,5",
    "36 Projekte",
    "",
)


@pytest.mark.parametrize(
    ("text", "span", "precision"),
    [
        (text, span, precision)
        for precision, listed in {"day": DAYS, "month": MONTHS, "quarter": QUARTERS, "year": YEARS}.items()
        for text, span in listed.items()
    ],
)
def test_a_written_date_has_its_days_and_precision(text: str, span: tuple[str, str], precision: str) -> None:
    assert [((found.start, found.end), found.precision) for found in dates_in(text)] == [(span, precision)]


@pytest.mark.parametrize("text", NONE)
def test_what_the_calendar_does_not_have_is_no_date(text: str) -> None:
    assert dates_in(text) == ()


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("24. Januar 2020, 15:04 Uhr", "15:04"),
        ("24. Januar 2020, 15.04 Uhr", "15:04"),
        ("24.01.2020, 15 Uhr", "15:00"),
        ("24.01.2020 um 9 Uhr", "09:00"),
        ("2.01.2006 (15:04)", "15:04"),
        ("2020-01-24T15:04:00Z", "15:04"),
        ("24. Januar 2020, 25:04 Uhr", None),
        ("24. Januar 2020", None),
    ],
)
def test_a_time_of_day_belongs_to_its_date(text: str, time: str | None) -> None:
    assert [found.time for found in dates_in(text)] == [time]


def test_two_days_apart_are_two_dates() -> None:
    assert [found.start for found in dates_in("am 3. und 24. Januar 2020")] == ["2020-01-03", "2020-01-24"]


def test_dates_come_in_reading_order_with_their_words() -> None:
    text = "Seit 2018 bis zum 24. Januar 2020, dann ab Mai 2021"
    assert [(found.text, text[slice(*found.span)]) for found in dates_in(text)] == [
        ("2018", "2018"),
        ("24. Januar 2020", "24. Januar 2020"),
        ("Mai 2021", "Mai 2021"),
    ]


MONTH_NAMES = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September"]
MONTH_NAMES += ["Oktober", "November", "Dezember"]
DATES = st.dates(date(1950, 1, 1), date(2099, 12, 31))


@given(DATES)
def test_every_day_survives_being_written(day: date) -> None:
    written = (f"{day.day}. {MONTH_NAMES[day.month - 1]} {day.year}", f"{day:%d.%m.%Y}", day.isoformat())
    for text in written:
        assert [(found.start, found.end, found.text) for found in dates_in(f"am {text}.")] == [
            (day.isoformat(), day.isoformat(), text)
        ]


@given(DATES, st.integers(1, 60))
def test_every_range_of_days_survives_being_written(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    written = " bis ".join(f"{day.day}. {MONTH_NAMES[day.month - 1]} {day.year}" for day in (first, last))
    expected = [] if last.year > 2099 else [(first.isoformat(), last.isoformat())]
    if expected:
        assert [(found.start, found.end) for found in dates_in(f"vom {written}")] == expected


@given(st.text(alphabet="0123456789./-– bisJanuarMä,:()hrT", max_size=80))
def test_any_text_is_scanned_without_crossing(text: str) -> None:
    """Two dates of one range of words (``3. und 24. Januar``) share their words; otherwise none overlap."""
    spans = [found.span for found in dates_in(text)]
    for one, other in itertools.pairwise(spans):
        assert one == other or one[1] <= other[0]
    assert all(found.start <= found.end and text[slice(*found.span)] == found.text for found in dates_in(text))
