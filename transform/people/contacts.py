"""Contacts: whom a page says to ask.

Cards stand below a heading that says so (``Kontakt``, ``Medienansprechpartner``), in whatever elements: paragraphs,
lines of one, terms and descriptions, table cells.  They are read as one sequence of lines, so that the mark-up makes no
difference.  Elsewhere an e-mail address, or a street with a post code, is a contact of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote

from transform.document import Block, BlockKind
from transform.outline import Placed
from transform.people.contact_lines import (
    CELLS,
    EMAIL,
    Piece,
    Told,
    address_in,
    has_email,
    has_phone_label,
    may_reach,
    pieces,
    plain_email,
)
from transform.people.names import find_names, name_of_line

_HEADING = re.compile(
    r"^\W*(?:ihre?\s+|unsere?\s+|weitere\s+|der\s+)?(?:\w+-?)?(?:kontakt\w*|kontakte|ansprechpartner\w*|ansprechperson\w*|ansprechstelle\w*|pressestelle|"
    r"pressesprecher\w*|rückfragen|fragen\s+(?:und|&|oder)\s+anregungen|haben\s+sie\s+(?:noch\s+)?fragen|noch\s+fragen|fragen(?=\W*$)|impressum|anschrift|"
    r"postanschrift|redaktion|so\s+erreichen\s+sie\s+uns|schreiben\s+sie\s+uns|bei\s+fragen|medienkontakt|herausgeber(?:in)?)\b[^.]{0,60}$",
    re.IGNORECASE,
)
_LONGEST_LABEL = 6
_LONGEST_CARD_LINE = 45
_LONGEST_ADDRESS_BLOCK = 300


@dataclass(frozen=True, slots=True)
class FoundContact:
    """A contact card; ``person`` is the name where it is a person's.  ``evidence`` holds its lines, one a line."""

    name: str | None
    role: str | None
    organisation: str | None
    email: str | None
    phone: str | None
    address: str | None
    evidence: str
    section: str | None
    person: bool


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a contact area with what it says."""

    text: str
    told: tuple[Told, ...]
    section: str | None


@dataclass(slots=True)
class _Card:
    """A card while its lines are gathered."""

    section: str | None
    lines: list[str] = field(default_factory=list)
    name: str | None = None
    role: str | None = None
    offices: list[str] = field(default_factory=list)
    street: str | None = None
    town: str | None = None
    email: str | None = None
    phone: str | None = None

    @property
    def reached(self) -> bool:
        """Whether the card says how to reach someone: the part of a card that comes last."""
        return bool(self.email or self.phone or self.town)


def find_contacts(placed: tuple[Placed, ...]) -> tuple[FoundContact, ...]:
    """The contacts of a document in reading order, each once."""
    found: list[FoundContact] = []
    for area, is_marked in _areas(placed):
        cards = _cards(area) if is_marked else _loose(area)
        named = is_marked or any(card.reached for card in cards)
        found.extend(contact for card in cards if (contact := _contact(card, may_be_name_only=named)))
    return _distinct(found)


@lru_cache(maxsize=256)
def is_contact_heading(text: str) -> bool:
    """Whether a heading announces contact cards."""
    return len(text.split()) <= 8 and _HEADING.match(text) is not None


def contact_blocks(placed: tuple[Placed, ...]) -> frozenset[int]:
    """Positions of the blocks that are part of contact cards, for readers of running text to leave out."""
    return frozenset(
        place.position
        for area, is_marked in _areas(placed)
        if is_marked
        for place in area
        if _is_card_like(place.block)
    )


def _areas(placed: tuple[Placed, ...]) -> Iterator[tuple[list[Placed], bool]]:
    """Runs of blocks that may hold contacts, and whether a heading or a label marks them as such."""
    area: list[Placed] = []
    labelled = False
    for place in placed:
        if place.block.kind is BlockKind.HEADING:
            labelled = False
        headed = any(is_contact_heading(text) for text in place.headings)
        if not headed and _is_label(place.block):
            labelled = True
        elif labelled and not headed and not _is_card_like(place.block):
            labelled = False
        if headed or labelled:
            area.append(place)
            continue
        if area:
            yield area, True
            area = []
        if place.block.kind not in (BlockKind.HEADING, BlockKind.KICKER):
            yield [place], False
    if area:
        yield area, True


def _is_label(block: Block) -> bool:
    """Whether a paragraph works as the heading of contact cards (``Pressekontakt:``)."""
    first = block.text.split("\n")[0].strip()
    short = len(first.split()) <= _LONGEST_LABEL and not first.endswith((".", "!"))
    if block.kind is not BlockKind.PARAGRAPH or not short or _HEADING.match(first) is None or _has_email(block):
        return False
    own = (Piece.NAME, Piece.ROLE, Piece.ORGANISATION)
    return first.endswith(":") or not any(told.kind in own for told in pieces(first))


def _is_card_like(block: Block) -> bool:
    """Whether a block can belong to a card: short lines, or a way to reach someone."""
    return all(len(line.split()) <= 12 for line in block.text.split("\n")) or _has_email(block)


def _has_email(block: Block) -> bool:
    """Whether a block holds an e-mail address, in its words or in a link."""
    return has_email(block.text) or any(_mailto(link.url) for link in block.links)


def _has_phone(place: Placed) -> bool:
    """Whether a block that is no long text tells a telephone number with its label."""
    text = place.block.text
    return (
        len(text) <= _LONGEST_ADDRESS_BLOCK
        and has_phone_label(text)
        and any(told.kind is Piece.PHONE for line in _lines(place) for told in line.told)
    )


def _mailto(url: str) -> str | None:
    """The address of a ``mailto:`` link (RFC 6068), in lower case; ``None`` for other links."""
    if not url.lower().startswith("mailto:"):
        return None
    address = unquote(url[7:].split("?", maxsplit=1)[0]).split(",")[0].strip().lower()
    return address if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", address) else None


def _lines(place: Placed) -> Iterator[_Line]:
    """The lines of a block with what each says; a link's address stands in for words that do not tell it."""
    texts = [line for line in place.block.text.split("\n") if line.strip()]
    told = [list(pieces(text)) for text in texts]
    for link in place.block.links:
        address = _mailto(link.url)
        known = [one.value for line in told for one in line if one.kind is Piece.EMAIL]
        if address and address not in known:
            at = next((rank for rank, text in enumerate(texts) if link.label and link.label in text), len(texts) - 1)
            if at < 0:
                texts, told, at = [link.label or address], [[]], 0
            told[at] = [
                one for one in told[at] if one.kind in (Piece.NAME, Piece.ROLE, Piece.ORGANISATION, Piece.PHONE)
            ]
            told[at].append(Told(Piece.EMAIL, address))
    for text, one in zip(texts, told, strict=True):
        yield _Line(text, tuple(one), place.path)


