"""Findings: defects of the page itself, told with the words in which they show.

A finding needs no knowledge of other pages.  It never drops or invents a record: four topics announced and none listed
are a finding, not four empty rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.model import Declaration, PageKind
from transform.document import Document
from transform.findings.counts import count_mismatches, dangling_colons, missing_lists
from transform.findings.defect import Defect
from transform.findings.texts import duplicates, text_defects
from transform.german.text import key
from transform.outline import placed
from transform.records import ActionField, Finding, Strategy
from transform.structure.items import ItemList


def read_findings(
    document: Document,
    declaration: Declaration,
    *,
    lists: Sequence[ItemList],
    fields: Sequence[ActionField],
    strategies: Sequence[Strategy],
) -> tuple[Finding, ...]:
    """All defects of a page, in reading order; those of the page as a whole come first.

    Args:
        document: The page.
        declaration: Its entry in the catalogue.
        lists: Its lists, as found.
        fields: Its action fields, for comparing with the number that the page announces.
        strategies: What it tells of a strategy.
    """
    blocks = placed(document)
    defects = [
        *_page_defects(document, declaration, strategies),
        *missing_lists(blocks, lists),
        *count_mismatches(blocks, lists, fields),
        *dangling_colons(blocks, lists),
        *duplicates(blocks),
        *text_defects(blocks),
    ]
    defects.sort(key=lambda defect: defect.place.position if defect.place else -1)
    unique = dict.fromkeys((defect.type, defect.evidence) for defect in defects)
    first = {pair: next(each for each in defects if (each.type, each.evidence) == pair) for pair in unique}
    return tuple(_record(position, defect) for position, defect in enumerate(first.values()))


def _record(position: int, defect: Defect) -> Finding:
    """A defect as a record."""
    return Finding(
        position=position,
        section=defect.place.path if defect.place else None,
        evidence=defect.evidence,
        type=defect.type,
        detail=defect.detail,
    )


def _page_defects(document: Document, declaration: Declaration, strategies: Sequence[Strategy]) -> Iterator[Defect]:
    """What is to be known of the page as a whole."""
    title = next((block.text for block in document.headings if block.text.strip()), document.title.strip())
    if declaration.kind is PageKind.NEWS and title:
        detail = "A news page tells of no strategy of its own; names and years of events in it are none."
        yield Defect("no_strategy_on_page", title, detail)
    if declaration.kind is PageKind.THIRD_PARTY_SUMMARY or not declaration.is_official:
        sentence = _names_publisher(document, declaration.publisher) or title
        if sentence:
            detail = f"Told by {declaration.publisher}, not by the Land; it never overwrites an official page."
            yield Defect("third_party_source", sentence, detail)
    for strategy in strategies:
        others = [name for name in (strategy.variants or "").split(" | ") if not _is_shorter(name, strategy.title)]
        if others:
            detail = f"Expected one name, found „{strategy.title}“ and also: {', '.join(others)}."
            yield Defect("title_variant", others[0], detail)


def _is_shorter(one: str, other: str) -> bool:
    """Whether one name is only a shorter form of the other, or empty."""
    return not one or key(one) in key(other) or key(other) in key(one)


def _names_publisher(document: Document, publisher: str) -> str | None:
    """The first block that names the publisher."""
    return next(
        (" ".join(block.text.split()) for block in document.blocks if publisher and publisher in block.text), None
    )
