from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.settings import Settings
from tests.support.receivers import MailServer, Webhook
from warehouse.database import Warehouse


@pytest.fixture
def settings(tmp_path: Path, empty_warehouse: Path) -> Settings:
    """An installation with an empty warehouse that is not open."""
    settings = Settings(data=tmp_path / "data")
    settings.warehouse.parent.mkdir(parents=True)
    shutil.copyfile(empty_warehouse, settings.warehouse)
    return settings


@pytest.fixture
def warehouse(settings: Settings) -> Iterator[Warehouse]:
    """Its warehouse, open."""
    with Warehouse.open(settings.warehouse) as opened:
        yield opened


@pytest.fixture
def mail() -> Iterator[MailServer]:
    """A mail server that takes everything until it is told otherwise."""
    with MailServer() as server:
        yield server


@pytest.fixture
def hook() -> Iterator[Webhook]:
    """A webhook that takes everything until it is told otherwise."""
    with Webhook() as receiver:
        yield receiver
