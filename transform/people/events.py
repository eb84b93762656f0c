"""Events: occasions that a page tells of, with kind, days, place and organiser.

An event needs a word for its kind (``Kongress``, ``Startup-Tour``) and a day or month; without a date it is a wish or a
slogan.  The date stands in the same sentence, or, for an event with a name of its own, in the one other sentence of the
page that tells of an occasion.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from transform.dates.grammar import FoundDate, dates_in
from transform.dates.roles import event_in
from transform.document import BlockKind
from transform.german.sentences import sentences
from transform.german.text import key
from transform.outline import Placed
from transform.people.common_words import is_adjective, is_common
from transform.people.event_places import organiser_in, place_in
from transform.records import Precision

_HEADS = (
    "tour|delegationsreise|kongress|konferenz|tagung|gipfel|messe|veranstaltung|forum|workshop|symposium|webinar|hackathon|barcamp|"
    "festival|seminar|podiumsdiskussion|fachtag|digitaltag|aktionstag|thementag|preisverleihung|zukunftswerkstatt|ideenwerkstatt|"
    "roadshow|bürgerdialog|dialogreihe|camp|digitalwoche|aktionswoche|themenwoche|empfang|summit|convention|meetup|netzwerktreffen|"
    "spitzentreffen|gipfeltreffen|fachgespräch|feierstunde|ausstellung|kick-off|kickoff|sprechstunde|werkstattgespräch|"
    "innovationstag|strategietag|zukunftstag|roundtable"
)
_DAY_OF = r"(?:(?<=[Dd]er )|(?<=[Zz]um )|(?<=[Bb]eim ))Tag(?=\sder\s[A-ZÄÖÜ])|(?<=Digitale )Woche"
_KIND = re.compile(
    rf"(?:(?<![\w-])|(?<=[“”\"«‘’']-))(?:(?:[A-ZÄÖÜ][\w-]*?)?(?i:{_HEADS})(?:e?s)?|{_DAY_OF})(?![\w-])(?!\s(?:Center|Centre|Hub|Campus))"
)
_QUOTED = r"[„“”\"»«‚‘'›‹](?P<quoted>[^„“”\"»«‚‘’'›‹]{2,80})[“”\"»«‘’'‹›]"
_ANY_QUOTE = re.compile(r"[„“”\"»«‚‘'›‹]")
_NAME_AFTER = re.compile(rf"\s*:?\s*(?:zum Thema\s+|unter dem (?:Motto|Titel)\s+|mit dem Titel\s+|namens\s+)?{_QUOTED}")
_NAME_BEFORE = re.compile(rf"{_QUOTED}\s*-?\s*$")
_GOES_ON = re.compile(
    r"(?:\s(?:\d{4}(?!\s?[-–/.]?\d)|[A-ZÄÖÜ][\w-]*|&|\+|und(?=\s[A-ZÄÖÜ])|(?:der|des|für)(?:\s[a-zäöüß]+n)?(?=\s[A-ZÄÖÜ])))*"
)
_WORD_BEFORE = re.compile(r"(?P<word>[A-ZÄÖÜ][\w.-]*)\s$")
_LABEL = re.compile(
    r"^(?P<label>Termin|Datum|Wann|Zeitraum|Zeit|Ort|Wo|Veranstaltungsort|Veranstalter(?:in)?|Ausrichter(?:in)?)\s*:\s*(?P<value>.+)$",
    re.IGNORECASE,
)
_DAYS = (Precision.DAY, Precision.MONTH)


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event with where it stands; ``start_on`` and ``end_on`` are ISO 8601 to the precision told."""

    name: str
    kind: str
    start_on: str
    end_on: str
    place: str | None
    organiser: str | None
    evidence: str
    section: str | None


@dataclass(frozen=True, slots=True)
class _Named:
    """An event named in a sentence, before it has a date."""

    name: str
    kind: str
    start: int
    end: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class _Occasion:
    """A date in a sentence that tells of an occasion."""

    sentence: str
    date: FoundDate


