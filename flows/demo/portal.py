"""The sample portal as a web server on the loopback interface: ``GET /n<night>/<absolute original address>``.

It answers what the script says and nothing else: no file is opened for a request, and nothing but 127.0.0.1 is bound.
Every answer tells its night as ``Memento-Datetime`` (RFC 7089); conditional requests are honoured (RFC 9110,
section 13).
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket
from threading import Lock, Thread
from types import TracebackType
from typing import Self
from urllib.parse import unquote

from flows.demo.script import NOT_FOUND, Answer, Script, ScriptNight, load_script

SAMPLE_CATALOGUE = Path(__file__).parent / "catalogue"
"""Declarations of the sample pages, in the format of the bundled catalogue."""

_TARGET = re.compile(r"/n(?P<night>[0-9]{1,3})/(?P<scheme>https?)(?::|%3a)/{1,2}(?P<rest>.+)", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that was seen; ``url`` is the original address, ``conditional`` whether it could have got 304."""

    night: int
    method: str
    url: str
    status: int
    conditional: bool


class SamplePortal:
    """The sample portal; answers while it is entered as a context manager.

    ::

        with SamplePortal() as portal:
            for night in portal.nights:
                refresh(via=portal.prefix(night))
    """

    def __init__(self, script: Script | None = None) -> None:
        self.script = load_script() if script is None else script
        self._server = _Server(self.script)
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), name="sample-portal", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def nights(self) -> range:
        """The numbers of the nights, from 0."""
        return range(len(self.script.nights))

    def night(self, number: int) -> ScriptNight:
        """When a night is and what happens in it."""
        return self.script.nights[number]

    def prefix(self, night: int) -> str:
        """What is put in front of every address in a night (the ``--via`` of the command line)."""
        return f"{self._server.origin}/n{night}/"

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The requests seen so far, in their order."""
        return self._server.asked()


class _Server(ThreadingHTTPServer):
    """Holds the script and the log that its handlers share."""

    daemon_threads = True

    def __init__(self, script: Script) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script = script
        self._asked: list[Asked] = []
        self._lock = Lock()

    @property
    def origin(self) -> str:
        """Scheme, host and port of the server itself."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def note(self, asked: Asked) -> None:
        """Keep one request."""
        with self._lock:
            self._asked.append(asked)

    def asked(self) -> tuple[Asked, ...]:
        """A copy of the log."""
        with self._lock:
            return tuple(self._asked)

    def handle_error(self, request: socket | tuple[bytes, socket], client_address: object) -> None:
        """Say nothing of a client that has hung up; anything else is a defect and is shown."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "SamplePortal"
    sys_version = ""
    timeout = 30
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """The whole answer."""
        self._answer()

    def do_HEAD(self) -> None:
        """The answer without its body (RFC 9110, section 9.3.2)."""
        self._answer()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name that http.server gives it)
        """Say nothing: the demo's terminal belongs to its account."""

    def _answer(self) -> None:
        """Look the address up and say what the script says."""
        night, url = _asked_for(self.path)
        if night is None or night >= len(self.server.script.nights):
            self._send(NOT_FOUND, 404, None)
            return
        answer = self.server.script.answer(night, url)
        status = 304 if answer.status == 200 and self._is_current(answer) else answer.status
        conditional = "If-None-Match" in self.headers or "If-Modified-Since" in self.headers
        self.server.note(Asked(night, self.command, url, status, conditional))
        self._send(answer, status, night)

    def _is_current(self, answer: Answer) -> bool:
        """Whether the client has these bytes: an ETag outranks a date (RFC 9110, section 13.2.2)."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return answer.etag in [tag.strip().removeprefix("W/") for tag in tags.split(",")]
        since = _moment(self.headers.get("If-Modified-Since"))
        return since is not None and answer.last_modified is not None and answer.last_modified <= since

    def _send(self, answer: Answer, status: int, night: int | None) -> None:
        """Status, header fields and, where there may be one, the body."""
        self.send_response(status)
        for name, value in self._fields(answer, night):
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Type", answer.media_type)
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if status != 304 and self.command != "HEAD":
            self.wfile.write(answer.body)

    def _fields(self, answer: Answer, night: int | None) -> list[tuple[str, str]]:
        """The header fields that depend on the answer and on the night."""
        fields = []
        if night is not None:
            fields.append(("Memento-Datetime", _http_date(self.server.script.nights[night].at)))
        if answer.location is not None:
            fields.append(("Location", f"{self.server.origin}/n{night}/{answer.location}"))
        if answer.retry_after_s is not None:
            fields.append(("Retry-After", str(answer.retry_after_s)))
        if answer.etag is not None:
            fields.append(("ETag", answer.etag))
        if answer.last_modified is not None:
            fields.append(("Last-Modified", _http_date(answer.last_modified)))
        return fields


def _asked_for(path: str) -> tuple[int | None, str]:
    """Night and original address of a request target; an address may come with its beginning escaped."""
    match = _TARGET.fullmatch(path)
    if match is None:
        return None, ""
    rest = match["rest"] if "%3a" not in path[: match.start("rest")].lower() else unquote(match["rest"])
    return int(match["night"]), _SESSION.sub("", f"{match['scheme'].lower()}://{rest}")


def _http_date(moment: datetime) -> str:
    """A moment as HTTP writes it (IMF-fixdate, RFC 9110, section 5.6.7)."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def _moment(text: str | None) -> datetime | None:
    """The moment that a header field names; ``None`` for one that cannot be read, which is then ignored."""
    try:
        moment = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
