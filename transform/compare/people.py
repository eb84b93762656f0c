"""Changes of what people say and of what they are: quotations in other words, persons in another role.

Only what stands on both sides is told here, as with all facts; a quotation or a person that came or went did so with
words of the page.
"""

from __future__ import annotations

from collections.abc import Iterator

from transform.change import ChangeClass, ChangeKind, Entity
from transform.compare.claims import Claims
from transform.compare.matching import likeness, match
from transform.compare.telling import tell
from transform.compare.wording import hunks, is_editorial, shortened
from transform.german.text import comparable, key
from transform.records import Person, Quote, Records

_SAME_QUOTE = 0.6
"""From this likeness on two quotations are one in other words."""
_ROLES = ("role", "organisation")


def compare_quotes(before: Records, after: Records, claims: Claims) -> None:
    """Quotations whose words or whose speaker are others."""
    found = match(
        before.quotes,
        after.quotes,
        identity=lambda quote: key(quote.text),
        alike=_quote_likeness,
        threshold=_SAME_QUOTE,
        in_place=_SAME_QUOTE,
        surer=(lambda quote: (key(quote.text), key(quote.speaker or "")),),
    )
    for old, new in found.pairs:
        if comparable(old.text) != comparable(new.text):
            _tell_words(old, new, claims)
        if old.speaker and new.speaker and key(old.speaker) != key(new.speaker):
            _tell_speaker(old, new, (before, after), claims)


def _quote_likeness(old: Quote, new: Quote) -> float:
    return likeness(old.text, new.text)


def _tell_words(old: Quote, new: Quote, claims: Claims) -> None:
    """A quotation in other words, unless a figure in it tells of them."""
    if claims.explain(hunks(old.text, new.text)):
        return
    claims.tell(
        tell(
            Entity.QUOTE,
            new.speaker or "",
            ChangeKind.EDITED,
            field="text",
            before=old.text,
            after=new.text,
            section=new.section,
            change_class=ChangeClass.EDITORIAL if is_editorial(old.text, new.text) else ChangeClass.CONTENT,
        ),
        went=(old.text,),
        came=(new.text,),
    )


def _tell_speaker(old: Quote, new: Quote, sides: tuple[Records, Records], claims: Claims) -> None:
    before, after = sides
    claims.tell(
        tell(
            Entity.QUOTE,
            new.speaker or "",
            ChangeKind.CHANGED,
            field="speaker",
            before=old.speaker,
            after=new.speaker,
            section=new.section,
            summary=f"Zitat „{shortened(new.text)}“ stammt jetzt von „{new.speaker}“ (bisher „{old.speaker}“).",
        ),
        went=(old.speaker, *_named(before, old)),
        came=(new.speaker, *_named(after, new)),
    )


def _named(records: Records, quote: Quote) -> Iterator[str]:
    """The words in which the page names a quotation's speaker, role included."""
    return (person.evidence for person in records.persons if key(person.name) == key(quote.speaker or ""))


def compare_persons(before: Records, after: Records, claims: Claims) -> None:
    """Persons in another role or organisation; those on a contact card are told there."""
    contacts = {key(contact.name) for side in (before, after) for contact in side.contacts if contact.name}
    found = match(before.persons, after.persons, identity=lambda person: key(person.name), alike=_never)
    for old, new in found.same:
        if key(new.name) not in contacts:
            _tell_roles(old, new, claims)


def _never(_old: Person, _new: Person) -> float:
    return -1.0


def _tell_roles(old: Person, new: Person, claims: Claims) -> None:
    for name in _ROLES:
        was, now = getattr(old, name), getattr(new, name)
        if was is None or now is None or key(was) == key(now):
            continue
        claims.tell(
            tell(
                Entity.PERSON,
                new.name,
                ChangeKind.CHANGED,
                field=name,
                before=was,
                after=now,
                section=new.section,
                change_class=ChangeClass.EDITORIAL if is_editorial(was, now) else ChangeClass.CONTENT,
            ),
            went=(old.evidence, was),
            came=(new.evidence, now),
        )
