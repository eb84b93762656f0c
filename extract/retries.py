"""Whether a failed attempt at a page is worth another one, and after what pause: a pure decision."""

from __future__ import annotations

from extract.fetch_settings import FetchLimits
from extract.model import Exchange, FetchErrorKind

_PASSING_ERRORS = frozenset({FetchErrorKind.CONNECTION, FetchErrorKind.DNS, FetchErrorKind.TRUNCATED})
_PASSING_STATUSES = frozenset({502, 503, 504})
_ONCE_MORE = 2

LEAST_ATTEMPT_S = 3.0
"""A further attempt with less time than this is not worth a request."""


def pause_before_retry_s(
    answer: Exchange, attempt: int, asked_pause_s: float | None, budget_s: float, limits: FetchLimits
) -> float | None:
    """Seconds to wait before the next attempt; ``None`` where there is to be none.

    Connections that failed and 502, 503, 504 are tried again up to ``limits.attempts``; a time-out and a 500 once; a
    429 only where it says when.  A pause that the answer asks for is kept, or the page is not asked again.

    Args:
        answer: The last exchange of the attempt.
        attempt: Its number, from 1.
        asked_pause_s: How long the host wants to be left alone; ``None`` where it said nothing.
        budget_s: What is left for failed attempts at this host.
        limits: How much an operator allows.
    """
    if attempt >= min(limits.attempts, _most_attempts(answer, asked_pause_s)):
        return None
    pause_s = max(limits.retry_base_s * 2.0 ** (attempt - 1), asked_pause_s or 0.0)
    if pause_s > limits.longest_pause_s or pause_s + LEAST_ATTEMPT_S > budget_s:
        return None
    return pause_s


def _most_attempts(answer: Exchange, asked_pause_s: float | None) -> int:
    """How many attempts this kind of failure is worth; an answer that is none is worth what it took."""
    if answer.error is not None:
        if answer.error.kind is FetchErrorKind.TIMEOUT:
            return _ONCE_MORE
        return 99 if answer.error.kind in _PASSING_ERRORS else 1
    if answer.status == 500:
        return _ONCE_MORE
    if answer.status in _PASSING_STATUSES or (answer.status == 429 and asked_pause_s is not None):
        return 99
    return 1
