"""The demo's first nights in a lake and in a file: whatever an analyst asks, both give the same rows."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from flows.delivering import DeliveryReport
from flows.demo.portal import SAMPLE_CATALOGUE, SamplePortal
from flows.running import PlainSteps, RunRequest, run
from flows.settings import Settings
from transform.night import Night
from transform.records import RECORD_TYPES
from warehouse.database import Warehouse
from warehouse.lake import Lake
from warehouse.ledgers import LEDGER_VIEWS
from warehouse.load import LoadReport
from warehouse.publish import Published, publish
from warehouse.query import query_published

NIGHTS = 6
MOMENT = "timestamptz '2026-03-05 12:00:00+00'"
QUESTIONS = (
    *(f"from main.{name}" for name in (*LEDGER_VIEWS, *RECORD_TYPES)),
    *(f"from main.{table}_history" for table in RECORD_TYPES),
    *(f"from main.{table}_as_of({MOMENT})" for table in RECORD_TYPES),
    f"from main.figures_as_of({MOMENT}, known_at := {MOMENT})",
    f"from main.changes_between(timestamptz '2026-03-02 12:00:00+00', {MOMENT})",
    f"from main.document_pages_as_of({MOMENT}, known_at := {MOMENT})",
    "from main.search_sections('digitale Verwaltung')",
    "from main.search_document_pages('digitale Verwaltung')",
)


class Twice(PlainSteps):
    """Loads each night into a second warehouse as well; neither publishes nor delivers."""

    def __init__(self, second: Warehouse) -> None:
        self.second = second

    def load(self, warehouse: Warehouse, night: Night) -> LoadReport:
        at = datetime.now(UTC)
        page_ids = [page.declaration.page_id for page in night.pages]
        assert self.second.memories(page_ids) == warehouse.memories(page_ids)
        in_lake, in_file = self.second.load(night, finished_at=at), warehouse.load(night, finished_at=at)
        assert in_lake == in_file
        return in_file

    def publish(self, *_: object) -> Published:
        return Published(Path(), 0, 0, 0.0)

    def deliver(self, *_: object) -> DeliveryReport:
        return DeliveryReport(0, 0)


@dataclass(frozen=True)
class Both:
    lake: Lake
    file: Path
    folder: Path


@pytest.fixture(scope="module")
def both(new_lake: Callable[[], Lake], tmp_path_factory: pytest.TempPathFactory) -> Both:
    """The demo's first nights in both."""
    folder = tmp_path_factory.mktemp("demo")
    settings = Settings(data=folder)
    lake = new_lake()
    with Warehouse.open(lake) as second, SamplePortal() as portal:
        for number in portal.nights[:NIGHTS]:
            request = RunRequest(settings, portal.prefix(number), SAMPLE_CATALOGUE)
            run(request, Twice(second), logging.getLogger("tests.demo"))
    return Both(lake, settings.warehouse, folder)


@pytest.fixture
def opened(both: Both) -> Iterator[tuple[Warehouse, Warehouse]]:
    """Both, open for readers: the lake as another process would see it."""
    with Warehouse.open(both.lake, read_only=True) as lake, Warehouse.open(both.file, read_only=True) as file:
        yield lake, file


def asked(warehouse: Warehouse, question: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Names of the columns, and the rows in an order of their own."""
    found = warehouse.connection.execute(question)
    names = [column[0] for column in found.description or ()]
    return names, sorted(found.fetchall(), key=repr)


def test_every_contract_query_gives_the_same_rows_in_both(opened: tuple[Warehouse, Warehouse]) -> None:
    lake, file = opened
    sizes = {}
    for question in QUESTIONS:
        in_lake, in_file = asked(lake, question), asked(file, question)
        assert in_lake == in_file, question
        sizes[question] = len(in_file[1])
    assert sum(size > 0 for size in sizes.values()) > 50
    assert sizes["from main.deliveries"] > 0, "the demo alerts"


def test_the_copy_published_from_the_lake_is_that_of_the_file(both: Both, tmp_path: Path) -> None:
    copies: list[dict[str, list[tuple[Any, ...]]]] = []
    for place in (both.lake, both.file):
        target = tmp_path / str(len(copies)) / "published.duckdb"
        with Warehouse.open(place) as warehouse:
            publish(warehouse, target)
        copies.append(
            {
                question: sorted(query_published(target, question).rows, key=repr)
                for question in (*QUESTIONS, "select table_name, column_name, comment from duckdb_columns()")
            }
        )
    assert copies[0] == copies[1]
    readers = tmp_path / "1" / "published.duckdb"
    for (query,) in query_published(readers, "select query from start_here").rows:
        query_published(readers, query)


def test_the_lake_holds_together(opened: tuple[Warehouse, Warehouse]) -> None:
    assert opened[0].audit() == ()


def test_what_a_table_is_can_be_read_in_the_lake_as_well(opened: tuple[Warehouse, Warehouse]) -> None:
    """Words on columns of views are in the published copy only: a lake keeps none."""
    lake, file = opened
    question = "select view_name, comment from duckdb_views() where schema_name = 'main' and not internal"
    assert asked(lake, f"{question} and database_name = current_database()") == asked(file, question)
