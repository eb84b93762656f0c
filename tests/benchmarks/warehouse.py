"""How long the warehouse takes and how large it is: ``python -m tests.benchmarks.warehouse [PAGES] [NIGHTS] [FOLDER]``.

The nights are those of :mod:`tests.benchmarks.warehouse_nights`.  Prints seconds of this process's own time (the
machine may be busy) and a page's share of it, what queries take in processes of their own that have just begun, and
the size of the files beside that of all texts that differ.  With FOLDER, the files stay there.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from tests.benchmarks.cold import asked_cold
from tests.benchmarks.warehouse_nights import one_night
from tests.warehouse.nights import declared, night_at
from warehouse.database import Warehouse
from warehouse.publish import publish
from warehouse.query import query_published

T = TypeVar("T")

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
            one = one_night(n, pages)
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
        found = asked_cold(published, asked)
        _say(f"cold: {query[:88]:88} {found.wall_s:6.3f} s, CPU {found.cpu_s:6.3f} s, {found.rows} rows")


def _sizes(path: Path, published: Path) -> None:
    for what, file in (("writer's file", path), ("published copy", published)):
        _say(f"{what:58} {file.stat().st_size / 1e6:8.1f} MB")
    for what, query in (("texts that differ", _DISTINCT_TEXT), ("texts of all versions", _VERSIONS_TEXT)):
        [(size,)] = query_published(published, query).rows
        _say(f"{what:58} {size / 1e6:8.1f} MB")


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
    n_pages, n_nights = (int(argument) for argument in (*arguments[:2], *("10000", "5")[len(arguments) :]))
    if len(arguments) > 2:
        measure(n_pages, n_nights, Path(arguments[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(n_pages, n_nights, Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
