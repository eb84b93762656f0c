"""What the account tells, as plain values: nights, pages, changes, and what was held back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PageSeen:
    """What a page's last capture of a night was worth, in the contract's words (``suspect:maintenance``)."""

    page_id: str
    verdict: str

    @property
    def outcome(self) -> str:
        """The verdict without its reason."""
        return self.verdict.partition(":")[0]


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """One row of the table ``changes``; ``summary`` is its German sentence."""

    page_id: str
    entity: str
    kind: str
    field: str | None
    before: str | None
    after: str | None
    summary: str
    change_class: str = "content"


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A capture that was stored but not believed: why, and when the version that still stands was last seen (aware)."""

    page_id: str
    verdict: str
    why: str
    stands_since: datetime | None


@dataclass(frozen=True, slots=True)
class NightSeen:
    """One night: when it was (aware), what the portal did in it in one line, and what came of it."""

    number: int
    observed_at: datetime
    about: str
    pages: tuple[PageSeen, ...]
    changes: tuple[ChangeTold, ...] = ()
    held_back: tuple[HeldBack, ...] = ()
    alerts: int = 0

    def verdict_of(self, page_id: str) -> PageSeen | None:
        """What was seen of a page; ``None`` where it was not asked."""
        return next((page for page in self.pages if page.page_id == page_id), None)


@dataclass(frozen=True, slots=True)
class Account:
    """All nights in their order, the data folder in which they lie, and how many seconds playing them took.

    ``program`` is what a shell calls the command line by.
    """

    nights: tuple[NightSeen, ...]
    data_folder: str
    seconds: float
    program: str = "strategiemonitor"

    @property
    def page_ids(self) -> tuple[str, ...]:
        """Every page, in the order in which it was first seen."""
        return tuple(dict.fromkeys(page.page_id for night in self.nights for page in night.pages))
