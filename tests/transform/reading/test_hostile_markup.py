"""What is no document, and markup that nobody should write."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.read_pages import HTML, URL, declared
from transform.document import Document, ReadProblem, Unreadable
from transform.reading.body import read_body


@pytest.mark.parametrize(
    ("body", "content_type", "problem"),
    [
        (b"", HTML, ReadProblem.EMPTY),
        (b" \n ", HTML, ReadProblem.EMPTY),
        (b'{"a": 1}', "application/json", ReadProblem.MEDIA_TYPE),
        (b"\x89PNG\r\n", "image/png", ReadProblem.MEDIA_TYPE),
        (b"PK\x03\x04", "application/octet-stream", ReadProblem.MEDIA_TYPE),
        (b"kein PDF", "application/pdf", ReadProblem.BROKEN),
        (bytes(range(0x80, 0xA0)) * 9, HTML, ReadProblem.ENCODING),
        (b"<b>" * 200_000, HTML, ReadProblem.TOO_LARGE),
        (b"<p>" + b"Wort " * 500_000, HTML, ReadProblem.TOO_LARGE),
    ],
)
def test_what_is_no_document_is_told_apart(body: bytes, content_type: str, problem: ReadProblem) -> None:
    """Every reason has its name."""
    reading = read_body(body, content_type=content_type, url=URL, declaration=None)
    assert isinstance(reading, Unreadable)
    assert reading.problem is problem


def test_html_under_the_address_of_a_pdf_is_read_as_the_page_that_it_is() -> None:
    """Landing pages end in ``.pdf`` now and then."""
    reading = read_body(
        b"<!doctype html><main><p>Zum Herunterladen</p></main>",
        content_type="application/pdf",
        url=URL,
        declaration=None,
    )
    assert isinstance(reading, Document)


HOSTILE = {
    "nested boxes": "<h1>T</h1>" + "<div>x <p>Wort" * 20_000,
    "nested lists": "<h1>T</h1>" + "<ul><li>x" * 20_000,
    "nested tables": "<table><tr><td>x" * 10_000,
    "nested contacts": "<h1>T</h1>" + "<aside>Kontakt<p>x</p>" * 10_000,
    "one long text": "<h1>T</h1><p>" + "Wort " * 1_000_000,
    "many paragraphs": "<h1>T</h1>" + "<p>Wort</p>" * 20_000,
    "many related headings": "<h1>T</h1>" + "<div><h2>Weitere Informationen</h2>" * 200 + "<p>Nichts</p>" * 10_000,
    "a huge attribute": f'<h1>T</h1><p title="{"x" * 9_000_000}">Text</p>',
    "broken entities": "<p>" + "&foo;&#x110000;&#0;&auml " * 200_000,
    "NUL characters": "<p>" + "a\0b " * 500_000,
    "many breaks": "<p>" + "• a<br>" * 10_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_read_within_bounds(name: str) -> None:
    """Neither depth nor size makes reading crash or hang: seconds of processor time, on a busy machine too."""
    body = f"<!doctype html><body>{HOSTILE[name]}".encode()
    started = time.process_time()
    read_body(body, content_type=HTML, url=URL, declaration=None)
    assert time.process_time() - started < 10


FRAGMENTS = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<div>",
            "</div>",
            "<ul>",
            "<li>",
            "</ul>",
            "<h1>",
            "</h1>",
            "<h2 ",
            "<a href=x>",
            "</a>",
            "<br>",
        ),
        *("<table>", "<tr>", "<td>", "<dl>", "<dt>", "<dd>", "<main>", "</main>", "<nav>", "<aside>", "<figure>"),
        *("<details>", "<summary>", "<button aria-controls=a>", "<b>", "</b>", "&amp", "&#x;", "<!--", "-->", "<time>"),
        *(
            "<header>",
            "<article>",
            "<p class='teaser'>",
            "<small>",
            "<div id=a hidden>",
            "\0",
            "ü",
            "Wort",
            "•",
            "1.",
            "-",
        ),
        *("Teilen", "Mehr zum Thema", "Stand: 1.1.2024", "<a href=y.pdf>", "<span role=heading>", "Kontakt"),
    ]
)


@given(st.lists(FRAGMENTS, max_size=40))
@settings(max_examples=150)
def test_no_markup_makes_it_fail(parts: list[str]) -> None:
    """Tags in any order, opened and never closed."""
    body = " ".join(parts).encode()
    reading = read_body(body, content_type=HTML, url=URL, declaration=declared("main"))
    if isinstance(reading, Document):
        assert all(block.text.strip() for block in reading.blocks)
        assert all("\n" not in block.text for block in reading.headings)
