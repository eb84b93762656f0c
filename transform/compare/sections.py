"""Changes of sections: headings that came, went, were renamed or moved, and text that was edited below them."""

from __future__ import annotations

from collections.abc import Sequence

from transform.change import ChangeClass, ChangeKind, Entity
from transform.compare.claims import Claims
from transform.compare.matching import Matching, likeness, match, out_of_order
from transform.compare.telling import tell
from transform.compare.wording import Hunk, hunks, is_editorial, joined, unexplained
from transform.german.text import comparable, key
from transform.records import Records, SectionRecord

_BODY_SPEAKS = 40
"""From so many characters on, the text below a heading tells whether two sections are the same one."""


def match_sections(before: Records, after: Records) -> Matching[SectionRecord]:
    """Which section is which: by heading, else by heading or text alike."""
    return match(
        before.sections,
        after.sections,
        identity=lambda section: key(section.heading),
        alike=_likeness,
        threshold=0.7,
        in_place=0.6,
    )


def _likeness(old: SectionRecord, new: SectionRecord) -> float:
    heading = likeness(old.heading, new.heading)
    if min(len(old.text), len(new.text)) < _BODY_SPEAKS:
        return heading
    return max(heading * 0.9, likeness(old.text, new.text))


def compare_headings(found: Matching[SectionRecord], claims: Claims) -> None:
    """Sections that came, went or were renamed, unless a field, goal or the page's title tells of it.

    A section that came or went accounts for all that stands in it.
    """
    for old, new in found.alike:
        if (key(old.heading), key(new.heading)) in claims.headings_renamed:
            continue
        editorial = is_editorial(old.heading, new.heading)
        claims.tell(
            tell(
                Entity.SECTION,
                new.heading,
                ChangeKind.RENAMED,
                field="heading",
                before=old.heading,
                after=new.heading,
                section=new.path,
                change_class=ChangeClass.EDITORIAL if editorial else ChangeClass.CONTENT,
            )
        )
        claims.claim_heading(old.heading, new.heading)
    for old in found.removed:
        if key(old.heading) not in claims.headings_removed:
            claims.tell(
                tell(
                    Entity.SECTION,
                    old.heading,
                    ChangeKind.REMOVED,
                    before=_whole(old),
                    section=old.path,
                    summary=f"Abschnitt entfallen: „{old.heading}“.",
                )
            )
    for new in found.added:
        if key(new.heading) not in claims.headings_added:
            claims.tell(
                tell(
                    Entity.SECTION,
                    new.heading,
                    ChangeKind.ADDED,
                    after=_whole(new),
                    section=new.path,
                    summary=f"Neuer Abschnitt: „{new.heading}“.",
                )
            )


def _whole(section: SectionRecord) -> str:
    return f"{section.heading}\n{section.text}".strip()


def compare_order(
    before: Sequence[SectionRecord], after: Sequence[SectionRecord], found: Matching[SectionRecord], claims: Claims
) -> None:
    """Sections that stand elsewhere; those whose records are told as reordered already are left out."""
    rank = {id(section): index for index, section in enumerate(before)}
    old_of = {id(new): old for old, new in found.pairs}
    kept = [section for section in after if id(section) in old_of]
    told = {
        key(name)
        for change in claims.changes
        if change.kind is ChangeKind.REORDERED
        for name in (change.after or "").split("\n")
    }
    for index in out_of_order([rank[id(old_of[id(section)])] for section in kept]):
        section = kept[index]
        if key(section.heading) in told:
            continue
        claims.tell(
            tell(
                Entity.SECTION,
                section.heading,
                ChangeKind.MOVED,
                field="position",
                before=_after_which(before, old_of[id(section)]),
                after=_after_which(after, section),
                section=section.path,
                change_class=ChangeClass.ORDER,
                summary=f"Abschnitt „{section.heading}“ steht an anderer Stelle der Seite.",
            )
        )


def _after_which(sections: Sequence[SectionRecord], section: SectionRecord) -> str:
    index = next(number for number, other in enumerate(sections) if other is section)
    return f"nach „{sections[index - 1].heading}“" if index else "am Anfang"


def compare_texts(found: Matching[SectionRecord], claims: Claims) -> None:
    """Edited text below matched headings: what no other change accounts for, one change a section.

    Words that moved from one section into another are accounted for on neither side: both sections say something else.
    """
    for old, new in found.pairs:
        if comparable(old.text) == comparable(new.text):
            continue
        rest = unexplained(hunks(old.text, new.text), claims.went, claims.came)
        if rest:
            _tell_edited(new, rest, claims)


def _tell_edited(new: SectionRecord, rest: Sequence[Hunk], claims: Claims) -> None:
    before = joined([hunk.sentence_before or " ".join(hunk.before) for hunk in rest])
    after = joined([hunk.sentence_after or " ".join(hunk.after) for hunk in rest])
    editorial = bool(before and after) and is_editorial(before, after)
    claims.tell(
        tell(
            Entity.SECTION,
            new.heading,
            ChangeKind.EDITED,
            field="text",
            before=before or None,
            after=after or None,
            section=new.path,
            change_class=ChangeClass.EDITORIAL if editorial else ChangeClass.CONTENT,
        )
    )
