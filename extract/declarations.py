"""The catalogue: which pages are watched, read from one TOML file per Land and checked before anything is fetched.

A folder of files comes in, a tuple of declarations goes out.  All problems of a catalogue are told at once, each with
file, line, what was found and the fix.  Nothing is fetched here, and whether a CSS selector can be read is asked of a
function that is passed in: this room knows no HTML.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from extract.declaration_checks import FileReader, SelectorCheck
from extract.errors import CatalogueError
from extract.model import Declaration

BUNDLED_CATALOGUE = Path(__file__).parent / "catalogue"


def load_catalogue(
    folder: Path | None = None, *, check_selector: SelectorCheck | None = None
) -> tuple[Declaration, ...]:
    """The declared pages of all ``*.toml`` files in a folder, by file name and then in the order of the file.

    Args:
        folder: Where the files lie; ``None`` takes the catalogue that comes with the package.
        check_selector: Says what is wrong with a CSS selector, ``None`` where nothing is; without it selectors are
            taken as they are.

    Raises:
        CatalogueError: With every problem of every file, one a line; or because there is no file or no page at all.
    """
    folder = BUNDLED_CATALOGUE if folder is None else folder
    declarations: list[Declaration] = []
    problems: list[str] = []
    for path in _files(folder):
        reader = _read(path, check_selector, problems)
        if reader is not None:
            declarations.extend(reader.declarations())
            problems.extend(reader.problems)
    problems.extend(_doubles(declarations))
    if problems:
        raise CatalogueError(_listing(folder, problems), "Mend these lines and run `strategiemonitor doctor`.")
    if not declarations:
        raise CatalogueError(
            f"The catalogue {folder} declares no page.",
            "Add a [[page]] with page_id, url and kind to one of its files.",
        )
    return tuple(declarations)


def _files(folder: Path) -> list[Path]:
    """The files of the catalogue in the order of their names."""
    if not folder.is_dir():
        raise CatalogueError(f"The catalogue {folder} is no folder.", "Name a folder with one TOML file per Land.")
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise CatalogueError(
            f"The catalogue {folder} has no *.toml file.", "Add one file per Land, such as de-sl.toml for the Saarland."
        )
    return files


def _read(path: Path, check_selector: SelectorCheck | None, problems: list[str]) -> FileReader | None:
    """A reader for one file; a file that is no TOML at all is noted as a problem instead."""
    try:
        text = path.read_text(encoding="utf-8")
        return FileReader(path.name, text, tomllib.loads(text), check_selector)
    except tomllib.TOMLDecodeError as error:
        problems.append(f"{path.name}: this is no valid TOML: {error}. Mend the syntax there.")
    except UnicodeDecodeError as error:
        problems.append(f"{path.name}: byte {error.start} is no UTF-8. Save the file as UTF-8.")
    except OSError as error:
        problems.append(f"{path.name}: the file cannot be read: {error.strerror}. Check its permissions.")
    return None


def _doubles(declarations: list[Declaration]) -> Iterator[str]:
    """Page ids and addresses that stand in the catalogue twice, in whatever files."""
    ids: dict[str, Declaration] = {}
    urls: dict[str, Declaration] = {}
    for declaration in declarations:
        first = ids.setdefault(declaration.page_id, declaration)
        if declaration.page_id and first is not declaration:
            yield (
                f"{declaration.source}: page_id = {declaration.page_id!r} is taken by {first.source}. "
                "Choose another id; an id names one page for ever."
            )
            continue
        first = urls.setdefault(declaration.url, declaration)
        if declaration.url and first is not declaration:
            yield (
                f"{declaration.source}: url of {declaration.page_id!r} is watched already as {first.page_id!r} "
                f"({first.source}). Remove one of the two."
            )


def _listing(folder: Path, problems: list[str]) -> str:
    """All problems, one a line."""
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    return "\n".join([f"The catalogue {folder} has {count}:", *(f"  {problem}" for problem in problems), ""])
