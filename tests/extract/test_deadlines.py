"""Deadlines are kept in their order, by one thread."""

from __future__ import annotations

import threading
import time

from extract.deadlines import Deadlines


def test_actions_are_called_in_the_order_of_their_times_whenever_they_were_asked_for() -> None:
    deadlines, called, done = Deadlines(), list[str](), threading.Event()
    now = time.monotonic()

    deadlines.call_at(now + 0.20, done.set)
    deadlines.call_at(now + 0.15, lambda: called.append("spät"))
    deadlines.call_at(now + 0.05, lambda: called.append("früh"))

    assert done.wait(10)
    assert called == ["früh", "spät"]


def test_an_action_is_not_called_before_its_time() -> None:
    deadlines, times, done = Deadlines(), list[float](), threading.Event()
    at = time.monotonic() + 0.1

    def act() -> None:
        times.append(time.monotonic())
        done.set()

    deadlines.call_at(at, act)

    assert done.wait(10)
    assert times[0] >= at


def test_one_thread_keeps_all_deadlines() -> None:
    deadlines, done = Deadlines(), threading.Event()
    before = threading.active_count()

    for _ in range(50):
        deadlines.call_at(time.monotonic() + 3600, done.set)

    assert threading.active_count() == before + 1
