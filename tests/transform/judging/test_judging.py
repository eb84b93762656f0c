"""The judge's table of cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from extract.model import (
    Capture,
    Declaration,
    Exchange,
    FetchError,
    FetchErrorKind,
    PageId,
    PageKind,
    Validators,
)
from transform.document import Document, Reading, ReadProblem, Unreadable
from transform.judging.judge import error_sinks, judge
from transform.judging.languages import text_language
from transform.memory import KnownContent, LastGood, PageMemory, PendingContent
from transform.reading.body import read_body
from transform.reading.content import content_sha256, text_chars
from transform.verdict import Outcome, Verdict

URL = "https://land.example/digitales/plan_node.html"
NOW = datetime(2026, 3, 2, 3, 10, tzinfo=UTC)
HTML = "text/html; charset=utf-8"
PLAN = Declaration(PageId("plan"), URL, "DE-BB", PageKind.STRATEGY, True, "Amt", content_root=("main",))
NAVIGATION = "<nav><ul>" + "<li><a href='/x'>Themen der Regierung</a></li>" * 40 + "</ul></nav>"
COOKIES = "<div id='cookiebanner'><p>Wir verwenden Cookies. Bitte stimmen Sie zu.</p><button>OK</button></div>"
NO_SCRIPT = "<noscript>Bitte aktivieren Sie JavaScript.</noscript>"
SENTENCES = (
    "Das Land hat den Digitalplan im Mai 2024 beschlossen und will damit die Ämter für alle erreichbar machen. "
    "Er nennt vierzig Maßnahmen, die bis 2030 umgesetzt werden, und sechs Handlungsfelder, in denen sie stehen. "
)
TEXT = f"<h2>Ziele</h2><p>{SENTENCES * 3}</p><ul><li>Netze</li><li>Schulen</li></ul><h2>Weg</h2><p>{SENTENCES * 3}</p>"


def page(main: str, *, title: str = "Digitalplan", lang: str = "de", outside: str = COOKIES + NO_SCRIPT) -> bytes:
    return (
        f"<!doctype html><html lang='{lang}'><head><title>{title}</title></head><body>{NAVIGATION}<main>{main}</main>"
        f"<footer>Impressum</footer>{outside}</body></html>"
    ).encode()


GOOD = page(f"<h1>Digitalplan</h1>{TEXT}")


def capture(
    body: bytes = b"",
    *,
    status: int | None = 200,
    via: tuple[str, ...] = (),
    headers: tuple[tuple[str, str], ...] = (),
    error: FetchError | None = None,
    at: datetime = NOW,
) -> Capture:
    chain = (URL, *via)
    hops = tuple(Exchange(url, at, status=302) for url in chain[:-1])
    fields = (("Content-Type", HTML), *headers)
    return Capture(
        PLAN.page_id, URL, (*hops, Exchange(chain[-1], at, status=status, headers=fields, body=body, error=error))
    )


def reading_of(visit: Capture, content_type: str | None = HTML) -> Reading:
    return read_body(visit.answer.body, content_type=content_type, url=visit.final_url, declaration=PLAN)


def judged(
    visit: Capture, memory: PageMemory | None = None, *, reading: Reading | None = None, declaration: Declaration = PLAN
) -> Verdict:
    if reading is None and visit.answer.status == 200 and visit.answer.error is None:
        reading = reading_of(visit)
    sha256 = content_sha256(reading) if isinstance(reading, Document) else None
    return judge(visit, reading, memory or PageMemory(PLAN.page_id), declaration, sha256)


def remembered(body: bytes = GOOD, *, url: str = URL) -> PageMemory:
    document = reading_of(capture(body))
    assert isinstance(document, Document)
    then = NOW - timedelta(days=1)
    good = LastGood(
        then,
        "v1",
        content_sha256(document),
        "x1",
        url,
        "b" * 64,
        Validators(url),
        None,
        text_chars(document),
        then,
        text_language(document),
    )
    return PageMemory(PLAN.page_id, good, known=(KnownContent(good.content_sha256, "v1", then, then),))


MEMORY = remembered()


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


ENGLISH = page(
    "<h1>Digital plan</h1><p>"
    + "The state has adopted the plan and will make all of its services available to the people. " * 8
    + "</p>",
    lang="en",
)


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


COLLAPSED = page(f"<h1>Digitalplan</h1><p>{SENTENCES}</p>")


def pending(since: timedelta) -> PageMemory:
    document = reading_of(capture(COLLAPSED))
    assert isinstance(document, Document)
    held = PendingContent(content_sha256(document), "c1", NOW - since, 7)
    return replace(MEMORY, pending=(held,))


def test_a_page_that_lost_most_of_its_text_waits_for_another_night() -> None:
    """It is promoted when the same content stood there a night before, not in the same run."""
    assert str(judged(capture(COLLAPSED), MEMORY)) == "suspect:collapse"
    assert str(judged(capture(COLLAPSED), pending(timedelta(minutes=15)))) == "suspect:collapse"
    confirmed = judged(capture(COLLAPSED), pending(timedelta(hours=23)))
    assert (str(confirmed), confirmed.detail) == ("verified", "confirmed")


def test_three_of_four_looks_a_day_are_one_night() -> None:
    """A stub that stood for half a day, over midnight or not, is no truth yet; a night that began late is a night."""
    six = timedelta(hours=6)
    assert str(judged(capture(COLLAPSED), held_back(COLLAPSED, six, 2 * six, memory=MEMORY))) == "suspect:collapse"
    assert str(judged(capture(COLLAPSED), pending(timedelta(hours=18)))) == "verified"


def test_another_collapse_confirms_nothing() -> None:
    """Only the same content does."""
    other = page("<h1>Digitalplan</h1><p>Der Plan wird überarbeitet, die neue Fassung folgt im Herbst hier.</p>")
    assert judged(capture(other), pending(timedelta(days=2))).outcome is Outcome.SUSPECT


def test_a_content_that_was_promoted_before_is_the_page() -> None:
    """Even one that is much shorter than the last, if it stood for days: a collapse that healed is doubted again."""
    document = reading_of(capture(COLLAPSED))
    assert isinstance(document, Document)
    known = KnownContent(content_sha256(document), "v0", NOW - timedelta(days=19), NOW - timedelta(days=8))
    assert str(judged(capture(COLLAPSED), replace(MEMORY, known=(known, *MEMORY.known)))) == "verified"
    healed = replace(known, first_at=NOW - timedelta(days=9))
    assert str(judged(capture(COLLAPSED), replace(MEMORY, known=(healed, *MEMORY.known)))) == "suspect:collapse"


def test_a_first_capture_needs_a_heading_and_some_words() -> None:
    """Without a last good text to compare with; a long text needs no heading."""
    assert str(judged(capture(page("<h1>Digitalplan</h1><p>Folgt.</p>", outside="")))) == "suspect:empty"
    assert str(judged(capture(page(f"<p>{SENTENCES * 2}</p>")))) == "suspect:empty"
    assert str(judged(capture(page(f"<p>{SENTENCES * 4}</p>")))) == "verified"


def test_a_first_capture_without_a_heading_is_believed_when_it_stays() -> None:
    """The next night says the same: the page is like that.  A few words are never believed."""
    plain = page(f"<p>{SENTENCES * 2}</p>")
    assert str(judged(capture(plain), held_back(plain, timedelta(days=1)))) == "verified"
    stub = page("<h1>Digitalplan</h1><p>Folgt.</p>", outside="")
    assert str(judged(capture(stub), held_back(stub, timedelta(days=1)))) == "suspect:empty"


def held_back(body: bytes, *ages: timedelta, memory: PageMemory | None = None) -> PageMemory:
    """What was known before, and this body held back so long ago."""
    document = reading_of(capture(body))
    assert isinstance(document, Document)
    content = content_sha256(document)
    pending = tuple(PendingContent(content, f"c{age}", NOW - age, 1) for age in ages)
    return replace(memory or PageMemory(PLAN.page_id), pending=pending)


def test_another_language_is_believed_when_it_stays() -> None:
    """A page that is English for good is told so; one that flips back never was."""
    assert str(judged(capture(ENGLISH), held_back(ENGLISH, timedelta(days=1), memory=MEMORY))) == "verified"


def test_a_foreign_notice_is_no_page_however_long_it_stays() -> None:
    """Each doubt has to end: another language would, a wall of script never does."""
    shell = page("<p>Loading</p>", lang="en", outside="")
    assert str(judged(capture(shell), held_back(shell, timedelta(days=1), memory=MEMORY))) == "suspect:language"


def test_an_english_page_may_be_edited() -> None:
    """Its own language is what it was read in, whatever it declares; German in its place is suspicious."""
    english = remembered(ENGLISH)
    edited = ENGLISH.replace(b"</main>", b"<p>A new sentence for the people of the state.</p></main>")
    assert str(judged(capture(edited), english)) == "verified"
    assert str(judged(capture(GOOD), english)) == "suspect:language"


def test_a_notice_as_long_as_the_page_is_the_page_when_it_stays() -> None:
    """A short page that speaks of maintenance for good; a long page that became a notice never is."""
    short = page("<h1>Digitalplan</h1><p>Der Plan gilt im ganzen Land und für alle seine Ämter und Gemeinden.</p>")
    said = page(
        "<h1>Digitalplan</h1><p>Der Dienst ist wegen einer Wartung zurzeit im ganzen Land nicht erreichbar.</p>"
    )
    assert str(judged(capture(said), remembered(short))) == "suspect:maintenance"
    assert str(judged(capture(said), held_back(said, timedelta(days=1), memory=remembered(short)))) == "verified"
    assert str(judged(capture(said), held_back(said, timedelta(days=1), memory=MEMORY))) == "suspect:maintenance"


def test_a_page_that_stays_small_but_never_says_the_same_twice_is_believed_after_six_nights() -> None:
    """Nobody sees the old text again: what is there instead is the page."""
    others = [timedelta(days=day) for day in range(1, 7)]
    assert str(judged(capture(COLLAPSED), held_back(GOOD, *others, memory=MEMORY))) == "verified"
    assert str(judged(capture(COLLAPSED), held_back(GOOD, *others[:5], memory=MEMORY))) == "suspect:collapse"


def sink(number: int, *, final: str | None = None, body: str = "") -> tuple[PageId, str, str, str]:
    declared = f"https://land.example/seite{number}"
    return PageId(f"p{number}"), final or declared, body or f"{number:064d}", declared


def test_pages_that_end_in_one_place_are_a_sink() -> None:
    """At one address or in one body, three at least; whoever lives there is none of them."""
    hint = "https://land.example/hinweis"
    assert error_sinks([sink(n, final=hint) for n in range(3)]) == {"p0", "p1", "p2"}
    assert error_sinks([sink(n, final=hint) for n in range(2)]) == frozenset()
    assert error_sinks([sink(n, body="a" * 64) for n in range(4)]) == {"p0", "p1", "p2", "p3"}
    home = [*(sink(n, final="https://land.example/seite9?nn=1") for n in range(3)), sink(9)]
    assert error_sinks(home) == {"p0", "p1", "p2"}
    assert error_sinks([sink(n) for n in range(9)]) == frozenset()


def test_pages_declared_at_one_address_are_no_sink() -> None:
    """The same page declared three times has one body, as it should."""
    same = [(PageId(f"p{n}"), URL, "a" * 64, URL) for n in range(3)]
    assert error_sinks(same) == frozenset()
