"""pandera schemas of the record tables, made from the annotations in :mod:`transform.records`.

What a column means, whether it may be missing and which values it may hold stands there, once.  Here it becomes checks
with a name each, so that a quarantined record can say which rule it broke.  Rules that tie columns together stand in
:data:`ROW_RULES`.
"""

from __future__ import annotations

import re
import types
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Annotated, Union, get_args, get_origin, get_type_hints

import pandas as pd
import pandera.pandas as pa

from transform.records import RECORD_TYPES, Column, Record

LAND = r"DE(-[A-Z]{2})?"
"""ISO 3166-2 code of a Land, or ``DE`` for the federation."""

TEXT = pd.StringDtype("python")
"""Text in Python objects: any string that Python can hold, missing values told apart from empty text."""

_DTYPES: dict[type, object] = {str: TEXT, int: pd.Int64Dtype(), float: pd.Float64Dtype()}
_ISO_LENGTHS = {"day": 10, "month": 7, "quarter": 7, "year": 4}


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a record table: its name, the Python type of its values, whether one may be missing, its rules."""

    name: str
    type: type
    nullable: bool
    column: Column


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a column: its name, and whether a value that is not missing keeps it."""

    name: str
    holds: Callable[[object], bool]


KEY_FIELDS: tuple[Field, ...] = (
    Field("page_id", str, False, Column("The page's stable name in the catalogue.", not_blank=True)),
    Field("land", str, False, Column("Land as ISO 3166-2, DE for the federation.", pattern=LAND)),
    Field("version_id", str, False, Column("The version of the page to which the record belongs.", not_blank=True)),
)
"""The columns that every record table has beside those of its record type."""


@lru_cache(maxsize=32)
def fields_of(table: str) -> tuple[Field, ...]:
    """The columns of a table's record type as its annotations state them, in the order in which they are declared."""
    record_type: type[Record] = RECORD_TYPES[table]
    hints = get_type_hints(record_type, include_extras=True)
    return tuple(_field(each.name, hints[each.name]) for each in fields(record_type))


@lru_cache(maxsize=32)
def schema_of(table: str) -> pa.DataFrameSchema:
    """The schema of a record table.

    Args:
        table: A key of :data:`transform.records.RECORD_TYPES`.

    Returns:
        Types, missing values, named checks and descriptions of all columns; ``position`` is unique in a version.
    """
    columns = (*KEY_FIELDS, *fields_of(table))
    return pa.DataFrameSchema(
        {field.name: _column(field) for field in columns},
        checks=[check for name, applies, check in _row_checks() if applies <= {field.name for field in columns}],
        unique=["version_id", "position"],
        report_duplicates="exclude_first",
        strict=True,
        name=table,
        description=(RECORD_TYPES[table].__doc__ or "").strip(),
    )


def _field(name: str, hint: object) -> Field:
    """A field from its annotation ``Annotated[type | None, Column(...)]``."""
    if get_origin(hint) is not Annotated:
        message = f"{name}: expected Annotated[type, Column(...)], found {hint}"
        raise TypeError(message)
    kind, column = get_args(hint)[:2]
    options = get_args(kind) if get_origin(kind) in (Union, types.UnionType) else (kind,)
    plain = next(option for option in options if option is not types.NoneType)
    return Field(name, plain, types.NoneType in options, column)


def _column(field: Field) -> pa.Column:
    """A field as a pandera column."""
    return pa.Column(
        _DTYPES[field.type],
        checks=_checks(field),
        nullable=field.nullable,
        name=field.name,
        description=field.column.description,
    )


@lru_cache(maxsize=512)
def rules_of(field: Field) -> tuple[Rule, ...]:
    """The rules of a column, each with its name; the schema's checks are made of these very functions."""
    column, rules = field.column, []
    if field.name.endswith("_on"):
        rules.append(Rule("calendar_date", lambda value: _is_date(str(value))))
    if column.not_blank:
        rules.append(Rule("not_blank", lambda value: bool(str(value).strip())))
    if (allowed := column.allowed) is not None:
        rules.append(Rule("allowed", lambda value: value in allowed))
    if column.pattern is not None:
        pattern = re.compile(column.pattern)
        rules.append(Rule("pattern", lambda value: pattern.fullmatch(str(value)) is not None))
    if (least := column.at_least) is not None:
        rules.append(Rule("at_least", lambda value: isinstance(value, (int, float)) and value >= least))
    if (most := column.at_most) is not None:
        rules.append(Rule("at_most", lambda value: isinstance(value, (int, float)) and value <= most))
    return tuple(rules)


def _checks(field: Field) -> list[pa.Check]:
    """The rules of a column as named checks of every single value."""
    return [pa.Check(rule.holds, element_wise=True, name=rule.name, error=rule.name) for rule in rules_of(field)]


def _row_checks() -> tuple[tuple[str, set[str], pa.Check], ...]:
    """The rules of :data:`ROW_RULES` as named checks of whole rows."""
    return tuple(
        (name, set(columns), pa.Check(_holds(rule, columns), name=name, error=name))
        for name, columns, rule in ROW_RULES
    )


def _holds(rule: Callable[..., bool], columns: tuple[str, ...]) -> Callable[[pd.DataFrame], pd.Series]:
    """A rule over some columns as a function of a frame; a row in which one of them is missing keeps it."""

    def check(frame: pd.DataFrame) -> pd.Series:
        rows = zip(*(frame[column] for column in columns), strict=True)
        kept = [any(pd.isna(value) for value in row) or rule(*row) for row in rows]
        return pd.Series(kept, index=frame.index, dtype=bool)

    return check


ROW_RULES: tuple[tuple[str, tuple[str, ...], Callable[..., bool]], ...] = (
    ("start_before_end", ("start_on", "end_on"), lambda start, end: _first_day(start) <= _last_day(end)),
    ("horizon_in_order", ("horizon_from", "horizon_to"), lambda start, end: start <= end),
    ("range_in_order", ("value", "value_to"), lambda value, value_to: value_to >= value),
    (
        "precision_fits_start",
        ("precision", "start_on"),
        lambda precision, date: len(date) == _ISO_LENGTHS.get(precision, len(date)),
    ),
    (
        "precision_fits_end",
        ("precision", "end_on"),
        lambda precision, date: len(date) == _ISO_LENGTHS.get(precision, len(date)),
    ),
    (
        "precision_fits_adoption",
        ("adopted_precision", "adopted_on"),
        lambda precision, date: len(date) == _ISO_LENGTHS.get(precision, len(date)),
    ),
)
"""Rules that tie columns together: name, columns, and the function that a row must satisfy."""


def _is_date(text: str) -> bool:
    """Whether an ISO date of any precision is in the calendar; what is no such date at all breaks another rule."""
    parts = text.strip().split("-")
    if not all(part.isascii() and part.isdecimal() for part in parts) or len(parts) > 3:
        return True
    year, month, day = (*map(int, parts), *(1, 1)[len(parts) - 1 :])
    return 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _first_day(date: str) -> str:
    """An ISO date of any precision, filled up to the first day that it may mean."""
    return date if len(date) >= 10 else f"{date}-01-01"[:10] if len(date) == 4 else f"{date}-01"


def _last_day(date: str) -> str:
    """An ISO date of any precision, filled up so that it sorts behind every day that it may mean."""
    return date if len(date) >= 10 else f"{date}-12-31"[:10] if len(date) == 4 else f"{date}-31"
