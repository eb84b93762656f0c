"""How much a change matters, from 0 to 1, and whether a threshold lets it through.

The scale is a table, so that a reader can see why one change stands above another: 0.9 and more changes what a strategy
is or promises; around 0.7 its fields, goals and figures; around 0.5 its wording; below 0.3 its order and spelling.
"""

from __future__ import annotations

from transform.change import ChangeClass, ChangeKind, Entity

_BASE: dict[Entity, float] = {
    Entity.STRATEGY: 0.95,
    Entity.FIGURE: 0.8,
    Entity.ACTION_FIELD: 0.85,
    Entity.GOAL: 0.85,
    Entity.PAGE: 0.75,
    Entity.DOCUMENT: 0.75,
    Entity.EVENT: 0.6,
    Entity.DATE: 0.65,
    Entity.SECTION: 0.55,
    Entity.LIST_ITEM: 0.6,
    Entity.CONTACT: 0.45,
    Entity.PERSON: 0.4,
    Entity.QUOTE: 0.4,
}
_WEIGHT: dict[ChangeKind, float] = {
    ChangeKind.EDITED: 0.9,
    ChangeKind.RENAMED: 0.9,
    ChangeKind.MOVED: 0.9,
    ChangeKind.REORDERED: 0.5,
}
_CLASS_CEILING: dict[ChangeClass, float] = {
    ChangeClass.EDITORIAL: 0.15,
    ChangeClass.ORDER: 0.25,
    ChangeClass.LINK_NOISE: 0.05,
}


_REASON: dict[Entity, str] = {
    Entity.STRATEGY: "ändert, was die Strategie ist oder zusagt",
    Entity.FIGURE: "ändert eine genannte Zahl",
    Entity.ACTION_FIELD: "ändert die Handlungsfelder der Strategie",
    Entity.GOAL: "ändert die Ziele der Strategie",
    Entity.PAGE: "ändert, wer die Seite verantwortet, wie sie heißt oder wo sie liegt",
    Entity.DOCUMENT: "ändert ein Dokument, auf das die Seite sich stützt",
    Entity.EVENT: "ändert Ort oder Zeit einer Veranstaltung",
    Entity.DATE: "ändert ein genanntes Datum",
    Entity.SECTION: "ändert den Wortlaut der Seite",
    Entity.LIST_ITEM: "ändert eine Aufzählung der Seite",
    Entity.CONTACT: "ändert, an wen man sich wendet",
    Entity.PERSON: "ändert, wen die Seite nennt",
    Entity.QUOTE: "ändert ein Zitat",
}
_CLASS_REASON: dict[ChangeClass, str] = {
    ChangeClass.EDITORIAL: "nur Schreibweise oder Zeichensetzung",
    ChangeClass.ORDER: "nur Ort oder Reihenfolge, kein Wort ist anders",
    ChangeClass.LINK_NOISE: "nur eine Adresse, kein Wort ist anders",
}


def reason(entity: Entity, change_class: ChangeClass) -> str:
    """Why a change has its significance, as a German phrase that completes „Diese Änderung …“ or stands alone."""
    return _CLASS_REASON.get(change_class) or _REASON[entity]


def significance(entity: Entity, kind: ChangeKind, change_class: ChangeClass) -> float:
    """The significance of a change, rounded to two places."""
    value = _BASE[entity] * _WEIGHT.get(kind, 1.0)
    return round(min(value, _CLASS_CEILING.get(change_class, 1.0)), 2)
