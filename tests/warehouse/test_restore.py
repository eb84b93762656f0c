from __future__ import annotations

from pathlib import Path

from warehouse.restore import put_in_place


def test_a_file_that_is_replaced_stays_beside_however_often(tmp_path: Path) -> None:
    target, growing = tmp_path / "strategiemonitor.duckdb", tmp_path / "growing.duckdb"
    growing.write_text("1")
    assert put_in_place(growing, target) is None
    for words in ("2", "3"):
        growing.write_text(words)
        put_in_place(growing, target)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "strategiemonitor.duckdb": "3",
        "strategiemonitor.duckdb.before": "1",
        "strategiemonitor.duckdb.before-2": "2",
    }
