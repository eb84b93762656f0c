"""The deployment that ships with the project: made without a question, stored as promised, run by a worker."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.attendance import Attendance, attendance
from flows.demo.portal import SAMPLE_CATALOGUE, SamplePortal
from tests.e2e.conftest import PrefectServer
from tests.e2e.installation import PREFECT, ROOT, Installation, environment
from warehouse.query import query_published


@dataclass(frozen=True)
class Deployed:
    """An installation whose deployments are on the server, and what ``setup`` said."""

    installation: Installation
    told: str


@pytest.fixture(scope="module")
def deployed(prefect_server: PrefectServer, tmp_path_factory: pytest.TempPathFactory) -> Deployed:
    """Everything put in place by ``setup``, twice, with standard input closed."""
    data = tmp_path_factory.mktemp("einsatz") / "data"
    data.mkdir()
    (data / "routes.toml").write_text(ROUTES, encoding="utf-8")
    secrets = {"AMTS_HOOK": "https://hook.example/x"}
    installation = Installation(data, environment(prefect_server.home, prefect_server.api_url, **secrets))
    first = installation.run("setup", "--home", str(ROOT))
    assert installation.run("setup", "--home", str(ROOT)).stdout == first.stdout
    (data / "routes.toml").unlink()
    return Deployed(installation, first.stdout)


ROUTES = """
[channel.amt]
url = "${prefect://amts-hook}"

[channel.fehlt]
url = "${prefect://kein-geheimnis}"

[route.alles]
kind = "content"
channels = ["amt", "fehlt"]
"""


def found(server: PrefectServer, kind: str) -> list[dict[str, Any]]:
    """All deployments or flow runs of the server."""
    return list(requests.post(f"{server.api_url}/{kind}/filter", json={}, timeout=20).json())


def attended(server: PrefectServer) -> Attendance:
    """What ``doctor`` learns of the nightly refresh."""
    with temporary_settings({PREFECT_API_URL: server.api_url}):
        return attendance(1)["refresh/nightly"]


def test_the_deployment_is_stored_with_its_schedule_and_its_limit(
    deployed: Deployed, prefect_server: PrefectServer
) -> None:
    [deployment] = [one for one in found(prefect_server, "deployments") if one["name"] == "nightly"]
    [schedule] = deployment["schedules"]
    assert schedule["active"]
    assert (schedule["schedule"]["cron"], schedule["schedule"]["timezone"]) == ("10 4 * * *", "Europe/Berlin")
    assert deployment["global_concurrency_limit"]["limit"] == 1
    assert deployment["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
    assert deployment["parameters"] == {"data": str(deployed.installation.data.resolve()), "once_a_night": True}
    assert deployment["entrypoint"] == "flows.refresh.refresh"
    runs = [run for run in found(prefect_server, "flow_runs") if run["deployment_id"] == deployment["id"]]
    starts = {run["expected_start_time"][11:16] for run in runs if run["auto_scheduled"]}
    assert starts <= {"02:10", "03:10"}, "04:10 in Berlin, in summer and in winter"


def test_setup_names_what_is_in_place_and_what_is_missing(deployed: Deployed) -> None:
    told = deployed.told
    for name in ("refresh/nightly", "deliver/hourly", "watchdog/watchdog", "verify/weekly", "compact/monthly"):
        assert f"deployment   {name}\n" in told
    assert told.count("automation   strategiemonitor: ") == 3
    assert "secret       amts-hook\n" in told
    assert "secret       kein-geheimnis is missing: set KEIN_GEHEIMNIS" in told
    assert "hook.example" not in told


def test_a_worker_runs_the_deployment(
    deployed: Deployed, prefect_server: PrefectServer, sample_portal: SamplePortal
) -> None:
    [nightly] = [one for one in found(prefect_server, "deployments") if one["name"] == "nightly"]
    how = {"via": sample_portal.prefix(3), "catalogue": str(SAMPLE_CATALOGUE)}
    begin = f"{prefect_server.api_url}/deployments/{nightly['id']}/create_flow_run"
    requests.post(begin, json={"parameters": how}, timeout=20).raise_for_status()
    assert attended(prefect_server) == Attendance.UNATTENDED
    one_run = [str(PREFECT), "--no-prompt", "worker", "start", "--pool", "strategiemonitor", "--run-once"]
    subprocess.run(
        one_run, cwd=ROOT, env=deployed.installation.environment, stdin=subprocess.DEVNULL, check=True, timeout=120
    )
    assert attended(prefect_server) == Attendance.READY
    [run] = [
        run for run in found(prefect_server, "flow_runs") if run["parameters"].get("via") == sample_portal.prefix(3)
    ]
    assert (run["state"]["type"], run["state"]["name"]) == ("COMPLETED", "Partial")
    assert "demo-sl-roadmap suspect:maintenance" in run["state"]["message"]
    assert query_published(deployed.installation.settings.published, "select count(*) from pages").rows == ((5,),)
    keys = {"night-pages", "night-summary"}
    artifacts = requests.post(f"{prefect_server.api_url}/artifacts/filter", json={}, timeout=20).json()
    assert keys <= {artifact["key"] for artifact in artifacts if artifact["flow_run_id"] == run["id"]}
    assert Path(deployed.installation.data).is_dir()
