"""What a sentence or a heading announces: "zwei operative Ansätze", "folgende Handlungsfelder", "drei Schwerpunkte".

A list on a page is introduced by a noun that says what is listed, often with a number.  The nouns are data
(:data:`HEAD_NOUNS`); compounds are known by their last part, as in German grammar: *Schwerpunktthemen* are *Themen*.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from transform.german.number_words import SMALL_NUMBER_WORDS

# Singular stem, plural forms, role.  The longest ending that fits a word decides, so compounds of their own stand here.
HEAD_NOUNS: tuple[tuple[str, str, str], ...] = (
    ("handlungsfeld", "handlungsfelder handlungsfeldern", "action_fields"),
    ("themenfeld", "themenfelder themenfeldern", "action_fields"),
    ("aktionsfeld", "aktionsfelder aktionsfeldern", "action_fields"),
    ("handlungsbereich", "handlungsbereiche handlungsbereichen", "action_fields"),
    ("themenbereich", "themenbereiche themenbereichen", "action_fields"),
    ("grundlagenbereich", "grundlagenbereiche grundlagenbereichen", "action_fields"),
    ("lebensbereich", "lebensbereiche lebensbereichen", "action_fields"),
    ("gestaltungsfeld", "gestaltungsfelder gestaltungsfeldern", "action_fields"),
    ("leitthema", "leitthemen", "action_fields"),
    ("schwerpunktthema", "schwerpunktthemen", "action_fields"),
    ("fokusthema", "fokusthemen", "action_fields"),
    ("dimension", "dimensionen", "action_fields"),
    ("grundlage", "grundlagen", "foundations"),
    ("schwerpunkt", "schwerpunkte schwerpunkten", "focus_points"),
    ("säule", "säulen", "pillars"),
    ("kernthema", "kernthemen", "core_topics"),
    ("querschnittsthema", "querschnittsthemen", "cross_cutting_topics"),
    ("thema", "themen", "topics"),
    ("zielkategorie", "zielkategorien", "target_categories"),
    ("kategorie", "kategorien", "categories"),
    ("zielgruppe", "zielgruppen", "target_groups"),
    ("zielsetzung", "zielsetzungen", "goals"),
    ("ziel", "ziele zielen", "goals"),
    ("ansatz", "ansätze ansätzen", "approaches"),
    ("standortvorteil", "standortvorteile standortvorteilen", "location_advantages"),
    ("standortfaktor", "standortfaktoren", "location_advantages"),
    ("vorteil", "vorteile vorteilen", "advantages"),
    ("stärke", "stärken", "strengths"),
    ("anforderung", "anforderungen", "requirements"),
    ("voraussetzung", "voraussetzungen", "requirements"),
    ("bedingung", "bedingungen", "requirements"),
    ("kriterium", "kriterien", "criteria"),
    ("leitlinie", "leitlinien", "principles"),
    ("leitbild", "leitbilder leitbildern", "principles"),
    ("grundsatz", "grundsätze grundsätzen", "principles"),
    ("leitsatz", "leitsätze leitsätzen", "principles"),
    ("prinzip", "prinzipien", "principles"),
    ("maßnahme", "maßnahmen", "measures"),
    ("maßnahmenpaket", "maßnahmenpakete maßnahmenpaketen", "measures"),
    ("projekt", "projekte projekten", "projects"),
    ("vorhaben", "vorhaben", "projects"),
    ("programm", "programme programmen", "programmes"),
    ("meilenstein", "meilensteine meilensteinen", "milestones"),
    ("etappe", "etappen", "milestones"),
    ("schritt", "schritte schritten", "steps"),
    ("phase", "phasen", "phases"),
    ("aufgabe", "aufgaben", "tasks"),
    ("indikator", "indikatoren", "indicators"),
    ("kennzahl", "kennzahlen", "indicators"),
    ("bereich", "bereiche bereichen", "areas"),
    ("feld", "felder feldern", "areas"),
    ("sektor", "sektoren", "areas"),
    ("branche", "branchen", "areas"),
    ("ebene", "ebenen", "levels"),
    ("baustein", "bausteine bausteinen", "components"),
    ("element", "elemente elementen", "components"),
    ("komponente", "komponenten", "components"),
    ("instrument", "instrumente instrumenten", "instruments"),
    ("werkzeug", "werkzeuge werkzeugen", "instruments"),
    ("technologie", "technologien", "technologies"),
    ("angebot", "angebote angeboten", "services"),
    ("leistung", "leistungen", "services"),
    ("dienst", "dienste diensten", "services"),
    ("akteur", "akteure akteuren", "actors"),
    ("partner", "partner partnern", "actors"),
    ("herausforderung", "herausforderungen", "challenges"),
    ("chance", "chancen", "opportunities"),
    ("potenzial", "potenziale potenzialen", "opportunities"),
    ("wert", "werte werten", "values"),
    ("priorität", "prioritäten", "priorities"),
    ("ergebnis", "ergebnisse ergebnissen", "results"),
    ("frage", "fragen", "questions"),
    ("aspekt", "aspekte aspekten", "aspects"),
    ("punkt", "punkte punkten", "aspects"),
    ("beispiel", "beispiele beispielen", "examples"),
    ("effekt", "effekte effekten", "effects"),
)
ACTION_FIELDS = "action_fields"
GOALS = "goals"
WEAK_ACTION_FIELDS = frozenset({"foundations", "focus_points", "pillars", "topics"})
"""Roles that mean action fields only where the page announces no stronger ones."""

_ENDINGS: tuple[tuple[str, str, bool], ...] = tuple(
    sorted(
        (
            (form, role, is_plural)
            for stem, plurals, role in HEAD_NOUNS
            for form, is_plural in [*((plural, True) for plural in plurals.split()), (stem, False), (stem + "s", False)]
        ),
        key=lambda ending: (-len(ending[0]), not ending[2]),
    )
)
_WORD = re.compile(r"[\w-]+")
_NUMBER = "|".join(sorted(SMALL_NUMBER_WORDS, key=len, reverse=True))
_COUNTED = re.compile(
    rf"(?<![\w./,§-])(?<!§\s)(?P<count>(?i:{_NUMBER})|\d{{1,2}})\s+(?P<adjectives>(?:[a-zäöüß-]+(?:e|en|er)\s+){{0,3}})(?P<noun>[A-ZÄÖÜ][\w-]+)"
)
_FOLLOWING = re.compile(r"\b[Ff]olgende[nrs]?\s+(?:[a-zäöüß-]+(?:e|en|er)\s+){0,3}(?P<noun>[A-ZÄÖÜ][\w-]+)")
_OBLIQUE = re.compile(
    r"\b(?:unsere[rs]|ihre[rs]|seine[rs]|deren|dessen|der|des|zur|zum|von|vom|mit|aus|bei|für|durch|an|am|im|in)\s+"
    r"(?:(?:den|dem|der|ihren|unseren|seinen|[a-zäöüß-]+(?:en|er|em))\s+){0,2}$"
)


@dataclass(frozen=True, slots=True)
class Noun:
    """A word that says what is listed: the word itself, its role, and whether it stands in the plural."""

    word: str
    role: str
    is_plural: bool


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a text announces: ``noun`` verbatim, its ``role``, and ``count`` where a number stands before it."""

    noun: str
    role: str
    count: int | None = None
    is_plural: bool = True
    adjectives: str = ""

    @property
    def is_explicit(self) -> bool:
        """Whether a number or more than one is announced."""
        return self.count is not None or self.is_plural


