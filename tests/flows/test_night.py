"""Putting a night together: pages that all end in one place, the time that a run speaks of, its summary and state."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prefect.client.schemas.objects import StateType

from extract.model import PageId
from flows.artifacts import markdown, page_rows
from flows.night import NothingVerifiedError, RunSummary
from flows.refresh import final_state
from flows.running import PlainSteps, RunRequest, run
from tests.flows.site import NOBODY_LISTENS, Site, night_at, page, seen, verdicts
from tests.support.server import Answer
from transform.verdict import Outcome

NOTICE = "https://sammelstelle.example/hinweis"


def summary(**verdicts_of: str) -> RunSummary:
    """The summary of a run with these verdicts."""
    counted = [verdict.partition(":")[0] for verdict in verdicts_of.values()]
    tally = {outcome.value: counted.count(outcome.value) for outcome in Outcome}
    pages = {"total": len(verdicts_of), **tally}
    named = {PageId(name): verdict for name, verdict in verdicts_of.items()}
    return RunSummary(1, night_at(0), pages, (), 0, 0, 0, 0.1, named)


def test_three_pages_that_are_sent_to_one_address_are_held_back_and_a_fourth_is_not(site: Site) -> None:
    """Whether or not that address answers with a page that could be believed."""
    urls = [site.declare(f"amt-{x}") for x in "abcd"]
    for url in urls:
        site.show(url, page(f"Plan unter {url}."))
    site.refresh()
    site.night = 1
    site.show(NOTICE, page("Die Angebote des Landes ziehen um.", title="Hinweis"))
    for url in urls[:3]:
        site.show(url, Answer(302, headers=(("Location", f"/{NOTICE}"),)))
    night, told = site.refresh()
    assert verdicts(night)["amt-d"] == "verified"
    assert {verdict.partition(":")[0] for name, verdict in verdicts(night).items() if name != "amt-d"} == {"suspect"}
    assert all(not seen(night, f"amt-{x}").observations for x in "abc")
    assert (told.changed, told.pages["suspect"]) == ((), 3)


def test_three_pages_that_answer_with_one_identical_body_are_held_back(site: Site) -> None:
    """Each would pass alone: the body is long enough, and nobody was sent anywhere."""
    urls = [site.declare(f"amt-{x}") for x in "abc"]
    for url in urls:
        site.show(url, page(f"Plan unter {url}."))
    site.refresh()
    site.night = 1
    for url in urls:
        site.show(url, page("Diese Seite wird gerade neu gestaltet.", title="Neuer Auftritt"))
    night, told = site.refresh()
    assert set(verdicts(night).values()) == {"suspect:error_sink"}
    assert told.changed == ()
    assert site.rows("select count(*) from observations where observed_at > timestamptz '2026-05-04 12:00+00'") == [
        (0,)
    ]


def test_two_pages_with_one_body_are_believed(site: Site) -> None:
    for name in ("amt-a", "amt-b"):
        site.show(site.declare(name), page("Gemeinsamer Plan."))
    night, _ = site.refresh()
    assert set(verdicts(night).values()) == {"verified"}


def test_a_run_through_an_archive_speaks_of_the_archives_time(site: Site) -> None:
    """Of the latest one where the captures were made at several times."""
    early, late = site.declare("amt-a"), site.declare("amt-b")
    site.show(early, page("Früh"))
    site.night = 3
    site.show(late, page("Spät"))
    night, told = site.refresh()
    assert night.observed_at == told.observed_at == night_at(3)
    assert [seen(night, name).observations[0].observed_at for name in ("amt-a", "amt-b")] == [night_at(0), night_at(3)]


def test_a_run_without_an_archive_speaks_of_its_own_start(site: Site) -> None:
    """The page lies at a private address, which is never asked."""
    site.declare("amt-a", "https://127.0.0.1/plan")
    before = datetime.now(UTC)
    site.seed()
    quick = replace(site.settings, second_look_s=0.0, min_pause_s=0.0)
    night, told = run(RunRequest(quick, None, site.catalogue), PlainSteps(), NOBODY_LISTENS)
    assert before <= told.observed_at == night.started_at <= datetime.now(UTC)
    assert verdicts(night)["amt-a"] == "failed:refused_address"


@pytest.mark.parametrize(
    ("told", "state", "name", "exit_status"),
    [
        (summary(a="verified", b="not_modified"), StateType.COMPLETED, "Completed", 0),
        (summary(a="verified", b="suspect:empty"), StateType.COMPLETED, "Partial", 3),
        (summary(a="blocked", b="failed:timeout"), StateType.FAILED, "Failed", 3),
    ],
    ids=["all", "some", "none"],
)
def test_the_final_state_follows_from_the_verdicts(
    told: RunSummary, state: StateType, name: str, exit_status: int
) -> None:
    final = final_state(told)
    assert (final.type, final.name, told.exit_status) == (state, name, exit_status)
    for page_id, verdict in told.held_back.items():
        assert f"{page_id} {verdict}" in str(final.message)


def test_a_worker_is_told_in_words_that_no_page_was_seen() -> None:
    """It raises what a failed state holds: our sentence with the next step, the summary within it."""
    told = summary(a="failed:dns", b="failed:dns")
    error = final_state(told).result(raise_on_failure=False)
    assert isinstance(error, NothingVerifiedError)
    assert error.summary is told
    assert "a failed:dns, b failed:dns" in str(error)
    assert "strategiemonitor incidents" in str(error)


@given(st.lists(st.sampled_from([outcome.value for outcome in Outcome]), min_size=1, max_size=12))
@settings(max_examples=60)
def test_a_run_is_completed_only_where_some_page_was_seen_and_clean_only_where_all_were(outcomes: list[str]) -> None:
    """Law: state and exit status tell the same story, whatever the verdicts."""
    told = summary(**{f"s{n}": outcome for n, outcome in enumerate(outcomes)})
    good = sum(outcome in ("verified", "not_modified") for outcome in outcomes)
    final = final_state(told)
    assert (told.exit_status == 0) == (good == len(outcomes)) == (final.name == "Completed")
    assert (final.type is StateType.FAILED) == (good == 0)
    assert len(told.held_back) == len(outcomes) - good


HOSTILE = "Ziele [hier](javascript:x) <img src=x> | *fett* `code` # kein Titel \x1b[31mrot\x1b[0m"


def test_the_nights_artifacts_show_page_text_as_text(site: Site) -> None:
    """No link, no mark-up, no table cell and no control sequence of a page survives."""
    url = site.declare("amt-a")
    site.show(url, page("Der Plan gilt.", title="Ein Plan"))
    site.refresh()
    site.night = 1
    escaped = HOSTILE.replace("<", "&lt;").replace("\x1b", "&#27;")
    site.show(url, page(f"Der Plan gilt. {escaped}", title="Ein Plan"))
    night, told = site.refresh()
    text = markdown(night, told)
    [line] = [line for line in text.splitlines() if line.startswith("- ")]
    assert "kein Titel" in line
    unescaped = re.sub(r"\\[\\`*_{}\[\]<>#|!]", "", line.partition("**: ")[2])
    assert not set(unescaped) & set("`*[]<>#|!\\")
    assert "\x1b" not in text
    [row] = page_rows(night)
    assert (row["page"], row["verdict"], row["changes"]) == ("amt-a", "verified", "1")
