"""Moments at which a process may be killed: before, in the midst of, and after whatever it writes or sends.

A killed child puts these around the real functions (:func:`set_trap`); nothing of it is known to the program itself.
"""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar, cast

import duckdb

import warehouse.connection
import warehouse.database
import warehouse.publish
from extract import archive, payload_index
from flows import channels, delivering
from flows.channels import Sent
from transform.delivery import PendingDelivery

T = TypeVar("T")


class Place(StrEnum):
    """What is written or sent when the process dies."""

    RECORD = "WARC record"
    WARC_RENAME = "WARC rename"
    INDEX = "body index"
    COMMIT = "DuckDB commit"
    CLOSE = "DuckDB close"
    COPY = "copy for readers"
    PUBLISH_RENAME = "publish rename"
    OLDER = "older copy"
    SEND = "message"
    FILE_RENAME = "file rename"


PHASES = ("before", "during", "after")


@dataclass(frozen=True)
class Trap:
    """The ``nth`` (from 1) time at a place, and the phase of it, at which the process dies."""

    place: Place
    phase: str
    nth: int
    delay_s: float

    @property
    def name(self) -> str:
        """As the report says it."""
        return f"{self.phase} {self.place}"


OFTEN = {Place.RECORD: 12, Place.COMMIT: 12, Place.CLOSE: 3, Place.SEND: 8, Place.FILE_RENAME: 4, Place.COPY: 24}
"""So often a place is passed in one run, roughly; once where it is missing."""
_LONG = {Place.COMMIT: 0.02, Place.CLOSE: 0.05, Place.COPY: 0.01, Place.SEND: 0.02}
"""So many seconds it takes at most there."""


def drawn_trap(rng: random.Random, places: tuple[Place, ...]) -> Trap:
    """Any moment at these places."""
    place = rng.choice(places)
    delay = rng.uniform(0.0, _LONG.get(place, 0.001))
    return Trap(place, rng.choice(PHASES), rng.randint(1, OFTEN.get(place, 1)), delay)


def die() -> None:
    """Ends this process at once, as ``kill -9`` does."""
    os.kill(os.getpid(), signal.SIGKILL)


class _Watch:
    """Counts how often the place of a trap was passed, and springs it."""

    def __init__(self, trap: Trap) -> None:
        self._trap = trap
        self._passed = 0

    def springs(self, place: Place) -> bool:
        """Whether this is the time at which the process is to die."""
        if place is not self._trap.place:
            return False
        self._passed += 1
        return self._passed == self._trap.nth

    def around(self, place: Place, act: Callable[[], T]) -> T:
        """Does it, and dies at the trap's phase of it where it is the trap's."""
        if not self.springs(place):
            return act()
        if self._trap.phase == "before":
            die()
        if self._trap.phase == "during":
            threading.Thread(target=_die_after, args=(self._trap.delay_s,), daemon=True).start()
        done = act()
        die()
        return done

    @property
    def in_the_midst(self) -> bool:
        """Whether the trap is in the midst of something."""
        return self._trap.phase == "during"


def _die_after(seconds: float) -> None:
    time.sleep(seconds)
    die()


class _WatchedConnection:
    """A DuckDB connection that tells of its commits, its copies and its closing."""

    def __init__(self, inner: duckdb.DuckDBPyConnection, watch: _Watch) -> None:
        self._inner = inner
        self._watch = watch

    def execute(self, statement: str, *parameters: Any) -> duckdb.DuckDBPyConnection:
        """Executes, unless the process dies of it."""

        def act() -> duckdb.DuckDBPyConnection:
            return self._inner.execute(statement, *parameters)

        if statement == "commit":
            return self._watch.around(Place.COMMIT, act)
        if statement.startswith(("create table copy.", "attach ")):
            return self._watch.around(Place.COPY, act)
        return act()

    def close(self) -> None:
        """Closes, which takes the write-ahead log over into the file."""
        self._watch.around(Place.CLOSE, self._inner.close)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def set_trap(trap: Trap) -> None:
    """Puts the trap around the functions of this process; for a child that ends with it."""
    watch = _Watch(trap)
    _trap_connections(watch)
    _trap_renames(watch)
    _trap_archive(watch)
    _trap_channels(watch)


def _trap_connections(watch: _Watch) -> None:
    connect = warehouse.connection.connect

    def watched(*given: Any, **named: Any) -> duckdb.DuckDBPyConnection:
        return cast("duckdb.DuckDBPyConnection", _WatchedConnection(connect(*given, **named), watch))

    warehouse.database.connect = watched  # type: ignore[attr-defined]
    warehouse.publish.connect = watched  # type: ignore[attr-defined]


def _trap_renames(watch: _Watch) -> None:
    rename, replace, link = Path.rename, Path.replace, os.link

    def renamed(self: Path, target: Any) -> Path:
        return watch.around(Place.WARC_RENAME, lambda: rename(self, target))

    def replaced(self: Path, target: Any) -> Path:
        place = Place.PUBLISH_RENAME if ".duckdb" in self.name else Place.FILE_RENAME
        return watch.around(place, lambda: replace(self, target))

    def linked(*given: Any, **named: Any) -> None:
        watch.around(Place.OLDER, lambda: link(*given, **named))

    Path.rename, Path.replace, os.link = renamed, replaced, linked  # type: ignore[method-assign,assignment]


def _trap_archive(watch: _Watch) -> None:
    append, save = archive.WarcRun._append, payload_index.PayloadIndex.save

    def appended(self: archive.WarcRun, data: bytes) -> int:
        if watch.in_the_midst and watch.springs(Place.RECORD):
            self._handle.write(data[: len(data) // 2])
            die()
        return watch.around(Place.RECORD, lambda: append(self, data))

    def saved(self: payload_index.PayloadIndex) -> None:
        watch.around(Place.INDEX, lambda: save(self))

    archive.WarcRun._append = appended  # type: ignore[method-assign]
    payload_index.PayloadIndex.save = saved  # type: ignore[method-assign]


def _trap_channels(watch: _Watch) -> None:
    """Around the sending alone: the attempt is written down before, its outcome behind."""
    deliver = delivering._deliver

    class Trapped:
        def __init__(self, inner: channels.Channel) -> None:
            self._inner = inner

        def send(self, delivery: PendingDelivery) -> Sent:
            return watch.around(Place.SEND, lambda: self._inner.send(delivery))

    def delivered(opened: Any, channel: channels.Channel, *given: Any) -> Any:
        return deliver(opened, Trapped(channel), *given)

    delivering._deliver = delivered  # type: ignore[assignment]
