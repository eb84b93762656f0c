"""How many changes are told rightly, how many are missed, how many are false: on pages drawn from a seed.

``python -m tests.benchmarks.noise [--seed N] [--pages N] [--nights N] [--misses N]`` plays invented strategy pages in
several dresses through the real judge, reader, comparison and deriving; every night may bring noise, an edit, a failure
or a return, and each is labelled.  Printed are precision and recall (entity, kind, class and values right), false
alarms on 1,000 silent page-nights, returns recognised, and collapses that healed unheard, and tables of both.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from tests.benchmarks.noise_dresses import DRESSES, NOISES, Dress, Noise
from tests.benchmarks.noise_edits import EDITS
from tests.benchmarks.noise_failures import FAILURES
from tests.benchmarks.noise_pages import drawn_page
from tests.benchmarks.noise_play import Seen, Watch
from tests.benchmarks.noise_truth import CONTENT, Edit, Edited, Truth
from tests.support.strategy_pages import StrategyPage
from transform.change import Change, ChangeClass
from transform.night import DatedChange

START = datetime(2026, 1, 5, 3, 10, tzinfo=UTC)
_ALERTING = frozenset({ChangeClass.CONTENT, ChangeClass.RETURN})


@dataclass
class Score:
    """The tally of a run."""

    right: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    false_changes: int = 0
    true_changes: int = 0
    silent_nights: int = 0
    false_alarms: int = 0
    noise_nights: Counter[str] = field(default_factory=Counter)
    noise_alarms: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    failures_believed: Counter[str] = field(default_factory=Counter)
    returns: int = 0
    returns_known: int = 0
    healed: int = 0
    healed_unheard: int = 0
    flaps: int = 0
    flap_alarms: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of edits told rightly."""
        return self.right.total() / max(1, self.right.total() + self.missed.total())

    @property
    def precision(self) -> float:
        """The share of told changes that tell an edit rightly."""
        return self.true_changes / max(1, self.true_changes + self.false_changes)

    @property
    def false_alarms_per_thousand(self) -> float:
        """False alarms on 1,000 silent page-nights."""
        return 1000 * self.false_alarms / max(1, self.silent_nights)


