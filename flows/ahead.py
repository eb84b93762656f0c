"""A run that is begun before Prefect's flow can begin: portals are asked while a temporary server still starts.

A module of its own: Prefect copies a flow into other processes with all that it refers to in its module, and a context
variable cannot be copied.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar

from prefect.logging import get_logger

from flows.running import RunRequest, RunUnderWay, under_way

_BEGUN: ContextVar[RunUnderWay | None] = ContextVar("begun", default=None)
"""A flow takes plain parameters only; what this process has begun already is handed on here."""


def begun_run() -> RunUnderWay | None:
    """The run that the flow of this thread goes on with; ``None`` where it begins its own."""
    return _BEGUN.get()


@contextmanager
def begun_ahead(request: RunRequest) -> Iterator[None]:
    """In the block, portals are asked from now on, and the flow of this thread goes on with that run.

    Where the flow never comes to it (no server, Ctrl-C), what was archived stays, and nothing is loaded.

    Raises:
        StrategiemonitorError: As :func:`flows.running.run`, before anything was asked.
    """
    with (
        under_way(request, get_logger("refresh")) as begun,
        ThreadPoolExecutor(begun.work.portals_at_once, thread_name_prefix="portal") as threads,
    ):
        begun.work.begin(threads)
        token = _BEGUN.set(begun)
        try:
            yield
        finally:
            _BEGUN.reset(token)
            threads.shutdown(wait=False, cancel_futures=True)
