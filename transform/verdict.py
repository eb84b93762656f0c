"""What a capture is worth."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """The head of a verdict, as ``captures.verdict`` and ``refresh --json`` spell it."""

    VERIFIED = "verified"
    NOT_MODIFIED = "not_modified"
    SUSPECT = "suspect"
    BLOCKED = "blocked"
    GONE = "gone"
    FAILED = "failed"


class Suspicion(StrEnum):
    """Why an answer is probably not the page; the part after the colon in ``suspect:*``."""

    MAINTENANCE = "maintenance"
    CONSENT_WALL = "consent_wall"
    JAVASCRIPT_SHELL = "javascript_shell"
    BOT_WALL = "bot_wall"
    SOFT_404 = "soft_404"
    REDIRECT_HOME = "redirect_home"
    REDIRECT_HOST = "redirect_host"
    ERROR_SINK = "error_sink"
    ERROR_TEXT = "error_text"
    COLLAPSE = "collapse"
    EMPTY = "empty"
    MEDIA_TYPE = "media_type"
    LANGUAGE = "language"
    ENCODING = "encoding"
    NO_TEXT_LAYER = "no_text_layer"
    UNREADABLE = "unreadable"
    TIME = "time"
    """It says that it is older than the last good one: a clock was set back, or an older capture came as a night."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict with its reason; ``str()`` gives the contract's word, ``suspect:maintenance`` for one."""

    outcome: Outcome
    reason: str | None = None
    detail: str = ""

    def __str__(self) -> str:
        if self.reason and self.outcome in (Outcome.SUSPECT, Outcome.FAILED):
            return f"{self.outcome}:{self.reason}"
        return str(self.outcome)

    @property
    def is_good(self) -> bool:
        """Whether the page showed its content (or said that it has not changed)."""
        return self.outcome in (Outcome.VERIFIED, Outcome.NOT_MODIFIED)
