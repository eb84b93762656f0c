"""What a sentence says a date is: a decision, a predecessor's year, a period, a horizon, an event, a publication.

Every function here reads one sentence (or one heading) and looks at the words around its dates.  All are strict: where
the sentence does not say it, they find nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from transform.date_grammar import FoundDate, dates_in
from transform.records import Precision

_STRATEGY = (
    r"\b[\wÄÖÜäöüß-]{0,60}(?:strateg(?:ie|ien)|programm(?:e?s)?|roadmap|agenda|masterplan(?:s|es)?|fahrplan(?:s|es)?|"
    r"digitalplan(?:s|es)?|aktionsplan(?:s|es)?|leitbild(?:s|es)?|konzept(?:s|es)?|smart[- ]city[- ]konzept)\b"
)
STRATEGY = re.compile(_STRATEGY, re.IGNORECASE)
"""A word for a strategy of any kind, compounds included."""

_GENERAL = re.compile(
    r"(?:landes|gesamt|zukunfts|dach|digital(?:isierungs)?|e-government-)*-?"
    r"(?:strategie|programm|roadmap|agenda|masterplan|fahrplan|plan|aktionsplan|leitbild|konzept)",
    re.IGNORECASE,
)
"""A strategy without a special field: ``Strategie``, ``Landesstrategie``, ``Digitalisierungsprogramm``."""
_DECIDED = re.compile(
    r"\b(?:beschlossen|beschloss|beschließt|verabschiedet(?:e|en)?|gebilligt|zugestimmt|angenommen|Kabinettsbeschluss|"
    r"beschlossene[nrs]?|verabschiedete[nrs]?|Beschluss|Beschlusses|Senatsbeschluss|Ministerratsbeschluss)\b"
)
_NOT_YET = re.compile(
    r"\b(?:soll(?:en|te)?|wird|werden|will|wollen|muss|kann|könnte|noch nicht|nicht)\b[^.]*"
    r"\b(?:beschl|verabschied|gebilligt|zugestimmt)",
    re.IGNORECASE,
)
_OTHER_MATTER = re.compile(
    r"\b(?:das|ein|dem|einem|den|einen|eine|die|der)\s+(?:\w+\s+)?\w*(?:gesetz(?:es|entwurf)?|haushalt(?:splan)?|eckpunkte|"
    r"verordnung|vertrag|staatsvertrag|pakt|entwurf|maßnahmenpaket|nachtrag)\b",
    re.IGNORECASE,
)
_EARLIER = (
    r"(?:erste[nrs]?|frühere[nrs]?|vorherige[nrs]?|vorige[nrs]?|bisherige[nrs]?|vorangegangene[nrs]?|vorhergehende[nrs]?|"
    r"alte[nrs]?|ursprüngliche[nrs]?|ehemalige[nrs]?|damalige[nrs]?)"
)
_EARLIER_STRATEGY = re.compile(rf"\b{_EARLIER}\s+(?:[\wäöüß-]+\s+){{0,2}}?{_STRATEGY}", re.IGNORECASE)
_PREDECESSOR = re.compile(r"\bVorgänger(?:in|s|strategie|programms?|version|papiers?|dokuments?|fassung)?\b")
_FOLLOWS = re.compile(
    r"\b(?:löst(?=.*\bab\b)|löste(?=.*\bab\b)|ersetzt|ablöst|abgelöst|baut(?=.*\bauf\b)|aufbauend|knüpft|fortgeschrieben|"
    r"schreibt(?=.*\bfort\b)|Fortschreibung|Weiterentwicklung|weiterentwickelt|Nachfolger(?:in)?|Nachfolgestrategie|Nachfolgeprogramm|"
    r"Anschluss|tritt an die Stelle|folgt auf)\b"
)
_SHORT_NAME = re.compile(r"(?:\s+(?!und\b|bis\b|seit\b|wird\b)[\wäöüß„“\"-]+){0,4}\s*[(„]?")
_FROM_YEAR = re.compile(r"\b(?:aus\s+dem\s+Jahre?|aus|von|vom|des\s+Jahres|vom\s+Jahre?)\s+$", re.IGNORECASE)
_PERIOD_WORDS = re.compile(
    r"\b(?:Laufzeit|Programmzeitraum|Zeitraum|Umsetzungszeitraum|Förderzeitraum|Förderperiode|Programmperiode|"
    r"Programmlaufzeit|Geltungsdauer|Geltungszeitraum|für die Jahre|in den Jahren|gilt (?:von|für))\b"
)
_FOREIGN_PERIOD = re.compile(
    r"\b\w*(?:haushalt\w*|schuljahr\w*|semester|saison|legislatur\w*|wahlperiode|winter|ausbildungsjahr|geschäftsjahr)\s*(?:den\s+Jahren\s+)?$",
    re.IGNORECASE,
)
_HORIZON_BEFORE = re.compile(
    r"\b(?:bis|bis\s+zum\s+Jahre?|bis\s+ins\s+Jahr|Zielhorizont|Zeithorizont|Horizont|Zieljahr)\s+$", re.IGNORECASE
)
_VISION = re.compile(r"\b(?:Vision|Zukunftsbild|Zielbild|Leitbild|Zielvision|Horizont|Zukunftsvision)\w*\b")
_LOOKS_AHEAD = re.compile(
    r"\b(?:Ziele?n?|wollen|wird|werden|soll(?:en)?|Zielsetzung|Strategie\w*|gilt|gelten|Laufzeit|läuft|reicht)\b"
)
_EVENT_NOUN = re.compile(
    r"(?:\b[\w-]{0,40}(?:tour|kongress(?:es)?|konferenz(?:en)?|veranstaltung(?:en)?|tagung(?:en)?|gipfels?|messe|forums?|workshops?|"
    r"festivals?|symposiums?|fachtags?|barcamps?|hackathons?|dialogforum|zukunftswerkstatt|werkstatt|reise|"
    r"digitaltags?|strategietags?|preisverleihung|auftakts?|fachgespräch|feierstunde|delegation)\b)",
    re.IGNORECASE,
)
_EVENT_VERB = re.compile(
    r"\b(?:fand(?:en)?|findet|finden|stattgefunden|stattfinden|traf(?:en)?|trifft|treffen|besuchte[n]?|informierte[n]?|lud(?:en)?|lädt|"
    r"eröffnete[n]?|teilgenommen|teilnahmen|nahmen|tagte[n]?|tagt|diskutierte[n]?|reiste[n]?)\b"
)
_PLACE_AFTER = re.compile(r"^\s*,?\s*(?:in|im|auf|an|am)\s+(?:der\s+|dem\s+)?[A-ZÄÖÜ]")
_PUBLISHED_BEFORE = re.compile(
    r"\b(?:veröffentlicht|erschienen|publiziert|Veröffentlichung|Erscheinungsdatum|Veröffentlichungsdatum|Pressemitteilung|"
    r"Medieninformation|Presseinformation|Pressemeldung|Meldung|Medien-Info)\s*(?:Nr\.\s*\S+\s*)?:?\s*(?:am|vom|im|seit|den)?:?\s*$",
    re.IGNORECASE,
)
_WAS_PUBLISHED = re.compile(r"^[^.;]{0,80}?\b(?:veröffentlicht|erschienen|publiziert|vorgelegt)\b")
_PREPOSITION_BEFORE_YEAR = re.compile(
    r"\b(?:aus\s+dem\s+Jahre?|im\s+Jahre?|im|in|seit|von|vom|ab|vor|nach|des\s+Jahres|Jahre?[sn]?|Stand:?|am|Ende|Anfang|Mitte|©)\s+$",
    re.IGNORECASE,
)

_NAME_BEFORE = re.compile(r"(?<!^)(?<!Jahr)(?<!Jahre)(?<![.!?] )(?:\b(?!Jahre?\b)[A-ZÄÖÜ][\w.-]*|[“”\"»])\s+$")
"""A capitalised word right before a year makes it part of a name: ``Digitalprogramm 2025``."""
_STANDS_FOR_IT = re.compile(r"\b(?:Sie|Er|Es|Diese|Dieses|sie|es)\b|[„»\"]\w")
"""A pronoun, or a name in quotation marks."""
_TOLD_OF = re.compile(r"\b(?:beschlossen|verabschiedet|vorgelegt|veröffentlicht|vorgestellt|aufgelegt|gestartet)\b")


def adopted_in(sentence: str) -> FoundDate | None:
    """When this page's strategy was decided, where the sentence says so; ``None`` for plans, laws and predecessors.

    The sentence must name a decision (``beschlossen``, ``verabschiedet``, ``Beschluss vom``), a strategy (or a
    pronoun or quoted name for it), and a date that is no end of a period (``bis 2030``) and no part of a name.
    """
    decided = _DECIDED.search(sentence)
    if not decided or _NOT_YET.search(sentence) or _is_about_another(sentence):
        return None
    if not (STRATEGY.search(sentence) or _STANDS_FOR_IT.search(sentence)):
        return None
    candidates = [found for found in dates_in(sentence) if _may_tell_decision(sentence, found)]
    return min(candidates, key=lambda found: _distance(found.span, decided.span()), default=None)


def _is_about_another(sentence: str) -> bool:
    """Whether the decision is about a law, a budget or an earlier strategy."""
    if _EARLIER_STRATEGY.search(sentence) or _PREDECESSOR.search(sentence):
        return True
    other = _OTHER_MATTER.search(sentence)
    return bool(other and not STRATEGY.search(sentence))


def only_names_other_strategies(sentence: str, names: str) -> bool:
    """Whether every strategy that a sentence names is one of a special field, such as ``KI-Strategie``.

    Args:
        sentence: The sentence.
        names: What the page calls itself and its subject: a strategy named there is its own.
    """
    own = names.casefold()
    named = [match[0].casefold() for match in STRATEGY.finditer(sentence)]
    return bool(named) and not any(_GENERAL.match(name) or name in own for name in named)


def _may_tell_decision(sentence: str, found: FoundDate) -> bool:
    before = sentence[: found.span[0]]
    if found.is_year_range or _HORIZON_BEFORE.search(before) or re.search(r"\b(?:seit|ab)\s+(?:dem\s+)?$", before):
        return False
    return not (found.is_bare_year and _NAME_BEFORE.search(before))


def _distance(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


def predecessor_in(sentence: str) -> Iterator[FoundDate]:
    """The dates that the sentence attaches to the strategy before this one."""
    dates = dates_in(sentence)
    for found in dates:
        before = sentence[: found.span[0]]
        is_only_one = len(dates) == 1 and _EARLIER_STRATEGY.search(sentence) and _TOLD_OF.search(sentence)
        if is_only_one or _follows_earlier(before) or _is_predecessor_name(sentence, found) or _is_followed(before):
            yield found


def _follows_earlier(before: str) -> bool:
    """``Das erste Programm aus dem Jahr 2018``: nothing but a few words of its name in between."""
    ends = [match.end() for match in _EARLIER_STRATEGY.finditer(before)]
    return bool(ends) and bool(_SHORT_NAME.fullmatch(before[ends[-1] :].rstrip() + " "))


def _is_predecessor_name(sentence: str, found: FoundDate) -> bool:
    """``Die Strategie X 2016 ist der Vorgänger``, ``Vorgänger ist die Strategie X von 2016``."""
    if not _PREDECESSOR.search(sentence):
        return False
    before = sentence[: found.span[0]]
    return bool(STRATEGY.search(before) or _PREDECESSOR.search(before)) and not re.search(r"\b(?:seit|bis)\s+$", before)


def _is_followed(before: str) -> bool:
    """``löst die Strategie von 2017 ab``: a verb of following, then a strategy, then its year."""
    verb = _FOLLOWS.search(before)
    named = STRATEGY.search(before, verb.end()) if verb else None
    if not named:
        verb_later = re.search(r"\b(?:löst|löste|baut|knüpft|schreibt)\b", before)
        named = STRATEGY.search(before, verb_later.end()) if verb_later else None
    return bool(named and (_FROM_YEAR.search(before) or len(before[named.end() :].split()) <= 3))


def period_of(text: str) -> tuple[int, int] | None:
    """First and last year of the programme that a title or text names: ``Digitalisierungsprogramm 2021/22``."""
    found = next(told_period_in(text), None)
    return found.years if found else None


def told_period_in(sentence: str) -> Iterator[FoundDate]:
    """The periods of years that belong to a programme: in its name, or after ``Laufzeit`` and the like."""
    for found in dates_in(sentence):
        before = sentence[: found.span[0]]
        if not found.is_year_range or _FOREIGN_PERIOD.search(before) or _EARLIER_STRATEGY.search(before):
            continue
        if _is_in_name(before) or _PERIOD_WORDS.search(before):
            yield found


def _is_in_name(before: str) -> bool:
    """Whether a strategy's name runs up to here: the noun, and at most three more words of it."""
    named = list(STRATEGY.finditer(before))
    return (
        bool(named)
        and bool(
            re.fullmatch(r"(?:\s+[„\"(]?(?:[A-ZÄÖÜ][\w.-]*|der|des|für|von))*\s*[„\"(]?", before[named[-1].end() :])
        )
        and len(before[named[-1].end() :].split()) <= 4
    )


