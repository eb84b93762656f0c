"""The demo from outside, and what an analyst finds in its published copy."""

from __future__ import annotations

import csv
import json
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.demo.portal import SAMPLE_CATALOGUE, SamplePortal
from tests.e2e.conftest import PlayedDemo
from tests.e2e.contract import OTHER_TABLES, RECORD_TABLES, RECORDS
from tests.e2e.installation import Installation, left_behind
from tests.flows.site import Site, page
from warehouse.query import query_published

T0, T1 = "timestamptz '2026-03-02 12:00:00+01'", "timestamptz '2026-03-08 12:00:00+01'"
FIELDS = "select count(*) from action_fields"


def rows(demo: PlayedDemo, sql: str) -> list[tuple[object, ...]]:
    """Rows of the demo's published copy."""
    return list(query_published(demo.installation.settings.published, sql).rows)


def columns(demo: PlayedDemo, relation: str) -> set[str]:
    """Names of a relation's columns."""
    return {str(row[0]) for row in rows(demo, f"describe {relation}")}


def test_the_account_tells_every_night_and_what_to_ask_next(demo: PlayedDemo, sample_portal: SamplePortal) -> None:
    for number in sample_portal.nights:
        assert f"{number}" in demo.account
    assert f"5 pages over {len(sample_portal.nights)} nights: {5 * len(sample_portal.nights)} visits" in demo.account
    assert "strategiemonitor --data" in demo.account
    assert "\x1b" not in demo.account


def test_every_night_of_the_demo_is_loaded_with_five_captured_pages(
    demo: PlayedDemo, sample_portal: SamplePortal
) -> None:
    """One snapshot a night; each page has a capture in each; the changes of all were told on every channel."""
    nights = len(sample_portal.nights)
    assert rows(demo, "select count(*), min(pages_total), max(pages_total) from snapshots") == [(nights, 5, 5)]
    assert rows(demo, "select count(distinct (snapshot_id, page_id)) from captures") == [(nights * 5,)]
    [(changes,)] = rows(demo, "select count(*) from changes where cause = 'page'")
    assert isinstance(changes, int)
    assert changes > 8
    assert rows(
        demo, "select count(*) from deliveries where channel in ('file', 'console') and status != 'delivered'"
    ) == [(0,)]


@pytest.mark.parametrize("table", [*RECORD_TABLES, *OTHER_TABLES])
def test_a_promised_table_has_its_columns_each_with_a_comment(demo: PlayedDemo, table: str) -> None:
    promised = {*RECORDS, *RECORD_TABLES[table].split()} if table in RECORD_TABLES else {*OTHER_TABLES[table].split()}
    assert promised - columns(demo, table) == set()
    uncommented = f"select column_name from duckdb_columns() where schema_name = 'main' and table_name = '{table}'"
    assert rows(demo, f"{uncommented} and comment is null") == []


@pytest.mark.parametrize("table", RECORD_TABLES)
def test_a_table_of_records_has_its_history_and_any_moment_of_it(demo: PlayedDemo, table: str) -> None:
    """As of the latest night it equals the current state; as of a moment before the first night it is empty."""
    assert columns(demo, f"{table}_history") >= columns(demo, table) | {"valid_from", "valid_to", "version_id"}
    shared = ", ".join(sorted({"page_id", "position", "evidence", *RECORD_TABLES[table].split()}))
    current, then = f"select {shared} from {table}", f"select {shared} from {table}_as_of({T1})"
    assert rows(demo, f"({current} except all {then}) union all ({then} except all {current})") == []
    assert rows(demo, f"from {table}_as_of(timestamptz '2026-03-01 00:00+01')") == []


def test_the_state_of_a_moment_and_the_difference_of_two_agree(demo: PlayedDemo) -> None:
    """The first night had fewer action fields; the difference of the moments names what came."""
    [(now,)], [(then,)] = rows(demo, FIELDS), rows(demo, f"{FIELDS}_as_of({T0})")
    assert isinstance(now, int)
    assert isinstance(then, int)
    added = rows(demo, f"from changes_between({T0}, {T1}) where entity = 'action_field' and kind = 'added'")
    assert now - then == len(added) > 0
    assert rows(demo, f"from changes_between({T1}, {T1})") == []


def test_every_capture_lies_where_its_row_says(demo: PlayedDemo) -> None:
    archive = demo.installation.settings.archive
    for file, offset in rows(demo, "select distinct warc_file, warc_offset from captures where warc_file is not null"):
        with (archive / str(file)).open("rb") as warc:
            warc.seek(int(str(offset)))
            assert warc.read(2) == b"\x1f\x8b"
    assert list(archive.glob("*/*/*.open")) == []


