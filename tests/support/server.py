"""A real HTTP server on loopback that answers from a script, also in ways that no decent server would.

::

    with ScriptedServer() as server:
        server.answer("/seite", Answer(503, headers=(("Retry-After", "1"),)), Answer(body=b"da"))
        ...
        server.log  # what was asked, and when

Each request to a path takes the next answer of its script; the last one stays.  A path without a script answers 404.
"""

from __future__ import annotations

import socketserver
import ssl
import threading
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Answer:
    """One answer.

    Attributes:
        status: Status code.
        body: Body as it travels.
        headers: Fields besides ``Content-Length``, which is set to what the body has unless given here.
        delay_s: Silence before the first byte.
        drip_s: Silence before every single byte of the body.
        head_drip_s: Silence before every single byte of the head.
        sent_bytes: Only so many bytes of the body are sent, then the connection is closed.
        raw: Bytes that are sent instead of a whole answer; the connection is closed behind them.
        endless: Bytes that are sent again and again after the body, until the client hangs up.
        hang_up: Close the connection without a word.
    """

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    reason: str = "Reason"
    delay_s: float = 0.0
    drip_s: float = 0.0
    head_drip_s: float = 0.0
    sent_bytes: int | None = None
    raw: bytes | None = None
    endless: bytes = b""
    hang_up: bool = False


@dataclass(frozen=True)
class Asked:
    """One request as it arrived; ``at`` is monotonic, in seconds."""

    path: str
    headers: dict[str, str]
    at: float


class ScriptedServer(socketserver.ThreadingTCPServer):
    """Serves on ``127.0.0.1`` from entering to leaving its context; with ``tls`` it speaks https."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.tls = tls
        self.log: list[Asked] = []
        self.stopped = threading.Event()
        self.lock = threading.Lock()
        self._scripts: dict[str, list[Answer]] = {}

    @property
    def port(self) -> int:
        """The port that it got."""
        return int(self.server_address[1])

    @property
    def peer(self) -> str:
        """Its address as an allowed peer: ``127.0.0.1:8080``."""
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """An address on it."""
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"

    def answer(self, path: str, *answers: Answer) -> None:
        """Set the script of a path."""
        with self.lock:
            self._scripts[path] = list(answers)

    def next_answer(self, path: str) -> Answer:
        """The answer whose turn it is."""
        with self.lock:
            script = self._scripts.get(path, [Answer(404, b"nicht gefunden")])
            return script.pop(0) if len(script) > 1 else script[0]

    def asked(self, path: str) -> list[Asked]:
        """The requests for a path, in order."""
        with self.lock:
            return [request for request in self.log if request.path == path]

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        with self.lock:
            return [request.path for request in self.log]

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stopped.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no error of ours."""


class _Handler(socketserver.StreamRequestHandler):
    server: ScriptedServer
    disable_nagle_algorithm = True

    def setup(self) -> None:
        if self.server.tls is not None:
            self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        super().setup()

    def finish(self) -> None:
        super().finish()
        self.request.close()

    def handle(self) -> None:
        while request := self._read_request():
            answer = self.server.next_answer(request.path)
            if not self._send(answer):
                return

    def _read_request(self) -> Asked | None:
        line = self.rfile.readline(65536).decode("latin-1").split()
        if len(line) != 3:
            return None
        headers: dict[str, str] = {}
        while (field := self.rfile.readline(65536).decode("latin-1").strip()) != "":
            name, _, value = field.partition(":")
            headers[name.lower()] = value.strip()
        asked = Asked(line[1], headers, time.monotonic())
        with self.server.lock:
            self.server.log.append(asked)
        return asked

    def _send(self, answer: Answer) -> bool:
        """Send an answer; whether the connection stays open."""
        self.server.stopped.wait(answer.delay_s)
        if answer.hang_up:
            return False
        if answer.raw is not None:
            self._write(answer.raw, answer.drip_s)
            return False
        names = {name.lower() for name, _ in answer.headers}
        fields = list(answer.headers)
        bodiless = answer.status in (204, 304)
        if not names & {"content-length", "transfer-encoding"} and not bodiless and not answer.endless:
            fields.append(("Content-Length", str(len(answer.body))))
        head = f"HTTP/1.1 {answer.status} {answer.reason}\r\n" + "".join(f"{n}: {v}\r\n" for n, v in fields) + "\r\n"
        self._write(head.encode("utf-8"), answer.head_drip_s)
        if not bodiless:
            self._write(answer.body[: answer.sent_bytes], answer.drip_s)
        while answer.endless and not self.server.stopped.is_set():
            self.wfile.write(answer.endless)
        return answer.sent_bytes is None and not answer.endless

    def _write(self, data: bytes, drip_s: float) -> None:
        if not drip_s:
            self.wfile.write(data)
            return
        for position in range(len(data)):
            if self.server.stopped.wait(drip_s):
                return
            self.wfile.write(data[position : position + 1])
