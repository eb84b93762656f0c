"""Numbers that count nothing: dates, labels, addresses, file sizes, names.

They are blanked out before figures are looked for, character by character, so that every other place in the text stays
where it is.  Precision goes before recall: where a number may be a label, it is taken for one.
"""

from __future__ import annotations

import re

from transform.dates.grammar import MONTH, dates_in

BLANK = "▯"
"""What stands for a blanked character; no letter, digit or space."""

_END_OF_LINE = r"(?=\s*(?:$|[,;|)\n]))"
_TOWN = r"[A-ZÄÖÜ][\wäöüß-]+"
_STREET = (
    r"(?:straße|strasse|str\.|platz|weg|allee|ring|gasse|ufer|damm|markt|chaussee|promenade|hof|graben|wall|tor|berg)"
)
_MAGNITUDE_AHEAD = r"(?!\s*(?:Mio|Mrd|Million|Milliard))"
_UNIT_AHEAD = r"(?!\s*(?:Mio|Mrd|Million|Milliard|Euro|€|%|Prozent))"
_RANKS = r"\d+(?:\.\d+)*\w?(?:\s*(?:,|und|bis|–|-|/)\s*\d+\b)*"
_NUMBERED_THINGS = (
    r"(?:Artikel|Art\.|Absatz|Abs\.|Paragraph|Nr\.|Nummer|Ziffer|Kapitel|Kap\.|Abschnitt|Seite|S\.|Drucksache|Drs\.|Anlage|"
    r"Anhang|Abbildung|Abb\.|Tabelle|Tab\.|Fußnote|Teil|Band|Heft|Ausgabe|Phase|Stufe|Schritt|Säule|Handlungsfeld|"
    r"Themenfeld|Schwerpunkt|Leitlinie|Leitbild|Maßnahme|Ziel|Platz|Rang|Gruppe|Modul|Level|Ebene|Raum|Zimmer|Postfach|"
    r"Referat|Abteilung|Los|Frage|Block|Version|Release|Update|ISO|DIN|IEC|NIS|Top|TOP|Agenda|Web|Industrie|Arbeit|"
    r"Mittelstand|Verwaltung|Windows|Hausnummer|Halle|Etage|Stock|Linie|Behördennummer|Visionen|Bild|Foto|Grafik|Video|Folge|Staffel|Impulse|Projektphase|Förderaufruf|"
    r"Call|Satz|Lfd\.\s?Nr\.)"
)
_NETWORK = (
    r"https?://\S+|www\.\S+|\S{1,80}@\S+|#\w+",
    r"\S{1,200}\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|zip|csv|jpe?g|png|gif|svg|mp[34]|html?)\b",
    r"[(\[][^()\[\]]{0,200}\b(?:PDF|DOCX?|XLSX?|PPTX?|ZIP|CSV)\b[^()\[\]]{0,200}[)\]]",
    r"(?<!\d)\d{1,9}(?:[.,]\d{1,3})?\s?(?:[KMGT]i?B|Kilobyte|Megabyte|Gigabyte|Bytes?)\b",
)
"""Addresses, file names, kinds and sizes of files."""
_CONTACT = (
    r"\b(?:Tel(?:efon)?|Fax|Telefax|Mobil|Handy|Fon|Hotline|Durchwahl)\b\.?\s*:?\s*\+?\d[\d\s()/–.-]{3,}",
    r"\+\d[\d\s()/–-]{5,}\d",
    r"(?<!\d)(?:\(0\d{2,5}\)|0\d{2,5})\s?[/–-]?\s?\d[\d\s-]{2,}\d",
    rf"\b[\wäöüß.-]{{0,40}}{_STREET}\s+\d+\s?[a-z]?(?:\s?[-–/]\s?\d+\s?[a-z]?)?(?![\w.])(?:{_END_OF_LINE}|(?=\s(?:D-)?\d{{5}}\b))",
)
"""Telephone numbers, streets with a house number."""
_CONTACT_CASED = (
    rf"\b(?:Am|An der|An den|Auf dem|Zum|Zur|Im|In der)\s+{_TOWN}\s+\d+\s?[a-z]?(?:{_END_OF_LINE}|(?=\s\d{{5}}\b))",
    rf"(?<![\w.,])(?:D-)?\d{{5}}\s+{_TOWN}(?:[ /-]{_TOWN})*{_END_OF_LINE}",
    rf"(?:\bin\s+|,\s*|\bD-)\d{{5}}\s+{_TOWN}",
)
"""Streets without a street word, post codes: told by capitals."""
_LABELS = (
    r"§+\s*\d+\w?(?:\s*(?:,|und|bis|–|-|ff?\.)\s*\d+\w?)*",
    rf"\b{_NUMBERED_THINGS}\s+{_RANKS}(?![.,]?\d){_UNIT_AHEAD}",
    rf"(?<![\w.,])\d{{1,2}}\.\d{{1,2}}(?![\d.,]){_MAGNITUDE_AHEAD}",
    r"(?<![\w.,])\d{1,2}(?:\.\d{1,2}){2,}\.?(?=\s)",
    r"\b(?:ISBN|ISSN|IBAN|BIC|HRB|HRA|USt-IdNr\.?|Az\.?|Aktenzeichen|DOI)\b[\s:.-]*[\dA-Z][\d\sA-Z./-]*\d",
    r"(?<![\w.,])\d{1,3}\.(?=\s+[\wÄÖÜ„])",
    r"\b\d{1,9}\s*:\s*\d{1,9}\b|\b24/7\b",
)
"""Law, numbering, versions, ordinals, ratios."""
_TIMES = (
    rf"\b\d{{1,2}}\.\s*(?:(?:bis|und|[-–/])\s*\d{{1,2}}\.\s*)?{MONTH}",
    r"\b\d{1,2}(?:[.:]\d{2})?(?:\s*(?:bis|und|[-–])\s*\d{1,2}(?:[.:]\d{2})?)?\s*Uhr\b",
)
"""Days without a year, times of day."""
_UP_TO_TEN = r"(?:\d{1,2}|eine[rsmn]?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|jede[rsmn]?)"
_IDIOMS = (
    rf"\b{_UP_TO_TEN}\s+von\s+(?:zehn|hundert|10|100)\b(?!\s*(?:%|Prozent|Euro))",
    r"\b(?:mehrere|einige|viele|wenige|etliche)[nr]?\s+(?:hundert|tausend|dutzend)(?:en?)?\b",
    r"\b(?:zwei von drei|drei von vier|vier von fünf|drei von fünf)\b",
    r"\bzwei Seiten\b|\b(?:vier|sechs) Augen\b|\bfünf vor zwölf\b|\bzwei Fliegen\b|\bvier Wänden?\b|\bzwei Welten\b",
    r"\bauf zwei Beinen\b|\bauf allen vieren\b|\bzwischen zwei Stühlen\b|\bdrei Wünsche\b|\btausend Dank\b",
    r"\b(?:alle|mit allen) fünf Sinnen?\b|\b(?:außer|in) (?-i:Acht)\b|\bnull Toleranz\b|\bauf Wolke \w+\b",
)
"""Ways of speaking, ratios of speech (``neun von zehn``), numbers that nobody counted (``mehrere hundert``)."""
_LOOSE = re.compile("|".join((*_NETWORK, *_CONTACT, *_TIMES, *_IDIOMS)), re.IGNORECASE)
_STRICT = re.compile("|".join((*_CONTACT_CASED, *_LABELS)))
_QUOTED = re.compile(r"[„“\"»‚](?P<words>[^„“”\"»«‚‘’]{1,80})[“”\"«‘’]")

