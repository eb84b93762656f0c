"""An installation as its operator has it: a data folder, an environment, and the console script."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from flows.settings import Settings

ROOT = Path(__file__).parents[2]
SCRIPT = Path(sys.executable).with_name("strategiemonitor")
PREFECT = Path(sys.executable).with_name("prefect")
LIMIT_S = 240.0


def environment(home: Path, api_url: str | None, **extra: str) -> dict[str, str]:
    """This process's environment without any setting of ours or of Prefect's but these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "STRATEGIEMONITOR_"))}
    server = {"PREFECT_API_URL": api_url} if api_url else {}
    return {**kept, "PREFECT_HOME": str(home), "PYTHONPATH": str(ROOT), **server, **extra}


def _heed_interrupts() -> None:
    """Where the tests run in the background of a shell, Ctrl-C is ignored by all that they start (POSIX, sh, 2.11)."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@dataclass(frozen=True)
class Installation:
    """A data folder and the environment in which commands work on it."""

    data: Path
    environment: dict[str, str] = field(repr=False)

    @property
    def settings(self) -> Settings:
        """Its places."""
        return Settings(data=self.data)

    def run(self, *words: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        """Runs ``strategiemonitor --data DIR …`` to its end and expects an exit status."""
        done = subprocess.run(
            self.command(*words),
            env=self.environment,
            text=True,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=LIMIT_S,
            check=False,
        )
        assert done.returncode == status, f"{' '.join(words)}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def start(self, *words: str, log: Path) -> subprocess.Popen[str]:
        """Starts it in a process group of its own, with both outputs in a file."""
        with log.open("w") as file:
            return subprocess.Popen(
                self.command(*words),
                env=self.environment,
                text=True,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_heed_interrupts,  # noqa: PLW1509  it sets a disposition and takes no lock
            )

    def command(self, *words: str) -> list[str]:
        """The words of a command line."""
        return [str(SCRIPT), "--data", str(self.data), *words]


def left_behind(home: Path) -> list[str]:
    """Command lines of the processes that still run in an environment with this home."""
    mark = f"PREFECT_HOME={home}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


def left_in_the_end(home: Path) -> list[str]:
    """What of it still runs after the moment that Python's own helpers take to end after their parent."""
    deadline = time.monotonic() + 30
    while (found := left_behind(home)) and time.monotonic() < deadline:
        time.sleep(0.2)
    return found
