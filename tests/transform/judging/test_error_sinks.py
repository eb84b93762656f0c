"""Pages of one night that end in one place although they are declared apart."""

from __future__ import annotations

from extract.model import PageId
from tests.transform.judging.cases import URL
from transform.judging.judge import error_sinks


def sink(number: int, *, final: str | None = None, body: str = "") -> tuple[PageId, str, str, str]:
    declared = f"https://land.example/seite{number}"
    return PageId(f"p{number}"), final or declared, body or f"{number:064d}", declared


def test_pages_that_end_in_one_place_are_a_sink() -> None:
    """At one address or in one body, three at least; whoever lives there is none of them."""
    hint = "https://land.example/hinweis"
    assert error_sinks([sink(n, final=hint) for n in range(3)]) == {"p0", "p1", "p2"}
    assert error_sinks([sink(n, final=hint) for n in range(2)]) == frozenset()
    assert error_sinks([sink(n, body="a" * 64) for n in range(4)]) == {"p0", "p1", "p2", "p3"}
    home = [*(sink(n, final="https://land.example/seite9?nn=1") for n in range(3)), sink(9)]
    assert error_sinks(home) == {"p0", "p1", "p2"}
    assert error_sinks([sink(n) for n in range(9)]) == frozenset()


def test_pages_declared_at_one_address_are_no_sink() -> None:
    """The same page declared three times has one body, as it should."""
    same = [(PageId(f"p{n}"), URL, "a" * 64, URL) for n in range(3)]
    assert error_sinks(same) == frozenset()
