"""The two ways to speak to a person: results on standard output, everything else on standard error."""

from __future__ import annotations

from rich.console import Console


def results() -> Console:
    """Where results go: standard output, coloured where it is a terminal."""
    return Console(soft_wrap=False)


def messages() -> Console:
    """Where progress, alerts and errors go: standard error."""
    return Console(stderr=True, soft_wrap=True)
