"""Where an event takes place, and who holds it, as its sentence says."""

from __future__ import annotations

import re

from transform.people.common_words import is_common, is_organisation, is_place

_CAPITAL = r"[A-ZÄÖÜ][\w.’'-]*"
_TOWN = (
    r"(?P<town>(?:(?:Bad|Sankt|St\.|Schwäbisch|Markt|Burg|Klein|Groß|Hansestadt|Lutherstadt)\s)?"
    rf"{_CAPITAL}(?:\s(?:am|an der|im|ob der)\s{_CAPITAL}|\s\((?:{_CAPITAL})\))?)"
)
_IN_TOWN = re.compile(rf"\b(?:in|nach|aus)\s{_TOWN}")
_TOWN_AFTER = re.compile(
    rf"\s*(?:\([^)]*\)\s*|um\s[\d.:]+\sUhr\s*)?,?\s*(?:auch\s|wieder\s|erneut\s)?(?:nach|in)\s{_TOWN}"
)
_VENUE_WORD = (
    r"(?:landtag|staatskanzlei|rathaus|\w*halle|\w*saal|universität|hochschule|kongresszentrum|congress|messe|vertretung|landesvertretung|schloss|museum|"
    r"bibliothek|theater|arena|forum|haus|ministerium|akademie|campus|zentrum|kulturhaus|orangerie|kurhaus|hotel|bahnhof|börse|hub|lab|innovationszentrum)"
)
_VENUE = re.compile(
    r"\b(?:im|in der|in den|in die|ins|in das|auf der|auf dem|auf|am|an der)\s(?P<venue>(?:[a-zäöüß]+en\s)?"
    rf"(?:{_CAPITAL}\s)?[A-ZÄÖÜ]?[\w-]*?(?i:{_VENUE_WORD})(?![\w-])"
    rf"(?:\s(?:der|des|für|und)\s{_CAPITAL}(?:\s(?:der|des|für|und)\s{_CAPITAL})*|\s{_CAPITAL})*(?:\sin\s{_CAPITAL})?)"
)
_NO_TOWN = frozenset(
    {
        "Zukunft",
        "Kürze",
        "Kooperation",
        "Zusammenarbeit",
        "Verbindung",
        "Partnerschaft",
        "Anwesenheit",
        "Vorbereitung",
        "Planung",
        "Abstimmung",
        "Form",
        "Bezug",
        "Höhe",
        "Präsenz",
        "Person",
        "Begleitung",
        "Trägerschaft",
        "Gegenwart",
        "Vertretung",
        "Kraft",
        "Betrieb",
        "Echtzeit",
        "Folge",
        "Anlehnung",
        "Ergänzung",
        "Teilen",
        "Gänze",
    }
)
_ORGANISATION = (
    rf"{_CAPITAL}(?:\s{_CAPITAL})*(?:(?:,\s(?:für|und)|\s(?:für|und|des|der|&))\s(?:[a-zäöüß]+en\s)?{_CAPITAL}"
    rf"(?:,\s{_CAPITAL}(?=[\w\s,]*\sund\s))*)*"
)
_ON_BEHALF = re.compile(
    rf"\b(?:auf|Auf)\s(?:Einladung|Initiative|Veranlassung)\s(?:von\s|vom\s|(?P<article>der|des)\s)(?P<who>(?:[a-zäöüß]+en\s)?{_ORGANISATION})"
)
_HELD_BY = re.compile(
    rf"\b(?:veranstaltet|organisiert|ausgerichtet|initiiert|durchgeführt|Veranstaltet|Organisiert|Ausgerichtet)\s(?:wird\s|wurde\s)?(?:es\s)?"
    rf"(?:von\s(?:der\s|dem\s|den\s)?|vom\s|durch\s(?:die\s|das\s|den\s)?)(?P<who>{_ORGANISATION})"
)
_HELD_BY_BEFORE = re.compile(
    rf"\b(?:von\s(?:der\s|dem\s)?|vom\s|durch\s(?:die\s|das\s|den\s)?)(?P<who>{_ORGANISATION})\s(?:veranstaltet|organisiert|ausgerichtet|initiiert|durchgeführt)"
)
_HOLDS = re.compile(
    rf"(?:^|[\s,])(?:Die|Das|Der|die|das|der)\s(?P<who>(?:[A-ZÄÖÜ][a-zäöüß]+e\s)?{_ORGANISATION})\s(?:lädt|laden|lud|luden|veranstaltet|veranstaltete|organisiert|"
    r"organisierte|richtet|richtete)\b"
)
_INVITES = re.compile(
    rf"\b(?:lädt|lud|veranstaltet|veranstaltete|organisiert|organisierte|richtet|richtete)\s(?:die|das|der)\s(?P<who>{_ORGANISATION})"
)
_ORGANISER = re.compile(
    rf"\bVeranstalter(?:in)?(?::|\s(?:ist|war|sind)(?:\s(?:die|das|der))?)\s(?P<who>{_ORGANISATION})"
)
_GENITIVE = re.compile(r"(?<=um)s\b|(?<=amt)e?s\b|(?<=tag)e?s\b|(?<=and)e?s\b|(?<=tut)e?s\b|(?<=ein)s\b")


def place_in(sentence: str, span: tuple[int, int]) -> str | None:
    """The place that a sentence gives for what happens at ``span`` (a date, an event's name); else ``None``.

    The town right after it comes first, then a venue anywhere in the sentence, then a town right before or anywhere.
    """
    if (after := _TOWN_AFTER.match(sentence, span[1])) and _may_be_town(after["town"], sentence, after.end()):
        return after["town"].rstrip(".")
    for venue in _VENUE.finditer(sentence):
        if not _overlaps(venue.span("venue"), span):
            return venue["venue"].rstrip(".")
    towns = [match for match in _IN_TOWN.finditer(sentence) if _may_be_town(match["town"], sentence, match.end())]
    near = [
        match
        for match in towns
        if is_place(match["town"].split()[0].rstrip(".")) or abs(match.end() - span[0]) <= len(" am ")
    ]
    return near[0]["town"].rstrip(".") if near else None


def organiser_in(sentence: str) -> str | None:
    """Who invites, initiates or holds an event, in the nominative; ``None`` where the sentence does not say."""
    for pattern in (_ON_BEHALF, _HELD_BY, _HELD_BY_BEFORE, _ORGANISER, _HOLDS, _INVITES):
        match = pattern.search(sentence)
        if match is None:
            continue
        who = match["who"].strip(" .,")
        if pattern is _ON_BEHALF and match["article"] == "des":
            head, separator, rest = who.partition(" ")
            who = _GENITIVE.sub("", head) + separator + rest
        if pattern in (_ON_BEHALF, _HELD_BY, _HELD_BY_BEFORE, _ORGANISER) or _is_holder(who):
            return who
    return None


def _is_holder(who: str) -> bool:
    """Whether a subject can hold an event: an organisation or a government."""
    words = who.split()
    return any(
        is_organisation(word) or word.lower().endswith(("regierung", "land", "bund")) for word in words[:2]
    ) or is_place(words[-1])


def _may_be_town(town: str, sentence: str, end: int) -> bool:
    """Whether a capitalised word after ``in`` can be a town: no common noun, no ``in Zusammenarbeit mit``."""
    first = town.split(maxsplit=1)[0].rstrip(".")
    if is_place(first):
        return True
    return first not in _NO_TOWN and not is_common(first) and not re.match(r"\s(?:mit|von|zu)\b", sentence[end:])


def _overlaps(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two stretches of a sentence overlap."""
    return one[0] < other[1] and other[0] < one[1]
