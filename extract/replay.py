"""Playing a run again from its WARC file: what each address answered then, in the order in which it was asked.

A :class:`ReplaySession` takes the place of :class:`extract.fetch.PortalSession`: whoever visits pages through it makes
the same captures, attempts and redirects as on that night, without a request.  Bodies are read when they are asked for.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from extract.addresses import PeerRules, normalised
from extract.archive_read import read_exchange
from extract.clock import Clock
from extract.errors import ArchiveError
from extract.fetch import FetchRequest
from extract.fetch_settings import FetchSettings
from extract.model import Capture, Exchange, FetchError, FetchErrorKind, WarcReference
from extract.politeness import retry_after_s
from extract.redirects import next_target
from extract.retries import pause_before_retry_s
from extract.via import Target, Via
from extract.warc_format import VIA_FIELD
from extract.warc_parse import is_primary
from extract.warc_records import Damage, Record, iter_records

_PREFIX = "strategiemonitor-"
_SUFFIX = ".warc.gz"


@dataclass(frozen=True, slots=True)
class ArchivedRun:
    """One run as its file has it: exchanges by address in order, and the parts of the file that cannot be read.

    ``started_at`` is aware, UTC; ``via`` is the PREFIX through which the run asked.
    """

    run_id: str
    started_at: datetime
    file: str
    via: str | None
    places: dict[str, tuple[WarcReference, ...]] = field(repr=False)
    damages: tuple[Damage, ...] = ()

    def asked(self, url: str) -> bool:
        """Whether the run asked for an address."""
        return normalised(url) in self.places


def archived_runs(folder: Path, named: str = "") -> Iterator[ArchivedRun]:
    """The runs of an archive that have ended and whose names begin so, the oldest first.

    Raises:
        ArchiveError: If a file cannot be opened.
    """
    files = [path.relative_to(folder).as_posix() for path in folder.glob(f"*/*/{_PREFIX}{named}*{_SUFFIX}")]
    for _, file in sorted((_started_at(folder, file), file) for file in files):
        yield read_run(folder, file)


def read_run(folder: Path, file: str) -> ArchivedRun:
    """One run's file, read through once; no body is kept in memory.

    Raises:
        ArchiveError: If it cannot be opened.
    """
    places: defaultdict[str, list[WarcReference]] = defaultdict(list)
    damages: list[Damage] = []
    via: str | None = None
    for record in _records(folder, file):
        if isinstance(record, Damage):
            damages.append(record)
        elif is_primary(record):
            via = via or record.fields.get(VIA_FIELD.lower())
            places[record.fields.get("warc-target-uri", "")].append(WarcReference(file, record.offset))
    return ArchivedRun(
        run_id=file.rpartition("/")[2].removeprefix(_PREFIX).removesuffix(_SUFFIX),
        started_at=_started_at(folder, file),
        file=file,
        via=via,
        places={url: tuple(found) for url, found in places.items()},
        damages=tuple(damages),
    )


class ReplaySession:
    """Answers requests from a run's file; each exchange is given out once.

    Args:
        folder: The archive folder.
        run: The run.
        settings: How the run asked; its PREFIX is taken from the run.
        retries: Whether a further answer of an address may be a further attempt at it; else each is one of its own.
    """

    def __init__(self, folder: Path, run: ArchivedRun, settings: FetchSettings, *, retries: bool = True) -> None:
        self._folder = folder
        self._retries = retries
        self._run = run
        self._limits = settings.limits
        self._via = Via(run.via)
        self._peers = PeerRules(settings.allowed_peers, self._via.authority)
        self._left = {url: deque(places) for url, places in run.places.items()}
        self._now = run.started_at
        self.ended_at = run.started_at
        """When the last exchange that was given out had ended (aware, UTC)."""

    @property
    def clock(self) -> Clock:
        """A clock that shows when the exchange given out last had ended; sleeping takes no time."""
        return Clock(now=lambda: self._now, sleep=lambda _: None)

    def fetch(self, request: FetchRequest) -> Capture:
        """The capture that the run made of an address.

        Returns:
            The last attempt's chain; where the run did not ask (any more), one exchange that says so and lies nowhere
            in the archive (``warc`` is ``None``).
        """
        url = normalised(request.url)
        number = 1
        while True:
            exchanges = self._chain(url) or (self._not_asked(request.url),)
            answer = exchanges[-1]
            asked_pause_s = retry_after_s(answer, answer.requested_at)
            pause_s = pause_before_retry_s(answer, number, asked_pause_s, math.inf, self._limits)
            if pause_s is None or not self._retries or not self._left.get(url):
                return Capture(request.page_id, request.url, exchanges, number)
            number += 1

    def all_of(self, request: FetchRequest) -> Iterator[Capture]:
        """Every capture that is left of an address, in the order of the file."""
        while self._left.get(normalised(request.url)):
            yield self.fetch(request)

    def _chain(self, url: str) -> tuple[Exchange, ...]:
        """One attempt: the redirects and the answer; empty where the run asked no more."""
        exchanges: list[Exchange] = []
        target = self._via.target(url)
        asked = {target.asked}
        while (exchange := self._take(target.url)) is not None:
            following = next_target(
                exchange, target, self._via, self._peers, asked=asked, max_redirects=self._limits.max_redirects
            )
            within_archive = isinstance(following, Target) and following.url == target.url
            if not within_archive:
                exchanges.append(exchange)
            if isinstance(following, FetchError):
                exchanges.append(self._take(target.url) or replace(exchange, status=None, error=following, body=b""))
            if not isinstance(following, Target):
                break
            target = following
            asked.add(target.asked)
        return tuple(exchanges)

    def _take(self, url: str) -> Exchange | None:
        """The next exchange of an address; one that cannot be read any more tells so."""
        left = self._left.get(url)
        if not left:
            return None
        place = left.popleft()
        try:
            exchange = read_exchange(self._folder, place)
        except ArchiveError as error:
            fault = FetchError(FetchErrorKind.INTERNAL, f"the evidence cannot be read: {error.message}")
            return Exchange(url, self._now, error=fault, warc=place)
        self._now = exchange.requested_at + timedelta(seconds=exchange.seconds)
        self.ended_at = max(self.ended_at, self._now)
        return exchange

    def _not_asked(self, url: str) -> Exchange:
        return Exchange(url, self._now, error=FetchError(FetchErrorKind.DEFERRED, "the run did not ask for it"))


def _records(folder: Path, file: str) -> Iterator[Record | Damage]:
    try:
        yield from iter_records(folder / file, name=file)
    except OSError as error:
        raise ArchiveError(f"{file} cannot be read: {error.strerror or error}.", "Restore the file.") from error


def _started_at(folder: Path, file: str) -> datetime:
    """The date of the first record, which every run writes as it begins; else that of the file's month."""
    first = next(_records(folder, file), None)
    if isinstance(first, Record) and first.type == "warcinfo":
        return datetime.fromisoformat(first.fields["warc-date"]).astimezone(UTC)
    year, month, _ = file.split("/")
    return datetime(int(year), int(month), 1, tzinfo=UTC)
