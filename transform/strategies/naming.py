"""What a page calls its strategy, of all the names and forms of names in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from transform.german.text import key
from transform.strategies.names import NOUNS, Name, names_in

_NOUN = "|".join(noun for noun, _ in NOUNS)
_LEADING_ARTICLE = re.compile(rf"^(?:Die|Das|Der)\s+(?=[\w-]*(?i:{_NOUN})\b)")
_BEGINS_WITH_NOUN = re.compile(rf"(?:Die\s+)?(?i:{_NOUN})\s+(?:für\s|[„\"»]?[A-ZÄÖÜ])[^?!:]*$")
_LEADING_NOUN = re.compile(rf"^(?:(?:die|das|der)\s+)?[\w-]*(?:{_NOUN})\s+(?=[„»\"]?\w)", re.IGNORECASE)
_SPEAKS_OF_ONE = re.compile(rf"\?$|\b(?:zur|zum|über|rund um|mit|in|im)\s+(?:die\s+|der\s+|das\s+)?[\w-]*(?i:{_NOUN})")
"""A title that speaks of the strategy instead of being its name: ``Fragen zur Digitalstrategie``."""
_IS_A_STRATEGY = re.compile(
    rf"(?:Die\s|Der\s|Das\s)?(?P<name>[„»\"]?[\wÄÖÜ][^.!?;]{{2,60}}?)\s+ist\s+(?:die|der|das|eine?)\s+[\w-]*(?i:{_NOUN})\b"
)
_TELLS_NEWS = re.compile(
    r"\b(?:ist|sind|hat|wird|will|soll|verabschiedet|beschließt|billigt|stellt|legt|bringt|startet|veröffentlicht|"
    r"präsentiert|vorgestellt|beschlossen|setzt|zeigt)\b|\b[Nn]eue[nrms]?\s+(?:[\w-]+\s+)?[A-ZÄÖÜ]"
)
"""A title that tells news of the strategy: ``Senat beschließt Digitalstrategie``, ``Die neue Digitalstrategie``."""
_TITLE_PARTS = re.compile(r"\s[–—-]\s|[:!?]\s|\.\s")
_IS_A_PLAN = re.compile(r"plan\b", re.IGNORECASE)
_OVERVIEW = re.compile(r"\s+(?:im\s+Überblick|auf\s+einen\s+Blick|im\s+Detail)$", re.IGNORECASE)
_GENERAL = re.compile(r"(?:landes|gesamt|zukunfts|dach|e-government|smart)")
"""First parts of compounds that say nothing of a special field."""


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
        most specific form of the most frequent name; the page's title where no name is found.  The noun to which a
        quoted name belongs ("Digitalstrategie „Küste 2030“") is no variant of it.
    """
    told = list(sentences)
    foreign = [key(other) for other in others]
    found = Counter(name for sentence in told for name in names_in(sentence) if not _is_foreign(name, foreign))
    chosen = _quoted(title, found) or _titled(title, told) or _frequent(found) or title
    is_quoted = any(name.is_quoted and name.text == chosen for name in found)
    forms = (name for name in found if name.is_specific or not is_quoted)
    variants = dict.fromkeys(name.text for name in forms if _is_variant(name, chosen))
    return Naming(chosen, tuple(variants))


def _is_foreign(name: Name, others: Collection[str]) -> bool:
    """Whether a name is that of the strategy before or after, or a specific part of it."""
    own = key(name.text)
    return any(own == other or (name.is_specific and own in other) for other in others)


def _quoted(title: str, found: Counter[Name]) -> str | None:
    """A name in quotation marks that is the title, stands in it, is told more than once, or is the only one."""
    for name, mentions in found.most_common():
        if name.is_quoted and (mentions > 1 or key(name.text) in key(title) or key(title) in key(name.text)):
            return name.text
    quoted = {name.text for name in found if name.is_quoted}
    apposed = [name.text for name in found if name.is_apposed]
    names_itself = any(name.is_specific or (name.is_compound and len(title.split()) == 1) for name in names_in(title))
    return apposed[0] if apposed and len(quoted) == 1 and not names_itself else None


def _titled(title: str, sentences: Sequence[str]) -> str | None:
    """The title, where it names a strategy by more than a bare noun, or stands as a name behind such a noun."""
    title = _OVERVIEW.sub("", _LEADING_ARTICLE.sub("", title))
    names = [name for name in names_in(title) if name.is_compound or name.is_specific]
    names_one = bool(names) and (len(title.split()) > 1 or names[0].is_compound)
    speaks_of_one = _SPEAKS_OF_ONE.search(title) or _TELLS_NEWS.search(_TITLE_PARTS.split(title)[0])
    if (_BEGINS_WITH_NOUN.match(title) or names_one) and not speaks_of_one:
        return title
    head = _TITLE_PARTS.split(title.rstrip(".!?"))[0]
    apposed = re.compile(rf"(?i:{_NOUN})(?:e?s)?\s+[„\"»]?{re.escape(head)}(?!\w)")
    if len(head) > 3 and any(apposed.search(sentence) for sentence in sentences):
        return title
    subjects = (match["name"] for sentence in sentences if (match := _IS_A_STRATEGY.match(sentence)))
    return next((name for name in subjects if key(name) in key(title)), None)


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
    if key(_LEADING_NOUN.sub("", name.text)) == key(_LEADING_NOUN.sub("", chosen)):
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
    return _mentioning(naming_).finditer(text)


@lru_cache(maxsize=32)
def _mentioning(naming_: Naming) -> re.Pattern[str]:
    """The pattern of all words by which a strategy is meant."""
    core = next((name.core for name in names_in(naming_.title)), "")
    words = {naming_.title, *naming_.variants, core, "plan" if _IS_A_PLAN.search(naming_.title) else ""}
    alternatives = "|".join(sorted((rf"(?<![\w-]){re.escape(word)}" for word in words if word), key=len, reverse=True))
    return re.compile(rf"(?i:{alternatives or '(?!)'}|(?<![\w-])(?:{_NOUN}))(?i:e?s)?(?![\w-])")
