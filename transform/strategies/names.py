"""What a strategy is called on its page: "Strategie „Hafen Digital 2035“", "Strategische Digitalisierungsroadmap".

A page often has a slogan for a title and tells the name only in its sentences, inflected and in several forms.  Names
are found by the nouns that strategies are called by (:data:`NOUNS`), in compounds, with capitalised adjectives, years
and names of Länder; words in quotation marks next to such a noun are a name as they stand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

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
_YEARS = r"\d{4}(?:\s?[/–-]\s?\d{2,4})?"
_QUOTED = r"[„\"»“]([^„“”\"«»]{3,90})[“”\"«]"
_NAME = re.compile(
    rf"(?:(?P<adjective>[A-ZÄÖÜ][a-zäöüß]+(?:e|en|er|es))\s+)?"
    rf"(?P<noun>(?<![\w-])(?:[A-ZÄÖÜ][\w-]*)?(?i:{_NOUN})(?:e?s)?)(?![\w-])"
    rf"(?P<tail>(?:\s+(?:für\s+(?:das\s+|die\s+)?)?(?:[Dd]igitale[ns]?\s+)?(?:{LAENDER})(?:\s+[Dd]igital)?)?(?:\s+{_YEARS})?"
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
_BEGINS_WITH_NOUN = re.compile(rf"(?:Die\s+)?(?i:{_NOUN})\s+(?:für\s|[„\"»]?[A-ZÄÖÜ])[^?!:]*$")
_HYPHENS = dict.fromkeys(map(ord, "‐‑"), "-")
_GENERAL = re.compile(r"(?:landes|gesamt|zukunfts|dach|e-government|smart)")
"""First parts of compounds that say nothing of a special field."""
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

    @property
    def is_compound(self) -> bool:
        """Whether the noun says what kind of strategy it is ("Digitalstrategie", not "Strategie")."""
        return self.core not in dict(NOUNS)


def names_in(sentence: str) -> tuple[Name, ...]:
    """The names of strategies in a sentence, in order, in the nominative."""
    sentence = sentence.translate(_HYPHENS)
    quoted = [
        Name(match[1].strip(), key(match[1]), is_specific=True, is_quoted=True)
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


@dataclass(frozen=True, slots=True)
class Naming:
    """The name of the page's strategy and the other forms that the page uses."""

    title: str
    variants: tuple[str, ...]


def naming(title: str, sentences: Iterable[str], others: Collection[str] = ()) -> Naming:
    """What a page calls its strategy.

    Args:
        title: The page's own heading.
        sentences: The sentences (and headings) that tell of this strategy, without those about another one.
        others: Names of the strategies before and after it, which are none of its own.

    Returns:
        A quoted name that the page repeats or has for its title, else the title where it names a strategy, else the
        most specific form of the most frequent name; the page's title where no name is found.
    """
    told = list(sentences)
    foreign = [key(other) for other in others]
    found = Counter(
        name for sentence in told for name in names_in(sentence) if not any(key(name.text) in key_ for key_ in foreign)
    )
    chosen = _quoted(title, found) or _titled(title, told) or _frequent(found) or title
    variants = dict.fromkeys(name.text for name in found if _is_variant(name, chosen))
    return Naming(chosen, tuple(variants))


def _quoted(title: str, found: Counter[Name]) -> str | None:
    """A name in quotation marks that is the title, stands in it, or is told more than once."""
    for name, mentions in found.most_common():
        if name.is_quoted and (mentions > 1 or key(name.text) in key(title) or key(title) in key(name.text)):
            return name.text
    return None


def _titled(title: str, sentences: Iterable[str]) -> str | None:
    """The title, where it names a strategy by more than a bare noun, or stands as a name behind such a noun."""
    names = [name for name in names_in(title) if name.is_compound or name.is_specific]
    if _BEGINS_WITH_NOUN.match(title) or (names and (len(title.split()) > 1 or names[0].is_compound)):
        return title
    head = re.split(r"\s[–—-]\s|[:!?]\s|\.\s", title.rstrip(".!?"))[0]
    apposed = re.compile(rf"(?i:{_NOUN})(?:e?s)?\s+[„\"»]?{re.escape(head)}(?!\w)")
    return title if len(head) > 3 and any(apposed.search(sentence) for sentence in sentences) else None


def _frequent(found: Counter[Name]) -> str | None:
    """The most specific form, told twice or with a year, of the noun that is told most often."""
    cores: Counter[str] = Counter()
    for name, mentions in found.items():
        if not name.is_quoted:
            cores[name.core] += mentions
    if not cores:
        return None
    core = max(cores, key=lambda each: ("digital" in each, each not in dict(NOUNS), cores[each]))
    forms = [name for name in found if name.core == core and not name.is_quoted]
    best = max(
        forms, key=lambda name: (name.is_specific and (found[name] > 1 or _has_year(name)), found[name], len(name.text))
    )
    return best.text


def _has_year(name: Name) -> bool:
    return re.search(r"\d{4}", name.text) is not None


def _is_variant(name: Name, chosen: str) -> bool:
    """Whether a form is another name for the chosen one: its own noun or a like one, in other words."""
    if key(name.text) == key(chosen):
        return False
    if name.is_quoted or key(name.text) in key(chosen) or key(chosen) in key(name.text):
        return key(name.text) in key(chosen) or key(chosen) in key(name.text)
    own = [noun for noun, _ in NOUNS if noun in chosen.lower()]
    if not own:
        return "digital" in name.core
    is_like = not name.is_compound or "digital" in name.core or _GENERAL.match(name.core) is not None
    return is_like and any(noun in own for noun in _nouns_of(name.core))


@lru_cache(maxsize=256)
def _nouns_of(core: str) -> tuple[str, ...]:
    return tuple(noun for noun, _ in NOUNS if core.endswith(noun))


def mentions(text: str, naming_: Naming) -> Iterator[re.Match[str]]:
    """Every place in a text where the strategy is meant: by name, by a variant, or by its bare noun with an article."""
    core = next((name.core for name in names_in(naming_.title)), "")
    words = {naming_.title, *naming_.variants, core}
    alternatives = "|".join(sorted((re.escape(word) for word in words if word), key=len, reverse=True))
    bare = "|".join(noun for noun, _ in NOUNS)
    pattern = re.compile(rf"(?i:{alternatives or '(?!)'}|(?<![\w-])(?:{bare}))(?i:e?s)?(?![\w-])")
    return pattern.finditer(text)
