"""Names of portals that are in a certain group."""

from __future__ import annotations

from itertools import count, islice

from transform.portal_groups import PortalGroup


def of_group(group: PortalGroup, number: int = 1) -> list[str]:
    """So many portals of a group."""
    names = (f"amt-{one}.example" for one in count())
    return list(islice((name for name in names if group.has(name)), number))
