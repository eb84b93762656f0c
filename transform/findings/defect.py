"""A defect of a page before it becomes a finding."""

from __future__ import annotations

from dataclasses import dataclass

from transform.outline import Placed


@dataclass(frozen=True, slots=True)
class Defect:
    """A defect before it gets its rank: its kind, the words in which it shows, what is wrong, and where."""

    type: str
    evidence: str
    detail: str
    place: Placed | None = None
