"""Pages in the mark-up of many systems, edited as their editors edit them: every edit is told, and nothing else is.

The pages were written, and what must be told of each night with them, before anybody had seen what is told
(:mod:`tests.support.edited_pages` says how to read them).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.edited_pages import nights_of, played

PAGES = sorted((Path(__file__).parent / "edits").glob("*.toml"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_edit_is_told_once_and_in_the_words_of_the_contract(path: Path) -> None:
    """Entity, kind, class and both values are those that an attentive person expects; silent nights stay silent."""
    page, nights = nights_of(path)
    faults = {night.act: found for night, told in played(page, nights) if (found := night.faults(told))}
    assert faults == {}


def test_the_pages_are_many() -> None:
    """An empty folder would prove nothing."""
    assert len(PAGES) >= 50
