"""What others get out of the demo's data: example queries, exports, evidence."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import logging
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extract.errors import ArchiveError, UsageError
from extract.warc_records import Record, iter_records
from flows.catalogue import declared_pages
from flows.cli import app
from flows.delivering import DeliveryReport
from flows.demo.portal import SAMPLE_CATALOGUE, SamplePortal
from flows.evidencing import write_bundle
from flows.running import PlainSteps, RunRequest, run
from flows.settings import Settings
from transform.records import RECORD_TYPES
from warehouse.database import Warehouse
from warehouse.example_queries import Example, example, examples
from warehouse.export import EXPORTED_LEDGERS, Coverage, _cell, opened
from warehouse.metadata import Publication, data_package, dcat
from warehouse.publish import Published, publish
from warehouse.query import Table, query_published


class Unpublished(PlainSteps):
    """Neither publishes nor delivers: the last night does."""

    def publish(self, *_: object) -> Published:
        return Published(Path(), 0, 0, 0.0)

    def deliver(self, *_: object) -> DeliveryReport:
        return DeliveryReport(0, 0)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An installation that has played the demo."""
    settings = Settings(data=tmp_path_factory.mktemp("demo"))
    with SamplePortal() as portal:
        for number in portal.nights:
            request = RunRequest(settings, portal.prefix(number), SAMPLE_CATALOGUE)
            run(request, Unpublished(), logging.getLogger("tests.demo"))
    with Warehouse.open(settings.warehouse) as warehouse:
        publish(warehouse, settings.published)
    return settings


def ask(demo: Settings, question: str) -> Table:
    return query_published(demo.published, question)


def strategiemonitor(demo: Settings, *words: str) -> str:
    told = CliRunner().invoke(app, ["--data", str(demo.data), *words])
    assert told.exit_code == 0, told.output
    return told.output


@pytest.mark.parametrize("one", examples(), ids=lambda one: one.name)
def test_every_example_states_its_question_and_runs(demo: Settings, one: Example) -> None:
    assert one.question.endswith("?")
    assert ask(demo, one.sql).columns


def test_examples_answer_what_the_demo_tells(demo: Settings) -> None:
    named = ask(demo, example("strategies_naming_ai").sql)
    assert "demo-he-strategie" in {row[named.columns.index("page_id")] for row in named.rows}
    month = ask(demo, example("what_changed_this_month").sql)
    assert ("figure", "changed") in {(row[2], row[3]) for row in month.rows}
    assert ask(demo, example("longest_unchanged_page").sql).rows
    assert ask(demo, example("findings_by_publisher").sql).rows
    assert ask(demo, example("action_fields_by_topic").sql).rows


def test_examples_are_listed_and_run_by_name(demo: Settings) -> None:
    listed = strategiemonitor(demo, "sql", "--example", "list")
    assert all(one.name in listed for one in examples())
    assert "DE-HE" in strategiemonitor(demo, "sql", "--csv", "--example", "lands_side_by_side")
    with pytest.raises(UsageError, match="Did you mean moved_target_dates"):
        example("moved_target_date")


def test_parquet_holds_every_history_by_land_and_year(demo: Settings, tmp_path: Path) -> None:
    with opened(demo.published, tmp_path) as export:
        export.parquet()
    for table in RECORD_TYPES:
        expected = ask(demo, f"select count(*) from {table}_history").rows[0][0]
        parts = list((tmp_path / "parquet" / f"{table}_history").glob("land=*/year=*/*.parquet"))
        assert bool(parts) is (expected > 0)
    with Warehouse.open(demo.warehouse, read_only=True) as reader:
        question = f"select count(*), count(distinct land) from '{tmp_path}/parquet/figures_history/*/*/*.parquet'"
        read = reader.connection.execute(question).fetchall()
    assert read == [tuple(ask(demo, "select count(*), count(distinct land) from figures_history").rows[0])]


def test_csv_holds_the_same_rows_and_runs_nothing_in_a_spreadsheet(demo: Settings, tmp_path: Path) -> None:
    with opened(demo.published, tmp_path) as export:
        tables = export.csv()
    assert {table.name for table in tables} >= {*RECORD_TYPES, *EXPORTED_LEDGERS}
    for table in tables:
        data = (tmp_path / table.path).read_bytes()
        rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))
        assert rows[0] == [column.name for column in table.columns]
        assert len(rows) - 1 == table.rows
        assert (len(data), hashlib.sha256(data).hexdigest()) == (table.bytes, table.sha256)
        texts = [rank for rank, column in enumerate(table.columns) if column.type == "string"]
        assert not any(row[rank][:1] in "=+-@\t\r" for row in rows[1:] for rank in texts if row[rank])


