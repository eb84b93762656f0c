"""Older captures out of a web archive: they slot in, the neighbours' changes are told anew, nobody is alerted."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from extract.clock import Clock
from extract.errors import StrategiemonitorError, UsageError, WaitError
from extract.wayback import WebArchive
from flows.backfill_sources import Backfill, BackfillReport
from flows.catalogue import declared_pages
from flows.restoring import restore
from tests.flows.site import Site, page
from tests.support.server import ScriptedServer
from tests.support.web_archive import WebArchiveServer
from tests.warehouse.contents import rows
from warehouse.database import Warehouse

URL = "https://plan.example/digitalplan"


def schools(count: int) -> bytes:
    return page(f"Bis 2027 sollen {count} Schulen im Land einen eigenen Anschluss an das Glasfasernetz bekommen.")


def at(year: int, month: int, day: int = 1) -> datetime:
    return datetime(year, month, day, 12, 30, 15, tzinfo=UTC)


@pytest.fixture
def kept() -> Iterator[WebArchiveServer]:
    with WebArchiveServer() as server:
        yield server


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory, empty_warehouse: Path) -> Path:
    """An installation that saw one page: 170 schools in two nights of 2026, then 190."""
    folder = tmp_path_factory.mktemp("gespielt")
    with ScriptedServer() as server:
        site = Site(server, folder, empty_warehouse)
        site.declare("plan", URL)
        for night, count in enumerate([170, 170, 190]):
            site.night = night
            site.show(URL, schools(count))
            site.refresh()
    return folder


@pytest.fixture
def watched(played: Path, site: Site) -> Site:
    """A copy of that installation."""
    shutil.copytree(played, site.folder, dirs_exist_ok=True)
    return site


def backfilled(
    site: Site, kept: WebArchiveServer, since: date | None = None, until: date | None = None
) -> BackfillReport:
    pages = declared_pages(site.catalogue)
    archive = WebArchive(kept.cdx, site.settings.fetching(kept.cdx), Clock(sleep=lambda _: None))
    with Warehouse.open(site.settings.warehouse) as warehouse:
        return Backfill(site.settings, warehouse, pages, pages).from_web_archive(archive, since, until)


def values(site: Site, question: str) -> list[tuple[object, ...]]:
    with Warehouse.open(site.settings.warehouse) as warehouse:
        assert warehouse.audit() == ()
        return [tuple(row) for row in rows(warehouse, question)]


FIGURES = "select valid_from::date::varchar, value from figures_history where unit = 'Schulen' order by valid_from"
CHANGES = (
    'select "before", "after", not_before::date::varchar, not_after::date::varchar, "class" from changes '
    "where cause = 'page' and entity = 'figure' order by not_after"
)


def test_older_captures_slot_into_the_history_and_alert_nobody(watched: Site, kept: WebArchiveServer) -> None:
    kept.keep(URL, at(2021, 3), schools(120))
    kept.keep(URL, at(2023, 7), schools(150))
    alerts = values(watched, "select count(*) from alerts")
    report = backfilled(watched, kept)
    assert (report.taken, report.promoted) == (2, 2)
    assert values(watched, FIGURES) == [
        ("2021-03-01", 120.0),
        ("2023-07-01", 150.0),
        ("2026-05-04", 170.0),
        ("2026-05-06", 190.0),
    ]
    assert values(watched, CHANGES) == [
        ("120", "150", "2021-03-01", "2023-07-01", "content"),
        ("150", "170", "2023-07-01", "2026-05-04", "content"),
        ("170", "190", "2026-05-05", "2026-05-06", "content"),
    ]
    assert values(watched, "select count(*) from alerts") == alerts
    assert values(watched, "select count(*) from changes where alerts") == values(
        watched, "select count(*) from changes where snapshot_id = 3"
    )


def test_pages_stay_as_of_the_last_night(watched: Site, kept: WebArchiveServer) -> None:
    before = values(watched, "select * exclude (url) from pages")
    kept.keep(URL, at(2021, 3), schools(120))
    backfilled(watched, kept)
    assert values(watched, "select * exclude (url) from pages") == before


def test_a_capture_between_two_nights_narrows_the_change(watched: Site, kept: WebArchiveServer) -> None:
    kept.keep(URL, datetime(2026, 5, 5, 20, 0, tzinfo=UTC), schools(190))
    backfilled(watched, kept)
    told = "select not_before::varchar, not_after::varchar from changes where entity = 'figure'"
    assert values(watched, told) == [("2026-05-05 02:10:00+00", "2026-05-05 20:00:00+00")]


def test_an_older_capture_can_turn_a_change_into_a_return(watched: Site, kept: WebArchiveServer) -> None:
    kept.keep(URL, at(2021, 3), schools(190))
    backfilled(watched, kept)
    assert [row[-1] for row in values(watched, CHANGES)] == ["content", "return"]


def test_a_second_backfill_asks_for_nothing_and_changes_nothing(watched: Site, kept: WebArchiveServer) -> None:
    kept.keep(URL, at(2021, 3), schools(120))
    backfilled(watched, kept)
    asked, before = len(kept.mementos_asked), values(watched, "from observations order by observed_at")
    report = backfilled(watched, kept)
    assert (report.taken, report.known) == (0, 1)
    assert len(kept.mementos_asked) == asked
    assert values(watched, "from observations order by observed_at") == before


def test_only_captures_whose_body_differs_are_asked_for(watched: Site, kept: WebArchiveServer) -> None:
    for month in range(1, 7):
        kept.keep(URL, at(2021, month), schools(120 if month < 4 else 130))
    report = backfilled(watched, kept)
    assert report.taken == 2
    assert [path[5:13] for path in kept.mementos_asked] == ["20210101", "20210401"]


def test_long_lists_are_read_to_their_end(watched: Site, kept: WebArchiveServer) -> None:
    kept.state.rows_a_request = 2
    for month in range(1, 8):
        kept.keep(URL, at(2021, month), schools(120 + month))
    assert backfilled(watched, kept).taken == 7


def test_only_the_days_asked_for_are_taken(watched: Site, kept: WebArchiveServer) -> None:
    for year in (2019, 2020, 2021):
        kept.keep(URL, at(year, 3), schools(year - 1900))
    backfilled(watched, kept, date(2020, 1, 1), date(2020, 12, 31))
    assert [row[0] for row in values(watched, FIGURES)][:1] == ["2020-03-01"]


def test_a_notice_in_the_archive_is_kept_and_not_believed(watched: Site, kept: WebArchiveServer) -> None:
    kept.keep(URL, at(2021, 2), schools(120))
    kept.keep(URL, at(2021, 3), b"<html lang=de><title>Wartung</title><main><h1>Wartungsarbeiten</h1></main></html>")
    report = backfilled(watched, kept)
    assert (report.taken, report.promoted) == (2, 1)
    verdicts = "select verdict, detail from captures where observed_at < timestamptz '2022-01-01' order by observed_at"
    first, second = values(watched, verdicts)
    assert first[0] == "verified"
    assert str(second[0]).startswith("suspect:")
    assert str(second[1]).startswith("backfilled")


def test_an_archive_that_breaks_down_keeps_what_was_had_and_goes_on_later(
    watched: Site, kept: WebArchiveServer
) -> None:
    for month in range(1, 13):
        kept.keep(URL, at(2021, month), schools(100 + month))
    kept.state.refuse = lambda path: 404 if "/web/2021" in path and path[9:11] > "04" else None
    with pytest.raises(WaitError, match="5 times in a row"):
        backfilled(watched, kept)
    assert len(values(watched, FIGURES)) == 4 + 2
    kept.state.refuse = lambda _: None
    assert backfilled(watched, kept).taken == 8
    assert len(values(watched, FIGURES)) == 12 + 2


def test_a_backfill_that_was_kept_but_not_loaded_is_loaded_by_the_next(
    watched: Site, kept: WebArchiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.keep(URL, at(2021, 3), schools(120))

    def killed(*given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("flows.backfill_sources.load_run", killed)
        with pytest.raises(KeyboardInterrupt):
            backfilled(watched, kept)
    asked = len(kept.mementos_asked)
    assert backfilled(watched, kept).taken == 1
    assert len(kept.mementos_asked) == asked


def test_a_warehouse_lost_after_a_backfill_is_restored_with_it(watched: Site, kept: WebArchiveServer) -> None:
    kept.keep(URL, at(2021, 3), schools(190))
    kept.keep(URL, at(2023, 7), schools(150))
    backfilled(watched, kept)
    questions = (FIGURES, CHANGES, "select * exclude (snapshot_id) from observations order by observed_at")
    before = [values(watched, question) for question in questions]
    watched.settings.warehouse.unlink()
    restore(watched.settings, declared_pages(watched.catalogue))
    assert [values(watched, question) for question in questions] == before


def test_a_page_without_a_single_night_gets_its_history_from_the_archive(site: Site, kept: WebArchiveServer) -> None:
    site.declare("plan", URL)
    kept.keep(URL, at(2021, 3), schools(120))
    assert backfilled(site, kept).promoted == 1
    assert values(site, "select page_id, verdict from pages") == [("plan", "verified")]


def test_an_address_that_is_no_cdx_server_is_told(watched: Site, kept: WebArchiveServer) -> None:
    with pytest.raises(UsageError, match="no address"):
        WebArchive("web.archive.org", watched.settings.fetching(None))
    kept.state.refuse = lambda path: 503 if path.startswith("/cdx") else None
    with pytest.raises(WaitError, match="HTTP 503"):
        backfilled(watched, kept)
    archive = WebArchive(f"{kept.origin}/web/20210301123015id_/{URL}?cdx", watched.settings.fetching(kept.cdx))
    kept.state.refuse = lambda _: None
    with pytest.raises((StrategiemonitorError, WaitError)):
        list(archive.mementos(URL, None, None))
