"""Hostile and broken transport: bounded in time and space, each with a name of its own (scenario 20)."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from collections.abc import Callable
from dataclasses import replace

import pytest

from extract.fetch import FetchRequest, PortalSession
from extract.fetch_settings import FetchLimits
from extract.line import Endpoint
from extract.model import FetchErrorKind, PageId
from tests.extract.conftest import QUICK, Visitor
from tests.support.server import Answer, ScriptedServer

GZIP = (("Content-Encoding", "gzip"),)
ONCE = replace(QUICK, total_deadline_s=0.6, attempts=1)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer(body=b"x" * 100, drip_s=0.05), FetchErrorKind.TIMEOUT),
        (Answer(body=b"x" * 100, drip_s=0.05, headers=(("Connection", "close"),)), FetchErrorKind.TIMEOUT),
        (Answer(head_drip_s=0.05), FetchErrorKind.TIMEOUT),
        (Answer(delay_s=5.0), FetchErrorKind.TIMEOUT),
        (Answer(raw=b"HTTP/1.1 100 Continue\r\n\r\n" * 40, drip_s=0.02), FetchErrorKind.TIMEOUT),
        (Answer(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;" + b"x" * 90, drip_s=0.01), None),
        (Answer(body=b"halb", headers=(("Content-Length", "400"),), sent_bytes=4), FetchErrorKind.TRUNCATED),
        (Answer(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nkurz"), FetchErrorKind.TRUNCATED),
        (Answer(body=gzip.compress(b"abgeschnitten" * 50)[:-20], headers=GZIP), FetchErrorKind.CONTENT_ENCODING),
        (Answer(body=b"<p>gar nicht gepackt</p>", headers=GZIP), FetchErrorKind.CONTENT_ENCODING),
        (Answer(body=b"x", headers=(("Content-Encoding", "br"),)), FetchErrorKind.CONTENT_ENCODING),
        (Answer(hang_up=True), FetchErrorKind.CONNECTION),
        (Answer(raw=b"\x16\x03\x01 kein HTTP\r\n\r\n"), FetchErrorKind.PROTOCOL),
        (Answer(headers=tuple((f"X-{n}", "y") for n in range(200))), FetchErrorKind.PROTOCOL),
        (Answer(headers=(("X-Lang", "y" * 65000), ("X-Mehr", "y" * 1000))), FetchErrorKind.PROTOCOL),
        (Answer(headers=(("X-Zu-Lang", "y" * 70000),)), FetchErrorKind.PROTOCOL),
        (Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"), FetchErrorKind.PROTOCOL),
        (Answer(304), FetchErrorKind.PROTOCOL),
    ],
)
def test_each_fault_ends_in_time_with_a_name_of_its_own(
    server: ScriptedServer,
    with_limits: Callable[[FetchLimits], Visitor],
    answer: Answer,
    kind: FetchErrorKind | None,
) -> None:
    """Whatever the server does, the exchange ends soon after its deadline and says what was wrong."""
    server.answer("/seite", answer)
    started = time.monotonic()
    capture = with_limits(ONCE).fetch(server.url("/seite"))
    assert time.monotonic() - started < 2.5
    assert capture.answer.error is not None
    assert kind is None or capture.answer.error.kind is kind
    assert capture.answer.error.detail


def test_a_bomb_costs_no_more_than_the_limit(
    server: ScriptedServer, with_limits: Callable[[FetchLimits], Visitor]
) -> None:
    """Two hundred kilobytes that unpack to two hundred megabytes are given up at the limit."""
    server.answer("/bombe", Answer(body=gzip.compress(bytes(200_000_000), 1), headers=GZIP))
    capture = with_limits(replace(QUICK, max_body_bytes=100_000)).fetch(server.url("/bombe"))
    assert capture.answer.error is not None
    assert capture.answer.error.kind is FetchErrorKind.TOO_LARGE
    assert len(capture.answer.body) == 100_000


def test_an_endless_body_is_given_up_at_the_wire_limit(
    server: ScriptedServer, with_limits: Callable[[FetchLimits], Visitor]
) -> None:
    """A body without an end is read up to its limit and kept up to there."""
    server.answer("/endlos", Answer(endless=b"weiter " * 1000))
    capture = with_limits(replace(QUICK, max_wire_bytes=200_000)).fetch(server.url("/endlos"))
    assert capture.answer.error is not None
    assert capture.answer.error.kind is FetchErrorKind.TOO_LARGE
    assert len(capture.answer.wire_body) == 200_000
    assert capture.attempt == 1


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", lambda body: gzip.compress(body[:7]) + gzip.compress(body[7:]) + b"\0\0"),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body)[2:-4]),
        ("gzip, deflate", lambda body: zlib.compress(gzip.compress(body))),
        ("identity", bytes),
    ],
)
def test_codings_are_undone_and_the_wire_is_kept(
    server: ScriptedServer, visitor: Visitor, coding: str, pack: Callable[[bytes], bytes]
) -> None:
    """The body is decoded, what travelled stays as it was."""
    text = "Überall schnelles Netz".encode() * 20
    server.answer("/seite", Answer(body=pack(text), headers=(("Content-Encoding", coding),)))
    answer = visitor.fetch(server.url("/seite")).answer
    assert answer.error is None
    assert answer.body == text
    assert answer.wire_body == pack(text)
    assert server.asked("/seite")[0].headers["accept-encoding"] == "gzip, deflate"


def test_a_chunked_body_arrives_whole(server: ScriptedServer, visitor: Visitor) -> None:
    """The transfer coding is no part of the body."""
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nHallo\r\n5\r\n Welt\r\n0\r\n\r\n"
    server.answer("/seite", Answer(raw=chunked))
    assert visitor.fetch(server.url("/seite")).answer.body == b"Hallo Welt"


def test_a_hanging_page_is_asked_once_more_within_the_budget(
    server: ScriptedServer, with_limits: Callable[[FetchLimits], Visitor]
) -> None:
    """A time-out is tried once again in what is left of the portal's budget, and no longer."""
    server.answer("/haengt", Answer(delay_s=30))
    limits = FetchLimits(total_deadline_s=1.0, retry_base_s=0.01, retry_budget_s=5.0)
    capture = with_limits(limits).fetch(server.url("/haengt"))
    assert (capture.attempt, len(server.asked("/haengt"))) == (2, 2)
    spent = with_limits(replace(limits, retry_budget_s=2.0)).fetch(server.url("/haengt"))
    assert spent.attempt == 1


