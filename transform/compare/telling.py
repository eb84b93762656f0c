"""Making a change with its German sentence."""

from __future__ import annotations

import re

from transform.change import Change, ChangeClass, ChangeKind, Entity
from transform.compare.significance import reason, significance
from transform.compare.wording import shortened

NAMES: dict[Entity, str] = {
    Entity.PAGE: "Seite",
    Entity.STRATEGY: "Strategie",
    Entity.SECTION: "Abschnitt",
    Entity.ACTION_FIELD: "Handlungsfeld",
    Entity.GOAL: "Ziel",
    Entity.LIST_ITEM: "Listenpunkt",
    Entity.FIGURE: "Zahl",
    Entity.DATE: "Datum",
    Entity.EVENT: "Veranstaltung",
    Entity.CONTACT: "Kontakt",
    Entity.PERSON: "Person",
    Entity.QUOTE: "Zitat",
    Entity.DOCUMENT: "Dokument",
}
FIELDS: dict[str, str] = {
    "title": "Titel",
    "label": "Bezeichnung",
    "text": "Wortlaut",
    "speaker": "Sprecher",
    "publisher": "Herausgeber",
    "kicker": "Dachzeile",
    "url": "Adresse",
    "status": "Stand",
    "adopted_on": "Beschlussdatum",
    "horizon_from": "Beginn",
    "horizon_to": "Zielhorizont",
    "predecessor": "Vorgänger",
    "successor": "Nachfolger",
    "authority": "Zuständigkeit",
    "start_on": "Beginn",
    "end_on": "Ende",
    "place": "Ort",
    "organiser": "Veranstalter",
    "name": "Name",
    "role": "Funktion",
    "organisation": "Organisation",
    "email": "E-Mail-Adresse",
    "phone": "Telefonnummer",
    "address": "Anschrift",
    "value": "Wert",
    "comparator": "Einschränkung",
    "sha256": "Inhalt",
    "link": "Verweis",
    "group_name": "Gruppe",
}
_DATED = frozenset({"adopted_on", "start_on", "end_on"})
_ISO_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d{2}))?)?")
_MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November"),
    "Dezember",
)
_NEUTER = {Entity.ACTION_FIELD, Entity.GOAL, Entity.DATE, Entity.QUOTE, Entity.DOCUMENT}
_FEMININE = {Entity.PAGE, Entity.STRATEGY, Entity.FIGURE, Entity.EVENT, Entity.PERSON}


def tell(
    entity: Entity,
    key: str,
    kind: ChangeKind,
    *,
    field: str | None = None,
    before: str | None = None,
    after: str | None = None,
    section: str | None = None,
    change_class: ChangeClass = ChangeClass.CONTENT,
    summary: str | None = None,
) -> Change:
    """A change with its summary (made from the values where none is given) and its significance; cause page."""
    return Change(
        entity=entity,
        entity_key=key,
        kind=kind,
        field=field,
        before=before,
        after=after,
        section=section,
        change_class=change_class,
        significance=significance(entity, kind, change_class),
        reason=reason(entity, change_class),
        summary=summary or _summary(entity, key, kind, field, before, after),
    )


def _summary(
    entity: Entity, key: str, kind: ChangeKind, field: str | None, before: str | None, after: str | None
) -> str:
    thing, old, new = NAMES[entity], shown(field, before), shown(field, after)
    match kind:
        case ChangeKind.ADDED:
            return f"{_new(entity)} {thing}: {new}."
        case ChangeKind.REMOVED:
            return f"{thing} entfallen: {old}."
        case ChangeKind.RENAMED:
            return f"{thing} {'neu gefasst' if field == 'text' else 'umbenannt'}: {old} heißt jetzt {new}."
        case ChangeKind.EDITED if entity is Entity.QUOTE:
            return _edited(f"{thing} von {key}" if key else thing, "", before, after)
        case ChangeKind.EDITED:
            return _edited(thing, key, before, after)
        case ChangeKind.MOVED if field == "url":
            return f"{thing} umgezogen: von {before} nach {after}."
        case ChangeKind.MOVED:
            return f"{thing} {_quoted(key)} steht an anderer Stelle."
        case ChangeKind.REORDERED:
            return f"Reihenfolge geändert: {thing} {_quoted(key)} steht an anderer Stelle."
        case ChangeKind.REPLACED | ChangeKind.CHANGED:
            label = FIELDS.get(field or "", field or "Angabe")
            return f"{thing} {_quoted(key)}: {label} war {old}, ist jetzt {new}."


def shown(field: str | None, value: str | None) -> str:
    """A value as people write it: a date with the name of its month, all else in quotation marks."""
    if value is not None and field in _DATED and (date := _ISO_DATE.fullmatch(value)):
        month = f"{_MONTHS[int(date['month']) - 1]} " if date["month"] else ""
        return f"{int(date['day'])}. {month}{date['year']}" if date["day"] else f"{month}{date['year']}"
    return _quoted(value)


def _edited(thing: str, key: str, before: str | None, after: str | None) -> str:
    where = f"{thing} {_quoted(key)}" if key else thing
    if before and after:
        return f"{where} geändert: {_quoted(before)} heißt jetzt {_quoted(after)}"
    if after:
        return f"{where} ergänzt um {_quoted(after)}"
    return f"{where} gekürzt um {_quoted(before)}"


def _new(entity: Entity) -> str:
    return "Neues" if entity in _NEUTER else "Neue" if entity in _FEMININE else "Neuer"


def _quoted(value: str | None) -> str:
    return "nicht angegeben" if value is None else f"„{shortened(value)}“"
