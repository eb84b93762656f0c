"""Persons' names in German text: where one stands, and what belongs to it.

Every German noun is written with a capital, so a run of capitalised words proves nothing.  A name is accepted on one of
two grounds: it begins with a given name (:mod:`transform.people.given_names`), or the words before it can only be
followed by a person (an academic title, ``Frau``, an office, a verb of speech) and none of its words is a common noun.
Titles are no part of the name; ``von der`` and its kin are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container
from dataclasses import dataclass
from functools import lru_cache

from transform.people.common_words import is_common, is_organisation, is_place, is_street
from transform.people.given_names import GIVEN_NAMES
from transform.people.roles import is_also_surname, is_role

UPPER = "A-ZÀ-ÖØ-ÞĀĆČĎĐĞİŁŃŇŘŚŞŠŤŽŹŻȘȚ"
TITLE = (
    r"(?:Prof(?:essor(?:in)?)?\b\.?|PD\b|Priv\.-Doz\.|Dr\.(?:-Ing\.)?|Dr\b|Dipl\.-[\w.]+|(?:Dipl|Ing|med|jur|iur|phil|rer|nat|pol|oec|"
    r"habil|mult|hc|theol|agr|sc|publ|dent|vet|techn|soc)\.|h\.\s?c\.|e\.\s?h\.|Mag\.|M\.\s?[AS]c?\.|B\.\s?[AS]c?\.|LL\.\s?M\.|Frau\b|Herrn?\b|"
    r"Freiherr\b|Freifrau\b|Graf\b|Gräfin\b)"
)
TITLES = rf"(?:{TITLE}[\s-]*)*"
PARTICLES = frozenset(
    {
        "von",
        "van",
        "der",
        "den",
        "de",
        "zu",
        "zur",
        "zum",
        "vom",
        "ten",
        "ter",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "al",
        "el",
        "bin",
        "ibn",
        "la",
        "le",
        "und",
    }
)
_INNER = PARTICLES - {"und"}
_WORD = re.compile(rf"[{UPPER}]\.(?:-?[{UPPER}]\.)*|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CAPITALISED = re.compile(rf"[{UPPER}][^\W\d_]*[a-zß-öø-ÿ][^\W\d_]*(?:['’-][^\W\d_]+)*|[{UPPER}]['’][{UPPER}]\w+")
_SHOUTED = re.compile(rf"[{UPPER}]{{2,}}(?:-[{UPPER}]{{2,}})*")
_INITIAL = re.compile(rf"[{UPPER}]\.(?:-?[{UPPER}]\.)*")
_AFTER_TITLE = re.compile(rf"(?<![\w-])(?:{TITLE}[\s-]*)+$")
_ANY_TITLE = re.compile(TITLE)
_CAPITAL_WORD = re.compile(rf"[{UPPER}][^\W\d_]+")
_TITLE_REACH = 60
"""Titles before a name are looked for in so many characters, so that reading stays linear."""
_LINE = re.compile(
    rf"(?P<titles>{TITLES})(?P<name>[^\d,;:|/()@]+?)(?:,?\s+(?:MdL|MdB|M\.\s?A\.|LL\.\s?M\.|MBA|B\.\s?A\.))*[,.:]?"
)
_LONGEST = 4


@dataclass(frozen=True, slots=True)
class FoundName:
    """A person's name with its place in the text; ``start`` includes the titles before it."""

    text: str
    surname: str
    start: int
    end: int
    titled: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    """A word with its place."""

    text: str
    start: int
    end: int


def is_given(word: str) -> bool:
    """Whether a word is a given name, or a compound of such (``Hans-Peter``)."""
    parts = word.split("-")
    return all(part in GIVEN_NAMES for part in parts)


