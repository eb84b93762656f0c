"""Persons named in running text, with the office, the organisation and the function that the sentence gives them.

The office stands before the name (``Ministerpräsident Max Beispiel``; ``der Abteilungsleiter für Digitales im
Landesamt Max Beispiel``) or after it (``Max Beispiel, der Beauftragte des Landes für Strategie``).  One person is one
record: the fullest office wins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from transform.german.sentences import sentences
from transform.german.text import key
from transform.people.common_words import is_organisation
from transform.people.names import FoundName, find_names
from transform.people.roles import (
    Role,
    complement_end,
    is_complement,
    is_function,
    is_modifier,
    is_role,
    modifier_nominative,
    nominative,
    split_organisation,
)
from transform.people.speech import SPEECH_BEFORE_NAME, may_attribute

_WORD = re.compile(r"[^\W\d_][\w-]*")
_ARTICLE_BEFORE = re.compile(
    r"(?:^|\s)([Dd]er|[Dd]ie|[Dd]as|[Dd]es|[Dd]em|[Dd]en|[Uu]nsere?|[Ee]iner?|[Zz]ur|[Zz]um|[Vv]om|[Bb]eim)\s+(?:[a-zäöüß]{3,}e[nrsm]?\s+){0,2}$"
)
_CLAUSE = re.compile(r".*[:;„“”\"»«()–]\s*", re.DOTALL)
_PART = (
    r"Grußworte?|Keynote|Keynotes|Laudatio|Festrede|Festvortrag|Eröffnungsrede|Eröffnungsvortrag|Impulsvortrag|Impulsreferat|Impuls|Vortrag|"
    r"Moderation|Einführung|Begrüßung|Schirmherrschaft|Schlusswort|Leitung|Gastgeber|Gastgeberin"
)
_PART_BEFORE = re.compile(
    rf"(?:^|[\s,])(?:Das|Die|Den|Ein|Eine|das|die|den|ein|eine|zur|zum)?\s?(?P<part>{_PART})"
    r"(?:\s(?:hielt|sprach|übernahm|übernimmt|hält|spricht|hat|kam|kommt|liegt|lag|gab)(?:en)?(?:\s(?:von|bei|auch|durch))?|:|\s(?:von|durch|bei))?"
    r"\s*(?:der|die|den|dem)?\s*$"
)
_PART_VERB = re.compile(
    rf"\b(?:{_PART})(?:\s(?:hielt|sprach|übernahm|übernimmt|hält|spricht|kam von|kommt von)|:)\s(?=[A-ZÄÖÜ])"
)
_APPOSITION = re.compile(
    r"(?:,?\s*\(?(?:MdL|MdB|MdEP|CDU|SPD|FDP|CSU|Die Linke|Bündnis 90/Die Grünen|Grüne|AfD)\)?(?=[\s,(]))?"
    r"(?:\s*,\s*|\s*\(\s*|\s+[–-]\s+|\s+(?:ist|wird|war)\s+(?:seit\s[\w\s.]{4,20}\s)?|\s+(?=neuer?\s))(?:(?P<article>der|die)\s+)?(?P<adjectives>(?:[a-zäöüß]+e[nr]?\s+){0,3})"
)
_CREDIT = re.compile(r"(?:\b(?:Fotos?|Bild(?:er|quelle|nachweis|rechte)?|Grafik|Copyright|Quelle)\s?:|©)[^.;)]{0,50}$")
_CREDIT_REACH = 70
_RETIRED = re.compile(r"^\s*[ai]\.\s?[DR]\.(?=\s|$)")
_CHIEF = re.compile(r"\bChief\s(?:[A-Z]\w+\s){1,2}$")
_SEAT_AFTER = re.compile(r"\s*(?:\((?P<brackets>[^()]{2,80})\)|(?:vom|von der|von dem|aus dem|aus der)\s+(?=[A-ZÄÖÜ]))")


@dataclass(frozen=True, slots=True)
class Mention:
    """A person named at one place of a text; ``evidence`` runs from the function or office to the end of both."""

    name: str
    role: str | None
    organisation: str | None
    function: str | None
    evidence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Before:
    """What stands before a name: the office with its first offset, and the function."""

    start: int
    role: Role | None = None
    function: str | None = None


def mentions(text: str) -> tuple[Mention, ...]:
    """Every person named in a block's text, in order; offsets count in the text with white space collapsed."""
    found: list[Mention] = []
    offset = 0
    for sentence in sentences(text):
        found += [replace(one, start=one.start + offset, end=one.end + offset) for one in _in_sentence(sentence)]
        offset += len(sentence) + 1
    return tuple(found)


def _in_sentence(sentence: str) -> list[Mention]:
    """The persons named in one sentence."""
    names = [name for name in find_names(sentence, _trusted(sentence)) if not _is_credited(sentence, name)]
    result = []
    floor = 0
    for rank, name in enumerate(names):
        following = names[rank + 1].start if rank + 1 < len(names) else None
        mention = _mention(sentence, name, floor, following)
        result.append(mention)
        floor = mention.end
    return result


def _is_credited(sentence: str, name: FoundName) -> bool:
    """Whether a name is that of a picture's author (``Foto: Max Beispiel``)."""
    return _CREDIT.search(sentence, max(name.start - _CREDIT_REACH, 0), name.start) is not None


