from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.warehouse.contents import everything, rows
from tests.warehouse.nights import declared, night, night_at, seen
from transform.night import Night
from warehouse.database import Warehouse

KILLS = 16

LOAD_ON_AND_ON = """
import os, sys
from pathlib import Path
from tests.warehouse.test_crash import crash_night
from warehouse.database import Warehouse

while True:
    request = sys.stdin.readline()
    if not request:
        break
    child = os.fork()
    if child == 0:
        with Warehouse.open(Path(sys.argv[1])) as warehouse:
            first = int(request)
            print("offen", os.getpid(), flush=True)
            for n in range(first, first + 1000):
                warehouse.load(crash_night(n))
                print("geladen", n, flush=True)
    os.waitpid(child, 0)
    print("tot", 0, flush=True)
"""
"""Forks a child for each request, which loads nights until it is killed: only importing is done before the fork."""


def crash_night(n: int) -> Night:
    """Night n of ten pages, all of which say something new."""
    return night(n, *(seen(declared(f"seite-{p}"), night_at(n), f"Wort {n}") for p in range(10)))


def test_a_process_killed_at_any_moment_leaves_no_torn_night_and_loses_none_it_has_told(path: Path) -> None:
    """``kill -9`` at random moments; afterwards the file opens, every night is whole, and loading goes on."""
    moments = random.Random(7)
    told = -1
    with subprocess.Popen(
        [sys.executable, "-c", LOAD_ON_AND_ON, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as loader:
        assert loader.stdin is not None
        assert loader.stdout is not None
        for _ in range(KILLS):
            loader.stdin.write(f"{told + 1}\n")
            loader.stdin.flush()
            word, pid = loader.stdout.readline().split()
            assert word == "offen"
            for _ in range(moments.randint(0, 2)):
                told = int(loader.stdout.readline().split()[1])
            time.sleep(moments.uniform(0, 0.15))
            os.kill(int(pid), signal.SIGKILL)
            while (line := loader.stdout.readline().split())[0] != "tot":
                told = int(line[1])
            with Warehouse.open(path) as warehouse:
                assert warehouse.audit() == ()
                [(last, counted)] = rows(warehouse, "select max(snapshot_id), count(*) from store.snapshots")
                assert told + 1 <= counted <= told + 2, "a night that was told is lost, or one is torn"
                assert last in (counted, None)
                told = counted - 1
        loader.stdin.close()
    assert told > 0


def test_a_run_that_is_loaded_again_after_a_crash_gives_the_same_tables(path: Path, tmp_path: Path) -> None:
    """Whether the commit came through before the crash or not."""
    contents = []
    for crashed_after_commit in (True, False):
        file = tmp_path / f"{crashed_after_commit}.duckdb"
        with Warehouse.open(file) as warehouse:
            if crashed_after_commit:
                warehouse.load(crash_night(0), finished_at=night_at(0))
        with Warehouse.open(file) as warehouse:
            warehouse.load(crash_night(0), finished_at=night_at(0))
            contents.append(everything(warehouse, loading_too=False))
    assert contents[0] == contents[1]
