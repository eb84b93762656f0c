"""Whole pages of other system families, authored, with the text that is to be found beside them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from statistics import mean

import pytest

from extract.model import Declaration, PageId, PageKind
from tests.benchmarks.main_content import scores_of
from transform.document import Block, BlockKind, Document
from transform.reading.body import read_body
from transform.reading.content import content_sha256, document_urls, words

PAGES = sorted((Path(__file__).parents[2] / "pages").glob("*.html"))
URL = "https://www.musterland.example/digitales/seite.html"
SIGNS = {BlockKind.KICKER: "^ ", BlockKind.TABLE_ROW: "| ", BlockKind.PARAGRAPH: ""}


def read(body: bytes, *, root: str | None = None) -> Document:
    declaration = None
    if root is not None:
        declaration = Declaration(PageId("x"), URL, "DE", PageKind.STRATEGY, True, "Amt", content_root=(root,))
    reading = read_body(body, content_type="text/html", url=URL, declaration=declaration)
    assert isinstance(reading, Document)
    return reading


def line(block: Block) -> str:
    if block.kind is BlockKind.HEADING:
        sign = "#" * block.level + " "
    elif block.kind is BlockKind.LIST_ITEM:
        sign = "1. " if block.ordered else "-" * block.level + " "
    else:
        sign = SIGNS[block.kind]
    return sign + block.text.replace("\n", " / ")


def expected(page: Path) -> list[str]:
    return page.with_suffix(".txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_main_text_is_found_without_a_declaration(page: Path) -> None:
    """Block by block: kind, level and words, nothing of the frame."""
    assert [line(block) for block in read(page.read_bytes()).blocks] == expected(page)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_relaunch_that_renames_everything_says_the_same(page: Path) -> None:
    """No class, id or wrapper of the old page is needed: every landmark and name may go, and the hash stays."""
    body = page.read_text(encoding="utf-8")
    bare = body.replace("<main", "<div").replace("</main>", "</div>")
    assert content_sha256(read(bare.encode())) == content_sha256(read(body.encode()))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_declared_body_gives_what_is_found_without_declaration(page: Path) -> None:
    """A selector that takes in too much is no harm: the frame goes by what it is."""
    words_declared = Counter(words(read(page.read_bytes(), root="body")))
    words_found = Counter(words(read(page.read_bytes())))
    assert not words_found - words_declared


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_finder_is_no_worse_than_a_general_one(page: Path) -> None:
    """Measured by the harmonic mean of precision and recall over words, against trafilatura in two settings."""
    ours, *theirs = scores_of(page)
    assert ours >= max(theirs)
    assert ours > 0.85


def test_the_finder_is_near_to_what_a_person_takes_from_the_source() -> None:
    """The mean over all pages; a date line or a card in the margin may be judged either way."""
    assert mean(scores_of(page)[0] for page in PAGES) > 0.98


def test_files_are_found_by_their_canonical_address() -> None:
    """Session ids go, the version of the file stays."""
    page = next(page for page in PAGES if page.stem == "gsb_mitte")
    assert document_urls(read(page.read_bytes())) == (
        "https://www.musterland.example/SharedDocs/Downloads/DE/leitlinien.pdf?__blob=publicationFile&v=3",
    )


def test_the_rule_that_found_the_content_is_told() -> None:
    """``landmark`` or ``density``; a declared selector otherwise."""
    by_name = {page.stem: read(page.read_bytes()).root for page in PAGES}
    assert by_name["drupal"] == "landmark"
    assert by_name["gsb_mitte"] == by_name["sixcms"] == by_name["ohne_namen"] == "density"


def test_a_frame_without_content_yields_no_blocks_of_the_frame() -> None:
    """An empty ``main`` (before scripts have filled it) is no reason to take the navigation for the text."""
    frame = "<header><nav><a href='/a'>Themen</a></nav></header><main></main><footer>Impressum</footer>"
    markup = f"<html><body>{frame}</body></html>"
    assert read(markup.encode()).blocks == ()


@pytest.mark.parametrize("box", ["<div>{}</div>", "{}", '<div class="section">{}</div>'])
def test_an_overview_that_is_nearly_all_links_is_the_content(box: str) -> None:
    """Heading, sentence and list are the page, although they hold little but links to its subpages."""
    fields = ["Verwaltung", "Bildung und Schule", "Gesundheit", "Breitband", "Wirtschaft", "Mobilität", "Kultur"]
    links = "".join(f'<li><a href="/digital/{n}.html">{field}</a></li>' for n, field in enumerate(fields))
    head = '<h1>Digitale Agenda</h1><p><a href="/land">Das Land</a> wird digital.</p>'
    page = f"<html><body><main>{box.format(f'{head}<ul>{links}</ul>')}</main></body></html>"
    said = [block.text for block in read(page.encode()).blocks]
    assert said == ["Digitale Agenda", "Das Land wird digital.", *fields]


def test_links_below_a_text_are_no_content_however_many_they_are() -> None:
    """A page with something to say is no overview."""
    text = (
        "<p>Das Land hat seine Strategie für die Verwaltung der Zukunft heute der Öffentlichkeit vorgestellt.</p>" * 5
    )
    links = "".join(f'<li><a href="/m/{n}.html">Meldung aus dem Ministerium Nummer {n}</a></li>' for n in range(30))
    page = f"<html><body><main><h1>Neue Strategie</h1>{text}<ul>{links}</ul></main></body></html>"
    assert not any("Meldung" in block.text for block in read(page.encode()).blocks)
