"""German office nouns: which words name an office, in which inflection, and which words complete it.

An office is known by the head of its compound (``Digitalministerin``, ``Regierungssprecher``) and by its inflection;
plurals are none.  Genitives and prepositional phrases complete it: ``Bevollmächtigte des Saarlandes für Innovation und
Strategie``.  Roles are given in the nominative, and the organisation in which one is held is told apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from transform.people.common_words import is_organisation

_STRONG = (
    "minister|sekretär|sprecher|leiter|direktor|senator|kanzler|bürgermeister|geschäftsführer|fraktionsführer|koordinator|manager|moderator|"
    "gründer|botschafter|vertreter|professor|rektor|inhaber|redakteur|berater|inspekteur|kommissar|inspektor|kurator|forscher|"
    "wissenschaftler|unternehmer|kämmerer|verwalter|entwickler|gesellschafter|autor|ingenieur|informatiker|mitarbeiter|sachbearbeiter|"
    "landesbischof|dekan|chef|officer"
)
_WEAK = (
    "präsident|dezernent|referent|superintendent|intendant|kommandant|assistent|jurist|journalist|dirigent|dozent|architekt|"
    "ökonom|expert"
)
_PARTICIPLE = "beauftragt|bevollmächtigt|abgeordnet|vorsitzend|verantwortlich"
_RAT = "(?:land|staats|stadt|kreis|ministerial|regierungs|senats|verwaltungs|gemeinde|bezirks)"
_IRREGULAR = (
    rf"{_RAT}rat(?:e?s)?|{_RAT}rätin|vorstand(?:e?s)?|vorständin|anwalt|anwältin|(?:rats|stands|kabinetts|fraktions|ehren)?mitglied|"
    r"geschäftsführung"
)
_ROLE = re.compile(
    rf"(?:[A-ZÄÖÜ][\wäöüß-]*?)?(?i:(?:{_STRONG})(?P<strong>in|s)?|(?:{_WEAK})(?P<weak>in|en|e)?|(?:{_PARTICIPLE})(?P<part>e[rnm]?)|"
    rf"(?P<irregular>{_IRREGULAR}))"
)
_INITIALS = re.compile(r"(?:[A-Z]{1,3}-|Landes-|Vize-)?(?:CIO|CDO|CEO|CTO|CISO|CSO|COO|CFO)s?")
_FUNCTION = re.compile(
    r"(?i:(?:[A-ZÄÖÜ][\wäöüß-]*)?(?:gastgeber|schirmherr|laudator|keynote-speaker|keynote-sprecher|redner|preisträger|ansprechpartner|"
    r"podiumsgast|diskutant)(?:in|s)?)"
)
_SURNAMES = frozenset(
    {"Kanzler", "Kämmerer", "Verwalter", "Autor", "Unternehmer", "Forscher", "Senator", "Dekan", "Landrat", "Vorstand"}
)
"""Offices that are surnames as well: alone after a given name they are one."""
_NO_ROLE = frozenset({"Halbleiter", "Verwalter", "Kämmerer", "Konjunktursprecher", "Lautsprecher", "Datenträger"})
_MODIFIER = re.compile(
    r"(?:[Pp]arlamentarisch|[Ee]rst|[Zz]weit|[Ss]tellvertretend|[Rr]egierend|[Kk]ommissarisch|[Ll]eitend|[Gg]eschäftsführend|[Ee]hemalig|"
    r"[Ff]rüher|[Dd]amalig|[Ww]issenschaftlich|[Bb]eamtet|[Aa]mtierend|[Kk]ünftig|[Ee]hrenamtlich|[Kk]aufmännisch|[Tt]echnisch|[Pp]ersönlich|"
    r"[Pp]olitisch)(?P<ending>e[rnsm]?)|[Ss]t(?:ell)?v\."
)
_LINKS = frozenset(
    {
        "für",
        "im",
        "in",
        "des",
        "der",
        "dem",
        "den",
        "beim",
        "bei",
        "von",
        "vom",
        "zur",
        "zum",
        "am",
        "an",
        "auf",
        "und",
        "sowie",
        "&",
        "u.",
        "die",
        "das",
        "zu",
    }
)
_ADJECTIVE = re.compile(r"[a-zäöüß-]{3,}e[nrsm]?")
_CAPITAL = re.compile(r"[„‚\"'»]?[A-ZÄÖÜ\d][\wäöüß.’'/&+-]*[“‘\"'«]?")
_TOKEN = re.compile(r"\s*([,;:!?()–]|[^\s,;:!?()–]+?(?=[,;:!?()–]|\.?(?:\s|$)))")
_LONGEST_COMPLEMENT = 24
_SEAT = re.compile(r"\s(im|in der|in dem|beim|bei der|bei dem|bei|am|an der|vom|von der|des|der)\s")
_GENITIVE_ENDING = re.compile(
    r"(?<=um)s$|(?<=amt)e?s$|(?<=tag)e?s$|(?<=and)e?s$|(?<=tut)e?s$|(?<=at)e?s$|(?<=ein)e?s$|(?<=reis)e?s$"
)


@dataclass(frozen=True, slots=True)
class Role:
    """An office in the nominative, and the organisation that the words name with it."""

    title: str
    organisation: str | None = None


@lru_cache(maxsize=8_192)
def is_role(word: str) -> bool:
    """Whether a single word names an office, or what someone is on an occasion, in any case of the singular."""
    if word in _NO_ROLE or not word[:1].isupper():
        return False
    return bool(_INITIALS.fullmatch(word) or _ROLE.fullmatch(word) or is_function(word))


def is_also_surname(word: str) -> bool:
    """Whether an office noun is a surname as well (``Kanzler``)."""
    return word in _SURNAMES


def is_function(word: str) -> bool:
    """Whether a word names what someone is on an occasion (``Gastgeber``), not an office."""
    return _FUNCTION.fullmatch(word) is not None


def is_modifier(word: str) -> bool:
    """Whether an adjective is part of an office's title (``Parlamentarische Staatssekretärin``)."""
    return _MODIFIER.fullmatch(word) is not None


