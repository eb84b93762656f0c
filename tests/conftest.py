from __future__ import annotations

import gc
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# No test is right or wrong by the clock.
settings.register_profile("without a clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("without a clock")


HERE = Path(__file__).parent

LONGEST_FIRST = ("e2e", "faults", "flows", "scenarios", "warehouse", "transform")
"""The folders by how long their files take; several processes then end at about the same time."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first."""
    items.sort(key=lambda item: _rank(item.path))


@cache
def _rank(file: Path) -> int:
    """The place of a file's folder in the order above; looked up once a file, not once a test."""
    return next((rank for rank, name in enumerate(LONGEST_FIRST) if HERE / name in file.parents), len(LONGEST_FIRST))


def pytest_collection_finish() -> None:
    """What is there by now, 4,000 tests and all that they import, stays: to look through it again takes a tenth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object | None:
    """One process runs all of ``tests/e2e``, so that each of its servers is started once; the others go by files."""
    if config.getvalue("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling  # noqa: PLC0415  not there where lakes are tested

    # In the order above, not by how many tests a file has.
    config.option.loadscopereorder = False

    class ByFileOrServers(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
        def _split_scope(self, nodeid: str) -> str:
            return "tests/e2e" if nodeid.startswith("tests/e2e/") else str(super()._split_scope(nodeid))

    return ByFileOrServers(config, log)
