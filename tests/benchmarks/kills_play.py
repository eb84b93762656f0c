"""Plays in which the processes are killed: nights, deliveries, publications, rebuilds, restorations, backfills."""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.benchmarks import kills_proof as proof
from tests.benchmarks.kills_child import Job
from tests.benchmarks.kills_moments import Place, drawn_trap
from tests.benchmarks.kills_world import World

ROOT = Path(__file__).parents[2]
_AIMED = 0.5
"""The share of kills at a moment that is aimed at; the others strike anywhere in the run."""
_LOOKED_INTO = 0.3
"""The share of kills after which the warehouse itself is opened: mostly it is the next run that does so first."""
_IN_A_ROW = (3, 4, 5, 6, 7)
"""So many times a job is killed before it is let through; fewer than make the outbox give a message up."""
_LEFT_OUT = ".badewanne"
"""What the later catalogue of a rebuild does not read: no page has it, and yet everything is read anew."""

WRITING = (Place.COMMIT, Place.CLOSE, Place.COPY, Place.PUBLISH_RENAME, Place.OLDER)
PLACES: dict[str, tuple[Place, ...]] = {
    "refresh": tuple(Place),
    "deliver": (Place.COMMIT, Place.SEND, Place.FILE_RENAME, Place.CLOSE),
    "publish": (Place.COPY, Place.PUBLISH_RENAME, Place.OLDER, Place.CLOSE),
    "rebuild": WRITING,
    "restore": (*WRITING, Place.INDEX),
    "backfill": (*WRITING, Place.RECORD, Place.WARC_RENAME, Place.INDEX),
}


@dataclass
class Tally:
    """What was done and what was found."""

    kills: Counter[str] = field(default_factory=Counter)
    missed: int = 0
    whole_runs: int = 0
    looked: int = 0
    repeats: int = 0
    messages: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, where: str, faults: list[str]) -> None:
        """Notes what is wrong, with where it was found."""
        self.faults += [f"{where}: {fault}" for fault in faults]


