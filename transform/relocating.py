"""Records whose declared place is no longer found: the last good ones stand, and where their words stand now is told.

A locator that matches nothing is drift and no deletion.  As long as the page still says the words of the records, these
stay what they were, and whoever mends the declaration is told where the words are now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from extract.model import Declaration, Element, Locator, RecordKind
from transform.compare.standing import standing
from transform.compare.wording import shortened
from transform.document import Document
from transform.german.text import comparable, key
from transform.records import ActionField, Goal, Records
from transform.records_reader import read_records
from transform.version import Version

BERLIN = ZoneInfo("Europe/Berlin")
MOST_CANDIDATES = 3
_MOST_NAMED = 5
_NAMES = {RecordKind.ACTION_FIELDS: "Handlungsfelder", RecordKind.GOALS: "Ziele"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where words of lost records stand: ``count`` of them, below the heading ``under``.

    ``read`` of them a declaration of this place would read.
    """

    under: str
    element: Element
    count: int
    read: int = 0


@dataclass(frozen=True, slots=True)
class Lost:
    """Records of one kind that lost their place, in their order, and where their words stand now."""

    kind: RecordKind
    records: tuple[ActionField, ...] | tuple[Goal, ...]
    candidates: tuple[Candidate, ...]


def lost_records(
    declaration: Declaration,
    drift: Sequence[str],
    before: Records,
    after: Records,
    document: Document | None = None,
) -> tuple[Lost, ...]:
    """The kinds of records of which none is read any more although the page still says the words of each.

    Args:
        declaration: The page's entry in the catalogue; only kinds that it locates can lose their place.
        drift: A sentence for each locator that found nothing; without any there is nothing lost.
        before: The last good records.
        after: Those read now.
        document: The page as it is now, on which the candidates are tried; without it none is.
    """
    if not drift:
        return ()
    said = standing(before, after)
    declared = {locator.records for locator in declaration.locators}
    gone: list[tuple[RecordKind, tuple[ActionField, ...] | tuple[Goal, ...], tuple[str, ...]]] = []
    if RecordKind.ACTION_FIELDS in declared and not after.action_fields:
        gone.append((RecordKind.ACTION_FIELDS, before.action_fields, tuple(one.name for one in before.action_fields)))
    if RecordKind.GOALS in declared and not after.goals:
        gone.append((RecordKind.GOALS, before.goals, tuple(one.text for one in before.goals)))
    return tuple(
        Lost(kind, records, _tried(_candidates(texts, after), kind, texts, declaration, document))
        for kind, records, texts in gone
        if texts and all(said.stands(text) for text in texts)
    )


def with_last_good(version: Version, lost: Sequence[Lost]) -> Version:
    """The version with the last good records of the kinds that lost their place."""
    records = version.records
    for one in lost:
        records = replace(records, **{str(one.kind): one.records})  # type: ignore[arg-type]  # kinds are named as tables
    return replace(version, records=records)


def told(lost: Lost, read_at: datetime) -> str:
    """What is lost, what stands instead since when (aware), and what to write into the declaration; in German."""
    names = [one.name if isinstance(one, ActionField) else one.text for one in lost.records]
    more = f" und {len(names) - _MOST_NAMED} weitere" if len(names) > _MOST_NAMED else ""
    listed = ", ".join(f"„{shortened(name, 60)}“" for name in names[:_MOST_NAMED])
    what = (
        f"{_NAMES[lost.kind]} sind an der Fundstelle der Deklaration nicht mehr zu finden. Die zuletzt am "
        f"{read_at.astimezone(BERLIN):%d.%m.%Y} gelesenen {len(names)} gelten weiter: {listed}{more}."
    )
    proposed = [one for one in lost.candidates if one.read]
    if proposed:
        where = " oder ".join(
            f'under = "{one.under}", element = "{one.element}" (liest {one.read} von {len(names)})' for one in proposed
        )
        return f"{what} Vorschlag für die Deklaration: {where}."
    found = " und ".join(f"{one.count} unter „{one.under}“" for one in lost.candidates)
    return (
        f"{what} Ihre Wörter stehen jetzt anderswo: {found}; dort liest sie noch keine Deklaration." if found else what
    )


def _candidates(texts: Sequence[str], after: Records) -> tuple[Candidate, ...]:
    """The places that hold most of the texts, the fullest first."""
    items = {(key(item.text), item.section) for item in after.list_items}
    headings = {key(section.heading) for section in after.sections}
    places: Counter[tuple[str, Element]] = Counter()
    for text in texts:
        for section in after.sections:
            if (key(text), section.path) in items:
                places[section.heading, Element.LIST_ITEMS] += 1
            elif _holds(section.text, text):
                places[section.heading, Element.SENTENCE] += 1
        for section in after.sections:
            parent = section.path.rpartition(" > ")[0].rpartition(" > ")[2]
            if key(section.heading) == key(text) and parent and key(text) in headings:
                places[parent, Element.HEADINGS] += 1
    ranked = sorted(places.items(), key=lambda entry: -entry[1])
    return tuple(Candidate(under, element, count) for (under, element), count in ranked[:MOST_CANDIDATES] if under)


def _tried(
    candidates: Sequence[Candidate],
    kind: RecordKind,
    texts: Sequence[str],
    declaration: Declaration,
    document: Document | None,
) -> tuple[Candidate, ...]:
    """The candidates with what each would read, the best first."""
    if document is None:
        return tuple(candidates)
    others = tuple(locator for locator in declaration.locators if locator.records is not kind)
    wanted = {key(text) for text in texts}
    tried = []
    for one in candidates:
        locator = Locator(records=kind, element=one.element, under=one.under)
        records = read_records(document, replace(declaration, locators=(*others, locator))).records
        read = [key(field.name) for field in records.action_fields if kind is RecordKind.ACTION_FIELDS]
        read += [key(goal.text) for goal in records.goals if kind is RecordKind.GOALS]
        tried.append(replace(one, read=len(wanted & set(read))))
    return tuple(sorted(tried, key=lambda one: (-one.read, -one.count)))


def _holds(text: str, words: str) -> bool:
    return comparable(words).casefold() in comparable(text).casefold()
