"""Chapter numbers of headings: ``2.1 Open Data`` that becomes ``3.1 Open Data`` is the same chapter at another place.

Only a number that belongs to a series counts as one: ``5 Ziele`` and ``3. Quartal 2025`` say something.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

_NUMBERED = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2})*)[.)]?\s+(?P<name>\S.*)$")
_CALENDAR = re.compile(
    r"^(?:Quartal|Halbjahr|Jahr|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b"
)


def unnumbered(headings: Sequence[str]) -> dict[str, str]:
    """Each heading of a page with the name that is left without its chapter number (the heading itself without one).

    A number is a chapter's where the page has a first and a second chapter of its kind (``1`` and ``2``, ``2.1`` and
    ``2.2``) and no two of the series have the same name.
    """
    series: defaultdict[str, dict[int, tuple[str, str]]] = defaultdict(dict)
    for heading in headings:
        match = _NUMBERED.match(heading)
        if match and not _CALENDAR.match(match["name"]):
            above, _, last = match["number"].rpartition(".")
            series[above][int(last)] = (heading, match["name"])
    names = {heading: heading for heading in headings}
    for chapters in series.values():
        distinct = {name for _, name in chapters.values()}
        if {1, 2} <= chapters.keys() and len(distinct) == len(chapters):
            names.update(chapters.values())
    return names
