"""What the operator decides about fetching: who we are, through which archive, and every limit.

Plain values, checked when they are made.  All ``*_s`` are seconds, all ``*_bytes`` are bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from extract.errors import SettingsError

PRODUCT_NAME = "Strategiemonitor"
"""Our name in robots.txt (RFC 9309, section 2.2.1) and in the User-Agent."""

_CONTACT = re.compile(r"https?://\w[^\s)]*|[^\s@]+@[^\s@]+\.[^\s@]+")
_PRINTABLE = re.compile(r"[\x20-\x7e]+")


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How much time and space a portal may take.

    Attributes:
        total_deadline_s: For one exchange, from name lookup to the last byte, however slowly it drips.
        connect_timeout_s: For reaching one address of a host.
        max_body_bytes: Of a decoded body.
        max_wire_bytes: Of a body as it travels.
        max_header_bytes: Of all header fields of an answer.
        max_redirects: That are followed for one page.
        attempts: At one page in one run, the first included.
        retry_base_s: Pause before the second attempt; doubled for each further one.
        retry_budget_s: Of a portal in one run: what failed attempts and the pauses after them may cost.
        longest_pause_s: That is waited because an answer asked for it; for longer ones the page is put off.
        longest_crawl_delay_s: That is kept between two requests; a portal that wants more is put off.
        hung_pages: So many pages in a row that ran into the deadline, and the rest of the portal is put off.
    """

    total_deadline_s: float = 20.0
    connect_timeout_s: float = 8.0
    max_body_bytes: int = 20 * 1024 * 1024
    max_wire_bytes: int = 20 * 1024 * 1024
    max_header_bytes: int = 64 * 1024
    max_redirects: int = 5
    attempts: int = 3
    retry_base_s: float = 1.0
    retry_budget_s: float = 30.0
    longest_pause_s: float = 20.0
    longest_crawl_delay_s: float = 30.0
    hung_pages: int = 3

    def __post_init__(self) -> None:
        for name in ("total_deadline_s", "connect_timeout_s", "max_body_bytes", "max_wire_bytes", "attempts"):
            if getattr(self, name) <= 0:
                raise SettingsError(f"{name} is {getattr(self, name)}.", f"Set {name} to more than 0.")


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """Who asks, through which archive, how often.

    Attributes:
        user_agent: What we call ourselves; see :func:`user_agent`.
        via: PREFIX put in front of every address (``https://web.archive.org/web/2023id_/``); ``None`` asks the portals.
        limits: How much time and space a portal may take.
        min_pause_s: Between the starts of two requests to a portal, where robots.txt asks for no more.
        via_min_pause_s: Between the starts of two requests to PREFIX's host, whatever the portal.
        allowed_peers: Addresses that may be reached although they are not public: ``10.1.2.0/24`` or
            ``127.0.0.1:8080``, the latter also allowing that port.
        ca_bundle: File of certificate authorities to trust instead of the common ones.
    """

    user_agent: str
    via: str | None = None
    limits: FetchLimits = field(default_factory=FetchLimits)
    min_pause_s: float = 1.0
    via_min_pause_s: float = 1.0
    allowed_peers: tuple[str, ...] = ()
    ca_bundle: str | None = None

    def __post_init__(self) -> None:
        if not _PRINTABLE.fullmatch(self.user_agent) or not _CONTACT.search(self.user_agent):
            raise SettingsError(
                f"The User-Agent {self.user_agent!r} names no contact.",
                "Put a web or e-mail address into it, so that a portal's operator can reach you.",
            )
        for peer in self.allowed_peers:
            _check_peer(peer)
        if self.via is not None:
            _check_prefix(self.via)


def user_agent(contact: str) -> str:
    """Our honest User-Agent with the operator's web or e-mail address: ``Strategiemonitor/1.0 (+https://…)``.

    Raises:
        SettingsError: If the contact is neither a web nor an e-mail address.
    """
    if not _CONTACT.fullmatch(contact.strip()) or not _PRINTABLE.fullmatch(contact.strip()):
        raise SettingsError(
            f"The contact {contact!r} is neither a web nor an e-mail address.",
            "Set contact to https://… or name@example.org, so that a portal's operator can reach you.",
        )
    return f"{product()} (+{contact.strip()})"


def product() -> str:
    """Our name with its release, such as ``Strategiemonitor/1.0``."""
    try:
        return f"{PRODUCT_NAME}/{version('strategiemonitor')}"
    except PackageNotFoundError:  # run from a checkout that is not installed
        return f"{PRODUCT_NAME}/0"


def _check_peer(peer: str) -> None:
    """An allowed peer is a network, or an address with a port."""
    host, _, port = peer.rpartition(":")
    try:
        if "/" in peer:
            ip_network(peer)
        else:
            ip_address(host.strip("[]"))
            int(port)
    except ValueError as error:
        raise SettingsError(
            f"allowed_peers holds {peer!r}: {error}.", "Write 10.1.2.0/24, or 127.0.0.1:8080 for one port."
        ) from None


def _check_prefix(via: str) -> None:
    """PREFIX is an absolute http or https address without credentials."""
    try:
        parts = urlsplit(via)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.username is None and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not _PRINTABLE.fullmatch(via) or " " in via:
        raise SettingsError(
            f"--via {via!r} is no address to put in front of others.",
            "Write http:// or https://, the host and the path, such as https://web.archive.org/web/2023id_/.",
        )
