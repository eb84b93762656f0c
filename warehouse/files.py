"""Files that must be whole at every moment: on the disk, and known by a second name before they are replaced."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def sync(path: Path) -> None:
    """Have the operating system write a file or a folder to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def give_second_name(path: Path, name: Path) -> None:
    """Let a file be known by another name as well; by a copy where there are no hard links (exFAT, some shares)."""
    try:
        os.link(path, name)
    except OSError:
        shutil.copy2(path, name)
