"""The Prefect server of a run that nobody else gave one: started at once, beside the imports, gone with the process.

Prefect would start one itself, but one after the other: it imports its client, then its whole server too, only to start
a process that imports that again.  Here that process starts first, and the client never imports the server.  The
process is the same as Prefect's own temporary server.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import tempfile
import time
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from extract.errors import WaitError
from flows.server import answers, free_port

START_LIMIT_S = 180.0
_LOOK_EVERY_S = 0.05
_STOP_LIMIT_S = 5.0
_APPLICATION = ("uvicorn", "--factory", "prefect.server.api.server:create_app", "--log-level", "error")
_ENVIRONMENT = {
    "PREFECT_UI_ENABLED": "0",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT__SERVER_FINAL": "1",
}


class TemporaryServer:
    """A Prefect server process on loopback, with its database in Prefect's home.

    Attributes:
        api_url: Address of its API; it answers once :meth:`wait` is back.
    """

    def __init__(self) -> None:
        port = free_port()
        self.api_url = f"http://127.0.0.1:{port}/api"
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  closed when the server has stopped
        self._process = subprocess.Popen(  # noqa: S603  our own interpreter, no shell
            [sys.executable, "-m", "flows.bound_to_parent", str(os.getpid()), *_APPLICATION, *_where(port)],
            env={**os.environ, **_ENVIRONMENT},
            stdin=subprocess.DEVNULL,
            stdout=self._said,
            stderr=self._said,
            # In a session of its own Ctrl-C does not reach it: a run that is interrupted can still tell it so.
            start_new_session=True,
        )

    def wait(self) -> None:
        """Waits until the server answers.

        Raises:
            WaitError: If it does not in time, or ends; with what it said.
        """
        deadline = time.monotonic() + START_LIMIT_S
        while not answers(self.api_url):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self._said.seek(0)
                said = " ".join(self._said.read().decode(errors="replace").split())[-500:]
                raise WaitError(
                    f"Prefect's temporary server did not start: {said or 'it says nothing'}.",
                    "Look at PREFECT_HOME and its disk, or start a server and set PREFECT_API_URL.",
                )
            time.sleep(_LOOK_EVERY_S)

    def stop(self) -> None:
        """Ends the server; a second call does nothing."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(_STOP_LIMIT_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._said.close()


@cache
def temporary_server() -> TemporaryServer:
    """The one of this process: started with the first call, ended with the process."""
    server = TemporaryServer()
    atexit.register(server.stop)
    return server


def names_a_server() -> bool:
    """Whether Prefect is told of a server, or told to start none: then it is Prefect's to find it.

    Looked up where Prefect looks, in its environment, profile and files ("Settings and profiles" in its documentation),
    without importing it.
    """
    if os.environ.get("PREFECT_API_URL") or "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE" in os.environ:
        return True
    if _names_one(_table(Path(".env"))):
        return True
    if any("api" in table for table in (_table(Path("prefect.toml")), _tool_table(Path("pyproject.toml")))):
        return True
    home = Path(os.environ.get("PREFECT_HOME") or Path.home() / ".prefect")
    profiles = _table(Path(os.environ.get("PREFECT_PROFILES_PATH") or home / "profiles.toml"))
    active = os.environ.get("PREFECT_PROFILE") or profiles.get("active")
    return _names_one(profiles.get("profiles", {}).get(active, {}))


def _where(port: int) -> list[str]:
    return ["--host", "127.0.0.1", "--port", str(port)]


def _names_one(settings: dict[str, Any]) -> bool:
    return "PREFECT_API_URL" in settings or "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE" in settings


def _table(path: Path) -> dict[str, Any]:
    """A file of settings as a table; one that cannot be read is left to Prefect to complain of."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return {}
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:  # a .env file is no TOML
        lines = (line.partition("=") for line in text.splitlines())
        return {name.strip().removeprefix("export "): value for name, _, value in lines}


def _tool_table(path: Path) -> dict[str, Any]:
    table = _table(path).get("tool", {})
    found = table.get("prefect", {})
    return found if isinstance(found, dict) else {}
