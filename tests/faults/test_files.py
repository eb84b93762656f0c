"""Files that were damaged or lost: what can be had again is had again, and what cannot is told by name."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extract.archive_read import iter_exchanges
from extract.errors import WarehouseError
from extract.warc_records import Damage
from flows.catalogue import declared_pages
from flows.cli import app
from flows.examining import Level, examine
from flows.restoring import restore
from flows.running import PlainSteps
from tests.flows.site import Site, page
from tests.support.server import ScriptedServer
from tests.warehouse.contents import everything
from warehouse.database import Warehouse
from warehouse.query import query_published

OLD = page("Bis 2027 sollen 150 Schulen im Land einen eigenen Anschluss an das Glasfasernetz bekommen.")
NEW = page("Bis 2027 sollen 170 Schulen im Land einen eigenen Anschluss an das Glasfasernetz bekommen.")

DIE_WITH_AN_OPEN_LOG = """
import os, signal, sys
from pathlib import Path
from tests.warehouse.test_crash import crash_night
from warehouse.database import Warehouse

warehouse = Warehouse.open(Path(sys.argv[1]))
for n in range(3):
    warehouse.load(crash_night(n))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(scope="module")
def two_nights(tmp_path_factory: pytest.TempPathFactory, empty_warehouse: Path) -> Path:
    """The folder of an installation that saw a page on two nights and told its change; not to be written to."""
    folder = tmp_path_factory.mktemp("zwei-naechte")
    with ScriptedServer() as server:
        site = Site(server, folder, empty_warehouse)
        url = site.declare("amt-a")
        for night, shown in enumerate((OLD, NEW)):
            site.night = night
            site.show(url, shown)
            site.refresh(steps=PlainSteps())
    return folder


@pytest.fixture
def watched(site: Site, two_nights: Path) -> Site:
    """Such an installation."""
    shutil.copytree(two_nights, site.folder, dirs_exist_ok=True)
    site.night = 1
    site.show(site.declare("amt-a"), NEW)
    return site


def told(site: Site) -> list[tuple[object, ...]]:
    return site.rows("select key, channel, status from deliveries join alerts using (alert_id) order by all")


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory, empty_warehouse: Path) -> Path:
    """A warehouse whose three nights stand in the write-ahead log alone; not to be opened."""
    path = tmp_path_factory.mktemp("getoetet") / "strategiemonitor.duckdb"
    shutil.copyfile(empty_warehouse, path)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", DIE_WITH_AN_OPEN_LOG, str(path)], env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    assert log_of(path).stat().st_size > 0
    return path


@pytest.fixture
def killed_with_its_log(killed: Path, tmp_path: Path) -> Path:
    """Such a warehouse with its log."""
    path = tmp_path / killed.name
    for file in (killed, log_of(killed)):
        shutil.copyfile(file, tmp_path / file.name)
    return path


def log_of(warehouse: Path) -> Path:
    """Its write-ahead log."""
    return warehouse.with_name(warehouse.name + ".wal")


@pytest.mark.parametrize("damage", ["no database at all", "zeros in the middle", "cut"])
def test_a_damaged_warehouse_is_told_and_built_again_from_archive_and_copy(watched: Site, damage: str) -> None:
    """doctor names the command; history comes from the archive, what was told from the copy for readers."""
    before, history = told(watched), watched.rows("from figures_history order by all")
    whole = watched.settings.warehouse.read_bytes()
    half = len(whole) // 2
    watched.settings.warehouse.write_bytes(
        {
            "no database at all": b"kaputt" * 1000,
            "zeros in the middle": whole[:4096] + bytes(len(whole) - 4096),
            "cut": whole[:half],
        }[damage]
    )
    with pytest.raises(WarehouseError):
        watched.refresh(steps=PlainSteps())
    [found] = [result for result in examine(watched.settings, watched.catalogue) if result.name == "warehouse"]
    assert (found.level, "rebuild --from-archive" in found.remedy) == (Level.BROKEN, True)
    restored = restore(watched.settings, declared_pages(watched.catalogue))
    assert restored.aside is not None
    assert restored.aside.is_file()
    assert watched.rows("from figures_history order by all") == history
    assert told(watched) == before
    _, summary = watched.refresh(steps=PlainSteps())
    assert (summary.exit_status, summary.changed) == (0, ())


def test_a_warehouse_that_is_gone_is_not_begun_anew(watched: Site) -> None:
    """An empty one would replace the readers' copy by almost nothing; the archive has it all."""
    before = told(watched)
    watched.settings.warehouse.unlink()
    watched.seed = lambda: None  # type: ignore[method-assign]  # it would put an empty one in place
    with pytest.raises(WarehouseError, match=r"is gone, although .* strategiemonitor rebuild"):
        watched.refresh(steps=PlainSteps())
    [found] = [one for one in examine(watched.settings, watched.catalogue) if one.name == "warehouse"]
    assert (found.level, "strategiemonitor rebuild" in found.remedy) == (Level.BROKEN, True)
    assert query_published(watched.settings.published, "select count(*) from snapshots").rows == ((2,),)
    restore(watched.settings, declared_pages(watched.catalogue))
    assert told(watched) == before


