"""How long the warehouse takes for ten thousand pages: ``python -m tests.benchmarks.warehouse [PAGES] [NIGHTS]``.

One page in a hundred says something new each night.  Prints seconds of this process's own time (the machine may be
busy), a page's share of it, and the size of the files.
"""

from __future__ import annotations

import dataclasses
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from extract.model import Declaration
from tests.warehouse.nights import changed, declared, night, night_at, seen
from transform.night import Night
from warehouse.database import Warehouse
from warehouse.publish import publish
from warehouse.query import query_published

T = TypeVar("T")

QUERIES = (
    "select count(*) from figures",
    "select count(*) from figures_history",
    "select count(*) from figures_as_of(timestamptz '2026-03-02 12:00:00+00')",
    "select count(*) from pages",
    "select count(*) from changes_between(timestamptz '2026-03-02 12:00:00+00', now())",
    "select * from figures where page_id = 'seite-7'",
)


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
    for query in QUERIES:
        _timed(query, n_pages, partial(query_published, published, query))
    for what, file in (("writer's file", path), ("published copy", published)):
        _say(f"{what:58} {file.stat().st_size / 1e6:8.1f} MB")


def _night(n: int, pages: Sequence[Declaration]) -> Night:
    nights = []
    for index, page in enumerate(pages):
        shown = seen(page, night_at(n), _word(index, n))
        if n and _word(index, n) != _word(index, n - 1):
            change = changed(page, (n - 1, _word(index, n - 1)), (n, _word(index, n)))
            shown = dataclasses.replace(shown, changes=(change,))
        nights.append(shown)
    return night(n, *nights)


def _word(index: int, n: int) -> str:
    return f"Wort {index}-{n if index % 100 == 0 else 0}"


def _timed(what: str, share: int, action: Callable[[], T]) -> T:
    began = time.process_time()
    result = action()
    seconds = time.process_time() - began
    _say(f"{what[:58]:58} {seconds:8.3f} s {1e6 * seconds / share:10.1f} µs a page")
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
