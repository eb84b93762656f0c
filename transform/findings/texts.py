"""Findings about words: placeholders left standing, paragraphs told twice, marks and line breaks gone wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise

from rapidfuzz import fuzz, process

from transform.document import BlockKind
from transform.findings.defect import Defect
from transform.german.sentences import sentences
from transform.german.text import comparable
from transform.outline import Placed

_NEAR = 85.0
"""Least similarity (0 to 100) at which two paragraphs tell the same."""
_LEAST_CHARS = 80
"""Shorter paragraphs repeat by chance: addresses, labels."""
_MOST_PARAGRAPHS = 400

_PLACEHOLDERS = re.compile(
    r"\((?:LINK|Link|link|PDF|Bild|BILD|Datum|XX+)\)|"
    r"\[(?:LINK|Link|Bild|Datum|Name|Platzhalter|(?:Text|Inhalt|Bild|Link)\s+folgt[^\]]*)\]|"
    r"(?i:lorem ipsum[\w ,]*)|\bX{3,}\b|\bTODO\b|\bTBD\b|\bt\.?b\.?d\.(?!\w)|"
    r"\b(?:Text|Inhalte?|Weitere Informationen) folg(?:t|en)\b(?: in Kürze)?|"
    r"Hier steht (?:ein |der )?(?:Text|Blindtext)|Blindtext|\{\{?\w+\}?\}|\bPlatzhalter(?:text)?\b"
)
_MARKS = ("(", "[", "{", "lorem", "xxx", "todo", "tb", "t.b", "folg", "hier steht", "blindtext", "platzhalter")
"""In small letters: of these every placeholder has one."""
_DASH_FOR_HYPHEN = re.compile(
    r"\b\w+\s+(?:und|oder|bzw\.|sowie)\s+[–—][A-ZÄÖÜ]\w+|\b\w+[–—]\s+(?:und|oder|bzw\.|sowie)\s+\w+"
)
_DOUBLED = re.compile(r"\b(?P<word>[A-Za-zÄÖÜäöüß]{2,})\s+(?P=word)\b")
_MAY_DOUBLE = frozenset(("die", "der", "das", "den", "dem", "sie", "wir", "ihr", "sich", "dass", "uns", "nach", "für"))
_DEAD_ANCHOR = re.compile(
    r"\b(?:[Kk]licken Sie (?:bitte )?hier|(?:können|finden Sie|lesen Sie|findet man) (?:Sie )?hier)\b[^.!?]{0,60}"
)
_REFERENCE = re.compile(r"\b(?:siehe|vgl\.)\s+(?:Abbildung|Abb\.|Tabelle|Tab\.|Anlage|Anhang)\s*\d*")
_MOJIBAKE = re.compile(r"[ÃÂ][\u0080-\u00bf¤¶¼Ÿœ„–]|â€[œ“”™ž\u009d]|\ufffd")


def text_defects(blocks: Sequence[Placed]) -> Iterator[Defect]:
    """Defects that show in the words of single blocks."""
    for number, block in enumerate(blocks):
        if block.block.kind is BlockKind.HEADING:
            yield from _empty_heading(blocks, number)
        if block.block.kind is BlockKind.KICKER:
            continue
        for check in _CHECKS:
            yield from check(block)


def duplicates(blocks: Sequence[Placed]) -> Iterator[Defect]:
    """Paragraphs that tell nearly the same as an earlier one; the later one is the finding."""
    paragraphs = [
        (block, comparable(block.block.text))
        for block in blocks
        if block.block.kind is BlockKind.PARAGRAPH and len(block.block.text) >= _LEAST_CHARS
    ][:_MOST_PARAGRAPHS]
    texts = [text for _, text in paragraphs]
    for number, (block, text) in enumerate(paragraphs):
        alike = process.extract_iter(text, texts[:number], scorer=fuzz.ratio, score_cutoff=_NEAR)
        for other, likeness, at in islice(alike, 1):
            place = paragraphs[at][0].path or "the page"
            same = f"{likeness:.0f} % the same as „{' '.join(other.split()[:8])} …“ in {place}"
            yield Defect("near_duplicate_paragraph", " ".join(block.block.text.split()), f"Found {same}.", block)


def _placeholders(block: Placed) -> Iterator[Defect]:
    lower = block.block.text.lower()
    if not any(mark in lower for mark in _MARKS):
        return
    for match in _PLACEHOLDERS.finditer(block.block.text):
        yield Defect(
            "placeholder", match[0], "Expected the text or link that was to stand here, found a placeholder.", block
        )


def _dashes(block: Placed) -> Iterator[Defect]:
    if "–" not in block.block.text and "—" not in block.block.text:
        return
    for match in _DASH_FOR_HYPHEN.finditer(block.block.text):
        yield Defect("dash_for_hyphen", match[0], "Expected a hyphen for the word left out, found a dash.", block)


def _doubled_words(block: Placed) -> Iterator[Defect]:
    for match in _DOUBLED.finditer(block.block.text):
        if match["word"].lower() not in _MAY_DOUBLE:
            yield Defect("doubled_word", match[0], f"Expected „{match['word']}“ once, found it twice in a row.", block)


def _dead_anchors(block: Placed) -> Iterator[Defect]:
    if "hier" not in block.block.text or any("hier" in link.label.lower().split() for link in block.block.links):
        return
    for match in _DEAD_ANCHOR.finditer(block.block.text):
        if not block.block.links:
            yield Defect("dead_anchor_text", match[0], "Expected a link on „hier“, found none.", block)


def _references(block: Placed) -> Iterator[Defect]:
    if block.block.links:
        return
    for match in _REFERENCE.finditer(block.block.text):
        yield Defect(
            "dangling_reference", match[0], "Expected what the reference points at, found no link to it.", block
        )


def _hard_breaks(block: Placed) -> Iterator[Defect]:
    """A line break inside a sentence: the line goes on with a small letter, the one before has no end."""
    lines = block.block.text.split("\n")
    if block.block.kind is not BlockKind.PARAGRAPH or len(lines) < 2:
        return
    for line, following in pairwise(lines):
        words, after = line.split(), following.split()
        if len(words) >= 5 and len(after) >= 3 and line[-1].isalpha() and after[0][0].islower():
            evidence = " ".join([*words[-4:], *after[:3]])
            yield Defect(
                "hard_line_break_in_sentence", evidence, "Expected one line, found a break in the sentence.", block
            )


def _mojibake(block: Placed) -> Iterator[Defect]:
    if not _MOJIBAKE.search(block.block.text):
        return
    for sentence in sentences(block.block.text):
        if match := _MOJIBAKE.search(sentence):
            detail = (
                f"Expected German letters, found „{match[0]}“: the text was decoded wrongly before it was published."
            )
            yield Defect("mojibake", sentence, detail, block)


def _empty_heading(blocks: Sequence[Placed], number: int) -> Iterator[Defect]:
    """A heading with neither text nor a deeper heading below it."""
    block = blocks[number].block
    after = blocks[number + 1].block if number + 1 < len(blocks) else None
    if after is not None and (after.kind is not BlockKind.HEADING or after.level > block.level):
        return
    text = " ".join(block.text.split())
    if text:
        yield Defect("empty_heading", text, "Expected text below the heading, found none.", blocks[number])


_CHECKS: tuple[Callable[[Placed], Iterator[Defect]], ...] = (
    _placeholders,
    _dashes,
    _doubled_words,
    _dead_anchors,
    _references,
    _hard_breaks,
    _mojibake,
)
