"""Which addresses may be asked at all: URLs before they are asked, machines before they are reached.

Pure functions.  A URL is refused for its form; a machine is refused because its address is not public
(RFC 6890, as :mod:`ipaddress` knows it), whatever name led there: a check of names alone is bypassed by redirects and
by names that resolve differently the second time.
"""

from __future__ import annotations

import contextlib
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from extract.model import FetchError, FetchErrorKind

_NAT64 = IPv6Network("64:ff9b::/96")
"""Well-known prefix of RFC 6052; Python calls it global whatever IPv4 address is inside."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNESCAPED = "!#$%&'()*+,/:;=?@[]~"
"""What a URL may hold as it stands (RFC 3986), the percent sign of escapes included."""


@dataclass(frozen=True, slots=True)
class PeerRules:
    """Which machines may be reached besides public ones.

    Attributes:
        allowed: Networks (``10.1.2.0/24``) or single ports of a machine (``127.0.0.1:8080``).
        loopback: Host and port that may lie on this machine: PREFIX's own.
    """

    allowed: tuple[str, ...] = ()
    loopback: tuple[str, int] | None = None

    def refusal(self, ip: str, host: str, port: int) -> str | None:
        """Why this machine may not be reached under that name and port; ``None`` where it may."""
        address = ip_address(ip.partition("%")[0])
        if is_public(address) or self._is_allowed(address, port):
            return None
        if self.loopback == (host.lower(), port) and _inner(address).is_loopback:
            return None
        return f"{host} is {address}, which is no public address"

    def allows_port(self, port: int) -> bool:
        """Whether a port other than 80 and 443 was named by the operator."""
        return any(entry.rpartition(":")[2] == str(port) for entry in self.allowed if not _is_network(entry))

    def _is_allowed(self, address: IPv4Address | IPv6Address, port: int) -> bool:
        """Whether the operator named this machine."""
        for entry in self.allowed:
            if _is_network(entry):
                network = ip_network(entry)
                if address.version == network.version and address in network:
                    return True
            else:
                host, _, allowed_port = entry.rpartition(":")
                if ip_address(host.strip("[]")) == address and int(allowed_port) == port:
                    return True
        return False


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether anybody on the internet may be behind an address.

    Addresses that carry an IPv4 address inside (mapped, 6to4, NAT64) are as public as what they carry.
    """
    inner = _inner(address)
    special = inner.is_multicast or inner.is_reserved or inner.is_unspecified
    if isinstance(inner, IPv6Address):
        special = special or inner.is_site_local or inner.teredo is not None
    return inner.is_global and not special


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address inside an IPv6 one, where there is one."""
    if isinstance(address, IPv6Address):
        if address in _NAT64:
            return IPv4Address(address.packed[-4:])
        return address.ipv4_mapped or address.sixtofour or address
    return address


def url_refusal(url: str, peers: PeerRules) -> FetchError | None:
    """Why an address may not be asked, judged by its form alone; ``None`` where it may."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        return FetchError(FetchErrorKind.INVALID_REDIRECT, f"{url!r} is no address: {error}")
    if parts.scheme not in _DEFAULT_PORTS or not host:
        return FetchError(FetchErrorKind.INVALID_REDIRECT, f"{url!r} is no http or https address")
    if parts.username is not None or parts.password is not None:
        return FetchError(FetchErrorKind.REFUSED_ADDRESS, f"the address at {host} carries credentials")
    port = _DEFAULT_PORTS[parts.scheme] if port is None else port
    if port not in (80, 443) and not peers.allows_port(port):
        return FetchError(FetchErrorKind.REFUSED_ADDRESS, f"{host} is asked for on port {port}, not 80 or 443")
    reason = _literal_refusal(host, port, peers)
    return FetchError(FetchErrorKind.REFUSED_ADDRESS, reason) if reason else None


def _literal_refusal(host: str, port: int, peers: PeerRules) -> str | None:
    """Why a host that is itself an address, in whatever spelling, may not be reached."""
    if host.rstrip(".") == "localhost" or host.rstrip(".").endswith(".localhost"):
        return None if peers.refusal("127.0.0.1", host, port) is None else f"{host} is this machine (RFC 6761)"
    try:
        literal = str(ip_address(host.partition("%")[0]))
    except ValueError:
        try:
            literal = socket.inet_ntoa(socket.inet_aton(host))  # 2130706433, 0x7f.1 and 127.1 mean loopback, too
        except (OSError, UnicodeError):
            return None
    return peers.refusal(literal, host, port)


def normalised(url: str) -> str:
    """An address as it is asked: without fragment, host in lower case, what may not stand in a URL escaped."""
    parts = urlsplit(url.strip())
    netloc = _ascii_host(parts) if parts.hostname else parts.netloc
    path = quote(_without_dots(parts.path), safe=_UNESCAPED) or "/"
    return urlunsplit((parts.scheme, netloc, path, quote(parts.query, safe=_UNESCAPED), ""))


def _without_dots(path: str) -> str:
    """A path without ``.`` and ``..`` (RFC 3986, section 5.2.4): behind PREFIX they would lead astray."""
    if "/." not in path:
        return path
    segments = path.split("/")
    kept: list[str] = []
    for segment in segments[1:]:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _ascii_host(parts: SplitResult) -> str:
    """The authority with its host in lower case and, where it has umlauts, in IDNA spelling."""
    credentials, at, authority = parts.netloc.rpartition("@")
    lowered = authority.lower()
    if not lowered.isascii():
        with contextlib.suppress(UnicodeError):  # no name at all: the lookup will say so
            lowered = lowered.encode("idna").decode("ascii")
    return credentials + at + lowered


def host_key(url: str) -> str:
    """The portal of an address: its host, with the port where that is not the usual one."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower().rstrip(".")
    default = _DEFAULT_PORTS.get(parts.scheme)
    return host if parts.port in (None, default) else f"{host}:{parts.port}"


def origin(url: str) -> str:
    """Scheme, host and port of an address: ``https://www.saarland.de``."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _is_network(entry: str) -> bool:
    """Whether an allowed peer names a network rather than one port of one machine."""
    return "/" in entry
