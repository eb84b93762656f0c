"""Hostile bodies through all of reading: a clear verdict, no crash, within ten seconds and 500 MB."""

from __future__ import annotations

import io
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from extract.model import PageKind
from tests.support.documents import declaration
from tests.support.pdf import pdf_bytes
from transform.document import ReadProblem, Unreadable
from transform.reading.body import read_body
from transform.versioning import ReadVersion, read_version

URL = "https://land.example/plan"
LONGEST_S = 10
MOST_MB = 500

SENTENCES = (
    "Die Landesregierung hat am 24. Januar 2023 die Strategie „Land 2030“ beschlossen.",
    "Über 150 Ziele in sechs Handlungsfeldern: Netze, Schulen und Ämter.",
    "„Wir kommen voran“, sagte Ministerin Erika Mustermann. „Es geht weiter.“",
    "Vier Themen stehen im Fokus:",
    "Ansprechpartner: Max Muster, Tel. 0331 866-0, max(at)land.example",
    "Sie löst die Digitale Agenda aus dem Jahr 2017 ab.",
    "– 1. I. a) • | 99999 | ((((„„„»»»",
    "31.02.2023 1.000.000.000.000 Mrd. Euro 100 % §§ 1 ff.",
    "\u202e\u0000\ufffd\ud83d",
)
TAGS = (
    *("<p>", "</p>", "<div>", "</div>", "<h1>", "<h2>", "<h6>", "</h2>", "<ul>", "<li>", "</ul>", "<table>", "<tr>"),
    *("<td>", "<dl>", "<dt>", "<dd>", "<b>", "</b>", "<strong>", "<br>", "<main>", "<article>", "<aside>", "<header>"),
    *("<a href='/x'>", "<a href='x.pdf'>", "</a>", "<details>", "<summary>", "<blockquote>", "<section class='card'>"),
    *("<div role=heading aria-level=1>", "<span style='font-weight:bold'>", "<time datetime=x>", "<base href='::'>"),
)
PARTS = st.sampled_from((*SENTENCES, *TAGS)) | st.text(max_size=20)


def read_through(body: bytes, content_type: str | None) -> Unreadable | ReadVersion:
    """A body read, made into records and validated."""
    said = declaration(PageKind.STRATEGY)
    reading = read_body(body, content_type=content_type, url=URL, declaration=said)
    return reading if isinstance(reading, Unreadable) else read_version(reading, said, {})


def check(result: Unreadable | ReadVersion) -> None:
    """A verdict is a reason, or a version whose records all have words and rank."""
    if isinstance(result, Unreadable):
        assert result.detail
    else:
        assert len(result.version.content_sha256) == 64
        assert not result.quarantined


@given(st.lists(PARTS, max_size=60))
@settings(max_examples=60)
def test_any_markup_around_any_words_ends_in_records_that_keep_all_rules(parts: list[str]) -> None:
    check(read_through(" ".join(parts).encode("utf-8", "replace"), "text/html; charset=utf-8"))


@given(st.lists(PARTS, max_size=20), st.sampled_from(["utf-16", "utf-8", "cp1252", "mac_roman"]), st.binary(max_size=9))
@settings(max_examples=60)
def test_any_encoding_under_any_label_has_a_verdict(parts: list[str], encoding: str, noise: bytes) -> None:
    """Wrong labels, stray bytes: the text, or the reason why there is none."""
    body = " ".join(parts).encode(encoding, "replace") + noise
    for label in (None, "text/html; charset=iso-8859-1", "text/html; charset=utf-8"):
        check(read_through(body, label))


def _encrypted() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_bytes("Der Plan gilt bis 2030."))))
    writer.encrypt(user_password="geheim", owner_password="anders", algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (_encrypted(), ReadProblem.ENCRYPTED),
        (pdf_bytes(), ReadProblem.NO_TEXT_LAYER),
        (b"%PDF-1.7\n", ReadProblem.BROKEN),
    ],
)
def test_pdfs_that_cannot_be_read_have_three_different_verdicts(body: bytes, problem: ReadProblem) -> None:
    result = read_through(body, "application/pdf")
    assert isinstance(result, Unreadable)
    assert result.problem is problem


