"""A Prefect server of our own on loopback, for those who run none: started, watched, started again when it dies.

A schedule never fires on Prefect's temporary server, so ``serve`` needs a real one.  Where ``PREFECT_API_URL`` names
one already, that one is used and none is started.  However this process ends, the server ends with it.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extract.errors import WaitError

START_LIMIT_S = 180.0
_WATCH_EVERY_S = 2.0
_STOP_LIMIT_S = 15.0


class LocalServer:
    """A Prefect server process with its database in ``home``.

    Attributes:
        api_url: Address of its API.
    """

    def __init__(self, home: Path, port: int | None = None) -> None:
        self._home = home
        self._port = port or free_port()
        self.api_url = f"http://127.0.0.1:{self._port}/api"
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()

    def start(self) -> None:
        """Starts the server and waits until it answers.

        Raises:
            WaitError: If it does not answer in time; its log says why.
        """
        self._home.mkdir(parents=True, exist_ok=True)
        self._spawn()
        deadline = time.monotonic() + START_LIMIT_S
        while not answers(self.api_url):
            assert self._process is not None
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise WaitError(
                    f"The Prefect server did not start on port {self._port}.",
                    f"Its log is {self._home / 'server.log'}.",
                )
            time.sleep(0.3)
        threading.Thread(target=self._watch, name="prefect-server-watch", daemon=True).start()

    def stop(self) -> None:
        """Ends the server; a second call does nothing."""
        self._stopping.set()
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(_STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _spawn(self) -> None:
        environment = {
            **os.environ,
            "PREFECT_HOME": str(self._home.resolve()),
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        }
        environment.pop("PREFECT_API_URL", None)
        command = [sys.executable, "-m", "flows.bound_to_parent", str(os.getpid()), "prefect", "server", "start"]
        command += ["--host", "127.0.0.1", "--port", str(self._port)]
        with (self._home / "server.log").open("ab") as log:
            # In a session of its own Ctrl-C does not reach it: a run that is interrupted can still tell it so.
            self._process = subprocess.Popen(  # noqa: S603  our own interpreter, no shell
                command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )

    def _watch(self) -> None:
        """Starts the server again whenever it has died, until it is to be stopped."""
        while not self._stopping.wait(_WATCH_EVERY_S):
            if self._process is not None and self._process.poll() is not None:
                self._spawn()


def free_port() -> int:
    """A port on loopback that nobody listens on right now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def comes_up(api_url: str, limit_s: float) -> bool:
    """Whether a Prefect API answers at this address, now or within the limit: one that starts takes its time."""
    deadline = time.monotonic() + limit_s
    while not answers(api_url):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.5)
    return True


def answers(api_url: str) -> bool:
    """Whether a Prefect API answers at this address."""
    try:
        with urllib.request.urlopen(f"{api_url}/health", timeout=3) as answer:  # noqa: S310  a loopback address of ours
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def prefect_server(home: Path) -> Iterator[str]:
    """The API address of a running server: the configured one, or one of our own for as long as the block runs."""
    configured = os.environ.get("PREFECT_API_URL")
    if configured:
        yield configured
        return
    server = LocalServer(home)
    try:
        server.start()
        os.environ["PREFECT_API_URL"] = server.api_url
        yield server.api_url
    finally:
        os.environ.pop("PREFECT_API_URL", None)
        server.stop()
