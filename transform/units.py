"""What a number counts: the noun phrase after it, brought to the nominative.

``36 neuen Projekten aus allen Bereichen`` counts ``Projekte``; ``zwei unterschiedliche operative Ansätze`` counts
``operative Ansätze``; ``50 Bürgermeistern, Landräten und Vertretern der Kommunalpolitik`` keeps all three.  Adjectives
that only value or point (``neu``, ``konkret``, ``unterschiedlich``) are left out, so that two mentions of one fact
carry one unit.  No noun, a name, a singular or a span of time counts nothing, and gives ``None``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from transform.plurals import nominative_adjective, nominative_plural


class UnitKind(StrEnum):
    """What kind of thing a number tells."""

    COUNT = "count"
    MONEY = "money"
    MEASURE = "measure"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number counts.

    Attributes:
        text: The unit in the nominative.
        head: Its head noun in lower case: two units of one head name the same things.
        kind: What kind of unit it is.
        end: Offset of the end of its words in the text.
        dative: Whether its noun stood in the dative plural.
    """

    text: str
    head: str
    kind: UnitKind
    end: int
    dative: bool = False


_MONEY = re.compile(
    r"\s*-?(?P<name>Euros?\b|EUR\b|€|Cent\b|US-Dollar\b|Dollar\b)(?:\s+(?P<rate>pro Jahr|jährlich|im Jahr)\b)?"
)
_MONEY_NAMES = {"Euros": "Euro", "EUR": "Euro", "€": "Euro"}
_MEASURE = re.compile(
    r"\s*(?P<name>[MG]bit/s|[MGT]bps|(?:Mega|Giga)bit(?:\s+(?:pro|je)\s+Sekunde)?|(?:Quadrat|Kubik)?(?:kilo)?meter[n]?|"
    r"(?:Quadratk|K|Quadratm|M)(?:ilo|e)?(?:meter|ter)n?|km²?|m²|Hektar|ha|[kMGT]Wh?|(?:Kilo|Mega|Giga)watt(?:stunden)?|"
    r"Tonnen|Petabyte|Petaflops?|Teraflops?)(?![\w/])"
)
_TOKEN = re.compile(r"\w[\w'’:*/&.+-]*\w|\w|[^\w\s]")
_QUOTES = frozenset("„“”\"»«‚‘'’")
_JOINERS = frozenset({"und", "sowie", "oder", "bzw", "&"})
_NOT_ATTRIBUTIVE = frozenset(
    """
    aber alle allen aller alles als also am an andere anderen auf aus bei beide beiden beim bis da dabei damit danach dann
    das dass dem den denen der deren des dessen die dies diese diesem diesen dieser dieses doch dort durch ein eine einem
    einen einer eines er es für gegen habe haben hat hatte hatten hier ihr ihre ihrem ihren ihrer im in ist jede jedem jeden
    jeder jedes jene jenen jener kann kein keine keinen keiner konnte konnten können man mit muss müssen nach nicht noch ob
    ohne seien sein seine seinen seiner seit sich sie sind so soll sollen sollte sollten sowohl über um unser unsere unseren
    unserer unter vom von vor war waren was weil welche welchen welcher wenn werde werden wie will wir wird wo wollen worden
    wurde wurden während würde würden zu zum zur zwischen konnten dürfen darf daher deshalb darunter davon hinzu kamen kommen
    bleiben blieben liegen lagen stehen standen gibt gab sagte sieht bilden bildeten umfassen umfassten gelten
    """.split()
)
_PREPOSITIONS = frozenset("von vom im in aus mit durch für am auf zur zum bei nach an unter beim über".split())
_POINTING = re.compile(
    r"(?:neu|unterschiedlich|verschieden|konkret|weiter|zusätzlich|zentral|wichtig|wesentlich|groß|herausragend|einzeln|"
    r"folgend|genannt|vorliegend|aktuell|derzeitig|bestehend|ausgewählt|entsprechend|ander|übrig|bisherig|künftig|zukünftig|"
    r"ganz|gesamt|verbleibend|innovativ|spannend|hochkarätig|identifiziert|bekannt|jeweilig|geplant|definiert|vorgesehen|"
    r"maßgeblich|besonder|viel|näher|erst|letzt|nächst)e[nrsm]?$"
)
"""Adjectives that value, point or order: they do not tell one kind of thing from another."""
_CITY_ADJECTIVE = re.compile(
    r"(?:Berliner|Hamburger|Bremer|Münch(?:e)?ner|Stuttgarter|Frankfurter|Wiesbadener|Mainzer|Saarbrücker|Dresdne?r|Dresdener|"
    r"Leipziger|Magdeburger|Hallenser|Erfurter|Kieler|Lübecker|Schweriner|Rostocker|Potsdamer|Hannoveraner|Düsseldorfer|"
    r"Kölner|Thüringer|Brüsseler|Schweizer|Wiener|Nürnberger|Bonner|Brandenburger)$"
)
_NAMED_ADJECTIVE = re.compile(
    r"(?:Digital|Smart|Offen|Grün|Neu|Groß|Klein|Intelligent|Öffentlich|Strategisch|Zentral)e[nr]?$"
)
_SINGULAR = re.compile(
    r"(?:ung|heit|keit|schaft|ion|tät|ik|mus|tum|enz|anz|ur|nis|ment|land|stadt|hafen|berg|burg|tal|ium|chaft|wesen|isierung)$"
)
_PLURAL_END = re.compile(r"(?:[enrsli]|[ao]s?|in)$")
_NAMES = frozenset(
    """
    sachsen hessen bayern bremen thüringen niedersachsen berlin franken schwaben westfalen polen schweden norwegen belgien
    italien spanien indien china europa aachen essen münchen köln dresden erfurt halle gießen göttingen tübingen saarbrücken
    januar februar märz april mai juni juli august september oktober november dezember montag dienstag mittwoch donnerstag
    freitag samstag sonntag euro prozent
    """.split()
)
_NEVER_COUNTED = re.compile(
    r"(?:^|\b)(?:uhr|seiten?|mal(?:e|en)?|jahr(?:e[ns]?|zehnte[n]?|hunderte?n?)?|monate?n?|wochen?|tage?n?|stunden?|minuten?|"
    r"sekunden?|drittel[n]?|viertel[n]?|fünftel[n]?|sechstel|achtel|zehntel|grad|auflagen?|dinge[n]?|klicks?|worten?|augen|welten|"
    r"beinen?|händen?|wänden?|dank|zeichen|zeilen|sätzen?|absätzen?|prozent(?:punkte?n?)?|[kmgt]i?b|bytes?|megabyte|kilobyte|"
    r"legislaturperioden?|wahlperioden?|millionen?|milliarden?|uhrzeit|sternen?|etagen?|stockwerken?|stock|nächten?|wochenenden?)$"
)
_DURATION = re.compile(
    r"\b(?:Laufzeit|Dauer|Frist|Förderdauer|Förderzeitraum|Zeitraum|Bearbeitungszeit|Bearbeitungsdauer|Projektlaufzeit)\b[^.;]*$"
)
_TIME_UNIT = re.compile(r"(?:jahre[n]?|monate[n]?|wochen|tage[n]?|stunden|minuten)$")
_RELATIONAL = re.compile(
    r"(?:vertreter(?:innen)?n?|mitglieder[n]?|mitarbeiter(?:innen)?n?|beschäftigte[n]?|angehörige[n]?|teilnehmer(?:innen)?n?|"
    r"teilnehmende[n]?|bürger(?:innen)?n?|kammern|arten|formen|ebenen|stufen|partner[n]?)$"
)
_GENITIVE = re.compile(r"\s+(?:der|des|dieser|unserer?s?|seiner|ihrer)(?:\s+[a-zäöüß]+e[nr])*\s+[A-ZÄÖÜ][\w-]*")
_PARTICIPLE_PHRASE = re.compile(
    r"\s+(?P<preposition>[a-zäöü]+)\s+(?:[\w-]+\s+){1,5}?(?P<participle>[a-zäöüß]+(?:te|ten|ene|enen|nde|nden|ige|igen))\s+"
    r"(?=(?P<noun>[A-ZÄÖÜ][\w:*-]*))"
)


