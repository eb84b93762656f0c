"""Whom a page names, what they say, and to what it invites: contacts, persons, quotes and events.

The four are read together because they need each other: a contact card tells a speaker's office, a surname in a quote
stands for a person named in full elsewhere.  Pure: no I/O, nothing raised.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.model import Declaration
from transform.document import BlockKind, Document
from transform.outline import Placed, placed
from transform.people.contacts import FoundContact, contact_blocks, find_contacts
from transform.people.events import find_events
from transform.people.names import surname_of, without_titles
from transform.people.persons import mentions, same_person
from transform.people.quotes import find_quotes
from transform.people.roles import is_role, nominative
from transform.people.speakers import Roster
from transform.records import Contact, Event, Person, Quote


@dataclass(frozen=True, slots=True)
class People:
    """Records of people and events, each tuple in reading order with ``position`` from 0."""

    contacts: tuple[Contact, ...]
    persons: tuple[Person, ...]
    quotes: tuple[Quote, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """A person as told at one place, with that place's block."""

    name: str
    role: str | None
    organisation: str | None
    function: str | None
    evidence: str
    section: str | None
    block: int


def read_people(document: Document, declaration: Declaration) -> People:
    """The contacts, persons, quotes and events of a page.

    What the page does not say is ``None``; dates are ISO 8601 to the precision told; ``evidence`` is verbatim, but for
    line breaks inside a sentence, which are one space.

    Args:
        document: The page as read.
        declaration: Its entry in the catalogue; nothing of it decides here, so that a page reads the same under any.
    """
    del declaration
    places = placed(document)
    cards = find_contacts(places)
    running = _running_text(places)
    persons = _persons(running, cards, places)
    roster = Roster(tuple((person.name, person.role) for person in persons))
    return People(
        contacts=tuple(_contact(position, card) for position, card in enumerate(cards)),
        persons=tuple(_person(position, person) for position, person in enumerate(persons)),
        quotes=tuple(
            Quote(position=position, section=one.section, evidence=one.evidence, speaker=one.speaker, text=one.text)
            for position, one in enumerate(find_quotes(running, roster))
        ),
        events=tuple(
            Event(
                position=position,
                section=one.section,
                evidence=one.evidence,
                name=one.name,
                kind=one.kind,
                start_on=one.start_on,
                end_on=one.end_on,
                place=one.place,
                organiser=one.organiser,
            )
            for position, one in enumerate(find_events(running))
        ),
    )


def _running_text(places: tuple[Placed, ...]) -> tuple[Placed, ...]:
    """The blocks that are no part of contact cards."""
    cards = contact_blocks(places)
    return tuple(place for place in places if place.position not in cards)


def _persons(running: tuple[Placed, ...], cards: tuple[FoundContact, ...], places: tuple[Placed, ...]) -> list[_Told]:
    """Every person once, in the order of the first mention; the fullest office wins, with its words as evidence."""
    told = [
        _Told(one.name, one.role, one.organisation, one.function, one.evidence, place.path, place.position)
        for place in running
        if place.block.kind is not BlockKind.KICKER
        for one in mentions(place.block.text)
    ]
    told += [_on_card(card, places) for card in cards if card.person]
    merged: list[_Told] = []
    for one in sorted(told, key=lambda person: person.block):
        at = next((rank for rank, known in enumerate(merged) if same_person(known.name, one.name)), None)
        if at is None:
            merged.append(one)
        else:
            merged[at] = _fuller(merged[at], one)
    return [person if person.role else _with_office(person, running) for person in merged]


def _on_card(card: FoundContact, places: tuple[Placed, ...]) -> _Told:
    """The person on a contact card, placed at the block where the card begins."""
    first = card.evidence.split("\n")[0]
    block = next((place.position for place in places if first in place.block.text), len(places))
    name = without_titles(card.name or "")
    return _Told(name, card.role, card.organisation, None, card.evidence, card.section, block)


def _fuller(known: _Told, other: _Told) -> _Told:
    """One person told twice: the longer office, with its words; all else from whichever says it."""
    longer = other if len(other.role or "") > len(known.role or "") else known
    name = min(known.name, other.name, key=len)
    return replace(
        longer,
        name=name,
        organisation=longer.organisation or known.organisation or other.organisation,
        function=known.function or other.function,
        block=known.block,
    )


def _with_office(person: _Told, running: tuple[Placed, ...]) -> _Told:
    """A person named without an office, with the one before the surname elsewhere (``Minister Beispiel``)."""
    pattern = re.compile(rf"\b([A-ZÄÖÜ][\w-]+)\s{re.escape(surname_of(person.name))}\b")
    for place in running:
        for match in pattern.finditer(place.block.text):
            if is_role(match[1]):
                return replace(person, role=nominative(match[1]), evidence=match.group(), section=place.path)
    return person


def _contact(position: int, card: FoundContact) -> Contact:
    """The record of a contact card."""
    return Contact(
        position=position,
        section=card.section,
        evidence=card.evidence,
        name=card.name,
        role=card.role,
        organisation=card.organisation,
        email=card.email,
        phone=card.phone,
        address=card.address,
    )


def _person(position: int, told: _Told) -> Person:
    """The record of a person."""
    return Person(
        position=position,
        section=told.section,
        evidence=told.evidence,
        name=told.name,
        role=told.role,
        organisation=told.organisation,
        function=told.function,
    )
