"""A warehouse rebuilt from its archive: the same tables, and what another extractor reads told as our doing."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from extract.errors import NothingToDoError
from flows import rebuilding, restoring
from flows.catalogue import declared_pages
from flows.rebuilding import RebuildReport, rebuild
from flows.restoring import is_lost, restore
from flows.settings import Settings
from tests.flows.site import Site, page
from tests.support.pdf import pdf_bytes
from tests.support.server import Answer, ScriptedServer
from tests.warehouse.contents import everything, rows
from transform.records import RECORD_TYPES
from warehouse.database import Warehouse
from warehouse.rebuild import apply_rebuild

PLAN = page("Bis 2027 sollen 150 Schulen im Land einen eigenen Anschluss an das Glasfasernetz bekommen.")
MORE = page("Bis 2028 sollen 170 Schulen im Land einen eigenen Anschluss an das Glasfasernetz bekommen.")
MAINTENANCE = b"""<!doctype html><html lang="de"><title>Wartungsarbeiten</title><main><h1>Wartungsarbeiten</h1>
<p>Bitte versuchen Sie es sp&auml;ter noch einmal.</p></main></html>"""

BOXED = page("<span class='kasten'>Bis 2027 sollen 150 Schulen angeschlossen sein.</span> Das ist der Plan.")
BOXED_MORE = page("<span class='kasten'>Bis 2027 sollen 170 Schulen angeschlossen sein.</span> Das ist der Plan.")

LINKING = [
    page(
        f"Das Land plant {count} Vorhaben.",
        links=f"<p><a href='/ziel-{target}'>Mehr dazu</a> <a href='/plan.pdf'>Der Plan (PDF)</a></p>",
    )
    for count, target in ((3, 1), (3, 2), (4, 3), (4, 3), (4, 1))
]
"""The link leads elsewhere in the second night, in the third with other words beside it, and in the last again."""

_BY_CLOCK = {
    "snapshots": ("finished_at",),
    "versions": ("created_at",),
    "files": ("fetched_in_full_at",),
    "rereadings": (),
}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory, empty_warehouse: Path) -> tuple[Path, Path]:
    """Two installations: one that saw five nights of three pages, one that saw three nights of a page with a box."""
    five, boxed = tmp_path_factory.mktemp("fuenf"), tmp_path_factory.mktemp("kasten")
    with ScriptedServer() as server:
        _play_five_nights(Site(server, five, empty_warehouse))
        _play_boxed(Site(server, boxed, empty_warehouse))
    return five, boxed


@pytest.fixture
def watched(played: tuple[Path, Path], site: Site) -> Site:
    return _copied(played[0], site)


@pytest.fixture
def boxed(played: tuple[Path, Path], site: Site) -> Site:
    return _copied(played[1], site)


def _copied(folder: Path, site: Site) -> Site:
    """The same installation in a folder of this test."""
    shutil.copytree(folder, site.folder, dirs_exist_ok=True)
    for file in (site.folder / "catalogue").glob("*.toml"):
        for entry in file.read_text(encoding="utf-8").split("[[page]]")[1:]:
            page_id = entry.partition("page_id = '")[2].partition("'")[0]
            site.entries[page_id] = "[[page]]" + entry.rstrip()
    return site


def _play_five_nights(site: Site) -> None:
    """Five nights of four pages: changes, a return, a maintenance notice, a redirect, a failure, links, a file."""
    plan, moved, other = site.declare("plan"), site.declare("umzug"), site.declare("ziele")
    linking, file = site.declare("verweise"), "https://verweise.example/plan.pdf"
    new_home = "https://umzug.example/digital/plan"
    site.show("https://plan.example/robots.txt", Answer(404))
    bodies: list[tuple[Answer | bytes, bytes, Answer | bytes]] = [
        (PLAN, page("Der Plan nennt 12 Vorhaben."), page("Das Land will 40 Dienste anbieten.")),
        (MORE, page("Der Plan nennt 12 Vorhaben."), page("Das Land will 40 Dienste anbieten.")),
        (MAINTENANCE, page("Der Plan nennt 14 Vorhaben."), Answer(503)),
        (PLAN, page("Der Plan nennt 14 Vorhaben."), page("Das Land will 45 Dienste anbieten.")),
        (PLAN, page("Der Plan nennt 14 Vorhaben."), page("Das Land will 45 Dienste anbieten.")),
    ]
    for night, (first, second, third) in enumerate(bodies):
        site.night = night
        site.show(plan, first)
        site.show(other, third)
        site.show(linking, LINKING[night])
        site.show(file, pdf_bytes(f"Fassung {night // 2}"))
        if night < 3:
            site.show(moved, second)
        else:
            site.show(moved, Answer(301, headers=(("Location", site.via + new_home),)))
            site.show(new_home, second)
        site.refresh()


def test_a_lost_warehouse_is_rebuilt_from_the_archive_alone(watched: Site) -> None:
    """Every base table comes back, but for the clock's readings and the alerts, which were delivered with the night."""
    before = _contents(watched.settings)
    watched.settings.warehouse.unlink()
    restored = restore(watched.settings, declared_pages(watched.catalogue))
    after = _contents(watched.settings)
    assert restored.runs == 5
    assert restored.aside is None
    for table in before.keys() - {"alerts", "deliveries", "delivery_attempts", "derived", "migrations"}:
        assert after[table] == before[table], table
    assert before["changes"]
    assert before["incident_events"]


