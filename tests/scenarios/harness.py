"""Nights played over real HTTP through the real steps of a run, without Prefect's engine.

A night costs a fraction of a second.

::

    with Play(tmp_path, page_declared(URL)) as play:
        play.night({URL: html(NORDMARK)})
        told = play.night({URL: html(edited)})
        told.changes, told.alerts, told.verdicts

Night ``k`` is what the scripted server answers below ``/n<k>/``, as a web archive would (``--via``), with the night's
``Memento-Datetime``; only the clock's pauses are left out.
"""

from __future__ import annotations

import shutil
import tempfile
import time
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from extract.archive import Archive
from extract.clock import Clock
from extract.fetch import PortalSession, Sink
from extract.fetch_settings import FetchLimits, FetchSettings
from extract.model import Declaration, Exchange, Locator, PageId, PageKind
from extract.politeness import Courtesy
from flows.channels import Sent
from flows.delivering import deliver_pending
from flows.night import Run, build_night
from flows.visiting import PageVisit, VisitPlan, visit_pages
from tests.support.pdf import pdf_bytes
from tests.support.server import Answer, ScriptedServer
from tests.support.strategy_pages import StrategyPage, markup
from transform.change import Cause, Change, ChangeClass
from transform.delivery import PendingDelivery
from transform.memory import PageMemory
from transform.night import Alert, DatedChange, IncidentEvent, Night
from transform.routing import DEFAULT_ROUTES
from warehouse.database import Warehouse
from warehouse.load import LoadReport
from warehouse.publish import publish

START = datetime(2026, 3, 2, 3, 10, tzinfo=UTC)
NIGHT = timedelta(days=1)
AGENT = "Strategiemonitor/1 (+https://monitor.example/kontakt)"
URL = "https://digital.nordmark.example/strategie/digitalplan"
PLAN_FILE = "https://digital.nordmark.example/hefte/digitalplan.pdf"
_LIMITS = FetchLimits(total_deadline_s=1.5, connect_timeout_s=1.0, retry_base_s=0.01)

Answers = Answer | Sequence[Answer]


def declared(url: str = URL, page_id: str = "nordmark", **values: object) -> Declaration:
    """A strategy page's declaration."""
    plain = Declaration(
        page_id=PageId(page_id),
        url=url,
        land="DE-SH",
        kind=PageKind.STRATEGY,
        is_official=True,
        publisher="Ministerium für Digitalen Wandel Nordmark",
    )
    return replace(plain, **values)  # type: ignore[arg-type]  # names of fields of Declaration


def with_locators(declaration: Declaration, *locators: Locator) -> Declaration:
    """The declaration with other locators."""
    return replace(declaration, locators=locators)


def html(page: StrategyPage | str, *headers: tuple[str, str], status: int = 200, charset: str = "utf-8") -> Answer:
    """An HTML answer."""
    text = page if isinstance(page, str) else markup(page)
    fields = (("Content-Type", f"text/html; charset={charset}"), *headers)
    return Answer(status, text.encode(charset), fields)


def redirect(target: str, status: int = 301) -> Answer:
    """A redirect to an absolute address of the original web."""
    return Answer(status, headers=(("Location", target),))


def pdf(*lines: str) -> Answer:
    """A PDF that shows these lines; without any it has no text layer."""
    return Answer(200, pdf_bytes(*lines), (("Content-Type", "application/pdf"),))


def leaping_clock() -> Clock:
    """A clock on which sleeping takes no time: it leaps ahead by what was asked for."""
    slept = [0.0]

    def sleep(seconds: float) -> None:
        slept[0] += seconds

    return Clock(
        now=lambda: datetime.now(UTC) + timedelta(seconds=slept[0]),
        monotonic=lambda: time.monotonic() + slept[0],
        sleep=sleep,
    )


@dataclass
class Inbox:
    """A channel that keeps what it was sent; ``refusing`` makes it refuse."""

    received: list[PendingDelivery] = field(default_factory=list)
    refusing: bool = False

    def send(self, delivery: PendingDelivery) -> Sent:
        """Takes or refuses a message."""
        if self.refusing:
            return Sent(delivered=False, response="451 come back later")
        self.received.append(delivery)
        return Sent(delivered=True, response="250 taken")


