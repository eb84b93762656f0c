"""Channels: where an alert goes.  Each says what came of it and never raises for what a receiver does."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from rich.console import Console

from flows.consoles import messages
from flows.settings import Settings
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


@dataclass(frozen=True, slots=True)
class ConsoleChannel:
    """Prints an alert for whoever watches the run; control characters of a page never reach the terminal."""

    console: Console

    def send(self, delivery: PendingDelivery) -> Sent:
        """Prints the alert to standard error."""
        self.console.print(for_terminal(f"{delivery.subject}\n{delivery.body}"), markup=False, highlight=False)
        return Sent(delivered=True, response="printed")


@dataclass(frozen=True, slots=True)
class FileChannel:
    """Writes an alert into a file of its own, named by its key: a second delivery writes the same file again."""

    folder: Path

    def send(self, delivery: PendingDelivery) -> Sent:
        """Writes ``<folder>/<key>.md`` whole or not at all."""
        path = self.folder / f"{delivery.key}.md"
        partial = path.with_suffix(".partial")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with partial.open("w", encoding="utf-8") as file:
                file.write(f"# {delivery.subject}\n\n{delivery.body}\n")
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
        except OSError as error:
            return Sent(delivered=False, response=f"{path.name} cannot be written: {error.strerror}")
        return Sent(delivered=True, response=f"written to {path.name}")


def channels_of(settings: Settings) -> dict[str, Channel]:
    """The channels of an installation by name."""
    return {"console": ConsoleChannel(messages()), "file": FileChannel(settings.alerts)}
