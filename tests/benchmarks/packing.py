"""What packing a page for the archive costs, and how small it gets: ``python -m tests.benchmarks.packing``."""

from __future__ import annotations

import sys
import time
import zlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from isal import isal_zlib
from rich.console import Console
from rich.table import Table

from tests.benchmarks.speed_portal import page_html

_GZIP = zlib.MAX_WBITS | 16
_PACKERS: dict[str, Callable[[bytes], bytes]] = {
    **{f"zlib {level}": partial(zlib.compress, level=level, wbits=_GZIP) for level in (1, 4, 6)},
    **{f"isal {level}": partial(isal_zlib.compress, level=level, wbits=_GZIP) for level in (1, 2, 3)},
}
_ROUNDS = 20


def measured(pages: Sequence[bytes], title: str) -> Table:
    """CPU time of each packer as a ratio to zlib's level 6, and the share of bytes that is left."""
    table = Table("packer", "x time of zlib 6", "bytes left", title=title)
    costs = {name: _seconds(pack, pages) for name, pack in _PACKERS.items()}
    for name, pack in _PACKERS.items():
        left = sum(len(pack(page)) for page in pages) / sum(map(len, pages))
        table.add_row(name, f"{costs[name] / costs['zlib 6']:.2f}", f"{left:.3f}")
    return table


def _seconds(pack: Callable[[bytes], bytes], pages: Sequence[bytes]) -> float:
    began = time.process_time()
    for _ in range(_ROUNDS):
        for page in pages:
            pack(page)
    return time.process_time() - began


def main(arguments: Sequence[str]) -> None:
    """Both kinds of pages, one table each."""
    authored = [path.read_bytes() for path in sorted(Path("tests/pages").rglob("*.html"))]
    console = Console()
    console.print(measured([page_html(page, 3) for page in range(20)], "synthetic pages of 60 KB"))
    console.print(measured(authored, "authored pages of a few KB"))


if __name__ == "__main__":
    main(sys.argv[1:])
