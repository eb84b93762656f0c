"""Playing the sample portal's nights through the real flow, and gathering what it found."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

from flows.demo.account import Account, ChangeTold, HeldBack, NightSeen, PageSeen
from flows.demo.folder import prepare_folder
from flows.demo.portal import SAMPLE_CATALOGUE, SamplePortal
from flows.engine import run_refresh
from flows.night import RunSummary
from flows.settings import Settings
from warehouse import reports


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
    return Account(tuple(nights), str(settings.data), time.monotonic() - started, _program())


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
        for page, verdict in summary.held_back.items()
    )


def _program() -> str:
    """What a shell calls us by: the short name where it is on the path, else the way to it from here."""
    if shutil.which("strategiemonitor"):
        return "strategiemonitor"
    program = Path(sys.argv[0])
    if program.name != "strategiemonitor":
        return "strategiemonitor"
    return os.path.relpath(program)
