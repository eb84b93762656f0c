"""Where an answer leads next: a pure decision about one hop of a chain of redirects."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress

from extract.addresses import PeerRules, url_refusal
from extract.model import Exchange, FetchError, FetchErrorKind
from extract.via import Target, Via

REDIRECT_STATUSES = frozenset({301, 302, 303, 307, 308})
"""Answers that a GET follows (RFC 9110, section 15.4)."""


def next_target(
    exchange: Exchange, target: Target, via: Via, peers: PeerRules, *, asked: Collection[str], max_redirects: int
) -> Target | FetchError | None:
    """Where to ask next: a target, the reason why the chain ends badly, or ``None`` where the answer is the last.

    Args:
        exchange: The answer.
        target: What was asked for it.
        via: How addresses lie below PREFIX.
        peers: Which machines may be reached.
        asked: Addresses that were asked already in this chain, this one included.
        max_redirects: How many may be followed.
    """
    if exchange.status not in REDIRECT_STATUSES:
        return None
    location = _location(exchange)
    if not location:
        return _invalid(f"{target.url} redirects with status {exchange.status} but names no address")
    try:
        following = via.redirected(target, location)
    except ValueError as error:
        return _invalid(f"{target.url} redirects to {location!r}, which is no address: {error}")
    if following is None:
        return _invalid(f"{target.url} redirects to {location!r}, which is no original address")
    refusal = url_refusal(following.url, peers)
    if refusal is not None:
        return refusal
    if via.prefix is None and target.url.startswith("https://") and not following.url.startswith("https://"):
        return _invalid(f"{target.url} redirects from https to {following.url}")
    if following.asked in asked:
        return FetchError(FetchErrorKind.REDIRECT_LOOP, f"{target.url} redirects back to {following.url}")
    if len(asked) > max_redirects:
        return FetchError(FetchErrorKind.TOO_MANY_REDIRECTS, f"more than {max_redirects} redirects")
    return following


def _location(exchange: Exchange) -> str:
    """The ``Location`` field; bytes beyond ASCII are taken for UTF-8, as browsers do."""
    location = (exchange.header("Location") or "").strip()
    with suppress(UnicodeError):
        return location.encode("latin-1").decode("utf-8")
    return location


def _invalid(detail: str) -> FetchError:
    return FetchError(FetchErrorKind.INVALID_REDIRECT, detail[:500])