@dataclass(frozen=True)
class Told:
    """What one night found out."""

    night: Night
    report: LoadReport

    @property
    def verdicts(self) -> dict[str, str]:
        """The verdict of each page."""
        return {page.declaration.page_id: str(page.verdict) for page in self.night.pages}

    @property
    def verdict(self) -> str:
        """The verdict of the only page."""
        (verdict,) = self.verdicts.values()
        return verdict

    @property
    def dated(self) -> tuple[DatedChange, ...]:
        """All changes, whoever caused them, with their interval."""
        return tuple(change for page in self.night.pages for change in page.changes)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What the page changed."""
        return tuple(dated.change for dated in self.dated if dated.change.cause is Cause.PAGE)

    @property
    def kinds(self) -> list[str]:
        """The page-caused content changes as words: ``figure changed value``."""
        return sorted(
            " ".join(filter(None, (change.entity, change.kind, change.field)))
            for change in self.changes
            if change.change_class in (ChangeClass.CONTENT, ChangeClass.RETURN)
        )

    @property
    def content_alerts(self) -> tuple[Alert, ...]:
        """Alerts about content."""
        return tuple(alert for alert in self.night.alerts if alert.kind == "content")

    @property
    def incident_alerts(self) -> tuple[Alert, ...]:
        """Alerts about incidents."""
        return tuple(alert for alert in self.night.alerts if alert.kind == "incident")

    @property
    def incidents(self) -> tuple[IncidentEvent, ...]:
        """What befell incidents."""
        return self.night.incidents

    @property
    def incident_actions(self) -> list[tuple[str, str]]:
        """Kind and action of each incident event."""
        return [(event.kind, event.action) for event in self.night.incidents]


@cache
def _empty_warehouse() -> bytes:
    """A warehouse without a night, made once: migrations and views cost as much as a night."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.duckdb"
        Warehouse.open(path).close()
        return path.read_bytes()