_CONTACT_HEADING = re.compile(
    r"^\W*(?:(?:ihre?|unsere?)\s+)?(?:\w*ansprech(?:partner|person|stelle)\w*|(?:presse|medien)?kontakte?(?:daten)?\b|"
    r"impressum|anschrift|öffnungszeiten|adressen?\b|so erreichen sie uns)",
    re.IGNORECASE,
)


def heads_contacts(heading: str | None) -> bool:
    """Whether a heading stands above contacts, where numbers and dates tell nothing of the page's subject."""
    return bool(heading and _CONTACT_HEADING.match(heading))


def without_non_figures(text: str, title: str | None = None) -> str:
    """The text with every number that counts nothing blanked out; length and all other characters stay.

    Blanked as well: the page's own ``title`` where it holds a number, and short quoted names (``„100 digitale Orte“``).
    """
    chars = list(text)
    for start, end in _spans(text, title):
        chars[start:end] = BLANK * (end - start)
    return "".join(chars)


def _spans(text: str, title: str | None) -> list[tuple[int, int]]:
    spans = [found.span for found in dates_in(text)]
    spans.extend(match.span() for pattern in (_LOOSE, _STRICT) for match in pattern.finditer(text))
    spans.extend(match.span("words") for match in _QUOTED.finditer(text) if _is_name(match["words"]))
    if title and re.search(r"\d", title):
        spans.extend(match.span() for match in re.finditer(re.escape(title), text))
    return spans


def _is_name(words: str) -> bool:
    """Whether quoted words are a name with a number in it rather than something said."""
    return (
        bool(re.search(r"\d", words)) and len(words.split()) <= 6 and not words.rstrip().endswith((".", "!", "?", ","))
    )
