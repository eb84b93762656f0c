"""Whether records keep all rules of their table, told from the rules themselves without a frame.

The functions are those of which :func:`transform.validating.schemas.schema_of` makes its checks, so both always say the
same (a property test holds them to it).  pandera spends two milliseconds on each column whatever the number of rows,
which is more than reading a page takes; nearly every page has no record that breaks a rule.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import lru_cache

from transform.records import RECORD_TYPES, Record
from transform.validating.schemas import KEY_FIELDS, ROW_RULES, Field, fields_of, rules_of


@dataclass(frozen=True, slots=True)
class Screen:
    """The rules of one table."""

    columns: tuple[Field, ...]
    row_rules: tuple[tuple[tuple[str, ...], Callable[..., bool]], ...]

    def keeps(self, record: Record) -> bool:
        """Whether a record, whose values are of their columns' types, keeps every rule but that of unique positions."""
        values = {field.name: getattr(record, field.name) for field in self.columns}
        if not all(_keeps(field, values[field.name]) for field in self.columns):
            return False
        rows = ((rule, [values[name] for name in names]) for names, rule in self.row_rules)
        return all(None in row or rule(*row) for rule, row in rows)

    def keeps_keys(self, keys: tuple[str, str, str]) -> bool:
        """Whether page, Land and version keep the rules of their columns."""
        return all(_keeps(field, value) for field, value in zip(KEY_FIELDS, keys, strict=True))


@lru_cache(maxsize=32)
def screen_of(table: str) -> Screen:
    """The rules of a table of :data:`transform.records.RECORD_TYPES`."""
    names = {field.name for field in fields(RECORD_TYPES[table])}
    return Screen(fields_of(table), tuple((columns, rule) for _, columns, rule in ROW_RULES if set(columns) <= names))


def _keeps(field: Field, value: object) -> bool:
    """Whether a value keeps the rules of its column."""
    if value is None:
        return field.nullable
    return all(rule.holds(value) for rule in rules_of(field))
