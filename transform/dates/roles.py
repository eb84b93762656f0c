"""What a sentence says a date is: a decision, a predecessor's year, a period, a horizon, an event, a publication.

Every function here reads one sentence (or one heading) and looks at the words around its dates.  All are strict: where
the sentence does not say it, they find nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from transform.dates import words
from transform.dates.grammar import FoundDate, dates_in
from transform.records import Precision


def adopted_in(sentence: str) -> FoundDate | None:
    """When this page's strategy was decided, where the sentence says so; ``None`` for plans, laws and predecessors.

    The sentence must name a decision (``beschlossen``, ``verabschiedet``, ``Beschluss vom``), a strategy (or a
    pronoun or quoted name for it), and a date that is no end of a period (``bis 2030``) and no part of a name.  A bare
    year gives way to a day or month.  Where several strategies stand with a date each, none of them is this one's.
    """
    decided = words.DECIDED.search(sentence)
    if not decided or words.NOT_YET.search(sentence) or _is_about_another(sentence, decided.start()):
        return None
    stands_for_it = words.STANDS_FOR_IT.search(sentence) or words.OPENS_DECIDED.match(sentence)
    if not (words.STRATEGY.search(sentence) or stands_for_it):
        return None
    names = [match.span() for match in words.QUOTED_NAME.finditer(sentence)]
    candidates = [
        found
        for found in dates_in(sentence)
        if _may_tell_decision(sentence, found)
        and not _is_of_next_verb(sentence, decided.end(), found)
        and not any(start < found.span[0] < end for start, end in names)
    ]
    if sum(words.NAMED_WITH_DATE.search(sentence[: found.span[0]]) is not None for found in candidates) > 1:
        return None
    exact = [found for found in candidates if not found.is_bare_year]
    return min(exact or candidates, key=lambda found: _distance(found.span, decided.span()), default=None)


def _is_of_next_verb(sentence: str, decided_end: int, found: FoundDate) -> bool:
    """``… beschlossen und am 11. Mai vorgestellt``: after the decision and a joint, a date is another verb's."""
    return found.span[0] > decided_end and bool(
        re.search(r",|\b(?:und|sowie)\b", sentence[decided_end : found.span[0]])
    )


def _is_about_another(sentence: str, decided_at: int) -> bool:
    """Whether the decision is about a law, a budget or an earlier strategy (``löst die Agenda ab, die … wurde``)."""
    if (follows := words.FOLLOWS.search(sentence)) and words.RELATIVE.search(sentence, follows.end(), decided_at):
        return True
    if words.EARLIER_STRATEGY.search(sentence) or words.PREDECESSOR.search(sentence):
        return True
    if words.ONLY_DRAFT.search(sentence) or words.BACKGROUND.match(sentence):
        return True
    other = words.OTHER_MATTER.search(sentence) or words.APPOINTED.search(sentence)
    return bool(other and not words.STRATEGY.search(sentence))


def only_names_other_strategies(sentence: str, names: str) -> bool:
    """Whether every strategy that a sentence names is one of a special field, such as ``KI-Strategie``.

    Args:
        sentence: The sentence.
        names: What the page calls itself and its subject: a strategy named there is its own.
    """
    own = names.casefold()
    named = [match[0].casefold() for match in words.STRATEGY.finditer(sentence)]
    return bool(named) and not any(words.GENERAL.match(name) or name in own for name in named)


def _may_tell_decision(sentence: str, found: FoundDate) -> bool:
    before = sentence[: found.span[0]]
    if found.is_year_range or words.HORIZON_BEFORE.search(before) or re.search(r"\b(?:seit|ab)\s+(?:dem\s+)?$", before):
        return False
    return not (found.is_bare_year and (words.NAME_BEFORE.search(before) or sentence[found.span[1] :].startswith(":")))


