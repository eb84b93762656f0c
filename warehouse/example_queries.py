"""The example queries: SQL files that each begin with a comment stating the question they answer."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from importlib.resources import files

from extract.errors import UsageError


@dataclass(frozen=True, slots=True)
class Example:
    """A query with its name and its question."""

    name: str
    question: str
    sql: str


def examples() -> tuple[Example, ...]:
    """All example queries, by name."""
    found = (file for file in (files("warehouse") / "examples").iterdir() if file.name.endswith(".sql"))
    texts = {file.name.removesuffix(".sql"): file.read_text(encoding="utf-8") for file in found}
    return tuple(Example(name, _question(texts[name]), texts[name]) for name in sorted(texts))


def example(name: str) -> Example:
    """The example query of a name.

    Raises:
        UsageError: There is none.
    """
    known = {one.name: one for one in examples()}
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(known)}."
        raise UsageError(f"There is no example query {name!r}.", hint)
    return known[name]


def _question(sql: str) -> str:
    """The first comment line."""
    return sql.partition("\n")[0].removeprefix("--").strip()
