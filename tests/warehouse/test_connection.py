from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import duckdb
import pytest

from extract.errors import WarehouseBusyError, WarehouseError
from tests.warehouse.contents import everything, rows
from tests.warehouse.nights import declared, night, night_at, seen
from warehouse.connection import MIGRATIONS, connect, migrate, transaction
from warehouse.database import Warehouse
from warehouse.views import refresh_views

HOLD = """
import sys
from pathlib import Path
from warehouse.database import Warehouse
with Warehouse.open(Path(sys.argv[1])):
    print("offen", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_in_another_process_is_refused_by_name(path: Path) -> None:
    """The message names the process that writes, and the lock is free once that process is gone, even killed."""
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "offen\n"
        with pytest.raises(WarehouseBusyError, match=f"by process {other.pid} .*Wait until that run has ended"):
            Warehouse.open(path)
        with pytest.raises(WarehouseBusyError, match="open elsewhere"):
            Warehouse.open(path, read_only=True)
        other.kill()
    Warehouse.open(path).close()


def test_a_second_writer_in_the_same_process_is_refused(warehouse: Warehouse) -> None:
    with pytest.raises(WarehouseBusyError, match=f"by process {os.getpid()} "):
        Warehouse.open(warehouse.place)


def test_the_lock_is_given_back_when_opening_fails(path: Path) -> None:
    path.write_bytes(b"keine Datenbank" * 1000)
    for _ in range(2):
        with pytest.raises(WarehouseError, match=r"Cannot open .*doctor"):
            Warehouse.open(path)


def test_reading_only_needs_a_file_that_is_there(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match=r"There is no warehouse at .*refresh"):
        Warehouse.open(tmp_path / "fehlt.duckdb", read_only=True)


def test_several_may_read_at_the_same_time(path: Path) -> None:
    with Warehouse.open(path, read_only=True) as one, Warehouse.open(path, read_only=True) as two:
        assert one.open_incidents() == two.open_incidents() == ()


def test_closing_twice_is_no_error(path: Path) -> None:
    warehouse = Warehouse.open(path)
    warehouse.close()
    warehouse.close()


def test_times_are_in_utc_whatever_the_zone_of_the_machine(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    with Warehouse.open(path) as warehouse:
        assert rows(warehouse, "select current_setting('TimeZone')") == [("UTC",)]


def test_a_transaction_is_rolled_back_and_the_error_told(warehouse: Warehouse) -> None:
    before = everything(warehouse)

    def interrupted() -> None:
        with transaction(warehouse.connection):
            warehouse.connection.execute("delete from store.migrations")
            raise RuntimeError("mittendrin")

    with pytest.raises(RuntimeError, match="mittendrin"):
        interrupted()
    assert everything(warehouse) == before


def test_an_error_swallowed_inside_a_transaction_is_no_success(warehouse: Warehouse) -> None:
    """DuckDB says yes to the commit of an aborted transaction and stores nothing."""
    twice = "insert into store.deliveries values ('a', 'mail', now()), ('a', 'mail', now())"

    def swallowing() -> None:
        with transaction(warehouse.connection):
            warehouse.connection.execute("insert into store.deliveries values ('a', 'datei', now())")
            with suppress(duckdb.Error):
                warehouse.connection.execute(twice)

    with pytest.raises(WarehouseError, match="could not be written"):
        swallowing()
    assert rows(warehouse, "select count(*) from store.deliveries") == [(0,)]


def test_an_empty_file_gets_every_migration_once(tmp_path: Path) -> None:
    numbers = tuple(int(script.name[:4]) for script in sorted(MIGRATIONS.glob("*.sql")))
    assert numbers == tuple(range(1, len(numbers) + 1))
    connection = connect(tmp_path / "neu.duckdb")
    assert migrate(connection) == numbers
    assert migrate(connection) == ()
    assert connection.execute("select number from store.migrations order by number").fetchall() == [
        (number,) for number in numbers
    ]
    connection.close()
    assert not (tmp_path / "neu.duckdb.wal").exists()


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    """A folder of migrations to add to."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    for script in MIGRATIONS.glob("*.sql"):
        (folder / script.name).write_text(script.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


def test_an_older_file_with_data_is_brought_forward(path: Path, migrations: Path) -> None:
    with Warehouse.open(path) as warehouse:
        warehouse.load(night(0, seen(declared(), night_at(0), "Funk")))
    (migrations / "0099_ressort.sql").write_text(
        "alter table store.goals add column ressort varchar; update store.goals set ressort = 'Inneres'",
        encoding="utf-8",
    )
    connection = connect(path)
    assert migrate(connection, migrations) == (99,)
    assert connection.execute("select text, ressort from store.goals").fetchall() == [
        ("Norddorf will Funk.", "Inneres")
    ]
    connection.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(path: Path, migrations: Path) -> None:
    (migrations / "0098_gut.sql").write_text("create table store.gut (a integer)", encoding="utf-8")
    (migrations / "0099_schlecht.sql").write_text(
        "create table store.halb (a integer); select fehlt from nirgends", encoding="utf-8"
    )
    connection = connect(path)
    with pytest.raises(WarehouseError, match="nirgends"):
        migrate(connection, migrations)
    tables = {row[0] for row in connection.execute("select table_name from duckdb_tables()").fetchall()}
    connection.close()
    assert "gut" in tables
    assert "halb" not in tables


def test_a_file_newer_than_the_code_is_refused(path: Path) -> None:
    connection = connect(path)
    connection.execute("insert into store.migrations values (9999, 'aus der Zukunft', now())")
    connection.close()
    with pytest.raises(WarehouseError, match=r"has migration 9999, this program knows only .* newer one"):
        Warehouse.open(path)


def test_views_are_made_anew_only_when_their_definition_changed(warehouse: Warehouse) -> None:
    assert refresh_views(warehouse.connection) is False
    warehouse.connection.execute("update store.derived set sha256 = 'alt'")
    warehouse.connection.execute("create or replace view main.pages as select 1 as eins")
    assert refresh_views(warehouse.connection) is True
    assert ("page_id",) in rows(warehouse, "select column_name from duckdb_columns() where table_name = 'pages'")


def test_the_file_is_readable_by_the_oldest_duckdb_that_we_support(path: Path) -> None:
    """The storage version of DuckDB 1.5 is 67 or 68; 2.0's own would be higher."""
    version = int.from_bytes(path.read_bytes()[12:20], "little")
    assert version <= 68
