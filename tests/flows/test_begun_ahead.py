"""A run that asks portals while Prefect's server is still starting, and the flow that goes on with it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from extract.errors import WaitError, WarehouseBusyError
from flows.ahead import begun_ahead, begun_run
from flows.running import PlainSteps, RunRequest, finished
from tests.flows.site import NOBODY_LISTENS, Site, Unpublished, page
from warehouse.database import Warehouse


@pytest.fixture
def request_of_two(site: Site) -> RunRequest:
    """Two pages of two portals."""
    for name in ("amt-a", "amt-b"):
        site.show(site.declare(name), page(f"Seite von {name}"))
    site.seed()
    return RunRequest(site.settings, site.via, site.catalogue)


def test_portals_are_asked_before_the_flow_begins(site: Site, request_of_two: RunRequest) -> None:
    with begun_ahead(request_of_two):
        deadline = time.monotonic() + 10
        while not all(site.asked(f"https://{name}.example/digitalplan") for name in ("amt-a", "amt-b")):
            assert time.monotonic() < deadline
            time.sleep(0.01)


def test_the_flow_goes_on_with_what_was_begun_and_asks_nobody_twice(site: Site, request_of_two: RunRequest) -> None:
    with begun_ahead(request_of_two):
        begun = begun_run()
        assert begun is not None
        _, summary = finished(begun, Unpublished(), NOBODY_LISTENS)
    assert summary.pages["verified"] == 2
    assert [site.asked(f"https://{name}.example/digitalplan") for name in ("amt-a", "amt-b")] == [1, 1]
    assert begun_run() is None


def test_a_run_whose_server_never_comes_keeps_its_evidence_and_frees_all_that_it_held(
    site: Site, request_of_two: RunRequest
) -> None:
    def the_server_never_comes() -> None:
        message = "Prefect's temporary server did not start."
        raise WaitError(message, "Look at its disk.")

    with pytest.raises(WaitError), begun_ahead(request_of_two):
        the_server_never_comes()
    assert site.rows("select * from snapshots") == []
    assert _archived(site.settings.archive) == ["warc.gz"]
    _, summary = site.refresh(steps=PlainSteps())
    assert (summary.snapshot, summary.pages["verified"]) == (1, 2)


def _archived(folder: Path) -> list[str]:
    """The kinds of files that runs left: none is open still."""
    return [path.name.partition(".")[2] for path in folder.rglob("strategiemonitor-*")]


def test_what_is_wrong_is_told_before_anybody_is_asked(site: Site, request_of_two: RunRequest) -> None:
    with (
        Warehouse.open(site.settings.warehouse),
        pytest.raises(WarehouseBusyError),
        begun_ahead(request_of_two),
    ):
        pytest.fail("another run has the warehouse")
    assert site.asked("https://amt-a.example/digitalplan") == 0
