from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flows.site import Site
from tests.support.server import ScriptedServer
from warehouse.database import Warehouse


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