class History:
    """One page's labelled nights."""

    def __init__(self, number: int, seed: int, score: Score) -> None:
        self.rng = random.Random(f"{seed}/{number}")
        self.page = drawn_page(self.rng)
        self.dress: Dress = self.rng.choice(DRESSES)
        self.score = score
        self.night = 0
        self.days_apart = 0
        self.past: list[StrategyPage] = []
        url = f"https://digital-{number}.example/themen/strategie"
        self.watch = Watch(f"seite-{number}", url, self.page.kicker)
        self.edits: list[Edit] = []
        self.shown: set[StrategyPage] = set()

    def play(self, nights: int) -> None:
        """Plays so many nights or a few more: some matters take several."""
        self._show()
        while self.night < nights:
            drawn = self.rng.random()
            if drawn < 0.40:
                self._edited()
            elif drawn < 0.60:
                self._silent()
            elif drawn < 0.70:
                self._failing()
            elif drawn < 0.76:
                self._relaunched()
            elif drawn < 0.84:
                self._collapsing()
            elif drawn < 0.92:
                self._reverted()
            else:
                self._flapping()

    def _silent(self) -> None:
        self._expect_silence(*self._show(), "noise")

    def _relaunched(self) -> None:
        self.dress = self.rng.choice([dress for dress in DRESSES if dress is not self.dress])
        self._expect_silence(*self._show(), "relaunch")

    def _edited(self) -> None:
        before = self.page
        truths: list[Truth] = []
        for _ in range(self.rng.choice((1, 1, 1, 2, 3))):
            edited = self._draw_edit()
            if edited is not None and not _clash(edited[1], truths):
                self.page = edited[0]
                truths.append(edited[1])
        if truths:
            seen, noises = self._show()
            self._expect(truths, seen, noises)
            self.past.append(before)

    def _failing(self) -> None:
        failure = self.rng.choice(FAILURES)
        name = failure.__name__
        self.score.failures[name] += 1
        seen = self._visit(failure)
        if seen.verdict.is_good or seen.changes:
            self.score.failures_believed[name] += 1
            self._note(f"failure {name}: {seen.verdict} {seen.changes}")

    def _collapsing(self) -> None:
        """Most of the text is gone for a night and back on the next."""
        whole, self.page = self.page, replace(self.page, parts=self.page.parts[:1])
        first, _ = self._show()
        self.page = whole
        second, _ = self._show()
        self.score.healed += 1
        unheard = not first.changes and not second.changes and not first.verdict.is_good
        self.score.healed_unheard += unheard
        if not unheard:
            self._note(f"collapse: {first.verdict} {first.changes} {second.changes}")

    def _reverted(self) -> None:
        """Weeks later the page is what it was before."""
        if not self.past:
            return
        self.days_apart += 35
        self._show()
        former = self.page
        self.page = self.past.pop()
        if former == self.page:
            return
        seen, _ = self._show()
        self.score.returns += 1
        classes = {dated.change.change_class for dated in seen.changes}
        known = bool(classes) and ChangeClass.CONTENT not in classes
        self.score.returns_known += known
        if not known:
            self._note(f"return: {seen.verdict} {classes}")
        self.past.clear()

    def _flapping(self) -> None:
        """Two versions in turn for a week: at most two alerts."""
        edited = self._draw_edit()
        if edited is None or edited[1].classes != CONTENT:
            return
        one, (other, _) = self.page, edited
        alarms = 0
        for number in range(6):
            self.page = other if number % 2 == 0 else one
            seen, _ = self._show()
            alarms += any(dated.alerts for dated in seen.changes)
        self.page = one
        self.score.flaps += 1
        self.score.flap_alarms += max(0, alarms - 2)
        self.past.clear()
        self.days_apart += 35
        self._show()

    def _draw_edit(self) -> Edited | None:
        """An edit that the page has not just had; every kind comes once before any comes twice."""
        if not self.edits:
            self.edits = list(EDITS)
            self.rng.shuffle(self.edits)
        for edit in tuple(self.edits):
            self.edits.remove(edit)
            edited = edit(self.page, self.rng)
            if edited is not None and edited[0] not in self.shown:
                return edited
        return None

    def _show(self) -> tuple[Seen, tuple[Noise, ...]]:
        self.shown.add(self.page)
        noises = tuple(self.rng.sample(NOISES, self.rng.randint(0, 3)))
        html = self.dress(self.page)
        for noise in noises:
            html = noise(html, self.rng)
        seen = self.watch.show(html, START + timedelta(days=self.night + self.days_apart))
        self.night += 1
        return seen, noises

    def _visit(self, failure: object) -> Seen:
        assert callable(failure)
        seen = self.watch.visit(failure(self.watch.url, self.rng), START + timedelta(days=self.night + self.days_apart))
        self.night += 1
        return seen

    def _expect_silence(self, seen: Seen, noises: Sequence[Noise], why: str) -> None:
        names = [why, *(noise.__name__ for noise in noises)]
        self.score.silent_nights += 1
        self.score.noise_nights.update(names)
        if not seen.verdict.is_good or seen.changes:
            self.score.false_alarms += 1
            self.score.noise_alarms.update(names)
            self._note(f"silence [{', '.join(names)}; {self.dress.__name__}]: {seen.verdict} {_told(seen.changes)}")

    def _expect(self, truths: Sequence[Truth], seen: Seen, noises: Sequence[Noise]) -> None:
        others = [dated.change for dated in seen.changes]
        missed = []
        for truth in truths:
            right = next((change for change in others if truth.is_told_by(change)), None)
            if right is None:
                missed.append(truth)
                self.score.missed[truth.edit] += 1
            else:
                self.score.right[truth.edit] += 1
                self.score.true_changes += 1
                others = [change for change in others if change is not right or _shared(change, truth)]
        false = [one for one in others if one.change_class in _ALERTING and not any(t.is_told_by(one) for t in truths)]
        self.score.false_changes += len(false)
        if missed or false:
            names = ", ".join(noise.__name__ for noise in noises)
            edits = " + ".join(truth.edit for truth in truths)
            self._note(f"{edits} [{names}; {self.dress.__name__}] {seen.verdict}: {missed} -> {_told(seen.changes)}")

    def _note(self, text: str) -> None:
        self.score.misses.append(f"{self.watch.name}, night {self.night - 1}: {text}")


