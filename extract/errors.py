"""The one tree of exceptions, ordered by what the operator should do.

::

    StrategiemonitorError
    ├── UsageError              mend the command, the settings or the catalogue (exit status 2)
    │   ├── CatalogueError      an entry of the catalogue is wrong
    │   ├── SettingsError       a setting is wrong or missing
    │   └── UnknownPageError    no page of that name is declared
    ├── WaitError               try again later, nothing is broken (exit status 1)
    │   ├── WarehouseBusyError  another process writes
    │   │   └── WarehouseConflictError  another process wrote at the same moment
    │   └── NightDoneError      this night was loaded already, and once is enough
    ├── StorageError            look at the disk or the file (exit status 1)
    │   ├── ArchiveError        a WARC file cannot be written or read
    │   ├── WarehouseError      the DuckDB file cannot be written or read
    │   └── PublishError        the copy for readers could not be made; all is kept (exit status 3)
    ├── NothingToDoError        a run without a single page: never a success (exit status 1)
    └── NothingVerifiedError    the run is loaded, and not one page was good (exit status 3; flows.night)

An answer that is not the page is no exception: it is a verdict.  A record that breaks a rule is none either: it is
quarantined.
"""

from __future__ import annotations


class StrategiemonitorError(Exception):
    """Base of all our errors.

    Args:
        message: What is wrong: names the page or file, what was expected and what was found.
        remedy: What to do next, as a sentence.
    """

    exit_status = 1

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class UsageError(StrategiemonitorError):
    """The command, the settings or the catalogue need mending."""

    exit_status = 2


class CatalogueError(UsageError):
    """An entry of the catalogue is wrong; the message names file, line or key, and the fix."""


class SettingsError(UsageError):
    """A setting is wrong or missing."""


class UnknownPageError(UsageError):
    """No page of that name is declared."""


class WaitError(StrategiemonitorError):
    """Nothing is broken; try again later."""


class WarehouseBusyError(WaitError):
    """Another process holds the writer's file."""


class WarehouseConflictError(WarehouseBusyError):
    """Another process wrote to the same lake at the same moment; nothing of ours is stored."""


class NightDoneError(WaitError):
    """A run that is to happen once a night has happened."""


class StorageError(StrategiemonitorError):
    """A file cannot be written or read."""


class ArchiveError(StorageError):
    """A WARC file cannot be written or read."""


class WarehouseError(StorageError):
    """The DuckDB file cannot be written or read."""


class PublishError(StorageError):
    """The copy for readers could not be made or verified; the old one stands, and what was loaded before is kept."""

    exit_status = 3


class NothingToDoError(StrategiemonitorError):
    """A run without a single page."""
