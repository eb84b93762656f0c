"""The two ways to speak to a person: results on standard output, everything else on standard error."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from transform.safe_text import for_terminal, on_one_line


def results() -> Console:
    """Where results go: standard output, coloured where it is a terminal."""
    return Console(soft_wrap=False, emoji=False)


def messages() -> Console:
    """Where progress, alerts and errors go: standard error."""
    return Console(stderr=True, soft_wrap=True, emoji=False)


def literal(text: str) -> str:
    """Text of strangers for rich's mark-up: shown letter by letter, without control characters."""
    return escape(for_terminal(text))


def literal_line(text: str) -> str:
    """The same on one line."""
    return escape(on_one_line(text))
