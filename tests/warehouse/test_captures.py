"""Captures: what follows from the rest of their row is not stored, and is seen all the same."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import duckdb
from hypothesis import example, given
from hypothesis import strategies as st

from extract.model import Capture, Exchange, PageId
from tests.warehouse.contents import rows
from tests.warehouse.nights import captured, declared, night, night_at, seen
from transform.identifiers import capture_id
from warehouse.captures import CAPTURE_MACROS
from warehouse.database import Warehouse

PAGE = declared()
LATER = night_at(0.01)
PRINTED = st.characters(exclude_categories=["Cs", "Cc"])
IN_SQL = duckdb.connect()
IN_SQL.execute("; ".join(f"create macro {signature} as {body}" for signature, body in CAPTURE_MACROS.items()))


def stored(warehouse: Warehouse, table: str) -> list[tuple[object, ...]]:
    """Of each capture what may be left out, by resource."""
    return rows(
        warehouse,
        f"select resource, capture_id, final_url, epoch_us(requested_at) from {table} order by resource, observed_at",
    )


def test_an_id_an_address_and_a_time_that_follow_are_not_stored_and_are_seen(warehouse: Warehouse) -> None:
    page = captured(PAGE, night_at(0), "Funk")
    linked = captured(PAGE, night_at(0), "Datei", resource="document")
    moved = dataclasses.replace(page.capture.answer, url="https://norddorf.example/neu", memento_at=LATER)
    memento = Capture(PAGE.page_id, PAGE.url, (page.capture.answer, moved), 2)
    replayed = dataclasses.replace(page, capture_id=capture_id(memento), capture=memento)
    shown = dataclasses.replace(seen(PAGE, night_at(0), "Funk"), captures=(page, linked, replayed))
    warehouse.load(night(0, shown))
    at = int(night_at(0).timestamp() * 1_000_000)
    assert stored(warehouse, "store.captures") == [
        ("document", linked.capture_id, None, None),
        ("page", None, None, None),
        ("page", None, "https://norddorf.example/neu", at),
    ]
    assert stored(warehouse, "main.captures") == [
        ("document", linked.capture_id, PAGE.url, at),
        ("page", page.capture_id, PAGE.url, at),
        ("page", replayed.capture_id, "https://norddorf.example/neu", at),
    ]


def test_a_capture_that_is_there_is_not_stored_again(warehouse: Warehouse) -> None:
    shown = seen(PAGE, night_at(0), "Funk")
    linked = captured(PAGE, night_at(0), "Datei", resource="document")
    shown = dataclasses.replace(shown, captures=(*shown.captures, linked, linked))
    for run in ("eins", "zwei"):
        warehouse.load(night(0, shown, run_id=run))
    assert rows(warehouse, "select resource, count(*) from store.captures group by all order by all") == [
        ("document", 1),
        ("page", 1),
    ]


@given(
    page=st.text(PRINTED, max_size=20),
    url=st.text(PRINTED, max_size=40),
    at=st.integers(0, 2**52).map(lambda us: datetime.fromtimestamp(0, UTC) + timedelta(microseconds=us)),
    attempt=st.integers(1, 99),
)
@example(
    page="a", url='https://a.example/\x01\x7f\u2028"\\/ä\n\t', at=datetime(2026, 3, 1, 3, 10, tzinfo=UTC), attempt=1
)
@example(page="a", url="https://a.example/", at=datetime(2026, 3, 1, 3, 10, 0, 20, tzinfo=UTC), attempt=1)
def test_sql_derives_the_id_that_the_program_gives(page: str, url: str, at: datetime, attempt: int) -> None:
    known = capture_id(Capture(PageId(page), url, (Exchange(url, at),), attempt))
    given = {"page": page, "url": url, "at": at, "attempt": attempt}
    assert IN_SQL.execute("select capture_id_of($page, $url, $at, $attempt)", given).fetchall() == [(known,)]


def test_an_id_that_sql_derives_otherwise_is_stored(warehouse: Warehouse) -> None:
    """A control character is written in JSON with small letters by Python, with capital ones by DuckDB."""
    page = dataclasses.replace(PAGE, url="https://norddorf.example/\x1f")
    warehouse.load(night(0, seen(page, night_at(0), "Funk")))
    known = captured(page, night_at(0), "Funk").capture_id
    assert rows(warehouse, "select capture_id from store.captures") == [(known,)]
    assert rows(warehouse, "select capture_id from main.captures") == [(known,)]
