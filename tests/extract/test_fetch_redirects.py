"""Redirects, with and without an archive in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from extract.fetch_settings import FetchSettings
from extract.model import FetchErrorKind
from tests.extract.conftest import AGENT, QUICK, Visitor
from tests.support.server import Answer, ScriptedServer


def to(location: str, status: int = 301) -> Answer:
    return Answer(status, headers=(("Location", location),))


def test_a_chain_is_kept_hop_by_hop(server: ScriptedServer, visitor: Visitor) -> None:
    """Every hop is an exchange of the capture, and the last one is the answer."""
    server.answer("/a", to("/b"))
    server.answer("/b", to(server.url("/c#ziele"), 308))
    server.answer("/c", Answer(body=b"da"))
    capture = visitor.fetch(server.url("/a"))
    assert [exchange.status for exchange in capture.exchanges] == [301, 308, 200]
    assert capture.final_url == server.url("/c")
    assert capture.moved_permanently
    assert [exchange.url for exchange in visitor.kept][1:] == [server.url(path) for path in ("/a", "/b", "/c")]


@pytest.mark.parametrize(
    ("location", "kind"),
    [
        ("/kreis", FetchErrorKind.REDIRECT_LOOP),
        ("/endlos-0", FetchErrorKind.TOO_MANY_REDIRECTS),
        ("", FetchErrorKind.INVALID_REDIRECT),
        ("file:///etc/passwd", FetchErrorKind.INVALID_REDIRECT),
        ("ftp://portal.example/", FetchErrorKind.INVALID_REDIRECT),
        ("http://[kaputt/", FetchErrorKind.INVALID_REDIRECT),
        ("javascript:alert(1)", FetchErrorKind.INVALID_REDIRECT),
        ("http://ich:geheim@portal.example/", FetchErrorKind.REFUSED_ADDRESS),
        ("http://portal.example:8080/", FetchErrorKind.REFUSED_ADDRESS),
        ("http://127.0.0.1/", FetchErrorKind.REFUSED_ADDRESS),
        ("http://169.254.169.254/latest/", FetchErrorKind.REFUSED_ADDRESS),
        ("http://100.64.0.1/", FetchErrorKind.REFUSED_ADDRESS),
        ("http://[64:ff9b::7f00:1]/", FetchErrorKind.REFUSED_ADDRESS),
        ("http://0x7f.1/", FetchErrorKind.REFUSED_ADDRESS),
    ],
)
@pytest.mark.parametrize("through_archive", [False, True])
def test_a_redirect_that_leads_nowhere_good_is_not_followed(
    server: ScriptedServer, visitor: Visitor, location: str, kind: FetchErrorKind, through_archive: bool
) -> None:
    """Each has its kind, and nothing is asked there; through an archive original addresses are judged alike."""
    prefix = ""
    if through_archive:
        visitor.settings = via_settings(server, "/n1/")
        prefix = "/n1/http://portal.example"
    server.answer(f"{prefix}/a", to(location))
    server.answer(f"{prefix}/kreis", to("/a" if not through_archive else "http://portal.example/a"))
    for hop in range(9):
        server.answer(f"{prefix}/endlos-{hop}", to(f"/endlos-{hop + 1}"))
    capture = visitor.fetch("http://portal.example/a" if through_archive else server.url("/a"))
    assert capture.exchanges[0].status == 301
    assert capture.answer.status is None
    assert capture.answer.error is not None
    assert capture.answer.error.kind is kind
    assert capture.answer == visitor.kept[-1]
    asked = [path for path in server.paths if "robots.txt" not in path]
    assert len(asked) <= 6


def test_https_is_not_given_up(server: ScriptedServer, visitor: Visitor) -> None:
    """From https a redirect may not lead to http, unless an archive answers."""
    visitor.settings = via_settings(server, "/n1/")
    server.answer("/n1/https://portal.example/a", to("http://portal.example/b"))
    server.answer("/n1/http://portal.example/b", Answer(body=b"da"))
    assert visitor.fetch("https://portal.example/a").answer.body == b"da"


def via_settings(server: ScriptedServer, prefix: str) -> FetchSettings:
    return FetchSettings(AGENT, via=server.url(prefix), limits=QUICK)


@pytest.mark.parametrize(
    "location",
    [
        "https://portal.example/neu",
        "{prefix}https://portal.example/neu",
        "/n1/https://portal.example/neu",
        "/n1/https:/portal.example/neu",
        "{prefix}https%3A%2F%2Fportal.example/neu",
        "/neu",
        "//portal.example/neu",
        "neu",
    ],
)
def test_an_archive_may_tell_a_redirect_in_any_way(server: ScriptedServer, visitor: Visitor, location: str) -> None:
    """Below the prefix, as the original address or relative: stored addresses are the original ones."""
    visitor.settings = via_settings(server, "/n1/")
    memento = (("Memento-Datetime", "Mon, 05 Jan 2026 01:15:00 GMT"),)
    server.answer("/n1/https://portal.example/alt", to(location.format(prefix=server.url("/n1/"))))
    server.answer("/n1/https://portal.example/neu", Answer(body=b"da", headers=memento))
    capture = visitor.fetch("https://portal.example/alt")
    assert [exchange.url for exchange in capture.exchanges] == [
        "https://portal.example/alt",
        "https://portal.example/neu",
    ]
    assert capture.answer.body == b"da"
    assert capture.observed_at == datetime(2026, 1, 5, 1, 15, tzinfo=UTC)
    assert server.paths[0] == "/n1/https://portal.example/robots.txt"


def test_an_archive_that_leads_to_its_nearest_capture_is_followed(server: ScriptedServer, visitor: Visitor) -> None:
    """A hop within the archive is no redirect of the page; it is kept in the archive all the same."""
    visitor.settings = via_settings(server, "/web/2023id_/")
    server.answer("/web/2023id_/https://portal.example/a", to("/web/20230115id_/https://portal.example/a", 302))
    server.answer("/web/20230115id_/https://portal.example/a", to("/web/20230116id_/https://portal.example/b", 301))
    server.answer("/web/20230116id_/https://portal.example/b", Answer(body=b"da"))
    capture = visitor.fetch("https://portal.example/a")
    assert [(exchange.url, exchange.status) for exchange in capture.exchanges] == [
        ("https://portal.example/a", 301),
        ("https://portal.example/b", 200),
    ]
    assert [exchange.status for exchange in visitor.kept] == [404, 302, 301, 200]


def test_a_page_of_the_archive_itself_is_no_page(server: ScriptedServer, visitor: Visitor) -> None:
    """A redirect to the archive's own start page leads to no original address."""
    visitor.settings = via_settings(server, "/n1/")
    server.answer("/n1/https://portal.example/a", to(server.url("/startseite")))
    error = visitor.fetch("https://portal.example/a").answer.error
    assert error is not None
    assert error.kind is FetchErrorKind.INVALID_REDIRECT


def test_pace_is_kept_for_the_original_host(server: ScriptedServer, visitor: Visitor) -> None:
    """On loopback there is no pause of our own, but a crawl delay holds; another host does not wait for it."""
    visitor.settings = replace(via_settings(server, "/n1/"), min_pause_s=5.0)
    server.answer("/n1/https://langsam.example/robots.txt", Answer(body=b"User-agent: *\nCrawl-delay: 0.4\n"))
    for host in ("langsam", "schnell"):
        server.answer(f"/n1/https://{host}.example/a", Answer(body=b"da"))
        visitor.fetch(f"https://{host}.example/a")
    slow, fast = ([asked.at for asked in server.log if host in asked.path] for host in ("langsam", "schnell"))
    assert slow[1] - slow[0] >= 0.4
    assert fast[1] - fast[0] < 0.3