def find_events(placed: tuple[Placed, ...]) -> tuple[FoundEvent, ...]:
    """The events of a document in reading order, each once."""
    told = [(place, sentence) for place in placed if _may_tell(place) for sentence in sentences(place.block.text)]
    occasion = _only_occasion([sentence for _, sentence in told])
    found: list[FoundEvent] = []
    for place, sentence in told:
        found.extend(_in_sentence(sentence, place, occasion))
    found.extend(_labelled(placed))
    return _distinct(found)


def _may_tell(place: Placed) -> bool:
    """Whether a block may tell of an event in a sentence."""
    return place.block.kind is not BlockKind.KICKER and not any(map(_LABEL.match, place.block.text.split("\n")))


def _only_occasion(texts: list[str]) -> _Occasion | None:
    """The one occasion of the page that a sentence dates to the day; ``None`` where there are none or several."""
    occasions = [_Occasion(text, date) for text in texts for date in event_in(text) if date.precision is Precision.DAY]
    days = {(one.date.start, one.date.end) for one in occasions}
    return occasions[0] if len(days) == 1 else None


def _in_sentence(sentence: str, place: Placed, occasion: _Occasion | None) -> list[FoundEvent]:
    """The events that a sentence names, with the nearest date in it or that of the page's one occasion."""
    dates = [date for date in dates_in(sentence) if date.precision in _DAYS]
    if not dates and (occasion is None or not _ANY_QUOTE.search(sentence)):
        return []
    named = _named(sentence)
    result = []
    for event in _chosen(named, dates):
        if dates:
            date = min(dates, key=lambda one: _distance(one.span, (event.start, event.end)))
            result.append(_event(event, _Occasion(sentence, date), sentence, place))
        elif event.quoted and occasion is not None:
            result.append(_event(event, occasion, sentence, place))
    return result


def _chosen(named: list[_Named], dates: list[FoundDate]) -> list[_Named]:
    """The events that the dates are about: those named in quotation marks, else the one nearest to each date."""
    quoted = [event for event in named if event.quoted]
    if quoted or not named:
        return quoted
    return list(dict.fromkeys(min(named, key=lambda one: _distance(date.span, (one.start, one.end))) for date in dates))


def _event(event: _Named, occasion: _Occasion, sentence: str, place: Placed) -> FoundEvent:
    """The event with all that its sentence and the one that dates it say."""
    span = occasion.date.span
    where = place_in(occasion.sentence, span) or (place_in(sentence, (event.start, event.end)))
    organiser = organiser_in(sentence) or organiser_in(occasion.sentence)
    evidence = sentence if occasion.sentence == sentence else sentence[event.start : event.end]
    return FoundEvent(
        event.name, event.kind, occasion.date.start, occasion.date.end, where, organiser, evidence, place.path
    )


def _named(sentence: str) -> list[_Named]:
    """The events named in a sentence, in order."""
    result = []
    for match in _KIND.finditer(sentence):
        kind = _singular(match.group(), sentence[: match.start()])
        if not kind[0].isupper():
            continue
        if after := _NAME_AFTER.match(sentence, match.end()):
            result.append(_Named(after["quoted"].strip(), kind, match.start(), after.end(), quoted=True))
        elif before := _NAME_BEFORE.search(sentence[: match.start()]):
            result.append(_Named(before["quoted"].strip(), kind, before.start(), match.end(), quoted=True))
        else:
            result.append(_proper(sentence, match))
    return result


def _proper(sentence: str, match: re.Match[str]) -> _Named:
    """An event whose name is its kind with the capitalised words and the year around it (``Digitalgipfel 2024``)."""
    after = _GOES_ON.match(sentence, match.end())
    end = after.end() if after else match.end()
    dates = [date.span[0] for date in dates_in(sentence) if not date.is_bare_year and date.span[0] >= match.end()]
    tail = sentence[match.end() : min([end, *dates])].rstrip()
    tail = re.sub(r"(?:\s(?:und|&|der|des|für|am|im))+$", "", tail)
    start = match.start()
    while (word := _WORD_BEFORE.search(sentence[:start])) and _belongs(word["word"], at_start=word.start() == 0):
        start = word.start()
    kind = _singular(match.group(), sentence[: match.start()])
    head = sentence[start : match.start()]
    return _Named(f"{head}{kind}{tail}", kind, start, match.end() + len(tail))