def test_a_formula_in_a_page_gets_an_apostrophe(demo: Settings, tmp_path: Path) -> None:
    with opened(demo.published, tmp_path) as export:
        export._connection.execute("create temp table formel as select '=1+1' as a, '-x' as b, 'gut' as c")
        cells = ", ".join(_cell(name, "VARCHAR") for name in "abc")
        assert export._connection.execute(f"select {cells} from formel").fetchall() == [("'=1+1", "'-x", "gut")]


def test_the_data_package_describes_every_file(demo: Settings, tmp_path: Path) -> None:
    """The rules of Frictionless Data Package v1 that a validator would check."""
    strategiemonitor(demo, "export", "--to", str(tmp_path), "--format", "datapackage")
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert package["profile"] == "tabular-data-package"
    assert package["resources"]
    for resource in package["resources"]:
        assert re.fullmatch(r"[a-z0-9._-]+", resource["name"])
        path = tmp_path / resource["path"]
        assert not Path(resource["path"]).is_absolute()
        assert resource["bytes"] == path.stat().st_size
        assert resource["hash"] == "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
        types = {field["type"] for field in resource["schema"]["fields"]}
        assert types <= {"string", "integer", "number", "boolean", "datetime"}
        header = path.read_text(encoding="utf-8").partition("\n")[0].strip()
        assert header.split(",") == [field["name"] for field in resource["schema"]["fields"]]
        assert all(field["description"] for field in resource["schema"]["fields"])


def test_the_metadata_for_govdata_names_every_distribution(demo: Settings, tmp_path: Path) -> None:
    base = "https://daten.example/strategien"
    licence = "http://dcat-ap.de/def/licenses/cc-zero"
    command = ("export", "--to", str(tmp_path), "--format", "datapackage", "--base-url", base, "--licence", licence)
    strategiemonitor(demo, *command)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert package["licenses"] == [{"path": licence}]
    data_set = json.loads((tmp_path / "dcat.jsonld").read_text(encoding="utf-8"))
    assert data_set["@type"] == "dcat:Dataset"
    for required in ("dct:title", "dct:description", "dct:publisher", "dcat:theme", "dct:spatial", "dct:temporal"):
        assert data_set[required]
    urls = [one["dcat:accessURL"]["@id"] for one in data_set["dcat:distribution"]]
    assert f"{base}/csv/figures.csv" in urls
    assert {one["dct:license"]["@id"] for one in data_set["dcat:distribution"]} == {licence}


def test_no_row_of_a_query_becomes_a_formula(demo: Settings) -> None:
    said = strategiemonitor(demo, "sql", "--csv", "select '=1+1' as \"=2\", -5 as number, 'a=b' as text")
    assert said.split() == ["'=2,number,text", "'=1+1,-5,a=b"]


