"""The fields of action of a strategy: Handlungsfelder, Themenfelder, Grundlagen, Schwerpunkte.

A declared locator says where they stand.  Without one, or where its place is gone, they are found by the noun that
announces them.  A page that announces none has none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from extract.model import Declaration, PageKind, RecordKind
from transform.document import BlockKind, Document
from transform.german.text import key
from transform.outline import Placed, placed
from transform.records import ActionField
from transform.structure.announcements import ACTION_FIELDS, HEAD_NOUNS, WEAK_ACTION_FIELDS, noun_of
from transform.structure.items import Item, ItemList, Source, child_headings, heading_item
from transform.structure.locating import located
from transform.structure.series import tidy

_NOUNS = "|".join(stem for stem, _, role in HEAD_NOUNS if role in {ACTION_FIELDS, "focus_points", "pillars"})
_LABEL = re.compile(
    rf"(?P<number>(?:\d+|[IVX]+)[.)]?\s+)?(?P<noun>[A-ZÄÖÜ]?\w*(?:{_NOUNS}))\s*(?P<rank>\d+|[IVX]+)?\s*(?P<mark>[:–—.-]+)?\s+"
    r"(?P<name>\S.*)",
    re.IGNORECASE,
)
_NUMBERING = re.compile(r"^(?:\d+(?:\.\d+)*[.)]?|[IVXL]+[.)]|[a-zA-Z]\))\s+(?=\S)")
_STRATEGIC = frozenset({PageKind.STRATEGY, PageKind.PROGRAMME, PageKind.ROADMAP, PageKind.THIRD_PARTY_SUMMARY})


@dataclass(frozen=True, slots=True)
class ActionFields:
    """The action fields of a page, the items that they were made of, and the locators that lost their place."""

    records: tuple[ActionField, ...]
    items: tuple[Item, ...]
    drift: tuple[str, ...] = ()


def read_action_fields(document: Document, declaration: Declaration, lists: Sequence[ItemList]) -> ActionFields:
    """The action fields in reading order, each name once.

    Declared locators go first; the rule is tried where there is none or where one of them has lost its place.
    """
    blocks = placed(document)
    declared = located(declaration, RecordKind.ACTION_FIELDS, blocks, lists)
    named = [(locator.group, item) for locator, items in declared.found for item in items]
    if not declared.found or (declared.drift and not named):
        named = list(_by_rule(blocks, lists, declaration))
    records, items = _records(named, _descriptions(blocks))
    groups = {record.group_name for record in records} - {None}
    headings = [
        item for found in lists for item in found.items if found.role == ACTION_FIELDS and _is_group(item, groups)
    ]
    return ActionFields(records, (*items, *headings), declared.drift)


def _is_group(item: Item, groups: Collection[str | None]) -> bool:
    """Whether an item of a list of fields is the heading of a group of them."""
    return clean_name(item.name or item.text) in groups


def clean_name(text: str) -> str:
    """A field's name without numbering ("III."), label ("Handlungsfeld 2:") and closing punctuation."""
    name = _NUMBERING.sub("", " ".join(text.split()))
    label = _LABEL.fullmatch(name)
    if label and (label["rank"] or label["mark"]):
        name = label["name"]
    return tidy(name.rstrip(":")).rstrip(":").strip() or text.strip()


def _records(
    named: Iterable[tuple[str | None, Item]], descriptions: dict[str, str]
) -> tuple[tuple[ActionField, ...], tuple[Item, ...]]:
    """Items as records; a name that comes again is the same field."""
    records: dict[str, ActionField] = {}
    items = []
    for group, item in named:
        name = clean_name(item.name or item.text)
        items.append(item)
        if key(name) in records or not name:
            continue
        records[key(name)] = ActionField(
            position=len(records),
            section=item.section,
            evidence=item.evidence,
            name=name,
            group_name=group,
            description=item.description or descriptions.get(key(name)),
        )
    return tuple(records.values()), tuple(items)


def _descriptions(blocks: Sequence[Placed]) -> dict[str, str]:
    """The text below each heading by the heading's clean name: a listed field may have its own section."""
    items = (heading_item(blocks, block) for block in blocks if block.block.kind is BlockKind.HEADING)
    return {key(clean_name(item.text)): item.description for item in items if item.description}


