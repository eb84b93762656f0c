"""Everything read again from the archive with today's extractor: history as if that extractor had always been there.

What an observation shows is read from the body it rests on, with the linked files as they were then.  Bodies are read
page by page and kept as they are read, so that a rebuild that was killed goes on from there; that they *stand* is said
in one transaction at the end.  Values that differ from before are changes of cause ``extractor`` and never alert.
Where nothing differs nothing is written, so a second rebuild changes nothing.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from extract.model import Declaration, PageId
from flows.execution import execution_of
from flows.rereading import Key, PageReread, Reread, read_again, reading_task
from transform.identifiers import extractor_fingerprint
from transform.memory import Links
from transform.night import DatedChange
from transform.reading_code import reading_code_version
from transform.retelling import pairs_of, read_anew, retell, retell_links
from transform.version import Observation, Version
from warehouse.database import Warehouse
from warehouse.rebuild import (
    PageHistory,
    Retold,
    apply_rebuild,
    keep_rereadings,
    known_changes,
    known_rereadings,
    pages_seen,
    read_histories,
)

_PAGES_AT_ONCE = 100
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Revised:
    """One value that today's extractor reads differently, and in how many states of the page."""

    page_id: PageId
    entity: str
    field: str | None
    before: str | None
    after: str | None
    times: int


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """What a rebuild did.

    Attributes:
        snapshot_id: The run as which it stands; ``None`` where nothing differed and nothing was written.
        pages: Pages that were looked at.
        bodies_read: Bodies that were read now; others had been read by a rebuild that was interrupted.
        observations: Observations that stand with another version now.
        revised: Values that are read differently now, by page.
        kept: Observations that keep their version, with the reason.
    """

    snapshot_id: int | None
    pages: int
    bodies_read: int
    observations: int
    revised: tuple[Revised, ...]
    kept: tuple[str, ...]


@dataclass
class _Gathered:
    """What all pages together come to."""

    pages: int = 0
    bodies_read: int = 0
    observations: list[Observation] = field(default_factory=list)
    changes: list[tuple[DatedChange, int | None]] = field(default_factory=list)
    revisions: list[DatedChange] = field(default_factory=list)
    classes: dict[str, str] = field(default_factory=dict)
    links: dict[tuple[PageId, datetime], Links] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)


def rebuild(
    warehouse: Warehouse, archive: Path, catalogue: Sequence[Declaration], *, now: datetime | None = None
) -> RebuildReport:
    """Reads everything again that another extractor read.

    Args:
        warehouse: The open warehouse.
        archive: The archive folder.
        catalogue: The declared pages to look at; pages that are declared no more keep what was read of them.
        now: When the rebuild begins (aware); the present moment where ``None``.

    Raises:
        WarehouseError: Nothing of it stands; bodies that were read are not read again by the next one.
    """
    started_at = now or datetime.now(UTC)
    declared = {page.page_id: page for page in catalogue}
    wanted = [declared[page_id] for page_id in pages_seen(warehouse) if page_id in declared]
    gathered = _Gathered()
    for start in range(0, len(wanted), _PAGES_AT_ONCE):
        pages = wanted[start : start + _PAGES_AT_ONCE]
        _gather(warehouse, archive, pages, gathered, started_at)
        _log.info("%d of %d pages read again", gathered.pages, len(wanted))
    snapshot_id = _apply(warehouse, gathered, started_at, now or datetime.now(UTC))
    return RebuildReport(
        snapshot_id=snapshot_id,
        pages=gathered.pages,
        bodies_read=gathered.bodies_read,
        observations=len(gathered.observations),
        revised=_summed_up(gathered.revisions),
        kept=tuple(gathered.kept),
    )


def _apply(warehouse: Warehouse, gathered: _Gathered, started_at: datetime, at: datetime) -> int | None:
    known = known_changes(warehouse, [change.change_id for change, _ in gathered.changes])
    fresh = tuple((change, run) for change, run in gathered.changes if change.change_id not in known)
    if not (gathered.observations or fresh or gathered.classes):
        return None
    retold = Retold(tuple(gathered.observations), fresh, gathered.classes, gathered.links)
    return apply_rebuild(warehouse, retold, reading_code_version(), started_at, at)


