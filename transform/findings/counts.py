"""Findings about lists: announced and missing, announced with another number, a colon with nothing behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transform.document import BlockKind
from transform.findings.defect import Defect
from transform.german.sentences import sentences
from transform.outline import Placed
from transform.records import ActionField
from transform.structure.announcements import ACTION_FIELDS, Announcement, announced, counted
from transform.structure.items import ItemList, Source

_POINTS_ELSEWHERE = re.compile(
    r"\b(?:hier|unten|folgende[nr]? (?:Seite|Dokument|PDF|Link)|PDF|Download|Kontakt|Anlage)\b", re.IGNORECASE
)


def missing_lists(blocks: Sequence[Placed], lists: Sequence[ItemList]) -> Iterator[Defect]:
    """Sentences that announce a list, with a colon and a count or a plural, behind which no list stands."""
    introduced = {found.intro_at for found in lists}
    for block in blocks:
        sentence = _open_end(block)
        found = announced(sentence) if sentence else None
        if sentence is None or found is None or not found.is_explicit or block.position in introduced:
            continue
        if _followed_by_items(blocks, block) or (found.count is None and _followed_by_text(blocks, block)):
            continue
        expected = f"{found.count} {found.noun}" if found.count is not None else f"a list of {found.noun}"
        yield Defect("missing_list", sentence, f"Expected {expected} behind the colon, found 0.", block)


def dangling_colons(blocks: Sequence[Placed], lists: Sequence[ItemList]) -> Iterator[Defect]:
    """Paragraphs that end in a colon with nothing behind that belongs to them."""
    introduced = {found.intro_at for found in lists}
    for block in blocks:
        sentence = _open_end(block)
        if sentence is None or block.position in introduced or _followed_by_items(blocks, block):
            continue
        found = announced(sentence)
        if found is not None and found.is_explicit:
            continue
        if _followed_by_text(blocks, block):
            continue
        after = blocks[block.position + 1].block if block.position + 1 < len(blocks) else None
        what = f"the heading „{after.text}“" if after is not None else "the end of the page"
        yield Defect("dangling_colon", sentence, f"Expected what the colon announces, found {what}.", block)


def count_mismatches(
    blocks: Sequence[Placed], lists: Sequence[ItemList], fields: Sequence[ActionField]
) -> Iterator[Defect]:
    """Lists with another number of items than announced, and action fields with another number than the page says."""
    for found in lists:
        if found.count is None or found.count == len(found.items) or found.intro_at is None:
            continue
        if found.source is Source.SENTENCE and len(found.items) < 2:
            continue
        detail = f"Expected {found.count} items as announced, found {len(found.items)}."
        yield Defect("count_mismatch", found.intro or found.items[0].evidence, detail, blocks[found.intro_at])
    if fields:
        yield from _field_mismatch(blocks, fields)


def _field_mismatch(blocks: Sequence[Placed], fields: Sequence[ActionField]) -> Iterator[Defect]:
    """The first sentence that counts action fields, if its numbers do not add up to what is listed."""
    for block in blocks:
        if block.block.kind is not BlockKind.PARAGRAPH:
            continue
        for sentence in sentences(block.block.text):
            told = [each for each in counted(sentence) if each.role == ACTION_FIELDS]
            if not told:
                continue
            total = _total(told)
            if len(fields) not in {total, *(each.count for each in told)}:
                detail = f"Expected {total} action fields as announced, found {len(fields)}."
                yield Defect("count_mismatch", sentence, detail, block)
            return


def _total(told: Sequence[Announcement]) -> int:
    """The numbers of one sentence added up."""
    return sum(each.count or 0 for each in told)


def _open_end(block: Placed) -> str | None:
    """The last sentence of a paragraph that ends in a colon."""
    text = block.block.text.rstrip()
    if block.block.kind is not BlockKind.PARAGRAPH or not text.endswith(":") or len(text.split()) < 3:
        return None
    sentence = sentences(text)[-1]
    return None if _POINTS_ELSEWHERE.search(sentence) else sentence


def _followed_by_text(blocks: Sequence[Placed], block: Placed) -> bool:
    """Whether another paragraph comes next, which may be what the colon announces."""
    after = blocks[block.position + 1].block if block.position + 1 < len(blocks) else None
    return after is not None and after.kind is BlockKind.PARAGRAPH


def _followed_by_items(blocks: Sequence[Placed], block: Placed) -> bool:
    """Whether list items or table rows come next."""
    after = blocks[block.position + 1].block if block.position + 1 < len(blocks) else None
    return after is not None and after.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)
