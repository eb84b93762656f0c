"""Certificates are always checked, and only the operator can add an authority."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from extract.fetch_settings import FetchSettings
from extract.model import FetchErrorKind
from tests.extract.conftest import AGENT, QUICK, Visitor
from tests.support.server import Answer, ScriptedServer


def certificate(folder: Path, *, ends_in: timedelta, ip: str = "127.0.0.1") -> Path:
    """A self-signed certificate with its key, in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Testportal")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=30))
        .not_valid_after(now + ends_in)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(ip))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "zertifikat.pem"
    path.write_bytes(signed.public_bytes(serialization.Encoding.PEM) + private)
    return path


@contextmanager
def secure_visitor(pem: Path, *, trusted: bool) -> Iterator[Visitor]:
    """A visitor of an https server with this certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with ScriptedServer(context) as server:
        server.answer("/plan", Answer(body=b"da"))
        settings = FetchSettings(AGENT, limits=QUICK, min_pause_s=0.0, allowed_peers=(server.peer,))
        yield Visitor(server, replace(settings, ca_bundle=str(pem) if trusted else None))


def test_an_authority_that_the_operator_adds_is_trusted(tmp_path: Path) -> None:
    """With its authority known, the page is fetched over https, peer and all."""
    with secure_visitor(certificate(tmp_path, ends_in=timedelta(days=5)), trusted=True) as visitor:
        answer = visitor.fetch(visitor.server.url("/plan")).answer
        assert (answer.body, answer.error, answer.peer) == (b"da", None, "127.0.0.1")


@pytest.mark.parametrize(
    ("ends_in_days", "ip", "trusted"), [(-1, "127.0.0.1", True), (5, "192.0.2.1", True), (5, "127.0.0.1", False)]
)
def test_a_certificate_that_does_not_hold_is_a_failure(
    tmp_path: Path, ends_in_days: int, ip: str, trusted: bool
) -> None:
    """Expired, for another host, or from nobody known: no request is sent, and the page is told as failed by TLS."""
    pem = certificate(tmp_path, ends_in=timedelta(days=ends_in_days), ip=ip)
    with secure_visitor(pem, trusted=trusted) as visitor:
        error = visitor.fetch(visitor.server.url("/plan")).answer.error
        assert error is not None
        assert error.kind is FetchErrorKind.TLS
        assert visitor.server.log == []


def test_a_redirect_does_not_give_up_https(tmp_path: Path) -> None:
    """From https to http is refused."""
    with secure_visitor(certificate(tmp_path, ends_in=timedelta(days=5)), trusted=True) as visitor:
        plain = visitor.server.url("/plan").replace("https", "http")
        visitor.server.answer("/alt", Answer(301, headers=(("Location", plain),)))
        error = visitor.fetch(visitor.server.url("/alt")).answer.error
        assert error is not None
        assert error.kind is FetchErrorKind.INVALID_REDIRECT
        assert "from https" in error.detail


def test_a_handshake_that_never_ends_is_cut(tmp_path: Path) -> None:
    """The deadline holds while TLS is being agreed on, too."""
    with ScriptedServer() as silent:
        limits = replace(QUICK, total_deadline_s=0.5, attempts=1)
        visitor = Visitor(silent, FetchSettings(AGENT, limits=limits, min_pause_s=0.0, allowed_peers=(silent.peer,)))
        answer = visitor.fetch(silent.url("/").replace("http:", "https:")).answer
        assert answer.error is not None
        assert answer.error.kind in (FetchErrorKind.ROBOTS_UNREACHABLE, FetchErrorKind.TLS)
        assert sum(exchange.seconds for exchange in visitor.kept) < 1.5
