"""What a refresh of the five sample pages costs: ``python -m tests.benchmarks.refresh_overhead``.

Prints seconds of wall time: importing Prefect and starting its temporary server, then each run of the flow in this one
process, beside the same run without Prefect.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.table import Table

from extract.errors import UnknownPageError
from flows.demo.portal import SAMPLE_CATALOGUE, SamplePortal
from flows.engine import run_refresh
from flows.running import PlainSteps, RunRequest, run
from flows.settings import Settings

T = TypeVar("T")


def timed(action: Callable[[], T]) -> tuple[float, T]:
    """Seconds of wall time, and what came out."""
    began = time.perf_counter()
    result = action()
    return time.perf_counter() - began, result


def start_engine(settings: Settings) -> None:
    """Imports Prefect and has it start its temporary server, for a run that refuses at once: no such page."""
    with suppress(UnknownPageError):
        run_refresh(settings, via=None, catalogue=SAMPLE_CATALOGUE, only=("keine-seite",))


def measure(folder: Path) -> Table:
    """The nights of the sample portal, once with Prefect and once without."""
    table = Table("", "with Prefect", "without", title="Seconds of a refresh of five pages")
    with_prefect, without = Settings(data=folder / "with"), Settings(data=folder / "without")
    table.add_row("import and start of the engine", f"{timed(partial(start_engine, with_prefect))[0]:.2f}", "")
    quiet = logging.getLogger("tests.benchmarks")
    with SamplePortal() as portal:
        for number in portal.nights:
            via = portal.prefix(number)
            flow_s, _ = timed(partial(run_refresh, with_prefect, via=via, catalogue=SAMPLE_CATALOGUE, only=()))
            plain_s, _ = timed(partial(run, RunRequest(without, via, SAMPLE_CATALOGUE), PlainSteps(), quiet))
            table.add_row(f"refresh {number + 1}", f"{flow_s:.2f}", f"{plain_s:.2f}")
    return table


def main(_: Sequence[str]) -> None:
    """Measures in a folder of its own, Prefect's home included."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PREFECT_HOME"] = f"{folder}/prefect"
        os.environ["PREFECT_LOGGING_LEVEL"] = "ERROR"
        Console(file=sys.stdout).print(measure(Path(folder)))


if __name__ == "__main__":
    main(sys.argv[1:])