def _gather(
    warehouse: Warehouse, archive: Path, pages: Sequence[Declaration], gathered: _Gathered, at: datetime
) -> None:
    """Some pages: read what was not read yet and keep it, then tell what follows."""
    histories = read_histories(warehouse, [page.page_id for page in pages])
    known = _known(warehouse, pages)
    tasks = [reading_task(archive, page, known, histories[page.page_id]) for page in pages]
    with execution_of(sum(task.sightings_to_read for task in tasks), len(tasks)) as execution:
        reread = {page.page_id: page for page in execution.each(read_again, tasks)}
    readings = [reading for page in reread.values() for reading in page.readings]
    keep_rereadings(warehouse, readings, at)
    gathered.pages += len(pages)
    gathered.bodies_read += len(readings)
    versions = warehouse.read_versions(_compared(histories, reread))
    for page in pages:
        _tell(page, histories[page.page_id], reread[page.page_id], versions, gathered)


def _known(warehouse: Warehouse, pages: Sequence[Declaration]) -> dict[Key, Reread]:
    """What bodies gave under today's extractors, from a rebuild before."""
    found = known_rereadings(warehouse, {extractor_fingerprint(page) for page in pages})
    versions = warehouse.read_versions(version_id for version_id, _ in found.values())
    return {
        key: ((version_id, versions[version_id].content_sha256), links) for key, (version_id, links) in found.items()
    }


def _compared(histories: dict[PageId, PageHistory], reread: dict[PageId, PageReread]) -> set[str]:
    """Ids of all versions that something is compared with."""
    wanted: set[str] = set()
    for page_id, page in reread.items():
        history = histories[page_id]
        for pair in pairs_of(page.seen, history.told):
            if pair.differs:
                wanted |= {pair.before.version_id, pair.after.version_id}
        for old, new in zip(history.sightings, page.seen, strict=True):
            if old.version_id != new.version_id:
                wanted |= {old.version_id, new.version_id}
        wanted |= {one.version_id for one, links in zip(page.seen, page.links, strict=True) if links is not None}
    return wanted


def _tell(
    page: Declaration, history: PageHistory, reread: PageReread, versions: dict[str, Version], gathered: _Gathered
) -> None:
    """What follows for one page: readings that stand now, the page's changes between them, and what we read anew."""
    gathered.kept += reread.kept
    runs = {sighting.observed_at: sighting.snapshot_id for sighting in history.sightings}
    for old, new in zip(history.sightings, reread.seen, strict=True):
        if old.version_id != new.version_id:
            gathered.observations.append(new)
    for before, after, at in _islands(history, reread.seen):
        revisions = read_anew(page, versions[before], versions[after], at)
        gathered.revisions += revisions
        gathered.changes += [(change, None) for change in revisions]
    retold = retell(page, pairs_of(reread.seen, history.told), versions, history.moves)
    gathered.changes += [(change, runs[change.not_after]) for change in retold.changes]
    gathered.classes |= retold.classes
    linked = tuple(zip(reread.seen, reread.links, strict=True))
    titles = {one.version_id: versions[one.version_id].records.title for one, links in linked if links is not None}
    gathered.changes += [(change, runs[change.not_after]) for change in retell_links(page, linked, titles)]
    if linked and linked[-1][1] is not None:
        gathered.links[page.page_id, linked[-1][0].observed_at] = linked[-1][1]


def _islands(history: PageHistory, seen: Sequence[Observation]) -> Iterator[tuple[str, str, datetime]]:
    """Version before, version now and last time, for every stretch of observations in which both stayed the same."""
    stretch: tuple[str, str] | None = None
    last: datetime | None = None
    for old, new in zip(history.sightings, seen, strict=True):
        now = (old.version_id, new.version_id)
        if stretch is not None and last is not None and now != stretch and stretch[0] != stretch[1]:
            yield (*stretch, last)
        stretch, last = now, old.observed_at
    if stretch is not None and last is not None and stretch[0] != stretch[1]:
        yield (*stretch, last)


def _summed_up(revisions: Sequence[DatedChange]) -> tuple[Revised, ...]:
    """The values that differ, each once, with how often."""
    counted = Counter(
        (one.page_id, str(one.change.entity), one.change.field, one.change.before, one.change.after)
        for one in revisions
    )
    return tuple(Revised(*value, times) for value, times in counted.items())
