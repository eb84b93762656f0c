"""What is doubted until another night: collapses, other languages, first captures, notices that stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.transform.judging.cases import (
    ENGLISH,
    GOOD,
    MEMORY,
    NOW,
    PLAN,
    SENTENCES,
    capture,
    judged,
    page,
    reading_of,
    remembered,
)
from transform.document import Document
from transform.memory import KnownContent, PageMemory, PendingContent
from transform.reading.content import content_sha256
from transform.verdict import Outcome

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
