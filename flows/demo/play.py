"""Playing the sample portal's nights through the real flow, and gathering what it found."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

from extract.errors import UsageError
from flows.demo.account import Account, ChangeTold, HeldBack, NightSeen, PageSeen
from flows.demo.portal import SAMPLE_CATALOGUE, SamplePortal
from flows.engine import run_refresh
from flows.night import RunSummary
from flows.settings import Settings
from warehouse import reports

MARK = ".demo"
"""A file of this name says that a data folder holds the demo and nothing else."""
_PARTS = ("archive", "warehouse", "published", "alerts")
_GOOD = frozenset({"verified", "not_modified"})


def prepare_folder(settings: Settings) -> None:
    """Makes room for the demo: an earlier demo is removed, real data never.

    Raises:
        UsageError: If the folder holds data that are not the demo's.
    """
    mark = settings.data / MARK
    used = [part for part in _PARTS if (settings.data / part).exists()]
    if used and not mark.exists():
        raise UsageError(
            f"{settings.data} holds data of real runs ({', '.join(used)}).",
            "Give the demo a folder of its own: strategiemonitor --data demo-data demo",
        )
    for part in used:
        shutil.rmtree(settings.data / part)
    settings.data.mkdir(parents=True, exist_ok=True)
    mark.write_text("This folder holds the demo; the next real refresh sets it aside.\n", encoding="utf-8")


def set_demo_aside(settings: Settings) -> Path | None:
    """Moves a demo out of the way of real data, into ``demo/``; says where it is now, ``None`` where there was none."""
    mark = settings.data / MARK
    if not mark.exists():
        return None
    aside = settings.data / "demo"
    if aside.exists():
        shutil.rmtree(aside)
    aside.mkdir()
    for part in (*_PARTS, MARK):
        if (settings.data / part).exists():
            (settings.data / part).rename(aside / part)
    return aside


def play(settings: Settings, watch: Callable[[NightSeen], None] = lambda _: None) -> Account:
    """Plays all nights, one run of the flow each; ``watch`` is told of each night as it ends."""
    prepare_folder(settings)
    started = time.monotonic()
    nights = []
    with SamplePortal() as portal:
        for number in portal.nights:
            summary = run_refresh(settings, via=portal.prefix(number), catalogue=SAMPLE_CATALOGUE, only=())
            night = _seen(settings, summary, number, portal.night(number).about)
            watch(night)
            nights.append(night)
    return Account(tuple(nights), str(settings.data), time.monotonic() - started)


def _seen(settings: Settings, summary: RunSummary, number: int, about: str) -> NightSeen:
    changes = [row for row in reports.changes(settings.published) if row.snapshot_id == summary.snapshot]
    return NightSeen(
        number=number,
        observed_at=summary.observed_at,
        about=about,
        pages=tuple(PageSeen(page, verdict) for page, verdict in summary.verdicts.items()),
        changes=tuple(
            ChangeTold(
                row.page_id, row.entity, row.kind, row.field, row.before, row.after, row.summary, row.change_class
            )
            for row in changes
        ),
        held_back=_held_back(settings, summary),
        alerts=summary.alerts,
    )


def _held_back(settings: Settings, summary: RunSummary) -> tuple[HeldBack, ...]:
    """The pages that did not show themselves, with the reason and the time for which the last good version speaks."""
    details = {row.page_id: row.detail for row in reports.incidents(settings.published)}
    seen = {row.page_id: row.last_verified_at for row in reports.pages(settings.published)}
    return tuple(
        HeldBack(page, verdict, details.get(page, verdict), seen.get(page))
        for page, verdict in summary.verdicts.items()
        if verdict not in _GOOD
    )
