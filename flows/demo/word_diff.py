"""Two texts as one: what stayed, what went, what came, word by word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

_KEPT_AROUND = 4
"""Words that are shown on either side of a difference."""
ELLIPSIS = "…"


class Fate(Enum):
    """What became of some words."""

    STAYED = "stayed"
    WENT = "went"
    CAME = "came"


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive words with the same fate."""

    fate: Fate
    words: tuple[str, ...]


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces in reading order: what stayed or went gives ``before``, what stayed or came gives ``after``."""
    old, new = before.split(), after.split()
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    pieces: list[Piece] = []
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Fate.STAYED, tuple(old[old_from:old_to])))
            continue
        if old_to > old_from:
            pieces.append(Piece(Fate.WENT, tuple(old[old_from:old_to])))
        if new_to > new_from:
            pieces.append(Piece(Fate.CAME, tuple(new[new_from:new_to])))
    return tuple(pieces)


def similarity(before: str, after: str) -> float:
    """The share of words that both texts have in the same order, from 0 to 1."""
    return SequenceMatcher(a=before.split(), b=after.split(), autojunk=False).ratio()


def shortened(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The same pieces, with an ellipsis for words that stayed and stand far from any difference."""
    return tuple(_shortened(pieces))


def differing_parts(before: str, after: str) -> tuple[str, str]:
    """Two addresses cut down to the path segments in which they differ, with an ellipsis for what they share."""
    head = _shared(before, after).rfind("/")
    tail = _shared(before[head + 1 :][::-1], after[head + 1 :][::-1]).rfind("/")
    return _cut(before, head, tail), _cut(after, head, tail)


def _shared(one: str, other: str) -> str:
    """The characters with which both begin."""
    shorter = min(len(one), len(other))
    return one[: next((n for n in range(shorter) if one[n] != other[n]), shorter)]


def _cut(text: str, head: int, tail: int) -> str:
    """The text without its first ``head`` and last ``tail`` characters; -1 and 0 cut nothing off."""
    middle = text[max(head, 0) : len(text) - max(tail, 0)]
    return f"{ELLIPSIS if head > 0 else ''}{middle}{ELLIPSIS if tail > 0 else ''}"


def _shortened(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    """Every piece, those that stayed cut down to what stands next to a difference."""
    for rank, piece in enumerate(pieces):
        head = _KEPT_AROUND if rank > 0 else 0
        tail = _KEPT_AROUND if rank < len(pieces) - 1 else 0
        if piece.fate is not Fate.STAYED or len(piece.words) <= head + tail + 1:
            yield piece
        else:
            kept = (*piece.words[:head], ELLIPSIS, *piece.words[len(piece.words) - tail :])
            yield Piece(Fate.STAYED, kept)
