"""Progress for a person who looks on: which portals are being asked, which pages have been seen.

Where standard error is no terminal nothing is shown here: the log says the same in plain lines.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.status import Status
from rich.text import Text

from flows.consoles import messages


class Watcher(Protocol):
    """Somebody who is told how a run goes on; called from several threads."""

    def portal_begins(self, portal: str) -> None:
        """A portal is being asked."""

    def portal_ends(self, portal: str, verdicts: dict[str, str]) -> None:
        """A portal has been asked; the verdicts of its pages by page id."""


class Unwatched:
    """Nobody looks on."""

    def portal_begins(self, portal: str) -> None:
        """Says nothing."""

    def portal_ends(self, portal: str, verdicts: dict[str, str]) -> None:
        """Says nothing."""


class TerminalWatcher:
    """One line for each page that was seen, and a last line that names the portals being asked."""

    def __init__(self, console: Console, status: Status) -> None:
        self._console = console
        self._status = status
        self._asked: dict[str, None] = {}
        self._guard = threading.Lock()

    def portal_begins(self, portal: str) -> None:
        """Shows the portal in the last line."""
        with self._guard:
            self._asked[portal] = None
            self._show()

    def portal_ends(self, portal: str, verdicts: dict[str, str]) -> None:
        """Prints the portal's pages and takes it out of the last line."""
        with self._guard:
            self._asked.pop(portal, None)
            for page, verdict in verdicts.items():
                good = verdict in ("verified", "not_modified")
                self._console.print(
                    Text.assemble(("✓ " if good else "! ", "green" if good else "yellow"), page, f"  {verdict}")
                )
            self._show()

    def _show(self) -> None:
        self._status.update("asking " + ", ".join(self._asked) if self._asked else "loading and publishing")


_watcher: Watcher = Unwatched()


def watcher() -> Watcher:
    """Who looks on at the run of this process."""
    return _watcher


@contextmanager
def shown_on_terminal() -> Iterator[None]:
    """Shows the progress of a run on standard error for as long as the block runs, where that is a terminal."""
    global _watcher  # noqa: PLW0603  one run a process, and Prefect's flow takes plain parameters only
    if not sys.stderr.isatty():
        yield
        return
    console = messages()
    with console.status("starting Prefect's engine") as status:
        _watcher = TerminalWatcher(console, status)
        try:
            yield
        finally:
            _watcher = Unwatched()
