"""Figures in tables: a number in a cell counts what the head of its column names.

``Anzahl der Maßnahmen`` above ``58`` is ``58 Maßnahmen``, ``Mittel in Mio. Euro`` above ``12,5`` is ``12,5 Mio. Euro``.
A column whose head counts nothing (a year, a name) gives no figure, and the first column names the rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from transform.document import BlockKind
from transform.outline import Placed

_CELLS = " | "
_NUMBER = re.compile(r"(?:(?:rund|ca\.|über|knapp)\s)?\d{1,3}(?:[.\s]\d{3})*(?:,\d+)?|\d+(?:,\d+)?")
_COUNT_OF = re.compile(r"^(?:An|Gesamt)?[Zz]ahl\s+(?:der\s+|an\s+)?(?P<what>[A-ZÄÖÜa-zäöü].*)$")
_MONEY = re.compile(r"(?P<what>(?:(?:Mio|Mrd|Tsd)\.?|Millionen|Milliarden|Tausend)?\s?(?:Euro|EUR|€))\W*$")
_SHARE = re.compile(r"(?:\bin\s+)?(?P<what>Prozent|%)\W*$")
_PLAIN = re.compile(r"^(?P<what>(?:[a-zäöüß]+e\s)?[A-ZÄÖÜ][\w-]+)$")


def told_in_tables(blocks: Sequence[Placed]) -> Mapping[int, tuple[str, ...]]:
    """What the cells of each row tell, by the rank of its block, as phrases of a number and what it counts."""
    told: dict[int, tuple[str, ...]] = {}
    head: list[str] = []
    for place in blocks:
        if place.block.kind is not BlockKind.TABLE_ROW:
            head = []
            continue
        cells = [cell.strip() for cell in place.block.text.split(_CELLS.strip())]
        if head and len(cells) == len(head):
            pairs = zip(head[1:], cells[1:], strict=True)
            told[place.position] = tuple(phrase for name, cell in pairs if (phrase := _phrase(name, cell)))
        elif not head:
            head = [] if any(map(_NUMBER.fullmatch, cells)) else cells
    return told


def _phrase(head: str, cell: str) -> str | None:
    """A cell with what its column counts; ``None`` where the cell is no number or the head counts nothing."""
    if not _NUMBER.fullmatch(cell):
        return None
    for pattern in (_COUNT_OF, _MONEY, _SHARE, _PLAIN):
        if match := pattern.search(head):
            return f"{cell} {match['what']}"
    return None
