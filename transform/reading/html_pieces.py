"""Stretches of text of which a block is put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transform.german.text import displayed
from transform.reading.phrases import without_inline_noise


@dataclass(slots=True)
class Piece:
    """A stretch of text with the link it stands in and whether it is bold; a line feed breaks the line."""

    text: str
    link: int | None
    bold: bool


def paragraphs_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces of each paragraph: two line breaks in a row separate paragraphs."""
    parts: list[list[Piece]] = [[]]
    breaks = 0
    for piece in pieces:
        if piece.text == "\n":
            breaks += 1
        elif piece.text.strip():
            if breaks > 1:
                parts.append([])
            breaks = 0
        parts[-1].append(piece)
    return parts


def lines_of(pieces: Sequence[Piece]) -> list[str]:
    """The lines of a block as shown."""
    text = without_inline_noise("".join(piece.text for piece in pieces))
    return [line for line in map(displayed, text.split("\n")) if line]


def bold_beginning(pieces: Sequence[Piece]) -> str | None:
    """The bold words with which a block begins, its first line at most."""
    words: list[str] = []
    for piece in pieces:
        shown = bool(displayed(piece.text))
        if (shown and not piece.bold) or (piece.text == "\n" and words):
            break
        words.append(piece.text)
    return displayed("".join(words)) or None
