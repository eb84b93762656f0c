"""Who is speaking: from the words of an attribution to the name by which the page knows the person.

A page names a speaker in full once and then by surname (``so Beispiel``), office (``die Ministerin``) or pronoun.  All
of them lead to the full name where the page has told it; an office that leads to no name is the speaker itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from transform.people.common_words import is_common, is_organisation
from transform.people.names import surname_of
from transform.people.persons import Mention, mentions
from transform.people.roles import complement_end, is_function, is_role, nominative
from transform.people.speech import SPEECH_VERB

_WORD = re.compile(r"[^\W\d_][\w-]*")
_VERB = re.compile(rf"\b(?:{SPEECH_VERB}|so|[Dd]azu)\b")
_PRONOUN = re.compile(r"\b(?:er|sie|Er|Sie)\b")
_ARTICLE = re.compile(r"\b(der|die|das|des|dem|den)\s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A possible speaker with the place of the words that name it."""

    speaker: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Roster:
    """The persons of a page as ``(name, office)``, in the order of their first mention."""

    persons: tuple[tuple[str, str | None], ...]

    @classmethod
    def of(cls, people: Iterable[tuple[str, str | None]]) -> Roster:
        """A roster of the given names and offices."""
        return cls(tuple(people))

    def speaker_in(self, words: str, previous: str | None, *, nearest_to_verb: bool = False) -> str | None:
        """The speaker that an attribution names, by full name where the page has one; ``None`` where it names none.

        Args:
            words: The attribution.
            previous: Who spoke last, for a pronoun or an office that fits several.
            nearest_to_verb: Take the person next to the verb of speech rather than the first one.
        """
        candidates = self._candidates(words, previous)
        if not candidates:
            return None
        verb = _VERB.search(words) if nearest_to_verb else None
        if verb is None:
            return min(candidates, key=lambda one: one.start).speaker
        return min(candidates, key=lambda one: max(verb.start() - one.end, one.start - verb.end())).speaker

    def is_only_a_person(self, words: str) -> bool:
        """Whether words are nothing but a person with the office (``Ministerin Erika Mustermann``)."""
        rest = words.strip(" :,–—-()")
        for mention in mentions(rest):
            left = rest.replace(mention.evidence, "").strip(" :,–—-()")
            return not left or left.lower() in ("die", "der", "auch", "dazu", "und")
        return self._by_surname(rest) is not None

    def begins_with_person(self, words: str) -> bool:
        """Whether a sentence begins with a person and the office (``Ministerin Erika Mustermann zieht Bilanz``)."""
        start = re.sub(r"^(?:Auch|Die|Der|Dazu)\s", "", words.strip())
        return any(start.startswith(mention.evidence) for mention in mentions(start))

    def _candidates(self, words: str, previous: str | None) -> list[_Candidate]:
        """All that may be the speaker: persons in full, surnames, offices, organisations, pronouns."""
        found = [_Candidate(self._known(one.name), words.find(one.evidence), one.end) for one in mentions(words)]
        taken = [(one.start, one.end) for one in found]
        for match in _WORD.finditer(words):
            if any(start <= match.start() < end for start, end in taken):
                continue
            speaker = self._by_word(words, match, previous)
            if speaker is not None:
                found.append(_Candidate(speaker, match.start(), match.end()))
        if not found and previous and _PRONOUN.search(words):
            found.append(_Candidate(previous, 0, len(words)))
        return found

    def _by_word(self, words: str, match: re.Match[str], previous: str | None) -> str | None:
        """The speaker that a single word names, if it does."""
        word = match.group()
        if name := self._by_surname(word):
            return name
        if is_role(word) and not is_function(word):
            following = words[match.end() :].split()
            surname = following[0].strip(".,;:") if following else ""
            return self._by_surname(surname) or self._by_office(words, match, surname, previous)
        if is_organisation(word) or word.lower().endswith("regierung"):
            end = complement_end(words, match.end())
            return words[match.start() : end].strip(" ,")
        return None

    def _known(self, name: str) -> str:
        """The longer name by which the page knows the person, where it has one."""
        full = self._by_surname(surname_of(name))
        return full if full is not None and full.endswith(f" {name}") else name

    def _by_surname(self, word: str) -> str | None:
        """The one person of that surname."""
        names = {name for name, _ in self.persons if surname_of(name) == word}
        return names.pop() if len(names) == 1 else None

    def _by_office(self, words: str, match: re.Match[str], surname: str, previous: str | None) -> str | None:
        """The one person in that office, else a surname after it, else the office itself."""
        article = _ARTICLE.search(words[: match.start()])
        office = nominative(match.group(), article[1].lower() if article else "")
        if surname[:1].isupper() and not is_common(surname) and not is_organisation(surname):
            return surname
        holders = [name for name, role in self.persons if role and _is_office(office, role)]
        if previous in holders:
            return previous
        return holders[0] if len(set(holders)) == 1 else office


def roster_of(found: Iterable[Mention]) -> Roster:
    """The roster of the persons mentioned."""
    return Roster(tuple((one.name, one.role) for one in found))


def _is_office(office: str, role: str) -> bool:
    """Whether an office named alone means the holder of this role: ``Ministerin`` for a ``Digitalministerin``."""
    return any(word.lower().endswith(office.lower()) for word in _WORD.findall(role) if is_role(word))