def test_the_feed_tells_the_last_changes_under_lasting_ids(demo: Settings, tmp_path: Path) -> None:
    strategiemonitor(demo, "export", "--to", str(tmp_path), "--format", "feed")
    feed = json.loads((tmp_path / "feed.json").read_text(encoding="utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    ids = [item["id"] for item in feed["items"]]
    assert len(ids) == len(set(ids)) > 0
    dates = [item["date_published"] for item in feed["items"]]
    assert dates == sorted(dates, reverse=True)


def test_an_export_replaces_what_was_there_and_leaves_other_files(demo: Settings, tmp_path: Path) -> None:
    (tmp_path / "csv").mkdir()
    (tmp_path / "csv" / "alt.csv").write_text("alt")
    (tmp_path / "LIESMICH").write_text("bleibt")
    strategiemonitor(demo, "export", "--to", str(tmp_path), "--format", "csv")
    assert not (tmp_path / "csv" / "alt.csv").exists()
    assert (tmp_path / "LIESMICH").read_text() == "bleibt"
    assert not list(tmp_path.glob(".*partial"))


def test_the_evidence_of_a_record_can_be_checked_without_this_program(demo: Settings, tmp_path: Path) -> None:
    question = "select record_id, evidence from figures where value = 170"
    name, words = ask(demo, question).rows[0]
    bundle = write_bundle(demo, declared_pages(SAMPLE_CATALOGUE), name, tmp_path)
    for line in (tmp_path / "SHA256SUMS").read_text().splitlines():
        digest, file = line.split("  ")
        assert hashlib.sha256((tmp_path / file).read_bytes()).hexdigest() == digest
    assert bundle.places >= 1
    assert f"<mark>{words}</mark>" in (tmp_path / "excerpt.html").read_text(encoding="utf-8")
    body = (tmp_path / "body.html").read_bytes()
    records = [one for one in iter_records(tmp_path / "capture.warc.gz") if isinstance(one, Record)]
    assert any(record.block.endswith(body) for record in records)
    assert json.loads((tmp_path / "record.json").read_bytes())["record_id"] == name
    statement = (tmp_path / "statement.md").read_text(encoding="utf-8")
    assert hashlib.sha256(body).hexdigest() in statement
    assert "## Deutsch" in statement
    assert "## English" in statement


def test_the_evidence_of_a_change_shows_both_sides(demo: Settings, tmp_path: Path) -> None:
    question = "select change_id, \"before\", \"after\" from changes where entity = 'section' and kind = 'edited'"
    name, before, after = ask(demo, question).rows[0]
    write_bundle(demo, declared_pages(SAMPLE_CATALOGUE), name, tmp_path)
    assert f"<mark>{before}</mark>" in (tmp_path / "before-excerpt.html").read_text(encoding="utf-8")
    assert f"<mark>{after}</mark>" in (tmp_path / "after-excerpt.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", sorted(RECORD_TYPES))
def test_every_record_of_the_demo_has_its_capture(demo: Settings, tmp_path: Path, table: str) -> None:
    for (name,) in ask(demo, f"select record_id from {table} limit 1").rows:
        assert write_bundle(demo, declared_pages(SAMPLE_CATALOGUE), name, tmp_path / table).files


def test_evidence_for_nothing_or_without_its_archive_is_refused(demo: Settings, tmp_path: Path) -> None:
    name = ask(demo, "select record_id from goals").rows[0][0]
    with pytest.raises(UsageError, match="no record and no change"):
        write_bundle(demo, (), "goals:nichts:0", tmp_path)
    other = Settings(data=tmp_path / "leer")
    other.published.parent.mkdir(parents=True)
    other.published.write_bytes(demo.published.read_bytes())
    with pytest.raises(ArchiveError):
        write_bundle(other, declared_pages(SAMPLE_CATALOGUE), name, tmp_path / "beleg")


def test_metadata_of_an_empty_export_is_still_whole() -> None:
    nothing, now = Coverage((), None, None, ()), datetime(2026, 1, 1, tzinfo=UTC)
    publication = Publication("https://monitor.example")
    assert json.dumps(data_package((), nothing, publication, "1", now))
    assert json.dumps(dcat((), nothing, publication, now))


ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "docs" / "answers.py"


def drawn(data: Path, target: Path) -> subprocess.CompletedProcess[str]:
    """What ``marimo export html`` makes of the notebook; it fails where a cell does."""
    notebook = shutil.copy(NOTEBOOK, target.parent)
    command = [sys.executable, "-m", "marimo", "export", "html", str(notebook), "-o", str(target), "--no-include-code"]
    environment = {
        **os.environ,
        "STRATEGIEMONITOR_DATA": str(data),
        "XDG_CONFIG_HOME": str(target.parent),
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.run(
        command, env=environment, cwd=target.parent, capture_output=True, text=True, timeout=300, check=False
    )


def test_the_notebook_opens_the_published_file_and_draws_every_ready_answer(demo: Settings, tmp_path: Path) -> None:
    done = drawn(demo.data, tmp_path / "answers.html")
    assert done.returncode == 0, done.stdout + done.stderr
    page = (tmp_path / "answers.html").read_text(encoding="utf-8")
    for one in examples():
        assert json.dumps(one.question.partition(",")[0])[1:-1] in page
    assert page.count("vega") >= 5, "five charts"
    assert "Nothing yet" not in page


def test_a_notebook_without_a_published_file_says_so(tmp_path: Path) -> None:
    done = drawn(tmp_path / "leer", tmp_path / "answers.html")
    assert done.returncode != 0
