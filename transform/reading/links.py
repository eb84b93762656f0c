"""Making the addresses on a page absolute."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from transform.urls import media_type_of

_FOLLOWED = ("http", "https", "mailto")
_LONGEST_URL = 4000


@dataclass(frozen=True, slots=True)
class Resolver:
    """Resolves references against ``base_url`` (RFC 3986, section 5): the page's ``<base>``, else its own address."""

    base_url: str

    def resolve(self, reference: str) -> str | None:
        """The absolute address; ``None`` for places on the same page, scripts, telephone numbers, broken addresses."""
        reference = "".join(reference.split())
        if not reference or reference.startswith("#") or len(reference) > _LONGEST_URL:
            return None
        try:
            url = urljoin(self.base_url, reference)
            scheme = urlsplit(url).scheme.lower()
        except ValueError:
            return None
        return url if scheme in _FOLLOWED else None

    def media_type(self, url: str) -> str | None:
        """The media type that the address announces."""
        return media_type_of(url)
