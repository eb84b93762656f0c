"""What ``doctor`` looks at: each check says what it found and, where that is not well, what to do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from extract.errors import StorageError, StrategiemonitorError, WaitError, WarehouseError
from extract.payload_index import locate
from flows.attendance import Attendance, attendance
from flows.catalogue import declared_pages
from flows.channel_secrets import holds_password
from flows.channel_setup import channels_of
from flows.channels import BrokenChannel
from flows.coverage import Covered, published_coverage
from flows.lost_warehouse import refuse_to_begin_anew
from flows.routes import load_routes
from flows.server import answers
from flows.settings import Settings
from transform.incidents import IncidentKind
from transform.messages.headlines import incident_remedy
from transform.validating.validation import validation_is_on
from warehouse import alert_reports, reports
from warehouse.connection import ASK_THE_DOCTOR
from warehouse.database import Warehouse
from warehouse.restore import known_runs

LEAST_FREE_BYTES = 2 * 1024**3
_OF_DAMAGED = {
    "warehouse": "Run: strategiemonitor rebuild --from-archive (the file before is kept beside the new one).",
    "published": "Run: strategiemonitor refresh (it publishes a new one), or take one of published/older/.",
}
"""What to do about a file that DuckDB cannot read; what keeps from opening a good one says so itself."""


class Level(StrEnum):
    """How well it is."""

    WELL = "well"
    WATCH = "watch"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Result:
    """One check's result; ``remedy`` is empty where nothing is to be done."""

    name: str
    level: Level
    found: str
    remedy: str = ""


def examine(settings: Settings, catalogue: Path | None = None, now: datetime | None = None) -> tuple[Result, ...]:
    """All checks, in the order of the data's way; a check that fails itself is a broken one."""
    at = now or datetime.now(UTC)
    checks: tuple[tuple[str, Callable[[], list[Result]]], ...] = (
        ("settings", lambda: [_settings(settings)]),
        ("validation", lambda: [_validation()]),
        ("catalogue", lambda: [_catalogue(catalogue)]),
        ("routes", lambda: _routes(settings)),
        ("server", lambda: _server(settings)),
        ("archive", lambda: [_archive(settings)]),
        ("warehouse", lambda: [_warehouse(settings)]),
        ("copy", lambda: _behind(settings)),
        ("published", lambda: _published(settings, at)),
        ("disk", lambda: [_disk(settings)]),
    )
    return tuple(result for name, check in checks for result in _guarded(name, check))


def _guarded(name: str, check: Callable[[], list[Result]]) -> list[Result]:
    try:
        return check()
    except WaitError as error:
        return [Result(name, Level.WATCH, error.message, error.remedy)]
    except WarehouseError as error:
        advice = _OF_DAMAGED.get(name, error.remedy) if error.remedy == ASK_THE_DOCTOR else error.remedy
        return [Result(name, Level.BROKEN, error.message, advice)]
    except StrategiemonitorError as error:
        return [Result(name, Level.BROKEN, error.message, error.remedy)]


def _settings(settings: Settings) -> Result:
    fetching = settings.fetching(None)
    if settings.contact == Settings().contact:
        return Result(
            "settings",
            Level.WATCH,
            f"User-Agent {fetching.user_agent}: the contact is the project's, not yours",
            f"Set contact in {settings.data / 'settings.toml'} or STRATEGIEMONITOR_CONTACT.",
        )
    return Result("settings", Level.WELL, f"User-Agent {fetching.user_agent}")


def _validation() -> Result:
    if validation_is_on():
        return Result("validation", Level.WELL, "records are checked")
    switched = ", ".join(name for name in os.environ if name.startswith("PANDERA_"))
    return Result("validation", Level.BROKEN, f"pandera is switched off by {switched}", f"Unset {switched}.")


