"""Changes of single facts: the page itself, its strategy, figures, dates, events, contacts and documents.

Only facts that stand on both sides are told here.  A fact that came or went did so with words of the page, and those
are told where they stand: as an item, a section or an edited text.
"""

from __future__ import annotations

from collections.abc import Sequence

from transform.change import ChangeKind, Entity
from transform.compare.claims import Claims
from transform.compare.matching import likeness, match
from transform.compare.telling import tell
from transform.compare.wording import bag, bare, words
from transform.german.numbers import parse_number
from transform.german.text import comparable, key
from transform.records import Contact, DateRecord, DateRole, DocumentRecord, Event, Figure, Records, Strategy

_STRATEGY_FIELDS = (
    "title",
    "status",
    "adopted_on",
    "horizon_from",
    "horizon_to",
    "predecessor",
    "successor",
    "authority",
)
_EVENT_FIELDS = ("start_on", "end_on", "place", "organiser")
_CONTACT_FIELDS = ("role", "organisation", "email", "phone", "address")


def compare_page(before: Records, after: Records, claims: Claims) -> None:
    """The page's own title and publisher; a new title accounts for the h1."""
    if key(before.title) != key(after.title):
        claims.tell(
            tell(Entity.PAGE, after.title, ChangeKind.CHANGED, field="title", before=before.title, after=after.title),
            went=(before.title,),
            came=(after.title,),
        )
        claims.claim_heading(before.title, after.title)
    if key(before.publisher) != key(after.publisher):
        claims.tell(
            tell(
                Entity.PAGE,
                after.title,
                ChangeKind.CHANGED,
                field="publisher",
                before=before.publisher,
                after=after.publisher,
                summary=f"Herausgeber der Seite ist jetzt „{after.publisher}“ (bisher „{before.publisher}“).",
            )
        )


def compare_strategies(before: Records, after: Records, claims: Claims) -> None:
    """Fields of a strategy; a page tells of one, so the first of each side are the same one.

    A title that only follows the page's title is no change of its own.  A value that went missing because its sentence
    went is told with the sentence.
    """
    for old, new in zip(before.strategies, after.strategies, strict=False):
        for name in _STRATEGY_FIELDS:
            was, now = _text(getattr(old, name)), _text(getattr(new, name))
            if was is None or now is None or key(was) == key(now):
                continue
            if name == "title" and _told_as_title(claims, was, now):
                continue
            claims.tell(
                tell(
                    Entity.STRATEGY,
                    new.title,
                    ChangeKind.CHANGED,
                    field=name,
                    before=was,
                    after=now,
                    section=new.section,
                ),
                went=_strategy_words(old, name),
                came=_strategy_words(new, name),
            )


def _told_as_title(claims: Claims, was: str, now: str) -> bool:
    return any(change.field == "title" for change in claims.changes) or likeness(was, now) >= 0.95


def _strategy_words(strategy: Strategy, name: str) -> tuple[str | None, ...]:
    return (strategy.status_evidence,) if name == "status" else (_text(getattr(strategy, name)),)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def compare_figures(before: Records, after: Records, claims: Claims) -> None:
    """Figures that count the same thing with another value: one change each, however often the page repeats it."""
    found = match(
        before.figures,
        after.figures,
        identity=_figure_identity,
        alike=_figure_likeness,
        threshold=0.75,
        in_place=0.75,
    )
    for old, new in found.alike:
        field = "value" if (old.value, old.value_to) != (new.value, new.value_to) else "comparator"
        was, now = _figure_values(old, field), _figure_values(new, field)
        claims.tell(
            tell(
                Entity.FIGURE,
                new.unit,
                ChangeKind.CHANGED,
                field=field,
                before=was,
                after=now,
                section=new.section,
                summary=f"{new.unit}: {_figure_phrase(old)} → {_figure_phrase(new)}.",
            ),
            went=(_figure_words(old),) * old.mentions,
            came=(_figure_words(new),) * new.mentions,
        )


