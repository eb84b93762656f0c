from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from flows.demo.portal import SAMPLE_CATALOGUE, SamplePortal
from flows.server import LocalServer
from tests.e2e.installation import LIMIT_S, Installation, environment
from tests.flows.site import Site
from tests.support.server import ScriptedServer

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of this folder starts real servers; a machine under load takes its time for them.

    ``serve`` runs from the first test on and is looked at as soon as the demo was played: by then its minute has
    passed, and with each further one it would make another run.
    """
    ours = [item for item in items if _is_ours(item.path)]
    demo = [item for item in ours if item.path.name == "test_demo.py"]
    serve = [item for item in ours if item.path.name == "test_serve.py"]
    others = [item for item in ours if item not in demo and item not in serve]
    ours = [*demo[:1], *serve, *demo[1:], *others]
    items[:] = [item for item in items if not _is_ours(item.path)] + ours
    for item in ours:
        item.add_marker(pytest.mark.e2e)
        item.add_marker(pytest.mark.timeout(600))


@cache
def _is_ours(file: Path) -> bool:
    return HERE in file.parents


@dataclass(frozen=True)
class PrefectServer:
    """A running Prefect server and its home."""

    home: Path
    api_url: str


START_AND_STOP = """
from flows.temporary_server import TemporaryServer

server = TemporaryServer()
server.wait()
server.stop()
"""


@pytest.fixture(scope="session")
def used_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of Prefect's in which a temporary server has made its database; to be copied, not to be written to.

    On an empty home a server takes ten seconds of processor time for its eighty migrations, in a copy of this one none.
    """
    home = tmp_path_factory.mktemp("prefect-heim")
    subprocess.run([sys.executable, "-c", START_AND_STOP], env=environment(home, None), check=True, timeout=LIMIT_S)
    return home


_RUNNING: list[LocalServer] = []


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> None:
    """After the last test of this folder no server goes on beside those of other folders."""
    if nextitem is None or not _is_ours(nextitem.path):
        while _RUNNING:
            _RUNNING.pop().stop()


@pytest.fixture(scope="session")
def prefect_server(used_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrefectServer]:
    """One Prefect server for all tests: with it a command takes seconds."""
    home = shutil.copytree(used_home, tmp_path_factory.mktemp("prefect") / "heim")
    server = LocalServer(home)
    _RUNNING.append(server)
    server.start()
    try:
        yield PrefectServer(home, server.api_url)
    finally:
        server.stop()


@pytest.fixture(scope="session")
def install(prefect_server: PrefectServer) -> Callable[[Path], Installation]:
    """Makes an installation in a data folder."""
    return lambda data: Installation(data, environment(prefect_server.home, prefect_server.api_url))


@pytest.fixture
def installation(install: Callable[[Path], Installation], tmp_path: Path) -> Installation:
    """A new installation."""
    return install(tmp_path / "data")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Invented authorities whose data folder is that of ``installation``."""
    with ScriptedServer() as server:
        yield Site(server, tmp_path, tmp_path / "leer.duckdb")


@pytest.fixture(scope="session")
def sample_portal() -> Iterator[SamplePortal]:
    """The sample portal, as the demo plays it."""
    with SamplePortal() as portal:
        yield portal


@dataclass(frozen=True)
class PlayedDemo:
    """A played demo and what it printed."""

    installation: Installation
    account: str


@pytest.fixture(scope="session")
def demo(used_home: Path, tmp_path_factory: pytest.TempPathFactory) -> PlayedDemo:
    """The demo, played once through the console script; tests only read its data.

    There is no Prefect server: it starts a temporary one.
    """
    folder = tmp_path_factory.mktemp("vorfuehrung")
    home = shutil.copytree(used_home, folder / "prefect")
    installation = Installation(folder / "data", environment(home, None))
    return PlayedDemo(installation, installation.run("demo").stdout)


@dataclass(frozen=True)
class Serving:
    """A running ``serve`` with a schedule for every minute."""

    installation: Installation
    home: Path
    process: subprocess.Popen[str]
    log: Path


@pytest.fixture(scope="session")
def serving(
    used_home: Path, sample_portal: SamplePortal, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Serving]:
    """Started before the first test, so that its minute passes while others run; without any Prefect server."""
    folder = tmp_path_factory.mktemp("dienst")
    installation = Installation(folder / "data", environment(folder / "home", None))
    shutil.copytree(used_home, installation.data / "prefect")
    words = ("serve", "--cron", "* * * * *", "--via", sample_portal.prefix(0), "--catalogue", str(SAMPLE_CATALOGUE))
    process = installation.start(*words, log=folder / "log")
    try:
        yield Serving(installation, folder / "home", process, folder / "log")
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture(scope="session", autouse=True)
def serving_in_good_time(request: pytest.FixtureRequest) -> None:
    """Starts ``serve`` now if a test of this session is going to look at it."""
    if any("serving" in getattr(item, "fixturenames", ()) for item in request.session.items):
        request.getfixturevalue("serving")
