"""304 and the validators that lead into it: a server's word is taken only where it can be true."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.scenarios.harness import URL, Play, declared, html
from tests.support.server import Answer
from tests.support.strategy_pages import NORDMARK, document
from warehouse import reports

NOT_MODIFIED = Answer(304)
TAG = ("ETag", '"eins"')
EDITED = NORDMARK.with_words("48 Vorhaben", "53 Vorhaben")


def test_a_page_that_was_held_back_is_asked_for_in_full(play: Play) -> None:
    """a) After a suspicious answer no validator is sent: a 304 would speak of the wrong body."""
    empty = html(document("Digitalplan", "<main></main>"), TAG)
    play.nights({URL: html(NORDMARK)}, {URL: empty}, {URL: html(NORDMARK, TAG)})
    assert "if-none-match" not in play.server.asked(f"/n2/{URL}")[0].headers


def test_a_304_after_a_body_that_could_not_be_read_speaks_of_the_last_good_one(play: Play) -> None:
    """a) A server that says 304 to a full request is not believed; the page is read on the next night."""
    broken = Answer(200, b"\xff\xfe\xfa" * 40, (("Content-Type", "text/html; charset=utf-8"), TAG))
    _, second, third, fourth = play.nights(
        {URL: html(NORDMARK, TAG)}, {URL: broken}, {URL: NOT_MODIFIED}, {URL: html(EDITED, TAG)}
    )
    assert not second.night.pages[0].verdict.is_good
    assert third.dated == ()
    assert fourth.kinds == ["figure changed value"]


def test_a_tag_that_differs_in_every_answer_marks_the_page(play: Play) -> None:
    """b) Same body, another ETag each night: nothing is told, and the page is marked for whoever runs the monitor."""
    told = play.nights(*({URL: html(NORDMARK, ("ETag", f'"{n}"'))} for n in range(4)))
    assert [(one.verdict, one.dated, one.incidents) for one in told] == [("verified", (), ())] * 4
    assert play.query("select unstable_validator from pages") == [(True,)]
    assert reports.unstable_validators(play.publish()) == ("nordmark",)


def test_a_tag_that_follows_the_body_marks_nothing(play: Play) -> None:
    """b) Another body, another tag: a validator as it should be."""
    pages = (NORDMARK, NORDMARK, EDITED, EDITED)
    play.nights(*({URL: html(page, ("ETag", f'"{hash(page)}"'))} for page in pages))
    assert play.query("select unstable_validator from pages") == [(False,)]


def test_a_tag_that_lies_is_found_out_by_the_next_full_fetch(tmp_path: Path) -> None:
    """c) The server says 304 although the page changed; the interval is as wide as what is not known."""
    with Play(tmp_path, full_fetch_after=timedelta(days=2)) as play:
        first = play.night({URL: html(NORDMARK, TAG)})
        silent = play.nights(*([{URL: NOT_MODIFIED}] * 3))
        told = play.nights({URL: html(EDITED, TAG)})[0]
        assert first.verdict == "verified"
        assert [one.verdict for one in silent] == ["not_modified"] * 3
        assert "if-none-match" not in play.server.asked(f"/n4/{URL}")[0].headers
        assert told.kinds == ["figure changed value"]
        assert {(one.not_before, one.not_after) for one in told.dated} == {(play.time_of(0), play.time_of(4))}
        assert play.query("select not_before = (select min(observed_at) from observations) from changes") == [(True,)]


def test_a_tag_that_told_the_truth_keeps_the_interval_narrow(play: Play) -> None:
    """c) Another tag with the other body: the nights of 304 count."""
    play.nights({URL: html(NORDMARK, TAG)}, {URL: NOT_MODIFIED}, {URL: NOT_MODIFIED})
    told = play.night({URL: html(EDITED, ("ETag", '"zwei"'))})
    assert {(one.not_before, one.not_after) for one in told.dated} == {(play.time_of(2), play.time_of(3))}


def test_304_to_a_first_request_is_an_error(play: Play) -> None:
    """d) Nobody asked whether it had changed."""
    told = play.night({URL: NOT_MODIFIED})
    assert told.verdict == "failed:protocol"
    assert play.query("select count(*) from observations") == [(0,)]


def test_a_changed_declaration_reads_the_stored_body_again(tmp_path: Path) -> None:
    """e) The server says 304; what the new declaration reads comes from the archive and is caused by the extractor."""
    with Play(tmp_path) as play:
        play.night({URL: html(NORDMARK, TAG)})
        play.pages = (declared(removals=(".inhalt-kontakt",)),)
        told = play.night({URL: NOT_MODIFIED})
        assert told.verdict == "not_modified"
        assert told.changes == ()
        assert {dated.change.cause for dated in told.dated} == {"extractor"}
        assert play.query("select count(*) from contacts") == [(0,)]
