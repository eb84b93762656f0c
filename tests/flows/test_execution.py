"""Reading in other processes: the same results, and one that dies takes nobody else's page with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from flows import execution
from flows.execution import InOtherProcesses, InThisProcess, ProcessDiedError, execution_of
from tests.flows.site import Site, page, verdicts
from transform.document import Reading
from transform.reading.body import read_body

_PARENT = """
import os, sys, time
from flows.execution import InOtherProcesses
processes = InOtherProcesses(1)
print(processes.call(os.getpid), flush=True)
time.sleep(60)
"""


@pytest.fixture(scope="module")
def processes() -> Iterator[InOtherProcesses]:
    started = InOtherProcesses(2)
    yield started
    started.close()


def test_a_function_is_called_elsewhere_and_its_result_comes_back(processes: InOtherProcesses) -> None:
    assert processes.call(os.getpid) != os.getpid()
    assert processes.each(len, ["drei", "", "zwölf"]) == [4, 0, 5]


def test_what_a_function_raises_is_raised_here(processes: InOtherProcesses) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        processes.call(int, "knapp 50")


def test_a_process_that_dies_is_told_and_all_other_calls_are_answered(processes: InOtherProcesses) -> None:
    with ThreadPoolExecutor(4) as threads:
        before = [threads.submit(processes.call, abs, -number) for number in range(20)]
        deadly = threads.submit(processes.call, os._exit, 9)
        after = [threads.submit(processes.call, abs, -number) for number in range(20, 40)]
    assert [answer.result() for answer in (*before, *after)] == list(range(40))
    with pytest.raises(ProcessDiedError, match="The process that read a page died"):
        deadly.result()


def test_processes_end_with_the_one_that_started_them_even_if_it_was_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", _PARENT], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        reader = int(parent.stdout.readline())
        assert Path(f"/proc/{reader}").exists()
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while _lives(reader) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _lives(reader)


def _lives(process: int) -> bool:
    """Whether a process is there and no mere entry that nobody has asked for yet."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(("readings", "at_once"), [(execution.LEAST_READINGS - 1, 16), (1000, 1)])
def test_what_other_processes_would_not_make_sooner_stays_here(readings: int, at_once: int) -> None:
    with execution_of(readings, at_once) as here:
        assert isinstance(here, InThisProcess)
        assert here.each(len, ["drei"]) == [here.call(len, "drei")]


class Counted(InOtherProcesses):
    """Processes that count their calls."""

    calls = 0

    def call(self, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        Counted.calls += 1
        return super().call(function, *args, **kwargs)


def test_a_night_that_others_read_is_loaded_as_if_it_had_been_read_here(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Site(site.server, tmp_path / "hier", site.empty)
    here.folder.mkdir()
    for each in (here, site):
        _declare_four_pages_of_two_portals(each)
    night, _ = here.refresh()
    monkeypatch.setattr(execution, "LEAST_READINGS", 1)
    monkeypatch.setattr(execution, "InOtherProcesses", Counted)
    monkeypatch.setattr("loky.cpu_count", lambda: 2)
    same, _ = site.refresh()
    assert Counted.calls == 2 * 3 + 2, "three bodies and their records; one that cannot be read, looked at twice"
    assert verdicts(same) == verdicts(night)
    assert _contents(site) == _contents(here)


def deadly(body: bytes, **given: Any) -> Reading:
    """Reads a page; page 3 is the death of the process that reads it."""
    if b"Digitalplan 3" in body:
        os._exit(9)
    return read_body(body, **given)


def test_a_page_that_is_the_death_of_its_process_fails_alone(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    _declare_four_pages_of_two_portals(site)
    monkeypatch.setattr(execution, "LEAST_READINGS", 1)
    monkeypatch.setattr("loky.cpu_count", lambda: 2)
    monkeypatch.setattr("flows.visiting.read_body", deadly)
    night, summary = site.refresh()
    assert verdicts(night) == {
        "amt-0": "suspect:empty",
        "amt-1": "verified",
        "amt-2": "verified",
        "amt-3": "failed:internal",
    }
    assert summary.exit_status == 3


def _declare_four_pages_of_two_portals(site: Site) -> None:
    for number in range(4):
        text = page(f"Bis 2030 sollen {number + 40} Bürgerbüros entstehen.", title=f"Digitalplan {number}")
        url = site.declare(f"amt-{number}", f"https://amt-{number % 2}.example/plan-{number}")
        site.show(url, text if number else b"")


def _contents(site: Site) -> list[Any]:
    tables = {"versions": "version_id, content_sha256", "figures": "*", "sections": "*"}
    return [site.rows(f"select {columns} from {table} order by all") for table, columns in tables.items()]
