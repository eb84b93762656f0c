"""The process that does what is asked for in forks of its own, to be killed.

One job a line comes in as JSON, each with the arguments of :class:`Job`.  Said are ``begun PID`` and, when the fork has
ended, ``ended STATUS`` with the status of ``os.waitpid``.  All importing is done before the first line, so that a fork
is at work within milliseconds.  Which step a fork is in stands in the file that the job names.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from flows.backfill_sources import Backfill
from flows.catalogue import declared_pages
from flows.channel_setup import channels_of
from flows.delivering import DeliveryReport, deliver_pending
from flows.rebuilding import rebuild
from flows.restoring import restore
from flows.running import PlainSteps, PortalWork, RunRequest, run
from flows.settings import Settings
from flows.visiting import PageVisit
from tests.benchmarks.kills_moments import Place, Trap, set_trap
from transform.night import Night
from transform.reading_code import reading_code_version
from warehouse.database import Warehouse
from warehouse.load import LoadReport
from warehouse.publish import Published, publish

_LOG = logging.getLogger("kills")


@dataclass(frozen=True)
class Job:
    """What a fork does: one of :data:`TASKS` in a data folder; ``files`` are what a backfill takes in."""

    task: str
    data: str
    catalogue: str
    via: str = ""
    files: tuple[str, ...] = ()
    trap: Trap | None = None

    def line(self) -> bytes:
        """The job as one line."""
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def of(cls, line: str) -> Job:
        """The job out of a line."""
        given = json.loads(line)
        trap = given.pop("trap")
        if trap is not None:
            trap = Trap(Place(trap.pop("place")), **trap)
        return cls(**given | {"files": tuple(given["files"])}, trap=trap)

    @property
    def settings(self) -> Settings:
        """The installation."""
        return Settings(data=Path(self.data), second_look_s=0.0)

    @property
    def whereabouts(self) -> Path:
        """The file in which the step stands."""
        return Path(self.data).with_suffix(".step")


class TellingSteps(PlainSteps):
    """The steps of a run, each written down as it begins; some may be left out."""

    def __init__(self, say: Callable[[str], None], *, publishes: bool = True, delivers: bool = True) -> None:
        self._say = say
        self._publishes = publishes
        self._delivers = delivers

    def visit(self, work: PortalWork) -> list[PageVisit]:
        """Visits."""
        self._say("visit")
        visits = super().visit(work)
        self._say("compare")
        return visits

    def load(self, warehouse: Warehouse, night: Night) -> LoadReport:
        """Loads."""
        self._say("load")
        return super().load(warehouse, night)

    def publish(self, warehouse: Warehouse, target: Path) -> Published:
        """Publishes."""
        self._say("publish")
        published = super().publish(warehouse, target) if self._publishes else Published(target, 0, 0, 0.0)
        self._say("after publish")
        return published

    def deliver(self, warehouse: Warehouse, settings: Settings) -> DeliveryReport:
        """Delivers."""
        self._say("deliver")
        return super().deliver(warehouse, settings) if self._delivers else DeliveryReport(0, 0)


def _refresh(job: Job, say: Callable[[str], None], *, publishes: bool = True, delivers: bool = True) -> None:
    request = RunRequest(job.settings, job.via, Path(job.catalogue))
    run(request, TellingSteps(say, publishes=publishes, delivers=delivers), _LOG)


def _deliver(job: Job, say: Callable[[str], None]) -> None:
    with Warehouse.open(job.settings.warehouse) as warehouse:
        say("deliver")
        deliver_pending(warehouse, channels_of(job.settings))
        say("publish")
        publish(warehouse, job.settings.published)
        say("close")


def _publish(job: Job, say: Callable[[str], None]) -> None:
    with Warehouse.open(job.settings.warehouse) as warehouse:
        say("publish")
        publish(warehouse, job.settings.published)
        say("close")


def _rebuild(job: Job, say: Callable[[str], None]) -> None:
    with Warehouse.open(job.settings.warehouse) as warehouse:
        say("rebuild")
        rebuild(warehouse, job.settings.archive, declared_pages(Path(job.catalogue)))
        say("publish")
        publish(warehouse, job.settings.published)
        say("close")


def _restore(job: Job, say: Callable[[str], None]) -> None:
    say("restore")
    restore(job.settings, declared_pages(Path(job.catalogue)))
    _publish(job, say)


def _backfill(job: Job, say: Callable[[str], None]) -> None:
    pages = declared_pages(Path(job.catalogue))
    with Warehouse.open(job.settings.warehouse) as warehouse:
        say("backfill")
        Backfill(job.settings, warehouse, pages, pages).from_files([Path(file) for file in job.files])
        say("publish")
        publish(warehouse, job.settings.published)
        say("close")


TASKS: dict[str, Callable[[Job, Callable[[str], None]], None]] = {
    "refresh": _refresh,
    "refresh unpublished": lambda job, say: _refresh(job, say, publishes=False),
    "load": lambda job, say: _refresh(job, say, publishes=False, delivers=False),
    "deliver": _deliver,
    "publish": _publish,
    "rebuild": _rebuild,
    "restore": _restore,
    "backfill": _backfill,
}


def main(lines: Iterable[str]) -> None:
    """Does one job after the other, each in a fork; all with the reading code as it was at the beginning."""
    reading_code_version()
    for line in lines:
        job = Job.of(line)
        child = os.fork()
        if child == 0:
            _answer(f"begun {os.getpid()}")
            os._exit(_done(job))
        _answer(f"ended {os.waitpid(child, 0)[1]}")


def _done(job: Job) -> int:
    """Does the job; 0 where it went well."""
    place = os.open(job.whereabouts, os.O_RDWR | os.O_CREAT)

    def say(step: str) -> None:
        os.pwrite(place, step.ljust(20).encode(), 0)

    say("begin")
    try:
        if job.trap is not None:
            set_trap(job.trap)
        TASKS[job.task](job, say)
    except Exception:  # noqa: BLE001  the fork ends here
        _LOG.exception("%s failed", job.task)
        return 1
    return 0


def _answer(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)
    main(sys.stdin)
