"""The files that others deploy with name what is there: commands, flows, ports and units."""

from __future__ import annotations

import asyncio
import importlib
import re
import shutil
import subprocess
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml  # type: ignore[import-untyped]  # the stubs are a package of their own
from prefect.server.schemas.schedules import CronSchedule
from typer.main import get_command

from flows.cli import app
from flows.schedules import NIGHTLY, ZONE

ROOT = Path(__file__).parents[1]
DEPLOYMENT = ROOT / "docs" / "deployment"
COMMANDS = frozenset(get_command(app).commands)  # type: ignore[attr-defined]  # typer gives a group


def compose() -> dict[str, Any]:
    return dict(yaml.safe_load((DEPLOYMENT / "compose.yaml").read_text(encoding="utf-8")))


def test_every_deployment_names_a_flow_that_is_there() -> None:
    stated = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    names = set()
    for deployment in stated:
        module, _, flow = deployment["entrypoint"].rpartition(".")
        names.add(f"{getattr(importlib.import_module(module), flow).name}/{deployment['name']}")
        assert deployment["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}
        assert [schedule["timezone"] for schedule in deployment["schedules"]] == ["Europe/Berlin"]
    assert names == {"refresh/nightly", "deliver/hourly", "watchdog/watchdog", "verify/weekly", "compact/monthly"}


def test_no_schedule_falls_into_the_hour_that_a_clock_change_skips_or_repeats() -> None:
    """02:00 to 03:00 in Berlin is missing in March and there twice in October."""
    for deployment in yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]:
        for schedule in deployment["schedules"]:
            assert schedule["cron"].split()[1] not in ("2", "3") or deployment["name"] == "hourly"


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)], ids=["spring", "autumn"])
def test_the_nightly_run_happens_exactly_once_when_the_clocks_change(day: date) -> None:
    schedule = CronSchedule(cron=NIGHTLY, timezone=ZONE)
    begin = datetime.combine(day - timedelta(days=1), time(12), ZoneInfo(ZONE))
    runs = asyncio.run(schedule.get_dates(n=10, start=begin, end=begin + timedelta(days=2)))
    assert [run.astimezone(ZoneInfo(ZONE)).date() for run in runs] == [day, day + timedelta(days=1)]
    [nightly] = [
        deployment
        for deployment in yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
        if deployment["name"] == "nightly"
    ]
    assert nightly["schedules"] == [{"cron": NIGHTLY, "timezone": ZONE, "active": True}]


def test_the_services_build_on_each_other_in_order() -> None:
    services = compose()["services"]
    assert set(services) == {"database", "server", "setup", "worker"}
    waits = {name: set(service.get("depends_on", {})) for name, service in services.items()}
    assert waits == {"database": set(), "server": {"database"}, "setup": {"server"}, "worker": {"setup"}}
    assert services["setup"]["command"][0] in COMMANDS
    assert services["worker"]["entrypoint"][-1] == "strategiemonitor"
    assert services["server"]["ports"] == ["127.0.0.1:4200:4200"], "Prefect's server has no log-in"


def test_no_password_stands_in_the_files() -> None:
    """It is asked for, and whoever gives none is told."""
    text = (DEPLOYMENT / "compose.yaml").read_text(encoding="utf-8")
    stated = re.findall(r"(?:POSTGRES_PASSWORD: |://prefect:)(\S+)", text)
    assert len(stated) == 2
    assert all(value.startswith("${POSTGRES_PASSWORD:?") for value in stated)


def test_the_image_installs_what_is_locked_and_runs_as_nobody_special() -> None:
    lines = (DEPLOYMENT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    installs = [line for line in lines if "pip install" in line]
    assert any("--require-hashes --requirement requirements.lock" in line for line in installs)
    assert any("--no-deps" in line for line in installs)
    users = [number for number, line in enumerate(lines) if line.startswith("USER ")]
    assert users
    assert users[-1] < next(number for number, line in enumerate(lines) if line.startswith("ENTRYPOINT"))
    command = next(line for line in lines if line.startswith("CMD"))
    assert re.findall(r'"([a-z]+)"', command)[0] in COMMANDS


@pytest.mark.parametrize("unit", sorted(path.name for path in DEPLOYMENT.glob("*.service")))
def test_a_unit_starts_a_command_that_is_there(unit: str) -> None:
    text = (DEPLOYMENT / unit).read_text(encoding="utf-8")
    started = re.findall(r"^ExecStart(?:Pre)?=/opt/strategiemonitor/\.venv/bin/(\S+) (.+)$", text, re.MULTILINE)
    assert len(started) == text.count("\nExecStart") >= 1
    ours = [words.split()[0] for program, words in started if program == "strategiemonitor"]
    prefects = [words for program, words in started if program == "prefect"]
    assert set(ours) <= COMMANDS
    assert set(prefects) <= {
        "server start --host 127.0.0.1 --port 4200",
        "worker start --pool strategiemonitor",
    }


def test_the_units_of_server_and_worker_find_each_other_and_exclude_the_one_that_serves() -> None:
    server, worker = (
        (DEPLOYMENT / f"strategiemonitor-{name}.service").read_text(encoding="utf-8") for name in ("server", "worker")
    )
    assert "--port 4200" in server
    assert "\nEnvironment=PREFECT_API_URL=http://127.0.0.1:4200/api\n" in worker
    assert all("\nConflicts=strategiemonitor.service\n" in unit for unit in (server, worker))


def test_secrets_beside_the_files_come_neither_into_the_image_nor_into_the_history() -> None:
    [beside] = compose()["x-app"]["env_file"]
    assert beside == {"path": "secrets.env", "required": False}
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "**/*.env" in ignored
    assert "/docs/deployment/*.env" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert compose()["services"]["server"]["env_file"] == []


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd on this machine")
def test_systemd_takes_the_units() -> None:
    units = [str(path) for path in DEPLOYMENT.iterdir() if path.suffix in (".service", ".timer")]
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    complaints = [line for line in done.stderr.splitlines() if "is not executable" not in line]
    assert complaints == []
