"""What doctor says of an installation that is not well: each fault once, with a way out that leads somewhere."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from flows.examining import Level, Result, examine
from flows.server import free_port
from flows.settings import Settings
from flows.watching import watch
from tests.warehouse.nights import declared, missed, night, night_at, seen
from warehouse.database import Warehouse
from warehouse.publish import publish

PAGE = declared()


@pytest.fixture(scope="module")
def after_two_nights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an installation whose page was verified, then missed; not to be written to."""
    settings = Settings(data=tmp_path_factory.mktemp("bestand"))
    with Warehouse.open(settings.warehouse) as warehouse:
        warehouse.load(night(0, seen(PAGE, night_at(0), "Funk")), finished_at=night_at(0))
        warehouse.load(night(1, missed(PAGE, night_at(1))), finished_at=night_at(1))
        publish(warehouse, settings.published)
    return settings.data


@pytest.fixture
def settings(after_two_nights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Such an installation, where no Prefect server is configured."""
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    settings = Settings(data=tmp_path / "data")
    shutil.copytree(after_two_nights, settings.data)
    return settings


def red(settings: Settings) -> dict[str, Result]:
    """What is not well but the incidents and the age of the pages, by its name; each name once."""
    found = [one for one in examine(settings, now=night_at(1)) if one.level is not Level.WELL]
    found = [one for one in found if one.name not in ("settings", "archive", "incident")]
    named = {one.name: one for one in found}
    assert len(named) == len(found)
    return named


def test_a_copy_that_is_gone_is_one_finding(settings: Settings) -> None:
    """Not also a copy that has never been there."""
    settings.published.unlink()
    found = red(settings)
    assert set(found) == {"copy"}
    assert found["copy"].found == "readers have no copy; loaded: 2 runs"
    assert "refresh" in found["copy"].remedy


def test_a_damaged_copy_is_replaced_and_not_looked_at_by_doctor_again(settings: Settings) -> None:
    """It is no fault of the archive, and the way out is not doctor itself."""
    settings.published.write_bytes(b"kaputt" * 1000)
    found = {one.name: one for one in examine(settings, now=night_at(1)) if one.level is Level.BROKEN}
    assert set(found) == {"published"}
    assert "strategiemonitor refresh" in found["published"].remedy


def test_a_warehouse_that_is_in_use_is_one_finding(settings: Settings) -> None:
    with Warehouse.open(settings.warehouse):
        found = red(settings)
    assert set(found) == {"warehouse"}
    assert found["warehouse"].level is Level.WATCH


def test_a_warehouse_that_may_not_be_written_is_not_rebuilt(settings: Settings) -> None:
    """Nothing is wrong with it: rights are to be mended, and a rebuild would fail for want of them too."""
    lock = settings.warehouse.with_name(f"{settings.warehouse.name}.lock")
    lock.unlink(missing_ok=True)
    lock.mkdir()
    found = red(settings)
    assert set(found) == {"warehouse"}
    assert "rights" in found["warehouse"].remedy
    assert "rebuild" not in found["warehouse"].remedy


def test_a_server_that_does_not_answer_is_named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    api_url = f"http://127.0.0.1:{free_port()}/api"
    monkeypatch.setenv("PREFECT_API_URL", api_url)
    found = red(settings)
    assert set(found) == {"server"}
    assert (found["server"].level, api_url in found["server"].found) == (Level.BROKEN, True)


def test_what_to_do_about_an_incident_is_said_in_doctor_s_language(settings: Settings) -> None:
    watch(settings, night_at(1) + timedelta(hours=37))
    [incident] = [one for one in examine(settings, now=night_at(1)) if one.name == "incident"]
    assert incident.remedy.startswith("See whether 'strategiemonitor serve'")
