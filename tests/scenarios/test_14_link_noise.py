"""Addresses that are decorated anew every night, and one that really leads elsewhere."""

from __future__ import annotations

import pytest

from tests.scenarios.harness import PLAN_FILE, URL, Play, html, pdf
from tests.support.strategy_pages import NORDMARK, markup

PLAIN = markup(NORDMARK)
BOARD = "https://www.beirat.example/digital"
LABEL = "Zur Seite des Beirats"
FILE = {PLAN_FILE: pdf("Digitalplan")}
ELSEWHERE = "https://www.beirat.example/naechste-meldung"


@pytest.mark.parametrize(
    "address",
    [
        f"{BOARD}?utm_source=portal&amp;utm_campaign=fruehjahr",
        f"{BOARD};jsessionid=8A6C0F1E22D94B0A.node4",
        "http://www.beirat.example/digital",
        f"{BOARD}#inhalt",
    ],
    ids=["campaign marks", "session", "http", "fragment"],
)
def test_a_decorated_address_is_the_same_address(play: Play, address: str) -> None:
    """Nothing is told and no version is made: the link leads where it led."""
    _, told = play.nights({URL: html(PLAIN), **FILE}, {URL: html(PLAIN.replace(BOARD, address)), **FILE})
    assert (told.verdict, told.dated, told.incidents) == ("verified", (), ())
    assert play.query("select count(distinct version_id) from observations") == [(1,)]


def test_a_link_that_leads_elsewhere_is_link_noise(play: Play) -> None:
    """The target of "previous article" moves on: one change of its class with both addresses, no version, no alert."""
    moved = {URL: html(PLAIN.replace(BOARD, ELSEWHERE)), **FILE}
    _, told, again = play.nights({URL: html(PLAIN), **FILE}, moved, moved)
    (change,) = told.changes
    assert (change.change_class, change.field, change.entity_key) == ("link_noise", "link", LABEL)
    assert (change.before, change.after) == (BOARD, ELSEWHERE)
    assert change.significance <= 0.05
    assert told.content_alerts == ()
    assert again.dated == ()
    assert play.query("select count(distinct version_id) from observations") == [(1,)]
    assert play.query('select class, "before", "after" from changes') == [("link_noise", BOARD, ELSEWHERE)]


def test_a_link_that_is_taken_off_its_words_is_link_noise(play: Play) -> None:
    """No word went: the words are linked no longer, and later again."""
    bare = PLAIN.replace(f'<a href="{BOARD}">{LABEL}</a>', LABEL)
    assert bare != PLAIN
    plain = {URL: html(PLAIN), **FILE}
    _, gone, back = play.nights(plain, {URL: html(bare), **FILE}, plain)
    assert [(c.change_class, c.before, c.after) for c in gone.changes] == [("link_noise", BOARD, None)]
    assert [(c.change_class, c.before, c.after) for c in back.changes] == [("link_noise", None, BOARD)]


def test_many_links_of_one_night_are_one_change(play: Play) -> None:
    """A relaunch gives every article another address: one row, not forty."""
    many = "".join(
        f'<p>Zum Vorhaben {n} gibt der <a href="https://www.beirat.example/alt/{n}">Bericht {n}</a> Auskunft.</p>'
        for n in range(40)
    )
    page = PLAIN.replace("</main>", f"<section><h2>Berichte</h2>{many}</section></main>")
    _, told = play.nights({URL: html(page), **FILE}, {URL: html(page.replace("/alt/", "/neu/")), **FILE})
    (change,) = told.changes
    assert change.change_class == "link_noise"
    assert change.summary.startswith("40 Verweise")


def test_a_link_that_changes_beside_an_edit_adds_nothing(play: Play) -> None:
    """The edit is told and alerts alone; the link is noise beside it."""
    edited = markup(NORDMARK.with_words("48 Vorhaben", "53 Vorhaben")).replace(BOARD, f"{BOARD}/neu")
    _, told = play.nights({URL: html(PLAIN), **FILE}, {URL: html(edited), **FILE})
    assert told.kinds == ["figure changed value"]
    (alert,) = told.content_alerts
    assert len(alert.change_ids) == 1
    assert sorted(change.change_class for change in told.changes) == ["content", "link_noise"]


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
