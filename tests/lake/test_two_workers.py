"""Beyond one machine: two workers of one Prefect work pool share a night by groups of portals, into one lake.

Real are the Prefect server and its PostgreSQL, the lake's PostgreSQL, both workers and the portals on loopback.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from flows.running import PlainSteps, RunRequest, run
from flows.server import LocalServer
from flows.settings import Settings
from tests.e2e.installation import ROOT, Installation, environment
from tests.flows.site import Site, page
from tests.support.portals import of_group
from tests.support.postgres import create_database
from tests.support.prefect_pool import PrefectPool
from tests.support.server import Answer, ScriptedServer
from transform.portal_groups import all_groups
from transform.records import RECORD_TYPES
from warehouse.database import Warehouse
from warehouse.lake import Lake
from warehouse.query import query_published

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

GROUPS = all_groups(2)
PORTALS = 4
"""Of each group; each portal has two pages."""
PATIENCE_S = 420.0
COMPARED = (
    "select * exclude (unstable_validator) from pages",
    "select page_id, observed_at, version_id, url, content_sha256 from observations",
    "select * exclude (snapshot_id) from changes",
    "select page_id, observed_at, url, status, verdict, body_sha256, content_sha256 from captures",
    "select page_id, kind, opened_at, closed_at, detail from incidents",
    "select key, kind, page_id, change_ids, route, subject, body from alerts",
    "select key, channel, status, attempts from deliveries join alerts using (alert_id)",
    "select observed_at, sum(pages_total), sum(pages_verified), sum(changes) from snapshots group by all",
    *(f"from {table}" for table in RECORD_TYPES),
    *(f"from {table}_history" for table in RECORD_TYPES),
)


class Pool(PrefectPool):
    """Its nightly deployments, and the runs of them."""

    def deployments(self) -> set[str]:
        """The names of the nightly deployments."""
        return {one["name"] for one in self.call("POST", "deployments/filter", {}) if one["name"].startswith("nightly")}

    def start(self, name: str, **parameters: object) -> str:
        """Lets a deployment run now; the run's id."""
        deployment = self.call("GET", f"deployments/name/refresh/{name}")
        given = {**deployment["parameters"], **parameters}
        made = self.call("POST", f"deployments/{deployment['id']}/create_flow_run", {"parameters": given})
        return str(made["id"])

    def ended(self, *run_ids: str) -> list[dict[str, Any]]:
        """These runs, once they have ended."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            runs: list[dict[str, Any]] = [self.call("GET", f"flow_runs/{run_id}") for run_id in run_ids]
            if all(run["state_type"] in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED") for run in runs):
                return runs
            assert time.monotonic() < deadline, [(run["state_name"], run["state"]["message"]) for run in runs]
            time.sleep(0.5)

    def watchdog_runs(self) -> list[dict[str, Any]]:
        """What the automations have asked the watchdog to look at."""
        asked = self.call("POST", "flow_runs/filter", {"deployments": {"name": {"any_": ["watchdog"]}}})
        return [run["parameters"] for run in asked if "failed_run" in run["parameters"]]


@pytest.fixture
def lake(postgres: str, tmp_path: Path) -> Lake:
    """A lake that nobody has opened yet."""
    return Lake(f"postgres:{create_database(postgres, 'geteilt')}", str(tmp_path / "lake"))


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Two pages on each of several portals of both groups; answers take so long that the runs overlap."""
    with ScriptedServer() as server:
        site = Site(server, tmp_path, tmp_path / "unused")
        for group in GROUPS:
            for number, portal in enumerate(of_group(group, PORTALS)):
                for leaf in ("plan", "ziele"):
                    site.declare(f"g{group.number}-{number}-{leaf}", f"https://{portal}/{leaf}")
        yield site


