"""Putting a night together: visits in, a :class:`transform.night.Night` out, and the summary that people see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from extract.errors import StrategiemonitorError
from extract.model import Declaration, PageId
from flows.visiting import PageVisit
from transform.alerting import content_alerts, incident_alerts
from transform.change import Cause, ChangeClass
from transform.deriving import Derived, Shown, derive
from transform.incidents import PageCondition, incident_events
from transform.judging.judge import error_sinks
from transform.memory import OpenIncident, PageMemory
from transform.night import DatedChange, JudgedCapture, Night, PageNight
from transform.portal_groups import PortalGroup
from transform.reading_code import reading_code_version
from transform.relocating import lost_records, told, with_last_good
from transform.routing import DEFAULT_ROUTES, Route
from transform.verdict import Outcome, Suspicion, Verdict
from transform.version import Version

_GOOD = frozenset({str(Outcome.VERIFIED), str(Outcome.NOT_MODIFIED)})

VersionsReader = Callable[[Iterable[str]], Mapping[str, Version]]
"""Reads stored versions by their ids, all at once."""


@dataclass(frozen=True, slots=True)
class Run:
    """What identifies a run; times are aware, UTC.  ``group`` are the portals of it, where others visit the rest."""

    run_id: str
    night_key: str
    started_at: datetime
    group: PortalGroup | None = None


@dataclass(frozen=True, slots=True)
class ChangedPage:
    """A page with page-caused content changes, as ``refresh --json`` tells it."""

    page: PageId
    changes: int
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What ``refresh --json`` prints: the contract's object, field by field.

    Beyond it, ``verdicts`` has every page's, and ``unpublished`` says why there is no new copy for readers.
    """

    snapshot: int
    observed_at: datetime
    pages: Mapping[str, int]
    changed: tuple[ChangedPage, ...]
    incidents_opened: int
    alerts: int
    quarantined: int
    seconds: float
    verdicts: Mapping[PageId, str] = field(default_factory=dict)
    unpublished: str = ""

    @property
    def good(self) -> int:
        """How many pages are verified or not modified."""
        return self.pages["verified"] + self.pages["not_modified"]

    @property
    def held_back(self) -> dict[PageId, str]:
        """The pages that are neither, with their verdicts."""
        return {page: verdict for page, verdict in self.verdicts.items() if verdict not in _GOOD}

    @property
    def exit_status(self) -> int:
        """0 where every page is verified or not modified and readers have them, else 3: loaded all the same."""
        return 0 if self.good == self.pages["total"] and not self.unpublished else 3


class NothingVerifiedError(StrategiemonitorError):
    """The run is loaded, and none of its pages was verified: how a flow run fails that has a summary all the same."""

    exit_status = 3

    def __init__(self, message: str, summary: RunSummary) -> None:
        super().__init__(message, "Look at the incidents: strategiemonitor incidents; and at: strategiemonitor doctor.")
        self.summary = summary


def build_night(
    run: Run,
    visits: Sequence[PageVisit],
    memories: Mapping[PageId, PageMemory],
    open_incidents: Iterable[OpenIncident],
    read_versions: VersionsReader,
    routes: Sequence[Route] = DEFAULT_ROUTES,
    catalogue: tuple[Declaration, ...] = (),
) -> Night:
    """All that one run found out, ready to be loaded; ``catalogue`` is every declared page, visited or not."""
    visits = without_sinks(visits)
    stored = read_versions(_compared_versions(visits, memories))
    visits = tuple(_with_last_good(visit, memories[visit.declaration.page_id], stored) for visit in visits)
    derived = {visit.declaration.page_id: _derived(visit, memories, stored) for visit in visits}
    pages = tuple(_page_night(visit, derived[visit.declaration.page_id]) for visit in visits)
    observed_at = _observed_at(run, visits)
    conditions = [_condition(visit, derived[visit.declaration.page_id]) for visit in visits]
    asked = {visit.declaration.page_id for visit in visits}
    ours = run.group.narrowed(catalogue) if run.group else catalogue
    asked_all = asked >= {declaration.page_id for declaration in ours}
    events = incident_events(conditions, open_incidents, observed_at, asked_all=asked_all, group=run.group)
    declarations = [_named(visit, memories[visit.declaration.page_id], stored) for visit in visits]
    changes = [change for page in pages for change in page.changes]
    return Night(
        run_id=run.run_id,
        night_key=run.night_key,
        started_at=run.started_at,
        observed_at=observed_at,
        extractor=reading_code_version(),
        pages=pages,
        incidents=events,
        alerts=(
            *content_alerts(changes, declarations, routes, run.started_at),
            *incident_alerts(events, declarations, routes, run.started_at),
        ),
        # One group speaks for the whole catalogue: a row a page from each would be rows times groups.
        catalogue=catalogue if run.group is None or run.group.number == 1 else (),
    )


def _named(visit: PageVisit, memory: PageMemory, stored: Mapping[str, Version]) -> Declaration:
    """The page's declaration as messages need it: with the title that the page gives itself, where none is declared.

    A page that cannot be read tonight is called by its last good title.
    """
    last = stored.get(memory.last_good.version_id) if memory.last_good else None
    known = visit.version or last
    if visit.declaration.title or known is None:
        return visit.declaration
    return replace(visit.declaration, title=known.records.title or None)


