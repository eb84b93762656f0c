"""What a strategy is called on its page: "Strategie „Hafen Digital 2035“", "Strategische Digitalisierungsroadmap".

A page often has a slogan for a title and tells the name only in its sentences, inflected and in several forms.  Names
are found by the nouns that strategies are called by (:data:`NOUNS`), in compounds, with capitalised adjectives, years
and names of Länder; words in quotation marks next to such a noun are a name as they stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from transform.german.text import key
from transform.people.common_words import is_adjective

NOUNS: tuple[tuple[str, str], ...] = (
    ("strategie", "f"),
    ("programm", "n"),
    ("roadmap", "f"),
    ("agenda", "f"),
    ("masterplan", "m"),
    ("fahrplan", "m"),
    ("digitalplan", "m"),
    ("aktionsplan", "m"),
    ("konzept", "n"),
    ("digitalpakt", "m"),
)
"""The nouns that strategies are called by, with their gender."""

LAENDER = (
    r"(?:Baden-Württemberg|Bayern|Berlin|Brandenburg|Bremen|Hamburg|Hessen|Mecklenburg-Vorpommern|Niedersachsen|"
    r"Nordrhein-Westfalen|NRW|Rheinland-Pfalz|Saarland|Sachsen-Anhalt|Sachsen|Schleswig-Holstein|Thüringen|Deutschland)s?"
)
_NOUN = "|".join(noun for noun, _ in NOUNS)
_YEARS = r"\d{4}(?:\s?[/–-]\s?\d{2,4}|\+)?"
_ANY_NOUN = re.compile(_NOUN, re.IGNORECASE)
_QUOTED = r"[„\"»“]([^„“”\"«»]{3,90})[“”\"«]"
_NAME = re.compile(
    rf"(?:(?P<adjective>[A-ZÄÖÜ][a-zäöüß]+(?:e|en|er|es))\s+)?"
    rf"(?P<noun>(?<![\w-])(?:[A-ZÄÖÜ][\w-]*)?(?i:{_NOUN})(?:e?s)?)(?![\w-])"
    rf"(?P<tail>(?:\s+für\s+(?:das|die|den)\s+[Dd]igitale[nrs]?\s+[A-ZÄÖÜ][\w-]+|\s+(?:für\s+)?(?:{LAENDER})(?:\s+[Dd]igital)?)?(?:\s+{_YEARS})?"
    rf"(?:\s+\d\.\d)?)(?![\w/-])"
)
_QUOTED_AFTER = re.compile(rf"\b(?:[A-ZÄÖÜ][\w-]*)?(?i:{_NOUN})(?:e?s)?\s+{_QUOTED}")
_QUOTED_BEFORE = re.compile(
    rf"{_QUOTED}[\s,–-]+(?:(?:die|der|das|eine?|–)\s+)?(?:[\w-]+\s+){{0,2}}?[A-ZÄÖÜ]?[\w-]*(?i:{_NOUN})\b"
)
_POINTING = re.compile(
    r"(?:D(?:ie|er|as|en|em|es)|Diese|Unsere|Ihre|Seine|Eine|Jede|Neue|Alle|Aller|Beide|Weitere|Erste|Zweite|Dritte|Solche|"
    r"Welche|Keine|Deutsche|Andere|Eigene|Gemeinsame|Aktuelle|Bisherige|Künftige)[nrms]?"
)
"""Capitalised words before the noun that point at a strategy instead of naming it."""
_FORMED = re.compile(r".{3,}(?:al|ell|är|ant|im|iert|ert|etzt|elt|igt|end|ös|ern)e[nrms]?")
_OF_A_PLACE = re.compile(r"(?:Thüring|Berlin|Hamburg|Brem|Niedersächs|Brandenburg|Saarländ|Märkisch)er")
_HYPHENS = dict.fromkeys(map(ord, "‐‑"), "-")
_OTHER = re.compile(
    r"^(?:fach|teil|förder|regierungs|arbeits|konjunktur|computer|software|anwender|schul|kurs|rahmen|unter|einzel|investitions|"
    r"jahres|fernseh|begleit|tages|lern|trainings|schulungs|stipendien|weiterbildungs|fortbildungs|mentor|gründer|austausch|"
    r"qualifizierungs|kultur|hilfs|sofort|bundes(?!strateg)|bau)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as found: in the nominative, the noun at its core, and whether anything tells it from other strategies."""

    text: str
    core: str
    is_specific: bool
    is_quoted: bool = False
    is_apposed: bool = False
    """Quoted right behind the noun: ``die Strategie „Hafen Digital“``."""

    @property
    def is_compound(self) -> bool:
        """Whether the noun says what kind of strategy it is ("Digitalstrategie", not "Strategie")."""
        return self.core not in dict(NOUNS)


def names_in(sentence: str) -> tuple[Name, ...]:
    """The names of strategies in a sentence, in order, in the nominative."""
    if not _ANY_NOUN.search(sentence):
        return ()
    sentence = sentence.translate(_HYPHENS)
    quoted = [
        Name(match[1].strip(), key(match[1]), is_specific=True, is_quoted=True, is_apposed=pattern is _QUOTED_AFTER)
        for pattern in (_QUOTED_AFTER, _QUOTED_BEFORE)
        for match in pattern.finditer(sentence)
    ]
    return (*quoted, *(name for match in _NAME.finditer(sentence) if (name := _name(match)) is not None))


def _name(match: re.Match[str]) -> Name | None:
    """A match as a name; ``None`` for a bare noun ("die Strategie") and for nouns that name something else."""
    noun, gender = _nominative(match["noun"])
    if _OTHER.match(noun):
        return None
    adjective = match["adjective"]
    adjective = _agreeing(adjective, gender) if adjective and _names(adjective) else None
    tail = " ".join(match["tail"].split())
    core = noun.lower()
    if core in dict(NOUNS) and not tail and not adjective:
        return None
    text = " ".join(filter(None, (adjective, noun, tail)))
    return Name(text, core, is_specific=bool(tail or adjective))


def _names(word: str) -> bool:
    """Whether a capitalised word before the noun is an adjective of the name, not a noun (``Broschüre``) or article."""
    if _POINTING.fullmatch(word):
        return False
    return is_adjective(word) or _FORMED.fullmatch(word) is not None or _OF_A_PLACE.fullmatch(word) is not None


def _nominative(noun: str) -> tuple[str, str]:
    """A noun without its genitive ending, and its gender."""
    lower = noun.lower()
    for ending, gender in NOUNS:
        for genitive in ("es", "s", ""):
            if lower.endswith(ending + genitive):
                return noun[: len(noun) - len(genitive)] if genitive else noun, gender
    return noun, "f"


def _agreeing(adjective: str, gender: str) -> str:
    """An adjective in the nominative without an article: "Strategischen" for a Roadmap is "Strategische"."""
    stem = re.sub(r"(?:en|er|es|em|e)$", "", adjective)
    if _OF_A_PLACE.fullmatch(adjective):
        return adjective
    return stem + {"f": "e", "n": "es", "m": "er"}[gender]
