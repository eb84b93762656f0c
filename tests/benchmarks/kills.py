"""Runs killed at random moments: nothing is lost, nothing is told under two names, and the end is the same.

``python -m tests.benchmarks.kills [--kills N] [--seed N] [--step STEP]`` plays invented nights through the plain
refresh in a child process and kills it with ``SIGKILL``: half of the times anywhere in the run, half of the times
before, in the midst of or after a commit, a rename, a record or a message to a real receiver.  Then it runs again.
Compared with an undisturbed play are all tables; the archive is read whole, and a reader opens the copy all the while.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.kills_play import PLAYS, Play, Tally, executioner
from tests.benchmarks.kills_world import World

NIGHTS = 8
PAGES = 4
SHOWN = 40


def measure(kills: int, seed: int, step: str, nights: int = NIGHTS, pages: int = PAGES) -> Tally:
    """Kills so many times, in as many plays as that takes; each play has other pages and other nights."""
    tally = Tally()
    play_no = 0
    with executioner() as hangman:
        while tally.kills.total() < kills:
            name = f"{seed}/{step}/{play_no}"
            with tempfile.TemporaryDirectory(prefix="kills-") as folder, World(hash_of(name), nights, pages) as world:
                play = Play(world, Path(folder), random.Random(f"kills/{name}"), hangman, tally, kills)
                PLAYS[step](play, step)
            play_no += 1
            sys.stderr.write(f"{step}: {tally.kills.total()} kills, {len(tally.faults)} faults\n")
    return tally


def hash_of(name: str) -> int:
    """A seed out of a name, the same in every process."""
    return random.Random(name).randrange(2**32)


def report(tally: Tally, seconds: float) -> str:
    """The tally as Markdown."""
    lines = [
        "| measure | value |",
        "| --- | --- |",
        f"| kills | {tally.kills.total()} |",
        f"| runs that ended before their moment came | {tally.missed} |",
        f"| undisturbed runs | {tally.whole_runs} |",
        f"| messages taken, of these repeats under the same key | {tally.messages}, {tally.repeats} |",
        f"| looks at the copy for readers | {tally.looked} |",
        f"| differences | {len(tally.faults)} |",
        f"| seconds | {seconds:.0f} |",
        "",
        "| killed | times |",
        "| --- | --- |",
        *(f"| {moment} | {times} |" for moment, times in sorted(tally.kills.items())),
    ]
    return "\n".join([*lines, "", *tally.faults[:SHOWN]])


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the report; status 1 where anything differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--step", choices=sorted(PLAYS), default="refresh")
    parser.add_argument("--nights", type=int, default=NIGHTS)
    given = parser.parse_args(arguments)
    began = time.monotonic()
    tally = measure(given.kills, given.seed, given.step, given.nights)
    sys.stdout.write(report(tally, time.monotonic() - began) + "\n")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
