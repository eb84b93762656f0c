"""The catalogue as a run needs it: narrowed to what is asked for, and every mistake told at once."""

from __future__ import annotations

import pytest

from extract.errors import CatalogueError, UnknownPageError
from flows.catalogue import declared_pages
from tests.flows.site import Site


def test_pages_come_in_the_order_of_the_catalogue_however_they_are_asked_for(site: Site) -> None:
    for name in ("amt-a", "amt-b", "amt-c"):
        site.declare(name)
    assert [page.page_id for page in declared_pages(site.catalogue, ["amt-c", "amt-a", "amt-c"])] == ["amt-a", "amt-c"]
    assert len(declared_pages(site.catalogue)) == 3


@pytest.mark.parametrize(
    ("asked", "hint"), [("amt-aa", "Did you mean amt-a?"), ("zzz", "Declared are amt-a, b-stelle")]
)
def test_an_unknown_page_is_told_with_what_may_have_been_meant(site: Site, asked: str, hint: str) -> None:
    site.declare("amt-a")
    site.declare("b-stelle")
    with pytest.raises(UnknownPageError) as raised:
        declared_pages(site.catalogue, ["amt-a", asked])
    assert asked in raised.value.message
    assert hint in raised.value.remedy
    assert raised.value.exit_status == 2


def test_a_selector_that_cannot_be_read_is_told_with_file_and_line(site: Site) -> None:
    site.declare("amt-a", content_root="['main >> p']")
    site.declare("amt-b", "http://amt-b.example/plan")
    with pytest.raises(CatalogueError) as raised:
        declared_pages(site.catalogue)
    assert "de-sl.toml:" in raised.value.message
    assert "main >> p" in raised.value.message
    assert "http://amt-b.example/plan" in raised.value.message


def test_the_bundled_catalogue_is_sound() -> None:
    assert len({page.page_id for page in declared_pages()}) == len(declared_pages()) > 0


def test_a_file_that_changed_is_read_anew(site: Site) -> None:
    site.declare("amt-a")
    assert [page.page_id for page in declared_pages(site.catalogue)] == ["amt-a"]
    site.declare("amt-b")
    assert [page.page_id for page in declared_pages(site.catalogue)] == ["amt-a", "amt-b"]
