"""What a host's robots.txt allows us (RFC 9309), as values: nothing is fetched here."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from protego import Protego

from extract.fetch_settings import PRODUCT_NAME
from extract.model import Exchange, FetchError, FetchErrorKind

ROBOTS_BYTES = 500 * 1024
"""As much of a robots.txt as is read (RFC 9309, section 2.5)."""

ROBOTS_REDIRECTS = 5
"""As many redirects as are followed for a robots.txt (RFC 9309, section 2.3.1.2)."""

_AGENT_LINE = re.compile(r"^(\s*user-?agent\s*:\s*)([^#\r\n]*)", re.IGNORECASE | re.MULTILINE)
_TOKEN = re.compile(r"[A-Za-z_-]+|\*")
_OURS = PRODUCT_NAME.lower()

_UNREACHED = frozenset(
    {FetchErrorKind.DNS, FetchErrorKind.TLS, FetchErrorKind.CONNECTION, FetchErrorKind.REFUSED_ADDRESS}
)
"""Failures that the page would meet with just so: they keep their name."""


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """What a host said in this run.

    Attributes:
        crawl_delay_s: Least time between the starts of two requests; ``None`` where nothing is said.
        denial: Why nothing at all may be asked; ``None`` where the file decides, or there is none.
    """

    crawl_delay_s: float | None = None
    denial: FetchError | None = None
    _file: Protego | None = None

    def refusal(self, url: str) -> FetchError | None:
        """Why an address may not be asked; ``None`` where it may."""
        if self.denial is not None:
            return self.denial
        if self._file is None or self._file.can_fetch(url, _OURS):
            return None
        return FetchError(FetchErrorKind.ROBOTS_DISALLOWED, f"robots.txt disallows {url}")


def rules_from(answer: Exchange) -> RobotsRules:
    """What the last exchange for a robots.txt means (RFC 9309, section 2.3.1).

    Found: the file decides.  Unavailable (4xx, or redirects without end): everything is allowed.  Unreachable (5xx, no
    answer, and 429, which asks us to stop): nothing is.  A file beyond its limit is read up to there.
    """
    kind = answer.error.kind if answer.error else None
    if kind in (FetchErrorKind.TOO_MANY_REDIRECTS, FetchErrorKind.REDIRECT_LOOP):
        return RobotsRules()
    readable = kind in (None, FetchErrorKind.TOO_LARGE)
    if answer.status is not None and 200 <= answer.status < 300 and readable:
        return parse(answer.body[:ROBOTS_BYTES])
    if answer.status is not None and 400 <= answer.status < 500 and answer.status != 429:
        return RobotsRules()
    return RobotsRules(denial=_denial(answer))


def parse(body: bytes) -> RobotsRules:
    """Read a robots.txt; lines that mean nothing are skipped."""
    text = body.decode("utf-8-sig", errors="replace")
    file = Protego.parse(_AGENT_LINE.sub(_plain_agent, text))
    return RobotsRules(crawl_delay_s=_delay_s(file), _file=file)


def _plain_agent(line: re.Match[str]) -> str:
    """A ``User-agent`` line with its product token alone.

    A group is ours only where its token is ours as a whole, whatever its case (RFC 9309, section 2.2.1); the parser
    would take any part of our name for it, and miss it where a version stands behind.
    """
    token = _TOKEN.match(line.group(2).strip())
    name = token.group().lower() if token else ""
    return f"{line.group(1)}{name if name in (_OURS, '*') else 'somebody/else'}"


def _delay_s(file: Protego) -> float | None:
    """The longer of ``Crawl-delay`` and what ``Request-rate`` comes down to; both are conventions beside the RFC."""
    delays = [file.crawl_delay(_OURS) or 0.0]
    rate = file.request_rate(_OURS)
    if rate is not None and rate.requests > 0:
        delays.append(rate.seconds / rate.requests)
    longest = max((float(delay) for delay in delays if math.isfinite(delay)), default=0.0)
    return longest if longest > 0 else None


def _denial(answer: Exchange) -> FetchError:
    """Why a host whose robots.txt could not be read is not asked for anything else."""
    if answer.error is not None and answer.error.kind in (*_UNREACHED, FetchErrorKind.DEFERRED):
        return FetchError(answer.error.kind, f"robots.txt: {answer.error.detail}")
    found = answer.error.detail if answer.error else f"it answered {answer.status}"
    return FetchError(FetchErrorKind.ROBOTS_UNREACHABLE, f"robots.txt could not be read, so nothing is asked: {found}")
