"""A run over real HTTP and without Prefect: what it loads, what it says, and what it leaves alone."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from extract.errors import (
    ArchiveError,
    CatalogueError,
    NightDoneError,
    SettingsError,
    UnknownPageError,
    UsageError,
    WarehouseBusyError,
)
from extract.model import Exchange
from flows.demo.folder import MARK, prepare_folder
from flows.running import PlainSteps, PortalWork, RunRequest, run
from flows.settings import Settings
from flows.visiting import PageVisit
from tests.flows.site import MAINTENANCE, NOBODY_LISTENS, Site, Unpublished, night_at, page, verdicts
from tests.support.portals import of_group
from tests.support.server import Answer
from transform.portal_groups import all_groups
from warehouse.database import Warehouse
from warehouse.query import query_published

GOALS = "Das Land will bis 2030 mehr als 40 Bürgerbüros eröffnen."


def test_a_first_run_loads_every_page_and_tells_of_no_change(site: Site) -> None:
    site.show(site.declare("amt-a"), page("Seite A"))
    site.show(site.declare("amt-b"), page("Seite B"))
    _, summary = site.refresh()
    assert (summary.snapshot, summary.pages["total"], summary.pages["verified"]) == (1, 2, 2)
    assert (summary.changed, summary.alerts, summary.exit_status) == ((), 0, 0)
    assert summary.observed_at == night_at(0)
    assert site.rows("select page_id from pages order by all") == [("amt-a",), ("amt-b",)]


def test_a_changed_figure_is_told_with_its_kind_and_one_alert(site: Site) -> None:
    url = site.declare("amt-a")
    site.show(url, page(GOALS))
    site.refresh()
    site.night = 1
    site.show(url, page(GOALS.replace("40", "60")))
    _, summary = site.refresh(steps=PlainSteps())
    [changed] = summary.changed
    assert (changed.page, changed.changes, changed.kinds) == ("amt-a", 1, ("figure changed",))
    assert summary.alerts == 1
    [written] = site.settings.alerts.glob("*.md")
    assert "60" in written.read_text(encoding="utf-8")
    told = query_published(site.settings.published, "select status from deliveries where channel = 'file'")
    assert told.rows == (("delivered",),), "the copy is published again after delivering"


def test_the_exit_status_is_three_as_soon_as_one_page_is_held_back(site: Site) -> None:
    site.show(site.declare("amt-a"), page("Seite A"))
    site.declare("amt-b")
    night, summary = site.refresh()
    assert verdicts(night) == {"amt-a": "verified", "amt-b": "gone"}
    assert (summary.exit_status, summary.held_back) == (3, {"amt-b": "gone"})


def test_a_night_that_is_to_be_loaded_once_is_loaded_once(site: Site) -> None:
    """A late run and the one on time, a double start: the second asks nobody for anything."""
    url = site.declare("amt-a")
    site.show(url, page("Seite A"))
    site.seed()
    once = RunRequest(site.settings, site.via, site.catalogue, once_a_night=True)
    run(once, Unpublished(), NOBODY_LISTENS)
    with pytest.raises(NightDoneError, match="was loaded already"):
        run(once, Unpublished(), NOBODY_LISTENS)
    assert site.asked(url) == 1
    site.refresh()
    assert site.asked(url) == 2, "whoever asks for a run now gets one"


def test_a_night_that_saw_no_page_is_made_up_for(site: Site) -> None:
    url = site.declare("amt-a")
    site.show(url, Answer(503))
    site.seed()
    once = RunRequest(site.settings, site.via, site.catalogue, once_a_night=True)
    run(once, Unpublished(), NOBODY_LISTENS)
    site.show(url, page("Seite A"))
    _, summary = run(once, Unpublished(), NOBODY_LISTENS)
    assert summary.exit_status == 0


def test_groups_of_portals_share_a_night_and_each_is_loaded_once(site: Site) -> None:
    """Together they visit every page once; what one has loaded says nothing of the other's."""
    groups = all_groups(2)
    urls = {
        group: [
            site.declare(f"seite-{group.number}-{n}", f"https://{portal}/")
            for n, portal in enumerate(of_group(group, 2))
        ]
        for group in groups
    }
    for url in (url for of in urls.values() for url in of):
        site.show(url, page("Der Plan gilt."))
    site.seed()
    for group in groups:
        request = RunRequest(site.settings, site.via, site.catalogue, once_a_night=True, group=group)
        _, summary = run(request, Unpublished(), NOBODY_LISTENS)
        assert (summary.pages["total"], summary.pages["verified"]) == (2, 2)
        with pytest.raises(NightDoneError, match=f"of group {group} was loaded already"):
            run(request, Unpublished(), NOBODY_LISTENS)
    assert [site.asked(url) for of in urls.values() for url in of] == [1, 1, 1, 1]
    whole = RunRequest(site.settings, site.via, site.catalogue, once_a_night=True)
    with pytest.raises(NightDoneError):
        run(whole, Unpublished(), NOBODY_LISTENS)
    assert site.rows("select count(*) from pages where verdict = 'verified'") == [(4,)]
    assert site.rows("select count(*) from store.visits") == [(6,)], "the first group alone names the others' pages"
    metrics = sorted(path.name for path in (site.settings.data / "metrics").iterdir())
    assert metrics == ["strategiemonitor-1-of-2.prom", "strategiemonitor-2-of-2.prom"]
    text = (site.settings.data / "metrics" / metrics[1]).read_text(encoding="utf-8")
    assert 'strategiemonitor_pages{group="2/2",verdict="verified"} 2.0' in text


