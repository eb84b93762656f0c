"""A message that is due on one channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from extract.model import PageId


@dataclass(frozen=True, slots=True)
class PendingDelivery:
    """A message that is due on one channel.

    Attributes:
        alert_id: Name of the message: that of an alert, or of a digest of several.
        channel: Where it goes.
        key: The same for the same matter on the same route and channel, at every attempt.
        kind: ``content``, ``incident`` or ``trial``.
        page_id: The page that it is about; ``None`` for several or none.
        change_ids: Changes that it tells.
        incident_ids: Incidents that it tells.
        route: The rule by which it was written.
        subject: Its first line.
        body: Its text.
        created_at: When it was written (aware, UTC).
        attempts: How many attempts failed since it was last queued.
        html: The same as a fragment of HTML; empty where there is none.
        language: ``de`` or ``en``.
        is_digest: Whether it goes out together with others of its route that are due.
        in_doubt: Whether an attempt was begun of which nobody knows the end: it may have arrived.
        keys: Keys of the messages that it holds; its own one for a single message.
    """

    alert_id: str
    channel: str
    key: str
    kind: str
    page_id: PageId | None
    change_ids: tuple[str, ...]
    incident_ids: tuple[str, ...]
    route: str
    subject: str
    body: str
    created_at: datetime
    attempts: int
    html: str = ""
    language: str = "de"
    is_digest: bool = False
    in_doubt: bool = False
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """Several messages of one route as one message on one channel; ``digest_id`` is its key as well."""

    digest_id: str
    channel: str
    route: str
    kind: str
    language: str
    alert_ids: tuple[str, ...]
    subject: str
    body: str
    html: str
