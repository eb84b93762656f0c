"""German series: "A, B und C" taken apart into A, B and C.

Commas separate items, and so do the last *und*, *sowie*, *oder*; but commas also open relative clauses ("kurze Wege,
die wir fördern") and part adjectives ("robuste, flächendeckende Netze"), and *und* joins halves of an item ("Service-
und Nutzenorientierung", "Minderheiten und der Gemeinschaft").  The sentence goes on behind the series with a finite
verb.
"""

from __future__ import annotations

import re

_FINITE = re.compile(
    r"(?:^|\s)(?:sind|ist|war|waren|werden|wird|wurde|wurden|haben|hat|hatte|sollen|soll|sollte|können|kann|müssen|muss|"
    r"wollen|will|dürfen|darf|stehen|steht|bilden|bildet|gehören|gehört|spielen|spielt|bleiben|bleibt|liegen|liegt|"
    r"dienen|dient|zählen|zählt|machen|macht|geben|gibt)(?=\s|$)"
)
_RELATIVE = re.compile(
    r"(?:die|der|das|den|dem|denen|deren|dessen|wo|womit|worin|wodurch|was|um|dass|damit|weil|ob|wie|wobei|sodass|"
    r"in de(?:r|m|nen)|mit de(?:r|m|nen)|für die|über die|auf die|darunter|insbesondere|etwa|also|so)\b"
)
_INFINITIVE = re.compile(r"(?:\bzu \w+n|\w{2,}zu\w+n)$")
_JOINT = re.compile(r"(?<![-‐‑–])\s+(?P<word>und|sowie|oder|wie auch)\s+(?!zu\b)")
_LEADING_JOINT = re.compile(r"^(?:und|sowie|oder)\s+")
_TRAILING_JOINT = re.compile(r"[\s,;]+(?:und|sowie|oder)$")
_OBLIQUE = re.compile(r"(?:der|des|dem|den)\b")
_BREAK = re.compile(r"\s[–—]\s|\s-\s|[.!?](?:\s|$)")
_OPEN, _CLOSE = "„«‚([", "“»‘)]"


def tidy(item: str) -> str:
    """An item without what joins it to the next: closing comma, semicolon, full stop, "sowie", "und"."""
    previous = None
    while previous != item:
        previous = item
        item = _TRAILING_JOINT.sub("", item.strip().rstrip(",;. ")).strip()
    return item


def items_of(text: str, count: int | None = None) -> tuple[str, ...]:
    """The items of a series, verbatim and in order.

    Args:
        text: What follows the announcement; words behind the series (a finite verb, a dash, a full stop) are cut off.
        count: How many items are announced, where a number is: it decides whether an *und* parts two items.

    Returns:
        The items; a single one where the text is no series, none where it is a clause of its own.
    """
    head = _before_break(text)
    if ";" in head:
        return _clean(_split(head, ";"))
    parts = _groups(_split(head, ","))
    if not parts:
        return ()
    return _clean([*parts[:-1], *_parted(parts[-1], parts[:-1], count)])


def _clean(parts: list[str]) -> tuple[str, ...]:
    """Parts without joints, empty ones left out."""
    return tuple(item for item in (tidy(_LEADING_JOINT.sub("", part.strip())) for part in parts) if item)


def _before_break(text: str) -> str:
    """The text up to a dash or the end of the sentence; neither counts inside quotation marks or brackets."""
    for match in _BREAK.finditer(text):
        if _depth(text[: match.start()]) == 0:
            if match[0].startswith(".") and re.search(r"\b\w\.?$", text[: match.start()]):
                continue
            return text[: match.start()]
    return text


def _split(text: str, mark: str) -> list[str]:
    """The text cut at a mark outside quotation marks, brackets and numbers."""
    parts, start = [], 0
    for match in re.finditer(rf"{re.escape(mark)}(?!\d)", text):
        if _depth(text[: match.start()]) == 0:
            parts.append(text[start : match.start()].strip())
            start = match.end()
    return [part for part in (*parts, text[start:].strip()) if part]


def _depth(text: str) -> int:
    """How many quotation marks and brackets are open at the end of a text."""
    return sum(text.count(mark) for mark in _OPEN) - sum(text.count(mark) for mark in _CLOSE)


def _groups(parts: list[str]) -> list[str]:
    """Comma parts with relative clauses and parted adjectives put back, up to the finite verb of the sentence."""
    groups: list[str] = []
    carried = ""
    for part in parts:
        if groups and _is_subordinate(part):
            groups[-1] += f", {part}"
            continue
        verb = _FINITE.search(part)
        if verb and not groups and not carried:
            return []
        words = part[: verb.start()] if verb else part
        if words.strip():
            whole = f"{carried}, {words}" if carried else words
            carried = whole if _is_adjective(words) and not verb else ""
            if not carried:
                groups.append(whole)
        if verb:
            return groups
    return [*groups, carried] if carried else groups


def _is_subordinate(part: str) -> bool:
    """Whether a comma part belongs to the item before it."""
    words = part.rstrip(" .")
    verb = _FINITE.search(words)
    if not _RELATIVE.match(part) or not words.split()[-1][0].islower() or (verb and verb.end() < len(words)):
        return False
    return part.startswith("um ") or not _INFINITIVE.search(words)


def _is_adjective(part: str) -> bool:
    """Whether a comma part is adjectives only, waiting for their noun."""
    words = part.split()
    return len(words) <= 2 and all(word[0].islower() and re.search(r"(?:e|en|er|es|em)$", word) for word in words)


def _parted(last: str, before: list[str], count: int | None) -> list[str]:
    """The last comma part, cut at its joint where that joins two items."""
    if count is not None and len(before) + 1 == count:
        return [last]
    joints = [joint for joint in _JOINT.finditer(last) if _joins_items(last, joint, before)]
    strong = [joint for joint in joints if joint["word"] in ("sowie", "wie auch")]
    after_infinitive = [joint for joint in joints if _INFINITIVE.search(last[: joint.start()])]
    if count is not None and len(before) + 1 + len(joints) == count:
        chosen = joints
    elif after_infinitive:
        chosen = after_infinitive
    else:
        chosen = strong[:1] or joints[-1:]
    cuts = [0, *(edge for joint in chosen for edge in (joint.start(), joint.end())), len(last)]
    return [last[start:end] for start, end in zip(cuts[::2], cuts[1::2], strict=True)]


def _joins_items(last: str, joint: re.Match[str], before: list[str]) -> bool:
    """Whether a joint stands between two items rather than inside one."""
    left, right = last[: joint.start()], last[joint.end() :]
    if _depth(left) or not any(word[0].isupper() for word in right.split()):
        return False
    named = any(word[0].isupper() for word in left.split())
    article = _OBLIQUE.match(right)
    is_parallel = article is not None and any(item.startswith(f"{article[0]} ") for item in (*before, left))
    return named and (article is None or is_parallel)
