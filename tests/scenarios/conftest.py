"""Fixtures of the scenarios: an installation that watches one strategy page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scenarios.harness import URL, Play, html
from tests.support.strategy_pages import NORDMARK


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    """An installation with one declared page, and the server of its nights."""
    with Play(tmp_path) as running:
        yield running


@pytest.fixture(scope="session")
def one_night_of_nordmark(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation that saw the page of Nordmark once."""
    return Play.left_after(tmp_path_factory.mktemp("nordmark"), {URL: html(NORDMARK)})


@pytest.fixture
def known(one_night_of_nordmark: Path, tmp_path: Path) -> Iterator[Play]:
    """An installation that saw the page of Nordmark on the night before."""
    with Play.going_on(one_night_of_nordmark, tmp_path) as running:
        yield running