def test_pages_of_a_hung_portal_are_put_off(
    server: ScriptedServer, with_limits: Callable[[FetchLimits], Visitor]
) -> None:
    """After so many pages in a row without an answer the rest of the portal waits for another night."""
    server.answer("/haengt", Answer(delay_s=30))
    limits = FetchLimits(total_deadline_s=0.2, attempts=1, hung_pages=2)
    with with_limits(limits).session() as session:
        kinds = [session.fetch(FetchRequest(PageId("x"), server.url("/haengt"))).answer.error for _ in range(3)]
    assert [error.kind for error in kinds if error] == ["timeout", "timeout", "deferred"]


def test_a_name_that_leads_to_this_network_is_refused_before_anything_is_sent(
    server: ScriptedServer, visitor: Visitor
) -> None:
    """It is the machine that counts, not the name; the second lookup may answer differently from the first."""
    ips = iter(["127.0.0.1", "10.0.0.7"])

    def resolve(_host: str, port: int) -> list[Endpoint]:
        ip = next(ips)
        return [Endpoint(socket.AF_INET, ip, (ip, port))]

    server.answer("/seite", Answer(body=b"da", headers=(("Connection", "close"),)))
    server.answer("/robots.txt", Answer(404, headers=(("Connection", "close"),)))
    with PortalSession(visitor.settings, sink=visitor.keep, resolve=resolve) as session:
        capture = session.fetch(FetchRequest(PageId("x"), server.url("/seite", host="portal.example")))
    assert visitor.kept[0].status == 404
    assert capture.answer.error is not None
    assert capture.answer.error.kind is FetchErrorKind.REFUSED_ADDRESS
    assert "10.0.0.7" in capture.answer.error.detail
    assert server.asked("/seite") == []


def test_without_permission_loopback_is_never_reached(server: ScriptedServer, visitor: Visitor) -> None:
    """The scripted server itself is refused unless it is allowed by name."""
    shut = Visitor(server, replace(visitor.settings, allowed_peers=()))
    for url in (server.url("/"), "http://127.0.0.1/", "http://2130706433/", "http://[::1]/", "http://localhost/"):
        error = shut.fetch(url).answer.error
        assert error is not None
        assert error.kind is FetchErrorKind.REFUSED_ADDRESS
    assert server.log == []


def test_a_server_that_speaks_no_tls_is_a_tls_failure(server: ScriptedServer, visitor: Visitor) -> None:
    """https to a plain port fails as TLS, under that name although robots.txt was what met it."""
    error = visitor.fetch(f"https://127.0.0.1:{server.port}/").answer.error
    assert error is not None
    assert error.kind is FetchErrorKind.TLS


def test_a_name_without_a_machine_is_a_dns_failure(visitor: Visitor) -> None:
    """A name that does not resolve keeps its own kind."""
    error = visitor.fetch("http://gibt-es-nicht.invalid/").answer.error
    assert error is not None
    assert error.kind is FetchErrorKind.DNS


def test_cookies_and_passwords_are_never_sent(
    server: ScriptedServer, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No cookie comes back, no proxy of the environment is used, and our name and contact stand in every request."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    server.answer("/seite", Answer(body=b"da", headers=(("Set-Cookie", "sitzung=1; Path=/"),)))
    with visitor.session() as session:
        for _ in range(2):
            assert session.fetch(FetchRequest(PageId("x"), server.url("/seite"))).answer.status == 200
    assert all("cookie" not in asked.headers and "authorization" not in asked.headers for asked in server.log)
    assert {asked.headers["user-agent"] for asked in server.log} == {visitor.settings.user_agent}
