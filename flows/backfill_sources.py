"""Where older captures come from: files of other tools, and web archives.  Both end as runs of our own archive.

Before anything is taken in, the pages' history is read anew where another extractor read it, so that old captures and
their neighbours are compared as one extractor reads them.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from extract.addresses import host_key
from extract.archive import Archive, WarcRun
from extract.archive_read import FoundBodies
from extract.clock import SYSTEM_CLOCK, Clock
from extract.errors import WaitError
from extract.fetch import FetchRequest, PortalSession
from extract.model import Capture, Declaration, Exchange, PageId
from extract.politeness import Courtesy
from extract.replay import archived_runs, read_run
from extract.warc_import import Skipped, SkipReason, import_warc
from extract.wayback import Memento, WebArchive, is_known, months
from flows.backfill_wanted import Wanted, moments_of
from flows.backfilling import BACKFILL_PREFIX, Backfilled, is_backfill, load_run
from flows.rebuilding import rebuild
from flows.settings import Settings
from warehouse.database import Warehouse
from warehouse.rebuild import PageHistory, read_histories
from warehouse.restore import known_runs

_FAILURES_IN_A_ROW = 5


@dataclass
class BackfillReport:
    """What a backfill did.

    Attributes:
        taken: Captures of pages that were taken in.
        promoted: Those of them that showed the page.
        files: Captures of files that the pages link.
        known: Captures that were there already.
        changes: Changes told anew.
        skipped: What was not taken, with file, offset and reason, or address, time and reason.
    """

    taken: int = 0
    promoted: int = 0
    files: int = 0
    known: int = 0
    changes: int = 0
    skipped: list[str] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, loaded: Backfilled) -> None:
        """Counts what a run came to."""
        self.taken += loaded.captures
        self.promoted += loaded.promoted
        self.files += loaded.files
        self.changes += loaded.changes

    def skip(self, reason: str, detail: str) -> None:
        """Notes what was not taken."""
        self.reasons[reason] += 1
        if reason != "no_page":
            self.skipped.append(f"{reason}: {detail}")


class _Intake:
    """The run of one backfill, begun with the first capture that is kept."""

    def __init__(self, archive: Archive, now: datetime) -> None:
        self._archive = archive
        self._now = now
        self.warc: WarcRun | None = None

    def store(self, exchange: Exchange, via: str | None = None) -> Exchange:
        """Keeps an exchange in the run's file."""
        if self.warc is None:
            name = f"{BACKFILL_PREFIX}{self._now:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}"
            self.warc = self._archive.open_run(name, self._now)
        return self.warc.store(exchange, via=via)


