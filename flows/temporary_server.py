"""The Prefect server of a run that nobody else gave one: started at once, beside the imports, gone with the process.

Prefect would start one itself, but one after the other: it imports its client, then its whole server too, only to start
a process that imports both again.  Here Prefect's client, which the server builds on, is imported once; the server is a
fork of that moment and goes on importing while this process imports the rest.  It is the same application as Prefect's
own temporary server.
"""

from __future__ import annotations

import atexit
import gc
import multiprocessing
import os
import signal
import sys
import tempfile
import time
import tomllib
from functools import cache
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from extract.errors import WaitError
from flows.bound_to_parent import bind_to
from flows.server import answers, free_port

START_LIMIT_S = 180.0
_LOOK_EVERY_S = 0.05
_STOP_LIMIT_S = 5.0


class TemporaryServer:
    """A Prefect server process on loopback, with its database in Prefect's home.

    Attributes:
        api_url: Address of its API; it answers once :meth:`wait` is back.
    """

    def __init__(self) -> None:
        import prefect  # noqa: F401  what both processes share

        gc.freeze()  # neither looks through the modules again, so their memory stays shared
        port = free_port()
        self.api_url = f"http://127.0.0.1:{port}/api"
        self._said = tempfile.NamedTemporaryFile()  # noqa: SIM115  closed when the server has stopped
        # Outside Linux a fork may not use the system's libraries; the server imports everything anew there.
        processes: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        self._process: BaseProcess = processes.Process(
            target=_serve, args=(os.getpid(), port, self._said.name), daemon=True
        )
        self._process.start()

    def wait(self) -> None:
        """Waits until the server answers.

        Raises:
            WaitError: If it does not in time, or ends; with what it said.
        """
        deadline = time.monotonic() + START_LIMIT_S
        while not answers(self.api_url):
            if not self._process.is_alive() or time.monotonic() > deadline:
                self._said.seek(0)
                said = " ".join(self._said.read().decode(errors="replace").split())[-500:]
                raise WaitError(
                    f"Prefect's temporary server did not start: {said or 'it says nothing'}.",
                    "Look at PREFECT_HOME and its disk, or start a server and set PREFECT_API_URL.",
                )
            time.sleep(_LOOK_EVERY_S)

    def stop(self) -> None:
        """Ends the server; a second call does nothing."""
        if self._process.is_alive():
            self._process.terminate()
            self._process.join(_STOP_LIMIT_S)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()
        self._said.close()


def _serve(parent: int, port: int, said: str) -> None:
    """The process of the server: it says nothing but into its file, and ends with its parent."""
    # In a session of its own Ctrl-C does not reach it: a run that is interrupted can still tell it so.
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with Path(os.devnull).open("rb") as nothing, Path(said).open("ab") as file:
        os.dup2(nothing.fileno(), 0)
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    bind_to(parent)
    import uvicorn
    from prefect import settings
    from prefect.server.api.server import create_app

    spared: dict[Any, Any] = {
        settings.PREFECT_SERVER_ANALYTICS_ENABLED: False,
        # Automations look after runs for days, and nobody watches a stream of a server that is gone with its run.
        # To evaluate them, Prefect makes its whole application a second time.
        settings.PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED: False,
        settings.PREFECT_SERVER_EVENTS_STREAM_OUT_ENABLED: False,
        settings.PREFECT_SERVER_LOGS_STREAM_OUT_ENABLED: False,
    }
    with settings.temporary_settings(spared):
        uvicorn.run(create_app(ephemeral=True), host="127.0.0.1", port=port, log_level="error")


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