class Play:
    """An installation in a folder of its own, a server for its nights, and the nights played so far."""

    def __init__(self, folder: Path, *pages: Declaration, full_fetch_after: timedelta = timedelta(days=30)) -> None:
        self.folder = folder
        self.pages: tuple[Declaration, ...] = pages or (declared(),)
        self.full_fetch_after = full_fetch_after
        self.count = 0
        self.server = ScriptedServer()
        self.inbox = Inbox()
        self.clock = leaping_clock()
        self._warehouse: Warehouse | None = None

    @classmethod
    def left_after(cls, folder: Path, answers: Mapping[str, Answers], *pages: Declaration) -> Path:
        """The folder of a play that was left after one night; to be gone on from, not to be written to."""
        with cls(folder, *pages) as play:
            play.night(answers)
        return folder

    @classmethod
    def going_on(cls, before: Path, folder: Path, *pages: Declaration) -> Self:
        """A play of the nights after the first one, which another play has left in the folder ``before``."""
        shutil.copytree(before, folder, dirs_exist_ok=True)
        play = cls(folder, *pages)
        play.count = 1
        return play

    def __enter__(self) -> Self:
        self.server.__enter__()
        path = self.folder / "warehouse" / "strategiemonitor.duckdb"
        if not path.exists():
            path.parent.mkdir(parents=True)
            path.write_bytes(_empty_warehouse())
        self._warehouse = Warehouse.open(path)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.warehouse.close()
        self.server.__exit__(kind, error, at)

    @property
    def warehouse(self) -> Warehouse:
        """The open writer's file."""
        assert self._warehouse is not None, "enter the play first"
        return self._warehouse

    def time_of(self, number: int) -> datetime:
        """The time of a night, from 0."""
        return START + number * NIGHT

    def night(self, answers: Mapping[str, Answers], *, deliver: bool = True) -> Told:
        """Plays the next night: every address not named answers 404.

        Args:
            answers: What each address answers: one answer, or one after another within the night.
            deliver: Whether what is due is delivered to the inbox.
        """
        at = self.time_of(self.count)
        self.answer_next(answers)
        told = self._run(at)
        self.count += 1
        if deliver:
            self.deliver(at)
        return told

    def answer_next(self, answers: Mapping[str, Answers]) -> None:
        """Says what the next night's addresses answer."""
        for url, answer in answers.items():
            script = (answer,) if isinstance(answer, Answer) else tuple(answer)
            dated = (_dated(one, self.time_of(self.count)) for one in script)
            self.server.answer(f"/n{self.count}/{url}", *dated)

    def visits(self) -> list[PageVisit]:
        """Fetches, archives, judges and reads the next night's pages, and loads nothing."""
        at = self.time_of(self.count)
        return self._visit(self._begin(at), self._memories())

    def nights(self, *nights: Mapping[str, Answers]) -> list[Told]:
        """Plays several nights."""
        return [self.night(answers) for answers in nights]

    def skip(self, nights: int) -> None:
        """Lets nights pass on which nothing runs."""
        self.count += nights

    def deliver(self, at: datetime) -> None:
        """Delivers what is due."""
        told, *others = self.channels
        deliver_pending(self.warehouse, {told: self.inbox, **{name: Inbox() for name in others}}, at)

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels of all routes."""
        return tuple(dict.fromkeys(name for route in DEFAULT_ROUTES for name in route.channels))

    def query(self, statement: str) -> list[tuple[object, ...]]:
        """Rows of the tables as readers see them."""
        return [tuple(row) for row in self.warehouse.connection.execute(statement).fetchall()]

    def publish(self) -> Path:
        """Publishes the copy for readers."""
        target = self.folder / "published" / "strategiemonitor.duckdb"
        publish(self.warehouse, target)
        return target

    def asked(self, number: int, url: str = URL) -> int:
        """How often an address was asked for in a night."""
        return len(self.server.asked(f"/n{number}/{url}"))

    def plan(self, via: str) -> VisitPlan:
        """How this installation visits."""
        fetching = FetchSettings(AGENT, via=via, limits=_LIMITS, min_pause_s=0.0, via_min_pause_s=0.0)
        return VisitPlan(
            fetching=fetching,
            archive=self.folder / "archive",
            full_fetch_after=self.full_fetch_after,
            second_look_s=60.0,
            clock=self.clock,
        )

    def _begin(self, at: datetime) -> Run:
        return Run(run_id=f"run-{self.count}-{uuid.uuid4().hex[:8]}", night_key=at.date().isoformat(), started_at=at)

    def _run(self, at: datetime) -> Told:
        run = self._begin(at)
        memories = self._memories()
        visits = self._visit(run, memories)
        night = build_night(run, visits, memories, self.warehouse.open_incidents(), self.warehouse.read_versions)
        return Told(night, self.warehouse.load(night))

    def _memories(self) -> dict[PageId, PageMemory]:
        return self.warehouse.memories([page.page_id for page in self.pages])

    def _visit(self, run: Run, memories: Mapping[PageId, PageMemory]) -> list[PageVisit]:
        via = self.server.url(f"/n{self.count}/")
        plan = self.plan(via)
        portals: defaultdict[str, list[Declaration]] = defaultdict(list)
        for page in self.pages:
            portals[page.portal].append(page)
        archive = Archive(plan.archive)
        archive.recover()
        courtesy = Courtesy(plan.fetching, plan.clock)
        with archive.open_run(run.run_id, run.started_at) as warc:

            def keep(exchange: Exchange) -> Exchange:
                return warc.store(exchange, via=via)

            found: dict[PageId, PageVisit] = {}
            for pages in portals.values():
                with self.session(plan, keep, courtesy) as session:
                    visits = visit_pages(plan, session, [(page, memories[page.page_id]) for page in pages])
                found |= {visit.declaration.page_id: visit for visit in visits}
        return [found[page.page_id] for page in self.pages]

    def session(self, plan: VisitPlan, keep: Sink, courtesy: Courtesy) -> PortalSession:
        """Who fetches."""
        return PortalSession(plan.fetching, sink=keep, courtesy=courtesy, clock=plan.clock)


def _dated(answer: Answer, at: datetime) -> Answer:
    stamp = ("Memento-Datetime", format_datetime(at, usegmt=True))
    return replace(answer, headers=(*answer.headers, stamp))
