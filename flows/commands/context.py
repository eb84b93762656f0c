"""What the options before the command say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import typer

from flows.settings import Settings, load_settings


@dataclass(frozen=True, slots=True)
class Context:
    """The data folder as given; ``None`` leaves it to the environment."""

    data: Path | None

    @property
    def settings(self) -> Settings:
        """The settings of that folder.

        Raises:
            SettingsError: If they cannot be used.
        """
        return load_settings(self.data)


def settings_of(context: typer.Context) -> Settings:
    """The settings of the data folder that a command works on."""
    given = context.obj
    assert isinstance(given, Context), "the callback runs before every command"
    return given.settings
