"""Changes of sections: headings that came, went, were renamed, split, merged or moved."""

from __future__ import annotations

from collections.abc import Sequence

from transform.change import ChangeClass, ChangeKind, Entity
from transform.compare.claims import Claims
from transform.compare.matching import Matching, likeness, match, out_of_order
from transform.compare.numbering import unnumbered
from transform.compare.regrouping import Group, Grouping
from transform.compare.telling import tell
from transform.compare.wording import hunks, is_editorial
from transform.german.text import key
from transform.records import Records, SectionRecord
from transform.structure.action_fields import clean_name

_SAME_SHORT_TEXT = 0.65
"""A few words that are the same tell two sections in the same place to be one: another name above them."""
_BODY_SPEAKS = 40
"""From so many characters on, the text below a heading tells whether two sections are the same one."""


def match_sections(before: Records, after: Records) -> Matching[SectionRecord]:
    """Which section is which: by heading, whatever its chapter number, else by heading or text alike.

    Of several sections of one heading those of the same text go together, else those below the same headings.
    """
    names = chapter_names(before.sections) | chapter_names(after.sections)

    def name(section: SectionRecord) -> str:
        return key(names[id(section)])

    return match(
        before.sections,
        after.sections,
        identity=name,
        alike=lambda old, new: _likeness(old, new, likeness(name(old), name(new))),
        threshold=0.7,
        in_place=0.6,
        surer=(lambda section: (name(section), key(section.text)), lambda section: key(section.path)),
    )


def chapter_names(sections: Sequence[SectionRecord]) -> dict[int, str]:
    """The headings of one side without chapter numbers, by ``id()`` of the section."""
    names = unnumbered([section.heading for section in sections])
    return {id(section): names[section.heading] for section in sections}


def _likeness(old: SectionRecord, new: SectionRecord, heading: float) -> float:
    if min(len(old.text), len(new.text)) < _BODY_SPEAKS:
        return max(heading, _SAME_SHORT_TEXT) if old.text and key(old.text) == key(new.text) else heading
    return max(heading * 0.9, likeness(old.text, new.text))


def compare_headings(found: Grouping, names: dict[int, str], claims: Claims) -> None:
    """Sections that came, went, were renamed, split or merged, unless a field, goal or the page's title tells of it.

    A section that came or went accounts for all that stands in it.  ``names`` are the headings of both sides without
    chapter numbers (:func:`chapter_names`).
    """
    renumbered: list[tuple[SectionRecord, SectionRecord]] = []
    for group in found.groups:
        old, new = group.before[0], group.after[0]
        if group.is_regrouped:
            _tell_regrouped(group, claims)
        elif key(old.heading) != key(new.heading) and key(names[id(old)]) == key(names[id(new)]):
            renumbered.append((old, new))
        else:
            _tell_renamed(old, new, claims)
    if renumbered:
        _tell_renumbered(renumbered, claims)
    for old in found.removed:
        if not claims.tell_of_removed(old.heading):
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
        if not claims.tell_of_added(new.heading):
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


def _tell_renamed(old: SectionRecord, new: SectionRecord, claims: Claims) -> None:
    was, now = old.heading, new.heading
    if key(was) == key(now) or claims.tell_of_renamed(was, now):
        return
    if claims.explain(hunks(was, now)):
        claims.claim_heading(was, now)
        return  # a figure in it is another one, and told as such
    claims.tell(
        tell(
            Entity.SECTION,
            now,
            ChangeKind.RENAMED,
            field="heading",
            before=was,
            after=now,
            section=new.path,
            change_class=ChangeClass.EDITORIAL if is_editorial(was, now) else ChangeClass.CONTENT,
        )
    )
    claims.claim_heading(was, now)


def _tell_renumbered(pairs: Sequence[tuple[SectionRecord, SectionRecord]], claims: Claims) -> None:
    """One change for all chapters that have another number: a matter of order."""
    old, new = pairs[0]
    others = f" (und {len(pairs) - 1} weitere)" if len(pairs) > 1 else ""
    claims.tell(
        tell(
            Entity.SECTION,
            new.heading,
            ChangeKind.RENAMED,
            field="heading",
            before="\n".join(one.heading for one, _ in pairs),
            after="\n".join(other.heading for _, other in pairs),
            section=new.path,
            change_class=ChangeClass.ORDER,
            summary=f"Abschnitte neu nummeriert: „{old.heading}“ heißt jetzt „{new.heading}“{others}.",
        )
    )
    for one, other in pairs:
        claims.claim_heading(one.heading, other.heading)


def _tell_regrouped(group: Group, claims: Claims) -> None:
    """One change for a section that was split or for sections that were merged, with all headings of both sides."""
    if any(claims.tell_of_removed(old.heading) for old in group.before) or any(
        claims.tell_of_added(new.heading) for new in group.after
    ):
        return  # told already: an action field or a goal of that heading came or went
    olds, news = [section.heading for section in group.before], [section.heading for section in group.after]
    kept = [heading for heading in news if key(heading) in {key(old) for old in olds}]
    verb = "geteilt" if len(news) > len(olds) else "zusammengelegt"
    claims.tell(
        tell(
            Entity.SECTION,
            news[0] if not kept else kept[0],
            ChangeKind.EDITED if kept else ChangeKind.RENAMED,
            field="heading",
            before="\n".join(olds),
            after="\n".join(news),
            section=group.after[0].path,
            summary=f"Abschnitt {verb}: aus {_listed(olds)} wurde {_listed(news)}."
            if verb == "geteilt"
            else f"Abschnitte {verb}: aus {_listed(olds)} wurde {_listed(news)}.",
        )
    )
    for heading in olds:
        claims.claim_heading(heading, None)
    for heading in news:
        claims.claim_heading(None, heading)


def _listed(headings: Sequence[str]) -> str:
    return " und ".join(f"„{heading}“" for heading in headings)


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
        if key(section.heading) in told or key(clean_name(section.heading)) in told:
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
