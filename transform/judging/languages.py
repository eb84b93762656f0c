"""In which language a page speaks, by its commonest words.

A portal that suddenly answers in another language is no change of the strategy; which language is the page's own is
what it was last read in, not what the catalogue's country suggests.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from transform.document import Document
from transform.german.text import comparable

LEAST_WORDS = 40
"""A shorter text does not tell its language by its words."""
_LEAST_SHARE = 0.08
"""From this share of function words on, a text is in their language."""
_TWICE = 2
"""One language is told apart from the next where it has so many times its words."""
_WORD = re.compile(r"[^\W\d_]+")
_FUNCTION_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "de": "der die das und ist nicht mit für von den des dem ein eine einer auf im zu sich wir sie wird auch",
        "en": "the and of to in is that for with are this we our by on be as an at from it will you your or",
        "fr": "le la les et des du est pour dans que qui une un sur par au aux nous vous ce cette sont avec ne pas",
        "es": "el la los las y de del es para en que una un por con al se su sus como no más esta este son",
        "it": "il lo la gli le e di del della è per in che una un con al si sono come non più questo questa dei delle",
        "nl": "de het een en van is voor in dat die met op te zijn wij u uw door aan niet of om deze worden",
        "pl": "i w z na do się że jest nie o dla przez od po oraz jak to są lub przy",
        "da": "og i at er det en til af for på med den der som ikke de et har vi du kan eller",
    }.items()
}


def text_language(document: Document) -> str | None:
    """The language of the main content (ISO 639-1).

    A text too short to tell has the language that the page declares; ``None`` where neither tells.
    """
    return _language_of(document.text, document.language)


@lru_cache(maxsize=8)
def _language_of(text: str, declared: str | None) -> str | None:
    """The same of a text; judging a page asks several times."""
    words = [word.lower() for word in _WORD.findall(comparable(text))]
    if len(words) < LEAST_WORDS:
        return declared.split("-")[0] if declared else None
    counted = Counter(words)
    found = {language: sum(counted[word] for word in common) for language, common in _FUNCTION_WORDS.items()}
    (first, most), (_, second) = sorted(found.items(), key=lambda entry: -entry[1])[:2]
    if most < _LEAST_SHARE * len(words) or most < _TWICE * second:
        return None
    return first