def test_changes_and_incidents_are_told_to_people_and_as_json(demo: PlayedDemo) -> None:
    told = json.loads(demo.installation.run("changes", "--json").stdout)
    assert {*OTHER_TABLES["changes"].split()} <= {*told[0]}
    assert [row["significance"] for row in told] == sorted((row["significance"] for row in told), reverse=True)
    some = json.loads(demo.installation.run("changes", "--json", "--land", "de-he", "--since", "2026-03-05").stdout)
    assert {row["land"] for row in some} == {"DE-HE"}
    assert json.loads(demo.installation.run("changes", "--json", "--until", "2026-03-02").stdout) == []
    assert told[0]["summary"].split()[0] in demo.installation.run("changes").stdout
    open_now = json.loads(demo.installation.run("incidents", "--json").stdout)
    ever = json.loads(demo.installation.run("incidents", "--all", "--json").stdout)
    assert len(ever) > len(open_now)
    assert {*OTHER_TABLES["incidents"].split()} <= {*ever[0]}


def test_sql_prints_rows_for_people_and_for_programs(demo: PlayedDemo) -> None:
    query = "select page_id, title from pages where page_id = 'demo-st-ihk'"
    assert "demo-st-ihk" in demo.installation.run("sql", query).stdout
    [row] = json.loads(demo.installation.run("sql", "--json", query).stdout)
    assert row["page_id"] == "demo-st-ihk"
    lines = list(csv.reader(demo.installation.run("sql", "--csv", query).stdout.splitlines()))
    assert lines == [["page_id", "title"], [row["page_id"], row["title"]]]


def test_sql_refuses_to_write_a_file(demo: PlayedDemo, tmp_path: Path) -> None:
    file = tmp_path / "heraus.csv"
    done = demo.installation.run("sql", f"copy (select 1) to '{file}'", status=2)
    assert done.stdout == ""
    assert "error:" in done.stderr
    assert "Traceback" not in done.stderr
    assert not file.exists()


def test_check_says_what_a_page_under_maintenance_is_worth_and_loads_nothing(
    install: Callable[[Path], Installation], sample_portal: SamplePortal, tmp_path: Path
) -> None:
    fresh = install(tmp_path / "data")
    where = ("--catalogue", str(SAMPLE_CATALOGUE), "--via", sample_portal.prefix(3))
    told = fresh.run("check", "demo-sl-roadmap", *where, status=3).stdout
    assert told.startswith("suspect:maintenance")
    assert "200" in told
    assert not fresh.data.exists()


def test_doctor_finds_a_played_demo_sound_but_old(demo: PlayedDemo) -> None:
    """Its nights lie in the past, so it says that nobody has looked since; everything else is well."""
    done = demo.installation.run("doctor", "--catalogue", str(SAMPLE_CATALOGUE), status=1)
    broken = [line for line in done.stdout.splitlines() if line.startswith("✗")]
    assert [line.split()[1] for line in broken] == ["coverage:"]
    assert "Traceback" not in done.stderr


def test_deliver_has_nothing_to_do_after_a_demo(demo: PlayedDemo) -> None:
    """On the channels that are set up, everything was delivered."""
    assert "0 delivered" in demo.installation.run("deliver").stdout


def test_a_demo_may_be_played_again_and_the_next_real_run_sets_it_aside(
    demo: PlayedDemo, install: Callable[[Path], Installation], site: Site, tmp_path: Path
) -> None:
    """Interrupted after its first night, it is still a demo; the temporary server of the first play is long gone."""
    assert left_behind(demo.installation.data.parent / "prefect") == []
    copied = install(site.settings.data)
    shutil.copytree(demo.installation.data, copied.data)
    with copied.start("demo", log=tmp_path / "log") as again:
        while "night 0" not in (tmp_path / "log").read_text():
            assert again.poll() is None, (tmp_path / "log").read_text()
            time.sleep(0.1)
        again.send_signal(signal.SIGINT)
        assert again.wait(120) != 0
    assert query_published(copied.settings.published, "select count(*) from snapshots").rows[0][0] <= 2
    site.show(site.declare("amt-a"), page("Der Plan gilt."))
    done = copied.run("refresh", "--via", site.via, "--catalogue", str(site.catalogue))
    assert str(copied.data / "demo") in done.stderr
    assert "Snapshot 1: 1 pages (1 verified)" in done.stdout
    assert rows(PlayedDemo(install(copied.data / "demo"), ""), "select count(distinct page_id) from pages") == [(5,)]
    assert "holds data of real runs" in copied.run("demo", status=2).stderr
