"""Delivering from a real outbox to real receivers: at least once, none blocking another."""

from __future__ import annotations

from datetime import datetime

import pytest

from flows import delivering
from flows.channel_setup import channels_of
from flows.channels import Sent
from flows.delivering import DeliveryReport, deliver_pending
from flows.settings import Settings
from tests.flows.alerts.messages import LATER, NOW, alert, channel_file
from tests.support.receivers import MailServer, Webhook
from transform.delivery import PendingDelivery
from transform.digests import CATCH_UP_OVER
from warehouse.attempts import ATTEMPTS_BEFORE_PARKING, LONGEST_PAUSE
from warehouse.database import Warehouse


def deliver(warehouse: Warehouse, settings: Settings, at: datetime = NOW) -> DeliveryReport:
    return deliver_pending(warehouse, channels_of(settings), at)


def states(warehouse: Warehouse) -> list[tuple[str, str, str, int]]:
    rows = warehouse.connection.execute(
        "select alert_id, channel, status, attempts from main.deliveries order by alert_id, channel"
    )
    return rows.fetchall()


def test_a_message_goes_out_once_on_each_of_its_channels(
    warehouse: Warehouse, settings: Settings, mail: MailServer, hook: Webhook
) -> None:
    channel_file(settings, post=mail.url(), haken=hook.url())
    warehouse.add_alerts([alert(1, "post", "haken")], NOW)
    assert deliver(warehouse, settings) == DeliveryReport(delivered=2, waiting=0)
    assert deliver(warehouse, settings, LATER) == DeliveryReport(delivered=0, waiting=0)
    assert (len(mail.mails), len(hook.calls)) == (1, 1)


def test_a_refused_message_blocks_no_other_and_comes_again_with_its_key(
    warehouse: Warehouse, settings: Settings, hook: Webhook
) -> None:
    channel_file(settings, haken=hook.url())
    warehouse.add_alerts([alert(number, "haken") for number in (1, 2, 3)], NOW)
    hook.refused_subjects = {alert(2).subject}
    assert deliver(warehouse, settings) == DeliveryReport(delivered=2, waiting=1)
    hook.refused_subjects = set()
    assert deliver(warehouse, settings, LATER) == DeliveryReport(delivered=1, waiting=0)
    assert [call.key for call in hook.taken] == ["schluessel-01", "schluessel-03", "schluessel-02"]
    assert [call.key for call in hook.calls].count("schluessel-02") == 2


def test_a_message_that_nobody_takes_is_parked_and_the_rest_goes_on(
    warehouse: Warehouse, settings: Settings, hook: Webhook
) -> None:
    channel_file(settings, haken=hook.url())
    warehouse.add_alerts([alert(1, "haken")], NOW)
    hook.refused_subjects = {alert(1).subject}
    at = NOW
    for _ in range(ATTEMPTS_BEFORE_PARKING):
        deliver(warehouse, settings, at)
        at += LONGEST_PAUSE
    assert states(warehouse) == [("a01", "haken", "parked", ATTEMPTS_BEFORE_PARKING)]
    warehouse.add_alerts([alert(2, "haken")], at)
    assert deliver(warehouse, settings, at) == DeliveryReport(delivered=1, waiting=0)
    assert (
        "422"
        in warehouse.connection.execute("select response from main.deliveries where alert_id = 'a01'").fetchall()[0][0]
    )


def test_one_channel_that_is_down_keeps_no_other_waiting(
    warehouse: Warehouse, settings: Settings, mail: MailServer
) -> None:
    with Webhook() as gone:
        url = gone.url()
    channel_file(settings, haken=url, post=mail.url())
    warehouse.add_alerts([alert(1, "haken", "post")], NOW)
    assert deliver(warehouse, settings) == DeliveryReport(delivered=1, waiting=1)
    assert states(warehouse) == [("a01", "haken", "pending", 1), ("a01", "post", "delivered", 1)]


def test_a_channel_that_was_taken_out_of_the_file_is_told(
    warehouse: Warehouse, settings: Settings, hook: Webhook
) -> None:
    channel_file(settings, haken=hook.url())
    warehouse.add_alerts([alert(1, "post")], NOW)
    deliver(warehouse, settings)
    response = warehouse.connection.execute("select response from main.deliveries").fetchall()
    assert response == [("no such channel is set up",)]