def _trusted(sentence: str) -> frozenset[int]:
    """Offsets where only a person can follow: after an office or function, and after a verb of speech."""
    after_role = [match.end() + 1 for match in _WORD.finditer(sentence) if is_role(match.group())]
    spoken = SPEECH_BEFORE_NAME.finditer(sentence) if may_attribute(sentence) else ()
    after_verb = [match.end() for match in spoken]
    after_part = [match.end() for match in _PART_VERB.finditer(sentence)]
    return frozenset((*after_role, *after_verb, *after_part))


def _mention(sentence: str, name: FoundName, floor: int, following: int | None) -> Mention:
    """A name with all that stands around it."""
    before = _before(sentence, name.start, floor)
    after, end = _after(sentence, name.end, following)
    role = _fuller(before.role, after)
    return Mention(
        name=name.text,
        role=role.title if role and role.title else None,
        organisation=(role.organisation if role else None) or (after.organisation if after else None),
        function=before.function,
        evidence=sentence[before.start : end].strip(" ,"),
        start=name.start,
        end=end,
    )


def _fuller(before: Role | None, after: Role | None) -> Role | None:
    """The longer of two offices; the organisation of the other where it has none."""
    if before is None or after is None:
        return before or after
    longer, other = (before, after) if len(before.title) >= len(after.title) else (after, before)
    return replace(longer, organisation=longer.organisation or other.organisation)


def _before(sentence: str, end: int, floor: int) -> _Before:
    """The office and the function right before a name."""
    clause = _CLAUSE.match(sentence, floor, end)
    begin = clause.end() if clause else floor
    segment = sentence[begin:end]
    start, noun = _office(segment)
    role, function = None, None
    if noun is not None:
        phrase = segment[noun.start() :].rstrip(" ,")
        article = _ARTICLE_BEFORE.search(segment[:start])
        if is_function(noun.group()):
            function = noun.group()
        else:
            title = _title(segment[start : noun.start()], noun.group(), phrase[len(noun.group()) :], article)
            role = split_organisation(title)
    part = _PART_BEFORE.search(segment[:start])
    if part:
        start, function = part.start("part"), function or part["part"]
    elif role:
        adjacent = re.search(r"(\w+)\s(?:und\s|der\s|die\s)?$", segment[:start])
        if adjacent and is_function(adjacent[1]):
            start, function = adjacent.start(1), adjacent[1]
    return _Before(begin + start, role, function)


def _office(segment: str) -> tuple[int, re.Match[str] | None]:
    """Where the office phrase at the end of a segment begins (modifiers included), and its noun."""
    chosen: re.Match[str] | None = None
    for noun in reversed([match for match in _WORD.finditer(segment) if is_role(match.group())]):
        rest = segment[noun.end() :]
        closed = _RETIRED.sub("", rest.rstrip(" ,"))
        if chosen is not None:
            if not re.fullmatch(r"\s(?:und|&|/)\s", segment[noun.end() : chosen.start()]):
                break
        elif not is_complement(closed) or (rest.rstrip().endswith(",") and re.match(r"\s+[A-ZÄÖÜ]", rest)):
            continue
        chosen = noun
    if chosen is None:
        return len(segment), None
    start = chosen.start()
    if chief := _CHIEF.search(segment[:start]):
        return chief.start(), chosen
    while (word := re.search(r"([A-Za-zäöüÄÖÜß.]+)\s$", segment[:start])) and is_modifier(word[1]):
        start = word.start()
    return start, chosen


def _title(modifiers: str, noun: str, complement: str, article: re.Match[str] | None) -> str:
    """An office as it stands without an article: everything in the nominative."""
    base = nominative(noun, article[1].lower() if article else "")
    words = [modifier_nominative(word, base) for word in modifiers.split()]
    return " ".join(" ".join([*words, base + complement]).split())


def _after(sentence: str, start: int, following: int | None) -> tuple[Role | None, int]:
    """The office in apposition, or the organisation, right after a name; and where that ends."""
    match = _APPOSITION.match(sentence, start)
    noun = _WORD.match(sentence, match.end()) if match else None
    if match and noun and is_role(noun.group()) and not is_function(noun.group()):
        end = complement_end(sentence, noun.end(), following)
        if following is None or sentence[end:following].strip():
            kept = " ".join(word for word in match["adjectives"].split() if is_modifier(word))
            article = re.match(r"(\w+)", match["article"] or "")
            title = _title(kept, noun.group(), sentence[noun.end() : end], article)
            return split_organisation(title), end
    seat = _SEAT_AFTER.match(sentence, start)
    if seat is None:
        return None, start
    if seat["brackets"]:
        words = seat["brackets"].split()
        return (Role("", seat["brackets"]), seat.end()) if any(map(is_organisation, words[:2])) else (None, start)
    end = complement_end(sentence, seat.end(), following)
    words = sentence[seat.end() : end].split()
    return (Role("", sentence[seat.end() : end]), end) if any(map(is_organisation, words[:2])) else (None, start)


def same_person(name: str, other: str) -> bool:
    """Whether two names are the same person's: equal, or one with a genitive -s (``Erika Mustermanns``)."""
    first, second = key(name), key(other)
    return first == second or first == second + "s" or second == first + "s"
