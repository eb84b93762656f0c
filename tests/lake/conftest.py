"""Lakes on a real PostgreSQL.

These tests need DuckDB 1.5.5 with its extensions (``make lake-test``); elsewhere they are not collected.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator

import pytest

from tests.support.postgres import create_database, running_postgres
from warehouse.database import Warehouse
from warehouse.lake import Lake

if importlib.util.find_spec("duckdb_extension_ducklake") is None:
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """What libpq needs to connect to it, without the name of a database."""
    with running_postgres() as where:
        yield where


@pytest.fixture(scope="session")
def empty_lake(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """A lake with all tables and views and no run; nobody has it open."""
    lake = Lake(f"postgres:{create_database(postgres, 'leer')}", str(tmp_path_factory.mktemp("lake")))
    Warehouse.open(lake).close()
    return lake


@pytest.fixture(scope="session")
def new_lake(postgres: str, empty_lake: Lake) -> Callable[[], Lake]:
    """Makes another empty lake at each call; their files lie in one folder, under names of their own."""
    numbers = iter(range(1000))

    def make() -> Lake:
        name = f"see{next(numbers)}"
        return Lake(f"postgres:{create_database(postgres, name, template='leer')}", empty_lake.files)

    return make
