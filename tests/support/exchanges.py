"""HTTP exchanges as values, for code that is handed them."""

from __future__ import annotations

from datetime import UTC, datetime

from extract.model import Exchange

SOME_TIME = datetime(2026, 3, 2, 3, 10, tzinfo=UTC)


def answer(url: str, html: str, *, status: int = 200, at: datetime = SOME_TIME) -> Exchange:
    """An answer with an HTML body in UTF-8."""
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return Exchange(url=url, requested_at=at, status=status, headers=headers, body=html.encode("utf-8"))


def redirected(url: str, target: str, status: int, *, at: datetime = SOME_TIME) -> Exchange:
    """A redirect."""
    return Exchange(url=url, requested_at=at, status=status, headers=(("Location", target),))
