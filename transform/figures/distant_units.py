"""What a number counts where its noun does not stand right after it.

``20 von 83 Maßnahmen``; ``Die Zahl der Maßnahmen stieg auf 189``; ``Umgesetzte Maßnahmen: 83``;
``124 Maßnahmen sind abgeschlossen, 191 laufen noch``.
"""

from __future__ import annotations

import re
from dataclasses import replace

from transform.figures.units import Unit, UnitKind, counted_at, unit_of
from transform.german.numbers import FoundNumber

_OF = re.compile(r"\s+(?:von|der)\s+(?:(?:den|insgesamt|derzeit|rund|über|etwa|allen|ursprünglich|geplanten)\s+){0,2}")
_NUMBER_OF = re.compile(r"\b(?:Zahl|Anzahl|Gesamtzahl)\s+(?:der|von|an)(?=\s)")
_IS = re.compile(
    r"\b(?:auf|bei|beträgt|betrug|ist|sind|war|waren|von|lag|liegt|erreicht|erreichte|umfasst)\s+"
    r"(?:(?:rund|etwa|über|mehr als|knapp|fast|inzwischen|derzeit|aktuell|nun|insgesamt|bereits|mindestens|ca\.)\s+)"
    r"{0,2}$",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"^\W*(?:(?:Anz|Gesamtz|Z)ahl\s+(?:der\s+)?)?(?=[A-ZÄÖÜa-zäöü])(?P<label>[^:|\d]{3,60}?)\s*[:|]\s*(?:[^\W\d]+\.?\s+){0,2}$"
)
_PROGRESS = re.compile(
    r"\s+(?:(?:sind|wurden|waren|seien|davon|bereits|schon|noch|inzwischen|derzeit|aktuell|mittlerweile|vollständig|teilweise|"
    r"erfolgreich|weitere|komplett|befinden|sich)\s+){0,3}"
    r"(?:abgeschlossen|umgesetzt|erledigt|erreicht|realisiert|fertiggestellt|gestartet|begonnen|angelaufen|online|laufen|"
    r"beendet|verfügbar|erfüllt|in\s+(?:der\s+)?(?:Umsetzung|Arbeit|Planung|Bearbeitung)|neu)\b"
)


def distant_unit(sentence: str, found: FoundNumber, previous: Unit | None) -> Unit | None:
    """What a number without a noun of its own counts; ``None`` where the sentence does not say it.

    Args:
        sentence: The sentence.
        found: The number.
        previous: What the last figure of the sentence counts.
    """
    unit = _announced(sentence, found) or _labelled(sentence, found)
    if unit is None and previous and previous.kind is UnitKind.COUNT and _PROGRESS.match(sentence, found.end):
        unit = previous
    return replace(unit, end=found.end) if unit else None


def unit_of_part(sentence: str, found: FoundNumber, following: FoundNumber | None) -> Unit | None:
    """``20 von 83 Maßnahmen``: a part counts what the whole counts; ``None`` where the next number is no whole."""
    if found.number.percent or following is None or not _OF.fullmatch(sentence, found.end, following.start):
        return None
    unit = unit_of(sentence, following)
    return replace(unit, end=found.end) if unit and unit.kind is UnitKind.COUNT else None


def _announced(sentence: str, found: FoundNumber) -> Unit | None:
    """``Die Zahl der Maßnahmen stieg auf 189``; where it rose *from*, the number is past and no figure."""
    before = sentence[: found.start]
    announced = next(_NUMBER_OF.finditer(before), None)
    if not announced or not _IS.search(before[-80:]) or re.match(r"\s+auf\s+\S*\d", sentence[found.end :]):
        return None
    unit = counted_at(sentence, announced.end())
    return unit if unit and unit.end <= found.start else None


def _labelled(sentence: str, found: FoundNumber) -> Unit | None:
    """``Umgesetzte Maßnahmen: 83`` as a whole line."""
    label = _LABELLED.match(sentence[: found.start])
    if not label or sentence[found.end :].strip(" .|"):
        return None
    words = label["label"]
    lowered = words[0].lower() + words[1:] if " " in words and re.match(r"\w+e[nr]?\s+[A-ZÄÖÜ]", words) else words
    unit = counted_at(" " + lowered, 0)
    return unit if unit and unit.end == len(words) + 1 else None
