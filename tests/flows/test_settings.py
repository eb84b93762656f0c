"""Settings: from the file, from the environment, and every mistake told with the way out."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import SettingsError
from flows.settings import DEFAULT_DATA, Settings, is_loopback, load_settings


def written(folder: Path, text: str) -> Path:
    """A data folder with a settings file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.toml").write_text(text, encoding="utf-8")
    return folder


def test_without_file_and_environment_the_defaults_hold() -> None:
    assert load_settings(environment={}) == Settings(data=DEFAULT_DATA)


def test_the_file_in_the_data_folder_is_read(tmp_path: Path) -> None:
    text = 'contact = "wache@amt.example"\nmin_pause_s = 2\nallowed_peers = ["10.1.2.0/24"]\n'
    read = load_settings(written(tmp_path, text), {})
    assert (read.contact, read.min_pause_s, read.allowed_peers) == ("wache@amt.example", 2.0, ("10.1.2.0/24",))
    assert isinstance(read.min_pause_s, float)
    assert read.data == tmp_path


def test_the_environment_overrides_the_file(tmp_path: Path) -> None:
    folder = written(tmp_path, "full_fetch_days = 7\nsecond_look_s = 5.0\n")
    environment = {"STRATEGIEMONITOR_FULL_FETCH_DAYS": "14", "STRATEGIEMONITOR_ALLOWED_PEERS": "10.0.0.1:80, ::1"}
    read = load_settings(folder, environment)
    assert (read.full_fetch_days, read.second_look_s) == (14, 5.0)
    assert read.allowed_peers == ("10.0.0.1:80", "::1")


def test_the_data_folder_comes_from_the_argument_then_the_environment_then_the_default(tmp_path: Path) -> None:
    environment = {"STRATEGIEMONITOR_DATA": str(tmp_path)}
    assert load_settings(tmp_path / "eigen", environment).data == tmp_path / "eigen"
    assert load_settings(None, environment).data == tmp_path
    assert load_settings(None, {"STRATEGIEMONITOR_DATA": ""}).data == DEFAULT_DATA


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('kontakt = "a@b.example"', ("unknown key 'kontakt'", "'contact'")),
        ("zzz = 1", ("unknown key 'zzz'", "Known keys are contact")),
        ('min_pause_s = "schnell"', ("min_pause_s is 'schnell'", "such as 1.0")),
        ("min_pause_s = true", ("min_pause_s is True", "such as 1.0")),
        ("full_fetch_days = 1.5", ("full_fetch_days is 1.5", "such as 30")),
        ("full_fetch_days = true", ("full_fetch_days is True", "such as 30")),
        ('allowed_peers = "10.0.0.1"', ("allowed_peers is '10.0.0.1'", "such as ()")),
        ("allowed_peers = [1]", ("allowed_peers is [1]", "such as ()")),
        ("ca_bundle = 3", ("ca_bundle is 3", "a value such as")),
        ('contact = "niemand"', ("'niemand'", "name@example.org")),
        ("contact = ", ("settings.toml", "Mend the file")),
    ],
)
def test_a_mistake_in_the_file_is_told_with_the_way_out(tmp_path: Path, text: str, words: tuple[str, str]) -> None:
    with pytest.raises(SettingsError) as raised:
        load_settings(written(tmp_path, text), {})
    assert raised.value.exit_status == 2
    wrong, remedy = words
    assert wrong in raised.value.message
    assert remedy in str(raised.value)


def test_a_file_that_is_no_text_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(tmp_path, {})


@pytest.mark.parametrize(("name", "value"), [("MIN_PAUSE_S", "schnell"), ("FULL_FETCH_DAYS", "1.5")])
def test_a_mistake_in_the_environment_names_the_variable(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"STRATEGIEMONITOR_{name} is '{value}'"):
        load_settings(environment={f"STRATEGIEMONITOR_{name}": value})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("min_pause_s = -1.0", "min_pause_s"),
        ("portals_at_once = 0", "portals_at_once"),
        ("portal_groups = 0", "portal_groups"),
        ("min_pause_s = nan", "min_pause_s"),
    ],
)
def test_a_number_that_makes_no_sense_is_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        load_settings(written(tmp_path, text), {})


def test_several_runs_a_night_need_tables_with_several_writers(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="portal_groups is 2, but no lake is set"):
        load_settings(written(tmp_path, "portal_groups = 2"), {})
    both = written(tmp_path, "portal_groups = 2\nlake = 'postgres:dbname=see'")
    assert load_settings(both, {}).portal_groups == 2


@given(st.floats(0, 600), st.integers(1, 365), st.lists(st.sampled_from(["10.0.0.0/8", "192.0.2.7:81"]), max_size=3))
@settings(max_examples=30)
def test_file_and_environment_say_the_same_thing_alike(pause_s: float, days: int, peers: list[str]) -> None:
    """Law: what the environment gives is what the file would have given."""
    with tempfile.TemporaryDirectory() as folder:
        text = f"min_pause_s = {pause_s!r}\nfull_fetch_days = {days}\nallowed_peers = {peers!r}\n"
        from_file = load_settings(written(Path(folder), text), {})
        (Path(folder) / "settings.toml").unlink()
        variables = {"MIN_PAUSE_S": repr(pause_s), "FULL_FETCH_DAYS": str(days), "ALLOWED_PEERS": ",".join(peers)}
        given_by = {f"STRATEGIEMONITOR_{name}": value for name, value in variables.items()}
        assert load_settings(Path(folder), given_by) == from_file


def test_only_a_prefix_on_this_machine_is_asked_without_a_pause() -> None:
    here, there = "http://127.0.0.1:8080/", "https://archiv.example/web/2023id_/"
    assert (is_loopback(here), is_loopback(there)) == (True, False)
    plain = Settings()
    assert (plain.fetching(here).min_pause_s, plain.fetching(here).via_min_pause_s) == (0.0, 0.0)
    assert (plain.fetching(there).min_pause_s, plain.fetching(there).via_min_pause_s) == (1.0, 1.0)
    assert plain.fetching(None).min_pause_s == 1.0
    assert (plain.pause_before_second_look_s(here), plain.pause_before_second_look_s(None)) == (0.0, 60.0)


@pytest.mark.parametrize("via", ["gopher://x/", "archiv.example/", "http://"])
def test_a_prefix_that_cannot_be_asked_is_refused(via: str) -> None:
    with pytest.raises(SettingsError):
        Settings().fetching(via)


def test_the_four_places_lie_in_the_data_folder() -> None:
    places = Settings(data=Path("d"))
    assert [str(path) for path in (places.archive, places.warehouse, places.published, places.alerts)] == [
        "d/archive",
        "d/warehouse/strategiemonitor.duckdb",
        "d/published/strategiemonitor.duckdb",
        "d/alerts",
    ]
