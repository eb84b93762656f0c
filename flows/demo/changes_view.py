"""Changes and answers that were held back, as lines: the page and the kind, before and after, the German sentence."""

from __future__ import annotations

from rich.console import Console, Group
from rich.padding import Padding
from rich.text import Text

from flows.demo.told import ChangeTold, HeldBack
from flows.demo.word_diff import Fate, differing_parts, shortened, similarity, word_diff
from flows.demo.wording import day_of, shown

_SHORT_VALUE = 40
_LONGEST_VALUE = 280
_ALIKE = 0.4
"""Texts that share fewer of their words are shown one below the other instead of word by word."""

_REMARKS = {
    "editorial": "wording only",
    "order": "order only",
    "link_noise": "links only",
    "return": "back to an earlier version",
}
_STYLES = {Fate.STAYED: "", Fate.WENT: "red strike", Fate.CAME: "green"}
_BRACKETS = {Fate.STAYED: ("", ""), Fate.WENT: ("[-", "-]"), Fate.CAME: ("{+", "+}")}
"""Marks of ``wdiff``, where there is no colour to tell words apart."""


def is_marked(console: Console) -> bool:
    """Whether words that went and came need marks, because the console shows no colour."""
    return console.color_system is None or console.no_color


def change_lines(change: ChangeTold, *, marked: bool) -> Group:
    """What changed, before and after, and the sentence about it."""
    what = " ".join(shown(word) for word in (change.entity, change.kind, change.field) if word)
    remark = _REMARKS.get(change.change_class, "")
    head = Text.assemble((shown(change.page_id), "bold"), f"  {what}", (remark and f"  ({remark})", "dim"))
    values = _values(_on_one_line(change.before), _on_one_line(change.after), marked=marked)
    summary = Text(shown(change.summary), style="italic")
    return Group(head, *(Padding.indent(line, 2) for line in (*values, summary) if line.plain))


def held_back_line(held_back: HeldBack) -> Text:
    """What was not believed and why, and what stands instead."""
    stands = f"; what was seen on {day_of(held_back.stands_since)} stands" if held_back.stands_since else ""
    why = shown(held_back.why).removeprefix(f"{held_back.verdict}: ").rstrip(".")
    return Text.assemble(
        (shown(held_back.page_id), "bold"),
        "  held back: ",
        (shown(held_back.verdict), "yellow"),
        f"  {why}{stands}." if why else f"{stands}.",
    )


def _values(before: str, after: str, *, marked: bool) -> tuple[Text, ...]:
    """Both values: on one line where they are short, word by word where they are alike, else one below the other."""
    if not before or not after:
        return tuple(line for line in (_one("-", before, Fate.WENT), _one("+", after, Fate.CAME)) if line.plain)
    if " " not in before and " " not in after:
        before, after = differing_parts(before, after)
    if len(before) <= _SHORT_VALUE and len(after) <= _SHORT_VALUE:
        return (Text.assemble((before, _STYLES[Fate.WENT]), " → ", (after, _STYLES[Fate.CAME])),)
    if similarity(before, after) >= _ALIKE:
        return (_word_by_word(before, after, marked=marked),)
    return (_one("-", before, Fate.WENT), _one("+", after, Fate.CAME))


def _on_one_line(value: str | None) -> str:
    """A value without line breaks; the lines of a list stay apart."""
    return " · ".join(line for line in map(shown, (value or "").splitlines()) if line)


def _one(sign: str, value: str, fate: Fate) -> Text:
    """A value of its own with a sign before it; empty where there is none."""
    style = "green" if fate is Fate.CAME else "red"
    line = Text(f"{sign} {value}" if value else "", style=style)
    line.truncate(_LONGEST_VALUE, overflow="ellipsis")
    return line


def _word_by_word(before: str, after: str, *, marked: bool) -> Text:
    """One text in which words that went and words that came stand beside each other."""
    line = Text()
    for piece in shortened(word_diff(before, after)):
        opening, closing = _BRACKETS[piece.fate] if marked else ("", "")
        line.append(f"{opening}{' '.join(piece.words)}{closing}", style=_STYLES[piece.fate])
        line.append(" ")
    line.rstrip()
    line.truncate(_LONGEST_VALUE, overflow="ellipsis")
    return line
