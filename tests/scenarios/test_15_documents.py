"""A linked file: other bytes at the same address, the same bytes elsewhere, a scan, a page in place of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.harness import PLAN_FILE, URL, Answers, Play, declared, html, pdf
from tests.support.pdf import pdf_of_pages
from tests.support.server import Answer
from tests.support.strategy_pages import NORDMARK, document, markup
from transform.document import Reading
from transform.reading.pdf import read_pdf

PAGE = html(NORDMARK)
FIRST = pdf("Digitalplan Nordmark", "Erste Auflage")
TWO_PAGES = Answer(
    200,
    pdf_of_pages(
        ("Digitalplan Nordmark für alle", "Erste Auflage mit vielen Zielen"), ("Breitband bis 2030", "in jedem Dorf")
    ),
    (("Content-Type", "application/pdf"),),
)
TEXTS = [
    (1, "Digitalplan Nordmark für alle\nErste Auflage mit vielen Zielen"),
    (2, "Breitband bis 2030\nin jedem Dorf"),
]


def test_other_bytes_at_the_same_address_are_a_replaced_document(play: Play) -> None:
    """The page is the same, the file behind it is not."""
    _, told = play.nights({URL: PAGE, PLAN_FILE: FIRST}, {URL: PAGE, PLAN_FILE: pdf("Digitalplan", "Zweite Auflage")})
    assert told.kinds == ["document replaced sha256"]
    (alert,) = told.content_alerts
    assert alert.subject.endswith("– Dokument „Digitalplan als PDF“ ersetzt")


def test_the_same_bytes_at_another_address_are_a_moved_document(play: Play) -> None:
    """Told with both addresses."""
    there = PLAN_FILE.replace("/hefte/", "/download/")
    moved = html(markup(NORDMARK).replace(PLAN_FILE, there))
    _, told = play.nights({URL: PAGE, PLAN_FILE: FIRST}, {URL: moved, there: FIRST})
    assert [(c.entity, c.kind, c.before, c.after) for c in told.changes] == [("document", "moved", PLAN_FILE, there)]


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (Answer(403), "blocked"),
        (Answer(404), "gone"),
        (html(document("Anmeldung", "<main><h1>Bitte melden Sie sich an</h1></main>")), "suspect:media_type"),
        (Answer(503), "failed:http_503"),
    ],
)
def test_a_file_that_cannot_be_had_is_no_change(play: Play, answer: Answers, verdict: str) -> None:
    """It keeps its last known state; the page is verified all the same."""
    _, told, after = play.nights(
        {URL: PAGE, PLAN_FILE: FIRST}, {URL: PAGE, PLAN_FILE: answer}, {URL: PAGE, PLAN_FILE: FIRST}
    )
    assert told.verdict == after.verdict == "verified"
    assert told.dated == after.dated == ()
    (page,) = told.night.pages
    assert {str(judged.verdict) for judged in page.captures if judged.resource == "document"} == {verdict}


def test_a_scan_is_told_apart_from_a_file_with_text(play: Play) -> None:
    """A PDF without a text layer is kept, and said to be one."""
    play.nights({URL: PAGE, PLAN_FILE: FIRST}, {URL: PAGE, PLAN_FILE: pdf()})
    assert ("suspect:no_text_layer",) in play.query("select verdict from captures")


def test_the_words_of_a_linked_file_can_be_read_by_page(play: Play) -> None:
    """With the page that links it, the file's address and bytes; and they can be searched."""
    play.night({URL: PAGE, PLAN_FILE: TWO_PAGES})
    assert play.query("select page_no, text from document_pages order by page_no") == TEXTS
    assert play.query("select distinct page_id, land, url, sha256 from document_pages") == play.query(
        "select page_id, land, url, sha256 from documents"
    )
    assert play.query("select url, page_no from search_document_pages('Dörfer')") == [(PLAN_FILE, 2)]


def test_the_same_file_under_another_page_is_kept_once(tmp_path: Path) -> None:
    """Each page that links it shows its words all the same."""
    other = URL + "/zweite"
    with Play(tmp_path, declared(), declared(other, "nordmark-zwei")) as play:
        play.night({URL: PAGE, other: PAGE, PLAN_FILE: TWO_PAGES})
        shown = play.query("select page_id, page_no from document_pages order by all")
        assert shown == [("nordmark", 1), ("nordmark", 2), ("nordmark-zwei", 1), ("nordmark-zwei", 2)]
        assert play.query("select len(pages) from store.file_texts") == [(2,)]


def test_a_scan_has_no_words(play: Play) -> None:
    """The file is known, nothing is made up for it."""
    play.night({URL: PAGE, PLAN_FILE: pdf()})
    assert play.query("select sha256 is not null from documents") == [(True,)]
    assert play.query("from document_pages") == play.query("from store.file_texts") == []


def test_a_replaced_file_shows_its_new_words_and_as_of_the_old_ones(play: Play) -> None:
    """Both nights can be asked for, also by what was known then."""
    play.nights({URL: PAGE, PLAN_FILE: TWO_PAGES}, {URL: PAGE, PLAN_FILE: FIRST})
    assert play.query("select page_no, text from document_pages") == [(1, "Digitalplan Nordmark\nErste Auflage")]
    asked = f"timestamptz '{play.time_of(0)}'"
    then = play.query(f"select page_no, text from document_pages_as_of({asked}) order by page_no")
    assert then == TEXTS
    assert play.query(f"from document_pages_as_of({asked}, known_at := {asked})") == []


def test_a_file_whose_words_are_stored_is_read_once(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server without validators sends the same bytes every night: that is no reason to read them every night."""
    read = []

    def counted(body: bytes, *, url: str) -> Reading:
        read.append(url)
        return read_pdf(body, url=url)

    monkeypatch.setattr("transform.reading.linked_documents.read_pdf", counted)
    nights = play.nights(*[{URL: PAGE, PLAN_FILE: TWO_PAGES}] * 3)
    assert read == [PLAN_FILE]
    assert [told.dated for told in nights] == [(), (), ()]
    assert play.query("select page_no, text from document_pages order by page_no") == TEXTS
    assert play.query("select n_pages from documents") == [(2,)]


def test_words_that_are_missing_are_caught_up_on(play: Play) -> None:
    """A warehouse of before has the file and not its words: they come with its next full answer."""
    play.night({URL: PAGE, PLAN_FILE: TWO_PAGES})
    play.query("delete from store.file_texts")
    play.night({URL: PAGE, PLAN_FILE: TWO_PAGES})
    assert play.query("select page_no, text from document_pages order by page_no") == TEXTS
