"""Real receivers of alerts on loopback: an SMTP server and a webhook, both able to refuse and to be slow of mind.

::

    with MailServer() as mail, Webhook() as hook:
        hook.answers = [503]            # the first request is refused, the last answer stays
        ...
        mail.mails, hook.calls
"""

from __future__ import annotations

import email
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from flows.server import free_port


def _nothing() -> None:
    """Done where nothing is to be done."""


class MailServer:
    """An SMTP server.

    Attributes:
        mails: What it took, in order.
        recipients: To whom, for each mail.
        refusals: Answer to a recipient; one that is not in here is taken.
        data_answers: Answers to whole mails in turn; ``250`` where there is none left.
        on_mail: Called with each whole mail before it is answered.
    """

    def __init__(self, *, user: str = "", password: str = "") -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[tuple[str, ...]] = []
        self.refusals: dict[str, str] = {}
        self.data_answers: list[str] = []
        self.on_mail: Callable[[], None] = _nothing
        self._login = (user, password)
        self._controller = Controller(
            _MailHandler(self),
            hostname="127.0.0.1",
            port=free_port(),
            authenticator=self._authenticate if user else None,
            auth_require_tls=False,
        )

    @property
    def port(self) -> int:
        """The port that it got."""
        return int(self._controller.port)

    def url(self, *recipients: str, credentials: str = "") -> str:
        """Address of a mail channel to it."""
        to = ",".join(recipients or ("leitung@nord.example",))
        return f"mailto://{credentials}127.0.0.1:{self.port}?from=monitor@nord.example&to={to}"

    def ids(self) -> list[str]:
        """The ``Message-ID`` of each mail."""
        return [str(mail["Message-ID"]) for mail in self.mails]

    def _authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any
    ) -> AuthResult:
        login = (data.login.decode(), data.password.decode())
        return AuthResult(success=login == self._login, handled=False)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._controller.stop()


class _MailHandler:
    def __init__(self, server: MailServer) -> None:
        self._server = server

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        refusal = self._server.refusals.get(address)
        if refusal is None:
            envelope.rcpt_tos.append(address)
        return refusal or "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        mail = email.message_from_bytes(content, policy=default)
        assert isinstance(mail, EmailMessage)
        self._server.on_mail()
        answer = self._server.data_answers.pop(0) if self._server.data_answers else "250 taken as 4711"
        if answer.startswith("250"):
            self._server.mails.append(mail)
            self._server.recipients.append(tuple(envelope.rcpt_tos))
        return answer


@dataclass(frozen=True)
class Call:
    """One request as it arrived, and how it was answered."""

    path: str
    headers: dict[str, str]
    content: dict[str, Any]
    status: int

    @property
    def key(self) -> str:
        """What a receiver drops a repeat by."""
        return self.headers["idempotency-key"]


@dataclass
class Webhook:
    """A webhook.

    Attributes:
        calls: What it was asked, in order.
        answers: Statuses in turn; the last one stays.
        refused_routes: Routes whose messages it refuses, whatever ``answers`` says.
        on_call: Called with each request before it is answered.
    """

    calls: list[Call] = field(default_factory=list)
    answers: list[int] = field(default_factory=lambda: [200])
    refused_subjects: set[str] = field(default_factory=set)
    on_call: Callable[[], None] = _nothing

    def __post_init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True

    @property
    def port(self) -> int:
        """The port that it got."""
        return int(self._server.server_address[1])

    def url(self, path: str = "/haken") -> str:
        """Its address as apprise writes it."""
        return f"json://127.0.0.1:{self.port}{path}"

    @property
    def taken(self) -> list[Call]:
        """The requests that it answered with success."""
        return [call for call in self.calls if call.status < 300]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                hook.on_call()
                refused = content.get("title") in hook.refused_subjects
                status = 422 if refused else hook.answers.pop(0) if len(hook.answers) > 1 else hook.answers[0]
                headers = {name.lower(): value for name, value in self.headers.items()}
                hook.calls.append(Call(self.path, headers, content, status))
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Quiet."""

        return Handler

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
