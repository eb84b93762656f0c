"""Portals in groups, so that several processes share a night: each portal is in one group, by its name alone.

A portal is asked by one process only, or the pauses between its requests would not be kept.  Which group it is in
follows from the SHA-256 of its host: no list of portals is needed, and a new one moves no other.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from extract.errors import SettingsError
from extract.model import Declaration

_WRITTEN = re.compile(r"([1-9][0-9]{0,5})/([1-9][0-9]{0,5})")
_SCOPE = re.compile(r"Gruppe ([0-9]+)/([0-9]+): ")


@dataclass(frozen=True, slots=True)
class PortalGroup:
    """Group ``number`` (from 1 on) of ``of``; written ``1/2``."""

    number: int
    of: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """The group that is written so.

        Raises:
            SettingsError: If it is none.
        """
        written = _WRITTEN.fullmatch(text.strip())
        if written is None or int(written[1]) > int(written[2]):
            raise SettingsError(
                f"The group of portals is {text!r}.", "Write it I/N with I from 1 to N, such as 1/2 for half of them."
            )
        return cls(int(written[1]), int(written[2]))

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    @property
    def scope(self) -> str:
        """How the detail of an incident begins that concerns this group as a whole."""
        return f"Gruppe {self}: "

    def has(self, portal: str) -> bool:
        """Whether a portal (its host) is in this group."""
        return group_number(portal, self.of) == self.number

    def owns(self, detail: str, portal: str = "") -> bool:
        """Whether an incident of no page is for this group to go on with, and to close.

        Args:
            detail: The incident's; it names the group that opened it.
            portal: The portal that it concerns, empty where it concerns more.

        An incident of the whole, or of a group of another division, has no group any more: the first one takes it.
        """
        if portal:
            return self.has(portal)
        opened_by = _SCOPE.match(detail)
        if opened_by is None or int(opened_by[2]) != self.of:
            return self.number == 1
        return int(opened_by[1]) == self.number

    def narrowed(self, pages: Iterable[Declaration]) -> tuple[Declaration, ...]:
        """The pages of the group's portals, in their order."""
        return tuple(page for page in pages if self.has(page.portal))


def group_number(portal: str, of: int) -> int:
    """The number, from 1 to ``of``, of the group in which a portal is."""
    known_by = hashlib.sha256(portal.encode()).digest()
    return int.from_bytes(known_by[:8], "big") % of + 1


def all_groups(of: int) -> tuple[PortalGroup, ...]:
    """All groups of a division."""
    return tuple(PortalGroup(number, of) for number in range(1, of + 1))


def scope_of(detail: str) -> str:
    """What :attr:`PortalGroup.scope` put before an incident's detail; empty where it concerns the whole."""
    found = _SCOPE.match(detail)
    return found[0] if found else ""


def latest_of_groups(latest: Mapping[str, datetime | None], of: int) -> dict[PortalGroup, datetime | None]:
    """The latest moment of each group that has portals, from those of its portals; ``None`` where there is none."""
    found: dict[PortalGroup, datetime | None] = {}
    for portal, at in latest.items():
        group = PortalGroup(group_number(portal, of), of)
        known = found.get(group)
        found[group] = at if known is None else known if at is None else max(at, known)
    return found
