"""Word-level differences of running text, and whether one is a mere correction of spelling.

Texts are compared as streams of words, so that another division into paragraphs, lists or lines is no difference.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from rapidfuzz.distance import Indel, Levenshtein

from transform.german.sentences import sentences
from transform.german.text import comparable, displayed

_EDGE = " .,;:!?()[]|·•\"'-"
_GENDER = re.compile(r"(?:[*:_/·]-?|(?<=[a-zäöüß])(?=I))[Ii]n(?:nen)?\b")
_BOTH_GENDERS = re.compile(
    r"\b(?P<stem>\w{3,}?)innen (?:und|oder|bzw\.) (?P=stem)\w{0,2}\b"
    r"|\b(?P<other>\w{3,}?)\w{0,2} (?:und|oder|bzw\.) (?P=other)innen\b",
    re.IGNORECASE,
)
"""``Bürgerinnen und Bürger`` is another spelling of ``Bürger:innen``."""
_WEIGHTY = re.compile(
    r"^(?:k?ein(?:e[mnrs]?)?|nicht|nichts|nie|niemals|ohne|mit|un\w+|alle|jede[rs]?|muss|soll|kann|darf)$"
)
_LETTERS_IN_WORD = 5
_MOST_PAIRS = 300_000
"""So many pairs of equal words are compared in search of the longest runs: about a second."""
_MOST_CELLS = 1_000_000_000
"""Beyond that, two runs of words are told as one whole."""
_Range = tuple[int, int, int, int]
"""First and last place before, first and last place after."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """A run of words that was replaced: ``before`` went, ``after`` came (either may be empty).

    ``sentence_before`` and ``sentence_after`` are the whole sentences in which they stand, verbatim.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    sentence_before: str
    sentence_after: str


def words(text: str) -> list[str]:
    """The words of a text in comparison form, punctuation attached as written."""
    return comparable(text).split()


def bare(word: str) -> str:
    """A word without punctuation around it, without case."""
    return word.strip(_EDGE).casefold()


def bag(*texts: str | None) -> Counter[str]:
    """How often each bare word stands in the texts."""
    return Counter(bare(word) for text in texts if text for word in words(text) if bare(word))


@dataclass(frozen=True, slots=True)
class _Stream:
    """Words with the sentence that each belongs to."""

    words: tuple[str, ...]
    sentence_of: tuple[int, ...]
    sentences: tuple[str, ...]
    said: tuple[tuple[str, ...], ...]
    """The words of each sentence."""
    starts: tuple[int, ...]
    """Where each sentence begins among the words; the end of all words comes last."""

    def sentences_at(self, start: int, stop: int) -> range:
        """Numbers of the sentences that the words from ``start`` to ``stop`` touch; empty for no words."""
        if start >= stop:
            return range(0)
        return range(self.sentence_of[start], self.sentence_of[stop - 1] + 1)

    def around(self, start: int, stop: int) -> range:
        """The sentence into which words were inserted, or from which they went: none at a boundary between two."""
        touched = self.sentences_at(start, stop)
        if touched:
            return touched
        inside = 0 < start < len(self.words) and self.sentence_of[start - 1] == self.sentence_of[start]
        return range(self.sentence_of[start], self.sentence_of[start] + 1) if inside else range(0)

    def text(self, numbers: range) -> str:
        return " ".join(self.sentences[number] for number in numbers)


def _stream(text: str) -> _Stream:
    pieces = [piece for line in text.split("\n") for piece in sentences(displayed(line))]
    said = [(piece, tuple(words(piece))) for piece in pieces]
    kept = [(piece, tokens) for piece, tokens in said if tokens]
    owner = [number for number, (_, tokens) in enumerate(kept) for _ in tokens]
    return _Stream(
        words=tuple(token for _, tokens in kept for token in tokens),
        sentence_of=tuple(owner),
        sentences=tuple(piece for piece, _ in kept),
        said=tuple(tokens for _, tokens in kept),
        starts=(0, *accumulate(len(tokens) for _, tokens in kept)),
    )


def hunks(before: str, after: str) -> tuple[Hunk, ...]:
    """The differing runs of words of two texts in reading order; none where they compare equal.

    Sentences are aligned first, words within those that differ: long texts take time in proportion to what changed, and
    a sentence that moved is one run.
    """
    old, new = _stream(before), _stream(after)
    return tuple(
        Hunk(old.words[a:b], new.words[c:d], old.text(old.around(a, b)), new.text(new.around(c, d)))
        for first, last, start, stop in _differences(old.said, new.said)
        for a, b, c, d in _word_differences(old, new, range(first, last), range(start, stop))
    )


def _word_differences(old: _Stream, new: _Stream, gone: range, come: range) -> Iterator[_Range]:
    """The differing words of two runs of sentences, as places in the whole streams."""
    first, last = old.starts[gone.start], old.starts[gone.stop]
    start, stop = new.starts[come.start], new.starts[come.stop]
    for a, b, c, d in _differences(old.words[first:last], new.words[start:stop]):
        yield (first + a, first + b, start + c, start + d)


def _differences(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[_Range]:
    """Where two sequences differ: by longest common runs, or by the fewest edits where equal elements are too many."""
    if not old or not new:
        return [(0, len(old), 0, len(new))] if old or new else []
    counted = Counter(new)
    if sum(counted[element] for element in old) <= _MOST_PAIRS:
        opcodes = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        return [(a, b, c, d) for tag, a, b, c, d in opcodes if tag != "equal"]
    if len(old) * len(new) > _MOST_CELLS:
        return [(0, len(old), 0, len(new))]
    edits = Indel.opcodes(old, new)
    return [(e.src_start, e.src_end, e.dest_start, e.dest_end) for e in edits if e.tag != "equal"]


def is_editorial(before: str, after: str) -> bool:
    """Whether two texts differ in spelling, punctuation, case or gender marking alone.

    A word may differ by one letter if it has at least five, no umlaut is put on or taken off (``Forderung`` and
    ``Förderung`` are two words), and it is none of those that turn a meaning round (``kein``, ``nicht``).
    Numbers always count as content.
    """
    if re.findall(r"\d+", comparable(before)) != re.findall(r"\d+", comparable(after)):
        return False
    old, new = _plain(before), _plain(after)
    if "".join(old) == "".join(new):
        return True
    if len(old) != len(new):
        return False
    differing = [(one, other) for one, other in zip(old, new, strict=True) if one != other]
    return len(differing) <= max(2, len(old) // 20) and all(_misspelt(one, other) for one, other in differing)


def _plain(text: str) -> list[str]:
    named = _BOTH_GENDERS.sub(lambda pair: f"{pair['stem'] or pair['other']}innen", comparable(text))
    marked = _GENDER.sub("innen", named)
    return [plain for word in marked.split() if (plain := re.sub(r"[^\wäöüß]", "", word.casefold()))]


def _misspelt(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _LETTERS_IN_WORD or _WEIGHTY.match(one) or _WEIGHTY.match(other):
        return False
    umlauts = str.maketrans("äöü", "aou")
    if one.translate(umlauts) == other.translate(umlauts):
        return False
    swapped = sorted(one) == sorted(other) and Levenshtein.distance(one, other) == 2
    return swapped or Levenshtein.distance(one, other) == 1


def shortened(text: str, most: int = 160) -> str:
    """A text for a sentence: white space collapsed, cut at a word with an ellipsis after ``most`` characters."""
    flat = displayed(text)
    if len(flat) <= most:
        return flat
    return flat[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def joined(parts: Sequence[str]) -> str:
    """Distinct parts in order, joined by one space."""
    return " ".join(dict.fromkeys(part for part in parts if part))
