"""One refresh without Prefect in a process of its own, for the speed benchmark; with ``PROFILE`` set, profiled."""

from __future__ import annotations

import argparse
import cProfile
import json
import logging
import os
import sys
from dataclasses import asdict
from pathlib import Path

from flows.running import PlainSteps, RunRequest, run
from flows.settings import load_settings


def refresh() -> None:
    """One run; prints what ``refresh --json`` prints of the changed pages."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--via")
    parser.add_argument("--catalogue", type=Path)
    options = parser.parse_args()
    request = RunRequest(load_settings(options.data), options.via, options.catalogue)
    _, summary = run(request, PlainSteps(), logging.getLogger("tests.benchmarks"))
    sys.stdout.write(json.dumps({"changed": [asdict(page) for page in summary.changed]}))


if __name__ == "__main__":
    if os.environ.get("PROFILE"):
        cProfile.run("refresh()", os.environ["PROFILE"])
    else:
        refresh()
