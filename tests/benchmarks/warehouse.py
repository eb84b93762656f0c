"""How long the warehouse takes for ten thousand pages: ``python -m tests.benchmarks.warehouse [PAGES] [NIGHTS]``.

One page in a hundred, another hundredth each night, says something new in one of its twelve sections.  Prints seconds
of this process's own time (the machine may be busy) and a page's share of it, what queries take in processes of their
own that have just begun, and the size of the files beside that of all texts that differ.
"""

from __future__ import annotations

import dataclasses
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TypeVar

from extract.model import Declaration
from tests.warehouse.nights import changed, declared, night, night_at, observed, seen, sha, version_of
from transform.night import Night
from transform.records import SectionRecord
from transform.version import Version
from warehouse.database import Warehouse
from warehouse.publish import publish
from warehouse.query import query_published

T = TypeVar("T")

SECTIONS = 12
SHARE = 100
"""One page in so many changes in a night."""

COLD_QUERIES = (
    "select count(*), sum(value) from figures_as_of(timestamptz '{middle}')",
    "select count(*), sum(length(text)) from sections_as_of(timestamptz '{middle}')",
    "select count(*) from sections_as_of(timestamptz '{middle}', known_at := timestamptz '{middle}')",
    "select * from goals_as_of(timestamptz '{middle}')",
    "select * from changes_between(timestamptz '{month_before}', timestamptz '{middle}')",
    "select * from changes_between(timestamptz '{month_before}', timestamptz '{middle}') where land = 'DE-ND'",
    "select count(*) from figures_history",
    "select * from pages",
    "select * from sections where page_id = 'seite-7'",
    "select * from search_sections('Wort Verwaltung') limit 10",
)

_COLD = """
import sys, time
import duckdb
path, query = sys.argv[1:]
began = time.perf_counter()
with duckdb.connect(path, read_only=True, config={"threads": 2}) as connection:
    connection.execute("set timezone = 'UTC'")
    rows = connection.execute(query).fetchall()
print(len(rows), time.perf_counter() - began, time.process_time())
"""

_DISTINCT_TEXT = """
select sum(octet_length(encode(text)))
from (select distinct text from store.sections union select distinct evidence from store.sections
    union select distinct text from store.goals union select distinct evidence from store.figures)
"""

_VERSIONS_TEXT = "select sum(octet_length(encode(text))) from sections_history"


def measure(n_pages: int, n_nights: int, folder: Path) -> None:
    """Load nights, read memories and versions, publish, ask."""
    pages = [declared(f"seite-{n}") for n in range(n_pages)]
    page_ids = [page.page_id for page in pages]
    path, published = folder / "strategiemonitor.duckdb", folder / "published.duckdb"
    with Warehouse.open(path) as warehouse:
        for n in range(n_nights):
            one = _night(n, pages)
            _timed(f"load night {n}", n_pages, partial(warehouse.load, one))
        memories = _timed("memories", n_pages, partial(warehouse.memories, page_ids))
        standing = [memory.last_good.version_id for memory in memories.values() if memory.last_good]
        _timed("versions of all pages", n_pages, lambda: warehouse.read_versions(standing))
        _timed("version of one page", 1, lambda: warehouse.read_version(standing[0]))
        _timed("audit", n_pages, warehouse.audit)
        _timed("publish", n_pages, lambda: publish(warehouse, published))
    _cold(published, n_nights)
    _sizes(path, published)


def _cold(published: Path, n_nights: int) -> None:
    middle = night_at(n_nights * 0.5)
    times = {"middle": middle.isoformat(), "month_before": night_at(max(0, n_nights * 0.5 - 30)).isoformat()}
    for query in COLD_QUERIES:
        asked = query.format(**times)
        answer = subprocess.run(
            [sys.executable, "-c", _COLD, str(published), asked], check=True, capture_output=True, text=True
        )
        # DuckDB draws a bar of progress before it, where an answer takes long.
        rows, wall, cpu = answer.stdout.split()[-3:]
        _say(f"cold: {query[:88]:88} {float(wall):6.3f} s, CPU {float(cpu):6.3f} s, {rows} rows")


