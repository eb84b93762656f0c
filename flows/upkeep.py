"""What is done now and then, beside the nightly refresh: delivering again, verifying the evidence, compacting.

Plain functions: the commands call them, and :mod:`flows.upkeep_flows` makes deployments of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from extract.archive_check import check_archive
from flows.channel_setup import channels_of
from flows.delivering import DeliveryReport, deliver_pending
from flows.lost_warehouse import refuse_to_begin_anew
from flows.settings import Settings
from flows.watching import tell_through_the_outbox
from transform.incidents import IncidentKind, damaged_event
from warehouse.compact import Compacted, compact
from warehouse.database import Warehouse
from warehouse.lake import Lake
from warehouse.lake_upkeep import compact_lake
from warehouse.publish import publish

_MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification read, and what is wrong: one sentence a matter, empty where all is well."""

    files: int
    records: int
    wrong: tuple[str, ...]
    alerted: bool = False


def verify(settings: Settings, now: datetime | None = None) -> Verified:
    """Reads the whole archive against its digests, and asks the warehouse whether all in it holds together.

    What is wrong opens an incident, told once along the incident routes; a verification that finds nothing closes it.
    The writer's lock is not held while the archive is read.

    Raises:
        WarehouseBusyError: If a run is under way.
        StorageError: If archive or warehouse cannot be read at all.
    """
    at = now or datetime.now(UTC)
    refuse_to_begin_anew(settings)
    with Warehouse.open(settings.place) as warehouse:
        named = warehouse.archived_files()
    checked = list(check_archive(settings.archive)) if settings.archive.is_dir() else []
    wrong = [f"{damage.file} at {damage.offset}: {damage.detail}" for file in checked for damage in file.damage]
    present = {file.file for file in checked}
    wrong += [
        f"{file} is gone; {captures} captures lie in it" for file, captures in named.items() if file not in present
    ]
    with Warehouse.open(settings.place) as warehouse:
        wrong += warehouse.audit()
        if wrong:
            alerted = tell_through_the_outbox(settings, warehouse, damaged_event(_shortened(wrong), at), at)
        else:
            alerted = False
            warehouse.close_outage(IncidentKind.DAMAGED, at)
    return Verified(len(checked), sum(file.records for file in checked), tuple(wrong), alerted)


def deliver(settings: Settings, now: datetime | None = None) -> DeliveryReport:
    """Tries undelivered alerts again, and publishes what came of it.

    Raises:
        WarehouseBusyError: If a run is under way.
    """
    refuse_to_begin_anew(settings)
    with Warehouse.open(settings.place) as warehouse:
        report = deliver_pending(warehouse, channels_of(settings), now)
        if report.changed_anything:
            publish(warehouse, settings.published)
    return report


def compact_warehouse(settings: Settings) -> Compacted:
    """Writes the warehouse's file anew, without the space that it no longer needs; a lake's rows into few files.

    Raises:
        WarehouseBusyError: If a run is under way.
        StorageError: If it cannot be written; the old file stands.
    """
    place = settings.place
    return compact_lake(place) if isinstance(place, Lake) else compact(place)


def _shortened(wrong: Sequence[str]) -> str:
    more = f" und {len(wrong) - _MOST_TOLD} weitere Befunde" if len(wrong) > _MOST_TOLD else ""
    return "; ".join(wrong[:_MOST_TOLD]) + more
