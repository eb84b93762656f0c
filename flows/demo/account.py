"""The account of a played demo: what was seen in each night, what changed, what was held back, and what to ask next.

Plain values come in, text for a terminal goes out; nothing is looked up here.  Colour only underlines what the words
say already: without it (a pipe, ``NO_COLOR``) the same account reads as plain text.
"""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from flows.demo.changes_view import change_lines, held_back_line, is_marked
from flows.demo.matrix_view import legend, matrix
from flows.demo.suggestions import suggestions
from flows.demo.told import Account, ChangeTold, HeldBack, NightSeen, PageSeen
from flows.demo.wording import counted, day_of, shown

__all__ = ["Account", "ChangeTold", "HeldBack", "NightSeen", "PageSeen", "render_account"]


def render_account(account: Account, console: Console) -> None:
    """Print the account; ASCII marks where the console's encoding has no others."""
    console.print(Rule(Text("What the monitor saw", style="bold"), style="dim"))
    console.print(matrix(account, ascii_only=console.options.ascii_only))
    console.print(Padding(legend(account, ascii_only=console.options.ascii_only), (1, 0), expand=False))
    for night in account.nights:
        _render_night(night, console)
    console.print(Padding(_totals(account), (1, 0), expand=False))
    if account.nights:
        console.print(Text("Three things to ask next", style="bold"))
        for suggestion in suggestions(account.nights[0].observed_at):
            console.print(Text(f"\n{suggestion.question}"))
            console.print(Text(suggestion.command(account.data_folder, account.program), style="cyan"), soft_wrap=True)


def _render_night(night: NightSeen, console: Console) -> None:
    """The night's line, then its changes, then what was held back."""
    console.print(Text.assemble((day_of(night.observed_at), "bold"), f"  {shown(night.about)}"))
    if not (night.changes or night.held_back or night.alerts) and night.number > 0:
        console.print(Padding.indent(Text("nothing changed, nobody was told", style="dim"), 2))
    for change in night.changes:
        console.print(Padding.indent(change_lines(change, marked=is_marked(console)), 2))
    for held_back in night.held_back:
        console.print(Padding.indent(held_back_line(held_back), 2))


def _totals(account: Account) -> Text:
    """Everything counted, in two sentences."""
    visits = sum(len(night.pages) for night in account.nights)
    changes = [change for night in account.nights for change in night.changes]
    held_back = sum(len(night.held_back) for night in account.nights)
    alerts = sum(night.alerts for night in account.nights)
    return Text(
        f"{counted(len(account.page_ids), 'page')} over {counted(len(account.nights), 'night')}: "
        f"{counted(visits, 'visit')}, {counted(len(changes), 'change')}, {counted(alerts, 'alert')}; "
        f"{counted(held_back, 'answer')} held back. Played in {account.seconds:.0f} s."
    )
