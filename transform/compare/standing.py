"""Whether words still stand on the page: what can no longer be read as what it was is not thereby gone.

A contact card that became a sentence, or a list that became prose, is another way of saying the same; only words that
are said less often than before went.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from transform.compare.wording import bare, words
from transform.records import Records

Renamed = Sequence[tuple[str, str]]
"""Names before and after of the same things."""


@dataclass(frozen=True, slots=True)
class Standing:
    """All words of a page before and after, in comparison form."""

    before: str
    after: str

    def went(self, name: str, renamed: Renamed = ()) -> bool:
        """Whether a name is said less often than before, or not at all.

        ``renamed`` are names before and after that are told as renamed: what one of them takes over of ``name`` is no
        place where it still stands.
        """
        taken = sum(self._taken_over(name, was, now) for was, now in renamed)
        return not 0 < self._count(name, self.before) <= self._count(name, self.after) - taken

    def came(self, name: str, renamed: Renamed = ()) -> bool:
        """Whether a name is said more often than before, or was not said at all; ``renamed`` as for :meth:`went`."""
        left = sum(self._taken_over(name, now, was) for was, now in renamed)
        return not 0 < self._count(name, self.after) <= self._count(name, self.before) - left

    def stands(self, name: str) -> bool:
        """Whether a name is said now."""
        return self._count(name, self.after) > 0

    def _taken_over(self, name: str, by: str, then: str) -> int:
        """How much more often one name says another than the one that it was."""
        return max(0, self._count(name, f" {_plain(then)} ") - self._count(name, f" {_plain(by)} "))

    @staticmethod
    def _count(name: str, text: str) -> int:
        sought = _plain(name)
        return text.count(f" {sought} ") if sought else 0


def standing(before: Records, after: Records) -> Standing:
    """The words of two versions."""
    return Standing(_said(before), _said(after))


def _said(records: Records) -> str:
    """The words of a page; each stands between two spaces of its own, so that neighbours are counted as well."""
    text = " ".join(f"{section.heading}\n{section.text}" for section in records.sections)
    return f" {_plain(text)} "


@lru_cache(maxsize=256)
def _plain(text: str) -> str:
    return "  ".join(filter(None, map(bare, words(text))))
