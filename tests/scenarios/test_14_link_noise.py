"""Addresses that are decorated anew every night, and one that really leads elsewhere."""

from __future__ import annotations

import pytest

from tests.scenarios.harness import PLAN_FILE, URL, Play, html, pdf
from tests.support.strategy_pages import NORDMARK, markup

PLAIN = markup(NORDMARK)
BOARD = "https://www.beirat.example/digital"


@pytest.mark.parametrize(
    "address",
    [
        f"{BOARD}?utm_source=portal&amp;utm_campaign=fruehjahr",
        f"{BOARD};jsessionid=8A6C0F1E22D94B0A.node4",
        "http://www.beirat.example/digital",
        f"{BOARD}#inhalt",
        "https://www.beirat.example/naechste-meldung",
    ],
)
def test_another_link_alone_is_no_change_of_content(play: Play, address: str) -> None:
    """Nothing is alerted, and no version is made for a link."""
    answers = {PLAN_FILE: pdf("Digitalplan")}
    _, told = play.nights({URL: html(PLAIN), **answers}, {URL: html(PLAIN.replace(BOARD, address)), **answers})
    assert told.content_alerts == ()
    assert {change.change_class for change in told.changes} <= {"link_noise"}


def test_a_link_that_changes_beside_an_edit_adds_nothing(play: Play) -> None:
    """The edit is told, the link is not."""
    edited = markup(NORDMARK.with_words("48 Vorhaben", "53 Vorhaben")).replace(BOARD, f"{BOARD}/neu")
    answers = {PLAN_FILE: pdf("Digitalplan")}
    _, told = play.nights({URL: html(PLAIN), **answers}, {URL: html(edited), **answers})
    assert told.kinds == ["figure changed value"]


def test_a_file_link_to_another_file_is_a_replaced_document(play: Play) -> None:
    """Both addresses are told, and both hashes are stored."""
    new = PLAN_FILE.replace("digitalplan.pdf", "digitalplan-2026.pdf")
    first = {URL: html(PLAIN), PLAN_FILE: pdf("Digitalplan, erste Auflage")}
    second = {URL: html(PLAIN.replace(PLAN_FILE, new)), new: pdf("Digitalplan, zweite Auflage")}
    _, told = play.nights(first, second)
    assert [(c.entity, c.kind, c.field, c.before, c.after) for c in told.changes] == [
        ("document", "replaced", "url", PLAN_FILE, new)
    ]
    assert play.query("select count(distinct sha256) from documents_history") == [(2,)]