@lru_cache(maxsize=4096)
def noun_of(word: str) -> Noun | None:
    """The head noun that a word is or ends in (as the last part of a compound); ``None`` for any other word."""
    lower = word.lower()
    for ending, role, is_plural in _ENDINGS:
        if lower == ending or (lower.endswith(ending) and len(lower) - len(ending) >= 3):
            return Noun(word, role, is_plural)
    return None


def number_of(word: str) -> int | None:
    """A small count in figures or words: "drei" and "3" are 3; a year is no count."""
    if word.isdecimal():
        return int(word) if 2 <= int(word) <= 99 else None
    return SMALL_NUMBER_WORDS.get(word.lower())


def announced(text: str) -> Announcement | None:
    """What a sentence or heading announces; ``None`` where no head noun of a list stands in it.

    A counted noun ("zwei operative Ansätze") goes before a pointed one ("folgende Maßnahmen"), and that before a noun
    that stands by itself; a noun that only belongs to another one ("Erreichung unserer Ziele") counts last.
    """
    return next(iter(counted(text)), None) or _pointed(text) or _plain(text)


def counted(text: str) -> tuple[Announcement, ...]:
    """All counted head nouns of a text, in order: "zwei Grundlagenbereiche und sechs Handlungsfelder" has two."""
    result = []
    for match in _COUNTED.finditer(text):
        noun, count = noun_of(match["noun"]), number_of(match["count"])
        if noun and count and (noun.is_plural or noun.word.lower().endswith("vorhaben")):
            result.append(Announcement(noun.word, noun.role, count, adjectives=match["adjectives"].strip()))
    return tuple(result)


def _pointed(text: str) -> Announcement | None:
    """The noun after "folgende"."""
    for match in _FOLLOWING.finditer(text):
        if noun := noun_of(match["noun"]):
            return Announcement(noun.word, noun.role, is_plural=noun.is_plural)
    return None


def _plain(text: str) -> Announcement | None:
    """The first head noun that does not belong to another word (action fields before all others); else the first."""
    found, spare = [], None
    for match in _WORD.finditer(text):
        noun = noun_of(match[0]) if match[0][0].isupper() else None
        if noun is None:
            continue
        announcement = Announcement(noun.word, noun.role, is_plural=noun.is_plural)
        if not _OBLIQUE.search(text[: match.start()]):
            found.append(announcement)
        spare = spare or announcement
    return next((each for each in found if each.role == ACTION_FIELDS), found[0] if found else spare)
