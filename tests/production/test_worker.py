"""Production as an operator has it: a Prefect server on PostgreSQL, a worker, a schedule, and a machine that fails.

``make slow-test`` runs these; they wait for schedules and leases, which takes minutes.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

from flows.demo.portal import SAMPLE_CATALOGUE, SamplePortal
from flows.server import LocalServer
from tests.e2e.installation import ROOT, Installation, environment
from tests.support.postgres import create_database, running_postgres
from tests.support.prefect_pool import PrefectPool
from warehouse.query import query_published

pytestmark = pytest.mark.slow

T = TypeVar("T")

PATIENCE_S = 300.0
SILENCE_S = 45
"""After so much silence a run is taken for dead here; the automation that ``setup`` makes waits ten minutes."""
KILLED_RUNS = "strategiemonitor: runs that nobody hears of any more"


class Production(PrefectPool):
    """Everything that an operator sets up, and what its nights have come to."""

    def runs(self) -> list[dict[str, Any]]:
        """The runs of the nightly deployment that were scheduled and have begun, the first one first."""
        asked = {"sort": "START_TIME_ASC", "deployments": {"name": {"any_": ["nightly"]}}}
        return [run for run in self.call("POST", "flow_runs/filter", asked) if run["start_time"]]

    def states(self) -> set[str]:
        """The types of the states in which they are."""
        return {run["state"]["type"] for run in self.runs()}

    def deploy(self, via: str, every_s: int) -> None:
        """Lets the nightly deployment visit the sample portal, every so many seconds."""
        nightly = self.call("GET", "deployments/name/refresh/nightly")
        where = {"data": str(self.installation.data), "via": via, "catalogue": str(SAMPLE_CATALOGUE)}
        self.call("PATCH", f"deployments/{nightly['id']}", {"parameters": where})
        often = [{"schedule": {"interval": every_s}, "active": True}]
        self.call("POST", f"deployments/{nightly['id']}/schedules", often)

    def give_up_sooner(self) -> None:
        """Lets the automation for killed runs wait no longer than a test can."""
        [automation] = self.call("POST", "automations/filter", {"automations": {"name": {"any_": [KILLED_RUNS]}}})
        kept = {name: automation[name] for name in ("name", "description", "enabled", "trigger", "actions")}
        kept["trigger"] = {**kept["trigger"], "within": SILENCE_S}
        self.call("PUT", f"automations/{automation['id']}", kept)


@pytest.fixture
def production(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Production]:
    """Everything that an operator sets up, by ``setup`` alone."""
    with running_postgres() as postgres:
        create_database(postgres, "prefect")
        where = dict(part.split("=") for part in postgres.split())
        address = f"postgresql+asyncpg://{where['user']}@{where['host']}:{where['port']}/prefect"
        monkeypatch.setenv("PREFECT_SERVER_DATABASE_CONNECTION_URL", address)
        server = LocalServer(tmp_path / "server")
        server.start()
        try:
            installation = Installation(tmp_path / "data", environment(tmp_path / "home", server.api_url))
            installation.run("setup", "--home", str(ROOT))
            yield Production(installation, server.api_url, tmp_path)
        finally:
            server.stop()


def until(what: str, reached: Callable[[], T], folder: Path) -> T:
    """Waits until there is something; what it is."""
    deadline = time.monotonic() + PATIENCE_S
    while not (found := reached()):
        logs = "\n".join(path.read_text()[-3000:] for path in sorted(folder.glob("*.log")))
        assert time.monotonic() < deadline, f"{what}: not within {PATIENCE_S:g} s\n{logs}"
        time.sleep(0.3)
    return found


def test_a_scheduled_night_happens_and_one_whose_worker_is_killed_is_made_good(production: Production) -> None:
    """The machine dies in the middle of a run: nothing is half loaded, and a later run loads the night."""
    data, folder = production.installation.settings, production.folder
    with SamplePortal() as portal:
        production.give_up_sooner()
        production.deploy(portal.prefix(0), every_s=30)
        with production.worker("erster") as worker:
            until("a first scheduled night", data.published.exists, folder)
            until("a run under way", lambda: list(data.archive.glob("*/*/*.open")), folder)
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        _kill_what_is_left(production)
        loaded = _snapshots(production)
        with production.worker("zweiter"):
            until("the killed run told as crashed", lambda: "CRASHED" in production.states(), folder)
            until("a night after the crash", lambda: _snapshots(production) > loaded, folder)
    asked = "select count(*) from pages"
    assert query_published(data.published, asked).rows == ((5,),)
    stray = "select count(*) from observations anti join store.versions using (version_id)"
    assert query_published(data.published, stray).rows == ((0,),)


def _snapshots(production: Production) -> int:
    rows = query_published(production.installation.settings.published, "select count(*) from snapshots").rows
    return int(str(rows[0][0]))


def _kill_what_is_left(production: Production) -> None:
    """Runs are processes of their own: a machine that dies takes them along."""
    mark = f"PREFECT_HOME={production.folder / 'home'}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (process / "environ").read_bytes().split(b"\0"):
                os.kill(int(process.name), signal.SIGKILL)
        except (OSError, ProcessLookupError):
            continue
