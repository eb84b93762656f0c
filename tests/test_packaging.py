"""What pyproject.toml declares is what there is: an editable install would hide a folder forgotten until release."""

from __future__ import annotations

import fnmatch
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("extract", "transform", "warehouse", "flows")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETUPTOOLS = PROJECT["tool"]["setuptools"]


def test_every_package_is_declared() -> None:
    """Every folder with an ``__init__.py`` below a room, and no other."""
    found = {
        ".".join(path.parent.relative_to(ROOT).parts) for room in ROOMS for path in (ROOT / room).rglob("__init__.py")
    }
    assert set(SETUPTOOLS["packages"]) == found


def test_every_data_file_is_declared() -> None:
    """TOML, SQL, templates and sample pages go into the wheel as well."""
    declared = [
        f"{package.replace('.', '/')}/{pattern}"
        for package, patterns in SETUPTOOLS["package-data"].items()
        for pattern in patterns
    ]
    data = [
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc")
    ]
    assert [name for name in data if not any(fnmatch.fnmatch(name, pattern) for pattern in declared)] == []


def test_lock_files_pin_everything_with_hashes_and_name_no_index() -> None:
    """A fresh machine installs exactly this, from whatever index it is set up with."""
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-lake.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        entries = re.findall(r"^([a-z0-9][^\s;]*)", text, re.MULTILINE)
        assert entries
        assert [entry for entry in entries if "==" not in entry] == []
        assert text.count("--hash=sha256:") >= len(entries)


def test_the_lock_holds_every_declared_dependency() -> None:
    """A dependency that was added without ``make lock`` would be missing on a fresh machine."""
    locked = set(re.findall(r"^([a-z0-9.-]+)(?:\[[^]]*\])?==", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    names = {
        re.split(r"[\[<>=~! ]", entry)[0].lower().replace("_", "-") for entry in PROJECT["project"]["dependencies"]
    }
    assert names - locked == set()
