"""One HTTP exchange, bounded in time and space: a request goes out, an :class:`~extract.model.Exchange` comes back.

Nothing that a machine does raises here; what goes wrong on the way becomes the exchange's error, and what arrived
before that is kept as evidence.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.parse import urlsplit

import requests
from urllib3 import HTTPResponse
from urllib3.exceptions import HTTPError

from extract.clock import Clock
from extract.decoding import ACCEPTED_CODINGS, Decoded, decode, too_large
from extract.failures import explain
from extract.fetch_settings import FetchLimits
from extract.line import Line
from extract.model import Exchange, FetchError, FetchErrorKind
from extract.transport import Transport
from extract.via import Target

_READ_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What arrived of an answer, and why it is not whole."""

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    wire_body: bytes
    decoded: Decoded


class Exchanger:
    """Asks one address at a time through one transport.

    Args:
        transport: Sends the requests.
        line: That the transport's connections run over.
        limits: Bounds of every exchange.
        clock: Where times come from.
        honour_memento: Whether ``Memento-Datetime`` is believed: only where an archive was asked on purpose.
    """

    def __init__(
        self, transport: Transport, line: Line, limits: FetchLimits, clock: Clock, *, honour_memento: bool
    ) -> None:
        self._transport = transport
        self._line = line
        self._limits = limits
        self._clock = clock
        self._honour_memento = honour_memento

    def get(
        self,
        target: Target,
        headers: tuple[tuple[str, str], ...],
        *,
        deadline_s: float | None = None,
        max_body_bytes: int | None = None,
    ) -> Exchange:
        """Ask for an address once.

        Returns:
            The exchange with its original address; ``status`` is ``None`` where no answer began to arrive.
        """
        headers = (("Host", urlsplit(target.asked).netloc), *headers)
        requested_at, started = self._clock.now(), self._clock.monotonic()
        answer: Answer | None = None
        error: FetchError | None = None
        with self._line.exchange(deadline_s or self._limits.total_deadline_s):
            try:
                answer = self._ask(target.asked, headers, max_body_bytes or self._limits.max_body_bytes)
                error = answer.decoded.error
            except (requests.RequestException, HTTPError, OSError, HTTPException) as failure:
                error = self._explain(failure, target)
        return Exchange(
            url=target.url,
            requested_at=requested_at,
            status=answer.status if answer else None,
            reason=answer.reason if answer else "",
            request_headers=headers,
            headers=answer.headers if answer else (),
            body=answer.decoded.body if answer else b"",
            wire_body=answer.wire_body if answer else b"",
            error=error,
            memento_at=memento_at(answer.headers) if answer and self._honour_memento else None,
            peer=self._line.peer,
            seconds=round(self._clock.monotonic() - started, 6),
        )

    def _ask(self, url: str, headers: tuple[tuple[str, str], ...], max_body_bytes: int) -> Answer:
        """Send the request and read the answer; an error while the body arrives is kept with what came before it."""
        response = self._transport.get(url, dict(headers), self._limits.total_deadline_s)
        with closing(response):
            raw: HTTPResponse = response.raw
            fields = tuple((name, value) for name, value in raw.headers.iteritems())
            error = self._header_error(fields)
            wire = bytearray()
            if error is None:
                error = self._read(raw, wire, Target(url, url))
            decoded = decode(bytes(wire), raw.headers.get("Content-Encoding"), max_body_bytes)
            if error is not None:
                decoded = Decoded(decoded.body, error)
            return Answer(response.status_code, response.reason or "", fields, bytes(wire), decoded)

    def _read(self, raw: HTTPResponse, wire: bytearray, target: Target) -> FetchError | None:
        """Read a body as it travels into ``wire``; the reason where it is not whole."""
        try:
            while chunk := raw.read1(_READ_BYTES, decode_content=False):
                wire += chunk
                if len(wire) > self._limits.max_wire_bytes:
                    del wire[self._limits.max_wire_bytes :]
                    return too_large(self._limits.max_wire_bytes)
        except (HTTPError, OSError, HTTPException) as failure:
            return self._explain(failure, target)
        # A body without a length ends with its connection: being cut looks like the end.
        return self._deadline_error() if self._line.expired else None

    def _header_error(self, fields: tuple[tuple[str, str], ...]) -> FetchError | None:
        """Header fields beyond their limit."""
        size = sum(len(name) + len(value) for name, value in fields)
        if size > self._limits.max_header_bytes:
            return FetchError(FetchErrorKind.PROTOCOL, f"the header fields take {size} bytes")
        return None

    def _explain(self, failure: Exception, target: Target) -> FetchError:
        """The kind of a failure, found in whatever it was wrapped in on its way up."""
        if self._line.expired:
            return self._deadline_error()
        return explain(failure, urlsplit(target.asked).hostname or target.asked)

    def _deadline_error(self) -> FetchError:
        return FetchError(FetchErrorKind.TIMEOUT, "the answer was not complete at the deadline")


def memento_at(headers: tuple[tuple[str, str], ...]) -> datetime | None:
    """``Memento-Datetime`` (RFC 7089, section 2.1.1) as aware UTC time; ``None`` where none can be read."""
    value = next((value for name, value in headers if name.lower() == "memento-datetime"), None)
    try:
        at = parsedate_to_datetime(value) if value else None
    except ValueError:
        return None
    if at is None:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def request_headers(user_agent: str) -> tuple[tuple[str, str], ...]:
    """What every request says about itself."""
    return (
        ("User-Agent", user_agent),
        ("Accept", "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8"),
        ("Accept-Language", "de,en;q=0.5"),
        ("Accept-Encoding", ACCEPTED_CODINGS),
        ("Connection", "keep-alive"),
    )
