"""Mail, handed in by the standard library's SMTP client.

Not through apprise: it writes a ``Message-ID`` of its own choosing into each mail, so that a repeat could not be
recognised (docs/decisions/0010).  A repeat of ours has the same one (RFC 5322, section 3.6.4).
"""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr

from flows.channels import Interrupting, Sent
from flows.mail_address import MailAddress, Security
from transform.delivery import PendingDelivery
from transform.messages.rendering import mail_page
from transform.safe_text import on_one_line

TIMEOUT_S = 20.0
DOMAIN = "strategiemonitor"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a server said to one recipient; ``for_good`` with a code of 5xx (RFC 5321, section 4.2.1)."""

    recipient: str
    said: str
    for_good: bool


class MailChannel(Interrupting):
    """One mail to all recipients of an address, as plain text and as HTML."""

    def __init__(self, address: MailAddress, ca_bundle: str | None = None) -> None:
        self._address = address
        self._ca_bundle = ca_bundle

    def send(self, delivery: PendingDelivery) -> Sent:
        """Hands in one mail; the answer is the server's own."""
        try:
            with self._connected() as server:
                return self._hand_in(server, compose(self._address, delivery))
        except smtplib.SMTPResponseException as error:
            return Sent(delivered=False, response=f"refused: {_spoken(error.smtp_code, error.smtp_error)}")
        except (smtplib.SMTPException, OSError) as error:
            where = f"{self._address.host}:{self._address.port}"
            return Sent(delivered=False, response=f"{where} cannot be used: {on_one_line(str(error))}")

    def _connected(self) -> smtplib.SMTP:
        address = self._address
        if address.security is Security.SSL:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                address.host, address.port, timeout=TIMEOUT_S, context=self._context()
            )
        else:
            server = smtplib.SMTP(address.host, address.port, timeout=TIMEOUT_S)
        try:
            server.ehlo()
            if address.security is Security.STARTTLS or (
                address.security is Security.OFFERED and server.has_extn("starttls")
            ):
                server.starttls(context=self._context())
                server.ehlo()
            if address.user:
                server.login(address.user, address.password)
        except BaseException:
            server.close()
            raise
        return server

    def _context(self) -> ssl.SSLContext:
        """Made only where it is needed: reading the certificates of the machine takes a tenth of a second."""
        return ssl.create_default_context(cafile=self._ca_bundle)

    def _hand_in(self, server: smtplib.SMTP, mail: EmailMessage) -> Sent:
        code, said = server.mail(self._address.sender)
        if code != 250:
            raise smtplib.SMTPResponseException(code, said)
        refused = [refusal for recipient in self._address.recipients if (refusal := _refusal(server, recipient))]
        told = ", ".join(f"{refusal.recipient} refused ({refusal.said})" for refusal in refused)
        # A refusal for now is tried again for all: those who have the mail already know it by its Message-ID.
        if len(refused) == len(self._address.recipients) or any(not refusal.for_good for refusal in refused):
            return Sent(delivered=False, response=told)
        code, said = server.data(mail.as_bytes(policy=SMTP))
        if code != 250:
            raise smtplib.SMTPResponseException(code, said)
        return Sent(delivered=True, response="; ".join(filter(None, (_spoken(code, said), told))))


def compose(address: MailAddress, delivery: PendingDelivery) -> EmailMessage:
    """The mail of a delivery; the same for each attempt, down to its ``Message-ID`` and ``Date``."""
    mail = EmailMessage(policy=SMTP)
    subject = on_one_line(delivery.subject)
    mail["Subject"] = subject
    mail["From"] = formataddr((address.name, address.sender))
    mail["To"] = ", ".join(address.recipients)
    mail["Date"] = format_datetime(delivery.created_at)
    mail["Message-ID"] = f"<{delivery.key}@{DOMAIN}>"
    # RFC 3834: nobody's absence note is to answer this.
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Strategiemonitor-Route"] = delivery.route
    mail["X-Strategiemonitor-Kind"] = delivery.kind
    mail.set_content(delivery.body, cte="quoted-printable")
    if delivery.html:
        page = mail_page(subject, delivery.html, delivery.body, delivery.language)
        mail.add_alternative(page, subtype="html", cte="quoted-printable")
    return mail


def _refusal(server: smtplib.SMTP, recipient: str) -> Refusal | None:
    code, said = server.rcpt(recipient)
    return None if code in (250, 251) else Refusal(recipient, _spoken(code, said), for_good=500 <= code < 600)


def _spoken(code: int, said: bytes | str) -> str:
    return on_one_line(f"{code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}")
