"""A Prefect server as its API shows it, and the workers that carry out what is deployed on it."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from tests.e2e.installation import PREFECT, Installation


@dataclass(frozen=True)
class PrefectPool:
    """An installation whose deployments are on a server."""

    installation: Installation
    api_url: str
    folder: Path

    def call(self, method: str, path: str, body: object = None) -> Any:
        """One request to Prefect's API."""
        answer = requests.request(method, f"{self.api_url}/{path}", json=body, timeout=60)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    @contextmanager
    def worker(self, name: str, *options: str) -> Iterator[subprocess.Popen[str]]:
        """A worker in a process group of its own, gone with all its runs at the end; its log is :meth:`log_of` it."""
        with self.log_of(name).open("w") as log:
            process = subprocess.Popen(
                [str(PREFECT), "worker", "start", "--pool", "strategiemonitor", "--name", name, *options],
                env={**self.installation.environment, "PREFECT_WORKER_QUERY_SECONDS": "2"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def log_of(self, name: str) -> Path:
        """What a worker says."""
        return self.folder / f"{name}.log"
