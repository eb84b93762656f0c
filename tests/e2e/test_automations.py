"""Events and automations on a real Prefect server."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from prefect.client.orchestration import get_client
from prefect.deployments.runner import RunnerDeployment
from prefect.settings import PREFECT_API_URL, PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

from extract.errors import WaitError
from flows.attendance import Attendance, attendance
from flows.automations import apply
from flows.events import EventsChannel, event_id
from flows.settings import Settings
from flows.watchdog import watchdog
from tests.e2e.conftest import PrefectServer
from tests.flows.alerts.messages import delivery


@pytest.fixture
def server(prefect_server: PrefectServer) -> Iterator[None]:
    """The real server as the configured one."""
    with temporary_settings({PREFECT_API_URL: prefect_server.api_url, PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        yield


def events(name: str) -> list[dict[str, object]]:
    """The events of that name that the server keeps."""
    with get_client(sync_client=True) as client:
        answer = client.request("POST", "/events/filter", json={"filter": {"event": {"name": [name]}}})
    found = answer.raise_for_status().json()["events"]
    assert isinstance(found, list)
    return found


def wait_for_events(name: str, count: int) -> list[dict[str, object]]:
    """The same, once so many are there: the server writes them in batches."""
    deadline = time.monotonic() + 30
    while len(found := events(name)) < count and time.monotonic() < deadline:
        time.sleep(0.2)
    return found


@pytest.mark.usefixtures("server")
def test_an_alert_becomes_one_event_of_its_page_however_often_it_is_sent() -> None:
    now = datetime.now(UTC)
    for _ in range(2):
        sent = EventsChannel().send(delivery(1, channel="events", created_at=now))
        assert (sent.delivered, sent.response) == (True, "HTTP 204")
    EventsChannel().send(delivery(2, channel="events", kind="incident", page_id=None, created_at=now))
    [incident] = wait_for_events("strategiemonitor.incident", 1)
    [change] = wait_for_events("strategiemonitor.change", 1)
    assert change["id"] == str(event_id("schluessel-01"))
    resource, payload = change["resource"], change["payload"]
    assert isinstance(resource, dict)
    assert isinstance(payload, dict)
    assert resource["prefect.resource.id"] == "strategiemonitor.page.nord-plan"
    assert payload["key"] == "schluessel-01"
    assert isinstance(incident["resource"], dict)
    assert incident["resource"]["prefect.resource.id"] == "strategiemonitor.run"


@pytest.mark.usefixtures("server")
def test_the_automations_are_taken_by_the_server_and_put_in_place_once() -> None:
    with pytest.raises(WaitError, match="no deployment watchdog/watchdog"):
        apply()
    deployment = watchdog.to_deployment(name="watchdog")
    assert isinstance(deployment, RunnerDeployment)
    deployment.apply()
    first = apply()
    assert apply() == first
    assert len(first) == 3
    with get_client(sync_client=True) as client:
        known = {automation.name: automation for automation in client.read_automations()}
    assert set(first) <= set(known)
    assert all(known[name].enabled for name in first)
    failed = known["strategiemonitor: a failed run"]
    assert "flow_run.name" in str(failed.actions[0])


@pytest.mark.usefixtures("server")
def test_a_nightly_refresh_that_nobody_deployed_is_missing() -> None:
    """Of groups that no other test deploys."""
    assert attendance(2) == {"refresh/nightly-1": Attendance.MISSING, "refresh/nightly-2": Attendance.MISSING}


@pytest.mark.usefixtures("server")
def test_the_watchdog_runs_as_a_flow_and_ends_as_stale(tmp_path: Path) -> None:
    state = watchdog(data=str(tmp_path), return_state=True)
    assert (state.is_completed(), state.name) == (True, "Stale")
    told = [path.read_text(encoding="utf-8") for path in Settings(data=tmp_path).alerts.glob("*.md")]
    assert len(told) == 1
    assert "Keine frische Prüfung mehr" in told[0]


def test_without_a_server_an_event_waits() -> None:
    with temporary_settings({PREFECT_API_URL: None}):
        sent = EventsChannel().send(delivery(1, channel="events"))
    assert (sent.delivered, sent.response) == (False, "no Prefect server is configured; set PREFECT_API_URL")
