"""One table of a catalogue file, read key by key.

A value of the wrong type is noted as a problem and read as missing, so that one reading finds all problems of a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

Span = tuple[int, int]
"""First and last line of a part of a file, from 1."""

_Choice = TypeVar("_Choice", bound=StrEnum)


class FileLines:
    """The lines of one file and the problems found in it, each with the line on which it stands."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.problems: list[str] = []
        self._lines = text.splitlines()

    @property
    def whole(self) -> Span:
        """All lines of the file."""
        return 1, max(1, len(self._lines))

    def spans(self, header: str, count: int, within: Span) -> list[Span]:
        """The lines of each of ``count`` tables that begin with ``[[header]]``.

        Tables that are written some other way have no lines of their own; they are looked for in the whole span.
        """
        opening = re.compile(rf"^\s*\[\[\s*{header}\s*\]\]")
        starts = [
            n for n in range(within[0], within[1] + 1) if n <= len(self._lines) and opening.match(self._lines[n - 1])
        ]
        if len(starts) != count:
            return [within] * count
        ends = [*(start - 1 for start in starts[1:]), within[1]]
        return list(zip(starts, ends[: len(starts)], strict=True))

    def line_of(self, key: str, span: Span) -> int:
        """The line on which a key stands within a span; the span's first line where it does not stand there."""
        assignment = re.compile(rf"^\s*[\"']?{re.escape(key)}[\"']?\s*=")
        inside = range(span[0], min(span[1], len(self._lines)) + 1)
        return next((number for number in inside if assignment.match(self._lines[number - 1])), span[0])


class Entry:
    """One table of the file, read key by key: a value of the wrong type is noted and read as missing."""

    def __init__(self, lines: FileLines, table: Mapping[str, object], span: Span, name: str) -> None:
        self.lines = lines
        self.table = table
        self.span = span
        self.name = name

    def problem(self, key: str, found: str, fix: str) -> None:
        """Note one problem with the line of its key."""
        line = self.lines.line_of(key, self.span)
        end = "" if fix.endswith("?") else "."
        self.lines.problems.append(f"{self.lines.file}:{line}: {self.name}: {found}. {fix}{end}")

    def only_keys(self, known: tuple[str, ...]) -> None:
        """Note every key that means nothing here, with the nearest one that does."""
        for key in self.table:
            if key not in known:
                self.problem(key, f"the key {key!r} is unknown", suggestion(key, known, "Remove it"))

    def text(self, key: str, *, required: bool = False) -> str | None:
        """A text that is not blank."""
        value = self.table.get(key)
        if value is None:
            if required:
                self.problem(key, f"{key} is missing", f'Add {key} = "…"')
            return None
        if not isinstance(value, str) or not value.strip():
            self.problem(key, f"{key} = {value!r} is no text", f'Write {key} = "…"')
            return None
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a single text is taken for a list of one."""
        value = self.table.get(key, [])
        items: Iterable[object] = [value] if isinstance(value, str) else value if isinstance(value, list) else [None]
        texts = tuple(item for item in items if isinstance(item, str) and item.strip())
        if len(texts) != len(list(items)):
            self.problem(key, f"{key} = {value!r} is no list of texts", f'Write {key} = ["…"]')
        return texts

    def flag(self, key: str) -> bool | None:
        """``true`` or ``false``; ``None`` where nothing is said."""
        value = self.table.get(key)
        if value is None or isinstance(value, bool):
            return value
        self.problem(key, f"{key} = {value!r} is neither true nor false", f"Write {key} = true or {key} = false")
        return None

    def count(self, key: str) -> int | None:
        """A whole number from 1."""
        value = self.table.get(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            self.problem(key, f"{key} = {value!r} is no whole number from 1", f"Write {key} = 2, or leave it out")
            return None
        return value

    def choice(self, key: str, choices: type[_Choice]) -> _Choice | None:
        """One of a closed set of words."""
        value = self.text(key, required=True)
        if value is None:
            return None
        words = [member.value for member in choices]
        if value not in words:
            self.problem(key, f"{key} = {value!r} is unknown", suggestion(value, words, "Choose one"))
            return None
        return choices(value)

    def tables(self, key: str) -> list[Mapping[str, object]]:
        """An array of tables."""
        value = self.table.get(key, [])
        tables: list[Mapping[str, object]] = []
        if isinstance(value, list):
            tables = [item for item in value if isinstance(item, dict)]
        if not isinstance(value, list) or len(tables) != len(value):
            self.problem(key, f"{key} is no array of tables", f"Begin each entry with a [[{key}]] line")
        return tables


def suggestion(found: str, known: Iterable[str], otherwise: str) -> str:
    """The nearest known word, or all of them."""
    words = sorted(known)
    near = get_close_matches(found, words, n=1, cutoff=0.6) or get_close_matches(found.upper(), words, n=1, cutoff=0.6)
    return f"Did you mean {near[0]!r}?" if near else f"{otherwise}; known are: {', '.join(words)}"
