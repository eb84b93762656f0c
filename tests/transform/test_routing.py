"""Routes: what they carry and when."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transform.messages.told import FIELD, OTHER, PAGE, dated, editorial, of_the_extractor
from transform.change import ChangeClass
from transform.routing import Route, When, carries_change, carries_incident, due_at

BERLIN = ZoneInfo("Europe/Berlin")
EVERYTHING = Route("alles", "content", ("file",))
INCIDENTS = Route("betrieb", "incident", ("file",))


def narrowed(**filters: Any) -> Route:
    return dataclasses.replace(EVERYTHING, **filters)


@pytest.mark.parametrize(
    ("filters", "passes"),
    [
        ({}, True),
        ({"lands": frozenset({"DE-SH"})}, True),
        ({"lands": frozenset({"DE-BY"})}, False),
        ({"pages": frozenset({PAGE.page_id})}, True),
        ({"pages": frozenset({OTHER.page_id})}, False),
        ({"entities": frozenset({"figure", "goal"})}, True),
        ({"entities": frozenset({"goal"})}, False),
        ({"classes": frozenset({"content"})}, True),
        ({"classes": frozenset({"return"})}, False),
        ({"least_significance": 0.8}, True),
        ({"least_significance": 0.81}, False),
        ({"kind": "incident"}, False),
    ],
)
def test_every_filter_must_let_a_change_through(filters: dict[str, Any], passes: bool) -> None:
    assert carries_change(narrowed(**filters), dated()) is passes


def test_what_alerts_nobody_passes_only_where_its_class_is_named() -> None:
    assert not carries_change(EVERYTHING, editorial())
    assert carries_change(narrowed(classes=frozenset({"editorial"})), editorial())
    assert not carries_change(narrowed(classes=frozenset({"order"})), editorial())


def test_a_corrected_reading_of_ours_is_never_told() -> None:
    assert not carries_change(narrowed(classes=frozenset({"editorial", "content"})), of_the_extractor())


def test_a_page_that_flaps_stays_silent_although_its_class_is_named() -> None:
    flapping = dated(dataclasses.replace(FIELD, change_class=ChangeClass.RETURN), alerts=False)
    assert not carries_change(narrowed(classes=frozenset({"return"})), flapping)
    assert carries_change(EVERYTHING, dataclasses.replace(flapping, alerts=True)), "a first return alerts"


def test_incidents_pass_by_page_and_land_and_those_of_the_run_always() -> None:
    north = dataclasses.replace(INCIDENTS, lands=frozenset({"DE-SH"}), pages=frozenset({PAGE.page_id}))
    assert carries_incident(north, PAGE.page_id, PAGE.land)
    assert not carries_incident(north, OTHER.page_id, OTHER.land)
    assert carries_incident(north, None, None)
    assert not carries_incident(EVERYTHING, None, None)


def berlin(day: int, hour: int, minute: int = 0, *, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN)


WEEKLY = narrowed(when=When.WEEKLY)


@pytest.mark.parametrize(
    ("written", "due"),
    [
        (berlin(3, 4, 10), berlin(9, 0)),
        (berlin(8, 23, 59), berlin(9, 0)),
        (berlin(9, 4, 10), berlin(9, 0)),
        (berlin(9, 13), berlin(16, 0)),
        (berlin(24, 4, 10), berlin(30, 0)),
        (berlin(25, 4, 10, month=10), berlin(26, 0, month=10)),
    ],
    ids=["Tuesday", "Sunday night", "Monday's run", "Monday afternoon", "over the change to summer time", "and back"],
)
def test_a_week_ends_with_the_night_before_monday(written: datetime, due: datetime) -> None:
    assert due_at(WEEKLY, written) == due


@given(st.integers(0, 5 * 365 * 24 * 60))
def test_a_weekly_message_waits_less_than_eight_days_and_is_due_on_a_monday(minutes: int) -> None:
    written = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    due = due_at(WEEKLY, written)
    assert timedelta(hours=-13) <= due - written < timedelta(days=7, hours=1)
    assert due.astimezone(BERLIN).strftime("%a %H:%M") == "Mon 00:00"


def test_all_others_are_due_at_once() -> None:
    assert due_at(EVERYTHING, berlin(3, 4)) == due_at(narrowed(when=When.NIGHTLY), berlin(3, 4)) == berlin(3, 4)
