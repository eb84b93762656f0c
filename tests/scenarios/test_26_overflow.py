"""Cases beyond the twenty-five: each was a false alarm or a loss somewhere."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from flows.delivering import deliver_pending
from tests.scenarios.harness import URL, Inbox, Play, declared, html
from tests.support.strategy_pages import NORDMARK, document, markup

PLAIN = markup(NORDMARK)


def test_elements_with_the_same_id_are_all_read(play: Play) -> None:
    """Duplicate ids are a fault of the page, not of its words."""
    twins = PLAIN.replace("<section", '<section id="inhalt"')
    _, told = play.nights({URL: html(PLAIN)}, {URL: html(twins)})
    assert told.dated == ()


def test_two_pages_with_one_text_are_two_pages(tmp_path: Path) -> None:
    """Two declared pages say the same: neither is taken for an error sink."""
    twin = "https://www.suedland.example/plan"
    with Play(tmp_path, declared(), declared(twin, "suedland")) as play:
        told = play.nights(*([{URL: html(NORDMARK), twin: html(NORDMARK)}] * 2))
        assert [set(one.verdicts.values()) for one in told] == [{"verified"}, {"verified"}]


def test_a_number_that_becomes_a_picture_is_not_lost_in_silence(play: Play) -> None:
    """The words went from the text: told, and not as another value."""
    pictured = PLAIN.replace("48 Vorhaben", '<img src="/48.png" alt=""> Vorhaben')
    _, told = play.nights({URL: html(PLAIN)}, {URL: html(pictured)})
    assert len(told.changes) == 1
    assert "48" in (told.changes[0].before or "")


def test_hidden_words_and_comments_are_no_content(play: Play) -> None:
    """What a browser does not show is not said."""
    hidden = PLAIN.replace("<main", "<!-- Entwurf: 99 Vorhaben --><main").replace(
        "</main>", "<p hidden>Entwurf mit 99 Vorhaben</p><template><p>99 Vorhaben</p></template></main>"
    )
    _, told = play.nights({URL: html(PLAIN)}, {URL: html(hidden)})
    assert told.dated == ()


def test_a_page_that_turns_english_is_held_back(play: Play) -> None:
    """A language flip of the portal is no change of the strategy."""
    words = (
        "The plan of the state sets out how the public services are to be digital and open to all of the people. " * 12
    )
    english = document("Digital plan", f"<main><h1>Digital plan</h1><p>{words}</p></main>", language="en")
    _, told = play.nights({URL: html(NORDMARK)}, {URL: html(english)})
    assert (told.verdict, told.dated) == ("suspect:language", ())


def test_a_huge_page_is_compared_in_bounded_time(play: Play) -> None:
    """Twenty thousand words, every tenth one new: seconds, not minutes."""
    words = [f"Wort{n} steht hier neben vielen anderen Wörtern." for n in range(3_000)]
    edited = [f"Neues {text}" if n % 10 == 0 else text for n, text in enumerate(words)]
    one = NORDMARK.with_part("Umsetzung", paragraphs=tuple(words))
    other = NORDMARK.with_part("Umsetzung", paragraphs=tuple(edited))
    play.night({URL: html(one)})
    started = time.process_time()
    told = play.night({URL: html(other)})
    assert told.kinds == ["section edited text"]
    assert time.process_time() - started < 20


def test_looking_at_changes_creates_nothing(play: Play) -> None:
    """Reading the ledger leaves no trace in it."""
    play.nights({URL: html(NORDMARK)}, {URL: html(NORDMARK.with_words("48 Vorhaben", "53 Vorhaben"))})
    before = play.query("select count(*) from changes"), play.query("select count(*) from observations")
    play.query("select * from changes_between('2026-03-01', '2026-04-01')")
    assert before == (play.query("select count(*) from changes"), play.query("select count(*) from observations"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aktualisiert vor 3 Tagen", "Aktualisiert vor 4 Tagen"),
        ("Zuletzt aktualisiert: gestern, 10:15 Uhr", "Zuletzt aktualisiert: vor zwei Tagen"),
        ("Stand: 12.03.", "Stand: 13.03."),
        ("Stand: 12.03.2026", "Stand: 13.03.2026"),
    ],
)
def test_ages_that_run_along_are_no_change(play: Play, one: str, other: str) -> None:
    """A line that states the page's age, by the calendar or counted from today, says nothing about the strategy."""
    first, second = (PLAIN.replace("</main>", f"<p>{line}</p></main>") for line in (one, other))
    _, told = play.nights({URL: html(first)}, {URL: html(second)})
    assert told.dated == ()


def test_whoever_was_taken_off_the_routes_gets_nothing_that_was_still_queued(play: Play) -> None:
    """The channel went between writing and sending: nothing is sent there, and the others get theirs."""
    play.night({URL: html(NORDMARK)})
    play.night({URL: html(NORDMARK.with_words("48 Vorhaben", "53 Vorhaben"))}, deliver=False)
    gone, kept = play.channels[0], Inbox()
    for attempt in range(12):
        at = play.time_of(2 + attempt)
        deliver_pending(play.warehouse, dict.fromkeys(play.channels[1:], kept), at)
    assert kept.received
    states = play.query(f"select distinct status from deliveries where channel = '{gone}'")
    assert states == [("parked",)]


ENGLISH = (
    "The state publishes its digital strategy in English as well, for people and companies that come from abroad. It "
    "names the fields in which the services of the state are to become digital, and it says who is in charge of them. "
)


@pytest.mark.parametrize("language", ["en", "de"])
def test_an_english_page_is_watched_like_any_other(play: Play, language: str) -> None:
    """Its edits are told, whatever language it declares; that it is in English accuses nobody."""
    pages = [
        document(
            "Digital strategy",
            f"<main><h1>Digital strategy</h1><p>{ENGLISH * 2}</p><p>{end}</p></main>",
            language=language,
        )
        for end in ("The plan is to be reviewed in the spring.", "The plan is to be reviewed in the autumn.")
    ]
    first, second, third = play.nights({URL: html(pages[0])}, {URL: html(pages[1])}, {URL: html(pages[0])})
    assert [one.verdict for one in (first, second, third)] == ["verified"] * 3
    assert second.kinds == ["section edited text"]
    assert {change.change_class for change in third.changes} == {"return"}
