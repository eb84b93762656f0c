"""One portal for an address, in SQL and in Python."""

from __future__ import annotations

from dataclasses import replace

import duckdb
import pytest

from tests.support.documents import declaration
from tests.warehouse.contents import rows
from tests.warehouse.nights import declared, missed, night, night_at, seen
from transform.verdict import Outcome, Verdict
from warehouse.database import Warehouse
from warehouse.portals import portal_sql


@pytest.mark.parametrize(
    "url",
    ["https://www.land.example/plan", "https://WWW.Land.example:443/a?b#c", "https://amt.example?x=1", "HTTPS://a.b/"],
)
def test_sql_finds_the_portal_that_a_declaration_has(url: str) -> None:
    found = duckdb.execute(f"select {portal_sql('$url')}", {"url": url}).fetchall()
    assert found == [(replace(declaration(), url=url).portal,)]


def test_an_answer_that_broke_off_has_failed_whatever_its_status(warehouse: Warehouse) -> None:
    broken_off = Verdict(Outcome.FAILED, "truncated", "the body breaks off")
    whole, cut = declared("amt-a"), declared("amt-b")
    warehouse.load(night(0, seen(whole, night_at(0), "Funk"), missed(cut, night_at(0), broken_off, word="Fu")))
    assert rows(warehouse, "select status from captures where page_id = 'amt-b'") == [(200,)]
    assert rows(warehouse, "select sum(requests), sum(failed) from portals") == [(2, 1)]
