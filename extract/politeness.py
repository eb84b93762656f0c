"""How often a host may be asked, kept for every host of a run and shared by all sessions.

One request at a time per host; starts no closer than the host's pause; never sooner than a ``Retry-After`` said; and a
budget of time for attempts that failed.  Hosts are the original ones: PREFIX's own host has a pause of its own.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from extract.clock import Clock
from extract.fetch_settings import FetchSettings
from extract.model import Exchange, FetchError, FetchErrorKind
from extract.robots import RobotsRules
from extract.via import Via

PACE_MARGIN_S = 0.05
"""Added to every pause: it is kept where requests arrive, and they do not arrive as evenly as they leave."""

_ASKING_STATUSES = frozenset({429, 500, 502, 503, 504})
"""Answers whose ``Retry-After`` (RFC 9110, section 10.2.3; RFC 6585, section 4) is believed."""


@dataclass
class HostState:
    """What a run knows of one host.  Monotonic times, seconds; guarded by its locks."""

    pause_s: float
    budget_s: float
    turn: threading.Lock = field(default_factory=threading.Lock)
    """Held while the host is asked for something."""
    robots_turn: threading.Lock = field(default_factory=threading.Lock)
    """Held while its robots.txt is read."""
    robots: RobotsRules | None = None
    last_start: float | None = None
    not_before: float | None = None
    hung_in_a_row: int = 0


class Courtesy:
    """The pace of all hosts in one run; hand the same one to every session of the run."""

    def __init__(self, settings: FetchSettings, clock: Clock) -> None:
        self._settings = settings
        self._limits = settings.limits
        self._clock = clock
        self._via = Via(settings.via)
        self._hosts: dict[str, HostState] = {}
        self._guard = threading.Lock()
        prefix_pause_s = 0.0 if self._via.is_loopback else settings.via_min_pause_s
        self._prefix = HostState(prefix_pause_s, self._limits.retry_budget_s)

    def host(self, name: str) -> HostState:
        """What is known of a host."""
        with self._guard:
            if name not in self._hosts:
                pause_s = 0.0 if self._via.is_loopback else self._settings.min_pause_s
                self._hosts[name] = HostState(pause_s, self._limits.retry_budget_s)
            return self._hosts[name]

    def learn(self, name: str, rules: RobotsRules) -> None:
        """Keep what a host's robots.txt said."""
        state = self.host(name)
        state.robots = rules
        if rules.crawl_delay_s is not None:
            state.pause_s = max(state.pause_s, rules.crawl_delay_s)

    @contextmanager
    def turn(self, name: str) -> Iterator[FetchError | None]:
        """Wait for our turn at a host and keep it inside; gives the reason where the host is put off instead."""
        state = self.host(name)
        with state.turn:
            refusal = self._refusal(name, state)
            if refusal is None:
                self._wait_for(state)
                self._take_prefix_turn()
                state.last_start = self._clock.monotonic()
            yield refusal

    def heard(self, name: str, exchange: Exchange, sent_at: float | None) -> None:
        """Take note of how a host answered; to be called inside its turn.

        Args:
            name: The host.
            exchange: What came of the request.
            sent_at: Monotonic time at which the request had left.
        """
        state = self.host(name)
        state.last_start = max(state.last_start or 0.0, sent_at or 0.0)
        hung = exchange.error is not None and exchange.error.kind is FetchErrorKind.TIMEOUT
        if not hung:
            state.hung_in_a_row = 0
        wait_s = retry_after_s(exchange, self._clock.now())
        if wait_s is not None:
            until = self._clock.monotonic() + wait_s
            state.not_before = max(state.not_before or 0.0, until)
            if self._via.prefix is not None and exchange.memento_at is None:  # the archive itself asks for a pause
                self._prefix.not_before = max(self._prefix.not_before or 0.0, until)

    def gave_up(self, name: str) -> None:
        """Take note that a page of a host ran into the deadline for good."""
        self.host(name).hung_in_a_row += 1

    def spend(self, name: str, seconds: float) -> float:
        """Take time from a host's budget for failed attempts; gives what is left."""
        state = self.host(name)
        state.budget_s -= seconds
        return state.budget_s

    def _refusal(self, name: str, state: HostState) -> FetchError | None:
        """Why a host is put off in this run; ``None`` where it is worth waiting for."""
        if state.pause_s > self._limits.longest_crawl_delay_s:
            detail = f"{name} wants {state.pause_s:g} s between two requests, more than longest_crawl_delay_s allows"
            return FetchError(FetchErrorKind.DEFERRED, detail)
        if state.hung_in_a_row >= self._limits.hung_pages:
            detail = f"{name} let {state.hung_in_a_row} pages in a row run into the deadline"
            return FetchError(FetchErrorKind.DEFERRED, detail)
        ahead_s = max(self._ahead_s(state), self._ahead_s(self._prefix))
        if ahead_s > 0 and ahead_s > min(self._limits.longest_pause_s, state.budget_s):
            detail = f"{name} asked not to be asked again for another {ahead_s:.0f} s"
            return FetchError(FetchErrorKind.DEFERRED, detail)
        return None

    def _ahead_s(self, state: HostState) -> float:
        """What is left of the pause that a ``Retry-After`` asked for."""
        return 0.0 if state.not_before is None else max(0.0, state.not_before - self._clock.monotonic())

    def _wait_for(self, state: HostState) -> None:
        """Wait until a host may be asked again."""
        now = self._clock.monotonic()
        paced = 0.0
        if state.last_start is not None and state.pause_s > 0:
            paced = state.last_start + state.pause_s + PACE_MARGIN_S - now
        ahead_s = self._ahead_s(state)
        state.budget_s -= ahead_s
        if max(paced, ahead_s) > 0:
            self._clock.sleep(max(paced, ahead_s))

    def _take_prefix_turn(self) -> None:
        """Wait until PREFIX's host may be asked again, and take that moment."""
        if self._via.prefix is not None:
            with self._prefix.turn:
                self._wait_for(self._prefix)
                self._prefix.last_start = self._clock.monotonic()


def retry_after_s(exchange: Exchange, now: datetime) -> float | None:
    """The pause that an answer asks for, in seconds from now; ``None`` where it asks for none that can be read."""
    value = (exchange.header("Retry-After") or "").strip()
    if exchange.status not in _ASKING_STATUSES or not value:
        return None
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, ((at if at.tzinfo else at.replace(tzinfo=UTC)) - now).total_seconds())
