"""Recorded histories of real documents, played through the real judge, reader, comparison and deriving.

::

    python -m tests.benchmarks.recorded FOLDER --main "div.body" --flapping 0.2 --collapsing 0.2

``FOLDER/<document>/<time>*.html`` holds what a document said, a file a version; a name begins with the time at which
it said so (UTC, ``2024-05-31T041000``).  What a version says is told apart from what the reader makes of it: the
sentences below the elements that ``--main`` selects and those of its titles, as BeautifulSoup alone finds them.
Between two recorded versions the older one may come back and go again for some nights (flapping), or most of it be
gone for hours or a night and come back (a collapse that heals); what is shown then is made of the recorded pages.

Printed: of how many edits nothing was told and how many of their words stand in no change (a replacement that is
repeated all over a page is told once), how many returns are classed as returns, how many collapses that
healed were told, and what versions told whose sentences are those of the version before.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from tests.benchmarks.history_words import EDITS, lost_words, told
from tests.benchmarks.noise_play import Seen, Watch
from transform.change import ChangeClass
from transform.german.sentences import sentences
from transform.german.text import comparable

_NIGHT = timedelta(days=1)
_UNSEEN = ("script", "style", "template", "noscript", "nav", "header", "footer")
_LINES = ("p", "li", "dt", "dd", "td", "th", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "div", "blockquote")


@dataclass(frozen=True)
class Recorded:
    """A version of a document; ``at`` is UTC."""

    at: datetime
    html: str
    main: str

    @cached_property
    def said(self) -> tuple[str, ...]:
        """The sentences of the main content and of all headings of level 1, in order."""
        soup = BeautifulSoup(self.html, "lxml")
        for element in soup.find_all(_UNSEEN):
            element.decompose()
        titles = [" ".join(title.get_text().split()) for title in soup.find_all("h1")]
        lines = [*titles, *(line for root in soup.select(self.main) for line in _lines(root))]
        return tuple(comparable(piece) for line in lines for piece in sentences(line))

    def cut(self) -> str:
        """The same page with next to nothing in its main content."""
        soup = BeautifulSoup(self.html, "lxml")
        for root in soup.select(self.main):
            for child in root.find_all(recursive=False)[1:]:
                child.decompose()
        return str(soup)


def _lines(root: Tag) -> Iterator[str]:
    """The text below an element, a line for each innermost block."""
    for element in root.find_all(_LINES):
        if element.find(_LINES) is None and (text := " ".join(element.get_text().split())):
            yield text


@dataclass
class Score:
    """The tally of a run."""

    versions: int = 0
    edits: int = 0
    untold: int = 0
    edit_words: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    silent: int = 0
    silent_told: int = 0
    returns: int = 0
    returns_known: int = 0
    healed: int = 0
    healed_told: int = 0
    held_back: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)


class History:
    """One document, played version by version."""

    def __init__(self, name: str, versions: Sequence[Recorded], rng: random.Random, score: Score) -> None:
        self.name, self.versions, self.rng, self.score = name, versions, rng, score
        self.watch = Watch(name, f"https://{name.replace('_', '-')}.example/text", "Halter")
        self.last: Recorded | None = None

    def play(self, flapping: float, collapsing: float) -> None:
        """Shows every version at its time, with so many spells of flapping and collapses a version in between."""
        for version, following in zip(self.versions, [*self.versions[1:], None], strict=True):
            before, seen = self.last, self._shown(version.html, version.at)
            self.score.versions += 1
            if not seen.verdict.is_good:
                self.score.held_back[str(seen.verdict)] += 1
                self._note(version.at, f"{seen.verdict} {seen.verdict.detail}")
                continue
            self.last = version
            if before is not None:
                self._expect_told(before, version, seen)
            room = (following.at - version.at if following else timedelta(days=60)) > timedelta(days=12)
            if room and before is not None and before.said != version.said and self.rng.random() < flapping:
                self._flaps(before, version)
            elif room and self.rng.random() < collapsing:
                self._collapses(version)

    def _flaps(self, before: Recorded, now: Recorded) -> None:
        """The older version comes back and goes again; the last night shows the newer one."""
        for night in range(1, 2 * self.rng.randint(1, 4) + 1):
            shown = before if night % 2 else now
            seen = self._shown(shown.html, now.at + night * _NIGHT)
            classes = {dated.change.change_class for dated in seen.changes} - {ChangeClass.LINK_NOISE}
            self.score.returns += 1
            self.score.returns_known += classes == {ChangeClass.RETURN}
            if classes != {ChangeClass.RETURN}:
                self._note(now.at, f"return: {seen.verdict} {sorted(classes)}")

    def _collapses(self, now: Recorded) -> None:
        """Most of the text is gone for some hours or one night, and comes back."""
        gone, lasts = now.at + _NIGHT, self.rng.choice((timedelta(hours=6), _NIGHT))
        stub = self.rng.choice((now.cut(), "<html><body><main><p>Error 503</p></main></body></html>"))
        changes = [*self._shown(stub, gone).changes, *self._shown(now.html, gone + lasts).changes]
        self.score.healed += 1
        self.score.healed_told += bool(changes)
        for dated in changes[:1]:
            self._note(now.at, f"a collapse that healed was told: {told(dated.change)}")

    def _shown(self, html: str, at: datetime) -> Seen:
        return self.watch.show(html, at)

    def _expect_told(self, before: Recorded, now: Recorded, seen: Seen) -> None:
        changes = [dated.change for dated in seen.changes if dated.change.change_class in EDITS]
        if before.said == now.said:
            self.score.silent += 1
            self.score.silent_told += bool(changes)
            if changes:
                self._note(now.at, f"silence: {told(changes[0])}")
            return
        self.score.edits += 1
        self.score.untold += not changes
        if not changes:
            self._note(now.at, "nothing was told of an edit")
        for side, one, other in (("before", before, now), ("after", now, before)):
            lost, edited = lost_words(one.said, other.said, [getattr(change, side) or "" for change in changes])
            self.score.edit_words += edited
            self.score.lost[side] += lost.total()
            if lost:
                self._note(now.at, f"lost {side}: {lost.total()} of {edited} words: {dict(lost.most_common(8))}")

    def _note(self, at: datetime, text: str) -> None:
        self.score.misses.append(f"{self.name} {at:%Y-%m-%d}: {text}")


def recorded(folder: Path, main: str) -> list[Recorded]:
    """The versions of a document, oldest first; of two with one time the last name counts."""
    by_time: dict[datetime, Recorded] = {}
    for path in sorted(folder.glob("*.html")):
        at = datetime.strptime(path.name[:17], "%Y-%m-%dT%H%M%S").replace(tzinfo=UTC)
        by_time[at] = Recorded(at, path.read_text(encoding="utf-8", errors="replace"), main)
    return [by_time[at] for at in sorted(by_time)]


def report(score: Score, documents: int) -> str:
    """The score as Markdown."""
    held_back = ", ".join(f"{count} {verdict}" for verdict, count in sorted(score.held_back.items()))
    lost = f"{score.lost['before']}, {score.lost['after']}"
    return "\n".join(
        [
            "| measure | value |",
            "| --- | --- |",
            f"| documents; versions | {documents}; {score.versions} |",
            f"| edits; of which nothing was told | {score.edits}; {score.untold} |",
            f"| words of edits; in no change before, after | {score.edit_words}; {lost} |",
            f"| versions that say the same, told as edited | {score.silent_told} of {score.silent} |",
            f"| returns classed as return | {score.returns_known} of {score.returns} |",
            f"| collapses that healed, told | {score.healed_told} of {score.healed} |",
            f"| versions held back | {held_back or 'none'} |",
        ]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the report; status 1 where fewer than 95 % of the returns were known or a healed collapse was told."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--main", default="main", help="CSS selector of the main content")
    parser.add_argument("--flapping", type=float, default=0.2, help="so many spells a version")
    parser.add_argument("--collapsing", type=float, default=0.2, help="so many collapses a version")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", type=int, default=10, help="so many misses are printed on standard error")
    given = parser.parse_args(arguments)
    score = Score()
    folders = sorted(path for path in given.folder.iterdir() if path.is_dir())
    for folder in folders:
        rng = random.Random(f"{given.seed}/{folder.name}")
        History(folder.name, recorded(folder, given.main), rng, score).play(given.flapping, given.collapsing)
    sys.stdout.write(report(score, len(folders)) + "\n")
    for miss in score.misses[: given.misses]:
        sys.stderr.write(miss + "\n")
    return 0 if score.returns_known >= 0.95 * score.returns and not score.healed_told else 1


if __name__ == "__main__":
    sys.exit(main())