@pytest.fixture
def pool(site: Site, lake: Lake, postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    """Everything set up by ``setup`` for two groups."""
    write_settings(site.settings, lake, groups=2)
    create_database(postgres, "prefect")
    where = dict(part.split("=") for part in postgres.split())
    address = f"postgresql+asyncpg://{where['user']}@{where['host']}:{where['port']}/prefect"
    monkeypatch.setenv("PREFECT_SERVER_DATABASE_CONNECTION_URL", address)
    server = LocalServer(tmp_path / "server")
    server.start()
    try:
        installation = Installation(site.settings.data, environment(tmp_path / "home", server.api_url))
        installation.run("setup", "--home", str(ROOT))
        yield Pool(installation, server.api_url, tmp_path)
    finally:
        server.stop()


def write_settings(settings: Settings, lake: Lake, *, groups: int) -> None:
    settings.data.mkdir(exist_ok=True)
    text = f"lake = '{lake.catalogue}'\nlake_files = '{lake.files}'\nportal_groups = {groups}\n"
    (settings.data / "settings.toml").write_text(text, encoding="utf-8")


def show(site: Site, night: int) -> None:
    """What all pages say in a night: in the second one every third names another figure, and one is gone."""
    site.night = night
    for number, page_id in enumerate(sorted(site.entries)):
        figure = 60 if night and number % 3 == 0 else 40
        body = page(f"Das Land will bis 2030 mehr als {figure} Bürgerbüros in {page_id} eröffnen.")
        is_gone = night == 1 and number == 4
        site.show(url_of(site, page_id), Answer(404 if is_gone else 200, body=body, delay_s=0.4))


def url_of(site: Site, page_id: str) -> str:
    return next(line.split("'")[1] for line in site.entries[page_id].splitlines() if line.startswith("url"))


def overlap(runs: list[dict[str, Any]]) -> bool:
    """Whether both were under way at the same time."""
    return bool(max(run["start_time"] for run in runs) < min(run["end_time"] for run in runs))


def rows(target: Path) -> dict[str, list[tuple[Any, ...]]]:
    return {question: sorted(query_published(target, question).rows, key=repr) for question in COMPARED}


def undisturbed(site: Site, folder: Path) -> Settings:
    """The same nights, each in one run into a file."""
    settings = Settings(data=folder)
    for night in (0, 1):
        show(site, night)
        run(RunRequest(settings, site.via, site.catalogue), PlainSteps(), logging.getLogger("tests.lake"))
    return settings


def test_two_workers_share_each_night_and_all_is_loaded_and_told_once(
    pool: Pool, site: Site, lake: Lake, tmp_path: Path
) -> None:
    """Both groups at once for two nights: then readers see what one run over all portals would have given them."""
    assert pool.deployments() == {"nightly-1", "nightly-2"}
    where: dict[str, object] = {"via": site.via, "catalogue": str(site.catalogue)}
    with ExitStack() as stack:
        logs = [pool.log_of(name) for name in ("nord", "sued")]
        for name in ("nord", "sued"):
            stack.enter_context(pool.worker(name, "--limit", "1"))
        show(site, 0)
        first = pool.ended(*(pool.start(name, **where) for name in ("nightly-1", "nightly-2")))
        assert [run["state_name"] for run in first] == ["Completed", "Completed"], [log.read_text() for log in logs]
        again = pool.ended(*(pool.start(name, **where) for name in ("nightly-1", "nightly-2")))
        assert [run["state_name"] for run in again] == ["AlreadyDone", "AlreadyDone"]
        show(site, 1)
        second = pool.ended(*(pool.start(name, **where, once_a_night=False) for name in ("nightly-1", "nightly-2")))
        assert sorted(run["state_name"] for run in second) == ["Completed", "Partial"]
        assert overlap(first)
        assert overlap(second)
        for runs in (first, second):
            assert sorted(sum(run["name"] in log.read_text() for log in logs) for run in runs) == [1, 1]
            assert len({next(log for log in logs if run["name"] in log.read_text()) for run in runs}) == 2
        # Before a failed run calls the watchdog, to whom nights of May are stale.
        shared = rows(site.settings.published)
        [failed] = pool.ended(pool.start("nightly-2", catalogue=str(tmp_path / "fehlt"), once_a_night=False))
        assert failed["state_type"] == "FAILED"
        told = until(pool.watchdog_runs)
    assert [(one["failed_run"], one["group"]) for one in told] == [(failed["name"], "2/2")]
    asked = {url: site.asked(url) for url in (url_of(site, page_id) for page_id in site.entries)}
    assert set(asked.values()) == {2}, "each page once a night"
    with Warehouse.open(lake, read_only=True) as warehouse:
        assert warehouse.audit() == ()
    alone = undisturbed(site, tmp_path / "alone")
    for question, found in rows(alone.published).items():
        assert shared[question] == found, question
    assert len(shared["select * exclude (snapshot_id) from changes"]) == 6
    assert len(list(site.settings.alerts.glob("*.md"))) == len(list(alone.alerts.glob("*.md"))) > 0
    feeds = [(settings.feed.read_text(encoding="utf-8").count("<entry>")) for settings in (site.settings, alone)]
    assert feeds[0] == feeds[1]
    write_settings(site.settings, lake, groups=1)
    pool.installation.run("setup", "--home", str(ROOT))
    assert pool.deployments() == {"nightly"}


def until(reached: Callable[[], list[dict[str, Any]]]) -> list[dict[str, Any]]:
    deadline = time.monotonic() + PATIENCE_S
    while not (found := reached()):
        assert time.monotonic() < deadline
        time.sleep(1)
    return found
