"""Changes of single facts: the page itself, its strategy, figures, dates and events.

Only facts that stand on both sides are told here.  A fact that came or went did so with words of the page, and those
are told where they stand: as an item, a section or an edited text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from transform.change import ChangeClass, ChangeKind, Entity
from transform.compare.claims import Claims
from transform.compare.matching import likeness, match
from transform.compare.telling import shown, tell
from transform.compare.wording import bag, bare, is_editorial, shortened, words
from transform.german.numbers import numbers_in, parse_number
from transform.german.text import comparable, displayed, key
from transform.records import DateRecord, DateRole, Event, Figure, Records, Strategy

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
_DATE_ROLES: dict[str, str] = {
    DateRole.PUBLISHED: "Tag der Veröffentlichung",
    DateRole.PERIOD: "Zeitraum",
    DateRole.ADOPTED: "Tag des Beschlusses",
    DateRole.EVENT: "Termin",
}
_SAYS_LITTLE = re.compile(r"Prozent|Euro|Dollar|Franken")
_EVENT_FIELDS = ("start_on", "end_on", "place", "organiser")


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
    elif key(before.kicker or "") != key(after.kicker or ""):
        _tell_kicker(before.kicker, after.kicker, claims)


def _tell_kicker(was: str | None, now: str | None, claims: Claims) -> None:
    """The line above the title in other words; one that only came or went is recorded, and alerts nobody."""
    claims.tell(
        tell(
            Entity.PAGE,
            now or was or "",
            ChangeKind.CHANGED,
            field="kicker",
            before=was,
            after=now,
            change_class=ChangeClass.EDITORIAL if not was or not now or is_editorial(was, now) else ChangeClass.CONTENT,
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
        if _figure_identity(old)[:3] == _figure_identity(new)[:3]:
            continue  # the same number of a thing with another name: told with its sentence
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
                summary=_figure_summary(old, new),
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


def _figure_summary(old: Figure, new: Figure) -> str:
    """Both values, and the sentence where the unit does not say what is counted (``Prozent``, ``Euro``)."""
    told = f"{new.unit}: {_figure_phrase(old)} → {_figure_phrase(new)}"
    return f"{told}: „{shortened(new.evidence)}“" if _SAYS_LITTLE.match(new.unit) else f"{told.rstrip('.')}."


def _figure_phrase(figure: Figure) -> str:
    value = _spelt(figure.value)
    if figure.value_to is not None:
        value = f"{value} bis {_spelt(figure.value_to)}"
    return f"{figure.qualifier} {value}" if figure.qualifier else value


def _spelt(value: float) -> str:
    """A number as people write it: ``1.200``, ``99,2``, ``2,5 Mio.``."""
    for least, name in ((1e9, " Mrd."), (1e6, " Mio.")):
        if abs(value) >= least and round(value / least, 3) == value / least:
            return f"{value / least:.10g}".replace(".", ",") + name
    return f"{value:,.10g}".translate(str.maketrans(",.", ".,"))


def _figure_words(figure: Figure) -> str:
    """The words of the evidence that make up the number: digits, number words, magnitude and what qualifies them.

    Where the number is written otherwise than its value (a cell below ``in Mio. Euro``), all numbers of the evidence.
    """
    shown = displayed(figure.evidence)
    written = [
        found.text
        for found in numbers_in(shown)
        if (found.number.value, found.number.value_to) == (figure.value, figure.value_to)
    ]
    if written:
        return " ".join(filter(None, (figure.qualifier, written[0])))
    qualifying = bag(figure.qualifier)
    return " ".join(
        word
        for word in words(figure.evidence)
        if any(char.isdigit() for char in word) or bare(word) in qualifying or parse_number(bare(word)) is not None
    )


def compare_events(before: Records, after: Records, claims: Claims) -> None:
    """Events of the same name whose date or place changed; an event that is put off is one change, not two."""
    found = match(before.events, after.events, identity=lambda e: key(e.name), alike=_event_likeness, threshold=0.8)
    for old, new in found.pairs:
        for name in _EVENT_FIELDS:
            was, now = getattr(old, name), getattr(new, name)
            if was is None or now is None or key(was) == key(now):
                continue
            if name == "end_on" and old.start_on != new.start_on:
                continue  # one postponement, told by its first day
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
        if role is DateRole.PUBLISHED and not (_is_said(before, was) and _is_said(after, now)):
            continue  # what a page states of its own age is no content
        claims.account((was.evidence,), (now.evidence,))
        if not {was.start_on, was.end_on, now.start_on, now.end_on} & told:
            _tell_date(was, now, claims)


def _is_said(records: Records, date: DateRecord) -> bool:
    """Whether a date stands in the text, and not only beside it as a statement of the page's age."""
    sought = comparable(date.evidence)
    return any(sought in comparable(section.text) for section in records.sections)


def _tell_date(was: DateRecord, now: DateRecord, claims: Claims) -> None:
    field = "start_on" if was.start_on != now.start_on else "end_on"
    old, new = getattr(was, field), getattr(now, field)
    role = _DATE_ROLES.get(now.role, "Datum")
    claims.tell(
        tell(
            Entity.DATE,
            now.role,
            ChangeKind.CHANGED,
            field=field,
            before=old,
            after=new,
            section=now.section,
            summary=f"{role} war {shown(field, old)}, ist jetzt {shown(field, new)}.",
        )
    )


def _span(date: DateRecord) -> tuple[str, str]:
    return (date.start_on, date.end_on)
