"""Files of every earlier schema, with data, brought forward to this one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.contents import rows
from tests.warehouse.nights import changed, declared, missed, night, night_at, seen
from transform.night import Alert, IncidentEvent, QuarantinedRecord
from transform.records import RECORD_TYPES
from warehouse.connection import MIGRATIONS, connect, migrate
from warehouse.database import Warehouse
from warehouse.ledgers import LEDGER_VIEWS

PAGE = declared()
NUMBERS = sorted(int(script.name[:4]) for script in MIGRATIONS.glob("[0-9]*.sql"))
WHOLE = [number for number in NUMBERS if number >= 4]
"""The first four are the parts of the first schema that there was: no program left a file between them."""

COLUMNS = """
select table_name, list('"' || column_name || '"' order by column_index)
from duckdb_columns()
join duckdb_tables() using (database_name, schema_name, table_name)
where database_name = current_database() and schema_name = 'store' and table_name not in ('migrations', 'derived')
group by table_name
"""

UNPACKED = {
    "captures": "store.all_captures",
    "observations": (
        "(select observations.*, content_sha256 from store.observations join store.versions using (version_id))"
    ),
}
"""Tables of which later schemas store less than they say: what gives their rows as they were."""


@pytest.fixture(scope="module")
def newest(new_path: Callable[[], Path]) -> Path:
    """A file of today's schema with rows in its tables."""
    change = changed(PAGE, (0, "Funk"), (1, "Glasfaser"))
    bad = QuarantinedRecord(PAGE.page_id, change.after_version_id, "figures", "r", None, None, "{}")
    alert = Alert("a1", "k1", "content", PAGE.page_id, (change.change_id,), (), "changes", ("file",), "Betreff", "Text")
    opened = IncidentEvent("i1", PAGE.page_id, "failed", "opened", night_at(2), "Keine Antwort.", alerts=True)
    path = new_path()
    with Warehouse.open(path) as warehouse:
        warehouse.load(night(0, seen(PAGE, night_at(0), "Funk")))
        after = seen(PAGE, night_at(1), "Glasfaser", changes=(change,), quarantined=(bad,))
        warehouse.load(night(1, after, alerts=(alert,)))
        warehouse.load(night(2, missed(PAGE, night_at(2)), incidents=(opened,)))
        warehouse.connection.execute("create schema unpacked")
        for table, whole in UNPACKED.items():
            warehouse.connection.execute(f"create table unpacked.{table} as from {whole}")
    return path


def older_file(folder: Path, number: int, newest: Path) -> tuple[Path, dict[str, list[str]]]:
    """A file as the program of that schema would have left it, and the columns that its tables had."""
    scripts = folder / "migrations"
    scripts.mkdir()
    for script in MIGRATIONS.glob("[0-9]*.sql"):
        if int(script.name[:4]) <= number:
            shutil.copyfile(script, scripts / script.name)
    path = folder / "alt.duckdb"
    with connect(path) as connection:
        migrate(connection, scripts)
        columns: dict[str, list[str]] = dict(connection.execute(COLUMNS).fetchall())
        connection.execute(f"attach '{newest}' as newest (read_only)")
        for table, names in columns.items():
            listed = ", ".join(names)
            schema = "unpacked" if table in UNPACKED else "store"
            connection.execute(f"insert into store.{table} ({listed}) select {listed} from newest.{schema}.{table}")
        connection.execute("detach newest")
    return path, columns


def contents(
    connection: duckdb.DuckDBPyConnection, columns: dict[str, list[str]], *, unpacked: bool = False
) -> dict[str, list[tuple[Any, ...]]]:
    """These columns of these tables, sorted."""
    sources = {table: f"store.{table}" for table in columns} | (UNPACKED if unpacked else {})
    return {
        table: sorted(connection.execute(f"select {', '.join(names)} from {sources[table]}").fetchall(), key=repr)
        for table, names in columns.items()
    }


@pytest.mark.parametrize("number", WHOLE)
def test_a_file_of_any_earlier_schema_comes_forward_with_its_data(number: int, newest: Path, tmp_path: Path) -> None:
    path, columns = older_file(tmp_path, number, newest)
    with connect(path, read_only=True) as connection:
        before = contents(connection, columns)
    assert sum(map(len, before.values())) > 15
    with Warehouse.open(path) as warehouse:
        assert contents(warehouse.connection, columns, unpacked=True) == before
        assert [n for (n,) in rows(warehouse, "select number from store.migrations order by number")] == NUMBERS
        assert warehouse.audits() == ()
        for view in (*LEDGER_VIEWS, *RECORD_TYPES, *(f"{table}_history" for table in RECORD_TYPES)):
            rows(warehouse, f"from main.{view}")
        assert rows(warehouse, "select kind from main.snapshots") == [("refresh",)] * 3
        assert rows(warehouse, "select text from main.goals") == [("Norddorf will Glasfaser.",)]
        assert warehouse.load(night(3, seen(PAGE, night_at(3), "Netze"))).snapshot_id == 4
        assert rows(warehouse, "select text from main.goals") == [("Norddorf will Netze.",)]


def test_the_schema_that_comes_of_it_is_that_of_a_new_file(newest: Path, tmp_path: Path) -> None:
    """Also where a column was added later: names and types are the same, whatever their order."""
    path, _ = older_file(tmp_path, WHOLE[0], newest)
    schema = "select table_name, column_name, data_type from duckdb_columns() where schema_name = 'store' order by all"
    with Warehouse.open(path) as warehouse, Warehouse.open(newest) as new:
        assert rows(warehouse, schema) == rows(new, schema)
