"""German number words: one written word to its value.

The grammar is that of the written language: units before tens joined by ``und`` (``vierundzwanzig``), hundreds and
thousands in one word (``zweihundertfünfzig``, ``eintausendzweihundert``).  ``ein`` and its forms are articles and no
number here; :mod:`transform.german.numbers` reads them only before ``Million`` and the like.
"""

from __future__ import annotations

_UNITS = {"zwei": 2, "zwo": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9}
_TEENS = {
    "zehn": 10,
    "elf": 11,
    "zwölf": 12,
    "dreizehn": 13,
    "vierzehn": 14,
    "fünfzehn": 15,
    "sechzehn": 16,
    "siebzehn": 17,
    "achtzehn": 18,
    "neunzehn": 19,
}
_TENS = {
    "zwanzig": 20,
    "dreissig": 30,
    "vierzig": 40,
    "fünfzig": 50,
    "sechzig": 60,
    "siebzig": 70,
    "achtzig": 80,
    "neunzig": 90,
}
_IN_FRONT = {"ein": 1, **_UNITS}
"""Units as they stand before ``und``, ``hundert`` and ``tausend``."""
_AT_THE_END = {"eins": 1, **_UNITS}
_INFLECTED = {"zweier": "zwei", "dreier": "drei", "zweien": "zwei", "dreien": "drei"}
"""The only living inflected forms; ``achten``, ``sieben`` and ``elfen`` are other words."""
SMALL_NUMBER_WORDS = {**_UNITS, **_TEENS, "zwanzig": 20, **{form: _UNITS[plain] for form, plain in _INFLECTED.items()}}
"""Lower-case words for the counts with which a list is announced: 2 to 20, and the inflected forms of 2 and 3."""


def number_word(word: str) -> int | None:
    """The value of one number word, whatever its case: 0 to 999,999; ``None`` where it is no number word.

    ``ein``, ``eine`` and their forms are ``None``; ``eins`` is 1.
    """
    plain = word.casefold()
    plain = _INFLECTED.get(plain, plain)
    if plain == "null":
        return 0
    front, thousand, rest = plain.partition("tausend")
    if not thousand:
        return _below_thousand(plain)
    spelled_out = f"{front}s" if front.endswith("ein") else front  # einhundertein|tausend is einhunderteins of them
    thousands = _below_thousand(spelled_out) if front else 1
    remainder = 0 if not rest else _below_thousand(rest.removeprefix("und"))
    if thousands is None or remainder is None or front.endswith("eins"):
        return None
    return thousands * 1000 + remainder


def _below_thousand(word: str) -> int | None:
    front, hundred, rest = word.partition("hundert")
    if not hundred:
        return _below_hundred(word)
    hundreds = 1 if not front else _IN_FRONT.get(front)
    remainder = 0 if not rest else _below_hundred(rest.removeprefix("und"))
    if hundreds is None or remainder is None:
        return None
    return hundreds * 100 + remainder


def _below_hundred(word: str) -> int | None:
    simple = _AT_THE_END.get(word) or _TEENS.get(word) or _TENS.get(word)
    if simple is not None:
        return simple
    unit, und, tens = word.partition("und")
    if und and unit in _IN_FRONT and tens in _TENS:
        return _TENS[tens] + _IN_FRONT[unit]
    return None
