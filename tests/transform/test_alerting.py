"""Alerts: one for each page, night and route, under a key that follows from what it tells."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.transform.messages.told import AFTER, FIELD, FIGURE, OTHER, PAGE, dated, editorial, incident
from transform.alerting import content_alerts, incident_alerts, trial_alerts
from transform.incidents import PageCondition, incident_events, run_failed_event, stale_event
from transform.memory import OpenIncident
from transform.routing import DEFAULT_ROUTES, Language, Route, When
from transform.verdict import Outcome, Verdict

ROUTES = (
    Route("leitung", "content", ("mail", "feed")),
    Route("nord", "content", ("mail",), lands=frozenset({"DE-SH"}), language=Language.EN),
    Route("betrieb", "incident", ("chat",)),
)
PAGES = (PAGE, OTHER)


def test_each_route_tells_each_page_once_a_night() -> None:
    alerts = content_alerts([dated(FIGURE), dated(FIELD), dated(page=OTHER), editorial()], PAGES, ROUTES, AFTER)
    assert [(alert.route, alert.page_id, len(alert.change_ids), alert.channels) for alert in alerts] == [
        ("leitung", "nord-plan", 2, ("mail", "feed")),
        ("leitung", "sued-plan", 1, ("mail", "feed")),
        ("nord", "nord-plan", 2, ("mail",)),
    ]
    assert [alert.language for alert in alerts] == ["de", "de", "en"]


@given(st.permutations([dated(FIGURE), dated(FIELD), dated(page=OTHER)]))
def test_the_key_follows_from_route_and_changes_in_whatever_order(changes: list[object]) -> None:
    told = [dated(FIGURE), dated(FIELD), dated(page=OTHER)]
    expected = {alert.key for alert in content_alerts(told, PAGES, ROUTES, AFTER)}
    shuffled = [one for one in told for _ in (0,)]
    shuffled.sort(key=changes.index)
    assert {alert.key for alert in content_alerts(shuffled, PAGES, ROUTES, AFTER + timedelta(hours=1))} == expected
    assert len(expected) == 3


def test_nothing_that_alerts_makes_no_alert() -> None:
    assert content_alerts([editorial()], PAGES, ROUTES, AFTER) == ()
    assert incident_alerts([incident(alerts=False)], PAGES, ROUTES, AFTER) == ()


def test_an_incident_goes_to_incident_routes_only() -> None:
    [alert] = incident_alerts([incident()], PAGES, ROUTES, AFTER)
    assert (alert.kind, alert.route, alert.incident_ids, alert.change_ids) == (
        "incident",
        "betrieb",
        ("nord-plan-blocked",),
        (),
    )


def test_an_incident_of_a_page_that_is_not_declared_is_told_all_the_same() -> None:
    [alert] = incident_alerts([incident()], (), ROUTES, AFTER)
    assert alert.subject == "Strategiemonitor: Zugang verweigert"


def test_a_weekly_route_writes_its_alerts_at_once_and_sends_them_later() -> None:
    weekly = (dataclasses.replace(ROUTES[0], when=When.WEEKLY),)
    [alert] = content_alerts([dated()], PAGES, weekly, AFTER)
    assert alert.is_digest
    assert alert.due_at is not None
    assert alert.due_at > AFTER
    [trial] = trial_alerts(weekly, AFTER)
    assert (trial.kind, trial.due_at, trial.is_digest) == ("trial", None, False)


def test_every_trial_is_another_message() -> None:
    first, second = trial_alerts(ROUTES[:1], AFTER), trial_alerts(ROUTES[:1], AFTER + timedelta(seconds=1))
    assert first[0].key != second[0].key


def test_without_a_file_changes_are_printed_kept_and_put_into_the_feed() -> None:
    assert [(route.kind, route.channels) for route in DEFAULT_ROUTES] == [
        ("content", ("console", "file", "feed")),
        ("incident", ("console", "file")),
    ]


def test_what_the_watchdog_opened_is_closed_by_the_next_page_that_is_seen() -> None:
    events = (stale_event(None, AFTER), run_failed_event("lauf-1", "", AFTER))
    known = [OpenIncident(one.incident_id, None, one.kind, AFTER, AFTER, one.detail) for one in events]
    failed, good = (PageCondition(PAGE.page_id, Verdict(outcome)) for outcome in (Outcome.FAILED, Outcome.VERIFIED))
    later = AFTER + timedelta(days=1)
    silent = [event.action for event in incident_events([failed], known, later) if event.page_id is None]
    seen = [event.action for event in incident_events([good], known, later) if event.page_id is None]
    assert (silent, seen) == ([], ["closed", "closed"])