def _catalogue(folder: Path | None) -> Result:
    pages = declared_pages(folder)
    lands, portals = len({page.land for page in pages}), len({page.portal for page in pages})
    return Result("catalogue", Level.WELL, f"{len(pages)} pages of {lands} Länder on {portals} portals")


def _routes(settings: Settings) -> list[Result]:
    """Whether every channel can be set up; nothing is sent."""
    routes = load_routes(settings)
    broken = [channel.why for channel in channels_of(settings).values() if isinstance(channel, BrokenChannel)]
    if broken:
        return [Result("routes", Level.BROKEN, why, "Mend routes.toml, or set the secret it names.") for why in broken]
    bare = [channel.name for channel in routes.channels if holds_password(channel.url)]
    if bare:
        advice = f"Put it into an environment variable and write ${{NAME}} in {settings.routes}."
        return [Result("routes", Level.WATCH, f"channel {name} has its password in the file", advice) for name in bare]
    names = ", ".join(route.name for route in routes.routes)
    where = "of routes.toml" if settings.routes.exists() else "as usual; there is no routes.toml"
    return [Result("routes", Level.WELL, f"{names} ({where})")]


def _server(settings: Settings) -> list[Result]:
    """Whether the Prefect server that is configured answers, and somebody runs what it schedules."""
    api_url = os.environ.get("PREFECT_API_URL")
    if not api_url:
        return []
    if not answers(api_url):
        found = f"the Prefect server of PREFECT_API_URL, {api_url}, does not answer: no run begins"
        return [Result("server", Level.BROKEN, found, "Start it, or mend PREFECT_API_URL.")]
    attended = attendance(settings.portal_groups)
    wanting = [_wanting(name, state) for name, state in attended.items() if state is not Attendance.READY]
    return wanting or [Result("server", Level.WELL, f"{api_url}; a worker asks for the runs of {', '.join(attended)}")]


def _wanting(name: str, state: Attendance) -> Result:
    """A deployment that does not run by itself; it is no fault where cron calls ``refresh``."""
    if state is Attendance.MISSING:
        advice = "Run: strategiemonitor setup (nothing is to be done where something else starts 'refresh')."
        return Result("server", Level.WATCH, f"{name} is not deployed on the Prefect server", advice)
    if state is Attendance.PAUSED:
        return Result("server", Level.WATCH, f"{name} is paused", "Resume it in Prefect's dashboard.")
    found = f"nobody asks for the runs of {name}: they stay late"
    return Result("server", Level.BROKEN, found, "Run: prefect worker start --pool strategiemonitor (or 'serve').")


def _archive(settings: Settings) -> Result:
    files = list(settings.archive.glob("*/*/*.warc.gz"))
    open_files = list(settings.archive.glob("*/*/*.warc.gz.open"))
    size = sum(path.stat().st_size for path in files)
    found = f"{len(files)} WARC files, {size / 1e6:.1f} MB"
    if lost := _lost_files(settings):
        advice = "Restore them from a backup: what was read of them stands, but cannot be proved or read again."
        return Result("archive", Level.BROKEN, f"{found}; {len(lost)} gone: {', '.join(lost[:5])}", advice)
    if open_files:
        return Result(
            "archive",
            Level.WATCH,
            f"{found}; {len(open_files)} left open: a run is under way or was killed",
            "The next refresh brings them to an end; nothing is lost.",
        )
    return Result("archive", Level.WELL, found)


def _lost_files(settings: Settings) -> list[str]:
    """Archive files that captures name and that are gone; none where the copy cannot say: it has its own result."""
    with suppress(StorageError):
        return [
            name for name in reports.archive_files(settings.published) if not locate(settings.archive, name).exists()
        ]
    return []


