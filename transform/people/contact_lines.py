"""What one line of a contact card says: a name, an office, an organisation, a street, a town, a number, an address.

A card's lines may be separate paragraphs, lines of one, terms and descriptions, table cells or parts between commas;
this module sees single pieces only.  E-mail addresses are lower-cased (the host is case-insensitive, RFC 5321 section
2.3.11, and no portal tells local parts apart by case), and read through the usual disguises (``name(at)host``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from transform.people.common_words import is_organisation
from transform.people.names import TITLES, name_of_line
from transform.people.roles import is_function, is_modifier, is_role


class Piece(StrEnum):
    """What a piece of a card is."""

    NAME = "name"
    ROLE = "role"
    ORGANISATION = "organisation"
    STREET = "street"
    TOWN = "town"
    EMAIL = "email"
    PHONE = "phone"
    LABEL = "label"
    IGNORED = "ignored"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Told:
    """One piece of a card with its value."""

    kind: Piece
    value: str


CELLS = " | "
"""What stands between cells of a row, and between the parts of a card on one line."""
_AT = r"(?:@|\s?[(\[{<]\s?(?:at|ät|@)\s?[)\]}>]\s?|\sat\s(?=[\w-]+\s(?:dot|punkt)\s))"
_DOT = r"(?:\.|\s?[(\[{]\s?(?:dot|punkt|\.)\s?[)\]}]\s?|\s(?:dot|punkt)\s)"
EMAIL = re.compile(
    rf"(?<![\w.+%-])[\w.+%-]*[\w+%-]{_AT}[\w-]+(?:{_DOT}[\w-]+)*{_DOT}[A-Za-z]{{2,18}}(?![\w-])", re.IGNORECASE
)
"""An e-mail address as written, disguised or not."""
_ANY_AT = re.compile(r"@|\bat\b|ät", re.IGNORECASE)
"""What every e-mail address has."""
_ANY_DIGIT = re.compile(r"\d")

_PHONE_LABEL = re.compile(
    r"(?:rufen\s+Sie\s+(?:uns|mich)\s+(?:gerne?\s+)?an|telefonisch(?:\s+erreichbar)?\s+unter(?:\s+der\s+Nummer)?|Telefon(?:nummer)?|Telephon|Tel\b|Fon\b|Phone|Mobil(?:telefon)?|Handy|Rufnummer|Durchwahl|Hotline|T\b(?=[.:]))"
    r"\s?\.?\s*:?\s*",
    re.IGNORECASE,
)
_FAX = re.compile(r"(?:Tele)?fax\b.*", re.IGNORECASE | re.DOTALL)
_NUMBER = re.compile(r"(?:\+|00)?\(?\d[\d\s()/.–-]{4,}\d(?:\s?-\s?\d+)?")
_BARE_NUMBER = re.compile(r"(?:\+\d|00\d|\(?0\d)[\d\s()/.–-]{5,}")
_TOWN_WORD = r"(?:[A-ZÄÖÜ(][\wäöüß.()/-]*|am|an|der|im|in|ob|bei|vor|den|dem)"
_TOWN = re.compile(
    rf"(?<!\d)(?:D\s?-\s?)?(?P<code>\d{{5}})\s+(?P<town>[A-ZÄÖÜ][\wäöüß.()/-]+(?:\s{_TOWN_WORD}){{0,4}})[.,]?"
)
_HOUSE = r"\d{1,4}\s?[a-zA-Z]?(?:\s?[-–/+]\s?\d{1,4}\s?[a-zA-Z]?)?"
_STREET_PART = r"(?:\d{1,2}\.|[A-ZÄÖÜ][\wäöüß.'’-]*|der|den|dem|des|am|an|zum|zur|von|und|im|in|alten|neuen)"
_STREET = re.compile(rf"(?:{_STREET_PART}\s)*[A-ZÄÖÜ]?[\wäöüß.'’-]+\s?{_HOUSE}")
_LONGEST_STREET = 70
_YEAR_LAST = re.compile(r"\b(?:19|20)\d\d$")
_NO_STREET = ("raum", "zimmer", "referat", "abteilung", "gebäude", "etage", "haus ", "stand", "dezernat", "fachbereich")
_POST_BOX = re.compile(r"Postfach\s[\d\s]{2,12}")
_LABELS = (
    r"E-?\s?Mail(?:-Adresse)?|Mail|Web(?:seite|site)?|Internet|Homepage|Anschrift|Postanschrift|Besucheranschrift|Hausanschrift|Adresse|Name|Funktion|"
    r"Position|(?:Ihre?\s|Unsere?\s)?Ansprechpartner(?:in)?|Ansprechperson(?:en)?|Kontakt|Pressekontakt|Zuständig|Organisation|Einrichtung|Behörde|Abteilung|Bereich|Rückfragen|Weitere\s(?:Auskünfte|Informationen)|"
    r"Medienkontakt|Herausgeber|Verantwortlich(?:\s(?:für|im)\s[\w\s]{3,40})?|V\.\s?i\.\s?S\.\s?d\.\s?P\.|Leitung|E|M"
)
_LABEL = re.compile(rf"(?P<label>{_LABELS})\s?(?::|$)\s*", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:ist|sind|haben|hat|finden|steht|stehen|können|wenden|schreiben|erreichen|erhalten|nutzen|möchten|freuen|gerne|bitte|Sie|wir|uns)\b"
)
_SITE = re.compile(
    r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:de|eu|com|org|net|sh|hamburg|berlin|bayern|saarland|info)(?:/\S*)?",
    re.IGNORECASE,
)
_SEAMS = re.compile(r",\s+(?!(?:für|und|sowie)\s)|\s[–—-](?:\s|$)")
"""What parts the pieces of a card on one line: commas, and dashes between spaces."""
_IN_BRACKETS = re.compile(r"(?P<name>[^()|,]{3,60}?)\s+\((?P<office>[A-ZÄÖÜ][^()@\d]{2,60})\)")
_HOURS = re.compile(
    r".*\b(?:Uhr|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Öffnungszeiten|Sprechzeiten)\b.*", re.DOTALL
)


def emails_in(text: str) -> tuple[str, ...]:
    """Every e-mail address in a text, undisguised and in lower case, in order."""
    return tuple(plain_email(match.group()) for match in EMAIL.finditer(text))


def plain_email(address: str) -> str:
    """An address as one would type it: disguises undone, lower case."""
    plain = re.sub(_AT, "@", address, count=1, flags=re.IGNORECASE)
    return re.sub(_DOT, ".", plain, flags=re.IGNORECASE).lower().strip(" .")


def pieces(line: str) -> tuple[Told, ...]:
    """What a line says, piece by piece in order; prose and web addresses are ``IGNORED``."""
    text = " ".join(line.split()).strip(" |•·;")
    if not text:
        return ()
    told: list[Told] = []
    for chunk in _chunks(text):
        told.extend(_chunk(chunk))
    return tuple(told)


def has_email(text: str) -> bool:
    """Whether a text holds an e-mail address."""
    return _ANY_AT.search(text) is not None and EMAIL.search(text) is not None


def may_reach(text: str) -> bool:
    """Whether a text can hold an e-mail address or a telephone number at all: a quick look before the slow one."""
    return _ANY_DIGIT.search(text) is not None or _ANY_AT.search(text) is not None


def has_phone_label(text: str) -> bool:
    """Whether a text announces a telephone number."""
    return _PHONE_LABEL.search(text) is not None


def address_in(text: str) -> tuple[str, str, str] | None:
    """What stands before an address, its street and its town, if a text holds both; else ``None``."""
    town = _TOWN.search(text)
    if town is None:
        return None
    before = text[: town.start()].rstrip(" ,\n")
    head, separator, street = max((before.rpartition(mark) for mark in (", ", "\n")), key=lambda part: len(part[0]))
    if _is_street(street.strip()):
        return (head.strip(" ,") if separator else "", street.strip(), _town(town))
    return None


def _chunks(text: str) -> list[str]:
    """A line cut where it holds several pieces: between cells, at commas if a part of it is a name or a number."""
    parts = [part.strip() for part in re.split(r"\s\|\s|\s•\s|\s·\s|\t|;\s", text) if part.strip()]
    result: list[str] = []
    for part in parts:
        label = _LABEL.match(part)
        rest = part[label.end() :] if label else part
        cut = [piece.strip() for piece in _SEAMS.split(_opened(rest)) if piece.strip()]
        if len(cut) > 1 and (name_of_line(cut[0]) or any(_is_datum(piece) for piece in cut)):
            result.extend(cut)
        else:
            result.append(part)
    return result


def _opened(text: str) -> str:
    """A line whose office stands in brackets behind a name (``Max Muster (Referent)``), with a comma instead."""
    match = _IN_BRACKETS.match(text)
    if match and name_of_line(match["name"]):
        return f"{match['name']}, {match['office']}{text[match.end() :]}"
    return text


def _is_datum(piece: str) -> bool:
    """Whether a piece is an e-mail address, a number or a town."""
    return bool(
        EMAIL.search(piece) or _PHONE_LABEL.match(piece) or _TOWN.fullmatch(piece) or _BARE_NUMBER.fullmatch(piece)
    )


def _chunk(chunk: str) -> list[Told]:
    """What one chunk says; a label before the value is taken off, and addresses inside a sentence are found."""
    fax = _FAX.search(chunk)
    if fax:
        return [*(_chunk(chunk[: fax.start()]) if chunk[: fax.start()].strip(" ,") else []), _fax(fax.group())]
    told: list[Told] = []
    rest = chunk
    for match in EMAIL.finditer(chunk):
        told.append(Told(Piece.EMAIL, plain_email(match.group())))
        rest = rest.replace(match.group(), " ")
    phone = _phone(rest)
    if phone:
        told.append(Told(Piece.PHONE, phone[0]))
        rest = phone[1]
    words = _without_label(rest)
    if told and words is not None and (_VERB.search(words) or words.strip(" ,.:()–-") == ""):
        return told
    if words is None:
        return told or [Told(Piece.LABEL, rest.strip(" :").lower())]
    return [*_words(words), *told]


def _fax(words: str) -> Told:
    """A fax number, which nobody needs, or the label of one that stands on the next line."""
    return Told(Piece.IGNORED, words) if re.search(r"\d", words) else Told(Piece.LABEL, "fax")


def _phone(text: str) -> tuple[str, str] | None:
    """A telephone number as written and the text without it and its label."""
    label = _PHONE_LABEL.search(text)
    if label and (number := _NUMBER.match(text, label.end())):
        return number.group().strip(), (text[: label.start()] + " " + text[number.end() :]).strip()
    bare = _BARE_NUMBER.fullmatch(text.strip())
    if bare and not _TOWN.match(text.strip()):
        return text.strip(), ""
    return None


def _without_label(text: str) -> str | None:
    """The words after a label; ``None`` where a label is all there is."""
    rest = text.strip(" ,")
    if _PHONE_LABEL.fullmatch(rest):
        return None
    while match := _LABEL.match(rest):
        rest = rest[match.end() :].strip()
        if not rest:
            return None
    return rest


def _words(text: str) -> list[Told]:
    """What words without number or address say."""
    words = text.strip(" ,")
    if not words:
        return []
    town = _TOWN.search(words)
    if town and (town.start() == 0 or _is_street(words[: town.start()].strip(" ,"))):
        street = words[: town.start()].strip(" ,")
        return [*([Told(Piece.STREET, street)] if street else []), Told(Piece.TOWN, _town(town))]
    if _is_street(words):
        return [Told(Piece.STREET, words)]
    if _SITE.fullmatch(words) or _HOURS.fullmatch(words) or _is_prose(words):
        return [Told(Piece.IGNORED, words)]
    return _person_or_office(words)


def _person_or_office(words: str) -> list[Told]:
    """A name, an office with a name after it, an office, an organisation, or something else."""
    if name := name_of_line(words):
        return [Told(Piece.NAME, name)]
    first = words.split(maxsplit=1)[0].strip(",:")
    heads = [word.strip(",:()") for word in words.split()]
    role_at = next((rank for rank, word in enumerate(heads) if is_role(word)), None)
    if role_at is not None and all(is_modifier(word) for word in heads[:role_at]):
        if is_function(first) and len(heads) == 1:
            return [Told(Piece.LABEL, words.lower())]
        return _office_with_name(words)
    if any(map(is_organisation, heads[:3])):
        return [Told(Piece.ORGANISATION, words)]
    return [Told(Piece.ROLE if role_at is not None else Piece.OTHER, words)]


def _office_with_name(words: str) -> list[Told]:
    """An office, and the name after it where one stands there (``Pressesprecherin Erika Mustermann``)."""
    tokens = words.split()
    for rank in range(1, len(tokens) - 1):
        name = name_of_line(" ".join(tokens[rank:]))
        if name and re.match(rf"(?:{TITLES})", " ".join(tokens[rank:])):
            office = " ".join(tokens[:rank]).strip(" ,:")
            named = [Told(Piece.NAME, name)]
            return named if is_function(office) else [*named, Told(Piece.ROLE, office)]
    return [Told(Piece.ROLE, words)]


def _is_street(text: str) -> bool:
    """Whether a text is a street with a house number, or a post box."""
    if _POST_BOX.fullmatch(text):
        return True
    if len(text) > _LONGEST_STREET or text.lower().startswith(_NO_STREET) or _YEAR_LAST.search(text):
        return False
    return _STREET.fullmatch(text) is not None


def _is_prose(words: str) -> bool:
    """Whether words are a sentence rather than a line of a card."""
    many = len(words.split())
    return bool(_VERB.search(words)) or words.endswith(("?", "!")) or (words.endswith(".") and many > 6) or many > 16


def _town(match: re.Match[str]) -> str:
    """Post code and town, one space between."""
    return f"{match['code']} {match['town'].rstrip('.,')}"
