"""Long histories of documents in several languages: flapping, collapses that heal, links that change, edits in between.

::

    python -m tests.benchmarks.histories --seed 1 --documents 30 --nights 120

Each document goes night by night through the real judge, reader, comparison and deriving.  Printed: how many returns
were classed as returns, how many collapses that healed were told as a change, how many words of an edit no change
tells, and what a night without any edit told.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.benchmarks.history_texts import LANGUAGES, OPERATIONS, Block, Text, drawn_text, markup
from tests.benchmarks.history_words import EDITS, lost_words, told
from tests.benchmarks.noise_play import Seen, Watch
from transform.change import ChangeClass
from transform.german.sentences import sentences
from transform.german.text import comparable

START = datetime(2021, 1, 4, 3, 10, tzinfo=UTC)


@dataclass
class Score:
    """The tally of a run."""

    nights: int = 0
    edits: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    returns: int = 0
    returns_known: int = 0
    returns_untold: int = 0
    healed: Counter[int] = field(default_factory=Counter)
    healed_alerted: Counter[int] = field(default_factory=Counter)
    links: int = 0
    links_told: int = 0
    silent: int = 0
    false_alarms: int = 0
    flaps: int = 0
    flap_alarms: int = 0
    held_back: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)


class Document:
    """One document's nights."""

    def __init__(self, number: int, seed: int, score: Score) -> None:
        self.rng = random.Random(f"{seed}/{number}")
        self.language = LANGUAGES[number % len(LANGUAGES)]
        self.lang = self.rng.choice((self.language, None, "de" if self.language == "de" else "en"))
        self.root = self.rng.choice(("main", "article", "div"))
        self.title = {"de": "Regelwerk", "en": "Terms of use", "fr": "Conditions"}[self.language] + f" {number}"
        self.watch = Watch(f"dokument-{number}", f"https://halter-{number}.example/regeln/text", "Halter")
        self.text = drawn_text(self.language, self.rng)
        self.links = "l0"
        self.at = START
        self.nights = 0
        self.score = score
        self.past: list[Text] = []
        self.seen_texts: set[Text] = set()
        self._show()

    def play(self, nights: int) -> None:
        """Plays so many nights or a few more."""
        while self.nights < nights:
            drawn = self.rng.random()
            if drawn < 0.45:
                self._edited()
            elif drawn < 0.6:
                self._silent()
            elif drawn < 0.75:
                self._flapping()
            elif drawn < 0.9:
                self._collapsing()
            else:
                self._reverted()

    def _edited(self) -> None:
        edited = self._edit(self.text)
        if edited is None or edited in self.seen_texts:
            return
        before, self.text = self.text, edited
        self.past.append(before)
        seen = self._show()
        self.score.edits += 1
        self._expect_told(before, edited, seen)

    def _silent(self) -> None:
        self.links = f"l{self.rng.randrange(10**6)}"
        seen = self._show()
        self._expect_silence(seen, "links")
        self.score.links += 1
        self.score.links_told += any(dated.change.change_class is ChangeClass.LINK_NOISE for dated in seen.changes)

    def _flapping(self) -> None:
        """Two or three states in turn: each is news once, all else is a return, and at most one of them alerts."""
        states = [self.text]
        for _ in range(self.rng.choice((1, 1, 2))):
            other = self._edit(states[-1])
            if other is None or other in self.seen_texts or other in states:
                return
            states.append(other)
        alarms = 0
        for number in range(1, self.rng.randint(4, 12) * len(states) + 1):
            before, self.text = self.text, states[number % len(states)]
            is_new = self.text not in self.seen_texts
            seen = self._show()
            if is_new:
                self.score.edits += 1
                self._expect_told(before, self.text, seen)
            else:
                self._expect_return(seen)
                alarms += any(dated.alerts for dated in seen.changes)
        self.score.flaps += 1
        self.score.flap_alarms += max(0, alarms - 1)
        self._rest()

    def _collapsing(self) -> None:
        """Most of the text is gone for some nights, each night in the same way or in another one."""
        whole, nights = self.text, self.rng.choice((1, 1, 1, 2, 3, 4, 5))
        alarms = 0
        changing = self.rng.random() < 0.5
        stubs = [self._stub() for _ in range(nights)] if changing else [self._stub()] * nights
        for stub in stubs:
            self.text = stub
            alarms += bool(self._show(remembered=False).changes)
        self.text = whole
        alarms += bool(self._show().changes)
        spell = max(len(stubs) - stubs[::-1].index(stub) - stubs.index(stub) for stub in stubs)
        self.score.healed[spell] += 1
        self.score.healed_alerted[spell] += alarms > 0
        if alarms and spell == 1:
            self._note(f"collapse of {nights} nights was told")

    def _stub(self) -> Text:
        kind = self.rng.randrange(4)
        if kind == 0:
            return self.text[: max(1, len(self.text) // 6)]
        if kind == 1:
            return (Block("p", f"Error {self.rng.randint(100, 999)}: please try again."),)
        if kind == 2:
            return (Block("p", "Loading"),)
        return (Block("h2", self.title), Block("p", f"Seite {self.rng.randint(1, 99)}"))

    def _reverted(self) -> None:
        """Weeks later the document says what it said before."""
        if not self.past:
            return
        self._rest()
        former, self.text = self.text, self.rng.choice(self.past)
        if former != self.text:
            self._expect_return(self._show())
        self._rest()

    def _rest(self) -> None:
        """Weeks pass without a change."""
        self._expect_silence(self._show(), "rest")
        self.at += timedelta(days=40)
        self._expect_silence(self._show(), "rest")

    def _edit(self, text: Text) -> Text | None:
        """An edit that leaves most of the text: one that does not is told a night later, like a collapse."""
        edited = self.rng.choice(OPERATIONS)(text, self.language, self.rng)
        return edited if edited and _chars(edited) > 0.6 * _chars(text) else None

    def _show(self, *, remembered: bool = True) -> Seen:
        if remembered:
            self.seen_texts.add(self.text)
        html = markup(self.text, self.title, self.links, self.rng, language=self.lang, root=self.root)
        seen = self.watch.show(html, self.at)
        if remembered and not seen.verdict.is_good:
            self.score.held_back[str(seen.verdict)] += 1
            self._note(f"{seen.verdict} {seen.verdict.detail}")
        self.at += timedelta(days=1)
        self.nights += 1
        self.score.nights += 1
        return seen

    def _expect_silence(self, seen: Seen, why: str) -> None:
        self.score.silent += 1
        alarms = [dated for dated in seen.changes if dated.change.change_class is not ChangeClass.LINK_NOISE]
        if alarms:
            self.score.false_alarms += 1
            self._note(f"silence ({why}): {told(alarms[0].change)}")

    def _expect_return(self, seen: Seen) -> None:
        classes = {dated.change.change_class for dated in seen.changes} - {ChangeClass.LINK_NOISE}
        self.score.returns += 1
        self.score.returns_known += classes == {ChangeClass.RETURN}
        self.score.returns_untold += not classes
        if classes != {ChangeClass.RETURN}:
            self._note(f"return: {seen.verdict} {sorted(classes)}")

    def _expect_told(self, before: Text, after: Text, seen: Seen) -> None:
        """Every word that went or came, by the sentences that went and came, stands in what was told."""
        changes = [dated.change for dated in seen.changes if dated.change.change_class in EDITS]
        for side, one, other in (("before", before, after), ("after", after, before)):
            texts = [getattr(change, side) or "" for change in changes]
            lost, _ = lost_words(_sentences(one), _sentences(other), texts)
            if lost:
                self.score.lost[side] += lost.total()
                self._note(f"lost {side}: {dict(lost)} of {[told(change) for change in changes]}")

    def _note(self, text: str) -> None:
        self.score.misses.append(f"{self.watch.name} ({self.language}), night {self.nights}: {text}")


def _chars(text: Text) -> int:
    return sum(len(block.text) for block in text)


def _sentences(text: Text) -> list[str]:
    return [comparable(piece) for block in text for piece in sentences(block.text)]


def measure(seed: int, documents: int, nights: int) -> Score:
    """Plays so many documents for so many nights each."""
    score = Score()
    for number in range(documents):
        Document(number, seed, score).play(nights)
    return score


def report(score: Score) -> str:
    """The score as Markdown."""
    by_length = defaultdict(str, {n: f"{score.healed_alerted[n]} of {score.healed[n]}" for n in sorted(score.healed)})
    share = score.returns_known / max(1, score.returns)
    return "\n".join(
        [
            "| measure | value |",
            "| --- | --- |",
            f"| nights played | {score.nights} |",
            f"| returns classed as return | {score.returns_known} of {score.returns} ({share:.1%}) |",
            f"| returns of which nothing was told | {score.returns_untold} |",
            f"| collapses of one night that healed, told | {by_length[1] or '0 of 0'} |",
            *(f"| the same text for {n} nights, then healed, told | {by_length[n]} |" for n in by_length if n > 1),
            f"| edits; words lost before, after | {score.edits}; {score.lost['before']}, {score.lost['after']} |",
            f"| nights of other link targets alone, told as link noise | {score.links_told} of {score.links} |",
            f"| false alarms on silent nights | {score.false_alarms} of {score.silent} |",
            f"| spells of flapping; alerts beyond one | {score.flaps}; {score.flap_alarms} |",
            f"| good nights held back | {dict(score.held_back) or 'none'} |",
        ]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the report; status 1 where the aims are missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--documents", type=int, default=12)
    parser.add_argument("--nights", type=int, default=300)
    parser.add_argument("--misses", type=int, default=10, help="so many misses are printed on standard error")
    given = parser.parse_args(arguments)
    score = measure(given.seed, given.documents, given.nights)
    sys.stdout.write(report(score) + "\n")
    for miss in score.misses[: given.misses]:
        sys.stderr.write(miss + "\n")
    well = score.returns_known >= 0.95 * score.returns and not score.healed_alerted[1] and not score.lost.total()
    return 0 if well and not score.false_alarms else 1


if __name__ == "__main__":
    sys.exit(main())