def unit_after(text: str, at: int, *, value: float, percent: bool = False) -> Unit | None:
    """What the number that ends at offset ``at`` counts; ``None`` where it counts nothing."""
    if percent:
        return Unit("Prozent", "prozent", UnitKind.PERCENT, at)
    if money := _MONEY.match(text, at):
        name = _MONEY_NAMES.get(money["name"], money["name"])
        return Unit(f"{name} pro Jahr" if money["rate"] else name, name.casefold(), UnitKind.MONEY, money.end())
    if measure := _MEASURE.match(text, at):
        name = re.sub(r"metern$", "meter", measure["name"])
        return Unit(name, name.casefold(), UnitKind.MEASURE, measure.end())
    return _counted(text, at, value)


def _counted(text: str, at: int, value: float) -> Unit | None:
    """The noun phrase right after a number, or after a participle with what belongs to it."""
    phrase = _PARTICIPLE_PHRASE.match(text, at)
    if phrase and phrase["preposition"] in _PREPOSITIONS:
        at = phrase.end("participle")
    tokens = list(_TOKEN.finditer(text, at))[:24]
    if not tokens or (tokens[0].start() > at and not text[at : tokens[0].start()].isspace()):
        return None
    index, adjectives = _adjectives(text, tokens)
    if index >= len(tokens) or not _counts(text, at, tokens[index][0], value):
        return None
    return _phrase(text, tokens, index, adjectives)


