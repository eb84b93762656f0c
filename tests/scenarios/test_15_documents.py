"""A linked file: other bytes at the same address, the same bytes elsewhere, a scan, a page in place of it."""

from __future__ import annotations

import pytest

from tests.scenarios.harness import PLAN_FILE, URL, Answers, Play, html, pdf
from tests.support.server import Answer
from tests.support.strategy_pages import NORDMARK, document, markup

PAGE = html(NORDMARK)
FIRST = pdf("Digitalplan Nordmark", "Erste Auflage")


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