class Executioner:
    """The process whose forks are killed."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def run(self, job: Job, killed_after_s: float | None = None) -> bool:
        """Lets a job be done, or kills it after so many seconds; whether it was killed.

        Raises:
            RuntimeError: The job failed by itself.
        """
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(job.line())
        pid = int(stdout.readline().removeprefix(b"begun "))
        if killed_after_s is not None and not select.select([stdout], [], [], killed_after_s)[0]:
            os.kill(pid, signal.SIGKILL)
        status = int(stdout.readline().removeprefix(b"ended "))
        if os.WIFSIGNALED(status):
            return True
        if status:
            raise RuntimeError(f"{job.task} failed; its traceback stands above")
        return False


@contextmanager
def executioner() -> Iterator[Executioner]:
    """The process, ready."""
    command = [sys.executable, "-m", "tests.benchmarks.kills_child"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as process:
        yield Executioner(process)
        assert process.stdin is not None
        process.stdin.close()


@dataclass
class Play:
    """One world, one undisturbed installation, one whose processes are killed."""

    world: World
    folder: Path
    rng: random.Random
    hangman: Executioner
    tally: Tally
    kills: int
    durations: dict[str, float] = field(default_factory=dict)

    @property
    def is_done(self) -> bool:
        """Whether there were kills enough."""
        return self.tally.kills.total() >= self.kills

    def job(self, task: str, name: str, night: int = 0, catalogue: str = "catalogue") -> Job:
        """A job in the installation of that name."""
        folder = self.folder / catalogue
        if not folder.exists():
            self.world.declare(folder, without=_LEFT_OUT if catalogue != "catalogue" else "")
        return Job(task, str(self.folder / name), str(folder), self.world.via(night))

    def whole(self, job: Job) -> None:
        """Does a job to its end."""
        began = time.monotonic()
        self.hangman.run(job)
        self.durations[job.task] = time.monotonic() - began
        if job.task == "load":
            self.durations.setdefault("deliver", self.durations["load"] / 2)
        self.tally.whole_runs += 1

    def kill(self, job: Job) -> None:
        """Kills a job somewhere, looks at what it left."""
        aimed = self.rng.random() < _AIMED
        trap = drawn_trap(self.rng, PLACES[job.task]) if aimed else None
        after = None if aimed else self.rng.uniform(0.0, self.durations.get(job.task, 1.0))
        if not self.hangman.run(replace(job, trap=trap), after):
            self.tally.missed += 1
            return
        step = job.whereabouts.read_text(encoding="utf-8").strip() if job.whereabouts.exists() else "begin"
        self.tally.kills[trap.name if trap else f"anywhere: {job.task}, {step}"] += 1
        self.tally.add(f"after a kill ({trap.name if trap else step})", self.left_over(job))

    def left_over(self, job: Job) -> list[str]:
        """What a killed process left that is wrong; a restoration may be killed with no warehouse in place."""
        faults = proof.published_faults(job.settings)
        if job.settings.warehouse.exists() and self.rng.random() < _LOOKED_INTO:
            faults += proof.warehouse_faults(job.settings)
        return faults

    def compare(self, name: str, expected: dict[str, list[str]], *, tables: frozenset[str] | None = None) -> None:
        """Notes where an installation is not as it should be."""
        settings = self.job("publish", name).settings
        found = proof.contents(settings)
        kept = {table: rows for table, rows in expected.items() if tables is None or table in tables}
        self.tally.add(name, proof.differences(found, kept))
        self.tally.add(name, proof.archive_faults(settings))
        self.tally.add(name, [*proof.published_faults(settings), *proof.warehouse_faults(settings)])


def play_nights(play: Play, task: str) -> None:
    """Nights of which each is killed a few times and then run whole; ``task`` is what is killed."""
    reference, killed = "undisturbed", "killed"
    for name in (reference, killed):
        play.world.install(play.folder / name)
    for night in play.world.nights:
        play.whole(play.job("refresh unpublished" if night else "refresh", reference, night))
    play.world.hook.calls.clear()
    play.world.mail.mails.clear()
    settings = play.job(task, killed).settings
    with proof.Reader(settings) as reader:
        for night in play.world.nights:
            if task != "refresh":
                play.whole(play.job("load", killed, night))
            for _ in range(play.rng.choice(_IN_A_ROW)):
                if not play.is_done:
                    play.kill(play.job(task, killed, night))
            play.whole(play.job(task if task == "refresh" else "deliver", killed, night))
    play.tally.looked += reader.looked
    play.tally.add(killed, reader.faults)
    play.compare(killed, proof.contents(play.job(task, reference).settings))
    play.tally.add(killed, proof.message_faults(settings, play.world.hook, play.world.mail))
    keys = [call.key for call in play.world.hook.taken]
    play.tally.messages += len(keys)
    play.tally.repeats += len(keys) - len(set(keys))


def play_again(play: Play, task: str) -> None:
    """A task upon a played installation, killed a few times and then done whole; as often as there are kills to do."""
    base = "played"
    play.world.install(play.folder / base)
    files = (str(play.world.older_captures(play.folder / "aelter.warc.gz")),) if task == "backfill" else ()
    for night in play.world.nights:
        play.whole(play.job("refresh", base, night))
    catalogue = "catalogue-later" if task == "rebuild" else "catalogue"
    # What a killed backfill had kept is loaded as a run of its own: more runs, the same captures.
    tables = frozenset(proof.TABLES) - {"snapshots"} if task == "backfill" else None

    def prepared(name: str) -> Job:
        shutil.copytree(play.folder / base, play.folder / name)
        return replace(play.job(task, name, catalogue=catalogue), files=files)

    play.whole(prepared("undisturbed"))
    expected = proof.contents(play.job(task, "undisturbed").settings)
    round_no = 0
    while not play.is_done:
        round_no += 1
        job = prepared(f"killed-{round_no}")
        with proof.Reader(job.settings) as reader:
            for _ in range(play.rng.choice(_IN_A_ROW)):
                if not play.is_done:
                    play.kill(job)
            play.whole(job)
        play.tally.looked += reader.looked
        play.tally.add(f"killed-{round_no}", reader.faults)
        play.compare(f"killed-{round_no}", expected, tables=tables)
        shutil.rmtree(play.folder / f"killed-{round_no}")


PLAYS: dict[str, Callable[[Play, str], None]] = {
    "refresh": play_nights,
    "deliver": play_nights,
    "publish": play_nights,
    "rebuild": play_again,
    "restore": play_again,
    "backfill": play_again,
}