def _sizes(path: Path, published: Path) -> None:
    for what, file in (("writer's file", path), ("published copy", published)):
        _say(f"{what:58} {file.stat().st_size / 1e6:8.1f} MB")
    for what, query in (("texts that differ", _DISTINCT_TEXT), ("texts of all versions", _VERSIONS_TEXT)):
        [(size,)] = query_published(published, query).rows
        _say(f"{what:58} {size / 1e6:8.1f} MB")


def _night(n: int, pages: Sequence[Declaration]) -> Night:
    nights = []
    for index, page in enumerate(pages):
        state = _state(index, n)
        word = f"Wort {index}-{state}"
        shown = seen(page, night_at(n), word)
        version = _version(index, state, page)
        seen_now = dataclasses.replace(observed(page, night_at(n), word), version_id=version.version_id)
        shown = dataclasses.replace(shown, versions=(version,), observations=(seen_now,))
        if n and state != _state(index, n - 1):
            before = _version(index, state - 1, page)
            change = changed(page, (n - 1, f"Wort {index}-{state - 1}"), (n, word))
            change = dataclasses.replace(
                change,
                before_version_id=before.version_id,
                after_version_id=version.version_id,
                change=dataclasses.replace(change.change, before=str(state - 1), after=str(state)),
            )
            shown = dataclasses.replace(shown, changes=(change,))
        nights.append(shown)
    return night(n, *nights)


def _state(index: int, n: int) -> int:
    """How often the page of that number has changed until the n-th night."""
    return (n + SHARE - 1 - index % SHARE) // SHARE


@cache
def _words() -> tuple[str, ...]:
    chance = random.Random(2026)
    parts = (
        "ver",
        "wal",
        "tung",
        "di",
        "gi",
        "tal",
        "land",
        "ge",
        "mein",
        "de",
        "stra",
        "te",
        "da",
        "ten",
        "netz",
        "aus",
    )
    return tuple("".join(chance.choices(parts, k=chance.randint(1, 5))) for _ in range(5000))


@cache
def _section(index: int, number: int, state: int) -> SectionRecord:
    """A section of some three hundred letters; the states of a page differ in one section each."""
    text = " ".join(random.Random(f"{index}/{number}/{state}").choices(_words(), k=35)).capitalize() + "."
    heading = f"Abschnitt {number}"
    return SectionRecord(position=number, evidence=heading, level=2, heading=heading, path=heading, text=text)


@lru_cache(maxsize=20_000)
def _version(index: int, state: int, page: Declaration) -> Version:
    plain = version_of(page, f"Wort {index}-{state}")
    sections = tuple(
        _section(index, number, (state - number + SECTIONS - 1) // SECTIONS if state else 0)
        for number in range(SECTIONS)
    )
    version_id = sha(plain.version_id, "lang")[:32]
    return dataclasses.replace(
        plain, version_id=version_id, records=dataclasses.replace(plain.records, sections=sections)
    )


def _timed(what: str, share: int, action: Callable[[], T]) -> T:
    began, wall = time.process_time(), time.perf_counter()
    result = action()
    seconds, wall = time.process_time() - began, time.perf_counter() - wall
    _say(f"{what[:58]:58} {seconds:8.3f} s {1e6 * seconds / share:10.1f} µs a page, {wall:8.3f} s by the clock")
    return result


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(arguments: Sequence[str]) -> None:
    """Measure in a folder that is gone afterwards."""
    n_pages, n_nights = (int(argument) for argument in (*arguments, *("10000", "5")[len(arguments) :]))
    with tempfile.TemporaryDirectory() as folder:
        measure(n_pages, n_nights, Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
