"""What a number counts: the noun phrase after it, brought to the nominative.

``36 neuen Projekten aus allen Bereichen`` counts ``Projekte``; ``zwei unterschiedliche operative Ansätze`` counts
``operative Ansätze``; ``50 Bürgermeistern, Landräten und Vertretern der Kommunalpolitik`` keeps all three.  Adjectives
that only value or point (``neu``, ``konkret``, ``unterschiedlich``) are left out, so that two mentions of one fact
carry one unit.  No noun, a name, a singular or a span of time counts nothing, and gives ``None``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from transform.figures import unit_words as words
from transform.figures.plurals import nominative_adjective, nominative_plural
from transform.german.number_words import number_word
from transform.german.numbers import FoundNumber
from transform.people.common_words import is_place


class UnitKind(StrEnum):
    """What kind of thing a number tells."""

    COUNT = "count"
    MONEY = "money"
    MEASURE = "measure"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number counts.

    Attributes:
        text: The unit in the nominative.
        head: Its head noun in lower case: two units of one head name the same things.
        kind: What kind of unit it is.
        end: Offset of the end of its words in the text.
        dative: Whether its noun stood in the dative plural.
    """

    text: str
    head: str
    kind: UnitKind
    end: int
    dative: bool = False


_TOKEN = re.compile(r"\w[\w'’:*/&.+-]*\w|\w|[^\w\s]")
_QUOTES = frozenset("„“”\"»«‚‘'’")
_HYPHENS = frozenset("-‑–")
_OR_MORE = re.compile(r"\+|\s+(?:oder|und)\s+mehr(?=\s)(?!\s+(?:als|denn)\b)")
"""What may follow a number directly and belongs to it, not to the noun."""
_SUSPENDED = re.compile(r"[-‑–]\s+(?:und|sowie|oder|bzw\.|&|/)\s")
_SUSPENDED_ROW = re.compile(r"(?P<joint>[-‑–]\s+(?:und|sowie|oder|&|/)\s+)(?P<noun>[A-ZÄÖÜ][\w:*-]+)")
"""A compound whose last part only the next word gives: ``Arzt- und Zahnarztpraxen``."""
_GENITIVE = re.compile(r"\s+(?:der|des|dieser|unserer?s?|seiner|ihrer)(?:\s+[a-zäöüß]+e[nr])*\s+[A-ZÄÖÜ][\w-]*")
_SHARE_OF = re.compile(r"\s+(?:der|des|aller|von|unserer)\s+(?:[\w-]+\s+){0,2}?(?P<whole>[A-ZÄÖÜ][\w-]+)")
_PARTICIPLE_PHRASE = re.compile(
    r"\s+(?P<preposition>[a-zäöü]+)\s+(?:[\w-]+\s+){1,5}?"
    r"(?P<participle>[a-zäöüß]+(?:te|ten|ene|enen|nde|nden|ige|igen))\s+(?=[A-ZÄÖÜ])"
)


def unit_of(text: str, found: FoundNumber) -> Unit | None:
    """What a number in the text counts, by the words right after it; ``None`` where it counts nothing."""
    number, at = found.number, found.end
    if number.percent:
        whole = _SHARE_OF.match(text, at)
        name = "Prozentpunkte" if "prozentpunkt" in found.text.casefold() else "Prozent"
        return Unit(name, f"{name.casefold()} {whole['whole'] if whole else ''}".casefold(), UnitKind.PERCENT, at)
    if money := words.MONEY.match(text, at):
        name = words.MONEY_NAMES.get(money["name"], money["name"])
        return Unit(f"{name} pro Jahr" if money["rate"] else name, name.casefold(), UnitKind.MONEY, money.end())
    if words.MONEY_BEFORE.search(text[max(found.start - 8, 0) : found.start]):
        return Unit("Euro", "euro", UnitKind.MONEY, at)
    if measure := words.MEASURE.match(text, at):
        name = measure["name"].removesuffix("n") if measure["name"].endswith("metern") else measure["name"]
        return Unit(name, name.casefold(), UnitKind.MEASURE, measure.end())
    return counted_at(text, at, number.value_to or number.value)


def counted_at(text: str, at: int, value: float = 2) -> Unit | None:
    """The noun phrase that starts at an offset, as what ``value`` things are; ``None`` where no such phrase starts."""
    phrase = _PARTICIPLE_PHRASE.match(text, at)
    if phrase and phrase["preposition"] in words.PREPOSITIONS:
        at = phrase.end("participle")
    if more := _OR_MORE.match(text, at):
        at = more.end()
    tokens = list(islice(_TOKEN.finditer(text, at), 24))
    if not tokens or (tokens[0].start() > at and not text[at : tokens[0].start()].isspace()):
        return None
    index, adjectives = _adjectives(tokens)
    if index < len(tokens) and _SUSPENDED.match(text, tokens[index].end()):
        return _suspended(text, tokens[index], adjectives)
    if index >= len(tokens) or not _counts(text[:at], tokens[index][0], value):
        return None
    return _phrase(text, tokens, index, adjectives)


