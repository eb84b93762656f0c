"""An imprint knows an unchanged content again, and never another one."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.benchmarks.noise_dresses import DRESSES, NOISES, Dress, Noise, counters, session_ids, stamps, teasers
from tests.benchmarks.noise_edits import EDITS
from tests.benchmarks.noise_pages import drawn_page
from tests.benchmarks.noise_text_edits import TEXT_EDITS
from transform.document import Document
from transform.reading.body import read_body
from transform.reading.content import content_sha256
from transform.reading.imprint import Imprint, imprint, shows_the_same

HTML = "text/html; charset=utf-8"
URL = "https://digital.example/themen/strategie"
FRAME = """<!DOCTYPE html><html lang="de"><head><title>Strategie | Land</title>{head}</head><body>
<nav><ul><li><a href="/">Start</a></li></ul></nav>{before}
<main><h1>Strategie</h1><p>Das Land fördert 40 Vorhaben in allen Kreisen und in jeder Gemeinde, auch auf dem Land.</p>
<p>Ein Beirat begleitet die Umsetzung und berichtet der Landesregierung jedes Jahr über alle Fortschritte.</p>{inside}
</main>{after}<footer><p>Impressum</p></footer></body></html>"""


def html(*, head: str = "", before: str = "", inside: str = "", after: str = "") -> str:
    return FRAME.format(head=head, before=before, inside=inside, after=after)


def read(page: str) -> Document:
    reading = read_body(page.encode(), content_type=HTML, url=URL, declaration=None)
    assert isinstance(reading, Document)
    return reading


def imprint_of(page: str) -> Imprint:
    places = read(page).places
    assert places is not None
    taken = imprint(page, places)
    assert taken is not None
    return taken


def same(page: str, later: str) -> bool:
    return shows_the_same(later, imprint_of(page))


@given(st.integers(0, 10**9))
@settings(max_examples=60)
def test_an_equal_imprint_is_an_equal_content_whatever_was_edited_or_churned(seed: int) -> None:
    rng = random.Random(seed)
    page, dress = drawn_page(rng), rng.choice(DRESSES)
    edited = rng.choice((*EDITS, *TEXT_EDITS))(page, rng) if rng.random() < 0.7 else None
    before, after = dress(page), dress(edited[0] if edited else page)
    for noise in rng.sample(NOISES, rng.randrange(4)):
        before = noise(before, rng)
    for noise in rng.sample(NOISES, rng.randrange(4)):
        after = noise(after, rng)

    if same(before, after):
        assert content_sha256(read(before)) == content_sha256(read(after))


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("noise", [session_ids, stamps, teasers, counters])
def test_everyday_noise_leaves_the_imprint_as_it_is(dress: Dress, noise: Noise) -> None:
    rng = random.Random(7)
    page = dress(drawn_page(rng))
    first, second = noise(page, rng), noise(page, rng)
    assert same(first, second)


def test_a_changed_word_number_or_file_is_seen() -> None:
    page = html(inside='<p><a href="/plan.pdf">Der Plan (PDF)</a></p>')
    assert same(page, page)
    assert not same(page, page.replace("40 Vorhaben", "41 Vorhaben"))
    assert not same(page, page.replace("jedes Jahr", "alle zwei Jahre"))
    assert not same(page, page.replace("/plan.pdf", "/plan-neu.pdf"))


def test_a_text_that_becomes_hidden_is_seen() -> None:
    page = html().replace("<p>Ein Beirat", '<p class="lead">Ein Beirat')
    assert not same(page, page.replace('<p class="lead">', '<p class="lead" hidden>'))


def test_another_stated_date_is_none_of_the_content() -> None:
    page = html(inside="<p>Stand: 12.03.2024</p>")
    assert same(page, page.replace("12.03.2024", "13.03.2024"))


def test_a_date_in_a_table_is_content() -> None:
    page = html(inside="<table><tr><td>Stand: 12.03.2024</td><td>40 Vorhaben</td></tr></table>")
    assert not same(page, page.replace("12.03.2024", "13.03.2024"))


def test_teasers_that_are_set_aside_may_say_what_they_like() -> None:
    page = html(inside='<aside class="teaser"><h2>Aktuelles</h2><p>Neue Halle in Kiel</p></aside>')
    assert same(page, page.replace("Neue Halle in Kiel", "Tag der offenen Tür im Landtag"))


def test_a_text_in_place_of_what_was_set_aside_is_seen() -> None:
    page = html(inside='<aside class="teaser"><h2>Aktuelles</h2><p>Neue Halle in Kiel</p></aside>')
    later = html(inside="<section><h2>Ziele</h2><p>Schnelle Netze für alle Gemeinden</p></section>")
    assert not same(page, later)


def test_a_contact_that_appears_beside_the_content_is_seen() -> None:
    box = '<div><h2>Kontakt</h2><p>Eva Kern, <a href="mailto:kern@land.example">kern@land.example</a></p></div>'
    assert not same(html(), html(after=box))


def test_a_long_text_that_appears_around_the_content_is_looked_at() -> None:
    text = "<p>" + "Ein neuer Abschnitt erzählt von Vorhaben in allen Kreisen. " * 20 + "</p>"
    assert not same(html(), html(before=f"<div>{text}</div>"))


def test_scripts_and_tokens_do_not_matter() -> None:
    def rendered(token: str) -> str:
        script = f"<script nonce='{token}'>x='{token}'</script>"
        return html(head=script, inside=f"{script}<form><input type=hidden value={token}></form>", before=script * 2)

    assert same(rendered("a1"), rendered("b2"))


def test_a_page_without_the_places_is_read() -> None:
    assert not shows_the_same("<html><body><p>Wartung</p></body></html>", imprint_of(html()))
    assert not shows_the_same("", imprint_of(html()))
    assert not shows_the_same("nur Text", imprint_of(html()))