def test_restoring_goes_on_where_it_was_killed(watched: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _contents(watched.settings)
    watched.settings.warehouse.unlink()
    play, played = restoring._play, 0

    def killed(*given: Any) -> int:
        nonlocal played
        played += 1
        if played == 3:
            raise KeyboardInterrupt
        return play(*given)

    monkeypatch.setattr(restoring, "_play", killed)
    with pytest.raises(KeyboardInterrupt):
        restore(watched.settings, declared_pages(watched.catalogue))
    assert not watched.settings.warehouse.exists()
    restore(watched.settings, declared_pages(watched.catalogue))
    assert played == 3 + 3
    assert _contents(watched.settings)["observations"] == before["observations"]


def test_alerts_of_a_warehouse_that_is_replaced_are_taken_over_and_none_is_written_anew(watched: Site) -> None:
    before = _contents(watched.settings)
    restored = restore(watched.settings, declared_pages(watched.catalogue))
    after = _contents(watched.settings)
    assert before["alerts"]
    for table in ("alerts", "deliveries", "delivery_attempts"):
        assert after[table] == before[table]
    assert restored.aside is not None
    assert restored.aside.is_file()


def test_a_damaged_archive_gives_what_is_left_and_tells_the_damage(watched: Site) -> None:
    file = max(watched.settings.archive.glob("*/*/*.warc.gz"), key=lambda path: path.stat().st_mtime)
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2] + b"\0" * 40 + data[len(data) // 2 + 40 :])
    watched.settings.warehouse.unlink()
    restored = restore(watched.settings, declared_pages(watched.catalogue))
    assert restored.runs == 5
    assert any(file.name in damage for damage in restored.damages)
    with Warehouse.open(watched.settings.warehouse) as warehouse:
        assert warehouse.audit() == ()


def test_an_empty_archive_is_nothing_to_restore_from(site: Site) -> None:
    assert is_lost(site.settings)
    with pytest.raises(NothingToDoError, match="holds no run"):
        restore(site.settings, ())


def _play_boxed(site: Site) -> None:
    """Three nights of a page whose figure stands in a box: 150, 170, 150 schools."""
    plan = site.declare("plan")
    for night, body in enumerate([BOXED, BOXED_MORE, BOXED]):
        site.night = night
        site.show(plan, body)
        site.refresh()


def test_a_rebuild_with_the_same_extractor_writes_nothing(boxed: Site) -> None:
    before = _contents(boxed.settings)
    report = _rebuilt(boxed)
    assert (report.snapshot_id, report.observations, report.bodies_read) == (None, 0, 0)
    assert _contents(boxed.settings) == before


def test_what_another_extractor_reads_stands_in_all_of_history_and_alerts_nobody(boxed: Site) -> None:
    """Without the box there is no figure, and so the page never changed."""
    boxed.declare("plan", removals="['.kasten']")
    alerts = _contents(boxed.settings)["alerts"]
    report = _rebuilt(boxed)
    assert report.observations == 3
    for schools in ("150", "170"):
        assert any(f"{schools} Schulen" in (value.before or "") for value in report.revised)
    with Warehouse.open(boxed.settings.warehouse) as warehouse:
        assert rows(warehouse, "from figures_history") == []
        assert rows(warehouse, "from changes where cause = 'page'") == []
        told = rows(warehouse, "select distinct cause, alerts, snapshot_id from changes")
        assert told == [("extractor", False, report.snapshot_id)]
        assert rows(warehouse, "select kind from snapshots order by snapshot_id")[-1] == ("rebuild",)
        assert warehouse.audit() == ()
    assert _contents(boxed.settings)["alerts"] == alerts


def test_what_was_known_before_a_rebuild_can_still_be_asked(boxed: Site) -> None:
    with Warehouse.open(boxed.settings.warehouse) as warehouse:
        (known_at,) = rows(warehouse, "select max(finished_at)::varchar from snapshots")[0]
    boxed.declare("plan", removals="['.kasten']")
    _rebuilt(boxed)
    with Warehouse.open(boxed.settings.warehouse) as warehouse:
        now = rows(warehouse, "select value from figures_as_of(timestamptz '2100-01-01')")
        then = rows(warehouse, f"select value from figures_as_of('2100-01-01', known_at := '{known_at}')")
    assert (now, then) == ([], [(150.0,)])


def test_rebuilding_twice_gives_identical_tables(boxed: Site) -> None:
    boxed.declare("plan", removals="['.kasten']")
    _rebuilt(boxed)
    first = _contents(boxed.settings)
    assert _rebuilt(boxed).snapshot_id is None
    assert _contents(boxed.settings) == first


def test_a_rebuild_gives_what_the_extractor_would_have_read_every_night(watched: Site) -> None:
    """History as rebuilt equals history as restored from the archive with that extractor from the first night on."""
    watched.declare("plan", title="Digitalplan")
    watched.declare("ziele", removals="['p:last-of-type']")
    watched.declare("verweise", removals="['p:nth-of-type(2)']")
    assert _rebuilt(watched).observations > 0
    rebuilt = _history(watched.settings)
    watched.settings.warehouse.unlink()
    restore(watched.settings, declared_pages(watched.catalogue))
    restored = _history(watched.settings)
    for name, told in restored.items():
        assert rebuilt[name] == told, name
    assert any("figure" in row for row in restored["changes"])
    assert sum("link_noise" in row for row in restored["changes"]) == 3
    assert any("'replaced'" in row for row in restored["changes"])


def test_a_killed_rebuild_does_not_read_the_same_bodies_again(boxed: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    boxed.declare("plan", removals="['.kasten']")
    before = _history(boxed.settings)
    apply = apply_rebuild

    def killed(*given: Any) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(rebuilding, "apply_rebuild", killed)
    with pytest.raises(KeyboardInterrupt):
        _rebuilt(boxed)
    assert _history(boxed.settings) == before
    monkeypatch.setattr(rebuilding, "apply_rebuild", apply)
    report = _rebuilt(boxed)
    assert (report.bodies_read, report.observations) == (0, 3)


def test_a_body_that_is_gone_keeps_what_was_read_of_it_and_says_so(boxed: Site) -> None:
    boxed.declare("plan", removals="['.kasten']")
    for file in boxed.settings.archive.glob("*/*/*.warc.gz"):
        file.unlink()
    report = _rebuilt(boxed)
    assert (report.snapshot_id, report.observations) == (None, 0)
    assert len(report.kept) == 3
    assert "cannot be read" in report.kept[0]


def _rebuilt(site: Site) -> RebuildReport:
    with Warehouse.open(site.settings.warehouse) as warehouse:
        return rebuild(warehouse, site.settings.archive, declared_pages(site.catalogue))


def _history(settings: Settings) -> dict[str, list[str]]:
    """What analysts see of the pages' history, without when and by which run it was loaded."""
    questions = {f"{table}_history": f"from {table}_history" for table in RECORD_TYPES}
    questions |= {table: f"from {table}" for table in (*RECORD_TYPES, "document_pages", "incidents")}
    questions["observations"] = "select * exclude (snapshot_id) from observations"
    questions["changes"] = "select * exclude (alerts) from changes where cause = 'page'"
    questions["pages"] = "select * exclude (age_days) from pages"
    questions["links to come"] = "select page_id, arg_max(links, observed_at) from store.links_seen group by page_id"
    questions["versions"] = (
        "select * exclude (snapshot_id, created_at) from versions semi join observations using (version_id)"
    )
    questions["quarantine"] = "select * exclude (snapshot_id) from quarantine semi join observations using (version_id)"
    with Warehouse.open(settings.warehouse) as warehouse:
        return {name: sorted(map(repr, rows(warehouse, question))) for name, question in questions.items()}


def _contents(settings: Settings) -> dict[str, list[str]]:
    """Every base table without what the clock said while it was loaded."""
    with Warehouse.open(settings.warehouse) as warehouse:
        found = {}
        for table in everything(warehouse):
            left_out = _BY_CLOCK.get(table)
            columns = f"* exclude ({', '.join(left_out)})" if left_out else "*"
            found[table] = sorted(map(repr, rows(warehouse, f"select {columns} from store.{table}")))
        return found
