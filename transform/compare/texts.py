"""Edited and moved text: what no other change accounts for, one change a section.

Corrections of spelling beside an edit are a change of their own, so that the edit's message shows the edit alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transform.change import ChangeClass, ChangeKind, Entity
from transform.compare.claims import Claims
from transform.compare.regrouping import Group, Grouping
from transform.compare.telling import tell
from transform.compare.wording import Hunk, bag, hunks, is_editorial, joined, shortened
from transform.german.text import comparable
from transform.records import SectionRecord

_MOVED_WORDS = 4
"""So many words that vanish in one place and stand in another are the same ones, moved; fewer are chance."""


@dataclass(frozen=True, slots=True)
class _Rest:
    """What is left to be told of a group of sections."""

    group: Group
    hunks: list[Hunk]

    @property
    def old(self) -> SectionRecord:
        return self.group.before[0]

    @property
    def new(self) -> SectionRecord:
        return self.group.after[0]


def compare_texts(grouping: Grouping, claims: Claims) -> None:
    """Text that moved, then text that was edited below the headings of each group."""
    rests = [
        _Rest(group, list(claims.unexplained(hunks(group.text_before, group.text_after))))
        for group in grouping.groups
        if comparable(group.text_before) != comparable(group.text_after)
    ]
    _tell_moved(rests, claims)
    _tell_moved_with_sections(rests, grouping, claims)
    for rest in rests:
        spelling = [hunk for hunk in rest.hunks if _is_editorial(hunk)]
        meaning = [hunk for hunk in rest.hunks if hunk not in spelling]
        for change_class, part in ((ChangeClass.CONTENT, meaning), (ChangeClass.EDITORIAL, spelling)):
            if part:
                _tell_edited(rest.new, part, change_class, claims)


def _tell_moved(rests: Sequence[_Rest], claims: Claims) -> None:
    """Words that went in one place and came, the same, in another: moved, which alerts nobody."""
    gone = [
        (rest, hunk) for rest in rests for hunk in rest.hunks if not hunk.after and len(hunk.before) >= _MOVED_WORDS
    ]
    for rest in rests:
        for hunk in [one for one in rest.hunks if not one.before and len(one.after) >= _MOVED_WORDS]:
            origin = next(((source, lost) for source, lost in gone if bag(*lost.before) == bag(*hunk.after)), None)
            if origin is None:
                continue
            gone.remove(origin)
            source, lost = origin
            source.hunks.remove(lost)
            rest.hunks.remove(hunk)
            _tell_one_moved(source.old, rest.new, hunk, claims)


def _tell_moved_with_sections(rests: Sequence[_Rest], grouping: Grouping, claims: Claims) -> None:
    """Words that stand in a section that came, or stood in one that went, and were or are beside it."""
    for rest in rests:
        for hunk in [one for one in rest.hunks if not one.after and len(one.before) >= _MOVED_WORDS]:
            new = _saying(grouping.added, hunk.before)
            if new is not None:
                rest.hunks.remove(hunk)
                _tell_one_moved(rest.old, new, hunk, claims)
        for hunk in [one for one in rest.hunks if not one.before and len(one.after) >= _MOVED_WORDS]:
            old = _saying(grouping.removed, hunk.after)
            if old is not None:
                rest.hunks.remove(hunk)
                _tell_one_moved(old, rest.new, hunk, claims)


def _saying(sections: Sequence[SectionRecord], said: Sequence[str]) -> SectionRecord | None:
    sought = f" {' '.join(said)} "
    return next((section for section in sections if sought in f" {comparable(section.text)} "), None)


def _tell_one_moved(old: SectionRecord, new: SectionRecord, hunk: Hunk, claims: Claims) -> None:
    text = hunk.sentence_after or hunk.sentence_before or " ".join(hunk.after or hunk.before)
    where = (
        f"innerhalb des Abschnitts „{new.heading}“"
        if old.heading == new.heading
        else f"von „{old.heading}“ nach „{new.heading}“"
    )
    claims.tell(
        tell(
            Entity.SECTION,
            new.heading,
            ChangeKind.MOVED,
            field="text",
            before=text,
            after=text,
            section=new.path,
            change_class=ChangeClass.ORDER,
            summary=f"Text verschoben {where}: „{shortened(text)}“",
        )
    )


def _is_editorial(hunk: Hunk) -> bool:
    """Whether a hunk alone, in its sentence, is a correction of spelling."""
    before, after = " ".join(hunk.before), " ".join(hunk.after)
    if before and after:
        return is_editorial(before, after)
    return bool(hunk.sentence_before and hunk.sentence_after) and is_editorial(
        hunk.sentence_before, hunk.sentence_after
    )


def _tell_edited(new: SectionRecord, rest: Sequence[Hunk], change_class: ChangeClass, claims: Claims) -> None:
    """One change for all that was edited in a section, told in whole sentences."""
    before = joined([hunk.sentence_before or " ".join(hunk.before) for hunk in rest])
    after = joined([hunk.sentence_after or " ".join(hunk.after) for hunk in rest])
    claims.tell(
        tell(
            Entity.SECTION,
            new.heading,
            ChangeKind.EDITED,
            field="text",
            before=before or None,
            after=after or None,
            section=new.path,
            change_class=change_class,
        )
    )
