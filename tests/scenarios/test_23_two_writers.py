"""Two runs at once, and readers who keep the file open."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from extract.errors import WarehouseBusyError
from tests.scenarios.harness import URL, Play, html
from tests.support.strategy_pages import NORDMARK
from warehouse.database import Warehouse


def test_a_second_run_is_refused_with_a_clear_message(play: Play) -> None:
    """The writer's file has one writer; the other learns who it is."""
    with pytest.raises(WarehouseBusyError, match=r"\d"):
        Warehouse.open(play.warehouse.place)


def test_a_reader_keeps_what_it_opened_while_a_new_copy_appears(play: Play) -> None:
    """Publishing never waits for readers and never takes their data away."""
    play.night({URL: html(NORDMARK)})
    with duckdb.connect(str(play.publish()), read_only=True) as reader:
        play.night({URL: html(NORDMARK.with_words("48 Vorhaben", "53 Vorhaben"))})
        play.publish()
        assert reader.execute("select value from figures where unit = 'Vorhaben'").fetchall() == [(48.0,)]


def test_no_half_written_copy_lies_beside_the_published_one(play: Play) -> None:
    """Whatever else is in the folder, only whole copies can be opened by their name."""
    play.night({URL: html(NORDMARK)})
    target: Path = play.publish()
    assert not [path for path in target.parent.iterdir() if "partial" in path.name]
