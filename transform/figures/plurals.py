"""German nouns and adjectives after a number, brought to the nominative.

A number of things stands in any case on a page (``mit über 150 Zielen``); a table wants the nominative (``Ziele``).
After a number only the dative plural differs, by a final ``n``, so a table of word endings does: the longest ending
that fits decides, and a word that none fits stays as it is.  Compounds follow their last part, as the language has it.
"""

from __future__ import annotations

import re


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_DROP_N = _words(
    """
    abenden abschnitten aggregaten akteuren angeboten anreizen apparaten archiven argumenten artefakten attributen
    ausweisen begriffen bereichen berichten bescheiden besuchen betrieben beweisen bezirken blicken briefen dezernaten
    diensten diplomen diskursen dokumenten eingriffen elementen exemplaren experimenten exponaten fahrzeugen filmen
    formularen freunden geboten gesetzen gewerken gleisen haushalten heften hinweisen honoraren hunden idealen
    impulsen ingenieuren inhalten instituten instrumenten jahren kantonen kommentaren kompromissen kongressen
    komplexen kontakten kontingenten konzepten krediten kreisen kursen laboren leuten mandaten medikamenten merkmalen
    momenten monaten motiven nachweisen netzen nissen orten paketen pakten papieren parlamenten patenten pfaden plakaten
    portalen potentialen potenzialen preisen problemen produkten profilen programmen prozessen rechten redakteuren
    referaten resultaten scheinen schiffen schritten segmenten seminaren senaten sekretariaten signalen spielen
    steinen stiften stoffen systemen tagen takten talenten teilen terminen testaten urteilen verboten vereinen
    vergleichen versuchen verweisen wegen werken werkzeugen wettbewerben worten zertifikaten zielen zitaten
    formaten zugriffen zwecken zweigen ekten punkten
    """
)
"""Endings of masculine and neuter dative plurals in -en; the nominative ends in -e."""

_KEEP = _words(
    """
    antworten etagen sorten torten behörden brücken bühnen büchsen flächen gebühren größen hürden höhen küchen
    lücken längen mühlen säulen schwächen stärken stützen tätigen täten türen währungen stätten kammern ziffern
    steuern fasern federn schwestern bauern nachbarn nummern feiern mauern klammern leitern regeln tafeln inseln
    formeln ampeln wurzeln kapseln klauseln floskeln schachteln vokabeln muskeln nadeln gabeln kugeln
    """
)
"""Endings of plurals with -n in every case, where a rule below would take it away."""

_UMLAUT = re.compile(r"(?:ä|ö|ü|äu)[bcdfghjklmnpqrstvwxyzß]{1,4}en$")
"""Umlaut before -en: nearly always the plural of a word without one (``Ansatz``, ``Räume``), so a dative."""
_ER_EL = re.compile(r"(?:er|el|chen|lein)n$")
_PERSONS = re.compile(
    r"(?:(?:studier|teilnehm|lehr|forsch|mitarbeit|auszubild|vorsitz|gründ|mitwirk|nutz|lern|pfleg|dienstleist|reis)end"
    r"|beschäftigt|befragt|angestellt|beauftragt|delegiert|abgeordnet|interessiert|beteiligt|verantwortlich|jugendlich"
    r"|freiwillig|ehrenamtlich|bedienstet|sachverständig|selbst?ständig|erwachsen|geflüchtet|versichert|betroffen"
    r"|engagiert|berechtigt|pflegebedürftig|angehörig)en$"
)
"""Adjectives used as nouns: ``700 Befragten`` (dative) are ``Befragte``."""
_LONGEST = max(map(len, _DROP_N | _KEEP))


def nominative_plural(noun: str) -> str:
    """The nominative of a noun that stands after a number larger than one, in whatever case; capitals are kept.

    A noun already in the nominative, a singular and a word of unknown ending come back unchanged.
    """
    word = noun.lower()
    if not word.endswith("n") or not word[-2:].isalpha():
        return noun
    ending = next((word[-n:] for n in range(min(len(word), _LONGEST), 2, -1) if word[-n:] in _DROP_N | _KEEP), None)
    if ending is not None:
        return noun[:-1] if ending in _DROP_N else noun
    if _PERSONS.search(word) or _UMLAUT.search(word) or (_ER_EL.search(word)):
        return noun[:-1]
    return noun


def nominative_adjective(adjective: str) -> str:
    """The form of a lower-case adjective or participle that stands before a plural in the nominative: ``operative``."""
    if re.fullmatch(r"[a-zäöüß-]+e[nrm]", adjective) and len(adjective) > 4:
        return adjective[:-1]
    return adjective