def test_a_page_that_was_added_during_the_night_makes_the_night_undone(site: Site) -> None:
    site.show(site.declare("amt-a"), page("Seite A"))
    site.seed()
    once = RunRequest(site.settings, site.via, site.catalogue, once_a_night=True)
    run(once, Unpublished(), NOBODY_LISTENS)
    site.show(site.declare("amt-b"), page("Seite B"))
    assert run(once, Unpublished(), NOBODY_LISTENS)[1].pages["total"] == 2


def test_a_second_run_waits_where_it_is_told_to(site: Site) -> None:
    site.show(site.declare("amt-a"), page("Seite A"))
    site.seed()
    waiting = RunRequest(site.settings, site.via, site.catalogue, wait=True)
    with ThreadPoolExecutor(1) as pool:
        with Warehouse.open(site.settings.warehouse):
            second = pool.submit(run, waiting, Unpublished(), NOBODY_LISTENS)
            with pytest.raises(TimeoutError):
                second.result(timeout=1)
        _, summary = second.result(timeout=60)
    assert summary.exit_status == 0


def test_the_numbers_of_a_run_are_left_for_prometheus(site: Site) -> None:
    site.show(site.declare("amt-a"), page("Seite A"))
    site.declare("amt-b")
    site.refresh()
    text = (site.settings.data / "metrics" / "strategiemonitor.prom").read_text(encoding="utf-8")
    found = {sample.name: sample for family in text_string_to_metric_families(text) for sample in family.samples}
    verdicts_told = {
        sample.labels["verdict"]: sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == "strategiemonitor_pages"
    }
    assert (verdicts_told["verified"], verdicts_told["gone"]) == (1, 1)
    assert found["strategiemonitor_last_run_duration_seconds"].value > 0
    assert 'strategiemonitor_portal_requests{portal="amt-a.example"} 1.0' in text


def test_a_run_of_one_page_leaves_the_others_in_the_catalogue_of_the_copy(site: Site) -> None:
    site.show(site.declare("amt-a"), page("Seite A"))
    site.show(site.declare("amt-b"), page("Seite B"))
    site.refresh()
    site.night = 1
    _, summary = site.refresh("amt-b")
    assert summary.pages["total"] == 1
    assert site.rows("select page_id from pages order by all") == [("amt-a",), ("amt-b",)]


def test_a_page_that_left_the_catalogue_leaves_the_current_pages_and_stays_in_the_history(site: Site) -> None:
    site.show(site.declare("amt-a"), page("Seite A"))
    site.show(site.declare("amt-b"), page("Seite B"))
    site.refresh()
    site.forget("amt-b")
    site.night = 1
    site.refresh()
    assert site.rows("select page_id from pages") == [("amt-a",)]
    assert site.rows("select distinct page_id from observations order by all") == [("amt-a",), ("amt-b",)]


