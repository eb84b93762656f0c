"""Files that pages link, out of WARC files of other tools: read beside the page as a night would have read them."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from flows.backfill_sources import BackfillReport
from flows.catalogue import declared_pages
from flows.rebuilding import rebuild
from flows.restoring import restore
from flows.settings import Settings
from tests.flows.site import Site, night_at, page
from tests.flows.test_backfill_warc import FIRST, URL, backfilled, declared, history
from tests.support.pdf import pdf_bytes
from tests.support.warc_author import WarcAuthor
from tests.warehouse.contents import rows
from warehouse.database import Warehouse

__all__ = ["declared"]

FILE = "https://plan.example/digitalplan.pdf"
LINKS = f"<p>Der ganze Plan: <a href='{FILE}'>Digitalplan (PDF)</a></p>"
WHOLE = page("Bis 2027 sollen 100 Schulen im Land einen eigenen Anschluss an das Glasfasernetz bekommen.", links=LINKS)
OLD, NEW = (pdf_bytes(f"Der Digitalplan in der Fassung {number}.") for number in (1, 2))
YEAR = timedelta(days=365)
PDF = ("Content-Type", "application/pdf")

Captured = tuple[int, bytes | None, bytes | None]
"""A crawl in that year: the page, and three minutes later its file; ``None`` where the crawler had none."""


def crawled(path: Path, *crawls: Captured, files_first: bool = False) -> Path:
    """What a crawler leaves; it may write its files down before the page that links them."""
    author = WarcAuthor(path)
    for year, body, file in crawls:
        at = FIRST + year * YEAR
        written: list[tuple[str, bytes, datetime, tuple[tuple[str, str], ...]]] = []
        written += [(URL, body, at, ())] if body is not None else []
        written += [(FILE, file, at + timedelta(minutes=3), (PDF,))] if file is not None else []
        for url, data, when, fields in reversed(written) if files_first else written:
            author.answer(url, data, *fields, at=when)
    return path


def documents(installation: Settings) -> list[tuple[object, ...]]:
    with Warehouse.open(installation.warehouse) as warehouse:
        return rows(
            warehouse,
            "select year(valid_from), bytes, n_pages from documents_history where url = ? order by valid_from",
            FILE,
        )


def taken(site: Site, *files: Path) -> BackfillReport:
    return backfilled(site.settings, site.catalogue, *files)


@pytest.mark.parametrize("files_first", [False, True])
def test_a_file_that_the_page_links_is_taken_in_as_its_document(
    declared: Site, tmp_path: Path, files_first: bool
) -> None:
    file = crawled(tmp_path / "kopie.warc.gz", (0, WHOLE, OLD), (1, WHOLE, NEW), files_first=files_first)
    report = taken(declared, file)
    assert (report.taken, report.files, +report.reasons) == (2, 2, {})
    assert documents(declared.settings) == [(2021, len(OLD), 1), (2022, len(NEW), 1)]
    with Warehouse.open(declared.settings.warehouse) as warehouse:
        assert rows(warehouse, "select text from document_pages") == [("Der Digitalplan in der Fassung 2.",)]
        assert rows(warehouse, "select entity, kind from changes") == [("document", "replaced")]
        captures = rows(warehouse, "select resource, verdict, url from captures order by observed_at")
        assert captures == [("page", "verified", URL), ("document", "verified", FILE)] * 2


def test_a_file_that_no_page_links_is_none_of_ours(declared: Site, tmp_path: Path) -> None:
    author = WarcAuthor(crawled(tmp_path / "kopie.warc.gz", (0, WHOLE, OLD)))
    crawled(author.path, (0, WHOLE, OLD))
    author.answer("https://plan.example/anderes.pdf", NEW, PDF, at=FIRST)
    author.answer(FILE.replace("digitalplan", "fehlt"), b"", PDF, at=FIRST, status="404 Not Found")
    report = taken(declared, author.path)
    assert (report.files, +report.reasons) == (1, {"no_page": 2})


def test_a_linked_file_that_cannot_be_taken_is_told(declared: Site, tmp_path: Path) -> None:
    path = crawled(tmp_path / "kopie.warc.gz", (0, WHOLE, None))
    author = WarcAuthor(tmp_path / "mehr.warc.gz")
    author.answer(FILE, b"weg", at=FIRST, status="404 Not Found")
    report = taken(declared, path, author.path)
    assert (report.files, +report.reasons) == (0, {"status": 1})
    assert report.skipped == [f"status: mehr.warc.gz at 0: {FILE} answered 404"]


def test_the_same_files_twice_change_nothing(declared: Site, tmp_path: Path) -> None:
    file = crawled(tmp_path / "kopie.warc.gz", (0, WHOLE, OLD), (1, WHOLE, NEW))
    taken(declared, file)
    before = history(declared.settings)
    report = taken(declared, file)
    assert (report.taken, report.files, report.known) == (0, 0, 4)
    assert history(declared.settings) == before


def test_a_file_kept_last_stands_beside_a_page_whose_crawl_had_none(declared: Site, tmp_path: Path) -> None:
    """As on a night on which the file cannot be had; but none of another year counts for the years before it."""
    taken(declared, crawled(tmp_path / "kopie.warc.gz", (0, WHOLE, None), (1, WHOLE, OLD), (2, WHOLE, None)))
    assert documents(declared.settings) == [(2021, None, None), (2022, len(OLD), 1)]


CRAWLS: tuple[Captured, ...] = ((0, WHOLE, OLD), (1, WHOLE, None), (1, None, NEW), (2, WHOLE, None))


@pytest.mark.parametrize("order", [order for n, order in enumerate(permutations(range(4))) if n % 8 == 1])
def test_pages_and_files_in_any_order_and_portions_give_the_same_tables(
    declared: Site, tmp_path: Path, order: tuple[int, ...]
) -> None:
    """A file that comes to light after its page is read beside it then, and what changed is told anew."""
    together, apart = Settings(data=tmp_path / "a"), Settings(data=tmp_path / "b")
    for installation in (together, apart):
        installation.warehouse.parent.mkdir(parents=True)
        shutil.copyfile(declared.empty, installation.warehouse)
    backfilled(together, declared.catalogue, crawled(tmp_path / "alle.warc.gz", *CRAWLS))
    # A file is none of ours until a page is known to link it.
    first = next(n for n in order if CRAWLS[n][1] is not None)
    for n in (first, *(n for n in order if n != first)):
        backfilled(apart, declared.catalogue, crawled(tmp_path / f"teil-{n}.warc.gz", CRAWLS[n]))
    expected = history(together)
    assert expected["changes"]
    assert history(apart) == expected
    apart.warehouse.unlink()
    restore(apart, declared_pages(declared.catalogue))
    assert history(apart) == expected


def test_nights_go_by_the_files_that_they_fetched(site: Site, tmp_path: Path) -> None:
    """A crawler saw another file between two nights: what the nights said of theirs stands."""
    url = site.declare("plan", URL)
    for night in range(2):
        site.night = night
        site.show(url, WHOLE)
        site.show(FILE, OLD)
        site.refresh()
    before = history(site.settings)
    author = WarcAuthor(tmp_path / "kopie.warc.gz")
    author.answer(FILE, NEW, PDF, at=night_at(0) + timedelta(hours=9))
    assert taken(site, author.path).files == 1
    assert history(site.settings) == before
    site.declare("plan", URL, removals="['p:first-of-type']")
    with Warehouse.open(site.settings.warehouse) as warehouse:
        assert rebuild(warehouse, site.settings.archive, declared_pages(site.catalogue)).observations == 2
    assert documents(site.settings) == [(2026, len(OLD), 1)]
