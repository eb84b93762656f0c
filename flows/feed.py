"""The Atom feed of changes (RFC 4287): the latest alerts that go to it, each under an id that never changes.

The file is made anew from the published copy and what is due, so that losing it, or writing it twice, does no harm.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from feedgen.feed import FeedGenerator

from extract.errors import StrategiemonitorError
from flows.channels import Repeatable, Sent, write_whole
from transform.delivery import PendingDelivery
from transform.safe_text import for_terminal, on_one_line

KEPT = 100
TITLE = "Strategiemonitor: Änderungen auf den Strategieseiten der Länder"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "strategiemonitor:feed")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry: its text in HTML, when it was written (aware, UTC), and the page that it is about."""

    key: str
    title: str
    html: str
    written_at: datetime
    page_url: str | None = None


class FeedChannel(Repeatable):
    """Keeps the feed; all that is due on it is written at once, before the first message is asked for."""

    def __init__(
        self, path: Path, earlier: Callable[[], Sequence[FeedEntry]], urls: Callable[[], dict[str, str]]
    ) -> None:
        self._path = path
        self._earlier = earlier
        self._urls = urls
        self._written = Sent(delivered=False, response="the feed was not written")

    def begin(self, due: Sequence[PendingDelivery]) -> None:
        """Writes the feed where something is due, or where there is none yet."""
        if not due and self._path.exists():
            return
        try:
            urls = self._urls()
            fresh = [_entry(delivery, urls) for delivery in due]
            write_whole(self._path, atom([*fresh, *self._earlier()]))
        except OSError as error:
            self._written = Sent(delivered=False, response=f"{self._path.name} cannot be written: {error.strerror}")
        except StrategiemonitorError as error:
            self._written = Sent(delivered=False, response=error.message)
        else:
            self._written = Sent(delivered=True, response=f"in {self._path.name}")

    def send(self, delivery: PendingDelivery) -> Sent:  # noqa: ARG002  it stands in the feed already
        """Says what came of writing the feed, in which the message stands."""
        return self._written


def atom(entries: Iterable[FeedEntry]) -> bytes:
    """The feed with the latest entries first, each once."""
    once = {entry.key: entry for entry in entries}
    latest = sorted(once.values(), key=lambda entry: (entry.written_at, entry.key), reverse=True)[:KEPT]
    feed = FeedGenerator()
    feed.id(_NAMESPACE.urn)
    feed.title(TITLE)
    feed.author(name="Strategiemonitor")
    feed.language("de")
    feed.generator("Strategiemonitor")
    feed.updated(latest[0].written_at if latest else datetime(1970, 1, 1, tzinfo=UTC))
    for entry in latest:
        _add(feed, entry)
    return bytes(feed.atom_str(pretty=True))


def _add(feed: FeedGenerator, entry: FeedEntry) -> None:
    item = feed.add_entry(order="append")
    item.id(uuid.uuid5(_NAMESPACE, entry.key).urn)
    item.title(_in_xml(on_one_line(entry.title)) or "–")
    item.content(_in_xml(entry.html) or "–", type="html")
    item.updated(entry.written_at)
    item.published(entry.written_at)
    if entry.page_url:
        item.link(href=entry.page_url, rel="alternate")


def _entry(delivery: PendingDelivery, urls: dict[str, str]) -> FeedEntry:
    return FeedEntry(
        key=delivery.key,
        title=delivery.subject,
        html=delivery.html or delivery.body,
        written_at=delivery.created_at,
        page_url=urls.get(delivery.page_id) if delivery.page_id else None,
    )


def _in_xml(text: str) -> str:
    """The text without the characters that XML 1.0 cannot hold (section 2.2)."""
    return "".join(char for char in for_terminal(text) if char not in "\ufffe\uffff")