@pytest.mark.parametrize(
    ("changed", "error", "words"),
    [
        (
            lambda request: RunRequest(request.settings, request.via, request.catalogue, ("amt",)),
            UnknownPageError,
            "amt-a",
        ),
        (lambda request: RunRequest(request.settings, "gopher://x/", request.catalogue), SettingsError, "gopher"),
        (lambda request: RunRequest(request.settings, request.via, Path("nirgends")), CatalogueError, "nirgends"),
    ],
    ids=["unknown page", "unknown scheme", "no catalogue"],
)
def test_a_mistake_of_usage_is_told_before_anything_is_touched(
    site: Site, changed: Callable[[RunRequest], RunRequest], error: type[UsageError], words: str
) -> None:
    site.declare("amt-a")
    request = RunRequest(site.settings, site.via, site.catalogue)
    with pytest.raises(error) as raised:
        run(changed(request), PlainSteps(), NOBODY_LISTENS)
    assert words in str(raised.value)
    assert not site.settings.data.exists()
    assert site.server.log == []


def test_a_second_run_at_the_same_time_refuses_and_asks_nothing(site: Site) -> None:
    site.show(site.declare("amt-a"), page("Seite A"))
    site.seed()
    with Warehouse.open(site.settings.warehouse), pytest.raises(WarehouseBusyError) as raised:
        site.refresh()
    assert "process" in str(raised.value)
    assert site.server.log == []


class FullDisk(PlainSteps):
    """The archive cannot be written any more once the pages are visited."""

    def visit(self, work: PortalWork) -> list[PageVisit]:
        """Visits while the disk is full."""

        def store(*_: object, **__: object) -> Exchange:
            raise ArchiveError("The archive cannot be written.", "Make room.")

        work.warc.store = store  # type: ignore[method-assign]  # a full disk cannot be had in a test
        return super().visit(work)


def test_a_run_that_cannot_keep_its_evidence_loads_nothing(site: Site) -> None:
    """The next one, with room again, goes on as if it had not been."""
    site.show(site.declare("amt-a"), page("Seite A"))
    with pytest.raises(ArchiveError):
        site.refresh(steps=FullDisk())
    _, summary = site.refresh()
    assert (summary.snapshot, summary.pages["verified"]) == (1, 1)


def test_portals_are_visited_at_the_same_time(site: Site) -> None:
    """Three portals that answer slowly: with three at once they take the time of one."""
    for name in ("amt-a", "amt-b", "amt-c"):
        site.show(site.declare(name), Answer(body=page(name), delay_s=0.4))

    site.refresh()
    starts = sorted(asked.at for asked in site.server.log if asked.path.endswith("digitalplan"))
    assert starts[-1] - starts[0] < 0.4


def test_a_maintenance_page_keeps_the_last_good_version_current(site: Site) -> None:
    url = site.declare("amt-a")
    site.show(url, page(GOALS))
    site.refresh()
    site.night = 1
    site.show(url, MAINTENANCE)
    _, summary = site.refresh()
    assert (summary.held_back, summary.incidents_opened) == ({"amt-a": "suspect:maintenance"}, 1)
    assert site.rows("select value from figures") == [(40.0,)]
    assert site.rows("select kind from incidents where closed_at is null") == [("suspect",)]


def test_a_run_with_other_pages_sets_the_demo_aside_and_says_so(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    prepare_folder(site.settings)
    site.settings.published.parent.mkdir()
    site.settings.published.write_bytes(b"Vorfuehrung")
    site.show(site.declare("amt-a"), page("Seite A"))
    site.refresh()
    aside = site.settings.data / "demo"
    assert (aside / MARK).exists()
    assert (aside / "published" / site.settings.published.name).read_bytes() == b"Vorfuehrung"
    assert str(aside) in caplog.text
    assert site.rows("select count(*) from pages") == [(1,)]


def test_a_demo_that_is_being_played_is_not_moved_away(site: Site) -> None:
    prepare_folder(site.settings)
    site.show(site.declare("amt-a"), page("Seite A"))
    site.seed()
    with Warehouse.open(site.settings.warehouse), pytest.raises(WarehouseBusyError):
        site.refresh()
    assert site.settings.warehouse.exists()


def test_the_demo_never_overwrites_real_data(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    settings.archive.mkdir()
    with pytest.raises(UsageError, match="real runs"):
        prepare_folder(settings)
    assert settings.archive.exists()


def test_the_log_has_a_line_for_each_portal_and_for_each_page_that_is_held_back(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("eins", "zwei", "drei"):
        site.show(site.declare(name, f"https://amt.example/{name}"), page(f"Seite {name}"))
    site.show("https://amt.example/drei", MAINTENANCE)
    with caplog.at_level(logging.INFO):
        site.refresh()
    told = [record.getMessage() for record in caplog.records if "amt.example" in record.getMessage()]
    assert told == ["drei (amt.example): suspect:maintenance", "amt.example: 1 suspect:maintenance, 2 verified"]
