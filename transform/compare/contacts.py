"""Changes of contacts."""

from __future__ import annotations

import re

from transform.change import ChangeClass, ChangeKind, Entity
from transform.compare.claims import Claims
from transform.compare.matching import likeness, match
from transform.compare.standing import Standing
from transform.compare.telling import tell
from transform.compare.wording import is_editorial
from transform.german.text import key
from transform.outline import SEPARATOR
from transform.records import Contact, Records

_BRACKETS = str.maketrans("", "", "()")
_CONTACT_FIELDS = ("role", "organisation", "email", "phone", "address")


def compare_contacts(before: Records, after: Records, claims: Claims, said: Standing) -> None:
    """Contacts that came, went, were replaced by another person, stand elsewhere, or can be reached otherwise.

    A contact whose words the page still says is not gone: it is told where its words changed.
    """
    found = match(
        before.contacts, after.contacts, identity=_contact_key, alike=_contact_likeness, threshold=0.5, in_place=0.0
    )
    for old, new in found.same:
        _tell_fields(old, new, claims, said)
        _tell_moved(old, new, claims)
    for old, new in found.alike:
        if old.name is None and new.name is None and (old.organisation is None) == (new.organisation is None):
            _tell_fields(old, new, claims, said)
        elif said.went(contact_name(old)) or said.came(contact_name(new)):
            _tell_replaced(old, new, claims)
    for old in found.removed:
        if said.went(contact_name(old)):
            name = contact_name(old)
            told = tell(Entity.CONTACT, name, ChangeKind.REMOVED, before=name, section=old.section)
            claims.tell(told, went=_card(old))
    for new in found.added:
        if said.came(contact_name(new)):
            name = contact_name(new)
            told = tell(Entity.CONTACT, name, ChangeKind.ADDED, after=name, section=new.section)
            claims.tell(told, came=_card(new))


def _tell_fields(old: Contact, new: Contact, claims: Claims, said: Standing) -> None:
    """Fields with another value; one that is only read otherwise, its words being said as often as before, is none."""
    for name in _CONTACT_FIELDS:
        was, now = getattr(old, name), getattr(new, name)
        if key(was or "") == key(now or ""):
            continue
        if (was is None or not said.went(was)) and (now is None or not said.came(now)):
            continue
        claims.tell(
            tell(
                Entity.CONTACT,
                contact_name(new),
                ChangeKind.CHANGED,
                field=name,
                before=was,
                after=now,
                section=new.section,
                change_class=ChangeClass.EDITORIAL if _is_respelt(name, was, now) else ChangeClass.CONTENT,
            ),
            went=(was,),
            came=(now,),
        )


def _is_respelt(field: str, was: str | None, now: str | None) -> bool:
    """Whether only the spelling is another: ``+49 391 5670`` is the number ``0391 / 567-0``."""
    if was is None or now is None:
        return False
    if field == "phone":
        return _dialled(was) == _dialled(now)
    return field != "email" and is_editorial(was, now)


def _dialled(phone: str) -> str:
    """What is dialled within the country: digits alone (DIN 5008 and E.123 write them in many groups)."""
    return re.sub(r"^(?:\+49|0049)(?:\(0\)|0)?", "0", re.sub(r"[^\d+()]", "", phone)).translate(_BRACKETS)


def _tell_moved(old: Contact, new: Contact, claims: Claims) -> None:
    """A contact that stands below another heading; a heading that was renamed is the same one."""
    was, now = _heading(old), _heading(new)
    if key(was) == key(now) or (key(was), key(now)) in claims.headings_renamed:
        return
    if key(was) in claims.headings_removed or key(now) in claims.headings_added:
        return
    claims.tell(
        tell(
            Entity.CONTACT,
            contact_name(new),
            ChangeKind.MOVED,
            field="section",
            before=was,
            after=now,
            section=new.section,
            change_class=ChangeClass.ORDER,
            summary=f"Kontakt „{contact_name(new)}“ steht jetzt unter „{now}“ (bisher „{was}“).",
        ),
        went=_card(old),
        came=_card(new),
    )


def _heading(contact: Contact) -> str:
    return (contact.section or "").split(SEPARATOR)[-1]


def _tell_replaced(old: Contact, new: Contact, claims: Claims) -> None:
    claims.tell(
        tell(
            Entity.CONTACT,
            contact_name(new),
            ChangeKind.REPLACED,
            field="name" if new.name else "email",
            before=contact_name(old),
            after=contact_name(new),
            section=new.section,
            summary=f"Ansprechpartner gewechselt: „{contact_name(new)}“ statt „{contact_name(old)}“.",
        ),
        went=_card(old),
        came=_card(new),
    )


def contact_name(contact: Contact) -> str:
    """What a contact is called: its name, else its organisation, else how it is reached."""
    return contact.name or contact.organisation or contact.email or contact.phone or contact.address or ""


def _contact_key(contact: Contact) -> str:
    return key(contact_name(contact))


def _contact_likeness(old: Contact, new: Contact) -> float:
    """Another person in the same place: the rest of the card is the same."""
    return likeness(" ".join(filter(None, _contact_words(old)[1:])), " ".join(filter(None, _contact_words(new)[1:])))


def _contact_words(contact: Contact) -> tuple[str | None, ...]:
    return (contact.name, contact.role, contact.organisation, contact.email, contact.phone, contact.address)


def _card(contact: Contact) -> tuple[str | None, ...]:
    """The verbatim card, and what it was read into where that is more."""
    return (contact.evidence,) if contact.evidence.count("\n") else (contact.evidence, *_beyond(contact))


def _beyond(contact: Contact) -> tuple[str | None, ...]:
    return tuple(word for word in _contact_words(contact) if word and word not in contact.evidence)