def _clash(truth: Truth, others: Sequence[Truth]) -> bool:
    """Whether an edit touches what another one of the same night touches, so that nobody could tell them apart."""
    return bool(others) and (_area(truth) == "whole" or any(_area(one) in (_area(truth), "whole") for one in others))


def _area(truth: Truth) -> str:
    """What an edit touches; those that divide or order the page anew touch all of it."""
    if truth.edit.startswith(("section", "paragraph", "list re", "page", "word")):
        return "whole"
    return truth.edit.split()[0]


def _shared(change: Change, truth: Truth) -> bool:
    """Whether one change may tell two edits: one section edited in two places is told once."""
    return change.kind == "edited" and truth.edit != "section split"


def _told(changes: Sequence[DatedChange]) -> str:
    return "; ".join(_line(dated.change) for dated in changes) or "nothing"


def _line(change: Change) -> str:
    return f"{change.entity} {change.kind} {change.field} ({change.change_class}) {change.before!r} -> {change.after!r}"


def measure(seed: int, pages: int, nights: int) -> Score:
    """Plays so many pages for so many nights each."""
    score = Score()
    for number in range(pages):
        History(number, seed, score).play(nights)
    return score


def report(score: Score) -> str:
    """The score as Markdown."""
    alarms = score.false_alarms_per_thousand
    failures = score.failures.total()
    lines = [
        "| measure | value |",
        "| --- | --- |",
        f"| edits | {score.right.total() + score.missed.total()} |",
        f"| recall (entity, kind, class, values right) | {score.recall:.3f} |",
        f"| precision | {score.precision:.3f} |",
        f"| false alarms on 1,000 silent page-nights | {alarms:.1f} ({score.false_alarms} of {score.silent_nights}) |",
        f"| returns recognised | {score.returns_known} of {score.returns} |",
        f"| collapses healed unheard | {score.healed_unheard} of {score.healed} |",
        f"| failures held back | {failures - score.failures_believed.total()} of {failures} |",
        f"| weeks of flapping, alerts beyond two | {score.flaps}, {score.flap_alarms} |",
        "",
        "| edit | right | missed |",
        "| --- | --- | --- |",
        *(f"| {edit} | {score.right[edit]} | {score.missed[edit]} |" for edit in sorted({*score.right, *score.missed})),
        "",
        "| noise | silent page-nights | false alarms |",
        "| --- | --- | --- |",
        *(
            f"| {name} | {score.noise_nights[name]} | {score.noise_alarms[name]} |"
            for name in sorted(score.noise_nights)
        ),
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the report; status 1 where the aims are missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--nights", type=int, default=40)
    parser.add_argument("--misses", type=int, default=10, help="so many misses are printed on standard error")
    given = parser.parse_args(arguments)
    score = measure(given.seed, given.pages, given.nights)
    sys.stdout.write(report(score) + "\n")
    for miss in score.misses[: given.misses]:
        sys.stderr.write(miss + "\n")
    return 0 if score.recall >= 0.97 and score.precision >= 0.97 and not score.false_alarms else 1


if __name__ == "__main__":
    sys.exit(main())
