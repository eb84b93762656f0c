"""Setting up waits for a server that is only starting, and says when none comes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from extract.errors import WaitError
from flows.server import comes_up, free_port
from flows.setting_up import set_up
from flows.settings import Settings

ROOT = Path(__file__).parents[2]


class Healthy(BaseHTTPRequestHandler):
    """Answers everything with 200."""

    def do_GET(self) -> None:
        """Says that all is well."""
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def late_server() -> Iterator[str]:
    """The API address of a server that begins to listen in a moment."""
    port = free_port()
    started: list[HTTPServer] = []

    def start() -> None:
        started.append(HTTPServer(("127.0.0.1", port), Healthy))
        started[0].serve_forever()

    timer = threading.Timer(0.3, start)
    timer.start()
    yield f"http://127.0.0.1:{port}/api"
    for server in started:
        server.shutdown()
        server.server_close()
    timer.join()


def test_a_server_that_was_started_a_moment_ago_is_waited_for(late_server: str) -> None:
    assert comes_up(late_server, 20)


def test_a_server_that_never_answers_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    api_url = f"http://127.0.0.1:{free_port()}/api"
    monkeypatch.setenv("PREFECT_API_URL", api_url)
    with pytest.raises(WaitError, match=f"{api_url} does not answer"):
        set_up(Settings(data=tmp_path), ROOT, wait_s=0)
