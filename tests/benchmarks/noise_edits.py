"""Edits of figures, lists, contacts and other facts of a strategy page, each with what must be told of it."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from tests.benchmarks.noise_pages import ADVANTAGES, FIELDS, GOALS, LANDS, MORE_ADVANTAGES, drawn_card
from tests.benchmarks.noise_text_edits import TEXT_EDITS
from tests.benchmarks.noise_truth import (
    SILENT,
    Edit,
    Edited,
    Truth,
    fresh_sentence,
    strengths,
    text_of,
)
from tests.support.strategy_pages import Part, StrategyPage


def figure_value(page: StrategyPage, rng: random.Random) -> Edited | None:
    """A count becomes another one."""
    match = _number(page, r"Sie umfasst (\d+) ")
    if match is None:
        return None
    new = str(int(match) + rng.choice((1, 7, 40)))
    return page.with_words(f"umfasst {match} ", f"umfasst {new} "), Truth(
        "figure value", ("figure changed",), match, new
    )


def figure_money(page: StrategyPage, rng: random.Random) -> Edited | None:
    """A sum becomes another one."""
    match = _number(page, r"stehen (\d+,\d) Millionen")
    if match is None:
        return None
    new = f"{int(match.split(',')[0]) + rng.randint(1, 9)},{rng.randint(1, 9)}"
    values = [str(round(float(text.replace(",", ".")) * 1_000_000)) for text in (match, new)]
    changed = page.with_words(f"stehen {match} Millionen", f"stehen {new} Millionen")
    return changed, Truth("figure money", ("figure changed",), values[0], values[1])


def figure_comparator(page: StrategyPage, _rng: random.Random) -> Edited | None:
    """Only the word before the number changes."""
    if _number(page, r"Rund (\d+) Fachleute") is None:
        return None
    return page.with_words("Rund", "Mehr als"), Truth("figure comparator", ("figure changed",), "approx", "gt")


def goal_added(page: StrategyPage, rng: random.Random) -> Edited | None:
    """A goal more."""
    return _item_added(page, rng, "Ziele der Strategie", GOALS, "goal")


def goal_removed(page: StrategyPage, rng: random.Random) -> Edited | None:
    """A goal less."""
    return _item_removed(page, rng, "Ziele der Strategie", "goal")


def goal_edited(page: StrategyPage, rng: random.Random) -> Edited | None:
    """A goal in other words."""
    part = page.part("Ziele der Strategie")
    item = rng.choice(part.items)
    new = f"{item} bis Ende {rng.choice((2027, 2028))}" if " bis Ende " not in item else item.split(" bis Ende ")[0]
    items = tuple(new if one == item else one for one in part.items)
    return page.with_part(part.heading, items=items), Truth("goal edited", ("goal renamed",), item, new)


def field_added(page: StrategyPage, rng: random.Random) -> Edited | None:
    """An action field more, in the list or under a heading of its own."""
    names = _field_names(page)
    new = rng.choice([field for field in FIELDS if field not in names])
    truth = Truth("action field added", ("action_field added",), None, new)
    listed = page.part("Handlungsfelder").items
    if listed:
        return page.with_part("Handlungsfelder", items=_inserted(listed, new, rng)), truth
    at = max(n for n, part in enumerate(page.parts) if part.level == 3) + 1
    parts = (*page.parts[:at], Part(new, (fresh_sentence(page, rng),), level=3), *page.parts[at:])
    return replace(page, parts=parts), truth


def field_removed(page: StrategyPage, rng: random.Random) -> Edited | None:
    """An action field less."""
    names = _field_names(page)
    if len(names) < 4:
        return None
    old = rng.choice(names)
    truth = Truth("action field removed", ("action_field removed",), old, None)
    listed = page.part("Handlungsfelder").items
    if listed:
        return page.with_part("Handlungsfelder", items=tuple(one for one in listed if one != old)), truth
    return page.without(old), truth


def field_renamed(page: StrategyPage, rng: random.Random) -> Edited | None:
    """An action field under another name."""
    old = rng.choice(_field_names(page))
    new = old.split(" und Region")[0] if " und Region" in old else f"{old} und Region"
    truth = Truth("action field renamed", ("action_field renamed",), old, new)
    listed = page.part("Handlungsfelder").items
    if listed:
        items = tuple(new if one == old else one for one in listed)
        return page.with_part("Handlungsfelder", items=items), truth
    return page.with_part(old, heading=new), truth


def item_added(page: StrategyPage, rng: random.Random) -> Edited | None:
    """A list item more."""
    return _item_added(page, rng, strengths(page), ADVANTAGES, "list_item")


def item_removed(page: StrategyPage, rng: random.Random) -> Edited | None:
    """A list item less."""
    return _item_removed(page, rng, strengths(page), "list_item")


def items_reordered(page: StrategyPage, _rng: random.Random) -> Edited | None:
    """The last item stands first."""
    items = page.part(strengths(page)).items
    turned = page.with_part(strengths(page), items=(items[-1], *items[:-1]))
    return turned, Truth("list reordered", ("list_item reordered",), None, items[-1], SILENT)


def contact_replaced(page: StrategyPage, rng: random.Random) -> Edited | None:
    """Another person on the card, with another telephone and address."""
    old = page.part("Kontakt").card
    new = drawn_card(rng, rng.choice(LANDS))
    if old is None or new.name == old.name:
        return None
    card = replace(old, name=new.name, phone=new.phone, email=new.email)
    return page.with_part("Kontakt", card=card), Truth("contact replaced", ("contact replaced",), old.name, new.name)


def contact_phone(page: StrategyPage, rng: random.Random) -> Edited | None:
    """Another telephone number."""
    old = page.part("Kontakt").card
    if old is None:
        return None
    phone = f"0999 777-{rng.randint(100, 999)}"
    changed = page.with_part("Kontakt", card=replace(old, phone=phone))
    return changed, Truth("contact phone", ("contact changed",), old.phone, phone)


def publisher(page: StrategyPage, rng: random.Random) -> Edited | None:
    """Another ministry above the title."""
    old = page.kicker
    new = f"{rng.choice(('Staatskanzlei', 'Finanzministerium', 'Wirtschaftsministerium'))} {old.split()[-1]}"
    if new == old:
        return None
    return replace(page, kicker=new), Truth("publisher", ("page changed",), old, new)


def document_replaced(page: StrategyPage, rng: random.Random) -> Edited | None:
    """The link leads to another file."""
    ((label, old),) = page.part("Veröffentlichungen").files
    new = f"{old.rsplit('/', 1)[0]}/strategie-{rng.randint(2, 999)}.pdf"
    changed = page.with_part("Veröffentlichungen", files=((label, new),))
    return changed, Truth("document replaced", ("document replaced",), old, new)


def adopted(page: StrategyPage, rng: random.Random) -> Edited | None:
    """Another date of the decision."""
    match = _number(page, r"am (\d+\. \w+ \d{4}) beschlossen")
    if match is None:
        return None
    day, rest = match.split(". ", 1)
    new = f"{int(day) % 28 + 1}. {rest}"
    changed = page.with_words(f"am {match} beschlossen", f"am {new} beschlossen")
    return changed, Truth("adoption date", ("strategy changed", "date changed"), f"-{int(day):02}", None)


def list_rewritten(page: StrategyPage, rng: random.Random) -> Edited | None:
    """Nearly all items are new."""
    heading = strengths(page)
    items = page.part(heading).items
    pool = [item for item in (*ADVANTAGES, *MORE_ADVANTAGES) if item not in items]
    if len(pool) < 5:
        return None
    new = tuple(rng.sample(pool, 4))
    return page.with_part(heading, items=new), Truth("list rewritten", ("list_item replaced",), items[0], new[0])


def event_moved(page: StrategyPage, rng: random.Random) -> Edited | None:
    """An event takes place elsewhere."""
    match = re.search(r"in (Husum|Jena|Trier|Emden) statt", text_of(page))
    if match is None:
        return None
    new = rng.choice([place for place in ("Husum", "Jena", "Trier", "Emden") if place != match[1]])
    changed = page.with_words(f"in {match[1]} statt", f"in {new} statt")
    return changed, Truth("event place", ("event changed", "section edited"), match[1], new)


def event_postponed(page: StrategyPage, rng: random.Random) -> Edited | None:
    """An event takes place on another day."""
    match = re.search(r"findet am (\d+)\. (\w+ \d{4}) ", text_of(page))
    if match is None:
        return None
    day = int(match[1]) % 28 + rng.choice((1, 1))
    changed = page.with_words(f"am {match[1]}. {match[2]}", f"am {day}. {match[2]}")
    return changed, Truth("event date", ("event changed", "date changed"), f"-{int(match[1]):02}", f"-{day:02}")


def range_changed(page: StrategyPage, rng: random.Random) -> Edited | None:
    """The upper end of a range."""
    match = re.search(r"zwischen (\d+) und (\d+) Gemeinden", text_of(page))
    if match is None:
        return None
    new = int(match[2]) + rng.randint(1, 9)
    changed = page.with_words(f"und {match[2]} Gemeinden", f"und {new} Gemeinden")
    return changed, Truth("figure range", ("figure changed",), match[2], str(new))


EDITS: tuple[Edit, ...] = (
    figure_value,
    figure_money,
    figure_comparator,
    goal_added,
    goal_removed,
    goal_edited,
    field_added,
    field_removed,
    field_renamed,
    item_added,
    item_removed,
    items_reordered,
    contact_replaced,
    contact_phone,
    publisher,
    document_replaced,
    adopted,
    list_rewritten,
    event_moved,
    event_postponed,
    range_changed,
    *TEXT_EDITS,
)
"""Every kind of edit."""


def _number(page: StrategyPage, pattern: str) -> str | None:
    match = re.search(pattern, text_of(page))
    return match.group(1) if match else None


def _field_names(page: StrategyPage) -> tuple[str, ...]:
    return page.part("Handlungsfelder").items or tuple(part.heading for part in page.parts if part.level == 3)


def _inserted(items: tuple[str, ...], new: str, rng: random.Random) -> tuple[str, ...]:
    at = rng.randint(0, len(items))
    return (*items[:at], new, *items[at:])


def _item_added(
    page: StrategyPage, rng: random.Random, heading: str, pool: tuple[str, ...], entity: str
) -> Edited | None:
    items = page.part(heading).items
    unused = [item for item in pool if item not in items]
    if not unused:
        return None
    new = rng.choice(unused)
    changed = page.with_part(heading, items=_inserted(items, new, rng))
    return changed, Truth(f"{entity} added", (f"{entity} added",), None, new)


def _item_removed(page: StrategyPage, rng: random.Random, heading: str, entity: str) -> Edited | None:
    items = page.part(heading).items
    if len(items) < 4:
        return None
    old = rng.choice(items)
    changed = page.with_part(heading, items=tuple(item for item in items if item != old))
    return changed, Truth(f"{entity} removed", (f"{entity} removed",), old, None)
