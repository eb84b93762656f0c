"""What was seen, as a compact matrix: a row for each page, a column for each night."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich import box
from rich.columns import Columns
from rich.table import Table
from rich.text import Text

from flows.demo.told import Account, NightSeen
from flows.demo.wording import short_day_of, shown


@dataclass(frozen=True, slots=True)
class _Mark:
    """How an outcome looks: a sign, its stand-in where only ASCII can be shown, a style, and what it means."""

    sign: str
    ascii_sign: str
    style: str
    meaning: str

    def text(self, *, ascii_only: bool) -> str:
        """The sign that can be shown."""
        return self.ascii_sign if ascii_only else self.sign


_MARKS = {
    "changed": _Mark("Δ", "*", "bold cyan", "changed (how often)"),
    "verified": _Mark("✓", "v", "green", "verified"),
    "not_modified": _Mark("=", "=", "dim", "not modified (304)"),
    "suspect": _Mark("?", "?", "yellow", "suspect"),
    "blocked": _Mark("!", "!", "yellow", "blocked"),
    "gone": _Mark("∅", "0", "magenta", "gone"),
    "failed": _Mark("✗", "x", "red", "failed"),
    "unasked": _Mark("·", ".", "dim", "not asked"),
}


def matrix(account: Account, *, ascii_only: bool) -> Table:
    """One row for each page, one column for each night."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("page", no_wrap=True)
    for night in account.nights:
        table.add_column(short_day_of(night.observed_at), justify="center", no_wrap=True)
    for page_id in account.page_ids:
        table.add_row(shown(page_id), *(_cell(night, page_id, ascii_only=ascii_only) for night in account.nights))
    return table


def legend(account: Account, *, ascii_only: bool) -> Columns:
    """What the signs mean, as far as they occur."""
    seen = {_state(night, page_id) for night in account.nights for page_id in account.page_ids}
    return Columns(_meanings(seen, ascii_only=ascii_only), padding=(0, 3))


def _meanings(states: set[str], *, ascii_only: bool) -> Iterator[Text]:
    """Each sign that occurs with its meaning."""
    for state, mark in _MARKS.items():
        if state in states:
            yield Text.assemble((mark.text(ascii_only=ascii_only), mark.style), f" {mark.meaning}")


def _cell(night: NightSeen, page_id: str, *, ascii_only: bool) -> Text:
    """The sign of what was seen, with the number of changes."""
    state = _state(night, page_id)
    count = f" {_changes(night, page_id)}" if state == "changed" else ""
    mark = _MARKS[state]
    return Text(mark.text(ascii_only=ascii_only) + count, style=mark.style)


def _state(night: NightSeen, page_id: str) -> str:
    """The outcome, or ``changed`` for a page that was seen well and differed from the last time."""
    page = night.verdict_of(page_id)
    if page is None or page.outcome not in _MARKS:
        return "unasked"
    good = page.outcome in ("verified", "not_modified")
    return "changed" if good and _changes(night, page_id) else page.outcome


def _changes(night: NightSeen, page_id: str) -> int:
    """How many changes of a page the night told."""
    return sum(change.page_id == page_id for change in night.changes)