def _distance(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


def predecessor_in(sentence: str) -> Iterator[FoundDate]:
    """The dates that the sentence attaches to the strategy before this one."""
    dates = dates_in(sentence)
    for found in dates:
        before = sentence[: found.span[0]]
        is_only_one = len(dates) == 1 and _earlier_ends(sentence) and words.TOLD_OF.search(sentence)
        if (
            is_only_one
            or _follows_earlier(before)
            or _is_predecessor_name(sentence, found)
            or _is_followed(sentence, found)
        ):
            yield found


def _earlier_ends(text: str) -> list[int]:
    """Where the names of earlier strategies end; a first draft of this one is none."""
    found = words.EARLIER_STRATEGY.finditer(text)
    return [match.end() for match in found if not words.ONLY_PART.search(match[0])]


def _follows_earlier(before: str) -> bool:
    """``Das erste Programm aus dem Jahr 2018``: nothing but a few words of its name in between."""
    ends = _earlier_ends(before)
    return bool(ends) and bool(words.SHORT_NAME.fullmatch(before[ends[-1] :].rstrip() + " "))


def _is_predecessor_name(sentence: str, found: FoundDate) -> bool:
    """``Die Strategie X 2016 ist der Vorgänger``, ``Vorgänger ist die Strategie X von 2016``."""
    if not words.PREDECESSOR.search(sentence):
        return False
    before = sentence[: found.span[0]]
    return bool(words.STRATEGY.search(before) or words.PREDECESSOR.search(before)) and not re.search(
        r"\b(?:seit|bis)\s+$", before
    )


def _is_followed(sentence: str, found: FoundDate) -> bool:
    """``löst die Strategie von 2017 ab``: a word of following, then a strategy, then its year or its decision."""
    at = found.span[0]
    verb = words.FOLLOWS.search(sentence)
    named = words.STRATEGY.search(sentence, verb.end(), at) if verb else None
    if not verb or not named or words.HORIZON_BEFORE.search(sentence[:at]):
        return False
    to_it = (
        words.FOLLOWED_BY_NOUN if verb[0].endswith(("ung", "er", "erin", "strategie", "programm")) else words.FOLLOWED
    )
    if not to_it.fullmatch(sentence, verb.end(), named.start()):
        return False
    between = sentence[named.end() : at]
    is_attached = bool(words.FROM_YEAR.search(sentence[:at])) or len(between.split()) <= 3
    return is_attached or bool(words.RELATIVE.search(between) and words.TOLD_OF.search(sentence, found.span[1]))


def period_of(text: str) -> tuple[int, int] | None:
    """First and last year of the programme that a title or text names: ``Digitalisierungsprogramm 2021/22``."""
    found = next(told_period_in(text), None)
    return found.years if found else None


def told_period_in(sentence: str) -> Iterator[FoundDate]:
    """The periods of years that belong to a programme: in its name, or after ``Laufzeit`` and the like."""
    for found in dates_in(sentence):
        before = sentence[: found.span[0]]
        if not found.is_year_range or words.FOREIGN_PERIOD.search(before) or words.EARLIER_STRATEGY.search(before):
            continue
        is_bare = words.IN_THE_YEARS.search(before) and not words.STRATEGY.search(sentence)
        is_told = words.PERIOD_WORDS.search(before) and not is_bare and not words.MONEY_FOR.search(before)
        if _is_in_name(before) or is_told:
            yield found


def _is_in_name(before: str) -> bool:
    """Whether a strategy's name runs up to here: the noun, and at most three more words of it."""
    named = list(words.STRATEGY.finditer(before))
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
        is_deadline = words.MADE_UNTIL.match(sentence, found.span[1]) or words.MADE_BEFORE.search(before)
        if found.precision is not Precision.YEAR or found.is_year_range or is_deadline:
            continue
        until = words.HORIZON_BEFORE.search(before) and (is_name or _still_aims(sentence))
        behind = before[_last_end(words.VISION, before) :]
        vision = words.VISION.search(before) and len(behind.split()) <= 4 and not words.STRATEGY.search(behind)
        named = is_name and not _only_dates_it(sentence, before)
        of_the_year = words.FOR_THE_YEAR.search(before) or not words.PREPOSITION_BEFORE_YEAR.search(before)
        if until or (vision and of_the_year) or named:
            yield found


def _only_dates_it(title: str, before: str) -> bool:
    """Whether the year in a title tells when something was: ``im Jahr 2019``, ``Digitalgipfel 2019``."""
    is_of_event = words.EVENT_NOUN.search(title) or words.LOOKS_BACK.search(title)
    return bool(is_of_event or words.PREPOSITION_BEFORE_YEAR.search(before) or re.search(r"\d,?\s*$", before))


def _still_aims(sentence: str) -> bool:
    """Whether the ``bis`` of a sentence leads to an aim: none that is given up, no time that is over.

    ``Bis Ende 2016 wurden 40 Orte gefördert`` tells of the past; ``… wurde beschlossen und gilt bis 2030`` does not.
    """
    is_aim = words.STRATEGY.search(sentence) or words.LOOKS_AHEAD.search(sentence)
    is_over = words.UNTIL_THEN.search(sentence) and not words.GOES_ON.search(sentence)
    return bool(is_aim) and not is_over and not words.MISSED.search(sentence)


def is_deadline_of_things(sentence: str) -> bool:
    """Whether others report a year by which all of some things are to be there; what ``we`` want is the page's aim."""
    return bool(words.OF_THINGS.search(sentence)) and not words.OURS.search(sentence)


def points_ahead(name: str, year: int, dated: Iterable[str]) -> bool:
    """Whether the year in a strategy's name is its aim, and not that of its edition (``Strategie Küste 2021``).

    Plans aim at round years.  Any other year needs a ``bis``, or a page that is dated before it.

    Args:
        name: The name, or a title with it.
        year: The year in it.
        dated: When the strategy was decided or the page published, in ISO 8601, as far as told.
    """
    if year % 5 == 0 or re.search(rf"\bbis\s+(?:\w+\s+){{0,2}}{year}\b", name):
        return True
    latest = max(dated, default=None)
    return latest is not None and int(latest[:4]) < year


def is_firm_horizon(sentence: str) -> bool:
    """Whether the year that a sentence aims at is the strategy's or a vision's, not the deadline of one goal."""
    return bool(words.STRATEGY.search(sentence) or words.VISION.search(sentence))


def states_own_aim(sentence: str) -> bool:
    """Whether a sentence says that somebody wants to be there by then: the deadline of one thing is no aim of all."""
    return bool(words.OWN_WILL.search(sentence))


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    return max((match.end() for match in pattern.finditer(text)), default=0)


def event_in(sentence: str) -> Iterator[FoundDate]:
    """The days or months on which the sentence says that an event takes or took place."""
    for found in dates_in(sentence):
        if found.precision not in (Precision.DAY, Precision.MONTH):
            continue
        before, after = sentence[: found.span[0]], sentence[found.span[1] :]
        if re.search(
            r"\b(?:bis(?:\s+zum)?|seit|Stand:?|ab)\s+(?:dem\s+)?(?:(?:Anfang|Mitte|Ende)\s+)?$", before, re.IGNORECASE
        ) or words.PUBLISHED_BEFORE.search(before):
            continue
        if _is_of_other_deed(sentence, before):
            continue
        spans_days = found.precision is Precision.DAY and found.start != found.end
        if (
            words.EVENT_NOUN.search(sentence)
            or words.TAKES_PLACE.search(sentence)
            or words.EVENT_LABEL.search(before)
            or (words.PLACE_AFTER.match(after) and (spans_days or words.EVENT_VERB.search(sentence)))
        ):
            yield found


def _is_of_other_deed(sentence: str, before: str) -> bool:
    """``hat am 3. Mai das Programm des Kongresses vorgestellt``: the day is that of the deed, not of the event."""
    return bool(
        words.ELSEWHERE_DEED.search(sentence)
        and not words.EVENT_VERB.search(sentence)
        and not words.EVENT_NOUN.search(before)
        and not words.AT_EVENT.search(sentence)
    )


def published_in(sentence: str) -> Iterator[FoundDate]:
    """The dates of publication: after ``Veröffentlicht am`` and the like, or of a strategy that was published then."""
    for found in dates_in(sentence):
        before, after = sentence[: found.span[0]], sentence[found.span[1] :]
        if found.is_year_range or words.QUOTED_RELEASE.search(before) or words.ONLY_DRAFT.search(before):
            continue
        opens = words.OPENS_PUBLISHED.match(before) and words.STRATEGY.search(sentence)
        tells = (words.STRATEGY.search(before) and not words.ON_A_STRATEGY.search(before)) and (
            (re.search(r"\bwurde\b", before) and words.WAS_PUBLISHED.match(after))
            or (words.RELATIVE_BEFORE.search(before) and words.PUBLISHED_WAS.match(after))
        )
        if words.PUBLISHED_BEFORE.search(before) or opens or tells:
            yield found
