"""Quotes without quotation marks: a ``<blockquote>`` with the name of its speaker below.

The name stands in its ``<footer>`` or ``<cite>``, in its last lines, or in the block after it (``<figcaption>``).
Without a name it is as often a notice that is set off, and no quote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from transform.document import Block, BlockKind
from transform.outline import Placed
from transform.people.quotation import quoted_spans
from transform.people.speakers import Roster

_FEWEST_WORDS = 4
_ELEMENT = re.compile(r"(?:.*/)?blockquote\[\d+\]")


@dataclass(frozen=True, slots=True)
class BlockQuote:
    """A signed quotation; ``n_blocks`` is how many blocks of the document it takes, its signature among them."""

    speaker: str
    text: str
    evidence: str
    section: str | None
    n_blocks: int


def signed_block_quote(placed: tuple[Placed, ...], at: int, roster: Roster) -> BlockQuote | None:
    """The quotation whose element begins with the block at this place; ``None`` where no person signs it."""
    element = _element(placed[at].block)
    if element is None or (at and _element(placed[at - 1].block) == element):
        return None
    inside = [one.block for one in takewhile(lambda one: _element(one.block) == element, placed[at:])]
    lines = [line for block in inside for line in block.text.split("\n")]
    if any(block.kind is not BlockKind.PARAGRAPH for block in inside) or quoted_spans(" ".join(lines)):
        return None
    after = [placed[at + len(inside)].block] if at + len(inside) < len(placed) else []
    outside = [block.text.split("\n") for block in after if block.kind is BlockKind.PARAGRAPH]
    for said, signature, n_blocks in (
        (lines[:-1], lines[-1:], len(inside)),
        (lines[:-2], lines[-2:], len(inside)),
        *((lines, below, len(inside) + 1) for below in outside),
    ):
        speaker = _signed(", ".join(signature), roster)
        if speaker is not None and len(" ".join(said).split()) >= _FEWEST_WORDS:
            words = " ".join(said)
            return BlockQuote(speaker, words, f"{words} {' '.join(signature)}", placed[at].path, n_blocks)
    return None


def _element(block: Block) -> str | None:
    """The locator of the innermost ``<blockquote>`` in which a block stands."""
    found = _ELEMENT.match(block.locator)
    return found[0] if found else None


def _signed(signature: str, roster: Roster) -> str | None:
    """The person of whom a signature tells, and of nothing else."""
    return roster.speaker_in(signature, None) if roster.is_only_a_person(signature) else None
