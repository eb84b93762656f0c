"""The catalogue: what is read from it, and how it tells what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.declaration_checks import SelectorCheck
from extract.declarations import BUNDLED_CATALOGUE, load_catalogue
from extract.errors import CatalogueError
from extract.model import Element, PageKind, RecordKind

GOOD = """
land = "DE-BB"
publisher = "Staatskanzlei"

[[page]]
page_id = "bb-plan"
url = "https://plan.example/digital"
kind = "strategy"
"""


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def problems(folder: Path, check_selector: SelectorCheck | None = None) -> str:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder, check_selector=check_selector)
    return str(caught.value)


def test_the_bundled_catalogue_is_sound_and_names_five_pages() -> None:
    """The catalogue that is shipped can be loaded and holds the seed pages under their ids."""
    pages = {str(page.page_id): page for page in load_catalogue()}
    assert set(pages) == {"sl-roadmap", "sl-presse", "st-ihk", "he-strategie", "sh-programm"}
    assert pages["st-ihk"].is_official is False
    assert pages["sl-presse"].kind is PageKind.NEWS
    assert all(page.land and page.publisher and page.content_root for page in pages.values())
    assert [locator.group for locator in pages["he-strategie"].locators] == ["Grundlagenbereich", "Handlungsfeld"]
    assert BUNDLED_CATALOGUE.name == "catalogue"


def test_three_lines_declare_a_page(tmp_path: Path) -> None:
    """Id, address and kind are enough; the rest comes from the file or has a default."""
    (page,) = load_catalogue(write(tmp_path, "de-bb.toml", GOOD))
    assert (page.page_id, page.land, page.kind, page.is_official) == ("bb-plan", "DE-BB", PageKind.STRATEGY, True)
    assert (page.publisher, page.title, page.content_root) == ("Staatskanzlei", None, ())
    assert page.source == "de-bb.toml:5"
    assert page.portal == "plan.example"


def test_locators_are_read_in_order(tmp_path: Path) -> None:
    """A locator names records and element, and the words around them."""
    text = GOOD + (
        '[[page.locator]]\nrecords = "action_fields"\nelement = "headings"\nunder = "Felder"\nfirst = 2\n'
        '[[page.locator]]\nrecords = "list"\nelement = "list_items"\nafter = "Wir wollen:"\nrole = "Leitlinien"\n'
    )
    (page,) = load_catalogue(write(tmp_path, "de-bb.toml", text))
    first, second = page.locators
    assert (first.records, first.element, first.under, first.first) == (
        RecordKind.ACTION_FIELDS,
        Element.HEADINGS,
        "Felder",
        2,
    )
    assert (second.after, second.role, second.first) == ("Wir wollen:", "Leitlinien", None)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('kind = "strategy"', 'kind = "strategie"', 8, "Did you mean 'strategy'?"),
        ('kind = "strategy"', 'kind = "strategy"\npublischer = "X"', 9, "Did you mean 'publisher'?"),
        ('kind = "strategy"', "", 5, "kind is missing"),
        ('kind = "strategy"', "kind = 3", 8, "kind = 3 is no text"),
        ('page_id = "bb-plan"', 'page_id = "bb plan"', 6, "no plain name"),
        ("https://plan", "http://plan", 7, "does not begin with https://"),
        ("https://plan", "https://ich:geheim@plan", 7, "has credentials"),
        ("https://plan.example/digital", "https://plan.example:8443/", 7, "names port 8443"),
        ("https://plan.example/digital", "https://plan.example/#ziele", 7, "has a fragment"),
        ("https://plan.example/digital", "https://[1/", 7, "is no address"),
        ('land = "DE-BB"', 'land = "DE-BX"', 2, "is no Land"),
        ('land = "DE-BB"', 'land = "DE-BE"', 2, "Name the file de-be.toml."),
        ('publisher = "Staatskanzlei"', "", 5, "publisher is missing"),
        ('kind = "strategy"', 'kind = "strategy"\nis_official = "ja"', 9, "neither true nor false"),
        ('kind = "strategy"', 'kind = "strategy"\nremovals = ["nav", 3]', 9, "no list of texts"),
        ('kind = "strategy"', 'kind = "strategy"\nlocator = "h2"', 9, "no array of tables"),
    ],
)
def test_a_wrong_entry_is_told_with_line_and_fix(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    """The message says where it stands and what to write instead."""
    assert old in GOOD
    message = problems(write(tmp_path, "de-bb.toml", GOOD.replace(old, new)))
    if "Name the file" in words or "is no Land" in words:
        assert "de-bb.toml:2:" in message
    assert f"de-bb.toml:{line}:" in message
    assert words in message


@pytest.mark.parametrize(
    ("locator", "words"),
    [
        ('records = "goals"\nelement = "listitems"\nunder = "Ziele"', "Did you mean 'list_items'?"),
        ('records = "goals"\nelement = "list_items"', "neither under nor after"),
        ('records = "goals"\nelement = "list_items"\nunder = "Ziele"\ngroup = "A"', "group is given for goals"),
        ('records = "goals"\nelement = "list_items"\nunder = "Ziele"\nrole = "A"', "role is given for goals"),
        ('records = "goals"\nelement = "list_items"\nunder = "Ziele"\nfirst = 0', "no whole number from 1"),
        ('records = "goals"\nelement = "list_items"\nunder = "Ziele"\ncss = ".x"', "the key 'css' is unknown"),
    ],
)
def test_a_wrong_locator_is_told_with_its_line(tmp_path: Path, locator: str, words: str) -> None:
    """A locator's problem stands on the locator's own lines."""
    message = problems(write(tmp_path, "de-bb.toml", f"{GOOD}\n[[page.locator]]\n{locator}\n"))
    assert words in message
    assert any(f"de-bb.toml:{line}:" in message for line in range(10, 16))


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    """One run of the check finds everything that is to be mended."""
    write(tmp_path, "de-bb.toml", GOOD.replace("strategy", "plan").replace("https", "ftp"))
    write(tmp_path, "de-be.toml", GOOD.replace("DE-BB", "DE-BE"))
    write(tmp_path, "de-sn.toml", "land = \n")
    write(tmp_path, "de-th.toml", 'land = "DE-TH"\n')
    (tmp_path / "de-nw.toml").write_bytes(b'land = "\xff"')
    message = problems(tmp_path)
    assert "has 6 problems" in message
    for words in ("kind = 'plan'", "ftp://plan", "is taken by de-bb.toml:5", "de-sn.toml: this is no valid TOML"):
        assert words in message
    assert "line 1" in message
    assert "de-th.toml:1: the file: no [[page]] is declared" in message
    assert "de-nw.toml: byte 8 is no UTF-8" in message


def test_one_address_is_watched_once(tmp_path: Path) -> None:
    """Two ids for one address are a slip."""
    text = GOOD + '\n[[page]]\npage_id = "bb-zwei"\nurl = "https://plan.example/digital"\nkind = "news"\n'
    assert "is watched already as 'bb-plan'" in problems(write(tmp_path, "de-bb.toml", text))


def test_a_catalogue_without_pages_is_an_error(tmp_path: Path) -> None:
    """Nothing to watch is never a success."""
    assert "has no *.toml file" in problems(tmp_path)
    assert "is no folder" in problems(tmp_path / "fehlt")
    assert "declares no page" in problems(write(tmp_path, "de-bb.toml", 'land = "DE-BB"\npage = []\n'))


def test_selectors_are_checked_by_the_function_that_is_given(tmp_path: Path) -> None:
    """Without a check selectors are taken as they are; with one its reason is told."""
    write(tmp_path, "de-bb.toml", GOOD + 'content_root = ["main", "main >"]\n')
    assert load_catalogue(tmp_path)[0].content_root == ("main", "main >")
    message = problems(tmp_path, check_selector=lambda selector: "ends early" if selector.endswith(">") else None)
    assert "de-bb.toml:9:" in message
    assert "'main >', which is no CSS selector: ends early" in message


SCALARS = st.one_of(st.text(max_size=8), st.integers(), st.booleans(), st.lists(st.integers(), max_size=2))


@settings(max_examples=60)
@given(key=st.sampled_from(["page_id", "url", "kind", "publisher", "title", "removals", "is_official"]), value=SCALARS)
def test_any_value_gives_a_declaration_or_one_clear_error(
    tmp_path_factory: pytest.TempPathFactory, key: str, value: object
) -> None:
    """Whatever is written for a key, the loader answers with pages or with a CatalogueError, never with a crash."""
    text = "\n".join(line for line in GOOD.splitlines() if not line.startswith(f"{key} ="))
    literal = str(value).lower() if isinstance(value, bool) else repr(value)
    if isinstance(value, str):
        literal = '"' + "".join(f"\\U{ord(c):08x}" for c in value) + '"'
    folder = tmp_path_factory.mktemp("katalog")
    write(folder, "de-bb.toml", f"{text}\n{key} = {literal}\n")
    try:
        told = [page.source for page in load_catalogue(folder)]
    except CatalogueError as error:
        told = [str(error)]
    assert len(told) == 1
    assert "de-bb.toml:" in told[0]
