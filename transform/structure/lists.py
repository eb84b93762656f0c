"""All other lists: what is listed, in which words, under which introduction, and how many items were announced."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from extract.model import Declaration, RecordKind
from transform.document import Document
from transform.outline import placed
from transform.records import ListItem
from transform.structure.goals import CONTRIBUTIONS
from transform.structure.items import Item, ItemList
from transform.structure.locating import located
from transform.structure.series import tidy

_LEAST_CONTRIBUTIONS = 3


@dataclass(frozen=True, slots=True)
class ListItems:
    """The items of all lists that are neither goals nor action fields, and the locators that lost their place."""

    records: tuple[ListItem, ...]
    drift: tuple[str, ...] = ()


def read_list_items(
    document: Document, declaration: Declaration, lists: Sequence[ItemList], taken: Collection[Item]
) -> ListItems:
    """The items in reading order; ``taken`` are those that are goals or action fields already."""
    declared = located(declaration, RecordKind.LIST, placed(document), lists)
    roles = {item: locator.role for locator, items in declared.found for item in items if locator.role}
    records: list[ListItem] = []
    numbers: dict[int, int] = {}
    for number, found in enumerate(lists):
        if found.role == CONTRIBUTIONS and len(found.items) < _LEAST_CONTRIBUTIONS:
            continue
        for item in found.items:
            if item not in taken:
                list_no = numbers.setdefault(number, len(numbers))
                records.append(_record(item, found, len(records), list_no, roles.get(item)))
    return ListItems(tuple(records), declared.drift)


def _record(item: Item, found: ItemList, position: int, list_no: int, role: str | None) -> ListItem:
    """An item as a record."""
    return ListItem(
        position=position,
        section=item.section,
        evidence=item.evidence,
        text=tidy(item.text) or item.text,
        role=role or found.role,
        intro=found.intro,
        declared_count=found.count,
        list_no=list_no,
    )