def find_names(text: str, trusted: Collection[int] = ()) -> tuple[FoundName, ...]:
    """The names in a text, in order and without overlap.

    Args:
        text: Running text with white space collapsed.
        trusted: Offsets at which the words before leave only a person to follow (after an office, a verb of speech):
            a name that begins there needs no known given name.
    """
    if not (trusted or _may_name(text)):
        return ()
    tokens = [_Token(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
    found: list[FoundName] = []
    at = 0
    while at < len(tokens):
        name, at = _name_from(text, tokens, at, trusted)
        if name is not None:
            found.append(name)
    return tuple(found)


def _may_name(text: str) -> bool:
    """Whether a text has a word that a name can begin with, or a title: a quick look before the slow one."""
    return not GIVEN_NAMES.isdisjoint(_CAPITAL_WORD.findall(text)) or _ANY_TITLE.search(text) is not None


def name_of_line(line: str) -> str | None:
    """The name, titles included, if a line of a contact card is a person's name and nothing else; else ``None``."""
    match = _LINE.fullmatch(line.strip())
    if match is None:
        return None
    titles, words = match["titles"].strip(), match["name"].split()
    if not 2 <= len(words) <= _LONGEST + 2 or len([word for word in words if word not in _INNER]) > _LONGEST:
        return None
    if not _are_name_words(words, known=bool(titles) or is_given(words[0])):
        return None
    named = " ".join([re.sub(r"^(?:Frau|Herrn?)\s*", "", titles), *words]).strip()
    return re.sub(r"\s+", " ", named)


def without_titles(name: str) -> str:
    """A name without the titles before it."""
    return re.sub(rf"^(?:{TITLE}[\s-]*)+", "", name)


def surname_of(name: str) -> str:
    """The last word of a name, particles left out (``Ursula von der Leyen``: ``Leyen``)."""
    return name.rsplit(maxsplit=1)[-1]


def _name_from(text: str, tokens: list[_Token], at: int, trusted: Container[int]) -> tuple[FoundName | None, int]:
    """The name that begins with token ``at``, if any, and the token to go on from."""
    first = tokens[at]
    if not first.text[0].isupper():
        return None, at + 1
    reach = max(first.start - _TITLE_REACH, 0)
    titles = _AFTER_TITLE.search(text[reach : first.start])
    start = reach + titles.start() if titles else first.start
    sure = bool(titles) or start in trusted
    if not _may_begin(first.text, sure=sure):
        return None, at + 1
    run = _run(text, tokens, at)
    words = [token.text for token in run]
    known = is_given(first.text) or (_INITIAL.fullmatch(first.text) is not None and sure)
    if not (known or sure) or not _are_name_words(words, known=known) or _is_something_else(text, tokens, at, run):
        return None, at + 1
    if is_place(words[-1]) and not sure:
        return None, at + 1
    end = run[-1].end
    name = FoundName(text[first.start : end], words[-1], start, end, bool(titles))
    return name, at + len(run)


@lru_cache(maxsize=16_384)
def _may_begin(word: str, *, sure: bool) -> bool:
    """Whether a word may be the first of a name."""
    if _INITIAL.fullmatch(word):
        return sure
    if not _CAPITALISED.fullmatch(word) or is_role(word):
        return False
    return is_given(word) or sure


def _run(text: str, tokens: list[_Token], at: int) -> list[_Token]:
    """The longest run of words from ``at`` that may form one name: only spaces between, a capitalised word last."""
    run, capitals = [tokens[at]], 1
    for token in tokens[at + 1 :]:
        gap = text[run[-1].end : token.start]
        if gap not in (" ", "") or (gap == "" and not run[-1].text.endswith(".")):
            break
        if token.text not in _INNER:
            if not (_CAPITALISED.fullmatch(token.text) or _INITIAL.fullmatch(token.text)) or _is_office(
                token.text, run
            ):
                break
            if _ends_before(token.text, run) or capitals == _LONGEST:
                break
            capitals += 1
        elif (
            len(run) >= 2
            and run[-1].text not in _INNER
            and not _INITIAL.fullmatch(run[-1].text)
            and not is_given(run[-1].text)
        ):
            break
        run.append(token)
    while len(run) > 1 and run[-1].text in _INNER:
        run.pop()
    return run


def _is_office(word: str, run: list[_Token]) -> bool:
    """Whether an office noun begins after a name (``Max Beispiel Minister``) rather than being its surname."""
    return is_role(word) and not (len(run) == 1 and is_given(run[0].text) and is_also_surname(word))


def _ends_before(word: str, run: list[_Token]) -> bool:
    """Whether a name that is complete ends before this noun (``Max Beispiel Digitalstrategie``)."""
    return len(run) > 1 and is_common(word, strict=False) and not is_organisation(word)


def _are_name_words(words: list[str], *, known: bool) -> bool:
    """Whether two to four words, particles aside, can be a name; a known given name allows nouns as surname."""
    if len(words) < 2 or words[-1] in PARTICLES or _INITIAL.fullmatch(words[-1]):
        return False
    for rank, word in enumerate(words):
        if word in _INNER or _INITIAL.fullmatch(word):
            continue
        if _SHOUTED.fullmatch(word) and known and rank:
            continue
        if not _CAPITALISED.fullmatch(word):
            return False
        if (is_role(word) and not (known and is_also_surname(word))) or (
            not is_given(word) and is_common(word, strict=not known)
        ):
            return False
        if not known and is_place(word):
            return False
    return not (len(words) > 2 and is_street(words[-1]))


def _is_something_else(text: str, tokens: list[_Token], at: int, run: list[_Token]) -> bool:
    """Whether the words name a street, a foundation or an institute (``Max Planck Institut``, ``Anna Allee 3``)."""
    after = text[run[-1].end : run[-1].end + 60]
    if re.match(r"-|\s?\d|\s(?:Str\b|&|Co\b)", after):
        return True
    following = tokens[at + len(run)].text if at + len(run) < len(tokens) else ""
    gap = after[:1] == " " and after[1:].startswith(following)
    if following and gap and (is_organisation(following) or (is_street(following) and following[0].isupper())):
        return not is_role(following)
    before = text[max(run[0].start - 30, 0) : run[0].start]
    return (
        re.search(r"(?:-|institut|stiftung|hochschule|universität|schule|preis)\s?$", before, re.IGNORECASE) is not None
    )
