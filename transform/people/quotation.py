"""Quotation marks: which words stand between them, whatever marks a page uses.

German („…“), French in either direction (»…«, «…»), English (“…”) and straight marks ("…") give the same spans.  Inner
quotations (‚…‘, '…', or a pair of double marks inside another) belong to the words of the outer one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CLOSERS = {"„": '“”"‟', "“": '”“"', "”": "”", '"': '"“”', "»": "«", "«": "»", "‟": '”"'}
_MARK = re.compile(f"[{re.escape(''.join(_CLOSERS) + ''.join(_CLOSERS.values()))}]")
_MOST_INNER_MARKS = 24
"""No quotation holds more marks; beyond that the opening one is taken for a slip, so that reading stays linear."""


@dataclass(frozen=True, slots=True)
class Span:
    """Quoted words: offsets of the opening mark and after the closing mark."""

    start: int
    end: int

    def words(self, text: str) -> str:
        """The words between the marks."""
        return text[self.start + 1 : self.end - 1].strip()


def quoted_spans(text: str) -> tuple[Span, ...]:
    """The outermost quotations of a text in order; a mark that is never closed opens none."""
    return _scan(text)[0]


def unclosed(text: str) -> bool:
    """Whether a quotation begins in a text, after its last whole one, and does not end in it."""
    return _scan(text)[1]


def _scan(text: str) -> tuple[tuple[Span, ...], bool]:
    """The quotations, and whether a mark after the last of them opens one that is not closed."""
    marks = [match.start() for match in _MARK.finditer(text)]
    spans: list[Span] = []
    is_open = False
    done = 0
    for rank, at in enumerate(marks):
        if at < done or text[at] not in _CLOSERS or not _opens(text, at):
            continue
        end = _closing(text, marks[rank : rank + _MOST_INNER_MARKS])
        is_open = end is None
        if end is not None:
            spans.append(Span(at, end))
            done = end
    return tuple(spans), is_open


def _opens(text: str, at: int) -> bool:
    """Whether a mark can open: a word follows it, and no word stands right before it."""
    following = text[at + 1 : at + 2]
    before = text[at - 1 : at] if at else " "
    return bool(following) and not following.isspace() and following not in ",;.)" and not _ends_word(before)


def _ends_word(before: str) -> bool:
    """Whether the character before a mark is the end of a word or of a sentence."""
    return before.isalnum() or before in ".,!?%"


def _closing(text: str, marks: list[int]) -> int | None:
    """The offset after the mark that closes the quotation opened at the first mark; ``None`` where none does."""
    opener = text[marks[0]]
    if not any(text[at] in _CLOSERS[opener] for at in marks[1:]):
        return None
    depth = 1
    for rank, at in enumerate(marks[1:], 1):
        if text[at] in _CLOSERS[opener] and _closes(text, at):
            depth -= 1
            if not depth:
                return at + 1
        elif text[at] == opener and _opens(text, at) and _is_closed_later(text, marks[rank:]):
            depth += 1
    return None


def _closes(text: str, at: int) -> bool:
    """Whether a mark can close: it stands right after a word or its punctuation, and no word right after it."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return not before.isspace() and before not in "(„‚»«:" and not after.isalnum()


def _is_closed_later(text: str, marks: list[int]) -> bool:
    """Whether an inner quotation and the outer one can both still be closed."""
    closers = _CLOSERS[text[marks[0]]]
    return sum(text[at] in closers and _closes(text, at) for at in marks[1:]) > 1
