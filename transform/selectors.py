"""Checking CSS selectors of the catalogue before they are used."""

from __future__ import annotations

import soupsieve


def selector_problem(selector: str) -> str | None:
    """What is wrong with a CSS selector, as one line; ``None`` where nothing is."""
    try:
        soupsieve.compile(selector)
    except soupsieve.SelectorSyntaxError as error:
        return str(error).splitlines()[0]
    return None
