"""What a night costs beside fetching alone: ``python -m tests.benchmarks.speed --pages 50 500 2000``.

The floor is the same GETs over one connection with a SHA-256 of each body and nothing else.  Every figure is one whole
process: wall and CPU seconds of it and of all that it started, the most memory that one of them held.  Steps are ratios
to the floor's CPU time, so that machines can be compared: the engine is what ``strategiemonitor refresh`` takes more
than the same steps without Prefect on the night after; the rest is the imports and the catalogue.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.benchmarks.cold import asked_cold
from tests.benchmarks.speed_floor import Cost, cost_of, floor_cost
from tests.benchmarks.speed_portal import changed_pages, page_url

_STEPS = ("fetch", "archive", "read", "compare", "load", "publish", "rest")
_AS_OF = "select page_id, count(*), sum(length(text)) from sections_as_of(now()) group by page_id"
_COLUMNS = (
    "pages",
    "answers",
    "floor s",
    "CPU s",
    "x wall",
    "x CPU",
    "engine",
    *_STEPS,
    "MB",
    "bytes/page",
    "as-of ms",
    "told",
)


@dataclass(frozen=True, slots=True)
class Portal:
    """A portal in a process of its own, and whether it honours ``If-None-Match``."""

    address: str
    honours_validators: bool


@dataclass(frozen=True, slots=True)
class Installation:
    """A data folder with a catalogue of pages on portals."""

    folder: Path
    n_pages: int
    n_portals: int

    @property
    def environment(self) -> dict[str, str]:
        """A Prefect home of its own."""
        return {"PREFECT_HOME": str(self.folder / "prefect"), "PREFECT_LOGGING_LEVEL": "ERROR"}

    def declare(self) -> None:
        """Declares the pages, with nothing but their addresses."""
        (self.folder / "catalogue").mkdir(parents=True)
        entries = [
            f'[[page]]\npage_id = "seite-{page}"\nurl = "{page_url(page, self.n_portals)}"\nkind = "strategy"\n'
            for page in range(self.n_pages)
        ]
        text = 'land = "DE-SL"\npublisher = "Landesregierung"\n\n' + "\n".join(entries)
        (self.folder / "catalogue" / "de-sl.toml").write_text(text)

    def command(self, portal: Portal, night: int, *, plain: bool) -> list[str]:
        """The command of one refresh; ``plain`` leaves Prefect out and counts the steps."""
        where = ["--via", f"{portal.address}/{night}/", "--catalogue", str(self.folder / "catalogue")]
        data = str(self.folder / "data")
        if plain:
            return [sys.executable, "-m", "tests.benchmarks.speed_plain", data, *where]
        tool = shutil.which("strategiemonitor", path=str(Path(sys.executable).parent)) or "strategiemonitor"
        return [tool, "--data", data, "refresh", "--json", *where]

    def as_of_ms(self) -> float:
        """How long a process that has just begun takes to ask what all pages said a moment ago."""
        published = self.folder / "data" / "published" / "strategiemonitor.duckdb"
        return 1000 * asked_cold(published, _AS_OF).wall_s

    @property
    def archived_bytes(self) -> int:
        """Size of the archive."""
        return sum(path.stat().st_size for path in (self.folder / "data" / "archive").rglob("*.warc.gz"))


@contextmanager
def portal(*, validators: bool) -> Iterator[Portal]:
    """A running portal."""
    command = [sys.executable, "-m", "tests.benchmarks.speed_portal", *(["--validators"] if validators else [])]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield Portal(f"http://127.0.0.1:{process.stdout.readline().strip()}", validators)
    finally:
        process.kill()
        process.wait()


def measure(n_pages: int, n_portals: int, table: Table) -> None:
    """Adds three rows: a first night, a night of ``304`` and a night in which every page is sent again."""
    with tempfile.TemporaryDirectory() as name, portal(validators=True) as polite, portal(validators=False) as plain:
        installation = Installation(Path(name), n_pages, n_portals)
        installation.declare()
        table.add_row(*_first_night(installation, polite))
        table.add_row(*_night(installation, polite, 1, "304"))
        _refresh(installation, plain, 3)  # the first night in which nobody has validators to send
        table.add_row(*_night(installation, plain, 4, "200"))
    table.add_section()


def _first_night(installation: Installation, asked: Portal) -> list[str]:
    low = floor_cost(asked.address, 0, installation.n_pages, installation.n_portals, None)
    own = _refresh(installation, asked, 0)
    kept = installation.archived_bytes / installation.n_pages
    cells = [f"{low.wall_s:.1f}", f"{low.cpu_s:.1f}", f"{own.wall_s / low.wall_s:.1f}", f"{own.cpu_s / low.cpu_s:.1f}"]
    empty = [""] * (1 + len(_STEPS))
    as_of, told = f"{installation.as_of_ms():.0f}", _truth(own.answer, installation.n_pages, 0)
    return [str(installation.n_pages), "all new", *cells, *empty, f"{own.memory_mb:.0f}", f"{kept:.0f}", as_of, told]


def _night(installation: Installation, asked: Portal, night: int, answers: str) -> list[str]:
    """A night with Prefect, and the night after it without, for the steps."""
    etags = installation.folder / "etags" if asked.honours_validators else None
    if etags is not None:
        floor_cost(asked.address, 0, installation.n_pages, installation.n_portals, etags)
    low = floor_cost(asked.address, night, installation.n_pages, installation.n_portals, etags)
    kept_before = installation.archived_bytes
    own = _refresh(installation, asked, night)
    kept = (installation.archived_bytes - kept_before) / installation.n_pages
    plain = cost_of(installation.command(asked, night + 1, plain=True), installation.environment)
    spent: dict[str, float] = json.loads(plain.answer)["cpu_s"]
    steps = {"engine": own.cpu_s - plain.cpu_s} | {step: spent.get(step, 0.0) for step in _STEPS}
    return [
        str(installation.n_pages),
        answers,
        f"{low.wall_s:.1f}",
        f"{low.cpu_s:.1f}",
        f"{own.wall_s / low.wall_s:.1f}",
        f"{own.cpu_s / low.cpu_s:.1f}",
        *(f"{seconds / low.cpu_s:.2f}" for seconds in steps.values()),
        f"{own.memory_mb:.0f}",
        f"{kept:.0f}",
        f"{installation.as_of_ms():.0f}",
        _truth(own.answer, installation.n_pages, night),
    ]


def _refresh(installation: Installation, asked: Portal, night: int) -> Cost:
    return cost_of(installation.command(asked, night, plain=False), installation.environment)


def _truth(answer: str, n_pages: int, night: int) -> str:
    """How many of the true changes were told, and how many others."""
    told = {int(page["page"].removeprefix("seite-")) for page in json.loads(answer)["changed"]}
    true = changed_pages(n_pages, night)
    return f"{len(told & true)}/{len(true)}, {len(told - true)} false"


def main(arguments: Sequence[str]) -> None:
    """The command line; 10,000 pages take a quarter of an hour and more, their first night above all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="+", default=[50, 500, 2000])
    parser.add_argument("--portals", type=int, default=1)
    options = parser.parse_args(arguments)
    table = Table(*_COLUMNS, title=f"A night on {options.portals} portals; steps in CPU times of the floor")
    for n_pages in options.pages:
        measure(n_pages, options.portals, table)
    Console(file=sys.stdout, width=180).print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
