"""Sections: every heading with the text below it, up to the next heading."""

from __future__ import annotations

from transform.document import BlockKind, Document
from transform.outline import SEPARATOR, Placed, placed
from transform.records import SectionRecord

_EVIDENCE_WORDS = 12


def read_sections(document: Document) -> tuple[SectionRecord, ...]:
    """One section for each heading, in reading order, with its level as on the page.

    Text before the first heading makes a section with an empty heading of level 1.  A kicker belongs to no section.
    """
    groups: list[list[Placed]] = []
    for block in placed(document):
        if block.block.kind is BlockKind.KICKER or not block.block.text.strip():
            continue
        if block.block.kind is BlockKind.HEADING or not groups:
            groups.append([block])
        else:
            groups[-1].append(block)
    return tuple(_section(position, group) for position, group in enumerate(groups))


def _section(position: int, group: list[Placed]) -> SectionRecord:
    """A group of blocks, its heading first where it has one, as a record."""
    heading = group[0] if group[0].block.kind is BlockKind.HEADING else None
    body = group[1:] if heading else group
    title = " ".join(heading.block.text.split()) if heading else ""
    lines = [" ".join(block.block.text.split()) for block in body]
    return SectionRecord(
        position=position,
        section=SEPARATOR.join(heading.headings[:-1]) or None if heading else None,
        evidence=title or " ".join(lines[0].split()[:_EVIDENCE_WORDS]),
        level=heading.block.level if heading else 1,
        heading=title,
        path=SEPARATOR.join(heading.headings) if heading else "",
        text="\n".join(lines),
    )
