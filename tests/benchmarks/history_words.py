"""Whether what was told of an edit holds all of its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from transform.change import Change, ChangeClass
from transform.german.text import comparable

EDITS = frozenset({ChangeClass.CONTENT, ChangeClass.EDITORIAL, ChangeClass.ORDER})


def lost_words(one: Iterable[str], other: Iterable[str], told_texts: Iterable[str]) -> tuple[Counter[str], int]:
    """The words of an edit that no text tells, and how many words the edit has.

    Args:
        one: The sentences of one version.
        other: Those of the other; words that go and come, as in a sentence that was rewritten, are none of the edit's.
        told_texts: What was told of ``one``.
    """
    went, came = _only_in(one, other), _only_in(other, one)
    edited = went - came
    return edited - Counter(words(" ".join(told_texts))), edited.total()


def _only_in(one: Iterable[str], other: Iterable[str]) -> Counter[str]:
    """The words of those sentences of one version that the other says less often."""
    only = Counter(one) - Counter(other)
    return Counter(word for text in only.elements() for word in words(text))


def words(text: str) -> list[str]:
    """The words of a text without the marks around them."""
    return [word.strip(".,;:()").casefold() for word in comparable(text).split() if word.strip(".,;:()")]


def told(change: Change) -> str:
    """A change as one line."""
    return f"{change.entity} {change.kind} ({change.change_class}) {change.before!r} -> {change.after!r}"
