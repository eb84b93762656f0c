"""The changes of a page told from its whole history: what follows when an older capture slots in, or all is read anew.

Every two successive observations with different versions have their changes.  Pairs that were told before stay as they
were told; only the class may differ now, because the content turns out to have been there before (a ``return``), or
not.  Nothing told here alerts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from extract.model import Declaration
from transform.change import Cause, Change, ChangeClass, ChangeKind, Entity
from transform.compare.comparison import compare
from transform.compare.links import compare_links
from transform.compare.telling import tell
from transform.deriving import changed_by_page, dated
from transform.memory import Links
from transform.night import DatedChange
from transform.urls import canonical_url
from transform.version import Observation, Version


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A change of the page that was told and stands: its interval, the versions before and after it, its class."""

    change_id: str
    not_before: datetime
    not_after: datetime
    before_version_id: str
    after_version_id: str
    change_class: str
    is_move: bool = False
    is_widened: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Two successive observations; ``returned`` says that the content of the later one had been there before."""

    before: Observation
    after: Observation
    returned: bool
    told: tuple[ToldChange, ...]

    @property
    def differs(self) -> bool:
        """Whether there is something to compare that nobody has compared."""
        has_told = any(not change.is_move and change.change_class != ChangeClass.LINK_NOISE for change in self.told)
        return self.before.version_id != self.after.version_id and not has_told


@dataclass(frozen=True, slots=True)
class Retelling:
    """Changes that were not told before, and the classes of told ones that are different now, by ``change_id``."""

    changes: tuple[DatedChange, ...]
    classes: dict[str, str]


def pairs_of(seen: Sequence[Observation], told: Sequence[ToldChange]) -> tuple[Pair, ...]:
    """The successive observations of one page, two by two; ``seen`` is ordered by time."""
    by_end: defaultdict[tuple[datetime, str], list[ToldChange]] = defaultdict(list)
    for change in told:
        by_end[change.not_after, change.after_version_id].append(change)
    contents: set[str] = set()
    pairs = []
    for before, after in pairwise(seen):
        contents.add(before.content_sha256)
        known = tuple(
            change
            for change in by_end.get((after.observed_at, after.version_id), ())
            if change.before_version_id == before.version_id
            and (
                change.not_before == before.observed_at
                or (change.is_widened and change.not_before < before.observed_at)
            )
        )
        pairs.append(Pair(before, after, after.content_sha256 in contents, known))
    return tuple(pairs)


def retell(
    declaration: Declaration,
    pairs: Sequence[Pair],
    versions: Mapping[str, Version],
    moves: frozenset[tuple[str, str]] = frozenset(),
) -> Retelling:
    """What was not told of a page's history, or is to be told otherwise.

    Args:
        declaration: The page's entry in the catalogue.
        pairs: Its successive observations.
        versions: At least those of the pairs that differ; two of different extractors are not compared.
        moves: Addresses before and after of moves that are known to be permanent.
    """
    changes: list[DatedChange] = []
    classes: dict[str, str] = {}
    for pair in pairs:
        if pair.differs:
            changes += _compared(declaration, pair, versions)
        for change in pair.told:
            other = _class_now(change, returned=pair.returned)
            if other != change.change_class:
                classes[change.change_id] = other
        changes += _moved(declaration, pair, moves)
    return Retelling(tuple(changes), classes)


def retell_links(
    declaration: Declaration, seen: Sequence[tuple[Observation, Links | None]], titles: Mapping[str, str]
) -> tuple[DatedChange, ...]:
    """The links that led elsewhere from one observation to the next, as nights tell them; they are noise.

    Args:
        declaration: The page's entry in the catalogue.
        seen: Its successive observations with their links; ``None`` where they were not read anew, or no night's.
        titles: What the page is called in each version in which links differ.
    """
    changes: list[DatedChange] = []
    for (before, old), (after, new) in pairwise(seen):
        if old is None or new is None or old == new:
            continue
        same_words = before.version_id == after.version_id
        changes += [
            dated(
                declaration,
                change,
                (before.version_id, after.version_id),
                (before.observed_at, after.observed_at),
                alerts=False,
            )
            for change in compare_links(old, new, same_words=same_words, title=titles[before.version_id])
        ]
    return tuple(changes)


def read_anew(declaration: Declaration, old: Version, new: Version, at: datetime) -> tuple[DatedChange, ...]:
    """What another extractor reads differently in one body; dated to the last time at which the page showed it."""
    return tuple(
        dated(declaration, change, (old.version_id, new.version_id), (at, at), alerts=False)
        for change in compare(old, new, cause=Cause.EXTRACTOR)
    )


def _compared(declaration: Declaration, pair: Pair, versions: Mapping[str, Version]) -> list[DatedChange]:
    before, after = versions[pair.before.version_id], versions[pair.after.version_id]
    if before.extractor != after.extractor:
        return []
    return [_dated(declaration, change, pair) for change in changed_by_page(before, after, returned=pair.returned)]


def _class_now(change: ToldChange, *, returned: bool) -> str:
    """What was news may turn out to be a return, and a return to be news; a link is neither."""
    if change.is_move or change.change_class == ChangeClass.LINK_NOISE:
        return change.change_class
    if returned:
        return str(ChangeClass.RETURN)
    return str(ChangeClass.CONTENT) if change.change_class == ChangeClass.RETURN else change.change_class


def _moved(declaration: Declaration, pair: Pair, moves: frozenset[tuple[str, str]]) -> list[DatedChange]:
    """The move to another address, where it is known as one and not told for this very interval."""
    before, after = pair.before.url, pair.after.url
    if canonical_url(before) == canonical_url(after) or any(change.is_move for change in pair.told):
        return []
    known = {(canonical_url(old), canonical_url(new)) for old, new in moves}
    if (canonical_url(before), canonical_url(after)) not in known:
        return []
    move = tell(Entity.PAGE, declaration.page_id, ChangeKind.MOVED, field="url", before=before, after=after)
    return [_dated(declaration, move, pair)]


def _dated(declaration: Declaration, change: Change, pair: Pair) -> DatedChange:
    return dated(
        declaration,
        change,
        (pair.before.version_id, pair.after.version_id),
        (pair.before.observed_at, pair.after.observed_at),
        alerts=False,
    )