def nominative(word: str, article: str = "") -> str:
    """An office noun in the nominative singular, as it stands without an article.

    ``der Bevollmächtigte`` and ``des Bevollmächtigten`` become ``Bevollmächtigter``, ``die Abgeordnete`` stays;
    genitive -s and the -en of weak nouns are taken off.
    """
    match = _ROLE.fullmatch(word)
    if match is None:
        return word
    if match["strong"] == "s":
        return word[:-1]
    if match["weak"] == "en":
        return word[:-1] if word.lower().endswith("experten") else word[:-2]
    if match["part"]:
        word = re.sub(r"(?<=[tT]ag)es(?=abgeordnet)", "s", word)
        return word[: -len(match["part"])] + ("er" if _is_masculine(match["part"], article) else "e")
    if match["irregular"]:
        return re.sub(r"(?<=at)e?s$|(?<=and)e?s$", "", word)
    return word


def modifier_nominative(word: str, noun: str) -> str:
    """An adjective of an office's title in the strong nominative that agrees with the noun's gender."""
    match = _MODIFIER.fullmatch(word)
    if match is None or not match["ending"]:
        return word
    feminine = noun.endswith("in") or (noun.endswith("e") and not noun.endswith("rte"))
    stem = word[: -len(match["ending"])]
    return stem + ("e" if feminine else "er")


def complement_end(text: str, start: int, barrier: int | None = None) -> int:
    """Where the words end that complete an office whose noun ends at ``start``.

    A comma belongs to them where a preposition or the rest of an enumeration follows (``des Innern, für Bau und
    Heimat``; ``für Wirtschaft, Arbeit und Energie``).

    Args:
        text: Running text.
        start: End of the office noun.
        barrier: Offset that the complement must not pass: the next name.
    """
    stop = len(text) if barrier is None else barrier
    end, last = start, "noun"
    for count, match in enumerate(_TOKEN.finditer(text, start, stop)):
        last = _next_kind(match[1], last, text[start : match.start()], text[match.end() : stop])
        if not last or count > _LONGEST_COMPLEMENT:
            break
        if last == "noun":
            end = match.end()
    return end


def is_complement(text: str) -> bool:
    """Whether a text can stand between an office and the name of its holder."""
    stripped = text.strip()
    return not stripped or complement_end(f" {stripped}", 0) == len(stripped) + 1


def split_organisation(role: str) -> Role:
    """Tell an office from the organisation in which it is held.

    ``Abteilungsleiter für Digitale Gesellschaft im Bundesministerium des Innern`` gives both.  A genitive stays
    with the office, being part of its title (``Chef der Staatskanzlei``), and is named as the organisation as well.
    """
    seats = [match for match in _SEAT.finditer(role) if any(map(_is_head, role[match.end() :].split()[:2]))]
    held_in = next((match for match in seats if match[1] not in ("des", "der")), None)
    seat = held_in or next(iter(seats), None)
    if seat is not None:
        title = role[: seat.start()] if held_in else role
        words = role[seat.end() :].split()
        if seat[1] == "des":
            words[0] = _GENITIVE_ENDING.sub("", words[0])
        return Role(title.strip(" ,"), " ".join(words).strip(" ,"))
    return Role(role.strip(" ,"))


def _is_head(word: str) -> bool:
    """Whether a word heads an organisation's name, punctuation aside."""
    return is_organisation(word.strip(" ,"))


def _next_kind(word: str, last: str, before: str, rest: str) -> str:
    """The kind of the next word of a complement after one of kind ``last``; empty where the complement ends."""
    if word == ",":
        return "comma" if last == "noun" and _goes_on(before, rest) else ""
    if word in _LINKS:
        return "link"
    if is_role(word) and not re.search(r"(?:\bund|&|/)$", before):
        return ""
    if is_modifier(word) and is_role(rest.split(maxsplit=1)[0] if rest.strip() else ""):
        return ""
    if _CAPITAL.fullmatch(word):
        return "noun"
    return "adjective" if _ADJECTIVE.fullmatch(word) and last in ("link", "adjective") else ""


def _goes_on(before: str, rest: str) -> bool:
    """Whether a complement goes on after a comma: with a preposition, or with an enumeration that began before it."""
    if not before.strip():
        return False
    if re.match(r"\s+(?:für|sowie)\s", rest):
        return True
    word = r"[A-ZÄÖÜ][\wäöüß-]+"
    listed = re.match(
        rf"(?:\s+{word}(?:\s{word})?,)*\s+{word}(?:\s{word})?\s+(?:und|sowie)\s+(?:[a-zäöüß]+e[nr]?\s+)?[A-ZÄÖÜ]", rest
    )
    return listed is not None and re.search(r"\b(?:für|des|der)\s", before) is not None


def _is_masculine(ending: str, article: str) -> bool:
    """Whether a participle used as a noun means a man, by its ending and the article before it."""
    if ending == "e":
        return article in ("der", "unser", "sein", "ihr")
    return ending == "er" or article not in ("der", "die", "einer", "unserer", "zur")
