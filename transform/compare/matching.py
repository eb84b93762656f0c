"""Which record before is which record after: by identity first, then by likeness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import fuzz

from transform.german.text import key

T = TypeVar("T")

ALIKE = 0.6
"""From this likeness on two unmatched names are one renamed thing, not a removed and an added one."""

ALIKE_IN_PLACE = 0.35
"""The same where both stand between the same neighbours, so that place speaks for identity as well."""


@dataclass(frozen=True, slots=True)
class Matching(Generic[T]):
    """Pairs and the rest, each in the order of its own side.

    ``same`` holds pairs of equal identity, ``alike`` pairs of like ones; nothing stands in two of the four.
    """

    same: tuple[tuple[T, T], ...]
    alike: tuple[tuple[T, T], ...]
    removed: tuple[T, ...]
    added: tuple[T, ...]

    @property
    def pairs(self) -> tuple[tuple[T, T], ...]:
        """All pairs, those of equal identity first."""
        return self.same + self.alike


def likeness(before: str, after: str) -> float:
    """How alike two names or texts are, from 0 to 1; the one that contains the other whole is at least 0.75."""
    one, other = key(before), key(after)
    if not one or not other:
        return 0.0
    score = max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other)) / 100
    words_one, words_other = one.split(), other.split()
    shorter, longer = sorted((words_one, words_other), key=len)
    contained = set(shorter) <= set(longer) and len(shorter) * 4 >= len(longer)
    return max(score, 0.75) if contained else score


def match(
    before: Sequence[T],
    after: Sequence[T],
    *,
    identity: Callable[[T], Hashable],
    alike: Callable[[T, T], float],
    threshold: float = ALIKE,
    in_place: float = ALIKE_IN_PLACE,
    surer: Sequence[Callable[[T], Hashable]] = (),
) -> Matching[T]:
    """Matches two ordered sequences: equal identities in order of appearance, then the best likenesses.

    Two unmatched neighbours of the same matched records need only ``in_place``; all others need ``threshold``.
    ``surer`` are identities that are asked first, the surest first, so that of several records of one ``identity``
    those go together that have more in common.
    """
    same = _identical(before, after, (*surer, identity))
    taken_before, taken_after = {i for i, _ in same}, {j for _, j in same}
    rest_before = [i for i in range(len(before)) if i not in taken_before]
    rest_after = [j for j in range(len(after)) if j not in taken_after]
    partner = dict(same)
    scored = [
        (score, i, j)
        for i in rest_before
        for j in rest_after
        if (score := alike(before[i], after[j]))
        >= (in_place if _same_place(i, j, partner, len(before), len(after)) else threshold)
    ]
    similar = _best(scored)
    matched_before, matched_after = {i for i, _ in similar}, {j for _, j in similar}
    return Matching(
        same=tuple((before[i], after[j]) for i, j in same),
        alike=tuple((before[i], after[j]) for i, j in similar),
        removed=tuple(before[i] for i in rest_before if i not in matched_before),
        added=tuple(after[j] for j in rest_after if j not in matched_after),
    )


def _identical(
    before: Sequence[T], after: Sequence[T], identities: Sequence[Callable[[T], Hashable]]
) -> list[tuple[int, int]]:
    """Index pairs of equal identity, in order; of several equal ones the first goes with the first."""
    pairs: dict[int, int] = {}
    for identity in identities:
        taken = set(pairs.values())
        places: defaultdict[Hashable, list[int]] = defaultdict(list)
        for j, record in enumerate(after):
            if j not in taken:
                places[identity(record)].append(j)
        for i, record in enumerate(before):
            if i not in pairs and (waiting := places.get(identity(record))):
                pairs[i] = waiting.pop(0)
    return sorted(pairs.items())


def _same_place(i: int, j: int, partner: dict[int, int], n_before: int, n_after: int) -> bool:
    """Whether the records right before and right after both are partners of each other (or both sides end there)."""
    left = partner.get(i - 1, -2) == j - 1 if i else j == 0
    right = partner.get(i + 1, -2) == j + 1 if i + 1 < n_before else j + 1 == n_after
    return left and right


def _best(scored: list[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """The pairs of highest likeness, each index once, in the order of the first side."""
    taken_i: set[int] = set()
    taken_j: set[int] = set()
    pairs = []
    for _, i, j in sorted(scored, key=lambda entry: (-entry[0], entry[1], entry[2])):
        if i not in taken_i and j not in taken_j:
            taken_i.add(i)
            taken_j.add(j)
            pairs.append((i, j))
    return sorted(pairs)


def out_of_order(ranks: Sequence[int]) -> tuple[int, ...]:
    """Indices of the fewest entries that must move so that the rest rises: all but a longest rising run.

    ``[1, 2, 3, 0]`` gives ``(3,)``: the last one moved to the front.  Patience sorting, O(n log n).
    """
    tails: list[int] = []
    before: list[int | None] = [None] * len(ranks)
    for index, rank in enumerate(ranks):
        low, high = 0, len(tails)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if ranks[tails[middle]] < rank else (low, middle)
        before[index] = tails[low - 1] if low else None
        tails[low : low + 1] = [index]
    kept = set()
    at = tails[-1] if tails else None
    while at is not None:
        kept.add(at)
        at = before[at]
    return tuple(index for index in range(len(ranks)) if index not in kept)
