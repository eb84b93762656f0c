"""Channels: where an alert goes.  Each says what came of it and never raises for what a receiver does."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from rich.console import Console

from transform.delivery import PendingDelivery
from transform.safe_text import for_terminal


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of one try; ``response`` says it in words, for the table ``deliveries``."""

    delivered: bool
    response: str


class Channel(Protocol):
    """Something that takes an alert to people."""

    def send(self, delivery: PendingDelivery) -> Sent:
        """Sends one alert, once; its key lets a receiver drop a repeat."""


@runtime_checkable
class Preparing(Protocol):
    """A channel that wants to know beforehand what is due on it in a run."""

    def begin(self, due: Sequence[PendingDelivery]) -> None:
        """Told once in each run, before the first of its deliveries, also where none is due."""


class Repeatable:
    """Mark of a channel on which a repeat does no harm, since it lands where the first one did or is only looked at.

    Its messages are begun together and recorded together: two transactions instead of two for each.
    """


class Interrupting:
    """Mark of a channel that interrupts people: what piles up in an outage reaches it as one message."""


class ConsoleChannel(Repeatable):
    """Prints an alert for whoever watches the run; control characters of a page never reach the terminal."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def send(self, delivery: PendingDelivery) -> Sent:
        """Prints the alert to standard error."""
        self._console.print(for_terminal(f"{delivery.subject}\n{delivery.body}"), markup=False, highlight=False)
        return Sent(delivered=True, response="printed")


class FileChannel(Repeatable):
    """Writes an alert into a file of its own, named by its key: a second delivery writes the same file again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, delivery: PendingDelivery) -> Sent:
        """Writes ``<folder>/<key>.md`` whole or not at all."""
        path = self._folder / f"{delivery.key}.md"
        try:
            write_whole(path, f"# {delivery.subject}\n\n{delivery.body}\n".encode())
        except OSError as error:
            return Sent(delivered=False, response=f"{path.name} cannot be written: {error.strerror}")
        return Sent(delivered=True, response=f"written to {path.name}")


class BrokenChannel:
    """A channel that cannot be set up: each message waits, and its delivery says why."""

    def __init__(self, why: str) -> None:
        self.why = why

    def send(self, delivery: PendingDelivery) -> Sent:  # noqa: ARG002  it is of no use here
        """Sends nothing."""
        return Sent(delivered=False, response=self.why)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, and onto the disk; its folder is made where it is missing.

    Raises:
        OSError: The file before it stands.
    """
    partial = path.with_name(f".{path.name}.partial")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
        raise
