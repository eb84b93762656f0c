"""Compacting changes the size of the file and nothing in it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from extract.errors import WarehouseBusyError, WarehouseError
from tests.warehouse.nights import declared, night, night_at, seen
from warehouse.compact import compact
from warehouse.connection import checkpoint, connect
from warehouse.database import Warehouse
from warehouse.digests import table_digests

PAGE = declared()


@pytest.fixture
def filled(path: Path) -> Path:
    """A warehouse with two nights, and with space in its file that nothing needs any more."""
    with Warehouse.open(path) as warehouse:
        for number in range(2):
            warehouse.load(night(number, seen(PAGE, night_at(number), f"Netze {number}")))
        warehouse.connection.execute("create table store.last as select range, md5(range::varchar) from range(200000)")
        checkpoint(warehouse.connection)
        warehouse.connection.execute("drop table store.last")
    return path


def test_the_file_shrinks_and_holds_the_same(filled: Path) -> None:
    with closing(connect(filled)) as before:
        held = table_digests(before)
    done = compact(filled)
    assert done.bytes_before - done.bytes_after > 2_000_000
    assert done.bytes_after == filled.stat().st_size
    with closing(connect(filled)) as after:
        assert table_digests(after) == held


def test_a_compacted_warehouse_goes_on(filled: Path) -> None:
    compact(filled)
    with Warehouse.open(filled) as warehouse:
        again = warehouse.load(night(1, seen(PAGE, night_at(1), "Netze 1")))
        report = warehouse.load(night(2, seen(PAGE, night_at(2), "Netze 2")))
        assert (again.was_loaded, report.was_loaded, report.versions) == (True, False, 1)
        assert warehouse.audit() == ()


def test_a_writer_is_not_disturbed(filled: Path) -> None:
    with Warehouse.open(filled), pytest.raises(WarehouseBusyError):
        compact(filled)


def test_where_the_new_file_cannot_be_written_the_old_one_stands(filled: Path) -> None:
    bytes_before = filled.read_bytes()
    (filled.parent / f"{filled.name}.compacting").mkdir()
    with pytest.raises(Exception, match="could not be compacted"):
        compact(filled)
    assert filled.read_bytes() == bytes_before


def test_without_a_warehouse_there_is_nothing_to_compact(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="no warehouse"):
        compact(tmp_path / "fehlt.duckdb")