def test_a_write_ahead_log_that_a_killed_process_left_is_taken_over(killed_with_its_log: Path) -> None:
    with Warehouse.open(killed_with_its_log) as warehouse:
        assert warehouse.connection.execute("select count(*) from snapshots").fetchall() == [(3,)]
        assert warehouse.audit() == ()


@pytest.mark.parametrize("kept", [0.0, 0.3, 0.7, 0.99])
def test_a_write_ahead_log_that_was_cut_gives_whole_nights(killed_with_its_log: Path, kept: float) -> None:
    """What lies before the cut stands, no night is torn, and nights can be loaded again."""
    log = log_of(killed_with_its_log)
    os.truncate(log, int(log.stat().st_size * kept))
    with Warehouse.open(killed_with_its_log) as warehouse:
        [(nights,)] = warehouse.connection.execute("select count(*) from snapshots").fetchall()
        assert nights < 3
        assert warehouse.audit() == ()


def test_a_lost_archive_file_is_told_by_name_and_nothing_that_was_read_is_lost(watched: Site) -> None:
    """doctor and rebuild say which; tables stay; the next night keeps the body anew and goes on."""
    file = min(watched.settings.archive.glob("*/*/*.warc.gz"), key=lambda path: path.stat().st_mtime)
    file.unlink()
    [found] = [result for result in examine(watched.settings, watched.catalogue) if result.name == "archive"]
    assert found.level is Level.BROKEN
    assert file.name in found.found
    before = watched.rows("from figures_history order by all")
    words = ["--data", str(watched.settings.data), "rebuild", "--catalogue", str(watched.catalogue)]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0
    _, summary = watched.refresh(steps=PlainSteps())
    assert (summary.exit_status, summary.changed) == (0, ())
    assert watched.rows("from figures_history order by all") == before


@pytest.mark.parametrize("cut", [1, 100, 400])
def test_a_damaged_tail_of_an_archive_file_costs_only_what_lay_in_it(watched: Site, cut: int) -> None:
    file = max(watched.settings.archive.glob("*/*/*.warc.gz"), key=lambda path: path.stat().st_mtime)
    data = file.read_bytes()
    file.write_bytes(data[:-cut] + os.urandom(cut // 2))
    found = list(iter_exchanges(file, watched.settings.archive))
    assert any(isinstance(part, Damage) for part in found)
    assert len(found) >= 2
    before = watched.rows("from figures_history order by all")
    _, summary = watched.refresh(steps=PlainSteps())
    assert (summary.exit_status, summary.changed) == (0, ())
    assert watched.rows("from figures_history order by all") == before


def test_a_damaged_copy_for_readers_is_replaced_by_the_next_run(watched: Site) -> None:
    watched.settings.published.write_bytes(b"kaputt" * 1000)
    [found] = [result for result in examine(watched.settings, watched.catalogue) if result.name == "published"]
    assert found.level is Level.BROKEN
    watched.refresh(steps=PlainSteps())
    assert query_published(watched.settings.published, "select count(*) from snapshots").rows == ((3,),)


def test_a_killed_publisher_leaves_the_copy_before_and_the_next_run_clears_up(watched: Site) -> None:
    folder = watched.settings.published.parent
    for name in (".partial", ".partial.wal"):
        (folder / f".{watched.settings.published.name}{name}").write_bytes(b"halb")
    assert query_published(watched.settings.published, "select count(*) from snapshots").rows == ((2,),)
    watched.refresh(steps=PlainSteps())
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_messages_that_went_out_as_a_digest_are_not_due_again_after_a_restoration(watched: Site) -> None:
    """What a digest held is told with it: carried over with the outbox, it stands as delivered."""
    with Warehouse.open(watched.settings.warehouse) as warehouse:
        warehouse.connection.execute(
            "insert into store.digests (digest_id, channel, created_at, route, kind, language, subject, body, html) "
            "values ('d', 'file', now(), 'changes', 'content', 'de', 's', 'b', '')"
        )
        warehouse.connection.execute("insert into store.digest_members select alert_id, 'file', 'd' from store.alerts")
        contents = everything(warehouse)
    restore(watched.settings, declared_pages(watched.catalogue))
    with Warehouse.open(watched.settings.warehouse) as warehouse:
        after = everything(warehouse)
    assert contents["digest_members"]
    for table in ("digests", "digest_members", "alerts", "deliveries", "delivery_attempts"):
        assert after[table] == contents[table], table
