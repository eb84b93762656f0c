"""The judge's table of cases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.model import FetchError, FetchErrorKind
from tests.transform.judging.cases import (
    ENGLISH,
    GOOD,
    MEMORY,
    NO_SCRIPT,
    PLAN,
    SENTENCES,
    TEXT,
    capture,
    judged,
    page,
    reading_of,
    remembered,
)
from transform.document import Document, ReadProblem, Unreadable
from transform.verdict import Outcome


def test_the_page_is_verified_first_and_again() -> None:
    """With its frame, its cookie banner and its note about JavaScript."""
    assert str(judged(capture(GOOD))) == "verified"
    assert str(judged(capture(GOOD), MEMORY)) == "verified"


def test_an_edited_page_is_verified() -> None:
    """A change is no suspicion."""
    assert str(judged(capture(GOOD.replace(b"vierzig", b"fuenfzig")), MEMORY)) == "verified"


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [
        (FetchErrorKind.TIMEOUT, "failed:timeout"),
        (FetchErrorKind.TRUNCATED, "failed:truncated"),
        (FetchErrorKind.TLS, "failed:tls"),
        (FetchErrorKind.ROBOTS_UNREACHABLE, "failed:robots_unreachable"),
        (FetchErrorKind.ROBOTS_DISALLOWED, "blocked"),
        (FetchErrorKind.DEFERRED, "blocked"),
    ],
)
def test_an_exchange_without_answer(kind: FetchErrorKind, verdict: str) -> None:
    """What may not be asked is blocked; all else has failed.  The detail says which."""
    found = judged(capture(status=None, error=FetchError(kind, "so war es")), MEMORY)
    assert (str(found), found.reason, found.detail) == (verdict, str(kind), "so war es")


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (304, "not_modified"),
        (401, "blocked"),
        (403, "blocked"),
        (429, "blocked"),
        (451, "blocked"),
        (404, "gone"),
        (410, "gone"),
        (500, "failed:http_500"),
        (503, "failed:http_503"),
        (418, "failed:http_418"),
        (206, "failed:http_206"),
        (204, "suspect:empty"),
        (None, "failed:protocol"),
    ],
)
def test_the_status_decides(status: int | None, verdict: str) -> None:
    """Everything but 200 is decided by the status alone (RFC 9110, section 15)."""
    assert str(judged(capture(status=status), MEMORY)) == verdict


def test_not_modified_to_a_first_request_is_an_error() -> None:
    """There is nothing that could be unmodified."""
    assert str(judged(capture(status=304))) == "failed:protocol"


def test_a_bot_check_in_the_header_is_believed() -> None:
    """Blocked with an error status, suspicious with 200."""
    challenge = (("CF-Mitigated", "challenge"),)
    assert str(judged(capture(GOOD, headers=challenge), MEMORY)) == "suspect:bot_wall"
    assert str(judged(capture(status=503, headers=challenge), MEMORY)) == "blocked"


OTHER = page(f"<h1>Willkommen</h1><p>{SENTENCES * 4} Neue Dienste stehen bereit.</p>", title="Land")


@pytest.mark.parametrize("home", ["https://land.example/", "https://www.land.example/DE/Home/home_node.html"])
def test_a_redirect_to_the_start_page_is_suspicious(home: str) -> None:
    """It says in its way that the page is gone."""
    assert str(judged(capture(OTHER, via=(home,)), MEMORY)) == "suspect:redirect_home"
    assert (
        str(judged(capture(OTHER, via=(home,)), replace(MEMORY, known=()), declaration=replace(PLAN, url=home)))
        == "verified"
    )


def test_a_refresh_to_the_start_page_is_a_redirect_as_well() -> None:
    """``<meta http-equiv="refresh">`` in a stub."""
    stub = b"<html><head><meta http-equiv='refresh' content='0; url=/'></head><body>Weiter</body></html>"
    assert str(judged(capture(stub), MEMORY)) == "suspect:redirect_home"


def test_a_redirect_within_the_portal_is_a_move() -> None:
    """The page has another address now."""
    assert str(judged(capture(GOOD, via=("https://www.land.example/neu/plan",)), MEMORY)) == "verified"


def test_a_redirect_to_another_house_needs_the_same_content() -> None:
    """A parked domain shows something else; a page that moved shows itself."""
    there = ("https://anderswo.example/plan",)
    assert str(judged(capture(OTHER, via=there), MEMORY)) == "suspect:redirect_host"
    assert str(judged(capture(GOOD, via=there), MEMORY)) == "verified"
    moved = remembered(url="https://anderswo.example/plan")
    assert str(judged(capture(OTHER, via=there), replace(moved, known=()))) == "verified"


NOTICES = {
    "maintenance": page("<h1>Wartungsarbeiten</h1><p>Das Portal wird derzeit gewartet.</p>", title="Wartungsarbeiten"),
    "maintenance ": page("<p>Diese Seite ist vorübergehend nicht erreichbar. Bitte kommen Sie wieder.</p>"),
    "consent_wall": page(
        "<h1>Datenschutz</h1><p>Bitte stimmen Sie der Verwendung von Cookies zu, um fortzufahren.</p>"
    ),
    "consent_wall ": page("", outside="<div role='dialog'><p>Bitte akzeptieren Sie alle Cookies.</p></div>"),
    "javascript_shell": page("<p>Bitte aktivieren Sie JavaScript, um diese Seite zu sehen.</p>"),
    "javascript_shell ": page("", outside=NO_SCRIPT),
    "javascript_shell  ": page("<div id='app'>Wird geladen …</div>", outside=""),
    "bot_wall": page("<h1>Sicherheitsüberprüfung</h1><p>Bitte lösen Sie das Captcha.</p>", title="Just a moment..."),
    "soft_404": page("<h1>Seite nicht gefunden</h1><p>Bitte nutzen Sie die Suche.</p>", title="Seite nicht gefunden"),
    "soft_404 ": page(f"<h1>Fehler 404</h1><ul>{'<li>Ein Thema von vielen</li>' * 40}</ul>", title="Land"),
    "error_text": page("<h1>Fehler</h1><p>Es ist ein interner Serverfehler aufgetreten.</p>", title="Fehler"),
    "empty": page("", outside=""),
}


@pytest.mark.parametrize("name", NOTICES)
def test_a_notice_in_place_of_the_page_is_suspicious(name: str) -> None:
    """Each kind by its name, on the first capture and later."""
    assert str(judged(capture(NOTICES[name]), MEMORY)) == f"suspect:{name.strip()}"
    assert judged(capture(NOTICES[name])).outcome is Outcome.SUSPECT


@pytest.mark.parametrize(
    "sentence",
    [
        "Wegen Wartungsarbeiten war das Portal im Mai nicht erreichbar.",
        "Cookies dürfen nur mit Zustimmung gesetzt werden, so die Leitlinie.",
        "Angebote, die JavaScript benötigen, werden ersetzt.",
        "Seiten, die nicht gefunden werden, leiten künftig weiter.",
        "Captchas werden abgeschafft, weil sie niemandem helfen.",
    ],
)
def test_a_page_that_only_mentions_such_things_is_verified(sentence: str) -> None:
    """Phrases accuse titles and short bodies only."""
    assert str(judged(capture(page(f"<h1>Digitalplan</h1>{TEXT}<p>{sentence}</p>")))) == "verified"


def test_a_short_page_of_its_own_is_verified() -> None:
    """Some strategy pages say little."""
    short = page(f"<h1>Digitalplan</h1><p>{SENTENCES}</p><h2>Kontakt</h2><p>Eva Muster</p>")
    assert str(judged(capture(short))) == "verified"


def test_a_german_page_turned_english_is_suspicious() -> None:
    """By its function words; the ``lang`` attribute alone accuses nobody."""
    assert str(judged(capture(ENGLISH), MEMORY)) == "suspect:language"
    mislabelled = page(f"<h1>Digitalplan</h1>{TEXT}<p>Neu.</p>", lang="en")
    assert str(judged(capture(mislabelled), MEMORY)) == "verified"


@pytest.mark.parametrize(
    ("problem", "verdict"),
    [
        (ReadProblem.EMPTY, "suspect:empty"),
        (ReadProblem.MEDIA_TYPE, "suspect:media_type"),
        (ReadProblem.ENCODING, "suspect:encoding"),
        (ReadProblem.NO_TEXT_LAYER, "suspect:no_text_layer"),
        (ReadProblem.ENCRYPTED, "suspect:unreadable"),
        (ReadProblem.BROKEN, "suspect:unreadable"),
        (ReadProblem.TOO_LARGE, "suspect:unreadable"),
    ],
)
def test_what_cannot_be_read_is_suspicious(problem: ReadProblem, verdict: str) -> None:
    """With the reader's reason."""
    assert str(judged(capture(b"x"), MEMORY, reading=Unreadable(problem, "darum"))) == verdict


def test_a_pdf_in_place_of_a_page_is_suspicious() -> None:
    """Unless a file is declared, or nothing else was ever seen there."""
    document = reading_of(capture(GOOD))
    assert isinstance(document, Document)
    as_pdf = replace(document, n_pages=3, blocks=document.blocks[:-1])
    assert str(judged(capture(b"%PDF"), MEMORY, reading=as_pdf)) == "suspect:media_type"
    file = replace(PLAN, url="https://land.example/plan.pdf")
    assert str(judged(capture(b"%PDF"), MEMORY, reading=as_pdf, declaration=file)) == "verified"
    assert str(judged(capture(b"%PDF"), reading=as_pdf)) == "verified"
