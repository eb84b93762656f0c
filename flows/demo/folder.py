"""The demo's data folder: kept apart from real data, which neither overwrites nor mixes with."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extract.errors import UsageError
from flows.settings import Settings
from warehouse.connection import WriterLock

MARK = ".demo"
"""A file of this name says that a data folder holds the demo and nothing else."""
_PARTS = ("archive", "warehouse", "published", "alerts")


def prepare_folder(settings: Settings) -> None:
    """Makes room for the demo: an earlier demo is removed, real data never.

    Raises:
        UsageError: If the folder holds data that are not the demo's, or a lake is set: that one is real.
        WarehouseBusyError: If another process is playing the demo there right now.
    """
    if settings.lake is not None:
        raise UsageError(
            "The demo would write into the lake that is set.",
            "Unset STRATEGIEMONITOR_LAKE and name a folder of its own: strategiemonitor --data demo-data demo",
        )
    mark = settings.data / MARK
    used = _used(settings)
    if used and not mark.exists():
        raise UsageError(
            f"{settings.data} holds data of real runs ({', '.join(used)}).",
            "Give the demo a folder of its own: strategiemonitor --data demo-data demo",
        )
    with _nobody_writes(settings):
        for part in used:
            shutil.rmtree(settings.data / part)
    settings.data.mkdir(parents=True, exist_ok=True)
    mark.write_text("This folder holds the demo; the next real refresh sets it aside.\n", encoding="utf-8")


def set_demo_aside(settings: Settings) -> Path | None:
    """Moves a demo out of the way of real data, into ``demo/``; says where it is now, ``None`` where there was none.

    The mark is moved last, so that a move that was interrupted is brought to its end by the next one.

    Raises:
        WarehouseBusyError: If another process is playing the demo there right now.
    """
    if not (settings.data / MARK).exists():
        return None
    aside = settings.data / "demo"
    with _nobody_writes(settings):
        used = _used(settings)
        for part in used:
            if (aside / part).exists():
                shutil.rmtree(aside / part)
        aside.mkdir(exist_ok=True)
        for part in (*used, MARK):
            (settings.data / part).rename(aside / part)
    return aside


def _used(settings: Settings) -> list[str]:
    return [part for part in _PARTS if (settings.data / part).exists()]


@contextmanager
def _nobody_writes(settings: Settings) -> Iterator[None]:
    """Holds the writer's lock, where there is a warehouse to write to."""
    if not settings.warehouse.exists():
        yield
        return
    with WriterLock(settings.warehouse.with_name(settings.warehouse.name + ".lock")):
        yield
