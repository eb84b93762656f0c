from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta

from tests.warehouse.contents import rows
from tests.warehouse.nights import declared, night, night_at, seen
from transform.delivery import Digest
from transform.night import Alert
from warehouse.attempts import ATTEMPTS_BEFORE_PARKING, LONGEST_PAUSE, Attempted, DeliveryStatus, pause_after
from warehouse.database import Warehouse

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
        "html": "",
        "language": "de",
        "is_digest": False,
        "in_doubt": False,
        "keys": ("schluessel-1",),
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
        [status] = warehouse.record_deliveries([Attempted(delivery, delivered=True, response="angenommen")], NOW)
        assert status is DeliveryStatus.DELIVERED
    assert warehouse.pending_deliveries(night_at(30)) == ()
    assert (
        rows(warehouse, "select status, attempts, last_attempt_at, delivered_at, response from main.deliveries")
        == [("delivered", 1, NOW, NOW, "angenommen")] * 2
    )


def test_a_failed_delivery_waits_longer_each_time_and_holds_up_no_other(warehouse: Warehouse) -> None:
    load_alerts(warehouse, ALERT)
    datei, mail = warehouse.pending_deliveries(NOW)
    warehouse.record_deliveries([Attempted(mail, delivered=False, response="abgewiesen")], NOW)
    assert [one.channel for one in warehouse.pending_deliveries(NOW)] == ["datei"]
    later = NOW + pause_after(1)
    again = next(one for one in warehouse.pending_deliveries(later) if one.channel == "mail")
    assert again.attempts == 1
    warehouse.record_deliveries([Attempted(again, delivered=False, response="abgewiesen")], later)
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
        [status] = warehouse.record_deliveries([Attempted(delivery, delivered=False, response=f"nein {attempt}")], at)
        at += LONGEST_PAUSE
    assert status is DeliveryStatus.PARKED
    assert warehouse.pending_deliveries(at + timedelta(days=365)) == ()
    assert rows(warehouse, "select status, attempts, response from main.deliveries") == [("parked", 10, "nein 10")]

    assert warehouse.requeue_parked(at) == 1
    [delivery] = warehouse.pending_deliveries(at)
    assert delivery.attempts == 0
    warehouse.record_deliveries([Attempted(delivery, delivered=False, response="noch nicht")], at)
    assert rows(warehouse, "select status, attempts, response from main.deliveries") == [("pending", 11, "noch nicht")]
    assert warehouse.requeue_parked(at) == 0


def test_a_trial_needs_no_run(warehouse: Warehouse) -> None:
    trial = dataclasses.replace(ALERT, kind="trial", page_id=None, change_ids=(), incident_ids=())
    assert warehouse.add_alerts([trial], NOW) == 1
    assert warehouse.add_alerts([trial], NOW) == 0
    assert rows(warehouse, "select kind, snapshot_id, page_id from main.alerts") == [("trial", None, None)]
    assert {one.channel for one in warehouse.pending_deliveries(NOW)} == {"mail", "datei"}


def due_of(warehouse: Warehouse, at: datetime = NOW) -> list[tuple[str, str]]:
    return [(one.alert_id, one.channel) for one in warehouse.pending_deliveries(at)]


def test_a_message_for_later_waits_until_it_is_due(warehouse: Warehouse) -> None:
    load_alerts(warehouse, dataclasses.replace(ALERT, channels=("mail",), due_at=NOW + timedelta(days=3)))
    assert due_of(warehouse) == []
    assert due_of(warehouse, NOW + timedelta(days=3)) == [("a1", "mail")]


def test_an_attempt_of_which_nobody_knows_the_end_is_in_doubt_and_due_again_at_once(warehouse: Warehouse) -> None:
    load_alerts(warehouse, dataclasses.replace(ALERT, channels=("mail",)))
    [delivery] = warehouse.pending_deliveries(NOW)
    assert not delivery.in_doubt
    warehouse.begin_deliveries([delivery], NOW)
    [again] = warehouse.pending_deliveries(NOW)
    assert (again.in_doubt, again.attempts, again.key) == (True, 1, delivery.key)


def test_an_attempt_that_was_begun_is_ended_in_its_own_row(warehouse: Warehouse) -> None:
    load_alerts(warehouse, dataclasses.replace(ALERT, channels=("mail",)))
    [delivery] = warehouse.pending_deliveries(NOW)
    warehouse.begin_deliveries([delivery], NOW)
    warehouse.record_deliveries([Attempted(delivery, delivered=False, response="abgewiesen")], NOW)
    assert due_of(warehouse) == []
    [again] = warehouse.pending_deliveries(NOW + pause_after(1))
    assert (again.in_doubt, again.attempts) == (False, 1)
    warehouse.begin_deliveries([again], NOW)
    warehouse.record_deliveries([Attempted(again, delivered=True, response="angenommen")], NOW)
    assert rows(warehouse, "select attempt, status, response from store.delivery_attempts order by attempt") == [
        (1, "failed", "abgewiesen"),
        (2, "delivered", "angenommen"),
    ]


