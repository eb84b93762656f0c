"""Verbs of speech: how German pages attribute words to a speaker."""

from __future__ import annotations

import re

_PAST = (
    r"sagte|betonte|unterstrich|erklärte|ergänzte|erläuterte|äußerte|bekräftigte|hob\s+hervor|versicherte|kündigte\s+an|fügte\s+hinzu|meinte|berichtete|"
    r"resümierte|kommentierte|mahnte|lobte|würdigte|begrüßte|freute\s+sich|zeigte\s+sich|stellte\s+fest|führte\s+aus|teilte\s+mit|verdeutlichte|forderte|"
    r"appellierte|schloss|fasste\s+zusammen|sprach|hob|fügte|stellte|führte|kündigte|teilte|machte|antwortete|bilanzierte|konstatierte|schrieb|"
    r"unterstreicht|hebt|fügt|stellt|führt|teilt|freut\s+sich|zeigt\s+sich|freut|spricht|schreibt|dankte|dankt|wies|weist|warb|wirbt|"
)
_PRESENT = (
    r"sagt|betont|erklärt|ergänzt|erläutert|äußert|bekräftigt|versichert|meint|berichtet|resümiert|kommentiert|mahnt|lobt|würdigt|begrüßt|"
    r"kündigt\s+an|verdeutlicht|fordert|appelliert|bilanziert|konstatiert|antwortet|findet|fand|zitiert|erinnert|erinnerte|hofft|hoffte|verspricht|versprach|moderiert|moderierte"
)
SPEECH_VERB = _PAST + _PRESENT
"""Alternatives of a pattern: finite verbs of speech, third person singular, past and present."""

SPEECH_BEFORE_NAME = re.compile(
    rf"(?:[,“”\"»«–-]\s*so|\b(?:{SPEECH_VERB}))\s+(?:auch\s+|dazu\s+|weiter\s+|abschließend\s+)?(?=[A-ZÄÖÜ])",
    re.IGNORECASE,
)
"""A verb of speech (or ``so`` after a comma) before a capitalised word."""
_FIRST_WORDS = frozenset({"so", *(verb.split(r"\s+")[0] for verb in SPEECH_VERB.split("|"))})
_LETTERS = re.compile(r"[a-zäöüß]+")


def may_attribute(sentence: str) -> bool:
    """Whether a sentence has a verb of speech or ``so`` at all: a quick look before the slow one."""
    return not _FIRST_WORDS.isdisjoint(_LETTERS.findall(sentence.lower()))