def _warehouse(settings: Settings) -> Result:
    try:
        refuse_to_begin_anew(settings)
    except WarehouseError as lost:
        return Result("warehouse", Level.BROKEN, lost.message, lost.remedy)
    if not settings.is_begun:
        return Result("warehouse", Level.WATCH, "there is none yet", "Run: strategiemonitor refresh")
    with Warehouse.open(settings.place) as warehouse:
        broken = warehouse.audits()
    if not broken:
        return Result("warehouse", Level.WELL, "all audits hold")
    found = " ".join(map(str, broken))
    if not any(one.audit.holds_back for one in broken):
        return Result("warehouse", Level.WATCH, found, "What it means: docs/audits.md.")
    advice = "Readers keep the copy before. See docs/audits.md; then run: strategiemonitor rebuild --from-archive"
    return Result("warehouse", Level.BROKEN, found, advice)


def _behind(settings: Settings) -> list[Result]:
    """Whether readers have all that is loaded; a copy that cannot be opened has its own result."""
    with suppress(StorageError):
        behind = _runs_loaded(settings) - reports.runs_published(settings.published)
        if behind > 0:
            runs = f"{behind} run{'s' if behind > 1 else ''}"
            there = settings.published.exists()
            found = f"readers' copy lacks the last {runs}" if there else f"readers have no copy; loaded: {runs}"
            advice = f"Look at the disk and the rights of {settings.published.parent}; the next refresh publishes all."
            return [Result("copy", Level.BROKEN, found, advice)]
    return []


def _runs_loaded(settings: Settings) -> int:
    """How many runs the warehouse holds; 0 where it cannot be opened: it has its own result."""
    if settings.is_begun:
        with suppress(StorageError, WaitError), Warehouse.open(settings.place) as warehouse:
            return len(known_runs(warehouse))
    return 0


def _published(settings: Settings, at: datetime) -> list[Result]:
    if not settings.published.exists():
        if _runs_loaded(settings):
            return []
        return [Result("published", Level.WATCH, "there is no copy yet", "Run: strategiemonitor refresh")]
    results = [*(_freshness(settings, one, at) for one in published_coverage(settings)), *_deliveries(settings)]
    if unstable := reports.unstable_validators(settings.published):
        found = f"unstable validator: {', '.join(unstable)} (another ETag or date for the same body every time)"
        results.append(Result("validators", Level.WELL, found))
    for incident in reports.incidents(settings.published):
        known = incident.kind in set(IncidentKind)
        advice = incident_remedy(incident.kind, "en") if known else "Run: strategiemonitor incidents"
        found = f"{incident.page_id or 'run'} {incident.kind}: {incident.detail}"
        results.append(Result("incident", Level.WATCH, found, advice))
    return results


def _deliveries(settings: Settings) -> list[Result]:
    stuck = alert_reports.undelivered(settings.published)
    advice = "Mend the channel, then run: strategiemonitor deliver"
    return [
        Result("deliveries", Level.WATCH, f"{row.count} {row.status} on {row.channel}: {row.response}", advice)
        for row in stuck
    ]


def _freshness(settings: Settings, covered: Covered, at: datetime) -> Result:
    if covered.at is None:
        return Result(
            "coverage",
            Level.BROKEN,
            f"{covered.sentence}no page was ever verified",
            "Look at: strategiemonitor incidents --all",
        )
    last = f"{covered.at:%Y-%m-%d %H:%M} UTC"
    if not covered.is_fresh(settings, at):
        return Result(
            "coverage",
            Level.BROKEN,
            f"{covered.sentence}no page verified since {last}",
            "See whether 'strategiemonitor serve' or the Prefect worker runs.",
        )
    return Result("coverage", Level.WELL, f"{covered.sentence}last verified {last}")


def _disk(settings: Settings) -> Result:
    folder = settings.data if settings.data.exists() else Path()
    free = shutil.disk_usage(folder).free
    found = f"{free / 1e9:.1f} GB free"
    if free < LEAST_FREE_BYTES:
        return Result("disk", Level.BROKEN, found, "Make room: a run that cannot write its evidence stops.")
    return Result("disk", Level.WELL, found)
