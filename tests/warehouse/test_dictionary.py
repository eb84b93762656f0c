from __future__ import annotations

from tests.warehouse.contents import rows
from warehouse.database import Warehouse
from warehouse.dictionary import DICTIONARY_FILE, MACROS, column_texts, data_dictionary, table_texts


def test_every_column_that_analysts_see_has_its_words_and_no_word_lacks_its_column(warehouse: Warehouse) -> None:
    columns: dict[str, set[str]] = {}
    for table, column in rows(
        warehouse, "select table_name, column_name from duckdb_columns() where schema_name = 'main' and not internal"
    ):
        columns.setdefault(table, set()).add(column)
    assert {table: set(texts) for table, texts in column_texts().items()} == columns
    assert set(table_texts()) == set(columns)


def test_every_macro_has_its_words(warehouse: Warehouse) -> None:
    functions = rows(
        warehouse, "select function_name from duckdb_functions() where schema_name = 'main' and not internal"
    )
    assert {name for (name,) in functions} == {macro.name for macro in MACROS}


def test_the_written_dictionary_is_current() -> None:
    """Write it anew with ``python -m warehouse.dictionary``."""
    assert DICTIONARY_FILE.read_text(encoding="utf-8") == data_dictionary()


def test_units_and_allowed_values_are_part_of_the_words() -> None:
    texts = column_texts()
    assert "Unit: year." in texts["strategies"]["horizon_to"]
    assert "One of: eq, gt, ge, lt, le, approx." in texts["figures_history"]["comparator"]
