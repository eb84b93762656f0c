from __future__ import annotations

import dataclasses
from datetime import timedelta

from tests.warehouse.contents import rows
from tests.warehouse.nights import declared, night, night_at, seen
from transform.night import Alert
from warehouse.database import Warehouse
from warehouse.outbox import ATTEMPTS_BEFORE_PARKING, LONGEST_PAUSE, DeliveryStatus, pause_after

PAGE = declared()
NOW = night_at(0)
ALERT = Alert(
    "a1", "schluessel-1", "content", PAGE.page_id, ("c1", "c2"), ("i1",), "alle", ("mail", "datei"), "Betreff", "Text"
)


def load_alerts(warehouse: Warehouse, *alerts: Alert) -> None:
    warehouse.load(night(0, seen(PAGE, NOW, "Funk"), alerts=alerts), finished_at=NOW)


def test_an_alert_waits_on_each_of_its_channels_with_all_that_a_channel_needs(warehouse: Warehouse) -> None:
    load_alerts(warehouse, ALERT)
    mail = next(one for one in warehouse.pending_deliveries(NOW) if one.channel == "mail")
    assert dataclasses.asdict(mail) == {
        "alert_id": "a1",
        "channel": "mail",
        "key": "schluessel-1",
        "kind": "content",
        "page_id": PAGE.page_id,
        "change_ids": ("c1", "c2"),
        "incident_ids": ("i1",),
        "route": "alle",
        "subject": "Betreff",
        "body": "Text",
        "created_at": NOW,
        "attempts": 0,
    }
    assert len(warehouse.pending_deliveries(NOW)) == 2


def test_the_same_key_is_written_once_in_one_night_and_over_nights(warehouse: Warehouse) -> None:
    load_alerts(warehouse, ALERT, dataclasses.replace(ALERT, alert_id="a2"))
    again = dataclasses.replace(ALERT, alert_id="a3")
    report = warehouse.load(night(1, seen(PAGE, night_at(1), "Funk"), alerts=(again,)))
    assert report.alerts == 0
    assert rows(warehouse, "select alert_id, key from main.alerts") == [("a1", "schluessel-1")]
    assert rows(warehouse, "select count(*) from main.deliveries") == [(2,)]


def test_what_has_been_delivered_is_not_due_again(warehouse: Warehouse) -> None:
    load_alerts(warehouse, ALERT)
    for delivery in warehouse.pending_deliveries(NOW):
        status = warehouse.record_delivery(delivery, delivered=True, response="angenommen", at=NOW)
        assert status is DeliveryStatus.DELIVERED
    assert warehouse.pending_deliveries(night_at(30)) == ()
    assert (
        rows(warehouse, "select status, attempts, last_attempt_at, delivered_at, response from main.deliveries")
        == [("delivered", 1, NOW, NOW, "angenommen")] * 2
    )


def test_a_failed_delivery_waits_longer_each_time_and_holds_up_no_other(warehouse: Warehouse) -> None:
    load_alerts(warehouse, ALERT)
    datei, mail = warehouse.pending_deliveries(NOW)
    warehouse.record_delivery(mail, delivered=False, response="abgewiesen", at=NOW)
    assert [one.channel for one in warehouse.pending_deliveries(NOW)] == ["datei"]
    later = NOW + pause_after(1)
    again = next(one for one in warehouse.pending_deliveries(later) if one.channel == "mail")
    assert again.attempts == 1
    warehouse.record_delivery(again, delivered=False, response="abgewiesen", at=later)
    assert [one.channel for one in warehouse.pending_deliveries(later + pause_after(1))] == ["datei"]
    assert {one.channel for one in warehouse.pending_deliveries(later + pause_after(2))} == {"datei", "mail"}
    assert datei.attempts == 0


def test_pauses_double_up_to_the_longest(warehouse: Warehouse) -> None:
    pauses = [pause_after(n) for n in range(1, 40)]
    assert pauses[1] == 2 * pauses[0]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE


def test_a_message_nobody_takes_is_parked_and_can_be_requeued(warehouse: Warehouse) -> None:
    load_alerts(warehouse, dataclasses.replace(ALERT, channels=("mail",)))
    at, status = NOW, DeliveryStatus.PENDING
    for attempt in range(1, ATTEMPTS_BEFORE_PARKING + 1):
        [delivery] = warehouse.pending_deliveries(at)
        assert delivery.attempts == attempt - 1
        status = warehouse.record_delivery(delivery, delivered=False, response=f"nein {attempt}", at=at)
        at += LONGEST_PAUSE
    assert status is DeliveryStatus.PARKED
    assert warehouse.pending_deliveries(at + timedelta(days=365)) == ()
    assert rows(warehouse, "select status, attempts, response from main.deliveries") == [("parked", 10, "nein 10")]

    assert warehouse.requeue_parked(at) == 1
    [delivery] = warehouse.pending_deliveries(at)
    assert delivery.attempts == 0
    warehouse.record_delivery(delivery, delivered=False, response="noch nicht", at=at)
    assert rows(warehouse, "select status, attempts, response from main.deliveries") == [("pending", 11, "noch nicht")]
    assert warehouse.requeue_parked(at) == 0


def test_a_trial_needs_no_run(warehouse: Warehouse) -> None:
    trial = dataclasses.replace(ALERT, kind="trial", page_id=None, change_ids=(), incident_ids=())
    assert warehouse.add_alerts([trial], NOW) == 1
    assert warehouse.add_alerts([trial], NOW) == 0
    assert rows(warehouse, "select kind, snapshot_id, page_id from main.alerts") == [("trial", None, None)]
    assert {one.channel for one in warehouse.pending_deliveries(NOW)} == {"mail", "datei"}
