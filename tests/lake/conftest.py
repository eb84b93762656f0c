"""A real PostgreSQL of our own, on loopback, gone afterwards.

These tests need DuckDB 1.5.5 with its extensions (``make lake-test``); elsewhere they are not collected.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from warehouse.database import Warehouse
from warehouse.lake import Lake

if importlib.util.find_spec("duckdb_extension_ducklake") is None:
    collect_ignore_glob = ["test_*.py"]

_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """What libpq needs to connect to it, without the name of a database."""
    folder = Path(os.path.realpath(os.environ.get("TMPDIR", "/tmp"))) / f"strategiemonitor-postgres-{os.getpid()}"
    folder.mkdir(mode=0o755)
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
    port = _free_port()
    data = str(folder / "data")
    try:
        _run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync")
        options = f"-p {port} -h 127.0.0.1 -k {folder} -F"
        _run("pg_ctl", "-D", data, "-l", str(folder / "log"), "-o", options, "-w", "start")
        try:
            yield f"host=127.0.0.1 port={port} user=postgres"
        finally:
            _run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def empty_lake(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """A lake with all tables and views and no run; nobody has it open."""
    _run("createdb", *_arguments(postgres), "leer")
    lake = Lake(f"postgres:{postgres} dbname=leer", str(tmp_path_factory.mktemp("lake")))
    Warehouse.open(lake).close()
    return lake


@pytest.fixture(scope="session")
def new_lake(postgres: str, empty_lake: Lake) -> Callable[[], Lake]:
    """Makes another empty lake at each call; their files lie in one folder, under names of their own."""
    numbers = iter(range(1000))

    def make() -> Lake:
        name = f"see{next(numbers)}"
        _run("createdb", *_arguments(postgres), "--template", "leer", name)
        return Lake(f"postgres:{postgres} dbname={name}", empty_lake.files)

    return make


def _arguments(postgres: str) -> list[str]:
    found = dict(part.split("=") for part in postgres.split())
    return ["-h", found["host"], "-p", found["port"], "-U", found["user"]]


def _run(program: str, *arguments: str) -> None:
    path = next((folder / program for folder in reversed(_PROGRAMS) if (folder / program).exists()), None)
    if path is None:
        raise FileNotFoundError(f"{program} of PostgreSQL is not installed. Run: apt-get install postgresql")
    user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
    # pg_ctl leaves the server behind with our pipes: its output must not be waited for.
    subprocess.run([*user, str(path), *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
