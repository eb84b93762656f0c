"""Which messages go out together as one.

Two kinds of digest: the one that a route asks for (each night, each week), and the one that catches up after an outage,
so that nobody finds fifty mails of ten days in the morning.  A message whose last attempt has no known end is never put
into a digest: it may have arrived, and its repeat must carry the same key.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby

from transform.delivery import Digest, PendingDelivery
from transform.identifiers import digest
from transform.messages.rendering import Message, Part, digest_message, key_line, without_signature

CATCH_UP_OVER = 5
"""More messages than this of one route on one channel, left from before, go out as one."""


def digests(due: Iterable[PendingDelivery], catching_up: Collection[str]) -> tuple[Digest, ...]:
    """The digests to make of what is due; messages in none of them go out by themselves.

    Args:
        due: All deliveries that are due.
        catching_up: Names of the channels on which messages that pile up are to go out as one.
    """
    loose = sorted((one for one in due if _may_join(one)), key=_group)
    groups = [list(group) for _, group in groupby(loose, key=_group)]
    return tuple(_digest(group, late=late) for group in groups if (late := _how(group, catching_up)) is not None)


def _may_join(delivery: PendingDelivery) -> bool:
    return not delivery.in_doubt and delivery.kind in ("content", "incident") and len(delivery.keys) <= 1


def _group(delivery: PendingDelivery) -> tuple[str, str, str, str]:
    return delivery.route, delivery.channel, delivery.kind, delivery.language


def _how(group: Sequence[PendingDelivery], catching_up: Collection[str]) -> bool | None:
    """Whether a group is a digest (``False``), one that catches up (``True``), or none (``None``)."""
    if len(group) > 1 and all(one.is_digest for one in group):
        return False
    left_over = any(one.attempts for one in group) or len({one.created_at for one in group}) > 1
    return True if len(group) > CATCH_UP_OVER and left_over and group[0].channel in catching_up else None


def _digest(group: Sequence[PendingDelivery], *, late: bool) -> Digest:
    ordered = sorted(group, key=lambda one: (one.created_at, one.alert_id))
    first = ordered[0]
    digest_id = digest("digest", first.route, first.channel, sorted(one.key for one in ordered))
    message = _message(ordered, digest_id, late=late)
    return Digest(
        digest_id=digest_id,
        channel=first.channel,
        route=first.route,
        kind=first.kind,
        language=first.language,
        alert_ids=tuple(one.alert_id for one in ordered),
        subject=message.subject,
        body=message.body,
        html=message.html,
    )


def _message(ordered: Sequence[PendingDelivery], key: str, *, late: bool) -> Message:
    first, last = ordered[0], ordered[-1]
    split = [without_signature(one.body) for one in ordered]
    reason = split[0][1][:1]
    return digest_message(
        [Part(one.subject, text.strip(), one.html) for one, (text, _) in zip(ordered, split, strict=True)],
        (*reason, key_line(key, first.language)),
        first.language,
        first.created_at,
        last.created_at,
        late=late,
    )
