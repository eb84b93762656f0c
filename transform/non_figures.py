"""Numbers that count nothing: dates, labels, addresses, file sizes, names.

They are blanked out before figures are looked for, character by character, so that every other place in the text stays
where it is.  Precision goes before recall: where a number may be a label, it is taken for one.
"""

from __future__ import annotations

import re

from transform.date_grammar import MONTH, dates_in

BLANK = "▯"
"""What stands for a blanked character; no letter, digit or space."""

_LABELS = (
    r"(?:Artikel|Art\.|Absatz|Abs\.|Paragraph|Nr\.|Nummer|Ziffer|Kapitel|Kap\.|Abschnitt|Seite|S\.|Drucksache|Drs\.|Anlage|"
    r"Anhang|Abbildung|Abb\.|Tabelle|Tab\.|Fußnote|Teil|Band|Heft|Ausgabe|Phase|Stufe|Schritt|Säule|Handlungsfeld|Themenfeld|"
    r"Schwerpunkt|Leitlinie|Leitbild|Maßnahme|Ziel|Platz|Rang|Gruppe|Modul|Level|Ebene|Raum|Zimmer|Postfach|Referat|Abteilung|"
    r"Los|Frage|Block|Version|Release|Update|ISO|DIN|IEC|NIS|Top|TOP|Agenda|Web|Industrie|Arbeit|Mittelstand|Verwaltung|Windows|"
    r"Visionen|Bild|Foto|Grafik|Video|Folge|Staffel|Impulse|Projektphase|Förderaufruf|Call|Satz|Lfd\.\s?Nr\.)"
)
_PATTERNS = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        # Addresses of the web, files and their sizes.
        (r"https?://\S+|www\.\S+|\S+@\S+|#\w+", re.IGNORECASE),
        (r"\S+\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|zip|csv|jpe?g|png|gif|svg|mp[34]|html?)\b", re.IGNORECASE),
        (r"[(\[][^()\[\]]*\b(?:PDF|DOCX?|XLSX?|PPTX?|ZIP|CSV)\b[^()\[\]]*[)\]]", 0),
        (r"\bPDF[\s,:|–-]+\d+(?:[.,]\d+)?\s?[KMG]i?B\b", re.IGNORECASE),
        (r"\d+(?:[.,]\d+)?\s?(?:[kKMGT]i?B|Kilobyte|Megabyte|Gigabyte|Bytes?)\b(?!it)", 0),
        # Telephone numbers, streets, post codes.
        (
            r"\b(?:Tel(?:efon)?|Fax|Telefax|Mobil|Handy|Fon|Hotline|Durchwahl)\b\.?\s*:?\s*\+?\d[\d\s()/–.-]{3,}",
            re.IGNORECASE,
        ),
        (r"\+\d[\d\s()/–-]{5,}\d", 0),
        (r"(?<!\d)(?:\(0\d{2,5}\)|0\d{2,5})\s?[/–-]?\s?\d[\d\s-]{2,}\d", 0),
        (
            r"\b[\wäöüß.-]*(?:straße|strasse|str\.|platz|weg|allee|ring|gasse|ufer|damm|markt|chaussee|promenade|hof|graben|wall|"
            r"tor|berg)\s+\d+\s?[a-z]?(?:\s?[-–/]\s?\d+\s?[a-z]?)?(?![\w.])(?=\s*(?:$|[,;|)]|\s(?:D-)?\d{5}\b))",
            re.IGNORECASE,
        ),
        (
            r"\b(?:Am|An der|An den|Auf dem|Zum|Zur|Im|In der|Unter den)\s+[A-ZÄÖÜ][\wäöüß-]+\s+\d+\s?[a-z]?(?=\s*(?:$|[,;|)]|(?:D-)?\d{5}\b))",
            0,
        ),
        (r"(?<![\w.,])(?:D-)?\d{5}\s+[A-ZÄÖÜ][\wäöüß-]+(?:[ /-][A-ZÄÖÜ][\wäöüß-]+)*(?=\s*(?:$|[,;|)]|\n))", 0),
        (r"(?:\bin\s+|,\s*|\bD-)\d{5}\s+[A-ZÄÖÜ][\wäöüß-]+", 0),
        # Law, numbering, standards.
        (r"§+\s*\d+\w?(?:\s*(?:,|und|bis|–|-|ff?\.)\s*\d+\w?)*", 0),
        (
            rf"\b{_LABELS}\s+\d+(?:\.\d+)*\w?(?:\s*(?:,|und|bis|–|-|/)\s*\d+\b)*(?![.,]?\d)(?!\s*(?:Mio|Mrd|Million|Milliard|Euro|€|%|Prozent))",
            0,
        ),
        (r"(?<![\w.,])\d+(?:\.\d+)+\.?(?=\s+[A-ZÄÖÜ])(?<!\.\d{3})", 0),
        (r"(?<![\w.,])\d{1,2}\.\d{1,2}(?![\d.,])(?!\s*(?:Mio|Mrd|Million|Milliard))", 0),
        (r"\b(?:ISBN|ISSN|IBAN|BIC|HRB|HRA|USt-IdNr\.?|Az\.?|Aktenzeichen|DOI)\b[\s:.-]*[\dA-Z][\d\sA-Z./-]*\d", 0),
        # Days without a year, times of day, ordinals.
        (rf"\b\d{{1,2}}\.\s*(?:(?:bis|und|[-–/])\s*\d{{1,2}}\.\s*)?{MONTH}", re.IGNORECASE),
        (r"\b\d{1,2}(?:[.:]\d{2})?(?:\s*(?:bis|und|[-–])\s*\d{1,2}(?:[.:]\d{2})?)?\s*Uhr\b", 0),
        (r"(?<![\w.,])\d{1,3}\.(?=\s+[\wÄÖÜ„])", 0),
        # Ratios and idioms.
        (r"\b\d+\s*:\s*\d+\b|\b24/7\b", 0),
        (
            r"\b(?:\w+|\d+)\s+von\s+(?:zehn|hundert|10|100)\b(?=\s+(?:\w+\s+)?[A-ZÄÖÜ])|\b(?:zwei von drei|drei von vier|vier von fünf|"
            r"drei von fünf|neun von zehn|acht von zehn)\b",
            re.IGNORECASE,
        ),
        (
            r"\bzwei Seiten\b|\bvier Augen\b|\bfünf vor zwölf\b|\bzwei Fliegen\b|\bvier Wänden?\b|\bzwei Welten\b|\bauf zwei Beinen\b|"
            r"\bauf allen vieren\b|\bzwischen (?:zwei|den) Stühlen\b|\bdrei Wünsche\b|\btausend Dank\b|\bsieben Meilen\w*|\balle fünf Sinne\b|"
            r"\baußer Acht\b|\bin Acht\b|\bnull Toleranz\b|\bdie ersten? \w+\b|\bnull und nichtig\b",
            re.IGNORECASE,
        ),
    )
)
_QUOTED = re.compile(r"[„“\"»‚](?P<words>[^„“”\"»«‚‘’]{1,80})[“”\"«‘’]")


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
    spans.extend(match.span() for pattern in _PATTERNS for match in pattern.finditer(text))
    spans.extend(match.span("words") for match in _QUOTED.finditer(text) if _is_name(match["words"]))
    if title and re.search(r"\d", title):
        spans.extend(match.span() for match in re.finditer(re.escape(title), text))
    return spans


def _is_name(words: str) -> bool:
    """Whether quoted words are a name with a number in it rather than something said."""
    return (
        bool(re.search(r"\d", words)) and len(words.split()) <= 6 and not words.rstrip().endswith((".", "!", "?", ","))
    )
