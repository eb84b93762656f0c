"""What a web archive kept of an address: its list of captures (CDX server API), month by month, and the bytes of each.

The API is that of the Wayback Machine's CDX server: one JSON array a request, the first row the names of the fields.  A
capture's bytes are asked for as they travelled, with ``id_`` behind the timestamp.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from extract.addresses import PeerRules
from extract.clock import SYSTEM_CLOCK, Clock
from extract.errors import StrategiemonitorError, UsageError, WaitError
from extract.exchange import Exchanger, request_headers
from extract.fetch_settings import FetchSettings
from extract.line import Line, system_resolver
from extract.model import Exchange
from extract.transport import Transport
from extract.via import Target, Via

CDX_URL = "https://web.archive.org/cdx/search/cdx"
_FIELDS = ("timestamp", "original", "statuscode", "digest")
_ROWS_A_REQUEST = 3000
_ATTEMPTS = 3
_PAUSE_S = 1.0
_LONGEST_PAUSE_S = 120.0


@dataclass(frozen=True, slots=True)
class Memento:
    """One capture in a web archive: when (aware, UTC), of which address, and a digest of its body."""

    at: datetime
    url: str
    digest: str

    @property
    def timestamp(self) -> str:
        """The time as archives write it, 14 digits."""
        return f"{self.at:%Y%m%d%H%M%S}"

    @property
    def month(self) -> date:
        """The first day of its month."""
        return date(self.at.year, self.at.month, 1)


class WebArchive:
    """A web archive, asked one request at a time.

    Args:
        cdx: Address of its CDX server.  Captures lie below ``/web/`` of the same host, as in the Wayback Machine; where
            something stands before ``/cdx``, they lie below that, as in pywb's collections.
        settings: Who asks, and how much is taken.
        clock: Where pauses come from.
    """

    def __init__(self, cdx: str, settings: FetchSettings, clock: Clock = SYSTEM_CLOCK) -> None:
        parts = urlsplit(cdx)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(f"{cdx!r} is no address of a CDX server.", f"Give one such as {CDX_URL}.")
        self.cdx = cdx
        collection = parts.path.partition("/cdx")[0]
        self.prefix = f"{parts.scheme}://{parts.netloc}{collection or '/web'}/"
        self._settings = settings
        self._clock = clock
        self._via = Via(self.prefix)

    def mementos(self, url: str, since: date | None, until: date | None) -> Iterator[Memento]:
        """The good captures of an address in the order of time, each only where its body differs from the one before.

        Args:
            url: An original address.
            since: The first day, in UTC.
            until: The last day, in UTC, included.

        Raises:
            WaitError: If the archive does not answer, or puts us off.
            StrategiemonitorError: If its answer cannot be understood.
        """
        before: str | None = None
        resume: str | None = None
        while True:
            rows, resume = self._page(url, since, until, resume)
            for row in rows:
                if row.digest != before:
                    yield row
                before = row.digest
            if resume is None:
                return

    def fetch_settings(self, memento: Memento) -> FetchSettings:
        """How to ask for a capture's bytes: through the archive at just that time."""
        return replace(self._settings, via=f"{self.prefix}{memento.timestamp}id_/")

    def _page(
        self, url: str, since: date | None, until: date | None, resume: str | None
    ) -> tuple[list[Memento], str | None]:
        """Some rows, and the key of those that follow."""
        query = {
            "url": url,
            "output": "json",
            "fl": ",".join(_FIELDS),
            "filter": "statuscode:200",
            "collapse": "digest",
            "limit": str(_ROWS_A_REQUEST),
            "showResumeKey": "true",
        }
        if since is not None:
            query["from"] = f"{since:%Y%m%d}"
        if until is not None:
            query["to"] = f"{until:%Y%m%d}"
        if resume is not None:
            query["resumeKey"] = resume
        return _rows(self._ask(f"{self.cdx}?{urlencode(query)}"), self.cdx)

    def _ask(self, address: str) -> bytes:
        """An answer's body; a busy archive is asked again after the pause that it wants."""
        pause_s = _PAUSE_S
        said = ""
        for attempt in range(_ATTEMPTS):
            if attempt or not self._via.is_loopback:
                self._clock.sleep(pause_s)
            exchange = self._once(address)
            if exchange.error is None and exchange.status == 200:
                return exchange.body
            said = exchange.error.detail if exchange.error else f"HTTP {exchange.status} {exchange.reason}".strip()
            wanted = exchange.header("Retry-After") or ""
            pause_s = float(wanted[:6]) if wanted.isdigit() else pause_s * 2
            if pause_s > _LONGEST_PAUSE_S:
                break
        raise WaitError(f"{self.cdx} gave no list of captures: {said}.", "Run the same command again later.")

    def _once(self, address: str) -> Exchange:
        limits = self._settings.limits
        line = Line(
            PeerRules(self._settings.allowed_peers, self._via.authority), limits.connect_timeout_s, system_resolver
        )
        transport = Transport(line, self._settings.ca_bundle)
        try:
            exchanger = Exchanger(transport, line, limits, self._clock, honour_memento=False)
            return exchanger.get(Target(address, address), request_headers(self._settings.user_agent))
        finally:
            transport.close()


def _rows(body: bytes, cdx: str) -> tuple[list[Memento], str | None]:
    """The captures of one answer: a header row, rows, and behind an empty row the key to go on with."""
    if not body.strip():
        return [], None
    try:
        table: list[list[Any]] = json.loads(body)
        if not table:
            return [], None
        names, *rows = table
        key = rows[-1][0] if len(rows) > 1 and rows[-2] == [] else None
        places = {name: names.index(name) for name in _FIELDS}
        found = [
            Memento(
                datetime.strptime(row[places["timestamp"]], "%Y%m%d%H%M%S").replace(tzinfo=UTC),
                str(row[places["original"]]),
                str(row[places["digest"]]),
            )
            for row in rows
            if len(row) == len(names) and row[places["statuscode"]] == "200"
        ]
    except (ValueError, TypeError, AttributeError, IndexError) as error:
        raise StrategiemonitorError(
            f"{cdx} answered with no table of captures ({error}).", "Check the address given with --cdx."
        ) from error
    return found, key


def months(mementos: Iterator[Memento]) -> dict[date, list[Memento]]:
    """Captures by month, in the order of time."""
    found: dict[date, list[Memento]] = {}
    for memento in sorted(mementos, key=lambda one: one.at):
        found.setdefault(memento.month, []).append(memento)
    return found


def is_known(memento: Memento, moments: frozenset[datetime]) -> bool:
    """Whether a capture of that very second is there already."""
    return any(abs(moment - memento.at) < timedelta(seconds=1) for moment in moments)
