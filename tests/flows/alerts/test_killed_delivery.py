"""``kill -9`` around a delivery: every message arrives at least once, and a repeat carries the same key."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from flows.channel_setup import channels_of
from flows.delivering import deliver_pending
from flows.settings import Settings
from tests.flows.alerts.messages import LATER, NOW, alert, channel_file
from tests.support.receivers import MailServer, Webhook
from transform.digests import CATCH_UP_OVER
from warehouse.database import Warehouse

ROOT = Path(__file__).parents[3]
DELIVER = """
import sys
from datetime import datetime
from pathlib import Path
from flows.channel_setup import channels_of
from flows.delivering import deliver_pending
from flows.settings import Settings
from warehouse.database import Warehouse

settings = Settings(data=Path(sys.argv[1]))
channels = channels_of(settings)
with Warehouse.open(settings.warehouse) as warehouse:
    print("open", flush=True)
    deliver_pending(warehouse, channels, datetime.fromisoformat(sys.argv[2]))
"""


@contextmanager
def delivering(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """A process of its own that delivers what is due."""
    command = [sys.executable, "-c", DELIVER, str(settings.data), NOW.isoformat()]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        yield process


def kill(process: subprocess.Popen[bytes]) -> None:
    """The sender is dead before its message is answered."""
    os.kill(process.pid, signal.SIGKILL)
    while Path(f"/proc/{process.pid}/stat").exists() and " Z " not in Path(f"/proc/{process.pid}/stat").read_text():
        time.sleep(0.01)


def queue(settings: Settings, count: int, channel: str) -> None:
    with Warehouse.open(settings.warehouse) as warehouse:
        warehouse.add_alerts([alert(number, channel) for number in range(count)], NOW)


def deliver_rest(settings: Settings) -> None:
    with Warehouse.open(settings.warehouse) as warehouse:
        deliver_pending(warehouse, channels_of(settings), LATER)
        assert warehouse.pending_deliveries(LATER) == ()


@pytest.mark.parametrize("count", [3, CATCH_UP_OVER + 3], ids=["few", "so many that the rest would be a digest"])
def test_killed_between_sending_and_the_receipt_a_message_is_repeated_under_its_key(
    settings: Settings, hook: Webhook, count: int
) -> None:
    """The receiver has the second message when its sender dies; it gets it again and can drop it."""
    channel_file(settings, haken=hook.url())
    queue(settings, count, "haken")
    with delivering(settings) as process:
        hook.on_call = lambda: kill(process) if len(hook.calls) == 1 else None
        assert process.wait(60) == -signal.SIGKILL
    assert len(hook.calls) == 2
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


def test_a_mail_in_doubt_has_the_same_message_id(settings: Settings, mail: MailServer) -> None:
    channel_file(settings, post=mail.url())
    queue(settings, 1, "post")
    with delivering(settings) as process:
        mail.on_mail = lambda: kill(process) if not mail.mails else None
        assert process.wait(60) == -signal.SIGKILL
    deliver_rest(settings)
    assert mail.ids() == ["<schluessel-00@strategiemonitor>"] * 2


def test_killed_at_any_moment_everything_arrives_and_repeats_can_be_dropped(settings: Settings, hook: Webhook) -> None:
    """Three kills at random moments of a delivery of twenty messages, then one that is left alone."""
    channel_file(settings, haken=hook.url())
    queue(settings, 20, "haken")
    moments = random.Random(4711)
    for _ in range(3):
        with delivering(settings) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(moments.uniform(0.0, 0.4))
            process.kill()
    deliver_rest(settings)
    once = {call.key: call.content["message"] for call in hook.calls}
    assert all(once[call.key] == call.content["message"] for call in hook.calls), "one key, one message"
    told = "".join(once.values())
    assert [told.count(f"Ziel {number} ist neu.") for number in range(20)] == [1] * 20


def test_killed_among_many_that_are_begun_together_every_file_is_written(settings: Settings) -> None:
    queue(settings, 150, "file")
    moments = random.Random(815)
    for _ in range(3):
        with delivering(settings) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(moments.uniform(0.0, 0.2))
            process.kill()
    deliver_rest(settings)
    texts = [path.read_text(encoding="utf-8") for path in settings.alerts.glob("*.md")]
    assert [sum(f"Ziel {number} ist neu." in text for text in texts) for number in range(150)] == [1] * 150