def _figure_identity(figure: Figure) -> tuple[object, ...]:
    return (figure.value, figure.value_to, figure.comparator, key(figure.unit))


def _figure_likeness(old: Figure, new: Figure) -> float:
    """The same thing is counted where the units are alike; the sentence around decides between several."""
    unit = likeness(old.unit, new.unit)
    if unit < 0.75:
        return 0.0
    around = likeness(_without_number(old.evidence), _without_number(new.evidence))
    same_place = 0.1 if key(old.scope or "") == key(new.scope or "") else 0.0
    return min(1.0, 0.55 * unit + 0.35 * around + same_place)


def _without_number(text: str) -> str:
    return " ".join(word for word in comparable(text).split() if not any(char.isdigit() for char in word))


def _figure_values(figure: Figure, field: str) -> str:
    if field == "comparator":
        return figure.comparator
    return number_text(figure.value) + (f"-{number_text(figure.value_to)}" if figure.value_to is not None else "")


def number_text(value: float) -> str:
    """A number without grouping; whole numbers without a decimal point."""
    return str(int(value)) if float(value).is_integer() else str(value)


def _figure_phrase(figure: Figure) -> str:
    value = f"{figure.value:,.10g}".translate(str.maketrans(",.", ".,"))
    return f"{figure.qualifier} {value}" if figure.qualifier else value


def _figure_words(figure: Figure) -> str:
    """The words of the evidence that make up the number: digits, number words and what qualifies them."""
    qualifying = bag(figure.qualifier)
    return " ".join(
        word
        for word in words(figure.evidence)
        if any(char.isdigit() for char in word) or bare(word) in qualifying or parse_number(bare(word)) is not None
    )


def compare_events(before: Records, after: Records, claims: Claims) -> None:
    """Events of the same name whose date or place changed."""
    found = match(before.events, after.events, identity=lambda e: key(e.name), alike=_event_likeness, threshold=0.8)
    for old, new in found.pairs:
        for name in _EVENT_FIELDS:
            was, now = getattr(old, name), getattr(new, name)
            if was is None or now is None or key(was) == key(now):
                continue
            claims.tell(
                tell(
                    Entity.EVENT, new.name, ChangeKind.CHANGED, field=name, before=was, after=now, section=new.section
                ),
                went=(old.evidence, _event_dates(before.dates, old)),
                came=(new.evidence, _event_dates(after.dates, new)),
            )


def _event_likeness(old: Event, new: Event) -> float:
    return likeness(old.name, new.name)


def _event_dates(dates: Sequence[DateRecord], event: Event) -> str:
    """Evidence of the date records of the same days: the words in which the page tells them."""
    return " ".join(d.evidence for d in dates if (d.start_on, d.end_on) == (event.start_on, event.end_on))


def compare_dates(before: Records, after: Records, claims: Claims) -> None:
    """Dates of one role that changed, unless an event or the strategy tells of them already."""
    told = {change.before for change in claims.changes} | {change.after for change in claims.changes}
    for role in (DateRole.PUBLISHED, DateRole.PERIOD, DateRole.ADOPTED, DateRole.EVENT):
        old = [d for d in before.dates if d.role == role]
        new = [d for d in after.dates if d.role == role]
        gone = [d for d in old if _span(d) not in map(_span, new)]
        come = [d for d in new if _span(d) not in map(_span, old)]
        if len(gone) != 1 or len(come) != 1:
            continue
        (was,), (now,) = gone, come
        claims.account((was.evidence,), (now.evidence,))
        if not {was.start_on, was.end_on, now.start_on, now.end_on} & told:
            _tell_date(was, now, claims)


def _tell_date(was: DateRecord, now: DateRecord, claims: Claims) -> None:
    field = "start_on" if was.start_on != now.start_on else "end_on"
    claims.tell(
        tell(
            Entity.DATE,
            now.role,
            ChangeKind.CHANGED,
            field=field,
            before=getattr(was, field),
            after=getattr(now, field),
            section=now.section,
        )
    )


