"""The weekly verification: damage is told once, and over when it is mended."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from extract.archive import Archive
from extract.errors import WarehouseError
from extract.model import Exchange
from flows.settings import Settings
from flows.upkeep import deliver, verify
from flows.watching import watch
from tests.warehouse.nights import declared, night, night_at, seen
from warehouse.database import Warehouse

NOW = datetime(2026, 3, 8, 12, 15, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation with a night in the warehouse, and its WARC file."""
    settings = Settings(data=tmp_path / "data")
    page = declared()
    with Archive(settings.archive).open_run("lauf", night_at(0)) as run:
        run.store(Exchange(page.url, night_at(0), 200, "OK", (), (), b"Netze", b"Netze"))
    with Warehouse.open(settings.warehouse) as warehouse:
        warehouse.load(night(0, seen(page, night_at(0), "Netze")))
        warehouse.connection.execute("update store.captures set warc_file = ?", [run.file])
    return settings


def told(settings: Settings) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in settings.alerts.glob("*.md")]


def test_a_whole_installation_is_well(settings: Settings) -> None:
    found = verify(settings, NOW)
    assert (found.files, found.wrong, found.alerted) == (1, (), False)
    assert found.records > 0
    assert told(settings) == []


def test_a_lost_file_is_told_once_and_over_when_it_is_back(settings: Settings) -> None:
    [path] = settings.archive.glob("*/*/*.warc.gz")
    kept = path.read_bytes()
    path.unlink()
    first, second = verify(settings, NOW), verify(settings, NOW + timedelta(days=7))
    assert first.wrong == (f"{path.relative_to(settings.archive).as_posix()} is gone; 1 captures lie in it",)
    assert (first.alerted, second.alerted) == (True, False)
    [message] = told(settings)
    assert "Archiv oder Warehouse beschädigt" in message
    assert path.name in message
    path.write_bytes(kept)
    assert verify(settings, NOW + timedelta(days=14)).wrong == ()
    with Warehouse.open(settings.warehouse) as warehouse:
        assert warehouse.open_incidents() == ()


def test_a_lost_warehouse_is_told_and_never_begun_anew(settings: Settings) -> None:
    """Else the next refresh would take the empty one for the first night, and readers would lose their copy."""
    settings.warehouse.unlink()
    for upkeep in (verify, deliver):
        with pytest.raises(WarehouseError, match="is gone"):
            upkeep(settings, NOW)
    assert not watch(settings, NOW).is_fresh
    assert len(told(settings)) == 1
    assert not settings.warehouse.exists()


def test_a_damaged_record_and_an_orphan_are_named(settings: Settings) -> None:
    [path] = settings.archive.glob("*/*/*.warc.gz")
    packed = bytearray(path.read_bytes())
    packed[-12] ^= 0xFF
    path.write_bytes(packed)
    with Warehouse.open(settings.warehouse) as warehouse:
        warehouse.connection.execute("delete from store.versions")
    wrong = verify(settings, NOW).wrong
    assert any(path.name in sentence for sentence in wrong)
    assert any("a version that is not stored" in sentence for sentence in wrong)
