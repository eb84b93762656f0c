"""The benchmarks, one after the other: ``make bench``, or ``python -m tests.benchmarks NAME …`` for some of them.

Those that need a folder of recordings (``recorded``, ``warc_samples``) are run by themselves.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

BENCHMARKS: tuple[tuple[str, ...], ...] = (
    ("speed", "--pages", "50", "500", "2000"),
    ("speed", "--pages", "10000", "--portals", "500"),
    ("refresh_overhead",),
    ("warehouse",),
    ("packing",),
    ("main_content",),
    ("noise",),
    ("histories",),
    ("kills",),
)
"""Each with its arguments, in a process of its own: what one holds in memory is not counted for the next."""


def main(names: Sequence[str]) -> int:
    """Runs the named ones, all where none is named; one that fails does not keep the others. Status 1 if one failed."""
    failed = []
    for name, *arguments in BENCHMARKS:
        if names and name not in names:
            continue
        sys.stdout.write(f"\n== {' '.join((name, *arguments))}\n")
        sys.stdout.flush()
        if subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}", *arguments], check=False).returncode:
            failed.append(name)
    if failed:
        sys.stdout.write(f"\nfailed: {', '.join(failed)}\n")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
