"""One refresh without Prefect in a process of its own, for the speed benchmark: what each step of it costs.

Prints the CPU seconds of the steps and what ``refresh --json`` prints of the changed pages, as one JSON object.  With
``PROFILE`` set, it is profiled into that file as well.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import logging
import os
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import Any

from extract.archive import WarcRun
from extract.fetch import PortalSession
from flows import running
from flows.running import PlainSteps, RunRequest, run
from flows.settings import load_settings


class Steps:
    """CPU seconds by step; a step within another one counts for itself alone."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._guard = threading.Lock()
        self._within = threading.local()

    @contextmanager
    def taking(self, step: str) -> Iterator[None]:
        """Counts what this thread does in the block."""
        outer: list[float] = getattr(self._within, "spent", [])
        self._within.spent = inner = [0.0]
        began = time.thread_time()
        try:
            yield
        finally:
            spent = time.thread_time() - began
            self._within.spent = outer
            if outer:
                outer[0] += spent
            with self._guard:
                self.seconds[step] += spent - inner[0]

    def watch(self, owner: Any, name: str, step: str) -> None:
        """Counts a function under a step from now on."""
        function: Callable[..., Any] = getattr(owner, name)

        @wraps(function)
        def counted(*args: Any, **kwargs: Any) -> Any:
            with self.taking(step):
                return function(*args, **kwargs)

        setattr(owner, name, counted)


def watched() -> Steps:
    """The steps of a refresh, counted from now on."""
    steps = Steps()
    steps.watch(PortalSession, "fetch", "fetch")
    steps.watch(WarcRun, "store", "archive")
    steps.watch(running, "visit_portal", "read")
    steps.watch(running, "build_night", "compare")
    steps.watch(PlainSteps, "load", "load")
    steps.watch(PlainSteps, "publish", "publish")
    return steps


def refresh() -> None:
    """One run; see the module."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--via")
    parser.add_argument("--catalogue", type=Path)
    options = parser.parse_args()
    steps = watched()
    request = RunRequest(load_settings(options.data), options.via, options.catalogue)
    _, summary = run(request, PlainSteps(), logging.getLogger("tests.benchmarks"))
    steps.seconds["rest"] = time.process_time() - sum(steps.seconds.values())
    sys.stdout.write(json.dumps({"changed": [asdict(page) for page in summary.changed], "cpu_s": steps.seconds}))


if __name__ == "__main__":
    if os.environ.get("PROFILE"):
        cProfile.run("refresh()", os.environ["PROFILE"])
    else:
        refresh()
