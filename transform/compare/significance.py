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


def significance(entity: Entity, kind: ChangeKind, change_class: ChangeClass) -> float:
    """The significance of a change, rounded to two places."""
    value = _BASE[entity] * _WEIGHT.get(kind, 1.0)
    return round(min(value, _CLASS_CEILING.get(change_class, 1.0)), 2)
