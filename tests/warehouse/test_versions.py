from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from extract.errors import WarehouseError
from tests.warehouse.contents import everything, rows
from tests.warehouse.nights import any_records, declared, night, night_at, seen, sha, version_of
from transform.records import RECORD_TYPES, Records
from transform.version import Version
from warehouse.connection import transaction
from warehouse.database import Warehouse
from warehouse.rows import Appender
from warehouse.versions import RECORD_COLUMNS, NewVersion, write_versions


@pytest.fixture(scope="module")
def shared(new_path: Callable[[], Path]) -> Warehouse:
    """One warehouse for all examples of a property: versions do not get into each other's way."""
    return Warehouse.open(new_path())


def write(warehouse: Warehouse, version: Version) -> frozenset[str]:
    with transaction(warehouse.connection):
        new = NewVersion(version, "DE-ND", None, None)
        return write_versions(warehouse.connection, Appender(warehouse.connection), [new], 1, night_at(0))


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(records=any_records())
def test_a_version_is_read_as_it_was_written(shared: Warehouse, records: Records) -> None:
    """Law: read(write(v)) == v for any records at all, control characters and the largest numbers included."""
    version = Version(sha(records)[:32], declared().page_id, sha("inhalt"), "leser-1", records)
    write(shared, version)
    assert shared.read_version(version.version_id) == version


def test_writing_a_version_again_changes_nothing(warehouse: Warehouse) -> None:
    version = version_of(declared(), "Glasfaser")
    assert write(warehouse, version) == {version.version_id}
    before = everything(warehouse)
    assert write(warehouse, version) == frozenset()
    assert everything(warehouse) == before


def test_several_versions_are_read_together_without_mixing_their_records(warehouse: Warehouse) -> None:
    words = ["Glasfaser", "Breitband", "Funk"]
    pages = [seen(declared(f"seite-{n}"), night_at(0), word) for n, word in enumerate(words)]
    warehouse.load(night(0, *pages))
    expected = {page.versions[0].version_id: page.versions[0] for page in pages}
    assert warehouse.read_versions(expected) == expected


def test_a_version_that_is_not_stored_is_named(warehouse: Warehouse) -> None:
    with pytest.raises(WarehouseError, match=r"the first is fehlt-1.*rebuild"):
        warehouse.read_version("fehlt-1")


@pytest.mark.parametrize("table", RECORD_TYPES)
def test_the_migrations_give_every_field_of_a_record_a_column(warehouse: Warehouse, table: str) -> None:
    """A field added to a record type needs a migration."""
    columns = rows(
        warehouse,
        "select column_name from duckdb_columns() where schema_name = 'store' and table_name = ? order by column_index",
        table,
    )
    assert [column for (column,) in columns] == ["version_id", "ordinal", *RECORD_COLUMNS[table]]
