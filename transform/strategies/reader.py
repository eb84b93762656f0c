"""The strategy that a page tells of: one row at most, and only where the page is about a strategy.

News and progress reports never make or change a strategy.  What the page does not say stays empty: nothing is inferred,
nothing is filled from another page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.model import Declaration, PageKind
from transform.dates.roles import horizon_of, points_ahead
from transform.document import BlockKind, Document
from transform.figures.non_figures import heads_contacts
from transform.german.sentences import sentences
from transform.german.text import key
from transform.outline import placed
from transform.records import DateRecord, DateRole, Strategy
from transform.strategies.lineage import Lineage, lineage, tells_of, without_others
from transform.strategies.naming import naming
from transform.strategies.status import decided, standing
from transform.structure.enumerations import LONGEST_SENTENCE

TELLING_KINDS = frozenset({PageKind.STRATEGY, PageKind.PROGRAMME, PageKind.ROADMAP, PageKind.THIRD_PARTY_SUMMARY})
"""Kinds of page that tell of a strategy."""

_PERIOD = re.compile(r"\b((?:19|20)\d\d)\s?[/–-]\s?((?:19|20)?\d\d)\b")
_TARGET_YEAR = re.compile(r"\b(20[2-9]\d)\b")
_SITE_NAME = re.compile(r"\s+[|»·]\s+.*$")
_OFFICE = re.compile(
    r"^(?:[\w.-]+\s+)?(?:Staatskanzlei|Senatskanzlei|\w*[Mm]inisterium|Landesregierung|Senatsverwaltung|Senator|Senatorin|"
    r"Bundesregierung|Behörde|Landesamt|Ministerin|Minister|Beauftragter?|CIO)\b"
)


@dataclass(frozen=True, slots=True)
class _Horizon:
    """The years that a strategy spans, as far as told."""

    first: int | None = None
    last: int | None = None


def read_strategies(
    document: Document, declaration: Declaration, dates: Sequence[DateRecord], relations: Lineage | None = None
) -> tuple[Strategy, ...]:
    """The strategy of a page, or none.

    Args:
        document: The page.
        declaration: Its entry in the catalogue; its kind decides whether it can tell of a strategy.
        dates: The dates read from the same page: decision, period and horizon are taken from them.
        relations: The strategies before and after it where they are known already (:func:`lineage_of`).
    """
    if declaration.kind not in TELLING_KINDS or not document.blocks:
        return ()
    told = list(_sentences(document))
    own = [(without_others(sentence), sentence) for sentence in told]
    title = page_title(document)
    relations = relations or lineage(told)
    named = naming(
        title,
        (rest for rest, _ in own if rest),
        [name for name in (relations.predecessor, relations.successor) if name],
    )
    if not named.title:
        return ()
    names = f"{named.title} {title}"
    status = standing(
        named, [("" if tells_of(each, relations.predecessor, names) else rest, each) for rest, each in own]
    )
    adopted = next((date for date in dates if date.role == DateRole.ADOPTED), None)
    if adopted is not None and status.status is None:
        status = decided(adopted.evidence)
    horizon = _horizon(named.title, dates)
    return (
        Strategy(
            position=0,
            evidence=next((sentence for sentence in (title, *told) if key(named.title) in key(sentence)), title),
            title=named.title,
            kind=str(declaration.kind),
            adopted_on=adopted.start_on if adopted else None,
            adopted_precision=str(adopted.precision) if adopted and adopted.precision else None,
            horizon_from=horizon.first,
            horizon_to=horizon.last,
            predecessor=relations.predecessor,
            successor=relations.successor,
            status=str(status.status) if status.status else None,
            authority=status.authority,
            variants=" | ".join(named.variants) or None,
            status_evidence=status.evidence,
        ),
    )


def lineage_of(document: Document) -> Lineage:
    """The strategies before and after the page's own, as far as any page tells of them."""
    return lineage(_sentences(document))


def page_title(document: Document) -> str:
    """The page's own heading: the first of level 1, else the first at all, else ``<title>`` without the site's name."""
    headings = [block for block in document.headings if block.text.strip()]
    first = next((block for block in headings if block.level == 1), headings[0] if headings else None)
    if first is not None:
        return " ".join(first.text.split())
    return _SITE_NAME.sub("", " ".join(document.title.split()))


def kicker(document: Document) -> str | None:
    """The line above the title, ``None`` where there is none."""
    return next((block.text for block in document.blocks if block.kind is BlockKind.KICKER), None)


def publisher(document: Document, declaration: Declaration) -> str:
    """Who answers for the page: the office named in the kicker ("| Staatskanzlei | Thema"), else the declared one."""
    line = kicker(document) or ""
    parts = [part.strip() for part in line.split("|") if part.strip()]
    office = next((part for part in parts if _OFFICE.match(part)), None)
    if office is None and line.lstrip().startswith("|") and len(parts) >= 2:
        office = parts[0]
    return office or declaration.publisher


def _sentences(document: Document) -> Iterator[str]:
    """The sentences of headings, paragraphs and list items, in reading order; those of contacts tell nothing."""
    for place in placed(document):
        block = place.block
        if block.kind is not BlockKind.KICKER and not heads_contacts(place.heading):
            told = (sentence for line in block.text.split("\n") for sentence in sentences(line))
            yield from (sentence for sentence in told if len(sentence) <= LONGEST_SENTENCE)


def _horizon(title: str, dates: Sequence[DateRecord]) -> _Horizon:
    """The years of the period or of the horizon told, else those in the strategy's name."""
    period = next((date for date in dates if date.role == DateRole.PERIOD), None)
    if period is not None:
        return _Horizon(int(period.start_on[:4]), int(period.end_on[:4]))
    if match := _PERIOD.search(title):
        last = match[2] if len(match[2]) == 4 else match[1][:2] + match[2]
        return _Horizon(int(match[1]), int(last))
    horizon = next((date for date in dates if date.role == DateRole.HORIZON), None)
    if horizon is not None:
        return _Horizon(last=int(horizon.end_on[:4]))
    last = horizon_of(title) if _TARGET_YEAR.search(title) else None
    dated = [date.start_on for date in dates if date.role in (DateRole.ADOPTED, DateRole.PUBLISHED)]
    return _Horizon(last=last if last and points_ahead(title, last, dated) else None)
