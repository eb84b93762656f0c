from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from warehouse.database import Warehouse


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A current, empty warehouse: copying it is twenty times quicker than making one."""
    path = tmp_path_factory.mktemp("leer") / "strategiemonitor.duckdb"
    Warehouse.open(path).close()
    return path


@pytest.fixture(scope="session")
def new_path(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Makes the path of another empty warehouse at each call."""

    def make() -> Path:
        path = tmp_path_factory.mktemp("lager") / "strategiemonitor.duckdb"
        shutil.copyfile(empty_file, path)
        return path

    return make


@pytest.fixture
def path(new_path: Callable[[], Path]) -> Path:
    """The path of an empty warehouse that is not open."""
    return new_path()


@pytest.fixture
def warehouse(path: Path) -> Iterator[Warehouse]:
    """An open, empty warehouse."""
    with Warehouse.open(path) as opened:
        yield opened
