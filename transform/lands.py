"""The Länder by their code (ISO 3166-2), as German and English readers call them."""

from __future__ import annotations

_GERMAN = {
    "DE": "Bund",
    "DE-BB": "Brandenburg",
    "DE-BE": "Berlin",
    "DE-BW": "Baden-Württemberg",
    "DE-BY": "Bayern",
    "DE-HB": "Bremen",
    "DE-HE": "Hessen",
    "DE-HH": "Hamburg",
    "DE-MV": "Mecklenburg-Vorpommern",
    "DE-NI": "Niedersachsen",
    "DE-NW": "Nordrhein-Westfalen",
    "DE-RP": "Rheinland-Pfalz",
    "DE-SH": "Schleswig-Holstein",
    "DE-SL": "Saarland",
    "DE-SN": "Sachsen",
    "DE-ST": "Sachsen-Anhalt",
    "DE-TH": "Thüringen",
}
_ENGLISH = {
    **_GERMAN,
    "DE": "Germany (federal)",
    "DE-BY": "Bavaria",
    "DE-HE": "Hesse",
    "DE-MV": "Mecklenburg-Western Pomerania",
    "DE-NI": "Lower Saxony",
    "DE-NW": "North Rhine-Westphalia",
    "DE-RP": "Rhineland-Palatinate",
    "DE-SN": "Saxony",
    "DE-ST": "Saxony-Anhalt",
    "DE-TH": "Thuringia",
}

LANDS = frozenset(_GERMAN)
"""All codes, the federation's among them."""


def land_name(code: str, language: str = "de") -> str:
    """The Land's name in German (``de``) or English (``en``); a code that is none is its own name."""
    return (_ENGLISH if language == "en" else _GERMAN).get(code, code)
