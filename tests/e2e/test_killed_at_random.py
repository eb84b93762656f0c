"""``kill -9`` at random and at aimed moments, in short; ``python -m tests.benchmarks.kills`` does it at length."""

from __future__ import annotations

from tests.benchmarks.kills import measure


def test_after_any_kill_nothing_is_lost_and_repeats_carry_their_key() -> None:
    """Tables, archive, published copy and messages are those of an undisturbed play, but for what honestly differs."""
    tally = measure(6, seed=5, step="refresh", nights=2, pages=2)
    assert tally.faults == []
    assert tally.kills.total() >= 6