def horizon_of(text: str) -> int | None:
    """The last year that a title or a sentence aims at: ``Sachsen-Anhalt Digital 2030``, ``… 2021/22``, ``bis 2030``.

    A year after ``im``, ``aus dem Jahr`` or ``seit`` tells when something was, and is none.
    """
    stated = [found.years[1] for found in stated_horizon_in(text, is_name=True)]
    periods = [found.years[1] for found in told_period_in(text)]
    return max([*stated, *periods], default=None)


def stated_horizon_in(sentence: str, *, is_name: bool = False) -> Iterator[FoundDate]:
    """The years at which a strategy aims: after ``bis`` or a vision, and in its own name where ``is_name``."""
    for found in dates_in(sentence):
        before = sentence[: found.span[0]]
        if found.precision is not Precision.YEAR or found.is_year_range:
            continue
        until = _HORIZON_BEFORE.search(before) and (
            STRATEGY.search(sentence) or _LOOKS_AHEAD.search(sentence) or is_name
        )
        vision = _VISION.search(before) and len(before[_last_end(_VISION, before) :].split()) <= 4
        named = is_name and not _PREPOSITION_BEFORE_YEAR.search(before)
        if until or (vision and not _PREPOSITION_BEFORE_YEAR.search(before)) or named:
            yield found


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    return max((match.end() for match in pattern.finditer(text)), default=0)


