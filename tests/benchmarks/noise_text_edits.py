"""Edits of sections and their text."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from tests.benchmarks.noise_pages import SENTENCES
from tests.benchmarks.noise_truth import (
    SILENT,
    Edit,
    Edited,
    Truth,
    fresh_sentence,
    implementation,
    strengths,
    text_of,
)
from tests.support.strategy_pages import Part, StrategyPage


def section_renamed(page: StrategyPage, rng: random.Random) -> Edited | None:
    """Another heading over the same text."""
    names = ("Umsetzung", "So setzen wir um", "Wie es weitergeht", "Der Weg zur Umsetzung")
    old = next(part.heading for part in page.parts if part.heading in names)
    new = rng.choice([name for name in names if name != old])
    return page.with_part(old, heading=new), Truth("section renamed", ("section renamed",), old, new)


def section_added(page: StrategyPage, rng: random.Random) -> Edited | None:
    """A section more."""
    if any(part.heading == "Ausblick" for part in page.parts):
        return None
    part = Part("Ausblick", (f"Im kommenden Jahr folgt ein Bericht. {fresh_sentence(page, rng)}",))
    parts = (*page.parts[:-1], part, page.parts[-1])
    return replace(page, parts=parts), Truth("section added", ("section added",), None, "Ausblick")


def section_removed(page: StrategyPage, _rng: random.Random) -> Edited | None:
    """A section less."""
    if not any(part.heading == "Ausblick" for part in page.parts):
        return None
    return page.without("Ausblick"), Truth("section removed", ("section removed",), "Ausblick", None)


def section_moved(page: StrategyPage, _rng: random.Random) -> Edited | None:
    """The strengths stand before the goals, or after them."""
    moved = page.part(strengths(page))
    rest = [part for part in page.parts if part is not moved]
    at = 1 if page.parts[1] is not moved else len(rest) - 2
    parts = (*rest[:at], moved, *rest[at:])
    return replace(page, parts=tuple(parts)), Truth("section moved", ("section moved",), None, None, SILENT)


def section_split(page: StrategyPage, _rng: random.Random) -> Edited | None:
    """The last two paragraphs get a heading of their own."""
    part = implementation(page)
    if len(part.paragraphs) < 3 or any(one.heading == "Beteiligung" for one in page.parts):
        return None
    at = page.parts.index(part)
    first, second = replace(part, paragraphs=part.paragraphs[:1]), Part("Beteiligung", part.paragraphs[1:])
    parts = (*page.parts[:at], first, second, *page.parts[at + 1 :])
    return replace(page, parts=parts), Truth(
        "section split", ("section edited", "section renamed"), part.heading, "Beteiligung"
    )


def section_merged(page: StrategyPage, _rng: random.Random) -> Edited | None:
    """Two sections become one."""
    if not any(one.heading == "Beteiligung" for one in page.parts):
        return None
    part, second = implementation(page), page.part("Beteiligung")
    merged = replace(part, paragraphs=(*part.paragraphs, *second.paragraphs))
    whole = replace(page, parts=tuple(merged if one is part else one for one in page.parts if one is not second))
    return whole, Truth("section merged", ("section edited", "section renamed"), "Beteiligung", part.heading)


def paragraph_moved(page: StrategyPage, _rng: random.Random) -> Edited | None:
    """The last paragraph of one section stands in another one."""
    part = implementation(page)
    if len(part.paragraphs) < 3:
        return None
    moved = part.paragraphs[-1]
    target = page.part("Veröffentlichungen")
    changed = page.with_part(part.heading, paragraphs=part.paragraphs[:-1])
    changed = changed.with_part("Veröffentlichungen", paragraphs=(*target.paragraphs, moved))
    return changed, Truth("paragraph moved", ("section moved",), None, moved.split(".")[0], SILENT)


def sentence_added(page: StrategyPage, rng: random.Random) -> Edited | None:
    """A sentence more."""
    part, new = implementation(page), fresh_sentence(page, rng)
    paragraphs = (*part.paragraphs[:-1], f"{part.paragraphs[-1]} {new}")
    return page.with_part(part.heading, paragraphs=paragraphs), Truth("sentence added", ("section edited",), None, new)


def sentence_removed(page: StrategyPage, rng: random.Random) -> Edited | None:
    """A sentence less."""
    said = [sentence for sentence in SENTENCES if sentence in " ".join(implementation(page).paragraphs)]
    if len(said) < 3:
        return None
    old = rng.choice(said)
    part = implementation(page)
    texts = tuple(text.replace(old, "").replace("  ", " ").strip() for text in part.paragraphs)
    kept = tuple(text for text in texts if text)
    return page.with_part(part.heading, paragraphs=kept), Truth("sentence removed", ("section edited",), old, None)


def word_edited(page: StrategyPage, rng: random.Random) -> Edited | None:
    """One word of a sentence."""
    pairs = (
        *(("eng", "kaum"), ("regelmäßig", "jährlich"), ("allen", "manchen"), ("Modellregionen", "Großstädten")),
        *(("unabhängiger", "eigener"), ("vertieft", "beendet"), ("wichtig", "heikel"), ("Vorschläge", "Klagen")),
    )
    text = " ".join(" ".join(part.paragraphs) for part in page.parts)
    found = [pair for pair in pairs if f" {pair[0]} " in text]
    if not found:
        return None
    old, new = rng.choice(found)
    changed = page.with_words(f" {old} ", f" {new} ")
    return changed, Truth("word edited", ("section edited", "goal renamed"), old, new)


def typo_corrected(page: StrategyPage, rng: random.Random) -> Edited | None:
    """A letter less, or put back: nobody needs to be told."""
    pairs = (("begleitet", "begleitt"), ("veröffentlicht", "veröffenlicht"), ("Lenkungskreis", "Lenkungkreis"))
    text = " ".join(" ".join(part.paragraphs) for part in page.parts)
    found = [(a, b) for one, two in pairs for a, b in ((one, two), (two, one)) if f" {a} " in text]
    if not found:
        return None
    old, new = rng.choice(found)
    return page.with_words(f" {old} ", f" {new} "), Truth("typo", ("section edited",), old, new, SILENT)


def unit_renamed(page: StrategyPage, rng: random.Random) -> Edited | None:
    """The same number of things with another name: the text changed, no value did."""
    text = text_of(page)
    match = re.search(r"Sie umfasst \d+ (\w+)\.", text)
    if match is None:
        return None
    new = rng.choice([unit for unit in ("Aufgaben", "Initiativen", "Schritte") if unit != match[1]])
    changed = page.with_words(f" {match[1]}.", f" {new}.")
    return changed, Truth("unit renamed", ("section edited",), match[1], new)


def gender_marker(page: StrategyPage, _rng: random.Random) -> Edited | None:
    """Another marker of gender: nobody needs to be told."""
    text = text_of(page)
    for old, new in (("Bürger*innen", "Bürger:innen"), ("Bürger:innen", "Bürger*innen")):
        if old in text:
            return page.with_words(old, new), Truth("gender marker", ("section edited",), old, new, SILENT)
    return None


def quote_edited(page: StrategyPage, rng: random.Random) -> Edited | None:
    """A quotation in other words."""
    match = re.search(r"„Wir wollen (\w+) vorangehen", text_of(page))
    if match is None:
        return None
    new = rng.choice([word for word in ("mutig", "gemeinsam", "zügig") if word != match[1]])
    changed = page.with_words(f"Wir wollen {match[1]} vorangehen", f"Wir wollen {new} vorangehen")
    return changed, Truth("quote edited", ("section edited", "quote edited"), match[1], new)


def field_described_anew(page: StrategyPage, rng: random.Random) -> Edited | None:
    """The text below an action field's heading."""
    parts = [part for part in page.parts if part.level == 3]
    if not parts:
        return None
    part = rng.choice(parts)
    new = fresh_sentence(page, rng)
    changed = page.with_part(part.heading, paragraphs=(*part.paragraphs, new))
    return changed, Truth("action field text", ("section edited",), None, new)


def title_changed(page: StrategyPage, rng: random.Random) -> Edited | None:
    """The page has another title, and so has its main heading."""
    old = page.title
    new = old.removesuffix(" im Wandel") if old.endswith(" im Wandel") else f"{old} im Wandel"
    first = replace(page.parts[0], heading=new)
    del rng
    return replace(page, title=new, parts=(first, *page.parts[1:])), Truth("page title", ("page changed",), old, new)


TEXT_EDITS: tuple[Edit, ...] = (
    *(section_renamed, section_added, section_removed, section_moved, section_split, section_merged, paragraph_moved),
    *(sentence_added, sentence_removed, word_edited, typo_corrected, unit_renamed, gender_marker, quote_edited),
    *(field_described_anew, title_changed),
)
"""Every kind of edit of a section or its text."""
