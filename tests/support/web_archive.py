"""A small web archive on loopback: a CDX server and the captures that it lists, as the Wayback Machine answers.

::

    with WebArchiveServer() as archive:
        archive.keep("https://plan.example/", datetime(2021, 3, 1, tzinfo=UTC), b"<html>…")
        archive.cdx  # for --cdx
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

_MEMENTO = re.compile(r"/web/(?P<at>[0-9]{14})id_/(?P<url>https?://.+)")


@dataclass(frozen=True)
class Kept:
    """One capture of the archive."""

    url: str
    at: datetime
    body: bytes
    status: int = 200

    @property
    def timestamp(self) -> str:
        return f"{self.at:%Y%m%d%H%M%S}"

    @property
    def digest(self) -> str:
        return base64.b32encode(hashlib.sha1(self.body).digest()).decode()


@dataclass
class _State:
    kept: list[Kept] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    rows_a_request: int = 1000
    refuse: Callable[[str], int | None] = lambda _: None


class WebArchiveServer:
    """Serves on ``127.0.0.1`` while its context is entered; ``refuse`` gives a status for a path to refuse."""

    def __init__(self) -> None:
        self.state = _State()

        class Handler(_Handler):
            state = self.state

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def cdx(self) -> str:
        return f"{self.origin}/cdx/search/cdx"

    @property
    def mementos_asked(self) -> list[str]:
        """Paths of the captures that were asked for, robots.txt left out."""
        return [path for path in self.state.asked if path.startswith("/web/") and not path.endswith("/robots.txt")]

    def keep(self, url: str, at: datetime, body: bytes, status: int = 200) -> None:
        self.state.kept.append(Kept(url, at, body, status))


class _Handler(BaseHTTPRequestHandler):
    state: _State
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name that http.server gives it
        """Say nothing."""

    def do_GET(self) -> None:
        self.state.asked.append(self.path)
        refused = self.state.refuse(self.path)
        if refused is not None:
            self._send(refused, b"", ())
        elif self.path.startswith("/cdx"):
            self._send(200, self._list(), (("Content-Type", "application/json"),))
        else:
            self._memento()

    def _list(self) -> bytes:
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        bare = query["url"].partition("://")[2]
        rows = sorted(
            (kept for kept in self.state.kept if kept.url.partition("://")[2] == bare and kept.status == 200),
            key=lambda kept: kept.at,
        )
        first, last = query.get("from", "0"), query.get("to", "9") + "9" * 14
        rows = [kept for kept in rows if first <= kept.timestamp <= last]
        start = int(query.get("resumeKey", 0))
        end = start + self.state.rows_a_request
        table: list[list[str]] = [["timestamp", "original", "statuscode", "digest"]]
        table += [[kept.timestamp, kept.url, "200", kept.digest] for kept in rows[start:end]]
        if end < len(rows):
            table += [[], [str(end)]]
        return json.dumps(table if rows else []).encode()

    def _memento(self) -> None:
        match = _MEMENTO.fullmatch(self.path)
        wanted = match and [
            kept for kept in self.state.kept if (kept.timestamp, kept.url) == (match["at"], match["url"])
        ]
        if not wanted:
            self._send(404, b"not archived", ())
            return
        moment = format_datetime(wanted[0].at.astimezone(UTC), usegmt=True)
        fields = (("Memento-Datetime", moment), ("Content-Type", "text/html; charset=utf-8"))
        self._send(200, wanted[0].body, fields)

    def _send(self, status: int, body: bytes, fields: tuple[tuple[str, str], ...]) -> None:
        self.send_response(status)
        for name, value in fields:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
