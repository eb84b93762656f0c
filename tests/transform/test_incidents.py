"""Incidents open, go on and close by themselves, and alert once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from extract.model import PageId
from transform.incidents import IncidentKind, PageCondition, incident_events
from transform.memory import OpenIncident
from transform.night import IncidentEvent
from transform.portal_groups import PortalGroup
from transform.verdict import Outcome, Verdict

NIGHT = timedelta(days=1)
START = datetime(2026, 3, 2, 3, 10, tzinfo=UTC)


def condition(page: str, outcome: Outcome, *, drift: tuple[str, ...] = (), flapping: bool = False) -> PageCondition:
    return PageCondition(PageId(page), Verdict(outcome), drift=drift, flapping=flapping)


def play(*nights: Sequence[PageCondition], every: timedelta = NIGHT) -> list[list[IncidentEvent]]:
    """The events of consecutive nights, each with the incidents that the nights before left open."""
    known: dict[str, OpenIncident] = {}
    told = []
    for number, conditions in enumerate(nights):
        at = START + number * every
        events = incident_events(conditions, known.values(), at)
        told.append(list(events))
        for event in events:
            opened = known[event.incident_id].opened_at if event.incident_id in known else event.at
            if event.action == "closed":
                del known[event.incident_id]
            else:
                known[event.incident_id] = OpenIncident(
                    event.incident_id, event.page_id, event.kind, opened, event.at, event.detail
                )
    return told


def actions(night: Sequence[IncidentEvent]) -> list[tuple[str, str, bool]]:
    return [(event.kind, event.action, event.alerts) for event in night]


GOOD, GONE, FAILED = (condition("a", outcome) for outcome in (Outcome.VERIFIED, Outcome.GONE, Outcome.FAILED))


def test_a_page_that_is_gone_alerts_once_and_heals_silently() -> None:
    """Three nights gone, then back: one alert, then nothing but rows."""
    nights = play([GOOD], [GONE], [GONE], [GONE], [GOOD])
    assert [actions(night) for night in nights] == [
        [],
        [("gone", "opened", True)],
        [("gone", "updated", False)],
        [("gone", "updated", False)],
        [("gone", "closed", False)],
    ]


def test_a_failure_alerts_only_when_it_lasts() -> None:
    """Most failures heal by the next night; the second one is told, the third no more."""
    nights = play([FAILED], [FAILED], [FAILED])
    assert [alerts for night in nights for _, _, alerts in actions(night)] == [False, True, False]


def test_a_night_that_is_run_again_is_no_second_night() -> None:
    """After a crash or by hand, at once or hours later: a failure is told when it reaches the next night, once."""
    for every, expected in (
        (timedelta(), [False] * 5),
        (timedelta(hours=6), [False, False, False, False, True]),
        (timedelta(hours=11), [False, False, True, False, False]),
    ):
        nights = play(*[[FAILED]] * 5, every=every)
        assert [alerts for night in nights for _, _, alerts in actions(night)] == expected


def test_another_answer_closes_one_incident_and_opens_the_next() -> None:
    """Blocked yesterday, gone today."""
    nights = play([condition("a", Outcome.BLOCKED)], [GONE])
    assert actions(nights[1]) == [("blocked", "closed", False), ("gone", "opened", True)]


def test_pages_that_fail_together_have_one_incident() -> None:
    """Our own line is down: one message, not one for each page."""
    failed = [condition(page, Outcome.FAILED) for page in "abcde"]
    nights = play(failed, [condition(page, Outcome.VERIFIED) for page in "abcde"])
    assert [(e.page_id, e.kind, e.action) for e in nights[0]] == [(None, IncidentKind.MASS_FAILURE, "opened")]
    assert [(e.kind, e.action) for e in nights[1]] == [(IncidentKind.MASS_FAILURE, "closed")]


def test_drift_stays_open_until_the_page_is_read_well_again() -> None:
    """A night on which the page was not read says nothing about the locator."""
    drift = condition("a", Outcome.VERIFIED, drift=("action_fields",))
    nights = play([drift], [FAILED], [GOOD])
    kinds = [[(e.kind, e.action) for e in night] for night in nights]
    assert kinds == [
        [("drift", "opened")],
        [("failed", "opened")],
        [("failed", "closed"), ("drift", "closed")],
    ]


def test_flapping_is_one_incident_until_the_page_is_calm() -> None:
    """It closes after a week without a further return."""
    nights = play([condition("a", Outcome.VERIFIED, flapping=True)], *([[GOOD]] * 7))
    assert [(e.kind, e.action) for night in nights for e in night] == [
        ("oscillating", "opened"),
        ("oscillating", "closed"),
    ]
    assert nights[7]


def at_portal(page: str, verdict: Verdict, portal: str = "land.example") -> PageCondition:
    return PageCondition(PageId(page), verdict, portal=portal)


MAINTENANCE = Verdict(Outcome.SUSPECT, "maintenance", "Wartung")
SINK = Verdict(Outcome.SUSPECT, "error_sink")
FINE = Verdict(Outcome.VERIFIED)


def test_pages_of_one_portal_with_one_verdict_have_one_incident() -> None:
    """Three pages under maintenance: one message, and none for the page of another portal beside its own."""
    down = [*(at_portal(page, MAINTENANCE) for page in "abc"), at_portal("x", MAINTENANCE, "anders.example")]
    nights = play(down, down, [at_portal(page, FINE) for page in "abcx"])
    assert [(e.page_id, e.kind, e.action, e.alerts) for e in nights[0]] == [
        (None, "portal", "opened", True),
        ("x", "suspect", "opened", True),
    ]
    assert {(e.action, e.alerts) for e in nights[1]} == {("updated", False)}
    assert {e.action for e in nights[2]} == {"closed"}


def test_two_portals_in_trouble_are_two_incidents() -> None:
    """Each is known again by its portal and verdict."""
    down = [at_portal(f"{portal}{n}", MAINTENANCE, portal) for portal in ("a.example", "b.example") for n in "123"]
    healed = [replace(one, verdict=FINE) if one.portal == "a.example" else one for one in down]
    nights = play(down, healed)
    assert [e.action for e in nights[0]] == ["opened", "opened"]
    assert sorted((e.action, e.detail.split(":")[0]) for e in nights[1]) == [
        ("closed", "a.example"),
        ("updated", "b.example"),
    ]


def test_a_portal_that_fails_is_told_when_it_lasts() -> None:
    """Like a page: most failures heal by the next night."""
    failed = Verdict(Outcome.FAILED, "http_503")
    down = [*(at_portal(page, failed) for page in "abc"), *(at_portal(p, FINE, f"{p}.example") for p in "klmnop")]
    assert [[(e.kind, e.alerts) for e in night] for night in play(down, down)] == [
        [("portal", False)],
        [("portal", True)],
    ]


def test_an_error_sink_is_one_incident_over_all_portals() -> None:
    """It names the pages and counts them."""
    (event,) = play([at_portal(page, SINK, f"{page}.example") for page in "abcdefg"])[0]
    assert (event.page_id, event.kind) == (None, IncidentKind.ERROR_SINK)
    assert event.detail.startswith("7 Seiten")


def test_a_run_of_a_few_pages_says_nothing_about_the_end_of_a_group() -> None:
    """``refresh --only`` of a page that is well must not close the incident of all the others."""
    failed = [condition(page, Outcome.FAILED) for page in "abcde"]
    (opened,) = incident_events(failed, (), START)
    known = OpenIncident(opened.incident_id, None, opened.kind, START, START, opened.detail)
    later = START + NIGHT
    assert incident_events([GOOD], [known], later, asked_all=False) == ()
    assert [event.action for event in incident_events([GOOD], [known], later)] == ["closed"]


def test_groups_of_portals_leave_each_others_incidents_alone() -> None:
    """Both lines are down; one is mended, and its run says nothing about the other's."""
    failed = [condition(page, Outcome.FAILED) for page in "abcde"]
    one, other = PortalGroup(1, 2), PortalGroup(2, 2)
    opened = [incident_events(failed, (), START, group=group)[0] for group in (one, other)]
    assert len({event.incident_id for event in opened}) == 2
    known = [OpenIncident(event.incident_id, None, event.kind, START, START, event.detail) for event in opened]
    later = START + NIGHT
    closed = incident_events([GOOD], known, later, group=other)
    assert [(event.incident_id, event.action) for event in closed] == [(opened[1].incident_id, "closed")]
    [again] = incident_events(failed, known, later, group=one)
    assert (again.incident_id, again.action) == (opened[0].incident_id, "updated")
    whole = incident_events([GOOD], known, later)
    assert [event.action for event in whole] == ["closed", "closed"], "one run for all portals again"