@given(st.data())
@settings(max_examples=40)
def test_a_damaged_pdf_has_a_verdict(data: st.DataObject) -> None:
    """Cut anywhere, overwritten anywhere."""
    whole = pdf_bytes(
        "Der Plan nennt 40 Vorhaben.", "Er gilt bis 2030.", "Das Kabinett hat ihn im Mai 2024 beschlossen."
    )
    at = data.draw(st.integers(9, len(whole) - 1))
    noise = data.draw(st.binary(max_size=40))
    for body in (whole[:at], whole[:at] + noise + whole[at + len(noise) :]):
        check(read_through(body, "application/pdf"))


HUGE: dict[str, Callable[[int], str]] = {
    "sentences": lambda n: "<main><h1>T</h1>" + "".join(f"<p>{text}</p>" for text in SENTENCES[:6]) * (n // 80),
    "nested words": lambda n: "<main><h1>T</h1>" + "<div><b>" * (n * 3 // 4) + SENTENCES[0],
    "one sentence": lambda n: "<main><p>" + "Netze, Schulen und Ämter, " * n,
    "many headings": lambda n: (
        "<main>" + "<h2>Handlungsfeld 3: Netze</h2><p><strong>Drei Ziele</strong></p>" * (n // 10)
    ),
    "bold lines": lambda n: "<main>" + f"<p><b>Netze für alle</b><br>{SENTENCES[1]}</p>" * (n // 20),
    "open lines": lambda n: "<main><p>Die Ziele:</p>" + "<p>Netze zu bauen,</p>" * (n * 2 // 5),
    "table": lambda n: "<main><table>" + "<tr><td>1<td>Netze im Land<td>12,5</tr>" * (n // 10),
    "quotation marks": lambda n: "<main><p>" + '„Wir »kommen «voran" ' * (n // 2),
    "links": lambda n: "<main><h1>T</h1>" + "<div class='teaser'><a href='/x'>Impressum</a> Text</div>" * (n * 3 // 10),
}
"""Pages that grow with a number; at :data:`WHOLE` they are about as long as a page may be to be read."""
WHOLE = 20_000
SIZES = [WHOLE // 2, pytest.param(WHOLE, marks=pytest.mark.slow)]


@pytest.mark.parametrize("kind", ["page", "PDF"])
def test_more_text_than_anybody_writes_on_a_page_is_told_and_not_read(kind: str) -> None:
    """Some 600,000 characters: reading them into records would take longer than a night's page may."""
    if kind == "page":
        result = read_through((f"<main><p>{SENTENCES[0]}</p>" * 7_500).encode(), "text/html")
    else:
        result = read_through(pdf_bytes(*[f"{SENTENCES[0]} " * 25] * 300), "application/pdf")
    assert isinstance(result, Unreadable)
    assert result.problem is ReadProblem.TOO_LARGE


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", HUGE)
def test_a_huge_page_is_read_into_records_within_bounds(name: str, size: int) -> None:
    """Seconds of processor time, on a busy machine too; half a page may take half of them."""
    body = HUGE[name](size).encode()
    started = time.process_time()
    read_through(body, "text/html; charset=utf-8")
    assert time.process_time() - started < LONGEST_S * size / WHOLE


def test_memory_stays_within_bounds() -> None:
    """The two largest in a process of their own; what Python and its libraries need is in the figure (KiB).

    ``ru_maxrss`` would count the process that started it: it outlives exec (getrusage(2), proc(5)).
    """
    program = (
        "import pathlib, tests.transform.test_hostile_pages as t\n"
        "for name in ('one sentence', 'links'):\n"
        "    t.read_through(t.HUGE[name](t.WHOLE).encode(), 'text/html; charset=utf-8')\n"
        "peak = [line for line in pathlib.Path('/proc/self/status').read_text().splitlines() if 'VmHWM' in line]\n"
        "print(peak[0].split()[1])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(run.stdout) / 1024 < MOST_MB