def _cards(area: list[Placed]) -> list[_Card]:
    """The cards of a marked area: its lines in order, cut where a new card begins."""
    cards: list[_Card] = []
    pending = ""
    for place in area:
        if place.block.kind is BlockKind.HEADING and (
            is_contact_heading(place.block.text) or not name_of_line(place.block.text)
        ):
            cards.append(_Card(place.path, offices=_offices_in(place.block.text)))
            continue
        if _is_label(place.block) and "\n" not in place.block.text and ":" not in place.block.text.rstrip(": "):
            cards.append(_Card(place.path))
            continue
        for line in _lines(place):
            for told in line.told:
                if pending == "fax" and told.kind is Piece.PHONE:
                    pending = ""
                    continue
                pending = told.value if told.kind is Piece.LABEL else ""
                if not cards or _begins(cards[-1], told):
                    cards.append(_Card(line.section))
                if _take(cards[-1], told) and line.text not in cards[-1].lines:
                    cards[-1].lines.append(line.text)
    return cards


def _offices_in(heading: str) -> list[str]:
    """The organisation that a heading above cards names, if it names one."""
    told = () if is_contact_heading(heading) else pieces(heading)
    return [one.value for one in told if one.kind is Piece.ORGANISATION]


def _begins(card: _Card, told: Told) -> bool:
    """Whether a piece can no longer belong to the card before it."""
    if told.kind is Piece.NAME:
        return card.reached or (card.name is not None and card.name != told.value)
    if told.kind in (Piece.ORGANISATION, Piece.ROLE):
        return card.reached
    if told.kind is Piece.EMAIL:
        return card.email is not None and card.email != told.value
    return False


