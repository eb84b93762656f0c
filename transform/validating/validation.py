"""Validating a version's records: the good ones stay, the others go to quarantine with the rule that they broke.

Each table is validated lazily (all rules, all rows) and split on what failed.  pandera's own dropping of invalid rows
is not used: it drops silently, and both copies of a duplicate.  A failure that belongs to no row keeps the whole table
out.  Every record ends in exactly one of the two places.  A table whose records all keep the rules of which its schema
is made is not put into a frame first (:mod:`transform.validating.screening`): that would say the same a hundred times
slower.  Rules that tie tables together (:mod:`transform.validating.references`) are asked last.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import pandas as pd
from pandera.config import ValidationDepth, config_context, get_config_global
from pandera.errors import SchemaErrors

from transform.night import QuarantinedRecord
from transform.records import RECORD_TYPES, Record
from transform.validating.references import Targets, dangling, targets_of
from transform.validating.schemas import TEXT, Field, fields_of, schema_of
from transform.validating.screening import screen_of
from transform.version import Version

_INT64 = range(-(2**63), 2**63)
_RULE_NAMES = {"not_nullable": "required", "multiple_fields_uniqueness": "unique"}


@dataclass(frozen=True, slots=True)
class Validated:
    """A version with only the records that keep all rules, and the others with the first rule that each broke."""

    version: Version
    quarantined: tuple[QuarantinedRecord, ...]


@dataclass(frozen=True, slots=True)
class _Broken:
    """The rule that a record broke, in which column (``None``: several), and the value that did."""

    rule: str
    column: str | None
    value: str | None


@dataclass(frozen=True, slots=True)
class _Row:
    """A record with the number of its version in the batch and its rank in the table."""

    version_no: int
    rank: int
    record: Record
    version: Version
    land: str

    @property
    def key(self) -> tuple[int, int]:
        return self.version_no, self.rank


def validation_is_on() -> bool:
    """Whether pandera checks data at all: ``PANDERA_VALIDATION_ENABLED`` and ``PANDERA_VALIDATION_DEPTH`` can stop it.

    :func:`validate` validates in any case; a run refuses to start all the same, since somebody meant something by it.
    """
    config = get_config_global()
    return config.validation_enabled and config.validation_depth in (None, ValidationDepth.SCHEMA_AND_DATA)


def validate(version: Version, land: str) -> Validated:
    """Split one version's records into good and quarantined ones; see :func:`validate_all`."""
    return validate_all([(version, land)])[0]


def validate_all(versions: Sequence[tuple[Version, str]]) -> tuple[Validated, ...]:
    """Split the records of many versions into good and quarantined ones, in one frame for each table.

    Args:
        versions: Versions as read, each with the ISO 3166-2 code of its page's Land.

    Returns:
        For each version, in the same order: the version with the good records in their old order, and one quarantined
        record for each of the others.  The records of both together are those that came in.
    """
    targets = [targets_of(version.records) for version, _ in versions]
    broken = {table: _broken_of(table, _rows(table, versions), targets) for table in RECORD_TYPES}
    return tuple(_split(number, version, broken) for number, (version, _) in enumerate(versions))


def _rows(table: str, versions: Sequence[tuple[Version, str]]) -> list[_Row]:
    """All records of one table with the version that each belongs to."""
    return [
        _Row(number, rank, record, version, land)
        for number, (version, land) in enumerate(versions)
        for rank, record in enumerate(getattr(version.records, table))
    ]


def _split(number: int, version: Version, broken: dict[str, dict[tuple[int, int], _Broken]]) -> Validated:
    """One version with its good records, and the others."""
    good: dict[str, tuple[Record, ...]] = {}
    quarantined: list[QuarantinedRecord] = []
    for table, failures in broken.items():
        mine = {rank: why for (owner, rank), why in sorted(failures.items()) if owner == number}
        if not mine:
            continue
        records: tuple[Record, ...] = getattr(version.records, table)
        good[table] = tuple(record for rank, record in enumerate(records) if rank not in mine)
        quarantined += [_quarantined(version, table, records[rank], why) for rank, why in mine.items()]
    if not good:
        return Validated(version, ())
    kept = replace(version.records, **dict[str, Any](good))
    return Validated(replace(version, records=kept), tuple(quarantined))


def _broken_of(table: str, rows: Sequence[_Row], targets: Sequence[Targets]) -> dict[tuple[int, int], _Broken]:
    """The records that break a rule of their own table, or else one that ties it to another table."""
    broken = _broken(table, rows)
    for row in rows:
        if row.key not in broken and (lost := dangling(table, row.record, targets[row.version_no])) is not None:
            broken[row.key] = _Broken(lost.name, lost.column, str(getattr(row.record, lost.column)))
    return broken


