"""The polite fetcher: a page's address in, a capture out.

A :class:`PortalSession` asks one portal, one request at a time.  It reads robots.txt first, keeps the pace, follows
redirects by hand, tries again what may pass, and hands every exchange to the archive before anything is read from it.
What goes wrong is part of the capture: nothing that a portal does raises.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

from extract.addresses import PeerRules, host_key, origin, url_refusal
from extract.clock import SYSTEM_CLOCK, Clock
from extract.exchange import Exchanger, request_headers
from extract.fetch_settings import FetchSettings
from extract.line import Line, Resolver, system_resolver
from extract.model import Capture, Exchange, FetchError, FetchErrorKind, PageId, Validators
from extract.politeness import Courtesy, retry_after_s
from extract.redirects import next_target
from extract.retries import pause_before_retry_s
from extract.robots import ROBOTS_BYTES, ROBOTS_REDIRECTS, RobotsRules, rules_from
from extract.transport import Transport
from extract.via import Target, Via

Sink = Callable[[Exchange], Exchange]
"""Keeps an exchange and gives it back with where it lies; see :meth:`extract.archive.WarcRun.store`."""

_DEADLINE_RESERVE_S = 1.0


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """A page to fetch; validators are sent only to the address that they belong to."""

    page_id: PageId
    url: str
    validators: Validators | None = None


class PortalSession:
    """Fetches pages of one portal, one after the other; a context manager that closes its connections.

    Args:
        settings: Who asks, through which archive, how often.
        sink: Receives every exchange right after it ended (robots.txt, redirects, failures, and what was refused
            unasked) and gives it back; without it exchanges are kept nowhere.
        courtesy: The pace of the run; hand the same one to all its sessions, so that two of them that are redirected
            to one host ask it in turn.
        clock: Where times and pauses come from; the deadline of an exchange always runs by the system's clock.
        resolve: Looks names up.
    """

    def __init__(
        self,
        settings: FetchSettings,
        *,
        sink: Sink = lambda exchange: exchange,
        courtesy: Courtesy | None = None,
        clock: Clock = SYSTEM_CLOCK,
        resolve: Resolver = system_resolver,
    ) -> None:
        self._limits = settings.limits
        self._sink = sink
        self._clock = clock
        self._courtesy = courtesy or Courtesy(settings, clock)
        self._via = Via(settings.via)
        self._peers = PeerRules(settings.allowed_peers, self._via.authority)
        self._headers = request_headers(settings.user_agent)
        self._line = Line(self._peers, self._limits.connect_timeout_s, resolve)
        self._transport = Transport(self._line, settings.ca_bundle)
        self._exchanger = Exchanger(
            self._transport, self._line, self._limits, clock, honour_memento=settings.via is not None
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()

    def fetch(self, request: FetchRequest) -> Capture:
        """Ask for a page until it answers, or until there is no more sense in asking.

        Returns:
            The last attempt's chain of exchanges, each with its place in the archive; earlier attempts are in the
            archive alone.
        """
        portal = host_key(request.url)

        def attempt(deadline_s: float) -> tuple[Exchange, ...]:
            return self._chain(request.url, request.validators, deadline_s)

        exchanges, number = self._until_it_answers(portal, attempt)
        return Capture(page_id=request.page_id, url=request.url, exchanges=exchanges, attempt=number)

    def _until_it_answers(
        self, portal: str, attempt: Callable[[float], tuple[Exchange, ...]]
    ) -> tuple[tuple[Exchange, ...], int]:
        """The exchanges and the number of the last attempt."""
        deadline_s = self._limits.total_deadline_s
        number = 1
        while True:
            exchanges = attempt(deadline_s)
            answer = exchanges[-1]
            timed_out = answer.error is not None and answer.error.kind is FetchErrorKind.TIMEOUT
            budget_s = self._courtesy.spend(portal, answer.seconds if timed_out else 0.0)
            asked_pause_s = retry_after_s(answer, self._clock.now())
            pause_s = pause_before_retry_s(answer, number, asked_pause_s, budget_s, self._limits)
            if pause_s is None:
                if timed_out:
                    self._courtesy.gave_up(portal)
                return exchanges, number
            self._clock.sleep(pause_s)
            budget_s = self._courtesy.spend(portal, pause_s)
            deadline_s = min(self._limits.total_deadline_s, max(_DEADLINE_RESERVE_S, budget_s - _DEADLINE_RESERVE_S))
            number += 1

    def _chain(self, url: str, validators: Validators | None, deadline_s: float) -> tuple[Exchange, ...]:
        """One attempt: the redirects and the final answer."""
        exchanges: list[Exchange] = []
        refusal = url_refusal(url, self._peers)
        if refusal is not None:
            return (self._unasked(url, refusal),)
        target = self._via.target(url)
        asked = {target.asked}
        while True:
            exchange = self._ask_if_allowed(target, validators, deadline_s)
            following = next_target(
                exchange, target, self._via, self._peers, asked=asked, max_redirects=self._limits.max_redirects
            )
            within_archive = isinstance(following, Target) and following.url == target.url
            if not within_archive:
                exchanges.append(exchange)
            if isinstance(following, FetchError):
                exchanges.append(self._unasked(target.url, following))
            if not isinstance(following, Target):
                return tuple(exchanges)
            target = following
            asked.add(target.asked)

    def _ask_if_allowed(self, target: Target, validators: Validators | None, deadline_s: float) -> Exchange:
        """One hop of a page: robots.txt is obeyed, validators go to the address that they belong to."""
        refusal = self._rules(target.url).refusal(target.url)
        if refusal is not None:
            return self._unasked(target.url, refusal)
        headers = self._headers
        if validators and self._via.target(validators.url).url == target.url:
            headers = (*headers, *_conditions(validators))
        return self._ask(target, headers, deadline_s)

    def _ask(
        self, target: Target, headers: tuple[tuple[str, str], ...], deadline_s: float, max_body_bytes: int | None = None
    ) -> Exchange:
        """Ask in turn and keep what came of it."""
        host = host_key(target.url)
        with self._courtesy.turn(host) as put_off:
            if put_off is not None:
                return self._unasked(target.url, put_off)
            exchange = self._exchanger.get(target, headers, deadline_s=deadline_s, max_body_bytes=max_body_bytes)
            self._courtesy.heard(host, exchange, self._line.sent_at)
        return self._sink(_judged_by_protocol(exchange))

    def _unasked(self, url: str, reason: FetchError) -> Exchange:
        """An exchange that did not take place, kept all the same."""
        return self._sink(Exchange(url=url, requested_at=self._clock.now(), error=reason))

    def _rules(self, url: str) -> RobotsRules:
        """What the robots.txt of an address's host says; read once in a run."""
        host = host_key(url)
        state = self._courtesy.host(host)
        with state.robots_turn:
            if state.robots is None:
                robots_url = f"{origin(url)}/robots.txt"
                exchanges, _ = self._until_it_answers(
                    host, lambda deadline_s: self._robots_chain(robots_url, deadline_s)
                )
                self._courtesy.learn(host, rules_from(exchanges[-1]))
            return state.robots or RobotsRules()

    def _robots_chain(self, url: str, deadline_s: float) -> tuple[Exchange, ...]:
        """The answer for a robots.txt, after at most five redirects, wherever they lead (RFC 9309, 2.3.1.2)."""
        target = self._via.target(url)
        asked = {target.asked}
        while True:
            exchange = self._ask(target, self._headers, deadline_s, ROBOTS_BYTES)
            following = next_target(
                exchange, target, self._via, self._peers, asked=asked, max_redirects=ROBOTS_REDIRECTS
            )
            if isinstance(following, FetchError):
                return (self._unasked(target.url, following),)
            if following is None:
                return (exchange,)
            target = following
            asked.add(target.asked)


def _conditions(validators: Validators) -> tuple[tuple[str, str], ...]:
    """The fields of a conditional request (RFC 9110, section 13.1)."""
    conditions = []
    if validators.etag:
        conditions.append(("If-None-Match", validators.etag))
    if validators.last_modified:
        conditions.append(("If-Modified-Since", validators.last_modified))
    return tuple(conditions)


def _judged_by_protocol(exchange: Exchange) -> Exchange:
    """A 304 that answers a request without conditions is no answer (RFC 9110, section 15.4.5)."""
    names = {name.lower() for name, _ in exchange.request_headers}
    if exchange.status == 304 and not names & {"if-none-match", "if-modified-since"}:
        detail = "304 answers a request that asked for the page unconditionally"
        return replace(exchange, error=FetchError(FetchErrorKind.PROTOCOL, detail))
    return exchange
