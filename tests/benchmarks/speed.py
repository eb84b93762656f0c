"""What a night costs beside fetching alone: ``python -m tests.benchmarks.speed --pages 2000 [--validators]``.

The floor is the same GETs over one connection with a SHA-256 of each body and nothing else.  Every figure is one whole
process: wall seconds, CPU seconds of it and of all that it started, the most memory that one of them held.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests
from rich.console import Console
from rich.table import Table

from tests.benchmarks.speed_portal import changed_pages

NIGHTS = 3
"""The first is not counted as a night: every page is new to it.  The second has seen no noise yet."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process cost; ``answer`` is its standard output."""

    wall_s: float
    cpu_s: float
    memory_mb: float
    answer: str


def cost_of(command: Sequence[str], environment: dict[str, str]) -> Cost:
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


@contextmanager
def portal(*, validators: bool) -> Iterator[str]:
    """The portal in a process of its own; gives its address."""
    command = [sys.executable, "-m", "tests.benchmarks.speed_portal", *(["--validators"] if validators else [])]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
    finally:
        process.kill()
        process.wait()


def page_url(page: int, n_hosts: int) -> str:
    """The original address of a page."""
    return f"https://portal{page % n_hosts}.example/strategie/{page}"


def write_catalogue(folder: Path, n_pages: int, n_hosts: int) -> None:
    """Declares the pages, with nothing but their addresses."""
    folder.mkdir(parents=True)
    entries = [
        f'[[page]]\npage_id = "seite-{page}"\nurl = "{page_url(page, n_hosts)}"\nkind = "strategy"\n'
        for page in range(n_pages)
    ]
    (folder / "de-sl.toml").write_text('land = "DE-SL"\npublisher = "Landesregierung"\n\n' + "\n".join(entries))


def floor(address: str, night: int, n_pages: int, n_hosts: int, etags: Path | None) -> None:
    """Fetches the pages of a night one after the other and hashes them; keeps entity tags where a file is named."""
    known: dict[str, str] = json.loads(etags.read_text()) if etags is not None and etags.exists() else {}
    with requests.Session() as session:
        for page in range(n_pages):
            url = f"{address}/{night}/{page_url(page, n_hosts)}"
            headers = {"If-None-Match": known[str(page)]} if str(page) in known else {}
            answer = session.get(url, headers=headers, timeout=20)
            hashlib.sha256(answer.content).hexdigest()
            known[str(page)] = answer.headers.get("ETag", "")
    if etags is not None:
        etags.write_text(json.dumps(known))


def measure(n_pages: int, n_hosts: int, *, validators: bool, plain: bool) -> Table:
    """A table of the nights: refresh beside floor."""
    table = Table("night", "wall s", "CPU s", "CPU ms/page", "x floor wall", "x floor CPU", "MB", "changed")
    table.title = f"{n_pages} pages on {n_hosts} portals, {'with' if validators else 'without'} validators"
    with tempfile.TemporaryDirectory() as name, portal(validators=validators) as address:
        folder = Path(name)
        write_catalogue(folder / "catalogue", n_pages, n_hosts)
        environment = {"PREFECT_HOME": f"{name}/prefect", "PREFECT_LOGGING_LEVEL": "ERROR"}
        for night in range(NIGHTS):
            options = [str(number) for number in (night, n_pages, n_hosts)]
            low = cost_of(
                [sys.executable, "-m", "tests.benchmarks.speed", "--floor", address, *options, f"{name}/etags"]
                if validators
                else [sys.executable, "-m", "tests.benchmarks.speed", "--floor", address, *options],
                {},
            )
            own = cost_of(_refresh(folder, f"{address}/{night}/", plain=plain), environment)
            table.add_row(f"floor {night}", f"{low.wall_s:.1f}", f"{low.cpu_s:.1f}", _ms(low, n_pages), "", "", "", "")
            table.add_row(
                f"refresh {night}",
                f"{own.wall_s:.1f}",
                f"{own.cpu_s:.1f}",
                _ms(own, n_pages),
                f"{own.wall_s / low.wall_s:.1f}",
                f"{own.cpu_s / low.cpu_s:.1f}",
                f"{own.memory_mb:.0f}",
                _truth(own.answer, n_pages, night),
            )
    return table


def _refresh(folder: Path, via: str, *, plain: bool) -> list[str]:
    """The command of one refresh; ``plain`` leaves Prefect out."""
    arguments = ["--via", via, "--catalogue", str(folder / "catalogue")]
    if plain:
        return [sys.executable, "-m", "tests.benchmarks.speed_plain", str(folder / "data"), *arguments]
    tool = shutil.which("strategiemonitor", path=str(Path(sys.executable).parent)) or "strategiemonitor"
    return [tool, "--data", str(folder / "data"), "refresh", "--json", *arguments]


def _ms(cost: Cost, n_pages: int) -> str:
    return f"{1000 * cost.cpu_s / n_pages:.2f}"


def _truth(answer: str, n_pages: int, night: int) -> str:
    """How many of the true changes were told, and how many others."""
    told = {int(page["page"].removeprefix("seite-")) for page in json.loads(answer)["changed"]}
    true = changed_pages(n_pages, night)
    return f"{len(told & true)}/{len(true)}, {len(told - true)} false"


def main(arguments: Sequence[str]) -> None:
    """The command line."""
    if arguments[:1] == ["--floor"]:
        address, night, n_pages, n_hosts, *etags = arguments[1:]
        floor(address, int(night), int(n_pages), int(n_hosts), Path(etags[0]) if etags else None)
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--hosts", type=int, default=1)
    parser.add_argument("--validators", action="store_true")
    parser.add_argument("--plain", action="store_true", help="without Prefect")
    options = parser.parse_args(arguments)
    table = measure(options.pages, options.hosts, validators=options.validators, plain=options.plain)
    Console(file=sys.stdout, width=120).print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
