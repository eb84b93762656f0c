"""When a server of our own is started: only where Prefect is told of none."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.temporary_server import names_a_server

PROFILES = """active = "amt"
[profiles.amt]
PREFECT_API_URL = "http://127.0.0.1:4200/api"
[profiles.leer]
PREFECT_LOGGING_LEVEL = "INFO"
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, which is Prefect's home as well, and no variable that names a server."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    for name in ("PREFECT_API_URL", "PREFECT_PROFILE", "PREFECT_PROFILES_PATH"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_where_nothing_is_said_one_is_started() -> None:
    assert not names_a_server()


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("profiles.toml", PROFILES),
        ("prefect.toml", '[api]\nurl = "http://127.0.0.1:4200/api"\n'),
        ("pyproject.toml", '[tool.prefect.api]\nurl = "http://127.0.0.1:4200/api"\n'),
        (".env", "export PREFECT_API_URL=http://127.0.0.1:4200/api\n"),
        (".env", "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE=false\n"),
    ],
)
def test_a_file_that_names_a_server_is_heeded(folder: Path, file: str, text: str) -> None:
    (folder / file).write_text(text, encoding="utf-8")
    assert names_a_server()


def test_a_profile_that_is_not_active_names_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "profiles.toml").write_text(PROFILES, encoding="utf-8")
    monkeypatch.setenv("PREFECT_PROFILE", "leer")
    assert not names_a_server()


def test_the_environment_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:4200/api")
    assert names_a_server()


@pytest.mark.parametrize("text", ["\x00kaputt", "[", "=\n=="])
def test_a_broken_file_is_left_to_prefect(folder: Path, text: str) -> None:
    (folder / "profiles.toml").write_text(text, encoding="utf-8")
    assert not names_a_server()
