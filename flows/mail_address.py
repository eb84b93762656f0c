"""The address of a mail channel, read and checked.

::

    mailtos://USER:PASSWORD@HOST:PORT?from=a@land.example&to=b@land.example,c@land.example

``mailtos`` encrypts by STARTTLS (port 587), with ``mode=ssl`` from the first byte (port 465); ``mailto`` encrypts where
the server offers it (port 25).  ``name`` is the sender's name, ``smtp`` the server where it is not HOST.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from extract.errors import SettingsError

_KEYS = ("from", "to", "name", "smtp", "mode")
_EXAMPLE = "Write mailtos://USER:${SMTP_PASSWORD}@HOST?from=a@land.example&to=b@land.example"


class Security(StrEnum):
    """How the connection to the mail server is encrypted."""

    OFFERED = "offered"
    STARTTLS = "starttls"
    SSL = "ssl"


_PORTS = {Security.OFFERED: 25, Security.STARTTLS: 587, Security.SSL: 465}


@dataclass(frozen=True, slots=True)
class MailAddress:
    """Where and how to hand in mail; ``user`` is empty where the server asks for no name."""

    host: str
    port: int
    security: Security
    user: str
    password: str
    sender: str
    name: str
    recipients: tuple[str, ...]


def is_mail(url: str) -> bool:
    """Whether an address is one of a mail channel."""
    return urlsplit(url).scheme.lower() in ("mailto", "mailtos")


def parse_mail_address(url: str) -> MailAddress:
    """The address in parts.

    Raises:
        SettingsError: If it cannot be used; says why without repeating it.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise SettingsError("The mail address has a port that is no number.", _EXAMPLE) from None
    query = {key: values[-1] for key, values in parse_qs(parts.query.replace("+", "%2B")).items()}
    unknown = sorted(set(query) - set(_KEYS))
    if unknown:
        raise SettingsError(f"The mail address has the unknown key {unknown[0]!r}.", f"Known are {', '.join(_KEYS)}.")
    if not host:
        raise SettingsError("The mail address names no server.", _EXAMPLE)
    security = _security(parts.scheme.lower(), query.get("mode"))
    sender = query.get("from") or f"{unquote(parts.username or 'strategiemonitor')}@{host}"
    recipients = _recipients(query.get("to", ""), parts)
    if not recipients:
        raise SettingsError("The mail address names nobody to write to.", _EXAMPLE)
    for address in (sender, *recipients):
        _check(address)
    return MailAddress(
        host=query.get("smtp") or host,
        port=port or _PORTS[security],
        security=security,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        sender=sender,
        name=query.get("name", "Strategiemonitor"),
        recipients=recipients,
    )


def _security(scheme: str, mode: str | None) -> Security:
    if mode is None:
        return Security.STARTTLS if scheme == "mailtos" else Security.OFFERED
    if mode not in (Security.STARTTLS, Security.SSL):
        raise SettingsError(f"The mail address has mode={mode!r}.", "Write mode=starttls or mode=ssl.")
    return Security(mode)


def _recipients(listed: str, parts: SplitResult) -> tuple[str, ...]:
    """Those after ``to=`` and those in the path, each once."""
    named = [*listed.replace(";", ",").split(","), *(unquote(piece) for piece in parts.path.split("/"))]
    return tuple(dict.fromkeys(name.strip() for name in named if name.strip()))


def _check(address: str) -> None:
    local, at, domain = address.rpartition("@")
    if not (local and at and domain and address.isascii() and address.isprintable()) or " " in address:
        raise SettingsError(f"{address!r} is no e-mail address.", "Write it as name@land.example, in ASCII.")
