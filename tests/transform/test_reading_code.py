"""The extractor's fingerprint follows the reading code and the declaration, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files

import pytest

from extract.model import Declaration, Element, Locator, PageId, PageKind, RecordKind
from transform.identifiers import extractor_fingerprint
from transform.reading_code import READING_PARTS, reading_code_version

PAGE = Declaration(PageId("xx"), "https://land.example/a", "DE-BE", PageKind.STRATEGY, True, "Senatskanzlei")


def test_every_part_exists() -> None:
    """A renamed package must not drop out of the fingerprint."""
    here = {entry.name for entry in files("transform").iterdir()}
    assert set(READING_PARTS) <= here


def test_every_package_that_reads_is_covered() -> None:
    """A new folder of transform is either part of reading or named here as none."""
    folders = {entry.name for entry in files("transform").iterdir() if entry.is_dir() and entry.name != "__pycache__"}
    assert folders - set(READING_PARTS) == {"compare", "judging", "messages", "suggesting"}


def test_the_version_is_stable_within_a_checkout() -> None:
    """Twelve hexadecimal digits, equal whenever asked."""
    first = reading_code_version()
    reading_code_version.cache_clear()
    assert reading_code_version() == first
    assert len(first) == 12


def test_a_moved_page_is_read_no_differently() -> None:
    """The address is no part of reading."""
    assert extractor_fingerprint(replace(PAGE, url="https://land.example/b")) == extractor_fingerprint(PAGE)


@pytest.mark.parametrize(
    "other",
    [
        replace(PAGE, content_root=("main",)),
        replace(PAGE, removals=(".share",)),
        replace(PAGE, kind=PageKind.NEWS),
        replace(PAGE, locators=(Locator(RecordKind.GOALS, Element.LIST_ITEMS, after="hat zum Ziel:"),)),
    ],
)
def test_another_declaration_is_another_extractor(other: Declaration) -> None:
    """Whatever a declaration says about reading counts."""
    assert extractor_fingerprint(other) != extractor_fingerprint(PAGE)
