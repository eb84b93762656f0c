"""Changes of things in lists: action fields, goals and the items of all other lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TypeVar

from transform.change import ChangeClass, ChangeKind, Entity
from transform.compare.claims import Claims
from transform.compare.matching import Matching, likeness, match, out_of_order
from transform.compare.standing import Standing
from transform.compare.telling import tell
from transform.compare.wording import hunks, is_editorial, shortened
from transform.german.text import key
from transform.records import ActionField, ListItem, Record, Records
from transform.structure.action_fields import clean_name

Item = TypeVar("Item", bound=Record)

_TELLING_LETTERS = 4
_SENTENCE_WORDS = 3
"""From so many telling words on, an item is a sentence, whose words tell whether it is another one."""
_DESCRIPTION_SPEAKS = 40
"""From so many characters on, what is said of a field tells whether it is the same one."""
_LEAST_REPLACED = 3
"""A list of fewer new items is told item by item."""


def compare_action_fields(before: Records, after: Records, claims: Claims, said: Standing) -> None:
    """Action fields; a field that is a heading of the page accounts for its section."""
    found = _compare_list(
        Entity.ACTION_FIELD, before.action_fields, after.action_fields, lambda f: f.name, claims, _field_likeness
    )
    _tell_gone_and_come(Entity.ACTION_FIELD, found, lambda f: f.name, claims, said)
    _account_for_descriptions(found, before, after, claims)


def _field_likeness(old: ActionField, new: ActionField) -> float:
    """Likeness of two fields by their names, or by what is said of them: another name over the same text."""
    one, other = old.description or "", new.description or ""
    described = likeness(one, other) if min(len(one), len(other)) >= _DESCRIPTION_SPEAKS else 0.0
    return max(_alike(old.name, new.name), described)


def _account_for_descriptions(found: Matching[ActionField], before: Records, after: Records, claims: Claims) -> None:
    """A field that came or went accounts for the words beside its name; one with a heading has a section for that."""
    for side, fields, told in (
        (before, found.removed, claims.headings_removed),
        (after, found.added, claims.headings_added),
    ):
        headings = {key(name) for section in side.sections for name in (section.heading, clean_name(section.heading))}
        words = tuple(f.description for f in fields if key(f.name) in told and key(f.name) not in headings)
        claims.account(*((words, ()) if side is before else ((), words)))


def compare_goals(before: Records, after: Records, claims: Claims, said: Standing) -> None:
    """Goals."""
    found = _compare_list(Entity.GOAL, before.goals, after.goals, lambda g: g.text, claims)
    _tell_gone_and_come(Entity.GOAL, found, lambda g: g.text, claims, said)


def compare_list_items(before: Records, after: Records, claims: Claims, said: Standing) -> None:
    """Items of all other lists, list by list; then those that went from one list into another.

    An item that either version has as a heading, a goal, an action field or a contact is told there.
    """
    elsewhere = _names(before) | _names(after)
    old = [item for item in before.list_items if key(item.text) not in elsewhere]
    new = [item for item in after.list_items if key(item.text) not in elsewhere]
    removed: list[ListItem] = []
    added: list[ListItem] = []
    for one, other in _paired_lists(_lists(old), _lists(new)):
        found = _compare_list(Entity.LIST_ITEM, one, other, lambda item: item.text, claims)
        if _is_replaced(found):
            _tell_replaced(found, claims)
        else:
            removed += found.removed
            added += found.added
    rest = match(removed, added, identity=lambda item: key(item.text), alike=_not_alike)
    for was, now in rest.same:
        _tell_moved(was, now, claims)
    _tell_gone_and_come(Entity.LIST_ITEM, rest, lambda item: item.text, claims, said)


def _not_alike(_old: ListItem, _new: ListItem) -> float:
    return -1.0


def _is_replaced(found: Matching[ListItem]) -> bool:
    """Whether a list was written anew: nearly all of its items went, and others came in their place."""
    least = min(len(found.removed), len(found.added))
    return least >= _LEAST_REPLACED and len(found.pairs) * 4 <= least


def _tell_replaced(found: Matching[ListItem], claims: Claims) -> None:
    """One change for a list that was written anew."""
    old, new = [item.text for item in found.removed], [item.text for item in found.added]
    intro = found.added[0].intro or found.added[0].section or ""
    claims.tell(
        tell(
            Entity.LIST_ITEM,
            intro,
            ChangeKind.REPLACED,
            field="text",
            before="\n".join(old),
            after="\n".join(new),
            section=found.added[0].section,
            summary=f"Liste „{shortened(intro)}“ neu gefasst: {len(new)} neue Punkte statt {len(old)} bisheriger.",
        ),
        went=tuple(old),
        came=tuple(new),
    )


def _tell_moved(was: ListItem, now: ListItem, claims: Claims) -> None:
    """An item that stands in another list."""
    old_place, new_place = (item.intro or item.section or "" for item in (was, now))
    claims.tell(
        tell(
            Entity.LIST_ITEM,
            now.text,
            ChangeKind.MOVED,
            field="intro",
            before=old_place,
            after=new_place,
            section=now.section,
            summary=f"Listenpunkt „{shortened(now.text)}“ steht jetzt unter „{shortened(new_place)}“ "
            f"(bisher „{shortened(old_place)}“).",
        ),
        went=(was.text,),
        came=(now.text,),
    )


def _names(records: Records) -> set[str]:
    return {
        *(key(section.heading) for section in records.sections),
        *(key(field.name) for field in records.action_fields),
        *(key(goal.text) for goal in records.goals),
        *(key(contact.evidence) for contact in records.contacts if contact.name),
    }


def _lists(items: Sequence[ListItem]) -> list[tuple[ListItem, ...]]:
    ordered = sorted(items, key=lambda item: (item.list_no, item.position))
    return [tuple(group) for _, group in groupby(ordered, key=lambda item: item.list_no)]


def _paired_lists(
    before: Sequence[tuple[ListItem, ...]], after: Sequence[tuple[ListItem, ...]]
) -> list[tuple[tuple[ListItem, ...], tuple[ListItem, ...]]]:
    """Lists of both sides that are the same list: by their common items, then by role and introduction."""
    found = match(before, after, identity=id, alike=_list_likeness, threshold=0.3, in_place=0.3)
    return [*found.pairs, *((one, ()) for one in found.removed), *(((), one) for one in found.added)]


def _list_likeness(before: tuple[ListItem, ...], after: tuple[ListItem, ...]) -> float:
    old, new = {key(item.text) for item in before}, {key(item.text) for item in after}
    common = len(old & new) / max(1, min(len(old), len(new)))
    same_intro = key(before[0].intro or "") == key(after[0].intro or "")
    same_role = before[0].role == after[0].role
    return max(common, 0.9 if same_intro and same_role else 0.4 if same_role else 0.0)


def _compare_list(
    entity: Entity,
    before: Sequence[Item],
    after: Sequence[Item],
    name: Callable[[Item], str],
    claims: Claims,
    alike: Callable[[Item, Item], float] | None = None,
) -> Matching[Item]:
    """Tells what was renamed or stands in another order; what went and what came is left to the caller."""
    found = match(
        before,
        after,
        identity=lambda item: key(name(item)),
        alike=alike or (lambda old, new: _alike(name(old), name(new))),
    )
    _tell_renamed(entity, found, name, claims)
    _tell_reordered(entity, before, after, found, name, claims)
    return found


def _alike(before: str, after: str) -> float:
    """Likeness of two items; two sentences without a telling word in common are alike by their letters only: chance."""
    old, new = _telling(before), _telling(after)
    by_chance = min(len(old), len(new)) >= _SENTENCE_WORDS and not old & new
    return 0.0 if by_chance else likeness(before, after)


def _telling(text: str) -> set[str]:
    return {word for word in key(text).split() if len(word) >= _TELLING_LETTERS}


def _tell_gone_and_come(
    entity: Entity, found: Matching[Item], name: Callable[[Item], str], claims: Claims, said: Standing
) -> None:
    """Items that went or came, unless the page says their words as often as it did, only otherwise."""
    renamed = [(name(old), name(new)) for old, new in found.alike]
    for item in found.removed:
        text = name(item)
        if said.went(text, renamed):
            claims.tell(tell(entity, text, ChangeKind.REMOVED, before=text, section=item.section), went=(text,))
            claims.claim_heading(text, None)
    for item in found.added:
        text = name(item)
        if said.came(text, renamed):
            claims.tell(tell(entity, text, ChangeKind.ADDED, after=text, section=item.section), came=(text,))
            claims.claim_heading(None, text)


def _tell_renamed(entity: Entity, found: Matching[Item], name: Callable[[Item], str], claims: Claims) -> None:
    for old, new in found.alike:
        was, now = name(old), name(new)
        if claims.explain(hunks(was, now)):
            claims.claim_heading(was, now)
            continue  # a figure in it is another one, and told as such
        change_class = ChangeClass.EDITORIAL if is_editorial(was, now) else ChangeClass.CONTENT
        claims.tell(
            tell(
                entity,
                now,
                ChangeKind.RENAMED,
                field=_name_field(new),
                before=was,
                after=now,
                section=new.section,
                change_class=change_class,
            ),
            went=(was,),
            came=(now,),
        )
        claims.claim_heading(was, now)


def _name_field(item: Record) -> str:
    return "name" if isinstance(item, ActionField) else "text"


def _tell_reordered(
    entity: Entity,
    before: Sequence[Item],
    after: Sequence[Item],
    found: Matching[Item],
    name: Callable[[Item], str],
    claims: Claims,
) -> None:
    """One change for a list in another order, however many items moved; it names the first of the fewest that did."""
    partner = {id(new): before_index for old, new in found.pairs for before_index in [_index(before, old)]}
    kept = [item for item in after if id(item) in partner]
    moved = out_of_order([partner[id(item)] for item in kept])
    if not moved:
        return
    first = kept[moved[0]]
    names_before = [name(item) for item in before]
    names_after = [name(item) for item in after]
    claims.tell(
        tell(
            entity,
            name(first),
            ChangeKind.REORDERED,
            field="position",
            before="\n".join(names_before),
            after="\n".join(names_after),
            section=first.section,
            change_class=ChangeClass.ORDER,
        ),
        went=tuple(names_before),
        came=tuple(names_after),
    )


def _index(items: Sequence[Item], wanted: Item) -> int:
    return next(index for index, item in enumerate(items) if item is wanted)
