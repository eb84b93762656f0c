"""Fixtures of the extract room: a scripted server, and a session that may reach it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from extract.fetch import FetchRequest, PortalSession
from extract.fetch_settings import FetchLimits, FetchSettings
from extract.model import Capture, Exchange, PageId, Validators
from tests.support.server import Answer, ScriptedServer

AGENT = "Strategiemonitor/1 (+https://monitor.example/kontakt)"
QUICK = FetchLimits(total_deadline_s=2.0, connect_timeout_s=1.0, retry_base_s=0.01)


@dataclass
class Visitor:
    """Fetches pages of the scripted server and keeps what the sink received."""

    server: ScriptedServer
    settings: FetchSettings
    kept: list[Exchange] = field(default_factory=list)

    def keep(self, exchange: Exchange) -> Exchange:
        """The sink."""
        self.kept.append(exchange)
        return exchange

    def session(self) -> PortalSession:
        """A session with these settings."""
        return PortalSession(self.settings, sink=self.keep)

    def fetch(self, url: str, validators: Validators | None = None) -> Capture:
        """Fetch one page in a session of its own."""
        with self.session() as session:
            return session.fetch(FetchRequest(PageId("seite"), url, validators))


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    """A scripted server whose robots.txt allows everything."""
    with ScriptedServer() as running:
        running.answer("/robots.txt", Answer(404))
        yield running


@pytest.fixture
def visitor(server: ScriptedServer) -> Visitor:
    """Asks the server directly, without pauses."""
    return Visitor(server, FetchSettings(AGENT, limits=QUICK, min_pause_s=0.0, allowed_peers=(server.peer,)))


@pytest.fixture
def with_limits(server: ScriptedServer) -> Callable[[FetchLimits], Visitor]:
    """Makes visitors with other limits."""

    def make(limits: FetchLimits) -> Visitor:
        return Visitor(server, FetchSettings(AGENT, limits=limits, min_pause_s=0.0, allowed_peers=(server.peer,)))

    return make
