from __future__ import annotations

import gc
import weakref
from datetime import UTC, datetime

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse import rows as writing
from warehouse.connection import transaction
from warehouse.rows import Appender, Row

_COLUMNS = ("ordinal", "text", "document", "words", "number", "share", "is_good", "seen_at")


@pytest.fixture(scope="module")
def appender_to_values() -> Appender:
    connection = duckdb.connect(":memory:")
    connection.execute("set timezone = 'UTC'")
    connection.execute("create schema store")
    connection.execute(
        "create table store.every_kind (ordinal integer, text varchar, document json, words varchar[], number bigint, "
        "share double, is_good boolean, seen_at timestamptz)"
    )
    return Appender(connection)


_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
_ROWS = st.tuples(
    st.none() | _TEXTS,
    st.none() | st.sampled_from(["{}", '{"ä": ["ß", 1.5]}', "[]"]),
    st.none() | st.lists(_TEXTS, max_size=3).map(tuple),
    st.none() | st.integers(-(2**63), 2**63 - 1),
    st.none() | st.floats(allow_nan=False),
    st.none() | st.booleans(),
    st.none() | st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)


@pytest.mark.parametrize("rows", [1, 20, 21])
@settings(max_examples=20)
@given(row=_ROWS)
def test_few_rows_and_many_are_stored_as_they_were_given(appender_to_values: Appender, rows: int, row: Row) -> None:
    connection = appender_to_values._connection
    connection.execute("delete from store.every_kind")
    numbered = [(ordinal, *row) for ordinal in range(rows)]
    assert appender_to_values.append("every_kind", _COLUMNS, numbered) == rows
    found = connection.execute("from store.every_kind order by ordinal").fetchall()
    assert [tuple(tuple(one) if isinstance(one, list) else one for one in each) for each in found] == numbered


def test_rows_that_are_written_are_not_held_until_the_transaction_ends(
    appender_to_values: Appender, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[weakref.ref[pd.DataFrame]] = []

    def watched(types: dict[str, str], rows: list[Row]) -> pd.DataFrame:
        frame = framed(types, rows)
        made.append(weakref.ref(frame))
        return frame

    framed = writing._frame
    monkeypatch.setattr(writing, "_frame", watched)
    with transaction(appender_to_values._connection):
        appender_to_values.append("every_kind", ("ordinal", "text"), [(ordinal, "Wort") for ordinal in range(1000)])
        gc.collect()
        assert [frame() for frame in made] == [None], "else a night is in memory twice before it is stored"