def _belongs(word: str, *, at_start: bool) -> bool:
    """Whether a capitalised word before the kind is part of the event's name (``Smart Country Convention``)."""
    if word.endswith(".") or word.isdigit():
        return False
    return not at_start and (is_adjective(word) or not is_common(word))


def _singular(kind: str, before: str) -> str:
    """The kind without a genitive -s, where an article says that it has one."""
    if kind.endswith("ss") or not re.search(r"\b(?:des|eines|dieses)\s(?:[\wäöüß-]+\s)?$", before, re.IGNORECASE):
        return kind
    return re.sub(r"(?<=ss)es$|s$", "", kind)


def _labelled(placed: tuple[Placed, ...]) -> list[FoundEvent]:
    """Events told by labels (``Termin: …``, ``Ort: …``) below the heading that names them."""
    groups: dict[tuple[str, ...], list[tuple[str, str, str, Placed]]] = {}
    for place in placed:
        for line in place.block.text.split("\n"):
            if match := _LABEL.match(line.strip()):
                groups.setdefault(place.headings, []).append(
                    (match["label"].lower(), match["value"], line.strip(), place)
                )
    return [event for lines in groups.values() if (event := _from_labels(lines))]


def _from_labels(lines: list[tuple[str, str, str, Placed]]) -> FoundEvent | None:
    """The event that a group of labelled lines tells; ``None`` without a date or without a name above."""
    told = {label: value for label, value, _, _ in reversed(lines)}
    when = next((told[label] for label in ("termin", "datum", "wann", "zeitraum", "zeit") if label in told), "")
    dates = [date for date in dates_in(when) if date.precision in _DAYS]
    heading = lines[0][3].heading
    where = next((told[label] for label in ("ort", "veranstaltungsort", "wo") if label in told), None)
    kind = _KIND.search(heading or "")
    if not dates or not heading or not (kind or where):
        return None
    by = next(
        (
            value
            for label, value in told.items()
            if label.startswith(("veranst", "ausr")) and label != "veranstaltungsort"
        ),
        None,
    )
    quoted = re.search(_QUOTED, heading)
    name = quoted["quoted"] if quoted else heading
    evidence = "\n".join(text for _, _, text, _ in lines)
    return FoundEvent(
        name,
        kind.group() if kind else "Veranstaltung",
        dates[0].start,
        dates[0].end,
        where,
        by,
        evidence,
        lines[0][3].path,
    )


def _distance(one: tuple[int, int], other: tuple[int, int]) -> int:
    """How many characters lie between two stretches of a sentence."""
    return max(other[0] - one[1], one[0] - other[1], 0)


def _distinct(found: list[FoundEvent]) -> tuple[FoundEvent, ...]:
    """Each event once: one told by its kind alone adds to the named one of the same days."""
    result: list[FoundEvent] = []
    for event in found:
        at = next((rank for rank, one in enumerate(result) if _same(one, event)), None)
        if at is None:
            result.append(event)
        else:
            kept, other = sorted((result[at], event), key=lambda one: -len(one.name) if one.name != one.kind else 0)
            result[at] = replace(kept, place=kept.place or other.place, organiser=kept.organiser or other.organiser)
    return tuple(result)


def _same(one: FoundEvent, other: FoundEvent) -> bool:
    """Whether two tellings are of one event."""
    if (one.start_on, one.end_on) != (other.start_on, other.end_on):
        return key(one.name) == key(other.name) and one.name != one.kind
    first, second = key(one.name), key(other.name)
    return first in second or second in first or key(one.kind) == key(other.name) or key(other.kind) == key(one.name)
