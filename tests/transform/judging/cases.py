"""A page, its captures and what is remembered of it: what the judge's cases are made of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from extract.model import (
    Capture,
    Declaration,
    Exchange,
    FetchError,
    PageId,
    PageKind,
    Validators,
)
from transform.document import Document, Reading
from transform.judging.judge import judge
from transform.judging.languages import text_language
from transform.memory import KnownContent, LastGood, PageMemory
from transform.reading.body import read_body
from transform.reading.content import content_sha256, text_chars
from transform.verdict import Verdict

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

ENGLISH = page(
    "<h1>Digital plan</h1><p>"
    + "The state has adopted the plan and will make all of its services available to the people. " * 8
    + "</p>",
    lang="en",
)
