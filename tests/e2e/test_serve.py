"""``serve``: a schedule that fires on a server of its own, and an end that leaves nothing behind."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests

from flows.demo.portal import SAMPLE_CATALOGUE, SamplePortal
from tests.e2e.conftest import Serving
from tests.e2e.installation import Installation, environment, left_behind, left_in_the_end
from warehouse.query import query_published

STARTED_WITHIN_S = 150.0


def until(reached: Callable[[], Any], process: subprocess.Popen[str], log: Path) -> Any:
    """Waits for something to be there; what it is."""
    deadline = time.monotonic() + STARTED_WITHIN_S
    while not (found := reached()):
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.2)
    return found


def test_a_scheduled_run_really_happens_and_ctrl_c_ends_everything(serving: Serving) -> None:
    """On the server that ``serve`` starts itself: the run was scheduled, not called, and its night is published."""
    until(serving.installation.settings.published.exists, serving.process, serving.log)
    found = re.search(r"Prefect at (http://127\.0\.0\.1:\d+)", serving.log.read_text())
    assert found is not None
    server = found[1]

    def runs(*states: str) -> list[dict[str, Any]]:
        asked = {"flow_runs": {"state": {"type": {"any_": list(states)}}}}
        return list(requests.post(f"{server}/api/flow_runs/filter", json=asked, timeout=20).json())

    run = until(lambda: runs("COMPLETED"), serving.process, serving.log)[0]
    assert run["auto_scheduled"]
    assert run["parameters"]["data"] == str(serving.installation.data)
    assert query_published(serving.installation.settings.published, "select count(*) from pages").rows == ((5,),)
    # A run that is interrupted says so with a traceback, which is right: it ends here between two runs.
    until(lambda: not runs("PENDING", "RUNNING"), serving.process, serving.log)
    os.killpg(serving.process.pid, signal.SIGINT)
    serving.process.wait(60)
    assert left_in_the_end(serving.installation.data.resolve() / "prefect") == []
    assert left_in_the_end(serving.home) == []
    assert "Traceback" not in serving.log.read_text()


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_a_service_that_is_ended_while_it_starts_leaves_no_server_behind(
    sample_portal: SamplePortal, tmp_path: Path, end: signal.Signals
) -> None:
    installation, log = Installation(tmp_path / "data", environment(tmp_path / "home", None)), tmp_path / "log"
    process = installation.start(
        "serve", "--via", sample_portal.prefix(0), "--catalogue", str(SAMPLE_CATALOGUE), log=log
    )
    server_home = installation.data.resolve() / "prefect"
    until(lambda: left_behind(server_home), process, log)
    process.send_signal(end)
    assert process.wait(60) != 0
    assert left_in_the_end(server_home) == []
