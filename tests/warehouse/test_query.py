from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from pathlib import Path

import pytest

from extract.errors import UsageError, WarehouseError
from tests.warehouse.nights import declared, night, night_at, seen
from warehouse.database import Warehouse
from warehouse.publish import publish
from warehouse.query import Table, query_published


@pytest.fixture(scope="module")
def published(new_path: Callable[[], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("kopie") / "strategiemonitor.duckdb"
    with Warehouse.open(new_path()) as warehouse:
        warehouse.load(night(0, seen(declared(), night_at(0), "Funk")))
        publish(warehouse, target)
    return target


def test_a_query_gives_columns_and_rows(published: Path) -> None:
    assert query_published(published, "select page_id, text from goals") == Table(
        ("page_id", "text"), (("nd-strategie", "Norddorf will Funk."),)
    )


def test_values_can_be_given_by_name(published: Path) -> None:
    sql = "select observed_at from observations where page_id = $page"
    [[at]] = query_published(published, sql, {"page": "nd-strategie"}).rows
    assert at == night_at(0)
    assert at.tzinfo is UTC


@pytest.mark.parametrize(
    "sql", ["show tables", "describe goals", "from pages", "explain from pages", "summarize pages"]
)
def test_whatever_only_reads_is_allowed(published: Path, sql: str) -> None:
    assert query_published(published, sql).rows


@pytest.mark.parametrize(
    "sql",
    [
        "delete from store.goals",
        "create table hier (a integer)",
        "copy goals to '{folder}/ziele.csv'",
        "from read_text('{folder}/geheim.txt')",
        "from '{folder}/geheim.csv'",
        "attach '{folder}/andere.duckdb' as andere",
        "set enable_external_access = true",
        "install httpfs",
        "load httpfs",
    ],
)
def test_whatever_writes_or_reaches_outside_is_refused(published: Path, tmp_path: Path, sql: str) -> None:
    (tmp_path / "geheim.txt").write_text("geheim", encoding="utf-8")
    (tmp_path / "geheim.csv").write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(UsageError, match="The query cannot be run"):
        query_published(published, sql.format(folder=tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["geheim.csv", "geheim.txt"]


@pytest.mark.parametrize(("sql", "count"), [("select 1; select 2", 2), ("", 0), ("-- nichts", 0)])
def test_exactly_one_statement_is_run(published: Path, sql: str, count: int) -> None:
    with pytest.raises(UsageError, match=f"One SQL statement was expected, {count} were found"):
        query_published(published, sql)


def test_a_mistake_is_told_in_the_words_of_the_database_with_a_hint(published: Path) -> None:
    with pytest.raises(UsageError, match=r"(?s)golas does not exist.*goals.*data-dictionary"):
        query_published(published, "from golas")


def test_a_missing_copy_is_told(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match=r"There is no published copy at .*refresh"):
        query_published(tmp_path / "fehlt.duckdb", "select 1")


def test_a_damaged_copy_is_told(tmp_path: Path) -> None:
    path = tmp_path / "strategiemonitor.duckdb"
    path.write_bytes(b"keine Datenbank" * 1000)
    with pytest.raises(WarehouseError, match="Cannot open"):
        query_published(path, "select 1")
