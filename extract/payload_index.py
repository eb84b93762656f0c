"""Which bodies the archive holds, so that one that comes again is referred to and not kept twice.

The index is a file beside the WARC files, ``payloads.jsonl``: one line for every time an address answered with another
body than before.  It is only ever appended to and holds nothing that the WARC files do not say; without it bodies are
kept in full again and nothing is lost.
"""

from __future__ import annotations

import json
import threading
from dataclasses import asdict
from pathlib import Path

from extract.warc_format import Original

INDEX_FILE = "payloads.jsonl"


class PayloadIndex:
    """The index of one archive folder, in memory; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / INDEX_FILE
        self._guard = threading.Lock()
        self._by_digest: dict[str, Original] = {}
        self._by_uri: dict[str, Original] = {}
        self._unsaved: list[tuple[str, Original]] = []
        for line in self._path.read_text(encoding="utf-8").splitlines() if self._path.exists() else ():
            self._load(line)

    def original(self, digest: str) -> Original | None:
        """Where a body lies; ``None`` where it is new, or where its file is gone."""
        with self._guard:
            found = self._by_digest.get(digest)
        return found if found is not None and locate(self._folder, found.file).exists() else None

    def last_answer(self, uri: str) -> Original | None:
        """The body with which an address answered last; ``None`` where it never did."""
        with self._guard:
            return self._by_uri.get(uri)

    def add(self, uri: str, original: Original) -> None:
        """Note that an address answered with a body that lies there."""
        with self._guard:
            last = self._by_uri.get(uri)
            self._remember(uri, original)
            if last is None or last.digest != original.digest:
                self._unsaved.append((uri, original))

    def save(self) -> None:
        """Append what is new to the file."""
        with self._guard:
            lines, self._unsaved = self._unsaved, []
            if lines:
                with self._path.open("a", encoding="utf-8") as file:
                    file.writelines(json.dumps({"answered": uri, **asdict(original)}) + "\n" for uri, original in lines)

    def _load(self, line: str) -> None:
        """Read one line; half a line, as a crash may leave it, is passed over."""
        try:
            fields = json.loads(line)
            self._remember(fields.pop("answered"), Original(**fields))
        except (ValueError, TypeError, KeyError, AttributeError):
            return

    def _remember(self, uri: str, original: Original) -> None:
        self._by_digest.setdefault(original.digest, original)
        self._by_uri[uri] = original


OPEN_SUFFIX = ".open"
"""Ends the name of a file that is still being written."""


def locate(folder: Path, file: str) -> Path:
    """Where a file of the archive lies now: its run may not have ended yet."""
    path = folder / file
    still_open = path.with_name(path.name + OPEN_SUFFIX)
    return still_open if not path.exists() and still_open.exists() else path
