"""Topics of the common taxonomy that a page speaks of, with the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from transform.document import BlockKind, Document
from transform.german.sentences import sentences
from transform.outline import Placed, placed
from transform.records import Topic
from transform.topics.taxonomy import EXCLUDED, TAXONOMY, TopicPatterns

_SEPARATOR = " | "
_HYPHENS = r"\-‐‑"


def read_topics(document: Document) -> tuple[Topic, ...]:
    """One record for each topic that the main content names, sorted by topic.

    ``matched_in`` holds each matching word once, verbatim, in order of appearance; ``evidence`` is the first sentence
    that has one, ``section`` where it stands.
    """
    blocks = [block for block in placed(document) if block.block.kind is not BlockKind.KICKER]
    lowered = [(block, block.block.text.lower()) for block in blocks]
    page = "\n".join(lower for _, lower in lowered)
    found = [
        (patterns, list(_matches(patterns, [part for part in _parts(patterns) if part in page], lowered)))
        for patterns in sorted(TAXONOMY, key=lambda topic: topic.name)
    ]
    named = [(patterns, matches) for patterns, matches in found if matches]
    return tuple(_record(position, patterns, matches) for position, (patterns, matches) in enumerate(named))


def _matches(
    patterns: TopicPatterns, parts: list[str], blocks: list[tuple[Placed, str]]
) -> Iterator[tuple[Placed, str]]:
    """Every word of a topic with its block, in reading order; ``parts`` are those of its words that the page has."""
    pattern, excluded = _compiled(patterns), EXCLUDED.get(patterns.name, ())
    for block, lower in blocks if parts else ():
        if not any(part in lower for part in parts):
            continue
        for match in pattern.finditer(block.block.text):
            if not any(word in match[0].lower() for word in excluded):
                yield block, " ".join(match[0].split())


def _record(position: int, patterns: TopicPatterns, matches: list[tuple[Placed, str]]) -> Topic:
    """A topic as a record."""
    block, word = matches[0]
    lines = [sentence for line in block.block.text.split("\n") for sentence in sentences(line)]
    evidence = next((line for line in lines if word in line), " ".join(block.block.text.split()))
    words = dict.fromkeys(word for _, word in matches)
    return Topic(
        position=position,
        section=block.path,
        evidence=evidence,
        topic=patterns.name,
        matched_in=_SEPARATOR.join(words),
    )


@lru_cache(maxsize=64)
def _parts(patterns: TopicPatterns) -> tuple[str, ...]:
    """Parts of words of which a text that speaks of a topic has one: a quick look before the slow one."""
    return tuple({re.split(r"[\s-]", pattern.strip("^$"))[0].lower() for pattern in patterns.patterns})


@lru_cache(maxsize=64)
def _compiled(patterns: TopicPatterns) -> re.Pattern[str]:
    """All patterns of a topic as one expression over whole words, the longest words first."""
    parts = sorted((_expression(pattern) for pattern in patterns.patterns), key=len, reverse=True)
    return re.compile(rf"(?<![\w{_HYPHENS}])(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


def _expression(pattern: str) -> str:
    """One pattern as an expression: parts of words are widened to whole words."""
    words = pattern.removeprefix("^").removesuffix("$").split()
    if len(words) > 1:
        return r"\s+".join(rf"{_literal(word)}[\w{_HYPHENS}]*" for word in words)
    before = "" if pattern.startswith("^") else rf"[\w{_HYPHENS}]*?"
    after = "" if pattern.endswith("$") else rf"[\w{_HYPHENS}]*"
    return rf"{before}{_literal(words[0])}{after}"


def _literal(word: str) -> str:
    """A word as an expression; its hyphens match hyphens that do not break the line as well."""
    return re.escape(word).replace(r"\-", f"[{_HYPHENS}]")