def _adjectives(text: str, tokens: list[re.Match[str]]) -> tuple[int, list[str]]:
    """Rank of the noun among the tokens (past their end: there is none), and the adjectives before it."""
    adjectives: list[str] = []
    for index, token in enumerate(tokens[:8]):
        word = token[0]
        following = tokens[index + 1][0] if index + 1 < len(tokens) else ""
        if _is_noun(word, following):
            return index, adjectives
        if word in _QUOTES:
            continue
        if word == "," or word.casefold() in _JOINERS:
            if not adjectives:
                break
        elif not word[0].isalpha() or word.casefold() in _NOT_ATTRIBUTIVE:
            break
        elif re.search(r"e[nrsm]?$", word):
            adjectives.append(word)
    return len(tokens), adjectives


def _is_noun(word: str, following: str) -> bool:
    if not word[0].isupper():
        return False
    is_adjective = _CITY_ADJECTIVE.match(word) or _NAMED_ADJECTIVE.match(word)
    return not (is_adjective and following[:1].isupper())


def _counts(text: str, at: int, noun: str, value: float) -> bool:
    """Whether a noun can be counted here: a plural (or any noun after 1), no name, no span of time."""
    word = noun.casefold()
    if _TIME_UNIT.search(word) and _DURATION.search(text[:at]):
        return True
    if _NEVER_COUNTED.search(word) or word in _NAMES:
        return False
    return value == 1 or looks_plural(noun)


def looks_plural(noun: str) -> bool:
    """Whether a capitalised word can be a plural; sure singulars (``-ung``, ``-schaft``, ``Land``) are none."""
    if noun.isupper():
        return noun == "KMU"
    word = noun.casefold()
    return not _SINGULAR.search(word) and bool(_PLURAL_END.search(word))


def _phrase(text: str, tokens: list[re.Match[str]], index: int, adjectives: list[str]) -> Unit:
    """The unit that starts with the noun at a rank: its adjectives, nouns joined to it, and a genitive that it needs."""
    noun = tokens[index][0]
    kept = [nominative_adjective(word) for word in adjectives if not _POINTING.search(word)]
    joined, end = _joined_nouns(text, tokens, index)
    words = " ".join([*kept, nominative_plural(noun)]) + joined
    last = re.findall(r"[\w:*-]+", words)[-1]
    genitive = _GENITIVE.match(text, end) if _RELATIONAL.search(last.casefold()) else None
    if genitive:
        words, end = words + genitive[0], genitive.end()
    head = nominative_plural(noun)
    return Unit(words, head.casefold(), UnitKind.COUNT, end, dative=head != noun)


def _joined_nouns(text: str, tokens: list[re.Match[str]], index: int) -> tuple[str, int]:
    """Nouns counted together with the first: ``, Landräten und Vertretern``; none unless ``und`` closes the row."""
    words, pending, end = "", "", tokens[index].end()
    rank = index + 1
    while rank + 1 < len(tokens) and tokens[rank][0] in {",", "und", "sowie", "oder", "/"}:
        joiner, noun = tokens[rank][0], tokens[rank + 1][0]
        if not noun[0].isupper() or not looks_plural(noun) or noun.casefold() in _NAMES:
            break
        pending += (", " if joiner == "," else f" {joiner} ") + nominative_plural(noun)
        rank += 2
        if joiner != ",":
            words, end = pending, tokens[rank - 1].end()
            break
    return words, end