def _take(card: _Card, told: Told) -> bool:
    """Put a piece into its field, unless one of the kind is there; whether it says something of the card."""
    value = told.value
    match told.kind:
        case Piece.NAME:
            card.name = card.name or value
        case Piece.ROLE:
            card.role = card.role or value
        case Piece.ORGANISATION:
            card.offices.append(value)
        case Piece.STREET:
            card.street = card.street or value
        case Piece.TOWN:
            card.town = card.town or value
        case Piece.EMAIL:
            card.email = card.email or value
        case Piece.PHONE:
            card.phone = card.phone or value
        case Piece.OTHER:
            return _take_other(card, value)
        case Piece.LABEL | Piece.IGNORED:
            return False
    return True


def _take_other(card: _Card, value: str) -> bool:
    """Words of no known kind before the address go on with the office or organisation before them."""
    if card.reached or card.street or not (card.name or card.role or card.offices):
        return False
    if card.role is not None:
        card.role = f"{card.role}, {value}"
    elif card.name is not None:
        card.role = value
    else:
        card.offices.append(value)
    return True


def _loose(area: list[Placed]) -> list[_Card]:
    """Contacts outside marked areas: a block with an e-mail address, or with a street and a post code."""
    (place,) = area
    text = place.block.text
    address = address_in(text)
    if _has_email(place.block):
        short = all(len(line) <= _LONGEST_CARD_LINE for line in text.split("\n")) or text.count("\n") >= 2
        is_card = short or address or CELLS in text or _is_card_on_one_line(text)
        return _cards(area) if is_card else _in_sentences(place)
    if _has_phone(place) or _is_card_on_one_line(text):
        return [card for card in _cards(area) if card.phone]
    if address is None or len(text) > _LONGEST_ADDRESS_BLOCK or text.rstrip().endswith((".", "!", "?")):
        return []
    return [card for card in _cards(area) if card.town and card.street]


def _is_card_on_one_line(text: str) -> bool:
    """Whether a line is a name with what follows on a card, and nothing else: no words of a sentence."""
    if len(text) > _LONGEST_ADDRESS_BLOCK or "\n" in text or not may_reach(text):
        return False
    kinds = [told.kind for told in pieces(text)]
    reached = Piece.EMAIL in kinds or Piece.PHONE in kinds
    return reached and kinds[0] is Piece.NAME and not {Piece.IGNORED, Piece.OTHER}.intersection(kinds)


def _in_sentences(place: Placed) -> list[_Card]:
    """A card for each e-mail address in running text, with the one name and the one number that lead to it."""
    text = " ".join(place.block.text.split())
    names = find_names(text)
    cards: list[_Card] = []
    found = list(EMAIL.finditer(text))
    done = 0
    for match in found:
        email = plain_email(match.group())
        until = match.start() if len(found) > 1 else len(text)
        named = [name.text for name in names if done <= name.start < until]
        numbers = [told.value for told in pieces(text[done:until]) if told.kind is Piece.PHONE]
        done = match.end()
        if email not in [card.email for card in cards]:
            card = _Card(place.path, lines=[place.block.text], email=email)
            card.name = named[0] if len(named) == 1 else None
            card.phone = numbers[0] if len(numbers) == 1 else None
            cards.append(card)
    return cards or [
        _Card(place.path, lines=[place.block.text], email=told.value)
        for line in _lines(place)
        for told in line.told
        if told.kind is Piece.EMAIL
    ]


def _contact(card: _Card, *, may_be_name_only: bool) -> FoundContact | None:
    """The record of a card; ``None`` where it says neither a person nor a way to reach someone."""
    address = ", ".join(part for part in (card.street, card.town) if part) if card.town else None
    if not (card.email or card.phone or address or (card.name and may_be_name_only)):
        return None
    offices = ", ".join(card.offices) or None
    name = card.name or offices
    organisation = offices if card.name else (card.offices[0] if len(card.offices) > 1 else None)
    evidence = "\n".join(dict.fromkeys(card.lines))
    return FoundContact(
        name, card.role, organisation, card.email, card.phone, address, evidence, card.section, card.name is not None
    )


def _distinct(found: Iterable[FoundContact]) -> tuple[FoundContact, ...]:
    """Each contact once: a repeated address or name adds nothing."""
    result: list[FoundContact] = []
    for contact in found:
        facts = (contact.name, contact.role, contact.organisation, contact.email, contact.phone, contact.address)
        known = any(
            facts == (one.name, one.role, one.organisation, one.email, one.phone, one.address) for one in result
        )
        only_email = contact.email is not None and not any(facts[:3]) and not any(facts[4:])
        if not known and not (only_email and any(one.email == contact.email for one in result)):
            result.append(contact)
    return tuple(result)
