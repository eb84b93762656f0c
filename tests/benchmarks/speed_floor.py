"""What fetching alone costs: the pages of a night one after the other over one connection, each body hashed."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import requests

from tests.benchmarks.speed_portal import page_url


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process and all that it started cost; ``answer`` is its standard output."""

    wall_s: float
    cpu_s: float
    memory_mb: float
    answer: str


def cost_of(command: Sequence[str], environment: Mapping[str, str]) -> Cost:
    """Runs a process to its end.

    Raises:
        RuntimeError: If it fails.
    """
    began = time.perf_counter()
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdout=output, stderr=errors, env={**os.environ, **environment})
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall_s = time.perf_counter() - began
        output.seek(0)
        errors.seek(0)
        if process.returncode not in (0, 3):
            raise RuntimeError(f"{command} ended with {process.returncode}: {errors.read().decode()[-2000:]}")
        return Cost(wall_s, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output.read().decode())


def floor_cost(address: str, night: int, n_pages: int, n_portals: int, etags: Path | None) -> Cost:
    """The floor of a night; with a file of entity tags, its requests are conditional and the tags kept for the next."""
    options = [address, str(night), str(n_pages), str(n_portals), *([str(etags)] if etags else [])]
    return cost_of([sys.executable, "-m", "tests.benchmarks.speed_floor", *options], {})


def fetch_all(address: str, night: int, n_pages: int, n_portals: int, etags: Path | None) -> None:
    """Fetches the pages of a night and hashes them; keeps entity tags where a file is named."""
    known: dict[str, str] = json.loads(etags.read_text()) if etags is not None and etags.exists() else {}
    with requests.Session() as session:
        for page in range(n_pages):
            headers = {"If-None-Match": known[str(page)]} if known.get(str(page)) else {}
            answer = session.get(f"{address}/{night}/{page_url(page, n_portals)}", headers=headers, timeout=20)
            hashlib.sha256(answer.content).hexdigest()
            known[str(page)] = answer.headers.get("ETag", "")
    if etags is not None:
        etags.write_text(json.dumps(known))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("night", type=int)
    parser.add_argument("pages", type=int)
    parser.add_argument("portals", type=int)
    parser.add_argument("etags", type=Path, nargs="?")
    asked = parser.parse_args()
    fetch_all(asked.address, asked.night, asked.pages, asked.portals, asked.etags)
