"""The setting ``lake`` as an operator has it: two refresh processes at once by the command line, and compaction."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.catalogue import declared_pages
from flows.demo.portal import SAMPLE_CATALOGUE, SamplePortal
from tests.e2e.installation import Installation, environment
from tests.lake.test_several_writers import written_night
from tests.warehouse.contents import rows
from warehouse.database import Warehouse
from warehouse.lake import Lake
from warehouse.lake_upkeep import compact_lake
from warehouse.query import query_published

QUESTIONS = (
    "select page_id, observed_at, version_id from main.observations order by all",
    "select page_id, entity, kind, before, after from main.changes order by all",
    "select page_id, value, unit, valid_from, valid_to from main.figures_history order by all",
    "select page_id, url, observed_at, status, verdict, body_sha256 from main.captures order by all",
    "select alert_id, key, page_id from main.alerts order by all",
)


def facts(lake: Lake) -> dict[str, list[tuple[Any, ...]]]:
    """What the lake holds, in an order of its own."""
    with Warehouse.open(lake, read_only=True) as warehouse:
        assert warehouse.audit() == ()
        return {question: rows(warehouse, question) for question in QUESTIONS}


@pytest.fixture
def installations(new_lake: Callable[[], Lake], tmp_path: Path) -> tuple[Lake, list[Installation]]:
    """Two machines that write into one lake."""
    lake = new_lake()
    names = {"STRATEGIEMONITOR_LAKE": lake.catalogue, "STRATEGIEMONITOR_LAKE_FILES": lake.files}
    folders = [tmp_path / name for name in ("eins", "zwei")]
    for folder in folders:
        folder.mkdir()
    return lake, [Installation(folder / "data", environment(folder / "prefect", None, **names)) for folder in folders]


def test_two_refresh_processes_at_once_write_into_one_lake(
    installations: tuple[Lake, list[Installation]], tmp_path: Path
) -> None:
    lake, machines = installations
    pages = [page.page_id for page in declared_pages(SAMPLE_CATALOGUE)]
    shares = [pages[:2], pages[2:]]
    with SamplePortal() as portal:
        for number in list(portal.nights)[:2]:
            common = ["refresh", "--via", portal.prefix(number), "--catalogue", str(SAMPLE_CATALOGUE), "--json"]
            processes = [
                machine.start(*common, *(f"--only={page}" for page in share), log=tmp_path / f"{number}-{rank}.log")
                for rank, (machine, share) in enumerate(zip(machines, shares, strict=True))
            ]
            for rank, process in enumerate(processes):
                assert process.wait(240) in (0, 3), (tmp_path / f"{number}-{rank}.log").read_text(encoding="utf-8")
    found = facts(lake)
    seen = found["select page_id, observed_at, version_id from main.observations order by all"]
    assert {page_id for page_id, *_ in seen} == set(pages)
    assert len(seen) == 2 * len(pages)
    counted = query_published(machines[0].settings.published, "select count(*) from snapshots").rows
    assert counted[0][0] in (3, 4), "its copy has the other machine's runs as well, but for one that ended later"
    done = machines[0].run("compact")
    assert "MB after" in done.stdout
    assert facts(lake) == found
    told = machines[1].run("sql", "--json", "select count(*) as n from pages")
    assert json.loads(told.stdout) == [{"n": len(pages)}]


def test_compacting_leaves_every_row_and_few_files(new_lake: Callable[[], Lake]) -> None:
    lake = new_lake()
    with Warehouse.open(lake) as warehouse:
        for n in range(4):
            warehouse.load(written_night("nord", n))
    before = facts(lake)
    compact_lake(lake)
    assert facts(lake) == before
    with Warehouse.open(lake) as warehouse:
        assert warehouse.load(written_night("nord", 0)).was_loaded
        warehouse.load(written_night("nord", 4))
    compact_lake(lake)
    with Warehouse.open(lake) as warehouse:
        files = "select table_name, file_count from ducklake_table_info('lake') where table_name = 'observations'"
        [(_, count)] = rows(warehouse, files)
        assert count == 1
        assert rows(warehouse, "select count(*) from main.observations") == [(15,)]
