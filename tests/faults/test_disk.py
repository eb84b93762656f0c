"""A disk that is full, or may not be written to, at each write of a run: all stays, and the next run goes on."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.errors import ArchiveError, StorageError
from flows.examining import Level, examine
from flows.running import PlainSteps
from tests.faults.conftest import SmallDisk
from tests.flows.site import Site, page
from tests.support.server import ScriptedServer
from warehouse.query import query_published

OLD = page("Bis 2027 sollen 150 Schulen im Land einen eigenen Anschluss an das Glasfasernetz bekommen.")
NEW = page("Bis 2027 sollen 170 Schulen im Land einen eigenen Anschluss an das Glasfasernetz bekommen.")
Disks = Callable[[Path], SmallDisk]


@pytest.fixture(scope="module")
def one_night(tmp_path_factory: pytest.TempPathFactory, empty_warehouse: Path) -> Path:
    """The folder of an installation that saw a page once; not to be written to."""
    folder = tmp_path_factory.mktemp("eine-nacht")
    with ScriptedServer() as server:
        site = Site(server, folder, empty_warehouse)
        site.show(site.declare("amt-a"), OLD)
        site.refresh(steps=PlainSteps())
    return folder


@pytest.fixture
def watched(site: Site, one_night: Path) -> Site:
    """Such an installation, whose page says something else from the next night on."""
    shutil.copytree(one_night, site.folder, dirs_exist_ok=True)
    site.night = 1
    site.show(site.declare("amt-a"), NEW + BULKY)
    return site


BULKY = f"<!-- {random.Random(1).randbytes(20_000).hex()} -->".encode()
"""More than a page of the disk, however well it is compressed."""


def disk_of(site: Site, part: str, small_disk: Disks) -> SmallDisk:
    """A small disk in place of one folder of the installation."""
    folder = site.settings.data / part
    aside = folder.with_name(folder.name + "-davor")
    if folder.exists():
        folder.rename(aside)
    folder.mkdir()
    disk = small_disk(folder)
    if aside.exists():
        for path in sorted(aside.rglob("*")):
            target = folder / path.relative_to(aside)
            if path.is_dir():
                target.mkdir(exist_ok=True)
            else:
                target.write_bytes(path.read_bytes())
    return disk


def assert_the_next_run_makes_good(site: Site) -> None:
    """One change, told once, from a whole warehouse; nothing of the night before is lost."""
    _, summary = site.refresh(steps=PlainSteps())
    assert summary.exit_status == 0
    told = 'select "before", "after" from changes where entity = \'figure\''
    assert query_published(site.settings.published, told).rows == (("150", "170"),)
    waiting = "select alert_id from deliveries where channel = 'file' and status <> 'delivered'"
    assert query_published(site.settings.published, waiting).rows == ()
    assert len(list(site.settings.alerts.glob("*.md"))) >= 1
    assert list(site.settings.archive.glob("*/*/*.open")) == []


@pytest.mark.parametrize("left", [0, 4096])
def test_where_the_evidence_cannot_be_kept_nothing_is_loaded(watched: Site, small_disk: Disks, left: int) -> None:
    """No byte for the run's file, or only so many: status 1, and everything stands as it was."""
    disk = disk_of(watched, "archive", small_disk)
    disk.fill(but_for_bytes=left)
    with pytest.raises(ArchiveError, match=r"The archive file .* cannot be .*No space left") as raised:
        watched.refresh(steps=PlainSteps())
    assert raised.value.exit_status == 1
    assert list(disk.folder.glob("*/*/*.open")) == []
    assert watched.rows("select count(*) from snapshots") == [(1,)]
    disk.clear()
    assert_the_next_run_makes_good(watched)


@pytest.mark.parametrize("left", [0, 8192, 65536])
def test_where_the_warehouse_cannot_be_written_a_night_is_loaded_whole_or_not_at_all(
    watched: Site, small_disk: Disks, left: int
) -> None:
    """Wherever the disk is full: nothing at all is left of the night, or all of it; the next run makes good."""
    disk = disk_of(watched, "warehouse", small_disk)
    disk.fill(but_for_bytes=left)
    before = [(1,)]
    try:
        watched.refresh(steps=PlainSteps())
        before = [(2,)]
    except StorageError as error:
        assert "No space left" in str(error)  # noqa: PT017  with a little room a night may fit in
    disk.clear()
    assert watched.rows("select count(*) from snapshots") == before
    assert_the_next_run_makes_good(watched)


@pytest.mark.parametrize("left", [0, 300_000])
def test_where_no_copy_can_be_published_the_night_is_loaded_and_told_with_status_3(
    watched: Site, small_disk: Disks, left: int
) -> None:
    """Readers keep the copy before, the alert goes out, an incident is told once, doctor says what to do."""
    disk = disk_of(watched, "published", small_disk)
    disk.fill(but_for_bytes=left)
    for _ in range(2):
        _, summary = watched.refresh(steps=PlainSteps())
        assert summary.exit_status == 3
        assert "could not be written" in summary.unpublished
    assert query_published(watched.settings.published, "select count(*) from snapshots").rows == ((1,),)
    assert watched.rows("select count(*) from snapshots") == [(3,)]
    assert watched.rows("select kind, closed_at from incidents") == [("unpublished", None)]
    told = [path.read_text(encoding="utf-8") for path in watched.settings.alerts.glob("*.md")]
    assert sum("Platz und Rechte" in text for text in told) == 1
    [found] = [result for result in examine(watched.settings, watched.catalogue) if result.name == "copy"]
    assert (found.level, found.found) == (Level.BROKEN, "readers' copy lacks the last 2 runs")
    disk.clear()
    assert_the_next_run_makes_good(watched)
    closed = "select closed_at is not null from incidents where kind = 'unpublished'"
    assert query_published(watched.settings.published, closed).rows == ((True,),)
    assert sorted(path.name for path in disk.folder.iterdir() if path.name.startswith(".")) == []


def test_where_an_alert_cannot_be_written_it_waits(watched: Site, small_disk: Disks) -> None:
    disk = disk_of(watched, "alerts", small_disk)
    disk.fill()
    _, summary = watched.refresh(steps=PlainSteps())
    assert summary.exit_status == 0
    [(status, response)] = query_published(
        watched.settings.published, "select status, response from deliveries where channel = 'file'"
    ).rows
    assert status == "pending"
    assert "No space left" in response
    disk.clear()


@pytest.mark.parametrize("part", ["archive", "warehouse"])
def test_a_folder_that_may_not_be_written_is_named_and_left_as_it_is(
    watched: Site, small_disk: Disks, part: str
) -> None:
    disk = disk_of(watched, part, small_disk)
    disk.read_only(on=True)
    with pytest.raises(StorageError) as raised:
        watched.refresh(steps=PlainSteps())
    assert str(disk.folder) in str(raised.value)
    assert "Read-only" in str(raised.value)
    disk.read_only(on=False)
    assert watched.rows("select count(*) from snapshots") == [(1,)]
    assert_the_next_run_makes_good(watched)


def test_a_folder_of_copies_that_may_not_be_written_keeps_the_copy_before(watched: Site, small_disk: Disks) -> None:
    disk = disk_of(watched, "published", small_disk)
    disk.read_only(on=True)
    _, summary = watched.refresh(steps=PlainSteps())
    assert (summary.exit_status, "Read-only" in summary.unpublished) == (3, True)
    disk.read_only(on=False)
    assert_the_next_run_makes_good(watched)
