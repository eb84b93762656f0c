"""Some of the edited pages, played over HTTP: warehouse and alerts say what the comparison says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.harness import Play, html
from tests.support.edited_pages import nights_of
from transform.change import ChangeClass

EDITS = Path(__file__).parents[1] / "transform" / "compare" / "edits"
LOUD = {ChangeClass.CONTENT, ChangeClass.RETURN}


@pytest.mark.parametrize("name", ["15-be-app", "51-hb-faq"])
def test_what_an_editor_did_is_alerted_and_nothing_else(name: str, tmp_path: Path) -> None:
    """A night with an edit has an alert and the right rows; a silent night has neither."""
    page, (first, *nights) = nights_of(EDITS / f"{name}.toml")
    with Play(tmp_path, page.declaration) as play:
        total = len(play.night({page.url: html(first.html)}).changes)
        for night in nights:
            told = play.night({page.url: html(night.html)})
            assert night.faults(told.changes) == [], night.act
            assert bool(told.content_alerts) == any(one.classes & LOUD for one in night.expected), night.act
            total += len(told.changes)
        assert play.query("select count(*) from changes") == [(total,)]