def without_sinks(visits: Sequence[PageVisit]) -> tuple[PageVisit, ...]:
    """The visits, with pages that all ended at one address or one body held back as an error sink."""
    sinks = error_sinks(
        [
            (
                visit.declaration.page_id,
                visit.last.capture.final_url,
                visit.last.body_sha256 or "",
                visit.declaration.url,
            )
            for visit in visits
            if visit.last.body_sha256
        ]
    )
    return tuple(_held_back(visit) if visit.declaration.page_id in sinks else visit for visit in visits)


def _held_back(visit: PageVisit) -> PageVisit:
    verdict = Verdict(Outcome.SUSPECT, Suspicion.ERROR_SINK, "several pages ended at one address or one body")
    judged = tuple(
        replace(item, verdict=verdict) if item.resource == "page" and item.verdict.is_good else item
        for item in visit.judged
    )
    return PageVisit(visit.declaration, judged)


def _compared_versions(visits: Iterable[PageVisit], memories: Mapping[PageId, PageMemory]) -> set[str]:
    """Ids of the stored versions that something is to be compared with, or that name a page in trouble."""
    return {
        last.version_id
        for visit in visits
        if not visit.verdict.is_good or visit.version is not None or visit.reread is not None
        if (last := memories[visit.declaration.page_id].last_good) is not None
    }


def _derived(visit: PageVisit, memories: Mapping[PageId, PageMemory], stored: Mapping[str, Version]) -> Derived | None:
    """What follows from a visit; ``None`` where the page did not show itself."""
    if not visit.verdict.is_good:
        return None
    memory = memories[visit.declaration.page_id]
    last = stored.get(memory.last_good.version_id) if memory.last_good else None
    return derive(visit.declaration, memory, Shown(visit.last, visit.version, visit.links), last, visit.reread)


def _with_last_good(visit: PageVisit, memory: PageMemory, stored: Mapping[str, Version]) -> PageVisit:
    """The visit with the last good records of each kind that lost its declared place, and with what to do about it."""
    last = memory.last_good
    if not visit.drift or visit.version is None or last is None or last.version_id not in stored:
        return visit
    before = (visit.reread or stored[last.version_id]).records
    lost = lost_records(visit.declaration, visit.drift, before, visit.version.records, visit.lost_in)
    if not lost:
        return visit
    sentences = tuple(told(one, last.observed_at) for one in lost)
    return replace(visit, version=with_last_good(visit.version, lost), drift=sentences)


def _page_night(visit: PageVisit, derived: Derived | None) -> PageNight:
    versions = {version.version_id: version for version in (visit.reread, visit.version) if version is not None}
    return PageNight(
        declaration=visit.declaration,
        verdict=visit.verdict,
        captures=visit.judged,
        versions=tuple(versions.values()) if derived else (),
        observations=derived.observations if derived else (),
        changes=derived.changes if derived else (),
        quarantined=visit.quarantined if derived else (),
        documents=visit.documents,
        texts=visit.texts,
        links=derived.links if derived else None,
        reading=visit.reading,
    )


def _condition(visit: PageVisit, derived: Derived | None) -> PageCondition:
    return PageCondition(
        page_id=visit.declaration.page_id,
        verdict=visit.verdict,
        drift=visit.drift,
        flapping=bool(derived and derived.flapping),
        portal=visit.declaration.portal,
    )


def _observed_at(run: Run, visits: Sequence[PageVisit]) -> datetime:
    """The time that the run speaks of: the latest ``Memento-Datetime``, else its start."""
    mementos = [at for visit in visits for judged in visit.judged for at in _mementos(judged)]
    return max(mementos, default=run.started_at)


def _mementos(judged: JudgedCapture) -> list[datetime]:
    return [exchange.memento_at for exchange in judged.capture.exchanges if exchange.memento_at is not None]


def summarise(night: Night, snapshot: int, alerts: int, quarantined: int, seconds: float) -> RunSummary:
    """The summary of a loaded night."""
    tally = Counter(str(page.verdict.outcome) for page in night.pages)
    return RunSummary(
        snapshot=snapshot,
        observed_at=night.observed_at,
        pages={"total": len(night.pages), **{outcome.value: tally[outcome.value] for outcome in Outcome}},
        changed=tuple(
            ChangedPage(page.declaration.page_id, len(telling), tuple(dict.fromkeys(map(_kind, telling))))
            for page in night.pages
            if (telling := [change for change in page.changes if _is_content(change)])
        ),
        incidents_opened=sum(event.action == "opened" for event in night.incidents),
        alerts=alerts,
        quarantined=quarantined,
        seconds=round(seconds, 2),
        verdicts={page.declaration.page_id: str(page.verdict) for page in night.pages},
    )


def _is_content(dated: DatedChange) -> bool:
    return dated.change.cause is Cause.PAGE and dated.change.change_class is ChangeClass.CONTENT


def _kind(dated: DatedChange) -> str:
    return f"{dated.change.entity} {dated.change.kind}"
