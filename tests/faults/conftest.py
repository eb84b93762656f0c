from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.flows.site import Site
from tests.support.server import ScriptedServer
from warehouse.database import Warehouse

_CAP_SYS_ADMIN = 1 << 21
"""capabilities(7)."""


@pytest.fixture(scope="session")
def empty_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A current, empty warehouse that is not open."""
    path = tmp_path_factory.mktemp("leer") / "strategiemonitor.duckdb"
    Warehouse.open(path).close()
    return path


@pytest.fixture
def site(tmp_path: Path, empty_warehouse: Path) -> Iterator[Site]:
    """Invented authorities without a page yet."""
    with ScriptedServer() as server:
        yield Site(server, tmp_path, empty_warehouse)


@dataclass(frozen=True)
class SmallDisk:
    """A folder on a disk of its own, which can be filled up and made read-only."""

    folder: Path

    @property
    def _ballast(self) -> Path:
        return self.folder / "ballast"

    def fill(self, but_for_bytes: int = 0) -> None:
        """Leaves only so many bytes free."""
        with self._ballast.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"\0" * 4096)
            except OSError:
                pass
            file.truncate(max(0, file.tell() - but_for_bytes))

    def clear(self) -> None:
        """Makes room again."""
        self._ballast.unlink()

    def read_only(self, *, on: bool) -> None:
        """Lets nothing be written any more, or again."""
        _mount("-o", "remount,ro" if on else "remount,rw", str(self.folder))


@pytest.fixture
def small_disk() -> Iterator[Callable[[Path], SmallDisk]]:
    """Puts a disk of 24 MB into a folder; what is in it already stays in view."""
    with ExitStack() as stack:

        def make(folder: Path) -> SmallDisk:
            there = {path.name: path.read_bytes() for path in folder.glob("*") if path.is_file()}
            folder.mkdir(parents=True, exist_ok=True)
            if not _may_mount():
                pytest.skip("this process lacks CAP_SYS_ADMIN, without which no disk can be mounted to be filled up")
            _mount("-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder))
            stack.callback(subprocess.run, ["umount", "-l", str(folder)], check=True)
            for name, content in there.items():
                (folder / name).write_bytes(content)
            return SmallDisk(folder)

        yield make


def _may_mount() -> bool:
    """Whether this process may mount at all; where it may, a mount that fails is a failure and no reason to skip."""
    status = Path("/proc/self/status")
    held = re.search(r"^CapEff:\s*([0-9a-f]+)$", status.read_text(), re.MULTILINE) if status.exists() else None
    return held is not None and bool(int(held[1], 16) & _CAP_SYS_ADMIN)


def _mount(*words: str) -> None:
    subprocess.run(["mount", *words], check=True, capture_output=True)
