"""A real PostgreSQL of our own, on loopback, gone afterwards; its programs come from apt-get install postgresql."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@contextmanager
def running_postgres() -> Iterator[str]:
    """What libpq needs to connect to it, without the name of a database: ``host=… port=… user=…``."""
    folder = Path(os.path.realpath(os.environ.get("TMPDIR", "/tmp"))) / f"strategiemonitor-postgres-{os.getpid()}"
    folder.mkdir(mode=0o755)
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
    port = _free_port()
    data = str(folder / "data")
    try:
        run_program("initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync")
        options = f"-p {port} -h 127.0.0.1 -k {folder} -F"
        run_program("pg_ctl", "-D", data, "-l", str(folder / "log"), "-o", options, "-w", "start")
        try:
            yield f"host=127.0.0.1 port={port} user=postgres"
        finally:
            run_program("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder)


def create_database(postgres: str, name: str, template: str = "template1") -> str:
    """Makes a database; gives what libpq needs to connect to it."""
    found = dict(part.split("=") for part in postgres.split())
    where = ["-h", found["host"], "-p", found["port"], "-U", found["user"]]
    run_program("createdb", *where, "--template", template, name)
    return f"{postgres} dbname={name}"


def run_program(program: str, *arguments: str) -> None:
    """Runs one of PostgreSQL's programs as its user.

    Raises:
        FileNotFoundError: If PostgreSQL is not installed.
    """
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