def _suspended(text: str, part: re.Match[str], adjectives: list[str]) -> Unit | None:
    """``Arzt- und Zahnarztpraxen``; ``None`` where the second part has its own number (``fünf Fokus- und vier …``)."""
    row = _SUSPENDED_ROW.match(text, part.end())
    if not row or not looks_plural(row["noun"]):
        return None
    noun = nominative_plural(row["noun"])
    told = " ".join([*_telling(adjectives), f"{part[0]}{row['joint']}{noun}"])
    return Unit(told, noun.casefold(), UnitKind.COUNT, row.end(), dative=noun != row["noun"])


def looks_plural(noun: str) -> bool:
    """Whether a capitalised word can be a plural; sure singulars (``-ung``, ``-schaft``, ``Land``) are none."""
    if noun.isupper():
        return noun == "KMU"
    word = noun.casefold()
    return not words.SINGULAR.search(word) and bool(words.PLURAL_END.search(word))


def _adjectives(tokens: list[re.Match[str]]) -> tuple[int, list[str]]:
    """Rank of the noun among the tokens (past their end: there is none), and the adjectives before it."""
    adjectives: list[str] = []
    for index, token in enumerate(tokens[:8]):
        word = token[0]
        following = tokens[index + 1][0] if index + 1 < len(tokens) else ""
        if _is_noun(word, following):
            return index, adjectives
        if word.casefold() in words.JOINERS and adjectives:
            adjectives.append(word)
            continue
        if word in _QUOTES or (word == "," and adjectives):
            continue
        if not word[0].isalpha() or word.casefold() in words.NOT_ATTRIBUTIVE | words.JOINERS or number_word(word):
            break
        if (re.search(r"e[nrsm]?$", word) and not words.ADVERB.search(word)) or word in words.ENGLISH_MODIFIERS:
            adjectives.append(word)
    return len(tokens), adjectives


def _is_noun(word: str, following: str) -> bool:
    if not word[0].isupper():
        return False
    is_adjective = (
        words.CITY_ADJECTIVE.match(word) or words.NAMED_ADJECTIVE.match(word) or word in words.ENGLISH_MODIFIERS
    )
    return not (is_adjective and following[:1].isupper())


def _counts(before: str, noun: str, value: float) -> bool:
    """Whether a noun can be counted here: a plural (or any noun after 1), no name, no span of time."""
    word = noun.casefold()
    if words.TIME_UNIT.match(word) and words.DURATION.search(before):
        return True
    if words.NEVER_COUNTED.match(word) or word in words.NAMES or is_place(noun):
        return False
    return value == 1 or looks_plural(noun)


def _phrase(text: str, tokens: list[re.Match[str]], index: int, adjectives: list[str]) -> Unit:
    """The unit that starts with the noun at a rank: its adjectives, joined nouns, a genitive that it needs."""
    noun = tokens[index][0]
    kept = _telling(adjectives)
    joined, end = _joined_nouns(tokens, index)
    told = " ".join([*kept, nominative_plural(noun)]) + joined
    last = re.findall(r"[\w:*-]+", told)[-1]
    genitive = _GENITIVE.match(text, end) if words.RELATIONAL.search(last.casefold()) else None
    if genitive:
        told, end = told + genitive[0], genitive.end()
    head = nominative_plural(noun)
    return Unit(told, head.casefold(), UnitKind.COUNT, end, dative=head != noun)


def _telling(adjectives: list[str]) -> list[str]:
    """The adjectives that tell one kind of thing from another, in the nominative; ``und`` stays between two of them."""
    kept: list[str] = []
    joiner = None
    for word in adjectives:
        if word.casefold() in words.JOINERS:
            joiner = word
        elif not words.POINTING.search(word):
            kept += [joiner] if joiner and kept else []
            kept.append(nominative_adjective(word))
            joiner = None
        else:
            joiner = None
    return kept


def _joined_nouns(tokens: list[re.Match[str]], index: int) -> tuple[str, int]:
    """Nouns counted together with the first: ``, Landräten und Vertretern``; none unless ``und`` closes the row.

    A part that the first noun gives stays left out: ``Digital-Lotsinnen und -Lotsen``.
    """
    pending = ""
    rank = index + 1
    while rank < len(tokens) - 1:
        joiner, noun = tokens[rank][0], tokens[rank + 1][0]
        hyphen = ""
        if noun in _HYPHENS and rank + 2 < len(tokens) and tokens[rank + 2].start() == tokens[rank + 1].end():
            rank, hyphen, noun = rank + 1, noun, tokens[rank + 2][0]
        is_row = joiner in {",", "und", "sowie", "oder", "/"} and noun[0].isupper()
        if not is_row or not looks_plural(noun) or noun.casefold() in words.NAMES:
            break
        pending += (", " if joiner == "," else f" {joiner} ") + hyphen + nominative_plural(noun)
        if joiner != ",":
            return pending, tokens[rank + 1].end()
        rank += 2
    return "", tokens[index].end()
