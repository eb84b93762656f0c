"""What a change says (the contract's table ``changes``)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Entity(StrEnum):
    """What changed."""

    PAGE = "page"
    STRATEGY = "strategy"
    SECTION = "section"
    ACTION_FIELD = "action_field"
    GOAL = "goal"
    LIST_ITEM = "list_item"
    FIGURE = "figure"
    DATE = "date"
    EVENT = "event"
    CONTACT = "contact"
    PERSON = "person"
    QUOTE = "quote"
    DOCUMENT = "document"


class ChangeKind(StrEnum):
    """How it changed."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    CHANGED = "changed"
    EDITED = "edited"
    MOVED = "moved"
    REORDERED = "reordered"
    REPLACED = "replaced"


class Cause(StrEnum):
    """Who caused it: the page, or our own reading of it."""

    PAGE = "page"
    EXTRACTOR = "extractor"


class ChangeClass(StrEnum):
    """How it is routed: only ``content`` and a first ``return`` after a stable time alert."""

    CONTENT = "content"
    EDITORIAL = "editorial"
    ORDER = "order"
    LINK_NOISE = "link_noise"
    RETURN = "return"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A typed difference between two versions of a page, before it gets its time and its number.

    ``before`` and ``after`` hold both values as text (``None`` and the new text for added, the old text and ``None``
    for removed).  ``summary`` is one German sentence for people; ``significance`` lies between 0 and 1.
    """

    entity: Entity
    entity_key: str
    kind: ChangeKind
    field: str | None = None
    before: str | None = None
    after: str | None = None
    summary: str
    section: str | None = None
    cause: Cause = Cause.PAGE
    change_class: ChangeClass = ChangeClass.CONTENT
    significance: float = 0.5
    reason: str = ""
    """Why it matters as much as it does: one German phrase, the reason of ``significance``."""
