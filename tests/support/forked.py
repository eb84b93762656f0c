"""Functions called in forks that may be killed: each fork is at work within milliseconds.

::

    with forks("tests.flows.alerts.test_killed_delivery") as begin:
        fork = begin("deliver", str(settings.data), now.isoformat())
        fork.said()                 # the next line that it prints
        fork.kill()
        assert fork.ended() == -signal.SIGKILL

Each call is made in a fork of one process that has imported the module, which takes a second, once.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]
_ENDED = "ended "


@dataclass(frozen=True)
class Fork:
    """A call that is being made in a process of its own."""

    pid: int
    _parent: subprocess.Popen[str]

    def said(self) -> str:
        """The next line that it prints."""
        assert self._parent.stdout is not None
        return self._parent.stdout.readline().rstrip("\n")

    def kill(self) -> None:
        """Ends it at once."""
        os.kill(self.pid, signal.SIGKILL)

    def ended(self) -> int:
        """Waits for its end, whatever it prints before; its status as :mod:`subprocess` tells it."""
        while not (line := self.said()).startswith(_ENDED):
            assert line or self._parent.poll() is None, "the process of the forks has ended"
        return os.waitstatus_to_exitcode(int(line.removeprefix(_ENDED)))


@contextmanager
def forks(module: str) -> Iterator[Callable[..., Fork]]:
    """Lets functions of a module be called by name, with texts as arguments, one at a time."""
    command = [sys.executable, "-m", "tests.support.forked", module]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:

        def begin(function: str, *arguments: str) -> Fork:
            assert parent.stdin is not None
            assert parent.stdout is not None
            parent.stdin.write(json.dumps([function, *arguments]) + "\n")
            parent.stdin.flush()
            return Fork(int(parent.stdout.readline()), parent)

        yield begin


def _serve(module: ModuleType, calls: Iterable[str]) -> None:
    """Makes one call after the other, each in a fork; says its process, and how it ended."""
    for call in calls:
        function, *arguments = json.loads(call)
        child = os.fork()
        if child == 0:
            _say(str(os.getpid()))
            os._exit(_status(getattr(module, function), arguments))
        _say(f"{_ENDED}{os.waitpid(child, 0)[1]}")


def _status(function: Callable[..., object], arguments: list[str]) -> int:
    try:
        function(*arguments)
    except Exception:  # noqa: BLE001  the fork ends here
        traceback.print_exc()
        return 1
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _serve(importlib.import_module(sys.argv[1]), sys.stdin)