class Silent:
    """A channel whose failures take longer than a run can wait."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def send(self, delivery: PendingDelivery) -> Sent:
        self.asked.append(delivery.key)
        return Sent(delivered=False, response="no answer")


def test_a_channel_that_never_answers_cannot_hold_up_a_run(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left of it waits untouched: nothing was tried, so no attempt is counted."""
    monkeypatch.setattr(delivering, "PATIENCE_S", 0.0)
    warehouse.add_alerts([alert(number, "stumm") for number in (1, 2, 3)], NOW)
    channel = Silent()
    assert deliver_pending(warehouse, {"stumm": channel}, NOW) == DeliveryReport(delivered=0, waiting=3)
    assert channel.asked == ["schluessel-01"]
    assert states(warehouse) == [
        ("a01", "stumm", "pending", 1),
        ("a02", "stumm", "pending", 0),
        ("a03", "stumm", "pending", 0),
    ]


def test_after_an_outage_what_piled_up_goes_out_as_one_message(
    warehouse: Warehouse, settings: Settings, mail: MailServer
) -> None:
    channel_file(settings, post=mail.url())
    count = CATCH_UP_OVER + 3
    mail.refusals = {"leitung@nord.example": "450 not now"}
    warehouse.add_alerts([alert(number, "post") for number in range(count)], NOW)
    assert deliver(warehouse, settings) == DeliveryReport(delivered=0, waiting=count)
    mail.refusals = {}
    assert deliver(warehouse, settings, LATER) == DeliveryReport(delivered=1, waiting=0)
    [arrived] = mail.mails
    assert arrived["Subject"] == f"Strategiemonitor: Nachgereicht: {count} Meldungen, 4. Mai 2026"
    text = arrived.get_body(("plain",))
    assert text is not None
    words = text.get_content()
    assert all(f"Ziel {number} ist neu." in words for number in range(count))
    assert words.count("Warum diese Nachricht?") == 1
    assert {status for _, _, status, _ in states(warehouse)} == {"delivered"}


def test_a_digest_that_is_refused_comes_again_as_it_was_although_more_is_due(
    warehouse: Warehouse, settings: Settings, hook: Webhook
) -> None:
    channel_file(settings, haken=hook.url())
    for number in range(CATCH_UP_OVER + 1):
        warehouse.add_alerts([alert(number, "haken")], NOW.replace(minute=number))
    hook.answers = [503]
    deliver(warehouse, settings, LATER)
    warehouse.add_alerts([alert(90, "haken")], LATER)
    hook.answers = [200]
    deliver(warehouse, settings, LATER + LONGEST_PAUSE)
    first, again, single = hook.calls
    assert (first.key, first.content["message"]) == (again.key, again.content["message"])
    assert single.key == "schluessel-90"


def test_many_pages_of_one_night_are_no_outage(warehouse: Warehouse, settings: Settings, hook: Webhook) -> None:
    channel_file(settings, haken=hook.url())
    warehouse.add_alerts([alert(number, "haken") for number in range(CATCH_UP_OVER + 3)], NOW)
    deliver(warehouse, settings)
    assert len(hook.taken) == CATCH_UP_OVER + 3


def test_a_route_for_digests_sends_one_message_a_night(
    warehouse: Warehouse, settings: Settings, mail: MailServer
) -> None:
    channel_file(settings, post=mail.url())
    warehouse.add_alerts([alert(number, "post", is_digest=True) for number in (1, 2)], NOW)
    deliver(warehouse, settings)
    warehouse.add_alerts([alert(3, "post", is_digest=True)], LATER)
    deliver(warehouse, settings, LATER)
    assert [arrived["Subject"] for arrived in mail.mails] == [
        "Strategiemonitor: 2 Meldungen, 4. Mai 2026",
        alert(3).subject,
    ]


def test_files_are_written_one_by_one_even_after_an_outage(warehouse: Warehouse, settings: Settings) -> None:
    for number in range(CATCH_UP_OVER + 2):
        warehouse.add_alerts([alert(number, "file")], NOW.replace(minute=number))
    deliver(warehouse, settings, LATER)
    assert len(list(settings.alerts.glob("*.md"))) == CATCH_UP_OVER + 2
