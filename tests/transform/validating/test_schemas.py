"""The schemas are made from the annotations of the records, and every rule has a name."""

from __future__ import annotations

from dataclasses import fields

import pytest

from transform.records import RECORD_TYPES
from transform.validating.schemas import ROW_RULES, fields_of, schema_of


@pytest.mark.parametrize("table", list(RECORD_TYPES))
def test_schema_has_every_column_described(table: str) -> None:
    schema = schema_of(table)
    expected = {"page_id", "land", "version_id", *(field.name for field in fields(RECORD_TYPES[table]))}
    assert set(schema.columns) == expected
    assert all(column.description for column in schema.columns.values())
    assert schema.description


@pytest.mark.parametrize("table", list(RECORD_TYPES))
def test_missing_values_are_allowed_where_the_annotation_says_so(table: str) -> None:
    schema = schema_of(table)
    assert {field.name: field.nullable for field in fields_of(table)} == {
        name: column.nullable
        for name, column in schema.columns.items()
        if name not in ("page_id", "land", "version_id")
    }


def test_every_check_has_a_name_of_its_own() -> None:
    names = {
        check.error for table in RECORD_TYPES for column in schema_of(table).columns.values() for check in column.checks
    }
    assert names == {"not_blank", "allowed", "pattern", "at_least", "at_most", "calendar_date"}
    rules = {str(check.error) for table in RECORD_TYPES for check in schema_of(table).checks}
    assert rules == {name for name, _, _ in ROW_RULES}


def test_schema_is_made_once() -> None:
    assert schema_of("figures") is schema_of("figures")
