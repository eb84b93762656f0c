"""German sentences: where one ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_LONGEST = 2_000
_SHORT = 5_000
_ABBREVIATIONS = (
    r"z|B|u|a|d|h|o|ä|i|S|v|n|Chr|ca|bzw|vgl|usw|etc|ggf|evtl|inkl|exkl|zzgl|Nr|Art|Abs|Abb|Tab|Dr|Prof|Dipl|Ing|Str|St|Hl|"
    r"Mio|Mrd|Tsd|rd|Jh|Jan|Feb|Mär|Apr|Jun|Jul|Aug|Sep|Sept|Okt|Nov|Dez|Mo|Di|Mi|Do|Fr|Sa|So|geb|gest|sog|max|min|Tel|Bd|"
    r"Hrsg|Ziff|Kap|lfd|Abt|Ref|Min|Std|mind|Mind|einschl|abzgl|insb|insbes|bes|allg|zz|Zt|Anm|med|jur|phil|rer|nat|Mag|Pkt|Drs|Az|Bgm|urspr|str|Ca|Bzw|Vgl|Rd|Inkl|Ggf|Evtl|Zzgl|Max|Lfd"
)
_END = re.compile(r"[.!?…]+[\"“”»'‘’)\]]*\s+(?=[\"„“»'‚‘(\[]*[A-ZÄÖÜ0-9])")
_ABBREVIATION = re.compile(rf"(?:^|[\s(\[„\"'‚/])(?:{_ABBREVIATIONS}|[A-ZÄÖÜ]|\w\.\w)\.$")
_CLOSING = re.compile(r"(?:^|\s)(?:usw|etc|Chr|Jh|Std|Min)\.$")
"""Abbreviations that may close a sentence."""
_ORDINAL = re.compile(r"(?:^|[\s(\[„\"–/-])\d{1,2}\.$")
_OPENING = re.compile(
    r"[\"„“»'‚‘(\[]*(?:Aber|Als|Alle|Auch|Auf|Aus|Außerdem|Bei|Beide|Bis|Dabei|Dafür|Daher|Damit|Danach|Dann|Darüber|Darunter|Das|"
    r"Dazu|Davon|Den|Denn|Der|Deshalb|Die|Dies|Diese[mnrs]?|Doch|Dort|Durch|Ein|Eine|Einen|Er|Es|Für|Gemeinsam|Heute|Hier|Hierzu|"
    r"Hinzu|Ihr|Ihre|Im|In|Insgesamt|Ist|Jede[rs]?|Mit|Nach|Neben|Nun|Ob|Seit|Sie|So|Sowohl|Um|Und|Unser|Unsere|Von|Vor|Was|Weil|"
    r"Weitere|Wenn|Wer|Wie|Wir|Zu|Zudem|Zum|Zur|Zusätzlich)\b"
)
"""Words that begin a sentence and cannot follow an ordinal number: after them ``36.`` is a number and a full stop."""


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a block, verbatim and in order; their join by one space is the text with white space collapsed.

    A full stop after an abbreviation (``z. B.``, ``u.a.``), an initial or an ordinal number (``23. Januar``) ends none.
    What runs on for more than 2,000 characters is no sentence but data; it is cut at a space.
    """
    return _remembered(text) if len(text) <= _SHORT else _split(text)


@lru_cache(maxsize=2_048)
def _remembered(text: str) -> tuple[str, ...]:
    """The sentences of a text of usual length: every reader of a page asks for those of the same blocks."""
    return _split(text)


def _split(text: str) -> tuple[str, ...]:
    """The sentences of a text."""
    flat = " ".join(text.split())
    result: list[str] = []
    start = 0
    for match in _END.finditer(flat):
        head = flat[start : match.end()].rstrip()
        if head.endswith(".") and _goes_on(head, flat[match.end() :]):
            continue
        result.extend(_cut(head))
        start = match.end()
    result.extend(_cut(flat[start:]))
    return tuple(result)


def _cut(run: str) -> Iterator[str]:
    """A run of words in pieces of at most ``_LONGEST`` characters, longer only where it has no space."""
    while len(run) > _LONGEST and " " in run:
        at = run.rfind(" ", 0, _LONGEST)
        at = at if at > 0 else run.index(" ")
        yield run[:at]
        run = run[at + 1 :]
    if run:
        yield run


def _goes_on(head: str, rest: str) -> bool:
    """Whether the full stop at the end of a head belongs to its last word, so that the sentence goes on."""
    head = head[-30:]
    if _ORDINAL.search(head) or _CLOSING.search(head):
        return not _OPENING.match(rest)
    return bool(_ABBREVIATION.search(head))
