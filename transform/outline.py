"""Where a block stands: the headings above it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from transform.document import Block, BlockKind, Document

SEPARATOR = " > "


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with its rank in the document (from 0) and the headings above it, outermost first, its own included."""

    position: int
    block: Block
    headings: tuple[str, ...]

    @property
    def path(self) -> str | None:
        """The headings joined; ``None`` where there is none above."""
        return SEPARATOR.join(self.headings) or None

    @property
    def heading(self) -> str | None:
        """The nearest heading above (its own text for a heading)."""
        return self.headings[-1] if self.headings else None


def placed(document: Document) -> tuple[Placed, ...]:
    """Every block of the document in reading order, with the headings above it."""
    return _placed(document.blocks)


@lru_cache(maxsize=2)
def _placed(blocks: tuple[Block, ...]) -> tuple[Placed, ...]:
    """The blocks with their headings; remembered, because a dozen readers ask for those of one document in turn."""
    stack: list[tuple[int, str]] = []
    result = []
    for position, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            while stack and stack[-1][0] >= block.level:
                stack.pop()
            stack.append((block.level, block.text))
        result.append(Placed(position, block, tuple(text for _, text in stack)))
    return tuple(result)
