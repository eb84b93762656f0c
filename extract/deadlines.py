"""Doing something at a time, however busy everybody else is: one waiting thread for all exchanges of the process."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable


class Deadlines:
    """Calls actions when their time has come, in a thread of its own that starts with the first.

    A thread a deadline would do, but costs as much as a small request does.  An action that is no longer wanted has to
    know so itself: there is no taking back.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = itertools.count()
        self._thread: threading.Thread | None = None

    def call_at(self, at: float, action: Callable[[], None]) -> None:
        """Have an action called at a monotonic time, in seconds; it must be short and must not raise."""
        with self._changed:
            heapq.heappush(self._waiting, (at, next(self._numbers), action))
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._keep, daemon=True, name="deadlines")
                self._thread.start()
            elif self._waiting[0][2] is action:
                self._changed.notify()

    def _keep(self) -> None:
        while True:
            self._next()()

    def _next(self) -> Callable[[], None]:
        """The action that is due first, once it is due."""
        with self._changed:
            while True:
                if not self._waiting:
                    self._changed.wait()
                    continue
                ahead_s = self._waiting[0][0] - time.monotonic()
                if ahead_s <= 0:
                    return heapq.heappop(self._waiting)[2]
                self._changed.wait(min(ahead_s, threading.TIMEOUT_MAX))


DEADLINES = Deadlines()
"""Those of this process."""
