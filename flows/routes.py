"""The routes of an installation: those of ``DIR/routes.toml``, or the usual ones where there is no such file."""

from __future__ import annotations

from extract.errors import SettingsError, UsageError
from flows.routes_file import parse_routes
from flows.settings import Settings
from transform.routing import DEFAULT, Route, Routes


def load_routes(settings: Settings) -> Routes:
    """All routes and channels.

    Raises:
        SettingsError: If the file cannot be read, or has mistakes; the message tells all of them.
    """
    path = settings.routes
    if not path.exists():
        return DEFAULT
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path} cannot be read: {error}.", "Save it as UTF-8 and check its permissions."
        ) from error
    return parse_routes(text, path.name)


def chosen(routes: Routes, name: str | None) -> tuple[Route, ...]:
    """The route of that name, or all of them.

    Raises:
        UsageError: If there is none of that name.
    """
    if name is None:
        return routes.routes
    found = tuple(route for route in routes.routes if route.name == name)
    if not found:
        known = ", ".join(route.name for route in routes.routes)
        raise UsageError(f"There is no route {name!r}.", f"Known are: {known}.")
    return found
