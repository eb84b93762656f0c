from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from extract.errors import PublishError
from tests.warehouse.contents import rows
from tests.warehouse.nights import changed, declared, night, night_at, seen
from transform.night import Alert, QuarantinedRecord
from transform.records import RECORD_TYPES
from warehouse import bounds
from warehouse import publish as publishing
from warehouse.attempts import Attempted
from warehouse.database import Warehouse
from warehouse.dictionary_texts import LEDGERS
from warehouse.publish import publish, publish_deliveries
from warehouse.query import query_published

PAGE = declared()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "published" / "strategiemonitor.duckdb"


@pytest.fixture
def filled(warehouse: Warehouse) -> Warehouse:
    change = changed(PAGE, (0, "Funk"), (1, "Glasfaser"))
    bad = QuarantinedRecord(PAGE.page_id, change.after_version_id, "figures", "r", None, None, "{}")
    warehouse.load(night(0, seen(PAGE, night_at(0), "Funk")))
    warehouse.load(night(1, seen(PAGE, night_at(1), "Glasfaser", changes=(change,), quarantined=(bad,))))
    return warehouse


def test_the_copy_holds_what_the_warehouse_holds(filled: Warehouse, target: Path) -> None:
    published = publish(filled, target)
    assert published.path == target
    assert published.bytes == target.stat().st_size
    assert 0 < published.seconds < 60
    tables = [*LEDGERS, *RECORD_TYPES, *(f"{table}_history" for table in RECORD_TYPES)]
    for table in tables:
        assert sorted(map(repr, query_published(target, f"from main.{table}").rows)) == sorted(
            map(repr, in_utc(rows(filled, f"from main.{table}")))
        ), table
    counts = [rows(filled, f"select count(*) from store.{name}") for (name,) in rows(filled, _TABLES)]
    assert published.rows == sum(count for [(count,)] in counts)


_TABLES = "select table_name from duckdb_tables() where schema_name = 'store'"


