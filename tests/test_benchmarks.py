"""``make bench`` names benchmarks that can be run as they are named there."""

from __future__ import annotations

import importlib

import pytest

from tests.benchmarks.__main__ import BENCHMARKS, main


@pytest.mark.parametrize("name", sorted({name for name, *_ in BENCHMARKS}))
def test_each_benchmark_is_a_module_with_a_command_line(name: str) -> None:
    module = importlib.import_module(f"tests.benchmarks.{name}")
    assert callable(module.main)


def test_a_benchmark_can_be_run_by_its_name(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["packing"]) == 0
    assert "zlib 6" in capfd.readouterr().out
