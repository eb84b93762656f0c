"""Which Land a page belongs to, as far as its address or its words tell; data first, in one place."""

from __future__ import annotations

import re
from collections import Counter

LAND_NAMES: tuple[tuple[str, str, str], ...] = (
    ("DE-BW", "Baden-Württemberg", r"baden-wuerttemberg|(?:^|[.-])bw(?:[.-]|$)|digital-laend"),
    ("DE-BY", "Bayern", r"bayern|bavaria"),
    ("DE-BE", "Berlin", r"berlin"),
    ("DE-BB", "Brandenburg", r"brandenburg|(?:digitales|digizu-)bb(?:[.-]|$)"),
    ("DE-HB", "Bremen", r"bremen"),
    ("DE-HH", "Hamburg", r"hamburg"),
    ("DE-HE", "Hessen", r"hessen"),
    ("DE-MV", "Mecklenburg-Vorpommern", r"mecklenburg-vorpommern|regierung-mv|digitalesmv"),
    ("DE-NI", "Niedersachsen", r"niedersachsen"),
    ("DE-NW", "Nordrhein-Westfalen", r"\.nrw$|(?:^|[.-])nrw[.-]|nordrhein-westfalen"),
    ("DE-RP", "Rheinland-Pfalz", r"(?:^|[.-])rlp[.-]|rheinland-pfalz"),
    ("DE-SL", "Saarland", r"saarland"),
    ("DE-ST", "Sachsen-Anhalt", r"sachsen-anhalt|lsaurl"),
    ("DE-SN", "Sachsen", r"(?<!nieder)sachsen(?!-anhalt)"),
    ("DE-SH", "Schleswig-Holstein", r"schleswig-holstein|\.sh$|landsh"),
    ("DE-TH", "Thüringen", r"thueringen|(?:^|[.-])thüringen"),
)
"""ISO 3166-2 code, name, and a pattern for hosts; longer names stand before those that they end in."""

FEDERATION = "DE"
_ADJECTIVES = {
    "DE-BY": "Bayerisch|Freistaat Bayern",
    "DE-HE": "Hessisch",
    "DE-NI": "Niedersächsisch",
    "DE-SL": "Saarländisch|saarländisch",
    "DE-SN": "Sächsisch|Freistaates? Sachsen",
    "DE-TH": "Thüringer",
}
_FEWEST = 2


def land_of(host: str, text: str) -> str:
    """The ISO 3166-2 code of the Land that the host names, else the one that the text names most often, twice at least.

    ``DE`` where neither tells: a guess is to be looked at, never to be relied on.
    """
    host = host.lower()
    by_host = next((code for code, _, pattern in LAND_NAMES if re.search(pattern, host)), None)
    if by_host is not None:
        return by_host
    named = Counter({code: len(_named(code, name).findall(text)) for code, name, _ in LAND_NAMES})
    code, mentions = named.most_common(1)[0]
    return code if mentions >= _FEWEST else FEDERATION


def name_of(code: str) -> str:
    """The name of a Land, ``Deutschland`` for the federation."""
    return next((name for land, name, _ in LAND_NAMES if land == code), "Deutschland")


def _named(code: str, name: str) -> re.Pattern[str]:
    """A Land's name and adjective as words of their own (``Sachsen`` is no part of ``Sachsen-Anhalt``)."""
    adjective = _ADJECTIVES.get(code)
    return re.compile(rf"(?<![\w-])(?:{re.escape(name)}s?(?![\w-])" + (rf"|(?:{adjective}))" if adjective else ")"))
