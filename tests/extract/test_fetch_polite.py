"""Politeness: robots.txt, pace, Retry-After, attempts and conditional requests, against a real server."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from extract.clock import SYSTEM_CLOCK
from extract.fetch import FetchRequest, PortalSession
from extract.fetch_settings import FetchLimits
from extract.model import FetchErrorKind, PageId, Validators
from extract.politeness import Courtesy
from tests.extract.conftest import QUICK, Visitor
from tests.support.server import Answer, ScriptedServer


def robots(text: str) -> Answer:
    return Answer(body=text.encode(), headers=(("Content-Type", "text/plain"),))


def kind_of(visitor: Visitor, url: str) -> FetchErrorKind | None:
    error = visitor.fetch(url).answer.error
    return error.kind if error else None


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (robots("User-agent: *\nDisallow: /geheim\n"), None),
        (robots("User-agent: *\nDisallow: /\nAllow: /plan\n"), None),
        (robots("User-agent: *\nDisallow: /plan\n"), FetchErrorKind.ROBOTS_DISALLOWED),
        (
            robots("User-agent: *\nAllow: /\n\nUser-agent: Strategiemonitor/9\nDisallow: /\n"),
            FetchErrorKind.ROBOTS_DISALLOWED,
        ),
        (robots("User-agent: *\nDisallow: /\n\nUser-agent: STRATEGIEMONITOR\nDisallow:\n"), None),
        (robots("User-agent: monitor\nDisallow: /\n\nUser-agent: *\nAllow: /\n"), None),
        (robots("\ufeffUser-agent: *\r\nDisallow: /plan\r\n"), FetchErrorKind.ROBOTS_DISALLOWED),
        (robots("<html>Fehlerseite</html>"), None),
        (Answer(403), None),
        (Answer(410), None),
        (Answer(429), FetchErrorKind.ROBOTS_UNREACHABLE),
        (Answer(500), FetchErrorKind.ROBOTS_UNREACHABLE),
        (Answer(hang_up=True), FetchErrorKind.CONNECTION),
        (Answer(301, headers=(("Location", "/anderswo.txt"),)), FetchErrorKind.ROBOTS_DISALLOWED),
        (Answer(302, headers=(("Location", "/robots.txt"),)), None),
    ],
)
def test_robots_txt_decides(
    server: ScriptedServer, visitor: Visitor, answer: Answer, expected: FetchErrorKind | None
) -> None:
    """RFC 9309: found, unavailable and unreachable mean what the RFC says; what is refused is not asked for."""
    server.answer("/robots.txt", answer)
    server.answer("/anderswo.txt", robots("User-agent: *\nDisallow: /plan\n"))
    server.answer("/plan", Answer(body=b"da"))
    assert kind_of(visitor, server.url("/plan")) is expected
    assert len(server.asked("/plan")) == (expected is None)
    assert visitor.kept[-1].url == server.url("/plan")


def test_a_huge_robots_txt_is_read_up_to_its_limit(server: ScriptedServer, visitor: Visitor) -> None:
    """What stands in the first 500 KiB counts, whatever follows."""
    rules = "User-agent: *\nDisallow: /plan\n" + "# nichts\n" * 200_000
    server.answer("/robots.txt", robots(rules))
    assert kind_of(visitor, server.url("/plan")) is FetchErrorKind.ROBOTS_DISALLOWED
    assert len(visitor.kept[0].body) == 500 * 1024


def test_robots_txt_is_asked_once_in_a_run(server: ScriptedServer, visitor: Visitor) -> None:
    """Sessions that share the courtesy of a run share its robots.txt."""
    courtesy = Courtesy(visitor.settings, SYSTEM_CLOCK)
    for _ in range(2):
        with PortalSession(visitor.settings, courtesy=courtesy) as session:
            session.fetch(FetchRequest(PageId("x"), server.url("/a")))
            session.fetch(FetchRequest(PageId("y"), server.url("/b")))
    assert server.paths == ["/robots.txt", "/a", "/b", "/a", "/b"]


def test_crawl_delay_is_kept_between_all_starts(server: ScriptedServer, visitor: Visitor) -> None:
    """robots.txt, pages and redirects count alike, even where two sessions meet at one host."""
    server.answer("/robots.txt", robots("User-agent: *\nCrawl-delay: 0.3\n"))
    server.answer("/alt", Answer(301, headers=(("Location", "/neu"),)))
    server.answer("/neu", Answer(body=b"da"))
    courtesy = Courtesy(visitor.settings, SYSTEM_CLOCK)

    def work() -> None:
        with PortalSession(visitor.settings, courtesy=courtesy) as session:
            session.fetch(FetchRequest(PageId("x"), server.url("/alt")))

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    times = [asked.at for asked in server.log]
    assert sorted(server.paths) == ["/alt", "/alt", "/neu", "/neu", "/robots.txt"]
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.3


def test_a_crawl_delay_beyond_reason_puts_the_portal_off(server: ScriptedServer, visitor: Visitor) -> None:
    """A day between two requests is not waited for, and not disregarded."""
    server.answer("/robots.txt", robots("User-agent: *\nCrawl-delay: 86400\n"))
    assert kind_of(visitor, server.url("/plan")) is FetchErrorKind.DEFERRED
    assert server.paths == ["/robots.txt"]


@pytest.mark.parametrize(
    ("failures", "attempt"),
    [
        ((Answer(503),), 2),
        ((Answer(502), Answer(504)), 3),
        ((Answer(500),), 2),
        ((Answer(hang_up=True), Answer(hang_up=True)), 3),
        ((Answer(body=b"kurz", headers=(("Content-Length", "9"),), sent_bytes=4),), 2),
    ],
)
def test_what_may_pass_is_tried_again(
    server: ScriptedServer, visitor: Visitor, failures: tuple[Answer, ...], attempt: int
) -> None:
    """The capture is the last attempt; the archive has them all."""
    server.answer("/plan", *failures, Answer(body=b"da"))
    capture = visitor.fetch(server.url("/plan"))
    assert (capture.answer.body, capture.attempt, len(capture.exchanges)) == (b"da", attempt, 1)
    assert len(visitor.kept) == attempt + 1


@pytest.mark.parametrize(("status", "requests"), [(500, 2), (503, 3), (429, 1), (403, 1), (404, 1), (410, 1)])
def test_what_stays_is_not_asked_for_ever(server: ScriptedServer, visitor: Visitor, status: int, requests: int) -> None:
    """Each status is worth so many requests."""
    server.answer("/plan", Answer(status, b"leider"))
    capture = visitor.fetch(server.url("/plan"))
    assert (capture.answer.status, len(server.asked("/plan"))) == (status, requests)


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_never_undercut(server: ScriptedServer, visitor: Visitor, status: int) -> None:
    """The next request to the host waits for as long as the last answer asked."""
    server.answer("/plan", Answer(status, headers=(("Retry-After", "1"),)), Answer(body=b"da"))
    assert visitor.fetch(server.url("/plan")).answer.body == b"da"
    first, second = (asked.at for asked in server.asked("/plan"))
    assert second - first >= 1.0


@pytest.mark.parametrize("value", ["3600", "Fri, 31 Dec 2100 23:59:59 GMT"])
def test_a_long_retry_after_puts_off_the_whole_portal(server: ScriptedServer, visitor: Visitor, value: str) -> None:
    """Nobody is asked again in this run, neither the page nor its neighbours."""
    server.answer("/plan", Answer(503, headers=(("Retry-After", value),)))
    with visitor.session() as session:
        first = session.fetch(FetchRequest(PageId("x"), server.url("/plan")))
        second = session.fetch(FetchRequest(PageId("y"), server.url("/andere")))
    assert (first.answer.status, first.attempt) == (503, 1)
    assert second.answer.error is not None
    assert second.answer.error.kind is FetchErrorKind.DEFERRED
    assert server.asked("/andere") == []


def test_retry_after_beyond_the_budget_is_not_waited_for(
    server: ScriptedServer, with_limits: Callable[[FetchLimits], Visitor]
) -> None:
    """Within the longest pause but beyond the budget the page is given up for tonight."""
    server.answer("/plan", Answer(503, headers=(("Retry-After", "5"),)))
    started = time.monotonic()
    assert with_limits(replace(QUICK, retry_budget_s=4.0)).fetch(server.url("/plan")).attempt == 1
    assert time.monotonic() - started < 2


def test_validators_go_only_to_their_own_address(server: ScriptedServer, visitor: Visitor) -> None:
    """Also behind a redirect; a 304 to them is an answer."""
    server.answer("/alt", Answer(301, headers=(("Location", "/neu"),)))
    server.answer("/neu", Answer(304, headers=(("ETag", '"1"'),)))
    validators = Validators(server.url("/neu"), '"1"', "Mon, 05 Jan 2026 00:00:00 GMT")
    capture = visitor.fetch(server.url("/alt"), validators)
    assert (capture.answer.status, capture.answer.error) == (304, None)
    assert "if-none-match" not in server.asked("/alt")[0].headers
    assert server.asked("/neu")[0].headers["if-none-match"] == '"1"'
    assert server.asked("/neu")[0].headers["if-modified-since"] == "Mon, 05 Jan 2026 00:00:00 GMT"


def test_memento_datetime_is_not_believed_without_an_archive(server: ScriptedServer, visitor: Visitor) -> None:
    """A portal cannot date its own observation."""
    server.answer("/plan", Answer(body=b"da", headers=(("Memento-Datetime", "Mon, 05 Jan 2026 01:15:00 GMT"),)))
    answer = visitor.fetch(server.url("/plan")).answer
    assert answer.memento_at is None
    assert answer.observed_at == answer.requested_at


def test_the_next_page_waits_for_the_pause_that_was_asked_for(
    server: ScriptedServer, with_limits: Callable[[FetchLimits], Visitor]
) -> None:
    """A short Retry-After holds for the whole portal, even where the page itself is given up."""
    server.answer("/plan", Answer(503, headers=(("Retry-After", "1"),)))
    server.answer("/andere", Answer(body=b"da"))
    with with_limits(replace(QUICK, attempts=1)).session() as session:
        session.fetch(FetchRequest(PageId("x"), server.url("/plan")))
        assert session.fetch(FetchRequest(PageId("y"), server.url("/andere"))).answer.body == b"da"
    assert server.asked("/andere")[0].at - server.asked("/plan")[0].at >= 1.0