def _by_rule(
    blocks: Sequence[Placed], lists: Sequence[ItemList], declaration: Declaration
) -> Iterator[tuple[str | None, Item]]:
    """Fields by the noun that announces them, the surest kind of announcement first."""
    strong = [
        each for each in lists if each.role == ACTION_FIELDS and each.source is not Source.SENTENCE and each.level == 1
    ]
    labelled = _labelled(blocks)
    if strong:
        yield from _grouped(blocks, strong)
        if not any(each.source is Source.HEADINGS for each in strong):
            yield from ((None, item) for item in labelled)
        return
    if labelled:
        yield from ((None, item) for item in labelled)
        return
    weak = [each for each in lists if _is_weak(each)] if declaration.kind in _STRATEGIC else []
    inside = [each for each in lists if each.role == ACTION_FIELDS and each.source is Source.SENTENCE]
    chosen = inside or weak[:1]
    yield from ((None, item) for each in chosen for item in each.items)


def _is_weak(found: ItemList) -> bool:
    """Whether a list of Schwerpunkte, Säulen or Themen stands for the fields: counted, or named by a heading."""
    if found.role not in WEAK_ACTION_FIELDS or found.source is Source.SENTENCE or found.level > 1:
        return False
    by_heading = found.role != "topics" and found.intro is not None and not found.intro.endswith(":")
    return found.count is not None or by_heading


def _labelled(blocks: Sequence[Placed]) -> list[Item]:
    """Headings that name a field each: "Handlungsfeld 1: Digitale Verwaltung"."""
    found = []
    for block in blocks:
        label = _LABEL.fullmatch(block.block.text) if block.block.kind is BlockKind.HEADING else None
        if label and (label["rank"] or label["mark"]) and _is_singular(label["noun"]):
            found.append(heading_item(blocks, block))
    return found if len(found) >= 2 else []


def _is_singular(word: str) -> bool:
    noun = noun_of(word)
    return noun is not None and not noun.is_plural


def _grouped(blocks: Sequence[Placed], lists: Sequence[ItemList]) -> Iterator[tuple[str | None, Item]]:
    """Items with their group: the heading between announcement and fields, or the list's own heading among several."""
    for found in lists:
        groups = (
            [(item, _members(blocks, item, lists)) for item in found.items] if found.source is Source.HEADINGS else []
        )
        if sum(len(members) >= 2 for _, members in groups) >= 2:
            yield from ((clean_name(group.text), member) for group, members in groups for member in members)
            continue
        group = _own_noun(found) if len({_own_noun(each) for each in lists} - {None}) >= 2 else None
        yield from ((group, item) for item in found.items)


def _members(blocks: Sequence[Placed], group: Item, lists: Sequence[ItemList]) -> list[Item]:
    """The fields below a heading that only groups them: its child headings, or the list right below it."""
    heading = blocks[group.position]
    below = blocks[group.position + 1] if group.position + 1 < len(blocks) else None
    if below is None or below.block.kind is BlockKind.PARAGRAPH:
        return []
    if below.block.kind is BlockKind.LIST_ITEM:
        return [item for each in lists if each.start == below.position for item in each.items] or _listed(blocks, below)
    children = child_headings(blocks, group.position + 1, heading.block.level)
    return [heading_item(blocks, child) for child in children]


def _listed(blocks: Sequence[Placed], first: Placed) -> list[Item]:
    """The list items from a block on."""
    items = []
    for block in blocks[first.position :]:
        if block.block.kind is not BlockKind.LIST_ITEM:
            break
        text = " ".join(block.block.text.split())
        items.append(Item(block.position, text, text, block.path, text))
    return items


def _own_noun(found: ItemList) -> str | None:
    """The noun that announces a list, for telling groups apart ("Grundlagen" and "Handlungsfelder")."""
    for word in re.findall(r"[\w-]+", found.intro or ""):
        noun = noun_of(word) if word[0].isupper() else None
        if noun and noun.role == ACTION_FIELDS:
            return noun.word
    return None
