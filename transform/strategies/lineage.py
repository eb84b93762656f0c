"""What came before a strategy and what comes after it, as far as its page says so.

A sentence that tells of another strategy must not speak for this one: that the first programme is finished says nothing
about the second.  :func:`without_others` takes such words out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from transform.german.text import key
from transform.strategies.names import NOUNS

_ARTICLE = r"(?:[Dd]ie|[Dd]er|[Dd]as|[Dd]en|[Dd]em|[Uu]nsere[nrms]?|[Ee]ine[nrms]?|[Dd]iese[nrms]?)"
_NOUN = rf"(?:{'|'.join(noun for noun, _ in NOUNS)}|plan|leitlinien|leitbild|eckpunkte)"
_QUOTE = r"[„\"»“][^„“”\"«»]{3,90}[“”\"«]"
_WORDS = r"[^.,;:!?]{0,110}?"
_OTHER = rf"(?P<other>(?:[\w-]+\s+){{0,4}}?(?:{_QUOTE}|[A-ZÄÖÜ]?[\w-]*(?i:{_NOUN})(?:e?s|en|n)?(?![\w-])){_WORDS})"
_END = r"(?=[.,;!]|$)"
_END_OR_VERB = r"(?=[.,;!]|\s+(?:ist|und)\b|$)"
_FOLLOWS = r"(?:baut|bauen|knüpft|knüpfen|folgt|folgte)"
_WHEN = r"(?:(?:im Jahr|seit|im)\s+[\w. ]{4,20}?\s+)?"
_ORDINALS = r"(?:erste|vorherige|bisherige|frühere|vorangegangene|vorige|alte|zweite|dritte)[nrms]?"

_PREDECESSOR = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:löst|lösen|löste|lösten)\s+(?:\w+\s+){{0,3}}?{_ARTICLE}\s+{_OTHER}\s+ab\b",
        rf"\b(?:hat|haben)\s+{_WHEN}{_ARTICLE}\s+{_OTHER}\s+(?:abgelöst|ersetzt|fortgeschrieben)\b",
        rf"\b(?:ersetzt|ersetzte)\s+(?:\w+\s+){{0,3}}?{_ARTICLE}\s+{_OTHER}{_END}",
        rf"\b(?:schreibt|schreiben|schrieb)\s+{_ARTICLE}\s+{_OTHER}\s+fort\b",
        rf"\btritt\s+an\s+die\s+Stelle\s+(?:der|des)\s+{_OTHER}{_END}",
        rf"(?<!keine )(?<!kein )\bNachfolger(?:in|programm|strategie)?\s+(?:der|des|von)\s+{_OTHER}{_END_OR_VERB}",
        rf"\b{_FOLLOWS}\s+(?:\w+\s+){{0,2}}?(?:auf|an)\s+{_ARTICLE}\s+{_OTHER}(?:\s+(?:auf|an))?{_END}",
        rf"{_ARTICLE}\s+{_OTHER}\s+(?:ist|war)\s+(?:der|die|das)\s+(?:\w+\s+)?Vorgänger",
        rf"\bVorgänger(?:in|programm|strategie)?\s+(?:ist|war|bildet|waren)\s+(?:{_ARTICLE}\s+)?{_OTHER}{_END}",
    )
)
_ARTICLES = re.compile(r"^(?:die|der|das|den|dem|unsere[nrms]?|eine[nrms]?)\s+")
_HINT = re.compile(
    r"l[öo]s|rsetz|schr[ie]|Stelle|achfolg|bau|knüpf|folg|orgänger|erste|vorherige|bisherige|frühere|vor(?:an)?ge|vorige|"
    r"alte|zweite|dritte"
)
"""Parts of words of which every sentence about another strategy has one."""
_ANY_NOUN = re.compile(_NOUN, re.IGNORECASE)
_FINISHED = re.compile(
    rf"\b(?P<other>(?:Das|Die|Der|das|die|der)\s+{_ORDINALS}\s+(?:[\w-]+\s+)?[A-ZÄÖÜ][\w-]*(?i:{_NOUN})(?![\w-])"
    r"(?:\s+(?:aus\s+dem\s+Jahr|von|aus)\s+\d{4})?)"
)
_DATED = re.compile(
    r"\s+(?:aus\s+dem\s+Jahre?|des\s+Jahres|vom\s+Jahre?|aus|von|vom|im\s+Jahre?|seit)\s+(?:\w+\s+|\d{1,2}\.\s*)*\d{4}$|"
    r"\s+\((?:19|20)\d\d\)$"
)
"""When the other strategy was made is no part of its name."""
_SUCCESSOR = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:wurde|wird|werden|wurden|ist)\s+(?:{_WORDS}\s+)?(?:durch|von)\s+{_ARTICLE}\s+{_OTHER}\s+(?:abgelöst|ersetzt)\b",
        rf"\bNachfolger(?:in|programm|strategie)?\s+(?:ist|wird|war)\s+(?:{_ARTICLE}\s+)?{_OTHER}{_END}",
        rf"{_ARTICLE}\s+{_OTHER}\s+(?:ist|wird)\s+(?:der|die|das)\s+Nachfolger",
        rf"\bfolgte\s+(?:\w+\s+)?{_ARTICLE}\s+(?P<other>[A-ZÄÖÜ][\w-]*(?i:{_NOUN})(?:\s(?:\d\.\d|\d{{4}}))?)(?![\w-])",
    )
)


@dataclass(frozen=True, slots=True)
class Lineage:
    """What the page calls the strategy's predecessor and successor; ``None`` where it does not say."""

    predecessor: str | None = None
    successor: str | None = None


def lineage(sentences: Iterable[str]) -> Lineage:
    """Predecessor and successor in the words of the page; the first sentence that says so wins."""
    predecessor = successor = None
    for sentence in sentences:
        if not _HINT.search(sentence):
            continue
        later = _first(_SUCCESSOR, sentence)
        successor = successor or later
        earlier = None if later else _first(_PREDECESSOR, sentence) or _first((_FINISHED,), sentence)
        predecessor = predecessor or earlier
    return Lineage(predecessor, successor)


def tells_of(words: str, name: str | None, own: str) -> bool:
    """Whether words speak of another strategy by its name, and of no further one.

    Args:
        words: A sentence, perhaps with the one before it.
        name: What the page calls the other strategy; ``None`` for none.
        own: What the page calls its own: a name that stands in it as well tells the two apart no more.
    """
    other = _ARTICLES.sub("", key(name or ""))
    if not other or other in key(own):
        return False
    said = key(words)
    if other not in said or not re.search(rf"(?<!\w){re.escape(other)}(?!\w|\s\d)", said):
        return False
    rest = without_others(words)
    is_object = bool(rest) and rest != words
    return not is_object and _ANY_NOUN.search(said.replace(other, " ")) is None


def without_others(sentence: str) -> str:
    """A sentence without the words that name another strategy; empty where another one is its subject."""
    if not _HINT.search(sentence):
        return sentence
    if _FINISHED.search(sentence):
        return ""
    for pattern in (*_PREDECESSOR, *_SUCCESSOR):
        if match := pattern.search(sentence):
            start, end = match.span("other")
            if start <= len("Die ") + 2:
                return ""
            return sentence[:start] + sentence[end:]
    return sentence


def _first(patterns: Iterable[re.Pattern[str]], sentence: str) -> str | None:
    """What the first matching pattern names."""
    for pattern in patterns:
        if match := pattern.search(sentence):
            return _DATED.sub("", " ".join(match["other"].split())).strip(" ,–-")
    return None
