"""The line to a portal's machine: which machine is called, and when the line is cut.

A :class:`Line` belongs to one session and carries one exchange at a time.  It looks a name up, refuses machines that
are not public *before* it connects, and cuts the connection when the exchange's time is over, whatever the machine is
doing then: a socket time-out alone starts again with every byte that drips in.
"""

from __future__ import annotations

import contextlib
import os
import queue
import socket
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from extract.addresses import PeerRules
from extract.deadlines import DEADLINES


class Endpoint(NamedTuple):
    """One machine behind a name, as :func:`socket.getaddrinfo` describes it."""

    family: int
    ip: str
    sockaddr: tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]


Resolver = Callable[[str, int], list[Endpoint]]
"""Gives the machines behind a host name and port; raises :class:`socket.gaierror` where there is none."""


class RefusedAddressError(OSError):
    """All machines behind a name are refused; nothing was sent to them."""


class DeadlineError(TimeoutError):
    """The exchange's time is over."""


def system_resolver(host: str, port: int) -> list[Endpoint]:
    """The machines that the operating system knows for a name."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise socket.gaierror(socket.EAI_NONAME, f"{host!r} is no host name") from error
    return [Endpoint(socket.AddressFamily(family), str(address[0]), address) for family, *_, address in found]


class Line:
    """Calls permitted machines for one session and hangs up at the deadline."""

    def __init__(self, peers: PeerRules, connect_timeout_s: float, resolve: Resolver = system_resolver) -> None:
        self._peers = peers
        self._connect_timeout_s = connect_timeout_s
        self._resolve = resolve
        self._guard = threading.Lock()
        self._watched: socket.socket | None = None
        self._exchange_no = 0
        self._deadline_at = 0.0
        self.expired = False
        """Whether the running (or last) exchange was cut."""
        self.peer: str | None = None
        """IP address of the machine that the running (or last) exchange reached."""
        self.sent_at: float | None = None
        """Monotonic time at which the last request had left."""

    @contextlib.contextmanager
    def exchange(self, deadline_s: float) -> Iterator[None]:
        """One exchange: whatever happens on the line inside is cut after so many seconds."""
        self._begin(deadline_s)
        DEADLINES.call_at(self._deadline_at, partial(self._cut, self._exchange_no))
        try:
            yield
        finally:
            self._end()

    def dial(self, host: str, port: int) -> socket.socket:
        """A connected socket to the first machine behind a name that may be and can be reached.

        Raises:
            RefusedAddressError: If no machine behind the name may be reached.
            OSError: If none can be: :class:`socket.gaierror`, :class:`TimeoutError` or what the connection met with.
        """
        endpoints = self._look_up(host, port)
        refusals = [self._peers.refusal(endpoint.ip, host, port) for endpoint in endpoints]
        permitted = [endpoint for endpoint, refusal in zip(endpoints, refusals, strict=True) if refusal is None]
        if not permitted:
            raise RefusedAddressError(refusals[0])
        failure: OSError | None = None
        for endpoint in permitted:
            try:
                return self._connect(endpoint)
            except OSError as error:
                failure = error
        assert failure is not None
        raise failure

    def watch(self, connected: socket.socket) -> None:
        """Take a socket under watch: it is cut at the deadline, even while TLS is being agreed on."""
        copy = socket.socket(fileno=os.dup(connected.fileno()))  # shutting a copy down ends the connection itself
        with self._guard:
            previous, self._watched = self._watched, copy
            if self.expired:
                _shut(copy)
        if previous is not None:
            previous.close()
        with contextlib.suppress(OSError):
            self.peer = str(connected.getpeername()[0])

    def _begin(self, deadline_s: float) -> None:
        with self._guard:
            self._exchange_no += 1
            self._deadline_at = time.monotonic() + deadline_s
            self.expired, self.peer, self.sent_at = False, None, None

    def _end(self) -> None:
        with self._guard:
            self._exchange_no += 1
            watched, self._watched = self._watched, None
        if watched is not None:
            watched.close()

    def _cut(self, exchange_no: int) -> None:
        """Hang up, unless the exchange has ended meanwhile."""
        with self._guard:
            if exchange_no == self._exchange_no:
                self.expired = True
                if self._watched is not None:
                    _shut(self._watched)

    def _remaining_s(self) -> float:
        """How long the exchange may still last."""
        remaining = self._deadline_at - time.monotonic()
        if remaining <= 0:
            raise DeadlineError("no time is left to connect")
        return remaining

    def _connect(self, endpoint: Endpoint) -> socket.socket:
        """A connected socket to one machine."""
        connection = socket.socket(endpoint.family, socket.SOCK_STREAM)
        try:
            connection.settimeout(min(self._connect_timeout_s, self._remaining_s()))
            connection.connect(endpoint.sockaddr)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.settimeout(self._remaining_s())
            self.watch(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _look_up(self, host: str, port: int) -> list[Endpoint]:
        """The machines behind a name, within the deadline: the system's own lookup cannot be interrupted."""
        answers: queue.SimpleQueue[list[Endpoint] | OSError] = queue.SimpleQueue()

        def look_up() -> None:
            try:
                answers.put(self._resolve(host, port))
            except OSError as error:
                answers.put(error)

        threading.Thread(target=look_up, daemon=True, name=f"lookup-{host}").start()
        try:
            answer = answers.get(timeout=self._remaining_s())
        except queue.Empty:
            raise socket.gaierror(socket.EAI_AGAIN, f"the lookup of {host} took too long") from None
        if isinstance(answer, OSError):
            raise answer
        if not answer:
            raise socket.gaierror(socket.EAI_NONAME, f"{host} has no address")
        return answer


def _shut(connection: socket.socket) -> None:
    """End a connection for everybody who reads from it."""
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
