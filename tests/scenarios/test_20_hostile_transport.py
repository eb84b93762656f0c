"""Portals that answer in ways no portal should: one page suffers, the others are read."""

from __future__ import annotations

import gzip
import socket
import ssl
import time
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from extract.fetch import PortalSession, Sink
from extract.line import Endpoint, Resolver, system_resolver
from extract.politeness import Courtesy
from flows.visiting import VisitPlan
from tests.extract.test_fetch_tls import certificate
from tests.scenarios.harness import URL, Answers, Play, declared, html, redirect
from tests.support.server import Answer, ScriptedServer
from tests.support.strategy_pages import NORDMARK

OTHER = "https://www.suedland.example/plan"
ZIPPED = ("Content-Encoding", "gzip")
TYPE = ("Content-Type", "text/html; charset=utf-8")
HOPS = [f"https://digital.nordmark.example/weiter/{n}" for n in range(40)]
LONG_CHAIN: dict[str, Answers] = {here: redirect(there, 302) for here, there in pairwise([URL, *HOPS])}
BOMB = gzip.compress(b"<p>" + b" " * (40 * 1024 * 1024), 1)


TWO = (declared(), declared(OTHER, "suedland"))
SUEDLAND = {OTHER: html(NORDMARK.with_words("48 Vorhaben", "12 Vorhaben"))}


@pytest.fixture(scope="module")
def one_night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation that saw both pages once."""
    return Play.left_after(tmp_path_factory.mktemp("eine-nacht"), {URL: html(NORDMARK), **SUEDLAND}, *TWO)


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ({URL: Answer(200, BOMB, (ZIPPED, TYPE))}, "failed:too_large"),
        ({URL: Answer(200, b"<p>Plan</p>", (TYPE, ("Content-Length", "90000")), sent_bytes=11)}, "failed:truncated"),
        ({URL: Answer(200, gzip.compress(b"<p>Plan</p>" * 500)[:40], (ZIPPED, TYPE))}, "failed:content_encoding"),
        ({URL: Answer(200, b"x" * 100, (TYPE,), drip_s=0.2)}, "failed:timeout"),
        ({URL: Answer(200, b"<p>Plan</p>", (TYPE,), endless=b"<p>und so weiter</p>" * 4096)}, "failed:too_large"),
        ({URL: Answer(200, b"", (TYPE,), head_drip_s=0.2)}, "failed:timeout"),
        ({URL: redirect(URL, 302)}, "failed:redirect_loop"),
        (LONG_CHAIN, "failed:too_many_redirects"),
        ({URL: redirect("http://127.0.0.1/geheim", 302)}, "failed:refused_address"),
        ({URL: redirect("http://169.254.169.254/latest", 302)}, "failed:refused_address"),
        ({URL: redirect("http://100.64.0.1/netz", 302)}, "failed:refused_address"),
        ({URL: redirect("http://[::1]/geheim", 302)}, "failed:refused_address"),
        ({URL: redirect("file:///etc/passwd", 302)}, "failed:invalid_redirect"),
        ({URL: Answer(hang_up=True)}, "failed:connection"),
    ],
    ids=(
        *("gzip bomb", "short body", "torn gzip", "drip", "endless", "slow loris", "loop", "forty redirects"),
        *("loopback", "metadata", "carrier NAT", "loopback of IPv6", "file", "hang up"),
    ),
)
def test_a_hostile_answer_harms_its_own_page_only(
    one_night: Path, tmp_path: Path, answers: dict[str, Answers], verdict: str
) -> None:
    """A distinct verdict in bounded time; the other page is verified; nothing is told as changed."""
    with Play.going_on(one_night, tmp_path, *TWO) as play:
        started = time.monotonic()
        told = play.night({**answers, **SUEDLAND})
        assert told.verdicts == {"nordmark": verdict, "suedland": "verified"}
        assert told.dated == ()
        assert time.monotonic() - started < 20


class Direct(Play):
    """Asks the scripted server itself, by whatever name ``resolve`` leads there, and trusts one file of authorities."""

    resolve: Resolver = staticmethod(system_resolver)
    ca_bundle: str | None = None

    def plan(self, via: str) -> VisitPlan:
        """Without a prefix."""
        plan = super().plan(via)
        direct = replace(plan.fetching, via=None, allowed_peers=(self.server.peer,), ca_bundle=self.ca_bundle)
        return replace(plan, fetching=direct)

    def session(self, plan: VisitPlan, keep: Sink, courtesy: Courtesy) -> PortalSession:
        """Looks names up as the test says."""
        return PortalSession(plan.fetching, sink=keep, courtesy=courtesy, clock=plan.clock, resolve=self.resolve)


def test_a_name_that_leads_to_our_own_network_on_the_second_look_up_is_refused(tmp_path: Path) -> None:
    """DNS rebinding: each connection goes to an address that was checked, and on the second night none is allowed."""
    with Direct(tmp_path) as play:
        play.pages = (declared(play.server.url("/plan", "digital.nordmark.example")),)
        play.server.answer("/robots.txt", Answer(404))
        play.server.answer("/plan", html(NORDMARK))
        looked_up: list[str] = []

        def rebinding(host: str, port: int) -> list[Endpoint]:
            looked_up.append(host)
            address = "127.0.0.1" if len(looked_up) == 1 else "169.254.169.254"
            return [Endpoint(socket.AF_INET, address, (address, port))]

        play.resolve = rebinding
        first, second = play.night({}), play.night({})
        assert (first.verdict, second.verdict) == ("verified", "failed:refused_address")
        assert second.dated == ()
        assert len(play.server.asked("/plan")) == 1


def test_an_expired_certificate_is_a_failure_and_no_change(tmp_path: Path) -> None:
    """A whole night over https: nothing is asked of a machine that cannot prove who it is."""
    verdicts = []
    for ends_in in (timedelta(days=5), timedelta(days=-1)):
        pem = certificate(tmp_path, ends_in=ends_in)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        play = Direct(tmp_path)
        play.server.server_close()
        play.server = ScriptedServer(context)
        play.ca_bundle = str(pem)
        with play:
            play.pages = (declared(play.server.url("/plan")),)
            play.server.answer("/robots.txt", Answer(404))
            play.server.answer("/plan", html(NORDMARK))
            told = play.night({})
            verdicts.append(told.verdict)
            assert told.dated == ()
            assert play.query("select count(distinct title) from pages where title is not null") == [(1,)]
    assert verdicts == ["verified", "failed:tls"]