def _broken(table: str, rows: Sequence[_Row]) -> dict[tuple[int, int], _Broken]:
    """The records that break a rule, by version and rank, each with the first rule that it broke."""
    fields = fields_of(table)
    broken = {row.key: why for row in rows if (why := _mistyped(row.record, fields)) is not None}
    typed = [row for row in rows if row.key not in broken]
    if not typed or _are_sound(table, typed):
        return broken
    found = _failures(table, _frame(typed, fields))
    if found is not None:
        return broken | {typed[number].key: why for number, why in found.items()}
    owners = sorted({row.version_no for row in typed})
    if len(owners) == 1:
        return broken | dict.fromkeys((row.key for row in typed), _Broken("table", None, None))
    for owner in owners:
        broken |= _broken(table, [row for row in typed if row.version_no == owner])
    return broken


def _are_sound(table: str, rows: Sequence[_Row]) -> bool:
    """Whether the rows, whose values are of their columns' types, keep every rule of the table's schema."""
    positions = {(row.version.version_id, row.record.position) for row in rows}
    keys = {(row.version.page_id, row.land, row.version.version_id) for row in rows}
    screen = screen_of(table)
    return (
        len(positions) == len(rows) and all(map(screen.keeps_keys, keys)) and all(screen.keeps(r.record) for r in rows)
    )


def _mistyped(record: Record, fields: Sequence[Field]) -> _Broken | None:
    """The first value of a record that is not of its column's type; such a value would spoil the whole column."""
    for field in fields:
        value = getattr(record, field.name)
        if value is None or _is_typed(value, field.type):
            continue
        rule = "finite" if isinstance(value, float) and field.type is float else "type"
        return _Broken(rule, field.name, str(_plain(value)))
    return None


def _is_typed(value: object, kind: type) -> bool:
    """Whether a value is of a column's type and fits into it: 64 bits for a whole number, a finite number for any."""
    if isinstance(value, bool):
        return False
    if kind is int:
        return isinstance(value, int) and value in _INT64
    if kind is float:
        return isinstance(value, (int, float)) and math.isfinite(value)
    return isinstance(value, str) and _is_unicode(value)


def _is_unicode(text: str) -> bool:
    """Whether a text can be stored as UTF-8: half of a surrogate pair cannot."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _frame(rows: Sequence[_Row], fields: Sequence[Field]) -> pd.DataFrame:
    """The records as a typed frame, one row each, numbered from 0."""
    columns = {
        "page_id": pd.Series([row.version.page_id for row in rows], dtype=TEXT),
        "land": pd.Series([row.land for row in rows], dtype=TEXT),
        "version_id": pd.Series([row.version.version_id for row in rows], dtype=TEXT),
    }
    for field in fields:
        columns[field.name] = _series([getattr(row.record, field.name) for row in rows], field.type)
    return pd.DataFrame(columns)


def _series(values: list[Any], kind: type) -> pd.Series[Any]:
    """Values of one column, missing ones told apart from empty text and from zero."""
    if kind is int:
        return pd.Series(values, dtype="Int64")
    if kind is float:
        return pd.Series([None if value is None else float(value) for value in values], dtype="Float64")
    return pd.Series(values, dtype=TEXT)


def _failures(table: str, frame: pd.DataFrame) -> dict[int, _Broken] | None:
    """The failing rows by number; ``None`` where something failed that belongs to no row."""
    try:
        with config_context(validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA):
            schema_of(table).validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
    else:
        return {}
    if cases["index"].isna().any():
        return None
    names = list(frame.columns)
    found: dict[int, tuple[int, _Broken]] = {}
    for case in cases.itertuples(index=False):
        row, rule = int(case.index), _RULE_NAMES.get(str(case.check), str(case.check))
        of_row = case.schema_context == "DataFrameSchema"
        column = None if of_row else str(case.column)
        rank = len(names) if column is None else names.index(column)
        value = None if of_row or pd.isna(case.failure_case) else str(case.failure_case)
        if row not in found or rank < found[row][0]:
            found[row] = (rank, _Broken(rule, column, value))
    return {row: why for row, (_, why) in found.items()}


def _quarantined(version: Version, table: str, record: Record, why: _Broken) -> QuarantinedRecord:
    """A record kept whole, as JSON, with the rule that it broke."""
    return QuarantinedRecord(
        page_id=version.page_id,
        version_id=version.version_id,
        table_name=table,
        rule=why.rule,
        column_name=why.column,
        failing_value=why.value,
        record=json.dumps({name: _plain(value) for name, value in asdict(record).items()}, ensure_ascii=False),
    )


def _plain(value: object) -> object:
    """A value as JSON knows it (RFC 8259 has no NaN, and lone surrogates are no text)."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)
