"""The world around a run fails: a portal, the network, the names, the clock, or the reading of one page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from flows.running import PlainSteps, RunRequest, run
from tests.flows.site import NOBODY_LISTENS, Site, night_at, page, verdicts
from tests.support.server import Answer
from transform.reading.body import read_body

OLD = page("Bis 2027 sollen 150 Schulen im Land einen eigenen Anschluss an das Glasfasernetz bekommen.")
NEW = page("Bis 2027 sollen 170 Schulen im Land einen eigenen Anschluss an das Glasfasernetz bekommen.")
FIGURES = "select value from figures where unit = 'Schulen'"


def test_a_page_whose_reading_needs_too_much_memory_harms_no_other(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told as a fault of ours, its last good version stands, and it is read again on the next night."""
    big, small = site.declare("gross"), site.declare("klein")
    for url in (big, small):
        site.show(url, OLD)
    site.refresh()

    def out_of_memory(body: bytes, **how: Any) -> Any:
        if "gross" in how["url"]:
            raise MemoryError
        return read_body(body, **how)

    monkeypatch.setattr("flows.visiting.read_body", out_of_memory)
    site.night = 1
    for url in (big, small):
        site.show(url, NEW)
    night, summary = site.refresh()
    assert verdicts(night) == {"gross": "failed:internal", "klein": "verified"}
    assert summary.exit_status == 3
    monkeypatch.undo()
    site.night = 2
    for url in (big, small):
        site.show(url, NEW)
    _, summary = site.refresh()
    assert [changed.page for changed in summary.changed] == ["gross"]
    assert site.rows(FIGURES) == [(170.0,), (170.0,)]


def test_a_portal_that_is_down_for_a_month_is_told_once_and_nothing_of_it_is_lost(site: Site) -> None:
    """One incident, one alert; the page ages by name; what changed in the meantime is told with its true interval."""
    url = site.declare("amt-a")
    other = site.declare("amt-b")
    site.show(url, OLD)
    site.show(other, OLD)
    site.refresh()
    for night in (1, 2, 3, 8, 15, 23, 30):
        site.night = night
        site.show(url, Answer(hang_up=True) if night % 2 else Answer(503))
        site.show(other, OLD)
        site.refresh()
    assert site.rows("select age_days, verdict from pages where page_id = 'amt-a'")[0][0] in (30, 29)
    assert site.rows("select count(*) from incidents where page_id = 'amt-a'") == [(1,)]
    assert site.rows("select count(*) from alerts where kind = 'incident' and page_id = 'amt-a'") == [(1,)]
    site.night = 31
    site.show(url, NEW)
    site.show(other, OLD)
    _, summary = site.refresh()
    assert summary.exit_status == 0
    assert site.rows("select not_before, not_after from changes where page_id = 'amt-a'") == [
        (night_at(0), night_at(31))
    ]
    assert site.rows("select count(*) from incidents where closed_at is null") == [(0,)]


def test_without_names_of_machines_every_page_fails_as_one_matter(site: Site) -> None:
    """DNS dead: one incident for all pages, no change, every last good version stands."""
    for name in ("amt-a", "amt-b", "amt-c"):
        site.show(site.declare(name, f"https://{name}.invalid/plan"), OLD + name.encode())
    site.refresh()
    settings = replace(site.settings, min_pause_s=0.0)
    night, summary = run(RunRequest(settings, None, site.catalogue), PlainSteps(), NOBODY_LISTENS)
    assert set(verdicts(night).values()) == {"failed:dns"}
    assert (summary.exit_status, summary.changed) == (3, ())
    assert site.rows("select distinct kind from incidents where closed_at is null") == [("mass_failure",)]
    assert site.rows(FIGURES) == [(150.0,)] * 3


@pytest.mark.parametrize("changes", [False, True])
def test_a_clock_that_was_set_back_changes_no_past_and_the_next_right_night_goes_on(
    site: Site, *, changes: bool
) -> None:
    """A night that says it was before the last one is kept as evidence, held back, and told with what to look at."""
    url = site.declare("amt-a")
    site.night = 10
    site.show(url, OLD)
    site.refresh()
    site.night = 3
    site.show(url, NEW if changes else OLD)
    night, summary = site.refresh()
    assert (verdicts(night), summary.exit_status) == ({"amt-a": "suspect:time"}, 3)
    assert "check the clock" in night.pages[0].verdict.detail
    assert site.rows("select observed_at from observations") == [(night_at(10),)]
    assert site.rows("select count(*) from captures") == [(2,)]
    site.night = 11
    site.show(url, NEW)
    site.refresh()
    assert site.rows(FIGURES) == [(170.0,)]
    told = site.rows("select not_before, not_after from changes where entity = 'figure' order by not_after")
    assert told[-1] == (night_at(10), night_at(11))
    assert site.rows("select count(*) from incidents where closed_at is null") == [(0,)]
