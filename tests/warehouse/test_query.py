from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC
from pathlib import Path

import pytest

from extract.errors import UsageError, WarehouseError
from tests.warehouse.nights import declared, night, night_at, seen
from warehouse.connection import connect
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


def test_a_query_that_never_ends_is_given_up(published: Path) -> None:
    with pytest.raises(UsageError, match=r"longer than 0\.2 s"):
        query_published(published, "select max(a.range + b.range) from range(1000000) a, range(1000000) b", limit_s=0.2)
    assert query_published(published, "select 1", limit_s=60).rows == ((1,),)


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
        "set lock_configuration = false",
        "export database '{folder}/alles'",
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


@pytest.mark.parametrize(
    ("sql", "hint"),
    [
        ("from pages_as_of('2026-03-05')", "pages has times of its own to ask for: 'describe pages'"),
        ("from goals_as_of('2026-03-05', known_at = '2026-03-06')", "takes ':='"),
        ("from goals_as_of()", "'from start_here'"),
    ],
)
def test_mistakes_that_the_names_invite_are_told_with_the_way_out(published: Path, sql: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        query_published(published, sql)
    assert hint in caught.value.remedy


def test_who_lists_the_tables_is_led_to_the_macros(published: Path) -> None:
    assert ("start_here",) in query_published(published, "show tables").rows
    asked = query_published(published, "select query from start_here").rows
    for macro in ("figures_as_of", "known_at :=", "changes_between", "search_sections", "document_pages_as_of"):
        assert any(macro in query for (query,) in asked)
    for (query,) in asked:
        query_published(published, query)


def test_the_moments_of_the_first_questions_are_those_of_the_file(published: Path) -> None:
    """A fixed day would answer with nothing in a file that began after it."""
    asked = [query for (query,) in query_published(published, "select query from start_here").rows]
    moments = [query.replace("figures", "goals") for query in asked if query.startswith("from figures_as_of")]
    assert len(moments) == 2
    assert all(query_published(published, query).rows for query in moments)
    week = ", ".join(f"'{night_at(n):%Y-%m-%d} 12:00:00+01'" for n in (-7, 0))
    assert any(f"changes_between({week})" in query for query in asked)


def test_no_example_has_a_moment_without_seconds_and_with_an_offset(published: Path) -> None:
    """DuckDB 1.5, with which the file may be opened, does not take ``'2026-03-05 12:00+01'`` for a moment."""
    told = [text for (text,) in query_published(published, "select query from start_here").rows]
    for kind in ("views", "columns", "functions"):
        told += [text for (text,) in query_published(published, f"select comment from duckdb_{kind}()").rows if text]
    assert any("12:00:00+01" in text for text in told)
    assert [text for text in told if re.search(r" \d\d:\d\d[+-]", text)] == []


def test_several_threads_may_ask_at_once_and_beside_an_export(published: Path) -> None:
    with connect(published, read_only=True), ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: query_published(published, "select page_id from goals").rows, range(40)))
    assert answers == [(("nd-strategie",),)] * 40


def test_the_copy_that_was_put_in_its_place_is_seen_while_the_old_one_is_open(new_path: Callable[[], Path]) -> None:
    target = new_path()
    with Warehouse.open(new_path()) as warehouse:
        warehouse.load(night(0, seen(declared(), night_at(0), "Funk")))
        publish(warehouse, target)
        with connect(target, read_only=True):
            warehouse.load(night(1, seen(declared(), night_at(1), "Netze")))
            publish(warehouse, target)
            assert query_published(target, "select count(*) from observations").rows == ((2,),)


def test_a_missing_copy_is_told(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match=r"There is no published copy at .*refresh"):
        query_published(tmp_path / "fehlt.duckdb", "select 1")


def test_a_damaged_copy_is_told(tmp_path: Path) -> None:
    path = tmp_path / "strategiemonitor.duckdb"
    path.write_bytes(b"keine Datenbank" * 1000)
    with pytest.raises(WarehouseError, match="Cannot open"):
        query_published(path, "select 1")
