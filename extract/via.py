"""Asking an archive instead of the portal: PREFIX in front of every address, and back again.

Web archives answer ``PREFIX + original address``; their redirects stay under the same PREFIX, name the original
address, or lead to the same archive at another time (``…/web/20230115id_/…``).  Original addresses are what the rest
of the project sees; the address that is really asked stays in here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

from extract.addresses import normalised

_EMBEDDED = re.compile(r"(https?)(?::|%3a)(?:/|%2f)+", re.IGNORECASE)
_ABSOLUTE = re.compile(r"https?://", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Target:
    """An original address and the one that is really asked for it; the same without PREFIX."""

    url: str
    asked: str


@dataclass(frozen=True, slots=True)
class Via:
    """Puts PREFIX in front of addresses and strips it from redirects; without a PREFIX it changes nothing."""

    prefix: str | None = None

    @property
    def authority(self) -> tuple[str, int] | None:
        """PREFIX's own host and port."""
        return None if self.prefix is None else _authority(urlsplit(self.prefix))

    @property
    def is_loopback(self) -> bool:
        """Whether PREFIX's host is this machine."""
        if self.authority is None:
            return False
        host = self.authority[0]
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"

    def target(self, url: str) -> Target:
        """What is asked for an original address."""
        url = normalised(url)
        return Target(url, url if self.prefix is None else self.prefix + url)

    def redirected(self, target: Target, location: str) -> Target | None:
        """Where a ``Location`` leads; ``None`` where it leads to no original address.

        Raises:
            ValueError: If the location cannot be read as an address at all.
        """
        if self.prefix is None:
            return self.target(_joined(target.url, location))
        absolute = _joined(target.asked, location)
        if absolute.startswith(self.prefix):
            return self.target(_unescaped(absolute.removeprefix(self.prefix)))
        if _authority(urlsplit(absolute)) != self.authority:
            return self.target(_joined(target.url, location))
        host = urlsplit(absolute).netloc
        embedded = _EMBEDDED.search(absolute, absolute.index(host) + len(host))
        if embedded is not None:
            return Target(normalised(_unescaped(absolute[embedded.start() :])), absolute.partition("#")[0])
        if urlsplit(location).netloc:
            return None
        return self.target(_joined(target.url, location))


def _joined(base: str, location: str) -> str:
    """A location against what was asked; one that is absolute already is taken to the letter."""
    return location if _ABSOLUTE.match(location) else urljoin(base, location)


def _unescaped(url: str) -> str:
    """An embedded address with its beginning spelled out: archives escape it, or lose one of the two slashes."""
    return _EMBEDDED.sub(lambda match: f"{match.group(1).lower()}://", url, count=1)


def _authority(parts: SplitResult) -> tuple[str, int]:
    """Host and port of an address."""
    return (parts.hostname or "").lower(), parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)
