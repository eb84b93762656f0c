"""A suggested declaration is one that the catalogue takes and under which the page reads the same."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.declarations import load_catalogue
from extract.model import Declaration, Element, Locator, PageId, PageKind, RecordKind
from tests.support.documents import declaration, document
from transform.document import Document
from transform.reading.body import read_body
from transform.reading.content import content_sha256
from transform.records_reader import read_records
from transform.selectors import selector_problem
from transform.suggesting.declaration import kind_of, suggested
from transform.suggesting.laender import land_of
from transform.suggesting.root import content_selector
from transform.suggesting.toml import as_toml, file_name

PAGES = sorted((Path(__file__).parents[2] / "pages").glob("*.html"))
URL = "https://www.musterland.example/digitales/seite.html"


def read(page: Path, said: Declaration | None = None) -> Document:
    reading = read_body(page.read_bytes(), content_type="text/html", url=URL, declaration=said)
    assert isinstance(reading, Document)
    return reading


def suggestion_for(page: Path) -> Declaration:
    return suggested(URL, read(page), content_selector(page.read_text(encoding="utf-8")))


def loaded(said: Declaration, folder: Path) -> Declaration:
    (folder / file_name(said)).write_text(as_toml(said), encoding="utf-8")
    (result,) = load_catalogue(folder, check_selector=selector_problem)
    return result


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_suggestion_is_taken_by_the_catalogue_and_reads_the_same(page: Path, tmp_path: Path) -> None:
    said = suggestion_for(page)
    assert replace(loaded(said, tmp_path), source="") == said
    plain, declared = read(page), read(page, said)
    assert content_sha256(declared) == content_sha256(plain)
    bare = replace(said, content_root=(), locators=())
    assert read_records(declared, said).records == read_records(plain, bare).records
    assert read_records(declared, said).drift == ()


@pytest.mark.parametrize("page", [page for page in PAGES if page.with_suffix(".toml").exists()], ids=lambda p: p.stem)
def test_the_land_is_never_another_one(page: Path) -> None:
    """The address tells nothing here: the words tell it, or the federation stands for "nobody knows"."""
    told = tomllib.loads(page.with_suffix(".toml").read_text(encoding="utf-8"))
    assert suggestion_for(page).land in (told["land"], "DE")


@pytest.mark.parametrize(
    ("host", "land"),
    [
        ("www.saarland.de", "DE-SL"),
        ("digitales.hessen.de", "DE-HE"),
        ("mid.sachsen-anhalt.de", "DE-ST"),
        ("www.digitales.sachsen.de", "DE-SN"),
        ("www.stk.niedersachsen.de", "DE-NI"),
        ("digitales.sh", "DE-SH"),
        ("open.nrw", "DE-NW"),
        ("mastd.rlp.de", "DE-RP"),
        ("www.regierung-mv.de", "DE-MV"),
        ("im.baden-wuerttemberg.de", "DE-BW"),
        ("digitalplan.bayern", "DE-BY"),
        ("gemeinsamdigital.berlin.de", "DE-BE"),
        ("digitalesbb.de", "DE-BB"),
        ("www.digital-thueringen.de", "DE-TH"),
        ("www.bundesregierung.de", "DE"),
    ],
)
def test_the_host_tells_the_land(host: str, land: str) -> None:
    assert land_of(host, "") == land


def test_the_text_tells_the_land_where_it_names_it_twice() -> None:
    """``Sachsen`` is no part of ``Sachsen-Anhalt`` or ``Niedersachsen``."""
    assert land_of("amt.example", "Sachsen-Anhalt geht voran. Das Land Sachsen-Anhalt baut.") == "DE-ST"
    assert land_of("amt.example", "Die Thüringer Strategie. Thüringen baut.") == "DE-TH"
    assert land_of("amt.example", "Ein Besuch in Hessen.") == "DE"


@pytest.mark.parametrize(
    ("url", "title", "kind"),
    [
        ("https://a.example/x", "Digitalstrategie", PageKind.STRATEGY),
        ("https://a.example/roadmap_node.html", "Unser Weg", PageKind.ROADMAP),
        ("https://a.example/x", "Digitalisierungsprogramm 2025", PageKind.PROGRAMME),
        ("https://a.example/presse/x", "Digitalstrategie vorgestellt", PageKind.NEWS),
        ("https://a.example/fortschrittsbericht", "Wo wir stehen", PageKind.PROGRESS_REPORT),
        ("https://www.ihk.de/x", "Digitalstrategie", PageKind.THIRD_PARTY_SUMMARY),
    ],
)
def test_the_kind_follows_from_address_and_title(url: str, title: str, kind: PageKind) -> None:
    assert kind_of(url, document(f"# {title}")) is kind


def test_a_page_that_names_no_strategy_is_taken_for_news() -> None:
    told = "# Konferenz der Küstenorte\n\nAm 3. Mai 2024 trafen sich alle in Musterhafen."
    assert kind_of("https://a.example/x", document(told)) is PageKind.NEWS
    assert kind_of("https://a.example/x", document(f"{told} Sie sprachen über die Agenda.")) is PageKind.STRATEGY


def test_locators_name_the_words_above_the_records() -> None:
    page = document(
        "# Plan\n## Unsere Ziele\n- Netze\n- Ämter\n## Inhalt\nSechs Handlungsfelder geben die Richtung vor:\n- A\n- B"
    )
    assert suggested(URL, page, None).locators == (
        Locator(RecordKind.GOALS, Element.LIST_ITEMS, under="Unsere Ziele"),
        Locator(RecordKind.ACTION_FIELDS, Element.LIST_ITEMS, after="Sechs Handlungsfelder geben die Richtung vor:"),
    )


@pytest.mark.parametrize(
    ("markup", "selector"),
    [
        ("<main>{}</main>", "main"),
        ("<div role='main'>{}</div>", '[role="main"]'),
        ("<div id='content'>{}</div><div id='side'>x</div>", "#content"),
        ("<div id='c4711' class='bodytext'>{}</div>", "div.bodytext"),
        ("<div class='css-1x9'>{}</div>", None),
        ("<div class='text'>{}</div><div class='text'>x</div>", None),
    ],
)
def test_a_selector_is_one_that_people_named_and_that_matches_alone(markup: str, selector: str | None) -> None:
    text = "<h1>Plan</h1><p>Das Land baut Netze bis in das letzte Dorf und hilft allen Schulen.</p>"
    frame = "<div><a href='/a'>Themen</a><a href='/b'>Service</a></div>"
    assert content_selector(f"<html><body>{frame}{markup.format(text)}</body></html>") == selector


TEXTS = st.text(min_size=1, max_size=20).filter(lambda text: bool(text.strip()))


@given(title=TEXTS, words=TEXTS, role=st.none() | TEXTS)
@settings(max_examples=60)
def test_any_words_survive_the_way_through_toml(title: str, words: str, role: str | None) -> None:
    """Quotes, backslashes, line feeds, control characters (TOML 1.0, "String")."""
    said = replace(
        declaration(PageKind.STRATEGY, Locator(RecordKind.LIST, Element.LIST_ITEMS, under=words, role=role, first=2)),
        title=title,
        page_id=PageId("ni-plan"),
        is_official=False,
        content_root=("main", '[role="main"]'),
    )
    try:
        told = tomllib.loads(as_toml(said))
    except UnicodeEncodeError:
        return
    page = told["page"][0]
    assert (page["title"], page["locator"][0]["under"], page["locator"][0].get("role")) == (title, words, role)
    assert page["content_root"] == ["main", '[role="main"]']
