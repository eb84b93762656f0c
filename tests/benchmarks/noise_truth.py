"""What an edit is to be told as, and where its words stand on a drawn page."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from tests.benchmarks.noise_pages import SENTENCES
from tests.support.strategy_pages import Part, StrategyPage
from transform.change import Change, ChangeClass

CONTENT = frozenset({ChangeClass.CONTENT})
SILENT = frozenset({ChangeClass.EDITORIAL, ChangeClass.ORDER})


@dataclass(frozen=True)
class Truth:
    """What one edit is to be told as: ``kinds`` are as good as each other; ``None`` leaves a value open."""

    edit: str
    kinds: tuple[str, ...]
    before: str | None = None
    after: str | None = None
    classes: frozenset[ChangeClass] = CONTENT

    def is_told_by(self, change: Change) -> bool:
        """Whether a change tells this edit with the right entity, kind, class and values."""
        return (
            f"{change.entity} {change.kind}" in self.kinds
            and change.change_class in self.classes
            and (self.before is None or self.before in (change.before or ""))
            and (self.after is None or self.after in (change.after or ""))
        )


Edited = tuple[StrategyPage, Truth]
Edit = Callable[[StrategyPage, random.Random], Edited | None]
"""An edit drawn from a seed; ``None`` where the page has nothing to edit in this way."""


def text_of(page: StrategyPage) -> str:
    return "\n".join("\n".join(part.paragraphs) for part in page.parts)


def fresh_sentence(page: StrategyPage, rng: random.Random) -> str:
    text = " ".join(" ".join(part.paragraphs) for part in page.parts)
    unused = [sentence for sentence in SENTENCES if sentence not in text]
    return rng.choice(unused) if unused else f"Neu ist die Nummer {rng.randint(1000, 9999)} im Verzeichnis der Dienste."


def implementation(page: StrategyPage) -> Part:
    return next(part for part in page.parts if any("Millionen Euro" in text for text in part.paragraphs))


def strengths(page: StrategyPage) -> str:
    return next(part.heading for part in page.parts if part.heading.startswith("Stärken"))
