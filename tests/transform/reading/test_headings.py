"""Headings set in bold, and the line above the title."""

from __future__ import annotations

import pytest

from tests.support.read_pages import read, said
from transform.document import BlockKind

P, H, K = (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.KICKER)


LONG = "Das Land baut Netze bis in das letzte Dorf und hilft den Schulen dabei."


@pytest.mark.parametrize(
    "written",
    [
        f"<p><strong>Netze für alle</strong></p><p>{LONG}</p><p><b>Kluge Schulen?</b></p><p>{LONG}</p>",
        f"<p><strong>Netze für alle</strong><br>{LONG}</p><p><b>Kluge Schulen?</b><br>{LONG}</p>",
        f"<dl><dt>Netze für alle</dt><dd>{LONG}</dd><dt>Kluge Schulen?</dt><dd>{LONG}</dd></dl>",
        f"<h3>Netze für alle</h3><p>{LONG}</p><h3>Kluge Schulen?</h3><p>{LONG}</p>",
    ],
)
def test_bold_lines_above_text_are_headings(written: str) -> None:
    """One level below the last real one, as they look on the page."""
    assert said(read(f"<h1>Plan</h1><h2>Felder</h2>{written}"))[2:] == [
        (H, 3, "Netze für alle"),
        (P, 0, LONG),
        (H, 3, "Kluge Schulen?"),
        (P, 0, LONG),
    ]


def test_bold_lines_with_a_full_stop_are_headings_too() -> None:
    """As some offices write them; a longer one, or two sentences, are a lead."""
    written = f"<p><strong>Netze für alle.</strong></p><p>{LONG}</p><p><b>Schulen werden klug.</b><br>{LONG}</p>"
    assert [(each.level, each.text) for each in read(written).headings] == [
        (2, "Netze für alle."),
        (2, "Schulen werden klug."),
    ]


@pytest.mark.parametrize(
    "written",
    [
        f"<p><b>Es geht los. Bald mehr.</b></p><p>{LONG}</p><p><b>Wir fangen an. Kommt mit.</b></p><p>{LONG}</p>",
        f"<p><strong>Nur eine Zeile in fetter Schrift</strong></p><p>{LONG}</p>",
        "<p><strong>Eva Muster</strong></p><p>Leiterin</p><p><strong>Max Muster</strong></p><p>Referent</p>",
        "<p><strong>Eva Muster</strong><br>Am Markt 3<br>99999 Ort</p><p><strong>Max Muster</strong><br>Am Markt 4</p>",
        f"<p><strong>{LONG}</strong></p><p>{LONG}</p><p><strong>{LONG}</strong></p><p>{LONG}</p>",
    ],
)
def test_other_bold_lines_are_no_headings(written: str) -> None:
    """A lead, names on cards, whole sentences."""
    assert not list(read(written).headings)


@pytest.mark.parametrize(
    "head",
    [
        '<h1><small class="topline">| Staatskanzlei | Digitales</small> Plan</h1>',
        "<h1><span>| Staatskanzlei | Digitales</span><br>Plan</h1>",
        "<header><p>| Staatskanzlei | Digitales</p><h1>Plan</h1></header>",
        "<div><div>| Staatskanzlei | Digitales</div></div><div><h1><span>Pl</span>an</h1></div>",
    ],
)
def test_the_line_above_the_title_is_the_kicker(head: str) -> None:
    """In the heading or before it: it names the publisher, comes first and is no part of the title."""
    document = read(f"{head}<p>Der Plan gilt bis 2030.</p>")
    assert said(document)[:2] == [(K, 0, "| Staatskanzlei | Digitales"), (H, 1, "Plan")]


def test_a_sentence_above_the_title_is_no_kicker() -> None:
    """It ends in a full stop."""
    assert said(read("<p>Der Plan gilt bis 2030.</p><h1>Plan</h1>"))[0] == (P, 0, "Der Plan gilt bis 2030.")


def test_a_title_in_spans_is_no_kicker() -> None:
    """Layouts split headings without meaning anything by it."""
    assert said(read("<h1><span class='x1'>Digitaler</span> <span>Plan</span></h1><p>Text.</p>"))[0] == (
        H,
        1,
        "Digitaler Plan",
    )
