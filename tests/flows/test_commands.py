"""The command line in one process: how commands end that never reach Prefect, and what they say then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from flows import cli
from flows.running import PlainSteps
from tests.flows.site import MAINTENANCE, Site, page

Command = Callable[..., int]


@pytest.fixture
def command(site: Site, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command on the site's installation; gives the exit status."""

    def run(*words: str) -> int:
        monkeypatch.setattr("sys.argv", ["strategiemonitor", "--data", str(site.settings.data), *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert isinstance(ended.value.code, int)
        return ended.value.code

    return run


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--only", "amt-c"), ("No page amt-c", "Did you mean amt-a?")),
        (("--via", "ftp://x/"), ("ftp://x/",)),
        (("--catalogue", "nirgends"), ("nirgends",)),
        (("--unsinn",), ("--unsinn",)),
    ],
    ids=["unknown page", "unusable prefix", "no catalogue", "unknown option"],
)
def test_wrong_usage_of_refresh_ends_with_two(
    site: Site,
    command: Command,
    capsys: pytest.CaptureFixture[str],
    words: Sequence[str],
    said: Sequence[str],
) -> None:
    """Before Prefect is even imported: nothing is asked for and nothing is made."""
    site.declare("amt-a")
    assert command("refresh", "--via", site.via, "--catalogue", str(site.catalogue), "--json", *words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    for word in said:
        assert word in told.err
    assert not site.settings.data.exists()
    assert site.server.log == []


def test_a_settings_file_with_a_mistake_ends_with_two(
    site: Site, command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    site.settings.data.mkdir()
    (site.settings.data / "settings.toml").write_text("kontakt = 1", encoding="utf-8")
    assert command("doctor") == 2
    assert "Did you mean 'contact'?" in capsys.readouterr().err


@pytest.mark.parametrize("words", [("changes",), ("incidents",), ("sql", "select 1")])
def test_without_a_first_run_there_is_nothing_to_read(
    command: Command, capsys: pytest.CaptureFixture[str], words: Sequence[str]
) -> None:
    assert command(*words) == 1
    assert "strategiemonitor refresh" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--since", "--until"])
def test_a_day_that_is_none_ends_with_two(command: Command, capsys: pytest.CaptureFixture[str], option: str) -> None:
    assert command("changes", option, "31.12.2026") == 2
    assert "2026-01-31" in capsys.readouterr().err


def test_sql_names_the_columns_of_a_wide_answer_without_rows(
    site: Site, command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    """A grid of a dozen columns folded to three letters each cannot be read."""
    site.show(site.declare("amt-a"), page("Der Plan gilt."))
    site.refresh(steps=PlainSteps())
    capsys.readouterr()
    assert command("sql", "from alerts where false") == 0
    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith("alert_id, key, created_at, snapshot_id, kind")
    assert last == "0 rows"
    assert command("sql", "select 1 as eins") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "1 row"


def test_sql_refuses_whatever_does_more_than_read(
    site: Site, command: Command, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Each with status 2, words on standard error and nothing on standard output; what only reads is answered."""
    site.show(site.declare("amt-a"), page("Der Plan gilt."))
    site.refresh(steps=PlainSteps())
    capsys.readouterr()
    for query in (
        f"copy (select 1) to '{tmp_path / 'heraus.csv'}'",
        f"attach '{tmp_path / 'anders.duckdb'}' as anders",
        "create table eigen as select 1",
        "delete from store.snapshots",
        "select * from read_text('/etc/hostname')",
        "set enable_external_access = true",
        "select 1; select 2",
        "selekt 1",
        "",
    ):
        assert command("sql", query) == 2, query
        told = capsys.readouterr()
        assert told.out == ""
        assert "error:" in told.err
    assert [path.name for path in tmp_path.iterdir() if path.suffix in (".csv", ".duckdb")] == []
    assert command("sql", "--csv", "select page_id from pages") == 0
    assert capsys.readouterr().out.split() == ["page_id", "amt-a"]


def test_check_ends_with_three_where_the_page_is_not_believed(
    site: Site, command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    """Known by its id or its address; loads nothing, and refuses what is neither."""
    url = site.declare("amt-a")
    where = ("--via", site.via, "--catalogue", str(site.catalogue))
    site.show(url, page("Das Land will bis 2030 mehr als 40 Bürgerbüros eröffnen."))
    assert command("check", "amt-a", *where) == command("check", url, *where) == 0
    assert "figures (1)" in capsys.readouterr().out
    site.show(url, MAINTENANCE)
    assert command("check", "amt-a", *where) == 3
    assert capsys.readouterr().out.startswith("suspect:maintenance")
    assert command("check", "amt-b", *where) == 2
    assert "amt-a" in capsys.readouterr().err
    assert not site.settings.data.exists()
