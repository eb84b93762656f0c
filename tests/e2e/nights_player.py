"""A process that plays single nights of the sample portal without Prefect, each in a fork of its own, to be killed.

Reads ``NIGHT`` lines from standard input.  Says ``begun PID`` before and ``ended`` after each, so that whoever kills
the fork waits for nothing but the run itself: all importing is done before the first line.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from flows.demo.portal import SAMPLE_CATALOGUE
from flows.running import PlainSteps, RunRequest, run
from flows.settings import Settings


def main(data: Path, origin: str) -> None:
    """Plays whatever night is asked for."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _say(f"begun {os.getpid()}")
            run(RunRequest(Settings(data=data), f"{origin}{line.strip()}/", SAMPLE_CATALOGUE), PlainSteps(), _LOG)
            os._exit(0)
        os.waitpid(child, 0)
        _say("ended")


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


_LOG = logging.getLogger("nights-player")

if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