class Backfill:
    """One backfill into an open warehouse.

    Args:
        settings: The installation.
        warehouse: The open warehouse.
        pages: The pages that are to have older captures.
        catalogue: All declared pages.
    """

    def __init__(
        self,
        settings: Settings,
        warehouse: Warehouse,
        pages: Sequence[Declaration],
        catalogue: Sequence[Declaration],
        clock: Clock = SYSTEM_CLOCK,
    ) -> None:
        self._settings = settings
        self._warehouse = warehouse
        self._pages = pages
        self._catalogue = catalogue
        self._clock = clock
        self._archive = Archive(settings.archive)
        self._failures = 0
        self.report = BackfillReport()

    def from_files(self, files: Sequence[Path]) -> BackfillReport:
        """Takes in the pages' answers that lie in WARC files.

        Raises:
            ArchiveError: If a file cannot be opened; captures of the files before it are taken in by the next backfill.
        """
        wanted = Wanted(self._pages, self._prepared())
        bodies: FoundBodies = {}
        with self._intake() as intake:
            for file in files:
                for found in import_warc(file, wanted.is_page, bodies):
                    if isinstance(found, Skipped):
                        self.report.skip(found.reason, f"{found.file} at {found.offset}: {found.detail}")
                        continue
                    wanted.note_links(found)
                    self._keep(found, intake, is_known=wanted.has_page(found))
            for file in files if wanted.has_files else ():
                self._take_files(import_warc(file, wanted.is_file, bodies), wanted, intake)
        return self.report

    def _take_files(self, found: Iterator[Exchange | Skipped], wanted: Wanted, intake: _Intake) -> None:
        """The files that pages link, in a second reading: only now all links are known.

        What else lies in the WARC file was told at the first reading, these files among it, as no page.
        """
        for one in found:
            if isinstance(one, Exchange):
                self.report.reasons[SkipReason.NO_PAGE] -= 1
                self._keep(one, intake, is_known=wanted.has_file(one))
            elif one.url and one.reason is not SkipReason.NO_PAGE:
                self.report.reasons[SkipReason.NO_PAGE] -= 1
                self.report.skip(one.reason, f"{one.file} at {one.offset}: {one.detail}")

    def _keep(self, exchange: Exchange, intake: _Intake, *, is_known: bool) -> None:
        if is_known:
            self.report.known += 1
        else:
            intake.store(exchange)

    def from_web_archive(
        self,
        archive: WebArchive,
        since: date | None,
        until: date | None,
        watch: Callable[[date, int], None] = lambda *_: None,
    ) -> BackfillReport:
        """Takes in what a web archive has of the pages, one month after the other, each loaded before the next begins.

        Raises:
            WaitError: If the archive does not answer any more; months that were taken in stay.
        """
        histories = self._prepared()
        wanted: dict[date, list[tuple[Declaration, Memento]]] = {}
        for page in self._pages:
            for month, mementos in self._months(archive, page, histories[page.page_id], since, until).items():
                wanted.setdefault(month, []).extend((page, memento) for memento in mementos)
        for month in sorted(wanted):
            watch(month, len(wanted[month]))
            with self._intake() as intake:
                self._fetch(archive, wanted[month], intake)
        return self.report

    def _prepared(self) -> dict[PageId, PageHistory]:
        """The pages' histories, read by today's extractor, with backfills that were kept and not loaded."""
        self._archive.recover()
        rebuild(self._warehouse, self._settings.archive, self._pages)
        loaded = known_runs(self._warehouse)
        for run in archived_runs(self._settings.archive, BACKFILL_PREFIX):
            if is_backfill(run.run_id) and run.run_id not in loaded:
                self.report.add(load_run(self._settings, run, self._catalogue, self._warehouse))
        return read_histories(self._warehouse, [page.page_id for page in self._pages])

    @contextmanager
    def _intake(self) -> Iterator[_Intake]:
        """A run that is closed and loaded at the end, also where the source failed half-way."""
        intake = _Intake(self._archive, self._clock.now())
        try:
            yield intake
        finally:
            if intake.warc is not None:
                intake.warc.close()
                run = read_run(self._settings.archive, intake.warc.file)
                self.report.add(load_run(self._settings, run, self._catalogue, self._warehouse))

    def _months(
        self, archive: WebArchive, page: Declaration, history: PageHistory, since: date | None, until: date | None
    ) -> dict[date, list[Memento]]:
        """The captures that nobody has yet, by month."""
        moments = moments_of(history.bodies)
        found = []
        for memento in archive.mementos(page.url, since, until):
            if is_known(memento, moments):
                self.report.known += 1
            else:
                found.append(memento)
        return months(iter(found))

    def _fetch(self, archive: WebArchive, wanted: Sequence[tuple[Declaration, Memento]], intake: _Intake) -> None:
        """Asks for each capture in turn and keeps it."""
        courtesy = Courtesy(self._settings.fetching(archive.prefix), self._clock)
        for page, memento in wanted:
            fetching = archive.fetch_settings(memento)
            via = fetching.via

            def keep(exchange: Exchange, via: str | None = via) -> Exchange:
                return intake.store(exchange, via)

            with PortalSession(fetching, sink=keep, courtesy=courtesy, clock=self._clock) as session:
                capture = session.fetch(FetchRequest(page.page_id, memento.url))
            problem = _problem(capture)
            self._failures = self._failures + 1 if problem else 0
            if problem:
                self.report.skip("not_had", f"{memento.url} of {memento.timestamp}: {problem}")
            if self._failures >= _FAILURES_IN_A_ROW:
                raise WaitError(
                    f"{host_key(archive.prefix)} failed {self._failures} times in a row, last: {problem}.",
                    "Run the same command again later; what was taken in is not asked for again.",
                )


def _problem(capture: Capture) -> str | None:
    """Why a web archive's answer is no capture of the page."""
    answer = capture.answer
    if answer.error is not None:
        return f"{answer.error.kind}: {answer.error.detail}"
    if answer.status != 200:
        return f"HTTP {answer.status}"
    return None if answer.memento_at is not None else "the answer does not say of when it is (Memento-Datetime)"