def digest_of(*alert_ids: str, channel: str = "mail") -> Digest:
    return Digest("d1", channel, "alle", "content", "de", alert_ids, "2 Meldungen", "Alles", "<p>Alles</p>")


def load_two(warehouse: Warehouse) -> None:
    other = dataclasses.replace(ALERT, alert_id="a2", key="schluessel-2", change_ids=("c3",), incident_ids=())
    load_alerts(warehouse, dataclasses.replace(ALERT, incident_ids=()), other)


def test_a_digest_goes_out_instead_of_what_it_holds_on_its_channel_only(warehouse: Warehouse) -> None:
    load_two(warehouse)
    assert warehouse.add_digests([digest_of("a1", "a2")], NOW) == 1
    assert due_of(warehouse) == [("a1", "datei"), ("a2", "datei"), ("d1", "mail")]
    digest = next(one for one in warehouse.pending_deliveries(NOW) if one.channel == "mail")
    assert digest.keys == ("schluessel-1", "schluessel-2")
    assert digest.change_ids == ("c1", "c2", "c3")
    assert (digest.key, digest.subject, digest.html) == ("d1", "2 Meldungen", "<p>Alles</p>")


def test_what_a_digest_holds_stands_as_the_digest_does(warehouse: Warehouse) -> None:
    load_two(warehouse)
    warehouse.add_digests([digest_of("a1", "a2")], NOW)
    assert warehouse.add_digests([digest_of("a1", "a2")], NOW) == 0
    digest = next(one for one in warehouse.pending_deliveries(NOW) if one.channel == "mail")
    warehouse.record_deliveries([Attempted(digest, delivered=True, response="angenommen")], NOW)
    assert due_of(warehouse) == [("a1", "datei"), ("a2", "datei")]
    columns = "alert_id, status, attempts, delivered_at, response, digest_id"
    told = rows(warehouse, f"select {columns} from main.deliveries where channel = 'mail' order by alert_id")
    assert told == [
        ("a1", "delivered", 1, NOW, "angenommen", "d1"),
        ("a2", "delivered", 1, NOW, "angenommen", "d1"),
    ]


def test_a_parked_digest_is_requeued_as_one(warehouse: Warehouse) -> None:
    load_two(warehouse)
    warehouse.add_digests([digest_of("a1", "a2")], NOW)
    at = NOW
    for _ in range(ATTEMPTS_BEFORE_PARKING):
        digest = next(one for one in warehouse.pending_deliveries(at) if one.channel == "mail")
        warehouse.record_deliveries([Attempted(digest, delivered=False, response="nein")], at)
        at += LONGEST_PAUSE
    parked = "select status, count(*) from main.deliveries where channel = 'mail' group by status"
    assert rows(warehouse, parked) == [("parked", 2)]
    assert warehouse.requeue_parked(at) == 1
    assert ("d1", "mail") in due_of(warehouse, at)


def test_many_attempts_are_begun_and_ended_at_once_each_in_its_own_row(warehouse: Warehouse) -> None:
    load_two(warehouse)
    due = warehouse.pending_deliveries(NOW)
    assert warehouse.begin_deliveries(due[:3], NOW) == due[:3]
    assert [one.in_doubt for one in warehouse.pending_deliveries(NOW)] == [True, True, True, False]
    made = [Attempted(one, delivered=one.channel == "datei", response=one.channel) for one in due]
    told = warehouse.record_deliveries(made, NOW)
    assert [(one.channel, str(status)) for one, status in zip(due, told, strict=True)] == [
        ("datei", "delivered"),
        ("mail", "pending"),
        ("datei", "delivered"),
        ("mail", "pending"),
    ]
    attempts = "select alert_id, channel, attempt, status, response from store.delivery_attempts order by all"
    assert rows(warehouse, attempts) == [
        ("a1", "datei", 1, "delivered", "datei"),
        ("a1", "mail", 1, "failed", "mail"),
        ("a2", "datei", 1, "delivered", "datei"),
        ("a2", "mail", 1, "failed", "mail"),
    ]
    assert warehouse.begin_deliveries((), NOW) == ()
    assert warehouse.record_deliveries((), NOW) == ()
