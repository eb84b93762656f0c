"""What is known of a lake without one; the lake itself is proven in ``tests/lake`` (``make lake-test``)."""

from __future__ import annotations

import importlib.util

import duckdb
import pytest

from extract.errors import SettingsError
from tests.warehouse.contents import rows
from warehouse.connection import MIGRATIONS
from warehouse.database import Warehouse
from warehouse.lake import Lake
from warehouse.lake_sql import is_lake, primary_keys, without_keys
from warehouse.store_views import STORE_VIEWS


@pytest.mark.skipif(
    importlib.util.find_spec("duckdb_extension_ducklake") is not None, reason="the extra 'lake' is installed"
)
def test_without_the_extra_a_lake_is_refused_with_the_way_to_it() -> None:
    with pytest.raises(SettingsError, match=r"needs the package .* pip install --requirement requirements-lake.lock"):
        Warehouse.open(Lake("postgres:dbname=fehlt", "/nirgends"))


def test_a_catalogue_that_is_no_postgresql_is_refused() -> None:
    with pytest.raises(SettingsError, match="Name a PostgreSQL database"):
        Lake("lake.duckdb", "/nirgends")


def test_migrations_without_keys_make_the_same_tables(warehouse: Warehouse) -> None:
    """A new migration that says a key in words not known yet fails here, and not first in a lake."""
    columns = "select table_name, column_name, data_type from duckdb_columns() where schema_name = 'store'"
    keys = "select count(*) from duckdb_constraints() where constraint_type in ('PRIMARY KEY', 'UNIQUE')"
    with duckdb.connect() as connection:
        connection.execute("create schema store")
        for script in sorted(MIGRATIONS.glob("*.sql")):
            connection.execute(without_keys(script.read_text(encoding="utf-8")))
        found = set(connection.execute(columns).fetchall())
        assert connection.execute(keys).fetchall() == [(0,)]
    own = ("migrations", "derived", *STORE_VIEWS)
    assert found == {row for row in rows(warehouse, columns) if row[0] not in own}


def test_the_keys_of_every_table_that_is_filled_once_are_known() -> None:
    keys = primary_keys(MIGRATIONS)
    assert keys["readings"] == ("page_id", "read_at")
    once = (
        "declarations",
        "files",
        "changes",
        "incident_events",
        "digests",
        "digest_members",
        "rereadings",
    )
    assert set(once) <= keys.keys()


def test_a_file_is_no_lake(warehouse: Warehouse) -> None:
    assert not is_lake(warehouse.connection)
