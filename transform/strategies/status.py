"""How far a strategy is, from the sentences that tell of it: decided, under way, updated, carried out, replaced."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from transform.records import Status
from transform.strategies.naming import Naming, mentions

_AUTHORITY = re.compile(
    r"\b(?:(?:(?!Di|De|Unser)[A-ZÄÖÜ][\w-]+(?:e|er|en|es)\s+)?"
    r"(?:Landesregierung|Staatsregierung|Bundesregierung|Bundeskabinett|Landeskabinett|Digitalkabinett|Digitalisierungskabinett|Kabinett|Ministerrat|Senat|Landtag|Digitalisierungsrat)"
    r"(?:\s+(?:von|des|der)\s+(?:Landes\s+|Freistaates?\s+|Freien\s+(?:und\s+)?Hansestadt\s+)?[A-ZÄÖÜ][\w-]+)?)"
)
_BY = re.compile(r"\b(?:vom|von\s+der|von|durch\s+(?:das|den|die))\s+$")
_PRONOUN = re.compile(r"^(?:Sie|Er|Es)\b|(?<=\bhat )(?:sie|ihn|es)\b|(?<=\bhaben )(?:sie|ihn|es)\b")
_DECIDED = re.compile(
    r"\b(?:[Bb]eschlossen|[Vv]erabschiedet|[Gg]ebilligt|zugestimmt|beschloss|verabschiedete|billigte|"
    r"stimmte(?=.*\bzu\b))\b"
)
_NOT_YET = re.compile(
    r"\b(?:soll(?:en)?|wollen|will|werden\s+soll|noch\s+nicht|nicht|geplant|voraussichtlich|künftig)\b|"
    r"\bwird\b(?:[^.;]|(?<=\d)\.)*\b(?:beschlossen|verabschiedet|gebilligt)\b"
)
_UPDATED = re.compile(r"\b(?:fortgeschrieben|fortgeschriebene[nrms]?|Fortschreibung)\b")
_HABIT = re.compile(r"\b(?:jährlich|jedes\s+Jahr|regelmäßig|fortlaufend|laufend|stetig|kontinuierlich|ständig)\b")
_UNDER_WAY = re.compile(
    r"\blaufende[nrms]?\s+\w*[Pp]rozess|\b(?:wird|werden)\s+(?:derzeit|aktuell|zurzeit|gegenwärtig|laufend|bereits|schrittweise)\s+"
    r"(?:[\w-]+\s+){0,3}?umgesetzt|\bbefindet\s+sich\s+(?:[\w-]+\s+){0,3}?in\s+(?:der\s+)?Umsetzung|\bist\s+in\s+Umsetzung|"
    r"\bläuft\s+(?:noch|derzeit|aktuell|seit|bis)\b"
)
_DONE = re.compile(
    r"^[^.,;:]{0,60}?\b(?:ist|wurde|gilt\s+als|war)\b[^.,;:]{0,50}?\b(?:umgesetzt|abgeschlossen|beendet|ausgelaufen)\b|"
    r"^[^.,;:]{0,30}?(?:umgesetzt|abgeschlossen|beendet|ausgelaufen)\s+(?:ist|wurde|war)\b"
)
_PART_DONE = re.compile(
    r"\b(?:teilweise|zum\s+Teil|noch|nicht|zu\s+\d|größtenteils|überwiegend|zur\s+Hälfte|derzeit|aktuell)\b"
)
_REPLACED = re.compile(r"^[^.;:]{0,60}?\b(?:wurde|ist)\b[^.;:]{0,120}?\babgelöst\b")
_SUBJECT = re.compile(r"(?:^|\b(?:[Dd]ie|[Dd]as|[Dd]er|[Uu]nsere?|[Dd]iese[rs]?|[Aa]uch)\s+(?:[\w-]+e\s+)?|[„\"»])$")
_GENITIVE = re.compile(
    r"\b(?:der|des|von|unserer|unseres|dieser|dieses|ihrer|zur|zum|mit|im|in|Rahmen)\s+(?:[\w-]+(?:en|er)\s+)?$"
)
_STAGES = (Status.BESCHLOSSEN, Status.LAUFEND, Status.FORTGESCHRIEBEN, Status.UMGESETZT, Status.ABGELOEST)


@dataclass(frozen=True, slots=True)
class Standing:
    """A strategy's status with the sentence that says so, and who decided it; ``None`` where the page does not say."""

    status: Status | None = None
    evidence: str | None = None
    authority: str | None = None


def standing(naming: Naming, sentences: Iterable[tuple[str, str]]) -> Standing:
    """How far the strategy is: the latest stage that a sentence about it tells.

    Args:
        naming: What the strategy is called.
        sentences: Sentences without the words that name another strategy, each with its verbatim form; empty where
            another strategy is the subject.  A pronoun in a sentence stands for the subject of the one before it.
    """
    told: list[tuple[int, str]] = []
    authority = None
    was_about = False
    for sentence, verbatim in sentences:
        places = [match.span() for match in mentions(sentence, naming)]
        if not places and was_about:
            places = [match.span() for match in _PRONOUN.finditer(sentence)][:1]
        was_about = bool(places)
        stage = _stage(sentence, places) if places else None
        if stage is None:
            continue
        told.append((_STAGES.index(stage), verbatim))
        if stage is Status.BESCHLOSSEN and authority is None:
            authority = _authority(sentence)
    if not told:
        return Standing(authority=authority)
    rank, evidence = max(told, key=lambda each: each[0])
    return Standing(_STAGES[rank], evidence, authority)


def decided(sentence: str) -> Standing:
    """The standing of a strategy of which a sentence tells the day of its decision, in whatever words."""
    return Standing(Status.BESCHLOSSEN, sentence, _authority(sentence))


def _authority(sentence: str) -> str | None:
    """Who decided: named behind "vom" or "durch", else first."""
    found = list(_AUTHORITY.finditer(sentence))
    by = next((match for match in found if _BY.search(sentence[: match.start()])), None)
    chosen = by or next(iter(found), None)
    return chosen[0] if chosen else None


def _stage(sentence: str, places: list[tuple[int, int]]) -> Status | None:
    """The stage that one sentence tells of the strategy mentioned in it."""
    subjects = [(start, end) for start, end in places if _is_subject(sentence[:start])]
    for _, end in subjects:
        rest = sentence[end:]
        if _REPLACED.match(rest):
            return Status.ABGELOEST
        if (done := _DONE.match(rest)) and not _PART_DONE.search(done[0]):
            return Status.UMGESETZT
    if _UPDATED.search(sentence) and not _NOT_YET.search(sentence) and not _HABIT.search(sentence):
        return Status.FORTGESCHRIEBEN
    if _UNDER_WAY.search(sentence):
        return Status.LAUFEND
    if _DECIDED.search(sentence) and not _NOT_YET.search(sentence):
        return Status.BESCHLOSSEN
    return None


def _is_subject(before: str) -> bool:
    """Whether a name stands where a subject does: behind an article in the nominative, or at the beginning."""
    return bool(_SUBJECT.search(before)) and not _GENITIVE.search(before)
