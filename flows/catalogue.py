"""The catalogue as a run needs it: loaded, selectors checked, narrowed to the pages that are asked for."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from extract.declarations import BUNDLED_CATALOGUE, load_catalogue
from extract.errors import UnknownPageError
from extract.model import Declaration
from transform.selectors import selector_problem

_State = tuple[tuple[str, int, int], ...]


def declared_pages(folder: Path | None = None, only: Sequence[str] = ()) -> tuple[Declaration, ...]:
    """The declared pages in the order of the catalogue, or those of them that ``only`` names.

    Raises:
        CatalogueError: If the catalogue has mistakes; the message tells all of them.
        UnknownPageError: If ``only`` names a page that is not declared.
    """
    folder = BUNDLED_CATALOGUE if folder is None else folder
    return narrowed(_loaded(folder, _state(folder)), only)


@lru_cache(maxsize=1)
def _loaded(folder: Path, state: _State) -> tuple[Declaration, ...]:  # noqa: ARG001  what was loaded holds for it
    """The catalogue: the command line looks at it before the engine starts, and the run again."""
    return load_catalogue(folder, check_selector=selector_problem)


def _state(folder: Path) -> _State:
    """The files of the catalogue with size and time of change: another state is read anew."""
    paths = sorted(folder.glob("*.toml"))
    found = ((path.name, path.stat() if path.exists() else path.lstat()) for path in paths)
    return tuple((name, entry.st_size, entry.st_mtime_ns) for name, entry in found)


def narrowed(declarations: tuple[Declaration, ...], only: Sequence[str]) -> tuple[Declaration, ...]:
    """Those of the declared pages that ``only`` names, in the order of the catalogue; all where it names none.

    Raises:
        UnknownPageError: If it names a page that is not declared.
    """
    known = {declaration.page_id: declaration for declaration in declarations}
    unknown = [page for page in only if page not in known]
    if unknown:
        near = difflib.get_close_matches(unknown[0], list(known), n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Declared are {', '.join(known)}."
        raise UnknownPageError(f"No page {', '.join(unknown)} is declared.", hint)
    return tuple(declaration for declaration in declarations if not only or declaration.page_id in only)
