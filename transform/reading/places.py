"""Where on a page its content stood: which elements it was read from, and which within them were set aside.

The reader takes elements off the parsed page until only content is left.  What it took and what it left is worth
remembering: a page whose left elements say the same on another night has the same content, whatever happened to the
rest (:mod:`transform.reading.imprint`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from bs4 import BeautifulSoup, Tag

from transform.document import Places
from transform.reading.dom import elements


class ElementsAsParsed:
    """The elements of a page before the reader takes any of them off; made first, asked when that is done.

    Names and parents are noted: an element that has been taken off forgets both.
    """

    def __init__(self, soup: BeautifulSoup) -> None:
        self._elements = list(elements(soup))
        self._names = [tag.name for tag in self._elements]
        self._parents = [id(tag.parent) for tag in self._elements]

    def places(self, parts: Iterable[Tag]) -> Places:
        """Where the elements stood that are left in ``parts``."""
        left = {id(tag) for part in parts for tag in (part, *elements(part))}
        paths = self._paths()
        read: list[str] = []
        passed_over: list[str] = []
        for tag, parent in zip(self._elements, self._parents, strict=True):
            if (id(tag) in left) != (parent in left):
                (read if id(tag) in left else passed_over).append(paths[id(tag)])
        return Places(tuple(read), tuple(passed_over))

    def _paths(self) -> dict[int, str]:
        """The path of every element, as it was."""
        paths: dict[int, str] = {}
        ranks: Counter[tuple[int, str]] = Counter()
        for tag, name, parent in zip(self._elements, self._names, self._parents, strict=True):
            step = f"{name}.{ranks[parent, name]}"
            ranks[parent, name] += 1
            paths[id(tag)] = f"{paths[parent]}/{step}" if parent in paths else step
        return paths


def steps(path: str) -> Sequence[tuple[str, int]]:
    """The steps of a path: element name and rank among its siblings of that name, from 0."""
    named = (step.rpartition(".") for step in path.split("/"))
    return [(name, int(rank)) for name, _, rank in named]
