"""All benchmarks, one after the other: ``make bench``."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path


def main() -> int:
    """Runs the ``main`` of every benchmark of this folder that has one, with its defaults."""
    names = sorted(module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]))
    for name in names:
        if name == "__main__":
            continue
        module = importlib.import_module(f"tests.benchmarks.{name}")
        if hasattr(module, "main"):
            sys.stdout.write(f"\n== {name}: {(module.__doc__ or '').strip().splitlines()[0]}\n")
            sys.stdout.flush()
            module.main([])
    return 0


if __name__ == "__main__":
    sys.exit(main())
