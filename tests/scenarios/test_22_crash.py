"""``kill -9`` between the steps of a night: the night is whole afterwards, and everything is told at least once."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.channels import Sent
from tests.scenarios.harness import URL, Inbox, Play, declared, html
from tests.support.forked import Fork, forks
from tests.support.strategy_pages import NORDMARK
from transform.delivery import PendingDelivery

EDITED = NORDMARK.with_words("48 Vorhaben", "53 Vorhaben")


class Deadly(Inbox):
    """A receiver that takes a message and dies before it can say so."""

    def __init__(self, keys: Path) -> None:
        super().__init__()
        self._keys = keys

    def send(self, delivery: PendingDelivery) -> Sent:
        """Writes down the key, as a receiver would, and kills the process."""
        self._keys.write_text(delivery.key, encoding="utf-8")
        os.kill(os.getpid(), signal.SIGKILL)
        return Sent(delivered=False, response="the process has ended")


def nights_until(folder: str, step: str, received: str) -> None:
    """Two nights, the second one only up to a step, at which this process is killed."""
    with Play(Path(folder), declared()) as play:
        play.night({URL: html(NORDMARK)})
        if step == "fetched":
            play.answer_next({URL: html(EDITED)})
            play.visits()
            os.kill(os.getpid(), signal.SIGKILL)
        if step == "in delivery":
            play.inbox = Deadly(Path(received))
        play.night({URL: html(EDITED)}, deliver=step == "in delivery")
        if step == "published":
            play.publish()
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture(scope="module")
def begin() -> Iterator[Callable[..., Fork]]:
    """Calls functions of this module in forks."""
    with forks("tests.scenarios.test_22_crash") as begin:
        yield begin


@pytest.mark.parametrize("step", ["fetched", "loaded", "published", "in delivery"])
def test_a_run_after_a_kill_gives_the_same_tables_and_tells_everything(
    begin: Callable[..., Fork], tmp_path: Path, step: str
) -> None:
    """The change is loaded once and alerted at least once; a repeat carries the key of the first message."""
    received = tmp_path / "received"
    assert begin("nights_until", str(tmp_path / "data"), step, str(received)).ended() == -signal.SIGKILL
    with Play(tmp_path / "data", declared()) as play:
        play.count = 1 if step == "fetched" else 2
        play.night({URL: html(EDITED)})
        assert play.query('select kind, field, "before", "after" from changes') == [("changed", "value", "48", "53")]
        content = [message for message in play.inbox.received if message.kind == "content"]
        told = {message.key for message in content} | (
            {received.read_text(encoding="utf-8")} if received.exists() else set()
        )
        assert len(told) == 1
        assert play.warehouse.audit() == ()


def test_a_poisoned_message_blocks_no_other(play: Play) -> None:
    """Refused, it is tried again later; what comes after it goes out, and the night is loaded all the same."""
    play.night({URL: html(NORDMARK)})
    play.inbox.refusing = True
    play.night({URL: html(EDITED)})
    play.inbox.refusing = False
    told = play.night({URL: html(EDITED.with_words("12,5 Millionen", "14,5 Millionen"))})
    assert told.kinds == ["figure changed value"]
    assert len({message.key for message in play.inbox.received if message.kind == "content"}) >= 1
    assert play.query("select count(*) from changes") == [(2,)]
