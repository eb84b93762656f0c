"""Which bodies the archive holds, so that one that comes again is referred to and not kept twice.

The index is a file beside the WARC files, ``payloads.jsonl``: one line for every time an address answered with another
body than before.  Of each address the last few bodies are known, which is enough for pages that flap; the file is
written anew when most of its lines are about older ones, so that pages that are never twice the same do not make it
grow for years.  It holds nothing that the WARC files do not say; without it bodies are kept in full again and nothing
is lost.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from extract.warc_format import Original

INDEX_FILE = "payloads.jsonl"
BODIES_KNOWN = 3
"""Of so many bodies of an address it is known where they lie."""
_LINES_OVER = 1000
"""So many lines about older bodies are never worth writing the file anew."""


class PayloadIndex:
    """The index of one archive folder, in memory; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / INDEX_FILE
        self._guard = threading.Lock()
        self._answers: dict[str, dict[str, Original]] = {}
        self._by_digest: dict[str, Original] = {}
        self._unsaved: list[tuple[str, Original]] = []
        self._lines = 0
        for uri, original in self._saved():
            self._remember(uri, original)

    def original(self, digest: str) -> Original | None:
        """Where a body lies; ``None`` where it is new, or where its file is gone."""
        with self._guard:
            found = self._by_digest.get(digest)
        return found if found is not None and locate(self._folder, found.file).exists() else None

    def last_answer(self, uri: str) -> Original | None:
        """The body with which an address answered last; ``None`` where it never did."""
        with self._guard:
            return self._last(uri)

    def add(self, uri: str, original: Original) -> None:
        """Note that an address answered with a body that lies there."""
        with self._guard:
            last = self._last(uri)
            self._remember(uri, original)
            if last is None or last.digest != original.digest:
                self._unsaved.append((uri, original))

    def save(self) -> None:
        """Append what is new to the file, or write the file anew where most of it is about bodies long gone."""
        with self._guard:
            lines, self._unsaved = self._unsaved, []
            if not lines:
                return
            self._lines += len(lines)
            known = sum(map(len, self._answers.values()))
            if self._lines > 2 * known + _LINES_OVER:
                self._write_anew()
                self._lines = known
                return
            # In one write: runs of other processes append to the file as well.
            with self._path.open("ab", buffering=0) as file:
                file.write("".join(_line(uri, original) for uri, original in lines).encode())

    def _write_anew(self) -> None:
        """Replace the file by one that says what is known now; a crash leaves the old one."""
        draft = self._path.with_name(INDEX_FILE + OPEN_SUFFIX)
        with draft.open("w", encoding="utf-8") as file:
            for uri, answers in self._answers.items():
                file.writelines(_line(uri, original) for original in answers.values())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)

    def _saved(self) -> Iterator[tuple[str, Original]]:
        """What the file says; half a line, as a crash may leave it, is passed over."""
        if not self._path.exists():
            return
        with self._path.open(encoding="utf-8") as file:
            for line in file:
                self._lines += 1
                try:
                    fields = json.loads(line)
                    yield fields.pop("answered"), Original(**fields)
                except (ValueError, TypeError, KeyError, AttributeError):
                    continue

    def _last(self, uri: str) -> Original | None:
        answers = self._answers.get(uri)
        return next(reversed(answers.values())) if answers else None

    def _remember(self, uri: str, original: Original) -> None:
        """Know a body as an address' last answer; the oldest known one is let go for it."""
        answers = self._answers.setdefault(uri, {})
        answers.pop(original.digest, None)
        answers[original.digest] = original
        self._by_digest.setdefault(original.digest, original)
        if len(answers) > BODIES_KNOWN:
            forgotten = answers.pop(next(iter(answers)))
            self._by_digest.pop(forgotten.digest, None)


def _line(uri: str, original: Original) -> str:
    return json.dumps({"answered": uri, **asdict(original)}) + "\n"


OPEN_SUFFIX = ".open"
"""Ends the name of a file that is still being written."""


def locate(folder: Path, file: str) -> Path:
    """Where a file of the archive lies now: its run may not have ended yet."""
    path = folder / file
    still_open = path.with_name(path.name + OPEN_SUFFIX)
    return still_open if not path.exists() and still_open.exists() else path
