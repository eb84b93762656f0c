"""The words by which :mod:`transform.figures.units` tells what can be counted; data and its patterns, no grammar."""

from __future__ import annotations

import re


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


MONEY = re.compile(
    r"\s*-?(?P<name>Euros?\b|EUR\b|€|Cent\b|US-Dollar\b|Dollar\b)(?:\s+(?P<rate>pro Jahr|jährlich|im Jahr(?!\s+\d))\b)?"
)
MONEY_BEFORE = re.compile(r"(?:€|\bEUR)\s*$")
MONEY_NAMES = {"Euros": "Euro", "EUR": "Euro", "€": "Euro"}
MEASURE = re.compile(
    r"\s*(?P<name>[MGT]bit/s|[MGT]bps|(?:Mega|Giga)bit(?:\s+(?:pro|je)\s+Sekunde)?|(?:Quadrat|Kubik)?(?:[Kk]ilo)?[Mm]etern?|"
    r"km²?|m²|Hektar|ha|[kMGT]Wh?|(?:Kilo|Mega|Giga)watt(?:stunden)?|Tonnen|Petabyte|Petaflops?|Teraflops?)(?![\w/²-])"
)
"""Physical measures; they stand as written, ``Kilometern`` as ``Kilometer``."""

JOINERS = _words("und sowie oder bzw &")
NOT_ATTRIBUTIVE = _words(
    """
    aber alle allen aller alles als also am an andere anderen auf aus bei beide beiden beim bis bildeten bilden
    blieben bleiben da dabei daher damit danach dann darunter das dass davon dem den denen der deren des deshalb
    dessen die dies diese diesem diesen dieser dieses doch dort durch dürfen ein eine einem einen einer eines er es
    für gab gegen gelten gibt habe haben hat hatte hatten hier hinzu ihr ihre ihrem ihren ihrer im in ist jede jedem
    jeden jeder jedes jene jenen jener kamen kann kein keine keinen keiner kommen konnte konnten können lagen liegen
    man mit muss müssen nach nicht noch ob ohne sagte seien sein seine seinen seiner seit sich sie sieht sind so
    soll sollen sollte sollten sowohl standen stehen um umfassen umfassten unser unsere unseren unserer unter vom
    von vor war waren was weil welche welchen welcher wenn werde werden wie will wir wird wo wollen worden wurde
    wurden während würde würden zu zum zur zwischen
    """
)
"""Lower-case words that end what may stand between a number and its noun."""
PREPOSITIONS = _words("von vom im in aus mit durch für am auf zur zum bei nach an unter beim über")
POINTING = re.compile(
    r"(?:neu|unterschiedlich|verschieden|konkret|weiter|zusätzlich|zentral|wichtig|wesentlich|groß|herausragend|einzeln|"
    r"folgend|genannt|vorliegend|aktuell|derzeitig|bestehend|ausgewählt|entsprechend|ander|übrig|bisherig|künftig|"
    r"zukünftig|ganz|gesamt|verbleibend|innovativ|spannend|hochkarätig|identifiziert|bekannt|jeweilig|geplant|definiert|"
    r"vorgesehen|maßgeblich|relevant|besonder|viel|näher|erst|letzt|nächst|greifbar|gut|stark|klar|bedeutend|eigen|wichtigst)e[nrsm]?$"
)
"""Adjectives that value, point or order: they do not tell one kind of thing from another."""
CITY_ADJECTIVE = re.compile(
    r"(?:Berliner|Hamburger|Bremer|Münch(?:e)?ner|Stuttgarter|Frankfurter|Wiesbadener|Mainzer|Saarbrücker|Dresde?ner|"
    r"Leipziger|Magdeburger|Hallenser|Erfurter|Kieler|Lübecker|Schweriner|Rostocker|Potsdamer|Hannoveraner|Düsseldorfer|"
    r"Kölner|Thüringer|Brüsseler|Schweizer|Wiener|Nürnberger|Bonner|Brandenburger)$"
)
NAMED_ADJECTIVE = re.compile(
    r"(?:Digital|Smart|Offen|Grün|Neu|Groß|Klein|Intelligent|Öffentlich|Strategisch|Zentral)e[nr]?$"
)
ENGLISH_MODIFIERS = _words("Smart Digital Open Big Data Cyber Virtual Live Co-Working Start-up Startup")
"""Words that stand unchanged before a noun: ``Smart Cities``."""
SINGULAR = re.compile(
    r"(?:ung|heit|keit|schaft|ion|tät|ik|mus|tum|enz|anz|ur|nis|ment|land|stadt|hafen|berg|burg|tal|ium|wesen|nummer|kammer|mauer|dauer|steuer|ziffer|feder|faser|wasser)$"
)
PLURAL_END = re.compile(r"(?:[enrsli]|[ao]s?)$")
NAMES = _words(
    """
    sachsen hessen bayern bremen thüringen niedersachsen berlin franken schwaben westfalen polen schweden norwegen
    belgien italien spanien indien china europa aachen essen münchen köln dresden erfurt halle gießen göttingen
    tübingen saarbrücken januar februar märz april mai juni juli august september oktober november dezember montag
    dienstag mittwoch donnerstag freitag samstag sonntag
    """
)
"""Names that look like plurals."""
NEVER_COUNTED = re.compile(
    r"^(?:uhr|seiten?|male?n?|jahr(?:en?|es|zehnten?|hunderten?)?|monaten?|wochen?|tagen?|stunden?|minuten?|min|sekunden?|"
    r"dritteln?|vierteln?|fünfteln?|sechstel|achtel|zehnteln?|grad|auflagen?|dingen?|klicks?|worten?|augen|welten|beinen?|"
    r"händen?|wänden?|dank|zeichen|zeilen|sätzen?|absätzen?|prozent(?:punkten?)?|[kmgt]i?b|bytes?|megabyte|kilobyte|"
    r"legislaturperioden?|wahlperioden?|millionen?|milliarden?|sternen?|etagen?|stockwerken?|stock|nächten?|wochenenden?|"
    r"gründen?|lesezeit|lesedauer|uhrzeit|wegen?|vgl|drs)$"
)
"""Spans of time, parts of a text, fractions, ways of speaking."""
DURATION = re.compile(
    r"\b(?:Laufzeit|Dauer|Frist|Förderdauer|Förderzeitraum|Zeitraum|Bearbeitungszeit|Bearbeitungsdauer|Projektlaufzeit)\b"
    r"[^.;]*$"
)
TIME_UNIT = re.compile(r"^(?:jahren?|monaten?|wochen|tagen?|stunden|minuten)$")
RELATIONAL = re.compile(
    r"(?:vertreter(?:innen)?|mitglieder|mitarbeiter(?:innen)?|beschäftigte|angehörige|teilnehmer(?:innen)?|teilnehmende|"
    r"arten|formen|partner)$"
)
"""Nouns that say little without the genitive after them: ``Vertreter der Kommunen``."""

ADVERB = re.compile(r"einander$|^(?:besonders|bisher|immer|wieder|anders|leider|mehr)$")
"""Adverbs that end like adjectives: ``drei miteinander verzahnte Themen``."""
