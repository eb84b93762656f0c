"""``kill -9`` around a delivery: every message arrives at least once, and a repeat carries the same key."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from flows.channel_setup import channels_of
from flows.delivering import deliver_pending
from flows.settings import Settings
from tests.flows.alerts.messages import LATER, NOW, alert, channel_file
from tests.support.forked import Fork, forks
from tests.support.receivers import MailServer, Webhook
from transform.digests import CATCH_UP_OVER
from warehouse.database import Warehouse

Delivering = Callable[[Settings], Fork]


def deliver(data: str, now: str) -> None:
    """Delivers what is due; says when the warehouse is open."""
    settings = Settings(data=Path(data))
    channels = channels_of(settings)
    with Warehouse.open(settings.warehouse) as warehouse:
        print("open", flush=True)  # noqa: T201  to the process that kills this one
        deliver_pending(warehouse, channels, datetime.fromisoformat(now))


@pytest.fixture(scope="module")
def delivering() -> Iterator[Delivering]:
    """Begins a process that delivers what is due."""
    with forks("tests.flows.alerts.test_killed_delivery") as begin:
        yield lambda settings: begin("deliver", str(settings.data), NOW.isoformat())


def kill(process: Fork) -> None:
    """The sender is dead before its message is answered."""
    process.kill()
    while Path(f"/proc/{process.pid}").exists():
        time.sleep(0.01)


def wait_for(arrived: Sequence[object], count: int) -> None:
    """Until the receiver has noted so many messages: it goes on for a moment after their sender is dead."""
    deadline = time.monotonic() + 30
    while len(arrived) < count and time.monotonic() < deadline:
        time.sleep(0.01)
    assert len(arrived) == count


def queue(settings: Settings, count: int, channel: str) -> None:
    with Warehouse.open(settings.warehouse) as warehouse:
        warehouse.add_alerts([alert(number, channel) for number in range(count)], NOW)


def deliver_rest(settings: Settings) -> None:
    with Warehouse.open(settings.warehouse) as warehouse:
        deliver_pending(warehouse, channels_of(settings), LATER)
        assert warehouse.pending_deliveries(LATER) == ()


@pytest.mark.parametrize("count", [3, CATCH_UP_OVER + 3], ids=["few", "so many that the rest would be a digest"])
def test_killed_between_sending_and_the_receipt_a_message_is_repeated_under_its_key(
    delivering: Delivering, settings: Settings, hook: Webhook, count: int
) -> None:
    """The receiver has the second message when its sender dies; it gets it again and can drop it."""
    channel_file(settings, haken=hook.url())
    queue(settings, count, "haken")
    started: list[Fork] = []
    hook.on_call = lambda: kill(started[0]) if len(hook.calls) == 1 else None
    started.append(delivering(settings))
    assert started[0].ended() == -signal.SIGKILL
    wait_for(hook.calls, 2)
    with Warehouse.open(settings.warehouse) as warehouse:
        warehouse.add_alerts([alert(90, "haken")], LATER)
    deliver_rest(settings)
    keys = Counter(call.key for call in hook.calls)
    assert keys["schluessel-01"] == 2, "the message in doubt came again as it was"
    assert keys["schluessel-00"] == 1, "what was known to have arrived did not"
    first, again = (call for call in hook.calls if call.key == "schluessel-01")
    assert first.content == again.content
    told = "".join(call.content["message"] for call in hook.calls)
    assert all(f"Ziel {number} ist neu." in told for number in (*range(count), 90))
    assert (len(keys) < count) is (count > CATCH_UP_OVER), "the others of a longer list came as one"


def test_a_mail_in_doubt_has_the_same_message_id(delivering: Delivering, settings: Settings, mail: MailServer) -> None:
    channel_file(settings, post=mail.url())
    queue(settings, 1, "post")
    started: list[Fork] = []
    mail.on_mail = lambda: kill(started[0]) if not mail.mails else None
    started.append(delivering(settings))
    assert started[0].ended() == -signal.SIGKILL
    wait_for(mail.mails, 1)
    deliver_rest(settings)
    assert mail.ids() == ["<schluessel-00@strategiemonitor>"] * 2


def test_killed_at_any_moment_everything_arrives_and_repeats_can_be_dropped(
    delivering: Delivering, settings: Settings, hook: Webhook
) -> None:
    """Three kills at random moments of a delivery of twenty messages, then one that is left alone."""
    channel_file(settings, haken=hook.url())
    queue(settings, 20, "haken")
    moments = random.Random(4711)
    for _ in range(3):
        process = delivering(settings)
        assert process.said() == "open"
        time.sleep(moments.uniform(0.0, 0.4))
        process.kill()
        process.ended()
    deliver_rest(settings)
    once = {call.key: call.content["message"] for call in hook.calls}
    assert all(once[call.key] == call.content["message"] for call in hook.calls), "one key, one message"
    told = "".join(once.values())
    assert [told.count(f"Ziel {number} ist neu.") for number in range(20)] == [1] * 20


def test_killed_among_many_that_are_begun_together_every_file_is_written(
    delivering: Delivering, settings: Settings
) -> None:
    queue(settings, 150, "file")
    moments = random.Random(815)
    for _ in range(3):
        process = delivering(settings)
        assert process.said() == "open"
        time.sleep(moments.uniform(0.0, 0.2))
        process.kill()
        process.ended()
    deliver_rest(settings)
    texts = [path.read_text(encoding="utf-8") for path in settings.alerts.glob("*.md")]
    assert [sum(f"Ziel {number} ist neu." in text for text in texts) for number in range(150)] == [1] * 150
