"""Reading on all cores: who has many pages to read in full hands them to processes beside this one.

Threads do not help there, since reading is Python's own work.  A process takes 1.5 s of CPU to import what it needs, so
a usual night, which knows nearly all its pages again, starts none.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar

from extract.errors import StrategiemonitorError
from transform.safe_text import on_one_line

if TYPE_CHECKING:
    from loky import ProcessPoolExecutor

P = ParamSpec("P")
A = TypeVar("A")
T = TypeVar("T")

LEAST_READINGS = 100
"""Fewer are read sooner here than there: so many take as long as the processes to start."""
_MOST_PROCESSES = 16
_LOOK_EVERY_S = 1.0


class ProcessDiedError(StrategiemonitorError):
    """A page was the death of the process that read it: by a fault of ours, or for want of memory."""

    def __init__(self, said: str) -> None:
        super().__init__(
            f"The process that read a page died: {on_one_line(said)}",
            "See whether the machine had memory left; its other pages were read, and its body is in the archive.",
        )


class Execution(Protocol):
    """Where pure functions that read are carried out."""

    def call(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What the function returns; whatever it raises is raised."""

    def each(self, function: Callable[[A], T], arguments: Sequence[A]) -> list[T]:
        """What the function returns for each argument, in their order."""


class InThisProcess:
    """In this process, one after the other."""

    def call(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """See :meth:`Execution.call`."""
        return function(*args, **kwargs)

    def each(self, function: Callable[[A], T], arguments: Sequence[A]) -> list[T]:
        """See :meth:`Execution.each`."""
        return [function(argument) for argument in arguments]


class InOtherProcesses:
    """In processes beside this one.  Functions are module-level ones; what they take and return is copied.

    A process that dies (killed, out of memory) takes nobody else's page with it: what was under way is called once
    more in a process of its own.  Safe to use from several threads.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._guard = threading.Lock()
        self._processes = _started(count)

    def call(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """See :meth:`Execution.call`.

        Raises:
            ProcessDiedError: If a process died of this very call.
        """
        processes = self._processes
        try:
            return _result(processes, function, *args, **kwargs)
        except BrokenProcessPool:
            self._replace(processes)
        alone = _started(1)
        try:
            return _result(alone, function, *args, **kwargs)
        except BrokenProcessPool as error:
            raise ProcessDiedError(str(error)) from error
        finally:
            alone.shutdown(kill_workers=True)

    def each(self, function: Callable[[A], T], arguments: Sequence[A]) -> list[T]:
        """See :meth:`Execution.each`; as many at once as there are processes."""
        with ThreadPoolExecutor(self._count, thread_name_prefix="reading") as threads:
            return list(threads.map(lambda argument: self.call(function, argument), arguments))

    def close(self) -> None:
        """Ends the processes, whatever they do."""
        self._processes.shutdown(kill_workers=True)

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        with self._guard:
            if self._processes is broken:
                self._processes = _started(self._count)


@contextmanager
def execution_of(readings: int, at_once: int) -> Iterator[Execution]:
    """Where so many readings are best carried out, of which at most ``at_once`` are at hand at one time."""
    from loky import cpu_count

    count = min(cpu_count(), at_once, _MOST_PROCESSES)
    if count < 2 or readings < LEAST_READINGS:
        yield InThisProcess()
        return
    processes = InOtherProcesses(count)
    try:
        yield processes
    finally:
        processes.close()


def _started(count: int) -> ProcessPoolExecutor:
    """Processes of this program's own modules alone: whatever main module was started is not run again in them."""
    from loky import ProcessPoolExecutor

    return ProcessPoolExecutor(count, initializer=_end_with, initargs=(os.getpid(),))


def _result(processes: ProcessPoolExecutor, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    result: T = processes.submit(function, *args, **kwargs).result()
    return result


def _end_with(parent: int) -> None:
    """A process ends with the one that started it, even where that was killed, and leaves Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK_EVERY_S)
        os._exit(1)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
