"""Lists inside a sentence: "drei Schwerpunkte: A, B und C", "die Kernthemen A und B", "dazu beitragen, X zu fördern".

Precision goes before recall: a series of nouns in ordinary prose is no list.  A list inside a sentence needs a noun
that announces it (:mod:`transform.structure.announcements`) and a colon, or stands right behind a
noun such as *Kernthemen*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from transform.structure.announcements import ACTION_FIELDS, GOALS, Announcement, announced, noun_of
from transform.structure.series import items_of, tidy

_APPOSITION_ROLES = frozenset(
    {ACTION_FIELDS, "core_topics", "cross_cutting_topics", "focus_points", "target_categories"}
)
_COLON = re.compile(r":\s+(?=\S)")
_NAME = r"(?:[„\"»‚'][^“”\"«’']{2,60}[“”\"«’']|[A-ZÄÖÜ][\w/-]*(?:\s+(?:&\s+)?[A-ZÄÖÜ][\w/-]*){0,4})"
_APPOSITION = re.compile(rf"\s+(?P<items>{_NAME}(?:(?:,|\s+und|\s+sowie)\s+{_NAME})+)(?![\w-])")
_CONTRIBUTION = re.compile(
    r"\b(?:dazu\s+(?:beitragen|beizutragen|dienen|bei)|(?:trägt|tragen)\s+dazu\s+bei|(?:dient|dienen)\s+dazu),\s+(?=\S)"
)
_WORD = re.compile(r"[\w-]+")
_CLAUSE_START = re.compile(
    r"(?:[Ww]ir|[Ss]ie|[Ee]s|[Ii]ch|[Mm]an|[Dd]ies\w*|[Dd]enn|[Ww]enn|[Ww]eil|[Dd]ass|[Dd]abei|[Dd]amit|[Ss]o|[Hh]ier)\b"
)
MAX_ITEM_WORDS = 30
_MOST_COLONS = 5
LONGEST_SENTENCE = 4_000
"""Characters; what is longer is no sentence that people wrote, and is left alone."""


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A list inside a sentence: its items as worded, what they are, the words that introduce them, and all of it."""

    items: tuple[str, ...]
    role: str
    intro: str
    evidence: str
    count: int | None = None


def enumerations_in(sentence: str) -> tuple[Enumeration, ...]:
    """The lists inside one sentence, in reading order; goals stated after a colon are among them, even a single one."""
    if len(sentence) > LONGEST_SENTENCE:
        return ()
    return (*_appositions(sentence), *_after_colon(sentence))


def contributions_in(sentence: str) -> Enumeration | None:
    """What something is to contribute to, as groups with an infinitive ("dazu beitragen, X zu gestalten, …")."""
    match = _CONTRIBUTION.search(sentence) if len(sentence) <= LONGEST_SENTENCE else None
    if match is None:
        return None
    items = items_of(sentence[match.end() :])
    if len(items) < 2 or not all(_ends_in_infinitive(item) for item in items):
        return None
    return Enumeration(items, "contributions", sentence[: match.end()].rstrip(" ,"), sentence)


def _after_colon(sentence: str) -> Iterator[Enumeration]:
    """The list behind the first colon that follows an announcing noun."""
    for match in islice(_COLON.finditer(sentence), _MOST_COLONS):
        intro = sentence[: match.start() + 1]
        announcement = announced(intro)
        if announcement is None:
            continue
        rest = sentence[match.end() :]
        items = _stated_goals(rest) if announcement.role == GOALS else _listed(rest, announcement)
        if items:
            yield Enumeration(items, announcement.role, intro, sentence, announcement.count)
        return


def _listed(rest: str, announcement: Announcement) -> tuple[str, ...]:
    """The items behind a colon, or none where a clause follows rather than a list."""
    if not announcement.is_explicit or _CLAUSE_START.match(rest):
        return ()
    items = items_of(rest, announcement.count)
    return items if len(items) >= 2 and all(_is_item(item) for item in items) else ()


def _stated_goals(rest: str) -> tuple[str, ...]:
    """The goals behind a colon: a series of them, or the one that the clause states."""
    items = items_of(rest)
    if len(items) >= 2 and all(map(_is_item, items)) and (len(items) >= 3 or all(map(_ends_in_infinitive, items))):
        return items
    goal = tidy(rest)
    return (goal,) if 2 <= len(goal.split()) <= MAX_ITEM_WORDS else ()


def _appositions(sentence: str) -> Iterator[Enumeration]:
    """Names that stand right behind their common noun: "die Kernthemen Cybersicherheit und Künstliche Intelligenz"."""
    for word in _WORD.finditer(sentence):
        noun = noun_of(word[0]) if word[0][0].isupper() else None
        if noun is None or not noun.is_plural or noun.role not in _APPOSITION_ROLES:
            continue
        match = _APPOSITION.match(sentence, word.end())
        if match:
            yield Enumeration(items_of(match["items"]), noun.role, sentence[word.start() : match.end()], sentence)


def _is_item(item: str) -> bool:
    """Whether words can be an item: not too many, no clause of their own, and something that is named."""
    has_name = any(word[0].isupper() for word in _WORD.findall(item)) or _ends_in_infinitive(item)
    return has_name and len(item.split()) <= MAX_ITEM_WORDS and not _CLAUSE_START.match(item)


def _ends_in_infinitive(item: str) -> bool:
    """Whether a group of words ends in an infinitive with *zu* ("zu fördern", "voranzutreiben")."""
    return re.search(r"(?:\bzu \w+n|\w{2,}zu\w+n)$", item) is not None
