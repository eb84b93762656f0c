"""Numbers in German text: how they are written, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transform.german.number_words import number_word
from transform.german.numbers import Number, numbers_in, parse_number

WRITTEN = {
    "7": 7,
    "150": 150,
    "1.000": 1_000,
    "12.500": 12_500,
    "1.200.000": 1_200_000,
    "1.000,5": 1_000.5,
    "1,5": 1.5,
    "10 000": 10_000,
    "10\u00a0000": 10_000,
    "10\u202f000": 10_000,
    "2 500 000": 2_500_000,
    "1,5 Mio.": 1_500_000,
    "1,36 Milliarden": 1_360_000_000,
    "2,5 Mrd.": 2_500_000_000,
    "1.5 Mio.": 1_500_000,
    "50 Tsd.": 50_000,
    "50 Tausend": 50_000,
    "zwei Dutzend": 24,
    "ein Dutzend": 12,
    "eine Million": 1_000_000,
    "einer Milliarde": 1_000_000_000,
    "eine halbe Million": 500_000,
    "anderthalb": 1.5,
    "anderthalb Millionen": 1_500_000,
    "eineinhalb": 1.5,
    "zweieinhalb Milliarden": 2_500_000_000,
    "null": 0,
    "eins": 1,
    "zwei": 2,
    "Zehn": 10,
    "ZWÖLF": 12,
    "siebzehn": 17,
    "dreißig": 30,
    "dreissig": 30,
    "vierundzwanzig": 24,
    "hundert": 100,
    "einhundertfünfzig": 150,
    "zweihundertfünfzig": 250,
    "hunderteins": 101,
    "hundertundzwölf": 112,
    "tausend": 1_000,
    "eintausendzweihundert": 1_200,
    "dreiundzwanzigtausend": 23_000,
    "zweier": 2,
    "dreier": 3,
}
SHARES = {
    "73 %": Number(73, percent=True),
    "73%": Number(73, percent=True),
    "98,5 Prozent": Number(98.5, percent=True),
    "zwanzig Prozent": Number(20, percent=True),
    "20-prozentige": Number(20, percent=True),
    "3 Prozentpunkte": Number(3, percent=True),
}
RANGES = {
    "50 bis 60": Number(50, 60),
    "50–60": Number(50, 60),
    "50 - 60": Number(50, 60),
    "1,5 bis 2 Mrd.": Number(1_500_000_000, 2_000_000_000),
    "900 Mio. bis 1,2 Mrd.": Number(900_000_000, 1_200_000_000),
    "10.000 bis 12.000": Number(10_000, 12_000),
    "zwei bis drei": Number(2, 3),
    "5 bis 10 Prozent": Number(5, 10, percent=True),
}
NO_NUMBERS = (
    "4.0",
    "Arbeit 4.0",
    "COVID-19",
    "G20",
    "5G",
    "IPv6",
    "2021/22",
    "24/7",
    "18. Legislaturperiode",
    "am 3. Mai",
    "36-seitig",
    "10-Punkte-Plan",
    "Zehn-Punkte-Plan",
    "15:04",
    "15.04 Uhr",
    "#dp25",
    "1.2.3",
    "ein Projekt",
    "einer von vielen",
    "beide",
    "achten",
    "Zweifel",
    "Dreieck",
    "einsam",
    "Hunderte",
    "mehrere",
    "erste",
    "zweitens",
    "dreifach",
)


@pytest.mark.parametrize(("text", "value"), WRITTEN.items())
def test_a_written_number_has_its_value(text: str, value: float) -> None:
    assert parse_number(text) == Number(value)


@pytest.mark.parametrize(("text", "number"), {**SHARES, **RANGES}.items())
def test_shares_and_ranges_are_one_number(text: str, number: Number) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_labels_articles_and_ordinals_are_no_numbers(text: str) -> None:
    assert numbers_in(text) == ()


@pytest.mark.parametrize("text", ["", "36 Projekte", "von 36", "36 und 37", "drei oder vier"])
def test_text_that_is_more_than_a_number_is_not_parsed(text: str) -> None:
    assert parse_number(text) is None


def test_between_and_makes_a_range_but_and_alone_does_not() -> None:
    assert [found.number for found in numbers_in("zwischen 50 und 60 Orten")] == [Number(50, 60)]
    assert [found.number.value for found in numbers_in("50 und 60 Orte")] == [50, 60]


def test_a_falling_pair_is_no_range() -> None:
    assert [found.number.value for found in numbers_in("von 60 bis 50")] == [60, 50]


def test_a_period_before_a_number_stays_apart_from_it() -> None:
    """White space between ``2021/22`` and ``36`` may have been a no-break space; it groups nothing."""
    assert [found.text for found in numbers_in("im Programm 2021/22 36 Projekte")] == ["36"]
    assert [found.text for found in numbers_in("im Programm 2021/22 360 Projekte")] == ["360"]


def test_a_number_at_the_end_of_a_sentence_is_read() -> None:
    assert [found.number.value for found in numbers_in("Es sind 36.")] == [36]


def in_words(number: int) -> str:
    """An independent writer of number words, after the rules of the written language."""
    units = ["", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"]
    teens = {16: "sechzehn", 17: "siebzehn"}
    tens = ["", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"]
    if number >= 1000:
        rest = in_words(number % 1000) if number % 1000 else ""
        return (
            in_words(number // 1000).removesuffix("eins")
            + ("ein" if number // 1000 % 100 == 1 else "")
            + "tausend"
            + rest
        )
    if number >= 100:
        return units[number // 100] + "hundert" + (in_words(number % 100) if number % 100 else "")
    if number == 1:
        return "eins"
    if number < 13:
        return units[number]
    if number < 20:
        return teens.get(number, units[number - 10] + "zehn")
    return (units[number % 10] + "und" if number % 10 else "") + tens[number // 10]


@given(st.integers(1, 999_999))
def test_every_number_survives_being_written_in_words(number: int) -> None:
    words = in_words(number)
    assert number_word(words) == number
    assert number_word(words.capitalize()) == number
    assert parse_number(words) == Number(number)


@given(st.integers(0, 10**12), st.sampled_from([".", "\u00a0", "\u202f", " "]))
def test_grouping_does_not_change_a_number(number: int, separator: str) -> None:
    assert parse_number(f"{number:,}".replace(",", separator)) == Number(number)


@given(st.integers(0, 10**9), st.integers(0, 999))
def test_a_comma_is_the_decimal_sign(whole: int, thousandths: int) -> None:
    found = parse_number(f"{whole},{thousandths:03}")
    assert found is not None
    assert found.value == pytest.approx(whole + thousandths / 1000)


@given(st.text(alphabet="0123456789.,-–/ %eEinzwdrhut§:+\u00a0aß", max_size=60))
def test_any_text_is_scanned_without_overlap(text: str) -> None:
    end = 0
    for found in numbers_in(text):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        end = found.end


@pytest.mark.parametrize(
    "word", ["hundertmal", "zweihundertdreihundert", "einstausend", "zehnzig", "und", "", "ein", "eine"]
)
def test_words_that_are_no_number_words_have_no_value(word: str) -> None:
    assert number_word(word) is None
