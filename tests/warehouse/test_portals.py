"""One portal for an address, in SQL and in Python."""

from __future__ import annotations

from dataclasses import replace

import duckdb
import pytest

from tests.support.documents import declaration
from warehouse.portals import portal_sql


@pytest.mark.parametrize(
    "url",
    ["https://www.land.example/plan", "https://WWW.Land.example:443/a?b#c", "https://amt.example?x=1", "HTTPS://a.b/"],
)
def test_sql_finds_the_portal_that_a_declaration_has(url: str) -> None:
    found = duckdb.execute(f"select {portal_sql('$url')}", {"url": url}).fetchall()
    assert found == [(replace(declaration(), url=url).portal,)]
