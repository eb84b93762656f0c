"""Older captures out of WARC files of other tools, and the laws of slotting in: order and repetition do not matter."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from flows.backfill_sources import Backfill, BackfillReport
from flows.catalogue import declared_pages
from flows.cli import app
from flows.settings import Settings
from tests.flows.site import Site, page
from tests.support.warc_author import WarcAuthor
from tests.warehouse.contents import rows
from transform.records import RECORD_TYPES
from warehouse.database import Warehouse
from warehouse.publish import publish
from warehouse.query import query_published

URL = "https://plan.example/digitalplan"
FIRST = datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)
STATES = (100, 120, 150)


def schools(count: int) -> bytes:
    return page(f"Bis 2027 sollen {count} Schulen im Land einen eigenen Anschluss an das Glasfasernetz bekommen.")


def warc(path: Path, *captures: tuple[datetime, bytes], url: str = URL) -> Path:
    """A file as another tool writes it."""
    author = WarcAuthor(path)
    for at, body in captures:
        author.answer(url, body, at=at)
    return path


def backfilled(installation: Settings, catalogue: Path, *files: Path) -> BackfillReport:
    pages = declared_pages(catalogue)
    with Warehouse.open(installation.warehouse) as warehouse:
        return Backfill(installation, warehouse, pages, pages).from_files(files)


def history(installation: Settings) -> dict[str, list[str]]:
    """What analysts see of the pages, without when and by which run it was loaded."""
    questions = {f"{table}_history": f"from {table}_history" for table in RECORD_TYPES}
    questions |= {table: f"from {table}" for table in RECORD_TYPES}
    questions["observations"] = "select * exclude (snapshot_id) from observations"
    questions["changes"] = "select * exclude (snapshot_id) from changes"
    with Warehouse.open(installation.warehouse) as warehouse:
        assert warehouse.audit() == ()
        return {name: sorted(map(repr, rows(warehouse, question))) for name, question in questions.items()}


@pytest.fixture
def declared(site: Site) -> Site:
    """A page that no night has seen."""
    site.declare("plan", URL)
    site.settings.warehouse.parent.mkdir(parents=True)
    shutil.copyfile(site.empty, site.settings.warehouse)
    return site


def test_captures_of_other_tools_become_history(declared: Site, tmp_path: Path) -> None:
    file = warc(tmp_path / "kopie.warc.gz", (FIRST, schools(100)), (FIRST + timedelta(days=400), schools(120)))
    report = backfilled(declared.settings, declared.catalogue, file)
    assert (report.taken, report.promoted, report.changes) == (2, 2, 1)
    found = history(declared.settings)
    assert len(found["figures_history"]) == 2
    assert len(found["figures"]) == 1
    assert "100" in found["changes"][0]


def test_the_captures_are_kept_in_our_own_archive_and_can_be_asked_for(declared: Site, tmp_path: Path) -> None:
    backfilled(declared.settings, declared.catalogue, warc(tmp_path / "kopie.warc.gz", (FIRST, schools(100))))
    with Warehouse.open(declared.settings.warehouse) as warehouse:
        ((place,),) = rows(warehouse, "select warc_file from captures")
        ((kind,),) = rows(warehouse, "select kind from snapshots")
    assert (declared.settings.archive / place).is_file()
    assert "backfill-" in place
    assert kind == "backfill"


def test_the_same_file_twice_changes_nothing(declared: Site, tmp_path: Path) -> None:
    file = warc(tmp_path / "kopie.warc.gz", (FIRST, schools(100)), (FIRST + timedelta(days=1), schools(120)))
    backfilled(declared.settings, declared.catalogue, file)
    before, files = history(declared.settings), sorted(declared.settings.archive.rglob("*.warc.gz"))
    report = backfilled(declared.settings, declared.catalogue, file)
    assert (report.taken, report.known) == (0, 2)
    assert history(declared.settings) == before
    assert sorted(declared.settings.archive.rglob("*.warc.gz")) == files


@pytest.mark.parametrize(("looks", "believed"), [(3, False), (5, True)])
def test_a_stub_is_believed_for_another_night_and_not_for_another_look(
    declared: Site, tmp_path: Path, looks: int, believed: bool
) -> None:
    """A crawler that came four times a day saw the stub three times; a whole day later it is another night."""
    whole = page(
        *(f"Abschnitt {number} sagt, was bis zum Jahr 2027 geschehen soll und wer es tut." for number in "abcdef")
    )
    seen = [(FIRST - timedelta(days=9), whole)]
    seen += [(FIRST + timedelta(hours=6 * look), page()) for look in range(looks)]
    seen.append((FIRST + timedelta(days=2), whole))
    report = backfilled(declared.settings, declared.catalogue, warc(tmp_path / "kopie.warc.gz", *seen))
    assert report.taken == len(seen)
    assert bool(history(declared.settings)["changes"]) == believed


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_captures_loaded_in_any_order_and_portions_give_the_same_tables(
    declared: Site, tmp_path_factory: pytest.TempPathFactory, data: Any
) -> None:
    states = data.draw(st.lists(st.sampled_from(STATES), min_size=3, max_size=5))
    captures = [(FIRST + timedelta(days=30 * number), schools(count)) for number, count in enumerate(states)]
    cuts = data.draw(st.permutations(captures))
    size = data.draw(st.integers(1, 2))
    folder = tmp_path_factory.mktemp("gesetz")
    together, apart = Settings(data=folder / "a"), Settings(data=folder / "b")
    for installation in (together, apart):
        installation.warehouse.parent.mkdir(parents=True)
        shutil.copyfile(declared.empty, installation.warehouse)
    backfilled(together, declared.catalogue, warc(folder / "alle.warc.gz", *captures))
    for start in range(0, len(cuts), size):
        file = warc(folder / f"teil-{start}.warc.gz", *cuts[start : start + size])
        backfilled(apart, declared.catalogue, file)
    assert history(apart) == history(together)


def test_what_the_command_tells_names_each_record_that_was_not_taken(declared: Site, tmp_path: Path) -> None:
    file = warc(tmp_path / "kopie.warc.gz", (FIRST, schools(100)))
    file.write_bytes(file.read_bytes() + b"\x1f\x8b\x08kaputt")
    told = CliRunner().invoke(
        app,
        [
            "--data",
            str(declared.settings.data),
            "backfill",
            "warc",
            str(file),
            "--catalogue",
            str(declared.catalogue),
        ],
    )
    assert told.exit_code == 0, told.output
    assert "1 captures taken in, 1 of them good" in told.output
    assert "damaged: kopie.warc.gz at" in told.output
    assert declared.settings.published.is_file()


LONG = page(
    *(f"Abschnitt {number} sagt, was bis zum Jahr 2027 geschehen soll und wer es tut." for number in "abcdefgh")
)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_collapse_is_doubted_whichever_of_its_neighbours_came_first(
    declared: Site, tmp_path: Path, order: tuple[int, ...]
) -> None:
    """Alone it is a short page like others; beside what it said before it is a page that was lost for a day."""
    seen = [(FIRST + timedelta(days=day), body) for day, body in ((0, LONG), (1, page()), (2, LONG))]
    for number in order:
        backfilled(declared.settings, declared.catalogue, warc(tmp_path / f"{number}.warc.gz", seen[number]))
    found = history(declared.settings)
    assert found["changes"] == []
    assert len(found["observations"]) == 2
    assert len(found["strategies_history"]) == 1


def test_what_is_doubted_since_was_known_otherwise_before(declared: Site, tmp_path: Path) -> None:
    """As known at the time, the short page was what stood."""
    backfilled(declared.settings, declared.catalogue, warc(tmp_path / "kurz.warc.gz", (FIRST, page())))
    with Warehouse.open(declared.settings.warehouse) as warehouse:
        ((known_at,),) = rows(warehouse, "select max(finished_at)::varchar from snapshots")
    lang = (FIRST - timedelta(days=1), LONG)
    backfilled(declared.settings, declared.catalogue, warc(tmp_path / "lang.warc.gz", lang))
    publish_to = declared.settings.published
    with Warehouse.open(declared.settings.warehouse) as warehouse:
        publish(warehouse, publish_to)
    asked = "select length(text) from sections_as_of('2022-01-01', known_at := {})"
    short, long = (query_published(publish_to, asked.format(at)).rows for at in (f"'{known_at}'", "'infinity'"))
    assert short < long
    assert query_published(publish_to, "select length(text) from sections").rows == long
