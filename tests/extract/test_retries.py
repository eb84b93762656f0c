"""Whether to try again: never sooner than asked, never beyond the budget, never without end."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from extract.fetch_settings import FetchLimits
from extract.model import Exchange, FetchError, FetchErrorKind
from extract.retries import LEAST_ATTEMPT_S, pause_before_retry_s

AT = datetime(2026, 1, 5, tzinfo=UTC)
LIMITS = FetchLimits()
ANSWERS = st.one_of(
    st.sampled_from([200, 304, 403, 404, 410, 429, 500, 502, 503, 504]).map(
        lambda s: Exchange("https://a.example/", AT, s)
    ),
    st.sampled_from(FetchErrorKind).map(lambda k: Exchange("https://a.example/", AT, error=FetchError(k, "so"))),
)


@given(
    answer=ANSWERS,
    attempt=st.integers(1, 9),
    asked_s=st.none() | st.floats(0, 1e6),
    budget_s=st.floats(-100, 100),
)
def test_a_pause_keeps_every_promise(answer: Exchange, attempt: int, asked_s: float | None, budget_s: float) -> None:
    """Whatever failed: the pause that was asked for is kept, the budget holds, and attempts end."""
    pause_s = pause_before_retry_s(answer, attempt, asked_s, budget_s, LIMITS)
    if pause_s is None:
        return
    assert pause_s >= (asked_s or 0.0)
    assert pause_s <= LIMITS.longest_pause_s
    assert pause_s + LEAST_ATTEMPT_S <= budget_s
    assert attempt < LIMITS.attempts
    assert answer.status not in (200, 304, 403, 404, 410)


def test_a_hanging_server_costs_less_than_half_a_minute() -> None:
    """The first attempt's deadline, the pause and what is left of the budget come to less than 30 s."""
    hung = Exchange("https://a.example/", AT, error=FetchError(FetchErrorKind.TIMEOUT, "hing"))
    left_s = LIMITS.retry_budget_s - LIMITS.total_deadline_s
    pause_s = pause_before_retry_s(hung, 1, None, left_s, LIMITS)
    assert pause_s is not None
    assert LIMITS.total_deadline_s + pause_s + (left_s - pause_s - 1.0) < 30
    assert pause_before_retry_s(hung, 2, None, left_s, LIMITS) is None
