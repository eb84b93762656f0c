"""Several processes that write to one lake at once, readers meanwhile, and one that is killed."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from extract.errors import WarehouseConflictError
from tests.warehouse.contents import rows
from tests.warehouse.nights import changed, declared, night, night_at, seen
from transform.night import Alert, Night
from warehouse import load, observations
from warehouse.attempts import Attempted
from warehouse.connection import transaction
from warehouse.database import Warehouse
from warehouse.lake import Lake
from warehouse.query import query_published

NIGHTS = 3

WRITE = """
import sys
from pathlib import Path
from tests.lake.test_several_writers import written_night
from warehouse.database import Warehouse
from warehouse.lake import Lake
from warehouse.publish import publish

catalogue, files, name, target, *numbers = sys.argv[1:]
with Warehouse.open(Lake(catalogue, files)) as warehouse:
    for n in map(int, numbers):
        print(warehouse.load(written_night(name, n)).snapshot_id, flush=True)
        if target:
            publish(warehouse, Path(target))
"""

CLOSE = """
import sys
from datetime import UTC, datetime
from warehouse.database import Warehouse
from warehouse.lake import Lake

with Warehouse.open(Lake(*sys.argv[1:])) as warehouse:
    for _ in range(15):
        warehouse.close_outage("unpublished", datetime.now(UTC))
"""


def written_night(name: str, n: int) -> Night:
    """The n-th night of three pages of one writer; each says something new every night."""
    pages = []
    for number in range(3):
        page = declared(f"{name}-{number}")
        changes = (changed(page, (n - 1, "a" * n), (n, "a" * (n + 1))),) if n else ()
        pages.append(seen(page, night_at(n), "a" * (n + 1), changes=changes))
    return night(n, *pages, run_id=f"{name}-{n}")


def writer(lake: Lake, name: str, target: Path | None, numbers: Sequence[int]) -> subprocess.Popen[str]:
    """A process that loads these nights, and publishes after each where it has a target; tells the runs' numbers."""
    arguments = [lake.catalogue, lake.files, name, str(target or ""), *map(str, numbers)]
    return subprocess.Popen(
        [sys.executable, "-c", WRITE, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def facts(warehouse: Warehouse) -> dict[str, list[tuple[Any, ...]]]:
    """What does not depend on which of the two came first."""
    return {
        question: rows(warehouse, question)
        for question in (
            "select page_id, observed_at, version_id from main.observations order by all",
            "select change_id, page_id, not_before, not_after, before, after from main.changes order by all",
            "select page_id, value, valid_from, valid_to from main.figures_history order by all",
            "select page_id, verdict, last_verified_at from main.pages order by all",
        )
    }


def test_two_writers_at_once_lose_nothing_and_readers_see_whole_nights(
    new_lake: Callable[[], Lake], tmp_path: Path
) -> None:
    lake, target = new_lake(), tmp_path / "published" / "strategiemonitor.duckdb"
    writers = [writer(lake, name, target, range(NIGHTS)) for name in ("nord", "sued")]
    seen_runs = [0]
    while any(process.poll() is None for process in writers):
        if target.exists():
            [(runs, seen_pages)] = query_published(
                target, "select (select count(*) from snapshots), (select count(*) from observations)"
            ).rows
            assert seen_pages == runs * 3, "a copy holds half a night"
            seen_runs.append(runs)
        time.sleep(0.2)
    told = [int(line) for process in writers for line in process.communicate()[0].split()]
    assert [process.returncode for process in writers] == [0, 0]
    assert sorted(told) == list(range(1, 2 * NIGHTS + 1)), "each run has a number of its own"
    assert seen_runs == sorted(seen_runs), "an older copy took the place of a later one"
    with Warehouse.open(lake, read_only=True) as warehouse:
        assert warehouse.audit() == ()
        in_lake = facts(warehouse)
    with Warehouse.open(tmp_path / "eine.duckdb") as one:
        for name, n in itertools.product(("nord", "sued"), range(NIGHTS)):
            one.load(written_night(name, n))
        assert in_lake == facts(one)
    assert query_published(target, "select count(*) from snapshots").rows == ((2 * NIGHTS,),)


def test_what_ends_an_outage_waits_for_its_turn(new_lake: Callable[[], Lake]) -> None:
    """Every run does it after publishing, so two runs meet there; a conflict would fail a night that is loaded."""
    lake = new_lake()
    Warehouse.open(lake).close()
    closing = [
        subprocess.Popen(
            [sys.executable, "-c", CLOSE, lake.catalogue, lake.files],
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        for _ in range(2)
    ]
    told = [process.communicate()[1] for process in closing]
    assert [process.returncode for process in closing] == [0, 0], told


def test_a_load_during_which_another_one_is_loaded_is_done_again(
    new_lake: Callable[[], Lake], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second transaction is in the middle when the first is committed: both would have had number 1."""
    lake = new_lake()
    with Warehouse.open(lake) as first, Warehouse.open(lake) as second:
        append = observations.append_observations
        tries: list[int] = []

        def interrupted(*args: Any) -> None:
            append(*args)
            tries.append(len(tries))
            if len(tries) == 1:
                first.load(written_night("nord", 0))

        monkeypatch.setattr(load, "append_observations", interrupted)
        report = second.load(written_night("sued", 0))
        assert len(tries) == 3, "two of the second's, one of the first's"
        assert (report.snapshot_id, report.was_loaded, report.observations) == (2, False, 3)
        assert rows(second, "select run_id, snapshot_id from main.snapshots order by all") == [
            ("nord-0", 1),
            ("sued-0", 2),
        ]
        assert second.audit() == ()


def test_a_conflict_that_nobody_tries_again_is_told_as_one(new_lake: Callable[[], Lake]) -> None:
    lake = new_lake()
    with Warehouse.open(lake) as first, Warehouse.open(lake) as second:

        def colliding() -> None:
            with transaction(first.connection), transaction(second.connection):
                pass

        with pytest.raises(WarehouseConflictError, match="another process wrote at the same moment"):
            colliding()


def test_a_message_that_another_process_is_sending_is_left_to_it(new_lake: Callable[[], Lake]) -> None:
    lake = new_lake()
    alert = Alert("a1", "k1", "content", None, (), (), "changes", ("file",), "Betreff", "Text")
    with Warehouse.open(lake) as first, Warehouse.open(lake) as second:
        first.add_alerts([alert], night_at(0))
        [theirs], [ours] = first.pending_deliveries(night_at(0)), second.pending_deliveries(night_at(0))
        assert first.begin_deliveries([theirs], night_at(0))
        assert not second.begin_deliveries([ours], night_at(0))
        assert second.begin_deliveries([ours], night_at(0.01)), "a quarter of an hour later, the first one has died"
        first.record_deliveries([Attempted(theirs, delivered=True, response="da")], night_at(0.02))
        assert not second.begin_deliveries([ours], night_at(0.03))


def test_a_writer_that_is_killed_leaves_whole_nights_and_the_next_one_goes_on(new_lake: Callable[[], Lake]) -> None:
    lake = new_lake()
    with writer(lake, "nord", None, range(100)) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "1\n"
        process.send_signal(signal.SIGKILL)
    with Warehouse.open(lake) as warehouse:
        assert warehouse.audit() == ()
        [(runs, seen_pages)] = rows(
            warehouse, "select (select count(*) from main.snapshots), (select count(*) from main.observations)"
        )
        assert seen_pages == 3 * runs
        assert warehouse.load(written_night("nord", 0)).was_loaded
        assert warehouse.load(written_night("nord", 99)).snapshot_id == runs + 1
