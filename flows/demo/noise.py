"""Technical noise of a rendered page: session ids, tokens, stamps, rotating teasers, invisible characters.

A page's text and the number of a rendering come in, the page with every ``${name}`` filled in goes out.  The same
number gives the same bytes, so that the demo shows the same on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from html import escape
from string import Template
from uuid import UUID

from extract.errors import UsageError

_WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_MONTHS = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November")
_TEASERS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Rendering:
    """One time at which a server made a page from its text.

    Attributes:
        page_id: Whose page it is.
        url: The page's address at that time, for ``${url}``.
        number: Night of the rendering, from 0; decides everything that looks random.
        at: When the page was asked for; aware, with the zone in which the server writes its stamps.
        teasers: Headlines of which some are shown in turn.
    """

    page_id: str
    url: str
    number: int
    at: datetime
    teasers: tuple[str, ...] = ()

    def fill(self, text: str) -> str:
        """The text with its placeholders filled in.

        Raises:
            UsageError: If the text holds a placeholder that means nothing, or a ``$`` of its own.
        """
        try:
            return Template(text).substitute(self._values())
        except (KeyError, ValueError) as error:
            raise UsageError(
                f"The sample page {self.page_id} holds a placeholder that cannot be filled: {error}.",
                f"Known are: {', '.join(sorted(self._values()))}.",
            ) from None

    def _values(self) -> dict[str, str]:
        """Every placeholder with its value in this rendering."""
        return {**self._tokens(), **self._times(), **self._invisible(), "url": self.url, "teasers": self._teasers()}

    def _tokens(self) -> dict[str, str]:
        """Ids of sessions, forms and assets."""
        return {
            "jsessionid": f"{self._digest('session')[:32].upper()}.live{int(self._digest('node')[:4], 16) % 900 + 100}",
            "nn": str(UUID(self._digest("nn")[:32])),
            "resource": str(int(self._digest("resource")[:6], 16)),
            "hash": self._digest("hash")[:24],
            "form_build_id": f"form-{self._digest('form')[:43]}",
            "dom_id": self._digest("dom"),
            "asset": str(200 + self.number),
            "suffix": self._digest("suffix")[:6],
        }

    def _times(self) -> dict[str, str]:
        """Stamps and running dates; the page itself was rendered some minutes before it was asked for."""
        stamp = self.at - timedelta(seconds=int(self._digest("stamp")[:3], 16))
        return {
            "stamp": f"{stamp:%a %b %d %H:%M:%S} CET {stamp:%Y}",
            "updated": stamp.isoformat(timespec="seconds"),
            "day": f"{self.at:%d.%m.%Y}",
            "today": f"{_WEEKDAYS[self.at.weekday()]}, {self.at.day}. {_MONTHS[self.at.month - 1]} {self.at.year}",
            "year": str(self.at.year),
        }

    def _invisible(self) -> dict[str, str]:
        """Soft hyphens and no-break spaces, which an editor's tool sets on some days and not on others."""
        odd = self.number % 2 == 1
        return {"shy": "" if odd else "&shy;", "nbsp": " " if odd else "&nbsp;"}

    def _teasers(self) -> str:
        """Some of the headlines as list items, beginning with another one in each rendering."""
        rotated = [*self.teasers[self.number % len(self.teasers) :], *self.teasers] if self.teasers else []
        return "\n".join(
            f'  <li><a href="aktuelles/meldung-{self.teasers.index(teaser) + 1}">{escape(teaser)}</a></li>'
            for teaser in rotated[:_TEASERS_SHOWN]
        )

    def _digest(self, name: str) -> str:
        """64 hexadecimal digits that belong to this rendering and name."""
        return sha256(f"{self.page_id}:{self.number}:{name}".encode()).hexdigest()
