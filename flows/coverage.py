"""Since when pages are verified, for the watchdog and for ``doctor``: of all portals, or of the group most behind.

Where several runs share a night, the group whose run stays away must not hide behind the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flows.settings import Settings
from transform.portal_groups import PortalGroup, latest_of_groups
from warehouse.database import Warehouse
from warehouse.outages import last_published_at, last_published_by_portal


@dataclass(frozen=True, slots=True)
class Covered:
    """When (UTC) a page of a group was last verified; without a group: a page at all; ``at`` is ``None`` for never."""

    group: PortalGroup | None
    at: datetime | None

    def is_fresh(self, settings: Settings, now: datetime) -> bool:
        """Whether that is no longer ago than the settings allow."""
        return self.at is not None and now - self.at <= timedelta(hours=settings.fresh_hours)

    @property
    def sentence(self) -> str:
        """Whose pages, for the start of a sentence: ``group 1/2: ``."""
        return f"group {self.group}: " if self.group else ""


def published_coverage(settings: Settings) -> tuple[Covered, ...]:
    """What the copy for readers says; the group most behind comes first.

    Raises:
        StrategiemonitorError: The copy cannot be read.
    """
    if settings.portal_groups == 1:
        return (Covered(None, last_published_at(settings.published)),)
    return _of_groups(settings, last_published_by_portal(settings.published))


def loaded_coverage(settings: Settings, warehouse: Warehouse) -> tuple[Covered, ...]:
    """What the warehouse says; the group most behind comes first.

    Raises:
        StorageError: It cannot be read.
    """
    if settings.portal_groups == 1:
        return (Covered(None, warehouse.last_covered_at()),)
    return _of_groups(settings, warehouse.last_verified_by_portal())


def _of_groups(settings: Settings, by_portal: Mapping[str, datetime | None]) -> tuple[Covered, ...]:
    found = [Covered(group, at) for group, at in latest_of_groups(by_portal, settings.portal_groups).items()]
    found.sort(key=lambda one: (one.at is not None, one.at and one.at.timestamp()))
    return tuple(found) or (Covered(None, None),)
