"""The words around what a page says, in German and in English."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from transform.routing import Language, Route, Subject, When

BERLIN = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True, slots=True)
class Words:
    """The fixed words of a language; those with braces are filled in by the templates' data."""

    language: str
    change: str
    changes: str
    returned: str
    returned_to: str
    before: str
    after: str
    section: str
    interval: str
    long_interval: str
    evidence: str
    since: str
    now_holds: str
    still_holds: str
    to_do: str
    examine: str
    technical: str
    why: str
    content: str
    incident: str
    all_lands: str
    only: str
    least: str
    when: dict[When, str]
    key: str
    trial: str
    trial_text: str
    digest: str
    catch_up: str
    more: str
    months: tuple[str, ...]
    date: str


GERMAN = Words(
    language="de",
    change="1 Änderung",
    changes="{count} Änderungen",
    returned="Die Seite zeigt wieder eine frühere Fassung.",
    returned_to="Die Seite zeigt wieder eine frühere Fassung; sie stand dort zuletzt am {moment}.",
    before="vorher",
    after="jetzt",
    section="Abschnitt",
    interval="Wann: nach dem {first} (da stand noch die alte Fassung) und bis zum {last} (da stand die neue); "
    "Berliner Zeit.",
    long_interval="Genauer ist es nicht bekannt, weil die Seite dazwischen nicht mit Erfolg gelesen wurde.",
    evidence="Nachweis ansehen",
    since="Bemerkt",
    now_holds="Was gilt",
    still_holds="Die zuletzt geprüfte Fassung gilt weiter; gelöscht wird nichts.",
    to_do="Was zu tun ist",
    examine="Nachsehen",
    technical="Technisch",
    why="Warum diese Nachricht? Route „{route}“: {filters}; {when}.",
    content="Inhalte",
    incident="Störungen",
    all_lands="alle Länder",
    only="nur",
    least="ab Bedeutung {least}",
    when={When.IMMEDIATE: "sofort", When.NIGHTLY: "gesammelt je Nacht", When.WEEKLY: "gesammelt je Woche"},
    key="Kennung: {key} (eine Wiederholung trägt dieselbe)",
    trial="Probe: Strategiemonitor erreicht die Route „{route}“",
    trial_text="Dies ist eine Probe. Keine Seite hat sich geändert, und es ist nichts zu tun.",
    digest="{count} Meldungen, {span}",
    catch_up="Nachgereicht: {count} Meldungen, {span}",
    more="und {count} weitere",
    months=(
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
    date="{day}. {month} {year}, {time} Uhr",
)
ENGLISH = Words(
    language="en",
    change="1 change",
    changes="{count} changes",
    returned="The page shows an earlier version again.",
    returned_to="The page shows an earlier version again; it last stood there on {moment}.",
    before="before",
    after="now",
    section="Section",
    interval="When: after {first} (the old version still stood) and no later than {last} (the new one stood); "
    "Berlin time.",
    long_interval="Nothing more precise is known, because the page was not read with success in between.",
    evidence="See the evidence",
    since="Noticed",
    now_holds="What holds",
    still_holds="The version that was last verified still stands; nothing is deleted.",
    to_do="What to do",
    examine="Look it up",
    technical="Technically",
    why="Why this message? Route “{route}”: {filters}; {when}.",
    content="content",
    incident="incidents",
    all_lands="all Länder",
    only="only",
    least="from significance {least}",
    when={When.IMMEDIATE: "at once", When.NIGHTLY: "collected by night", When.WEEKLY: "collected by week"},
    key="Key: {key} (a repeat carries the same one)",
    trial="Trial: Strategiemonitor reaches the route “{route}”",
    trial_text="This is a trial. No page has changed, and there is nothing to do.",
    digest="{count} messages, {span}",
    catch_up="Delivered late: {count} messages, {span}",
    more="and {count} more",
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    date="{day} {month} {year}, {time}",
)


def words_of(language: str) -> Words:
    """The words of ``de`` or ``en``."""
    return ENGLISH if language == Language.EN else GERMAN


def moment(at: datetime, words: Words) -> str:
    """A time as Berlin's clocks show it: ``3. März 2026, 04:10 Uhr``."""
    local = at.astimezone(BERLIN)
    return words.date.format(day=local.day, month=words.months[local.month - 1], year=local.year, time=f"{local:%H:%M}")


def span(first: datetime, last: datetime, words: Words) -> str:
    """The days from first to last in Berlin, as short as can be: ``3. bis 9. März 2026``."""
    one, other = first.astimezone(BERLIN), last.astimezone(BERLIN)
    dot, to = (".", " bis ") if words.language == Language.DE else ("", " to ")
    end = f"{other.day}{dot} {words.months[other.month - 1]} {other.year}"
    if one.date() == other.date():
        return end
    if (one.year, one.month) == (other.year, other.month):
        return f"{one.day}{dot}{to}{end}"
    if one.year == other.year:
        return f"{one.day}{dot} {words.months[one.month - 1]}{to}{end}"
    return f"{one.day}{dot} {words.months[one.month - 1]} {one.year}{to}{end}"


def why(route: Route, words: Words) -> str:
    """Why somebody gets a message: the route's name, what it lets through, and when."""
    kind = words.content if route.kind == Subject.CONTENT else words.incident
    filters = [kind, f"{words.only} {', '.join(sorted(route.lands))}" if route.lands else words.all_lands]
    filters += [
        f"{words.only} {', '.join(sorted(names))}" for names in (route.pages, route.entities, route.classes) if names
    ]
    if route.least_significance > 0:
        least = f"{route.least_significance:g}"
        filters.append(words.least.format(least=least.replace(".", ",") if words.language == Language.DE else least))
    return words.why.format(route=route.name, filters=", ".join(filters), when=words.when[route.when])
