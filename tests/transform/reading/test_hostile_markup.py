"""What is no document, and markup that nobody should write."""

from __future__ import annotations

import time
from collections.abc import Callable

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


HOSTILE: dict[str, Callable[[int], str]] = {
    "nested boxes": lambda n: "<h1>T</h1>" + "<div>x <p>Wort" * n,
    "nested lists": lambda n: "<h1>T</h1>" + "<ul><li>x" * n,
    "nested tables": lambda n: "<table><tr><td>x" * (n // 2),
    "nested contacts": lambda n: "<h1>T</h1>" + "<aside>Kontakt<p>x</p>" * (n // 2),
    "one long text": lambda n: "<h1>T</h1><p>" + "Wort " * (50 * n),
    "many paragraphs": lambda n: "<h1>T</h1>" + "<p>Wort</p>" * n,
    "many related headings": lambda n: (
        "<h1>T</h1>" + "<div><h2>Weitere Informationen</h2>" * (n // 100) + "<p>Nichts</p>" * (n // 2)
    ),
    "a huge attribute": lambda n: f'<h1>T</h1><p title="{"x" * (450 * n)}">Text</p>',
    "broken entities": lambda n: "<p>" + "&foo;&#x110000;&#0;&auml " * (10 * n),
    "NUL characters": lambda n: "<p>" + "a\0b " * (25 * n),
    "many breaks": lambda n: "<p>" + "• a<br>" * (n // 2),
}
"""Pages that grow with a number."""
WHOLE = 20_000
LONGEST_S = 10
SIZES = [WHOLE // 2, pytest.param(WHOLE, marks=pytest.mark.slow)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_read_within_bounds(name: str, size: int) -> None:
    """Neither depth nor size makes reading crash or hang: seconds of processor time, on a busy machine too.

    Half a page may take half of them.
    """
    body = f"<!doctype html><body>{HOSTILE[name](size)}".encode()
    started = time.process_time()
    read_body(body, content_type=HTML, url=URL, declaration=None)
    assert time.process_time() - started < LONGEST_S * size / WHOLE


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
