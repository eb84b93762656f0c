"""What befalls many pages of one night together: one matter, to be told once.

Three groups are known, the widest first: most pages of the night fail (our own line is down), several pages end in one
place (an error sink), several pages of one portal get the same verdict.  A page belongs to one group at most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from extract.model import PageId
from transform.verdict import Outcome, Suspicion, Verdict

MASS_SHARE = 0.6
"""From this share of failed pages on, the run itself is taken to be at fault."""
LEAST_PAGES = 3
"""Fewer pages are no group."""
_NAMED = 5

Condition = tuple[PageId, str, Verdict]
"""A page, its portal (empty where it plays no part), and what its capture was worth."""


@dataclass(frozen=True, slots=True)
class Group:
    """Pages with one trouble.

    ``kind`` is the incident's kind; ``subject`` the words with which ``detail`` begins, night after night, so that the
    incident is known again; ``heals`` says that such troubles mostly heal by the next night.
    """

    kind: str
    subject: str
    detail: str
    pages: frozenset[PageId]
    heals: bool = False


def groups_of(conditions: Sequence[Condition], scope: str = "") -> tuple[Group, ...]:
    """The groups of a night; no page is in two of them.  ``scope`` begins the detail of those over all portals."""
    mass = _mass(conditions, scope)
    taken = mass[0].pages if mass else frozenset[PageId]()
    sinks = _sinks([one for one in conditions if one[0] not in taken], scope)
    taken |= sinks[0].pages if sinks else frozenset[PageId]()
    return (*mass, *sinks, *_portals([one for one in conditions if one[0] not in taken]))


def _mass(conditions: Sequence[Condition], scope: str) -> tuple[Group, ...]:
    failed = [(page_id, verdict) for page_id, _, verdict in conditions if verdict.outcome is Outcome.FAILED]
    if len(failed) < LEAST_PAGES or len(failed) < MASS_SHARE * len(conditions):
        return ()
    page_id, verdict = failed[0]
    detail = f"{scope}{len(failed)} von {len(conditions)} Seiten nicht erreichbar, zuerst {page_id} ({verdict})."
    return (Group("mass_failure", scope, detail, frozenset(page for page, _ in failed)),)


def _sinks(conditions: Sequence[Condition], scope: str) -> tuple[Group, ...]:
    held = [page_id for page_id, _, verdict in conditions if verdict.reason == Suspicion.ERROR_SINK]
    if not held:
        return ()
    detail = f"{scope}{len(held)} Seiten zeigen dieselbe Antwort oder führen an dieselbe Adresse: {_names(held)}."
    return (Group("error_sink", scope, detail, frozenset(held)),)


def _portals(conditions: Sequence[Condition]) -> tuple[Group, ...]:
    by_trouble: defaultdict[tuple[str, str], list[tuple[PageId, Verdict]]] = defaultdict(list)
    for page_id, portal, verdict in conditions:
        if portal and not verdict.is_good:
            by_trouble[portal, str(verdict)].append((page_id, verdict))
    return tuple(
        Group(
            "portal",
            f"{portal}: {trouble}",
            f"{portal}: {trouble} auf {len(members)} Seiten: {_names([page_id for page_id, _ in members])}.",
            frozenset(page_id for page_id, _ in members),
            heals=members[0][1].outcome is Outcome.FAILED,
        )
        for (portal, trouble), members in by_trouble.items()
        if len(members) >= LEAST_PAGES
    )


def _names(pages: Sequence[PageId]) -> str:
    more = f" und {len(pages) - _NAMED} weitere" if len(pages) > _NAMED else ""
    return ", ".join(pages[:_NAMED]) + more
