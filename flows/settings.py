"""What the operator decides: where the data lie, who we are, how fast we ask.

Read from ``DIR/settings.toml`` where there is one; an environment variable ``STRATEGIEMONITOR_<NAME>`` overrides a key.
"""

from __future__ import annotations

import difflib
import math
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from extract.errors import SettingsError
from extract.fetch_settings import FetchLimits, FetchSettings, user_agent
from warehouse.lake import Lake

DEFAULT_DATA = Path("data")
_LEAST = {"min_pause_s": 0.0, "second_look_s": 0.0, "full_fetch_days": 1, "portals_at_once": 1, "portal_groups": 1}
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of an installation.

    Attributes:
        data: The data folder.
        contact: Web or e-mail address that the User-Agent names.
        min_pause_s: Least pause between two requests to a portal, in seconds.
        second_look_s: Pause before a suspicious answer is fetched again in the same run, in seconds.
        full_fetch_days: After so many days a page is fetched in full although it says that nothing changed.
        portals_at_once: How many portals are visited at the same time.
        allowed_peers: Private addresses that may be reached all the same (``10.1.2.0/24`` or ``127.0.0.1:8080``).
        ca_bundle: File of certificate authorities to trust instead of the common ones.
        fresh_hours: After so many hours without a verified page the watchdog alerts.
        lake: PostgreSQL database with the catalogue of a DuckLake, ``postgres:`` and what libpq needs to connect; the
            tables then lie there instead of in a file, and several processes may write at once.
        lake_files: Folder or address below which the lake's Parquet files lie; ``DIR/lake`` where missing.
        portal_groups: So many runs share a night, each visiting the portals of its group; more than one needs a lake.
    """

    data: Path = DEFAULT_DATA
    contact: str = "https://github.com/strategiemonitor/strategiemonitor"
    min_pause_s: float = 1.0
    second_look_s: float = 60.0
    full_fetch_days: int = 30
    portals_at_once: int = 16
    allowed_peers: tuple[str, ...] = ()
    ca_bundle: str | None = None
    fresh_hours: float = 36.0
    lake: str | None = None
    lake_files: str | None = None
    portal_groups: int = 1

    def __post_init__(self) -> None:
        for name, least in _LEAST.items():
            value = getattr(self, name)
            if not least <= value < math.inf:
                raise SettingsError(f"{name} is {value}.", f"Set {name} to {least:g} or more.")

    @property
    def archive(self) -> Path:
        """Folder of the WARC files."""
        return self.data / "archive"

    @property
    def warehouse(self) -> Path:
        """The writer's DuckDB file; nobody else opens it."""
        return self.data / "warehouse" / "strategiemonitor.duckdb"

    @property
    def place(self) -> Path | Lake:
        """Where the tables are that runs write to: a file, or a lake."""
        if self.lake is None:
            return self.warehouse
        return Lake(self.lake, self.lake_files or str(self.data / "lake"))

    @property
    def is_begun(self) -> bool:
        """Whether there is a warehouse to open."""
        return self.lake is not None or self.warehouse.exists()

    @property
    def published(self) -> Path:
        """The copy for readers."""
        return self.data / "published" / "strategiemonitor.duckdb"

    @property
    def alerts(self) -> Path:
        """Folder in which the file channel puts its messages."""
        return self.data / "alerts"

    @property
    def feed(self) -> Path:
        """The Atom feed of changes, beside the copy for readers."""
        return self.published.with_name("changes.atom")

    @property
    def routes(self) -> Path:
        """File that says who is told what; the usual routes hold where it is missing."""
        return self.data / "routes.toml"

    def fetching(self, via: str | None) -> FetchSettings:
        """How the fetcher is to ask; a PREFIX on this machine needs no pause of its own.

        Raises:
            SettingsError: If the contact or the PREFIX cannot be used.
        """
        on_loopback = via is not None and is_loopback(via)
        return FetchSettings(
            user_agent=user_agent(self.contact),
            via=via,
            limits=FetchLimits(),
            min_pause_s=0.0 if on_loopback else self.min_pause_s,
            via_min_pause_s=0.0 if on_loopback else 1.0,
            allowed_peers=self.allowed_peers,
            ca_bundle=self.ca_bundle,
        )

    def pause_before_second_look_s(self, via: str | None) -> float:
        """Seconds before a suspicious answer is fetched again; none where a PREFIX on this machine answers."""
        return 0.0 if via is not None and is_loopback(via) else self.second_look_s


def is_loopback(via: str) -> bool:
    """Whether a PREFIX leads to this very machine."""
    return (urlsplit(via).hostname or "").lower() in _LOOPBACK


def load_settings(data: Path | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of an installation.

    Args:
        data: The data folder; else ``STRATEGIEMONITOR_DATA``, else ``data/``.
        environment: The environment variables; the process's own where ``None``.

    Raises:
        SettingsError: If ``settings.toml`` cannot be read, or names an unknown key, or a value has the wrong type; or
            several runs are to share a night without a lake.
    """
    environment = os.environ if environment is None else environment
    folder = data or Path(environment.get("STRATEGIEMONITOR_DATA") or DEFAULT_DATA)
    given = {**_from_file(folder / "settings.toml"), **_from_environment(environment)}
    settings = replace(Settings(data=folder), **given)
    user_agent(settings.contact)
    if settings.portal_groups > 1 and settings.lake is None:
        raise SettingsError(
            f"portal_groups is {settings.portal_groups}, but no lake is set, and a DuckDB file has one writer.",
            "Set lake (its environment comes from requirements-lake.lock), or set portal_groups to 1.",
        )
    return settings


def _from_file(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}.", "Mend the file or remove it.") from error
    return {name: _typed(name, value, str(path)) for name, value in content.items()}


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    found = {}
    for name in _names():
        variable = f"STRATEGIEMONITOR_{name.upper()}"
        if environment.get(variable):
            found[name] = _parsed(name, environment[variable], variable)
    return found


def _names() -> tuple[str, ...]:
    return tuple(field.name for field in fields(Settings) if field.name != "data")


def _typed(name: str, value: object, source: str) -> Any:  # noqa: ANN401  the type of the field of that name
    if name not in _names():
        near = difflib.get_close_matches(name, _names(), n=1)
        hint = f"Did you mean {near[0]!r}?" if near else f"Known keys are {', '.join(_names())}."
        raise SettingsError(f"{source}: unknown key {name!r}.", hint)
    default = getattr(Settings(), name)
    if isinstance(default, tuple):
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
    elif isinstance(default, float) and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    elif isinstance(value, str if default is None else type(default)) and not isinstance(value, bool):
        return value
    raise SettingsError(f"{source}: {name} is {value!r}.", f"Give it a value such as {default!r}.")


def _parsed(name: str, text: str, source: str) -> Any:  # noqa: ANN401  the type of the field of that name
    default = getattr(Settings(), name)
    if isinstance(default, tuple):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    try:
        return type(default)(text) if isinstance(default, int | float) else text
    except ValueError:
        raise SettingsError(f"{source} is {text!r}.", f"Give it a number such as {default!r}.") from None
