"""Fixtures of the scenarios: an installation that watches one strategy page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scenarios.harness import Play


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    """An installation with one declared page, and the server of its nights."""
    with Play(tmp_path) as running:
        yield running