def _span(date: DateRecord) -> tuple[str, str]:
    return (date.start_on, date.end_on)


def compare_contacts(before: Records, after: Records, claims: Claims) -> None:
    """Contacts that came, went, were replaced by another person, or can be reached otherwise."""
    found = match(
        before.contacts, after.contacts, identity=_contact_key, alike=_contact_likeness, threshold=0.5, in_place=0.0
    )
    for old, new in found.same:
        for name in _CONTACT_FIELDS:
            was, now = getattr(old, name), getattr(new, name)
            if key(was or "") != key(now or ""):
                claims.tell(
                    tell(
                        Entity.CONTACT,
                        contact_name(new),
                        ChangeKind.CHANGED,
                        field=name,
                        before=was,
                        after=now,
                        section=new.section,
                    ),
                    went=(was,),
                    came=(now,),
                )
    for old, new in found.alike:
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
            went=_contact_words(old),
            came=_contact_words(new),
        )
    for old in found.removed:
        claims.tell(
            tell(Entity.CONTACT, contact_name(old), ChangeKind.REMOVED, before=contact_name(old), section=old.section),
            went=_contact_words(old),
        )
    for new in found.added:
        claims.tell(
            tell(Entity.CONTACT, contact_name(new), ChangeKind.ADDED, after=contact_name(new), section=new.section),
            came=_contact_words(new),
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


def compare_documents(before: Records, after: Records, claims: Claims) -> None:
    """Documents that came, went, moved (same bytes, other address) or were replaced (other bytes or another file)."""
    found = match(
        before.documents,
        after.documents,
        identity=lambda d: d.url,
        alike=_document_likeness,
        threshold=0.8,
        in_place=0.8,
    )
    for old, new in found.same:
        if old.sha256 and new.sha256 and old.sha256 != new.sha256:
            _tell_document(old, new, ChangeKind.REPLACED, "sha256", claims)
    for old, new in found.alike:
        moved = bool(old.sha256) and old.sha256 == new.sha256
        _tell_document(old, new, ChangeKind.MOVED if moved else ChangeKind.REPLACED, "url", claims)
    for old in found.removed:
        claims.tell(
            tell(
                Entity.DOCUMENT,
                old.label,
                ChangeKind.REMOVED,
                before=old.url,
                section=old.section,
                summary=f"Dokument entfallen: „{old.label}“ ({old.url}).",
            ),
            went=(old.label,),
        )
    for new in found.added:
        claims.tell(
            tell(
                Entity.DOCUMENT,
                new.label,
                ChangeKind.ADDED,
                after=new.url,
                section=new.section,
                summary=f"Neues Dokument: „{new.label}“ ({new.url}).",
            ),
            came=(new.label,),
        )


def _document_likeness(old: DocumentRecord, new: DocumentRecord) -> float:
    if old.sha256 and old.sha256 == new.sha256:
        return 1.0
    return max(likeness(old.label, new.label), likeness(_file_name(old.url), _file_name(new.url)))


def _file_name(url: str) -> str:
    return url.split("?", maxsplit=1)[0].rsplit("/", 1)[-1]


def _tell_document(old: DocumentRecord, new: DocumentRecord, kind: ChangeKind, field: str, claims: Claims) -> None:
    summary = {
        "sha256": f"Dokument „{new.label}“ wurde unter derselben Adresse ersetzt ({new.url}).",
        "url": f"Dokument „{new.label}“ "
        + ("liegt jetzt" if kind is ChangeKind.MOVED else "wurde ersetzt; die neue Fassung liegt")
        + f" unter {new.url} (bisher {old.url}).",
    }[field]
    claims.tell(
        tell(
            Entity.DOCUMENT,
            new.label,
            kind,
            field=field,
            before=getattr(old, field),
            after=getattr(new, field),
            section=new.section,
            summary=summary,
        ),
        went=(old.label,),
        came=(new.label,),
    )
