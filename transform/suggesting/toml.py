"""A declaration as the text of a catalogue file, which :func:`extract.declarations.load_catalogue` reads back."""

from __future__ import annotations

import json
from collections.abc import Iterator

from extract.model import Declaration, Locator, PageKind


def as_toml(declaration: Declaration) -> str:
    """The catalogue file that declares this page; its name is the Land's code in lower case with ``.toml``."""
    return "\n".join(_lines(declaration)) + "\n"


def file_name(declaration: Declaration) -> str:
    """The name that the file must have: one file for each Land."""
    return f"{declaration.land.lower()}.toml"


def _lines(declaration: Declaration) -> Iterator[str]:
    yield f"land = {_text(declaration.land)}"
    yield f"publisher = {_text(declaration.publisher)}"
    yield ""
    yield "[[page]]"
    yield f"page_id = {_text(declaration.page_id)}"
    yield f"url = {_text(declaration.url)}"
    yield f"kind = {_text(declaration.kind)}"
    if declaration.is_official is not (declaration.kind is not PageKind.THIRD_PARTY_SUMMARY):
        yield f"is_official = {str(declaration.is_official).lower()}"
    if declaration.title is not None:
        yield f"title = {_text(declaration.title)}"
    for name, selectors in (("content_root", declaration.content_root), ("removals", declaration.removals)):
        if selectors:
            yield f"{name} = [{', '.join(map(_text, selectors))}]"
    for locator in declaration.locators:
        yield from _locator(locator)


def _locator(locator: Locator) -> Iterator[str]:
    yield ""
    yield "[[page.locator]]"
    yield f"records = {_text(locator.records)}"
    yield f"element = {_text(locator.element)}"
    for name in ("under", "after", "group", "role"):
        if (value := getattr(locator, name)) is not None:
            yield f"{name} = {_text(value)}"
    if locator.first is not None:
        yield f"first = {locator.first}"


def _text(value: str) -> str:
    """A TOML basic string (TOML 1.0, "String"): the escapes of JSON, and DEL as well."""
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007F")