def in_utc(found: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return [tuple(value.astimezone(UTC) if isinstance(value, datetime) else value for value in row) for row in found]


def test_macros_work_in_the_copy(filled: Warehouse, target: Path) -> None:
    publish(filled, target)
    text = "select text from main.goals_as_of(timestamptz '2026-03-01 12:00:00+00')"
    assert query_published(target, text).rows == (("Norddorf will Funk.",),)
    assert query_published(target, "select steps from main.changes_between(timestamptz '2026-03-01', now())").rows == (
        (1,),
    )


def test_every_table_column_and_macro_of_the_copy_is_explained(filled: Warehouse, target: Path) -> None:
    publish(filled, target)
    silent = [
        row
        for names, kind in (
            ("table_name, column_name", "columns"),
            ("view_name", "views"),
            ("function_name", "functions"),
        )
        for row in query_published(
            target,
            f"select {names} from duckdb_{kind}() where schema_name = 'main' and not internal and comment is null",
        ).rows
    ]
    assert silent == []
    inner = (
        "select count(*) from duckdb_tables() "
        "where schema_name = 'store' and coalesce(comment, '') not like '%start_here%'"
    )
    assert query_published(target, inner).rows == ((0,),)


@contextmanager
def reader(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the published file open and answers how many runs it sees, line by line."""
    script = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
for _ in sys.stdin:
    print(connection.execute("select count(*) from main.snapshots").fetchall()[0][0], flush=True)
"""
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process


def ask(process: subprocess.Popen[str]) -> str:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("\n")
    process.stdin.flush()
    return process.stdout.readline().strip()


def test_a_reader_with_the_old_copy_open_keeps_it_and_a_new_one_sees_the_new(filled: Warehouse, target: Path) -> None:
    publish(filled, target)
    with reader(target) as old:
        assert ask(old) == "2"
        filled.load(night(2, seen(PAGE, night_at(2), "Funk")))
        publish(filled, target)
        assert ask(old) == "2"
        with reader(target) as new:
            assert ask(new) == "3"


def test_a_few_older_copies_stay(filled: Warehouse, target: Path) -> None:
    for _ in range(4):
        publish(filled, target, keep=2)
    assert len(list((target.parent / "older").iterdir())) == 2
    assert sorted(path.name for path in target.parent.iterdir()) == ["older", "strategiemonitor.duckdb"]
    publish(filled, target, keep=0)
    assert list((target.parent / "older").iterdir()) == []


def test_a_copy_that_differs_is_not_published(filled: Warehouse, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(filled, target)
    before = target.read_bytes()
    copy_tables = publishing._copy_tables

    def damaged(connection: duckdb.DuckDBPyConnection, partial: Path) -> object:
        expected = copy_tables(connection, partial)
        with duckdb.connect(str(partial)) as copy:
            copy.execute("update store.goals set text = 'verfälscht' where ordinal = 0")
        return expected

    monkeypatch.setattr(publishing, "_copy_tables", damaged)
    with pytest.raises(PublishError, match=r"differs from the warehouse in goals: .*The copy before it stands"):
        publish(filled, target)
    assert target.read_bytes() == before
    assert sorted(path.name for path in target.parent.iterdir()) == ["strategiemonitor.duckdb"]


def test_tables_that_do_not_hold_together_are_not_published(filled: Warehouse, target: Path) -> None:
    publish(filled, target)
    before = target.read_bytes()
    filled.connection.execute(
        "delete from store.versions where version_id = (select min(version_id) from store.versions)"
    )
    with pytest.raises(PublishError, match=r"orphan_observations: 1 observations speak of .*docs/audits.md"):
        publish(filled, target)
    assert target.read_bytes() == before


def test_what_only_warns_is_published(filled: Warehouse, target: Path) -> None:
    filled.connection.execute("update store.snapshots set finished_at = started_at - interval 1 hour")
    assert [str(broken) for broken in filled.audits()] == [
        "runs_that_end_before_they_begin: 2 runs end before they begin."
    ]
    publish(filled, target)
    assert query_published(target, "select count(*) from snapshots").rows == ((2,),)


def told(warehouse: Warehouse) -> Alert:
    alert = Alert("a1", "k1", "content", PAGE.page_id, (), (), "changes", ("file",), "Betreff", "Text")
    warehouse.add_alerts([alert], night_at(1))
    return alert


def test_deliveries_are_brought_into_the_copy_without_making_another(filled: Warehouse, target: Path) -> None:
    """Afterwards it is what a whole publication makes, and no older copy has been pushed out."""
    told(filled)
    publish(filled, target)
    [pending] = filled.pending_deliveries(night_at(1))
    filled.begin_deliveries([pending], night_at(1))
    filled.record_deliveries([Attempted(pending, delivered=True, response="da")], night_at(1))
    brought = publish_deliveries(filled, target)
    assert brought.bytes == target.stat().st_size
    assert query_published(target, "select status, response from deliveries").rows == (("delivered", "da"),)
    assert not (target.parent / "older").exists()
    forward = {table: query_published(target, f"from main.{table}").rows for table in LEDGERS}
    comments = query_published(
        target, "select table_name, column_name, comment from duckdb_columns() order by all"
    ).rows
    publish(filled, target)
    assert {table: query_published(target, f"from main.{table}").rows for table in LEDGERS} == forward
    assert (
        comments
        == query_published(target, "select table_name, column_name, comment from duckdb_columns() order by all").rows
    )


def test_deliveries_are_published_whole_where_there_is_no_copy(filled: Warehouse, target: Path) -> None:
    told(filled)
    publish_deliveries(filled, target)
    assert query_published(target, "select status from deliveries").rows == (("pending",),)


def test_a_folder_that_cannot_be_written_is_told(filled: Warehouse, tmp_path: Path) -> None:
    (tmp_path / "published").write_text("eine Datei", encoding="utf-8")
    with pytest.raises(PublishError, match=r"could not be written to .*Look at the space"):
        publish(filled, tmp_path / "published" / "strategiemonitor.duckdb")


def test_leftovers_of_a_killed_publication_do_not_matter(filled: Warehouse, target: Path) -> None:
    target.parent.mkdir()
    (target.parent / ".strategiemonitor.duckdb.partial").write_bytes(b"halb")
    (target.parent / ".strategiemonitor.duckdb.partial.wal").write_bytes(b"halb")
    publish(filled, target)
    assert sorted(path.name for path in target.parent.iterdir()) == ["strategiemonitor.duckdb"]


def test_a_quote_in_the_path_does_no_harm(filled: Warehouse, tmp_path: Path) -> None:
    target = tmp_path / "Peter's" / "strategiemonitor.duckdb"
    assert publish(filled, target).rows > 0
    assert [path.name for path in target.parent.iterdir()] == ["strategiemonitor.duckdb"]


def test_a_bound_that_is_too_narrow_keeps_nothing_from_being_published(
    filled: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "_LEAST_MB", 1)
    published = publish(filled, tmp_path / "lesen.duckdb")
    assert published.rows > 0
    [(limit,)] = filled.connection.execute("select current_setting('memory_limit')").fetchall()
    assert "GiB" in limit, "what is done afterwards has all memory again"