def event_in(sentence: str) -> Iterator[FoundDate]:
    """The days or months on which the sentence says that an event takes or took place."""
    for found in dates_in(sentence):
        if found.precision not in (Precision.DAY, Precision.MONTH):
            continue
        before, after = sentence[: found.span[0]], sentence[found.span[1] :]
        if re.search(
            r"\b(?:bis(?:\s+zum)?|seit|Stand:?|ab)\s+(?:dem\s+)?$", before, re.IGNORECASE
        ) or _PUBLISHED_BEFORE.search(before):
            continue
        spans_days = found.precision is Precision.DAY and found.start != found.end
        if _EVENT_NOUN.search(sentence) or (_PLACE_AFTER.match(after) and (spans_days or _EVENT_VERB.search(sentence))):
            yield found


def published_in(sentence: str) -> Iterator[FoundDate]:
    """The dates of publication: after ``Veröffentlicht am`` and the like, or of a strategy that was published then."""
    for found in dates_in(sentence):
        before, after = sentence[: found.span[0]], sentence[found.span[1] :]
        if found.is_year_range:
            continue
        if _PUBLISHED_BEFORE.search(before) or (
            STRATEGY.search(before) and re.search(r"\bwurde\b", before) and _WAS_PUBLISHED.match(after)
        ):
            yield found
