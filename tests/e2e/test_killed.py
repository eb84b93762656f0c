"""``kill -9`` at any moment of a run: the next run makes good, and the end is that of an undisturbed play."""

from __future__ import annotations

import itertools
import os
import random
import select
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows.demo.portal import SamplePortal
from flows.settings import Settings
from tests.e2e.conftest import PlayedDemo
from tests.e2e.installation import ROOT
from warehouse.database import Warehouse
from warehouse.query import query_published

CONTENTS = {
    "observations": "select page_id, observed_at, version_id from observations",
    "versions": "select version_id, page_id, content_sha256, extractor from store.versions",
    "changes": "select * exclude (snapshot_id) from changes",
    "alerts": "select key, kind, page_id, change_ids, route, subject from alerts",
    "deliveries": "select key, channel, status from deliveries join alerts using (alert_id)",
    "incidents": "select page_id, kind, opened_at, closed_at, detail from incidents",
    "figures": "from figures_history",
}
"""What must be the same however often a run was killed; when and as what number it was loaded may differ."""


@dataclass
class Player:
    """The process that plays nights, and the data folder that it plays into."""

    settings: Settings
    process: subprocess.Popen[bytes]

    def play(self, night: int, killed_at: Callable[[], bool] = lambda: False) -> bool:
        """Plays a night, to its end or to a moment at which it is killed; whether it was killed."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{night}\n".encode())
        pid = int(self.process.stdout.readline().removeprefix(b"begun "))
        while not (hit := killed_at()) and not self._has_said_something():
            pass
        if hit:
            os.kill(pid, signal.SIGKILL)
        assert self.process.stdout.readline() == b"ended\n"
        return hit

    def _has_said_something(self) -> bool:
        assert self.process.stdout is not None
        return bool(select.select([self.process.stdout], [], [], 0.001)[0])

    def is_storing(self) -> bool:
        """A WARC file is being written."""
        return any(path.stat().st_size > 3000 for path in self.settings.archive.glob("*/*/*.open"))

    def is_loading(self) -> bool:
        """The write-ahead log of the warehouse is being filled."""
        log = self.settings.warehouse.with_name(self.settings.warehouse.name + ".wal")
        return log.exists() and log.stat().st_size > 0

    def is_publishing(self) -> bool:
        """A copy is being made."""
        return any(self.settings.published.parent.glob(".*.partial"))

    def is_telling(self) -> bool:
        """A copy was made, alerts are being written."""
        return any(self.settings.alerts.glob("*.partial"))


def after(seconds: float) -> Callable[[], bool]:
    """The moment so many seconds from the first question on."""
    began: list[float] = []

    def reached() -> bool:
        began[:] = began or [time.monotonic()]
        return time.monotonic() - began[0] >= seconds

    return reached


@contextmanager
def player(data: Path, origin: str) -> Iterator[Player]:
    """The process, ready to play."""
    command = [sys.executable, "-m", "tests.e2e.nights_player", str(data), origin]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as process:
        yield Player(Settings(data=data), process)
        assert process.stdin is not None
        process.stdin.close()


def contents(settings: Settings) -> dict[str, list[str]]:
    """What the warehouse holds, row by row."""
    with Warehouse.open(settings.warehouse) as warehouse:
        assert warehouse.audit() == ()
        return {name: sorted(map(repr, warehouse.connection.execute(sql).fetchall())) for name, sql in CONTENTS.items()}


@pytest.mark.slow
def test_a_play_that_is_killed_at_many_moments_ends_like_an_undisturbed_one(
    demo: PlayedDemo, sample_portal: SamplePortal, tmp_path: Path
) -> None:
    """While storing, loading, publishing and telling, and at random moments; each night is then run once more."""
    moments = random.Random(2030)
    kills: Counter[str] = Counter()
    with player(tmp_path / "data", sample_portal.prefix(0).removesuffix("0/")) as playing:
        steps = itertools.cycle([playing.is_storing, playing.is_loading, playing.is_publishing, playing.is_telling])
        for night in sample_portal.nights:
            for moment in (next(steps), after(moments.uniform(0, 1.2))):
                kills[moment.__name__] += playing.play(night, moment)
                assert_published_can_be_read(playing.settings)
            assert not playing.play(night), "an undisturbed run ends by itself"
        settings = playing.settings
    assert kills.total() >= 12
    assert {"is_storing", "is_loading", "is_publishing", "is_telling"} <= {name for name, hit in kills.items() if hit}
    found, expected = contents(settings), contents(demo.installation.settings)
    for name in CONTENTS:
        assert found[name] == expected[name], name
    assert list(settings.archive.glob("*/*/*.open")) == []
    assert_every_alert_is_told(settings)


def assert_published_can_be_read(settings: Settings) -> None:
    """Whenever there is a copy, it is a whole one."""
    if settings.published.exists():
        assert query_published(settings.published, "select count(*) from pages").rows == ((5,),)


def assert_every_alert_is_told(settings: Settings) -> None:
    """No delivery waits, and each alert has its file."""
    waiting = "select alert_id from deliveries where channel = 'file' and status != 'delivered'"
    assert query_published(settings.published, waiting).rows == ()
    keys = {str(row[0]) for row in query_published(settings.published, "select key from alerts").rows}
    assert {path.stem for path in settings.alerts.glob("*.md")} >= keys
