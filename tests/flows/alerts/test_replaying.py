"""What a route would have sent, and trials, through the command line as a person types it."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from flows.cli import app
from flows.settings import Settings
from tests.flows.alerts.messages import channel_file, routes_file
from tests.flows.site import Site, page
from tests.support.receivers import MailServer, Webhook
from tests.warehouse.nights import changed, declared, night, night_at, seen
from transform.change import Cause
from transform.incidents import stale_event
from warehouse.database import Warehouse
from warehouse.publish import publish
from warehouse.query import query_published

NORTH, SOUTH = declared("nd-strategie"), declared("nd-plan")


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder after three nights (1 to 3 March 2026) without a word to anybody; not to be written to."""
    settings = Settings(data=tmp_path_factory.mktemp("bestand"))
    with Warehouse.open(settings.warehouse) as warehouse:
        for number, (north, south) in enumerate((("Funk", "Netz"), ("Glasfaser", "Netz"), ("Glasfaser", "Kabel"))):
            at = night_at(number)
            told_north = (changed(NORTH, (0, "Funk"), (1, "Glasfaser")),) if number == 1 else ()
            told_south = (changed(SOUTH, (1, "Netz"), (2, "Kabel")),) if number == 2 else ()
            ours = (changed(SOUTH, (0, "Netz"), (2, "Kabel"), cause=Cause.EXTRACTOR),) if number == 2 else ()
            pages = (seen(NORTH, at, north, changes=told_north), seen(SOUTH, at, south, changes=told_south + ours))
            warehouse.load(night(number, *pages), finished_at=at)
        warehouse.open_outage(stale_event(night_at(2), night_at(4)), (), night_at(4))
        publish(warehouse, settings.published)
    return settings.data


@pytest.fixture
def stored(history: Path, tmp_path: Path) -> Settings:
    """Such an installation."""
    settings = Settings(data=tmp_path / "data")
    shutil.copytree(history, settings.data)
    return settings


def run(settings: Settings, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["--data", str(settings.data), "alerts", *arguments])


def replayed(settings: Settings, *arguments: str) -> list[tuple[str, list[str | None]]]:
    """Route and pages of each message."""
    result = run(settings, "replay", "--json", *arguments)
    assert result.exit_code == 0, result.output
    return [(one["route"], [message["page"] for message in one["messages"]]) for one in json.loads(result.stdout)]


def test_the_usual_routes_would_have_told_each_page_and_the_outage(stored: Settings) -> None:
    assert replayed(stored, "--since", "2026-03-01") == [
        ("changes", ["nd-strategie"]),
        ("changes", ["nd-plan"]),
        ("operations", [None]),
    ]


def test_only_one_route_and_only_from_a_day_on(stored: Settings) -> None:
    assert replayed(stored, "--since", "2026-03-03", "--route", "changes") == [("changes", ["nd-plan"])]
    assert replayed(stored, "--since", "2026-03-07") == []


def test_another_file_shows_another_past(stored: Settings) -> None:
    """The question before a route is changed: what would I have got?  Night 1 still belongs to the week before."""
    routes_file(
        stored,
        '[route.woche]\nkind = "content"\nwhen = "weekly"\npage = ["nd-plan", "nd-strategie"]\nchannels = ["file"]',
    )
    assert replayed(stored, "--since", "2026-03-01") == [("woche", ["nd-strategie"]), ("woche", ["nd-plan"])]
    routes_file(stored, '[route.nacht]\nkind = "incident"\nwhen = "nightly"\nchannels = ["file"]')
    assert replayed(stored, "--since", "2026-03-01") == [("nacht", [None])]
    routes_file(stored, '[route.streng]\nkind = "content"\nleast_significance = 0.95\nchannels = ["file"]')
    assert replayed(stored, "--since", "2026-03-01") == []


def test_a_replay_has_the_key_that_the_message_had(stored: Settings) -> None:
    """So a receiver's own records can be compared with it."""
    keys = [
        message["key"]
        for _ in range(2)
        for one in json.loads(run(stored, "replay", "--since", "2026-03-01", "--json").stdout)
        for message in one["messages"]
    ]
    assert len(set(keys)) == len(keys) // 2 == 3


def test_a_replay_writes_nothing(stored: Settings) -> None:
    before = {path: path.read_bytes() for path in stored.data.rglob("*") if path.is_file()}
    run(stored, "replay", "--since", "2026-03-01")
    assert {path: path.read_bytes() for path in stored.data.rglob("*") if path.is_file()} == before


def test_a_person_reads_when_and_to_whom(stored: Settings) -> None:
    shown = run(stored, "replay", "--since", "2026-03-01", "--text").stdout
    assert "2026-03-02 04:10  changes  → console, file, feed" in shown
    assert "Digitales Norddorf" in shown
    assert "Zahl der Ziele: 4 → 9" in shown
    assert "3 alerts in 3 messages would have been sent." in shown


def test_mistakes_of_usage_say_what_to_write(stored: Settings) -> None:
    assert "is no date" in str(run(stored, "replay", "--since", "gestern").exception)
    assert "no route 'nix'" in str(run(stored, "replay", "--since", "2026-03-01", "--route", "nix").exception)


def test_a_trial_reaches_every_channel_and_says_that_it_is_one(
    stored: Settings, mail: MailServer, hook: Webhook
) -> None:
    channel_file(stored, post=mail.url(), haken=hook.url())
    result = run(stored, "test", "--route", "leitung")
    assert result.exit_code == 0, result.output
    assert "✓ leitung → post: 250 taken as 4711" in result.stdout
    [arrived], [call] = mail.mails, hook.calls
    assert arrived["Subject"] == "[TEST] Probe: Strategiemonitor erreicht die Route „leitung“"
    assert arrived["X-Strategiemonitor-Kind"] == call.content["kind"] == "trial"
    told = query_published(stored.published, "select kind, page_id, len(change_ids) from alerts").rows
    assert told == (("trial", None, 0),)


def test_each_trial_is_a_new_message(stored: Settings, hook: Webhook) -> None:
    channel_file(stored, haken=hook.url())
    run(stored, "test")
    run(stored, "test")
    assert len({call.key for call in hook.calls}) == 2


def test_a_trial_that_is_refused_ends_with_status_1_and_the_reason(stored: Settings, hook: Webhook) -> None:
    channel_file(stored, haken=hook.url())
    hook.answers = [410]
    result = run(stored, "test")
    assert result.exit_code == 1
    assert "✗ leitung → haken" in result.stdout
    assert "410" in result.stdout


def test_a_trial_of_a_weekly_route_goes_out_at_once(stored: Settings, hook: Webhook) -> None:
    routes_file(
        stored,
        '[route.woche]\nkind = "content"\nwhen = "weekly"\nlanguage = "en"\nchannels = ["haken"]\n'
        f'[channel.haken]\nurl = "{hook.url()}"',
    )
    run(stored, "test")
    assert hook.calls[0].content["title"] == "[TEST] Trial: Strategiemonitor reaches the route “woche”"
    assert hook.calls[0].content["message"].startswith("This is a trial.")


def test_nights_after_the_outage_are_dated_by_their_loading(stored: Settings) -> None:
    [first, *_] = json.loads(run(stored, "replay", "--since", "2026-03-01", "--json").stdout)
    assert first["due_at"] == (night_at(0) + timedelta(days=1)).isoformat()


def test_a_page_goes_by_the_title_that_it_gives_itself_where_none_is_declared(site: Site) -> None:
    """In the night itself and in a replay of it."""
    url = site.declare("nord")
    site.show(url, page("Bis 2027 fördert das Land 150 Vorhaben.", title="Nordland digital"))
    site.refresh()
    site.night = 1
    site.show(url, page("Bis 2027 fördert das Land 170 Vorhaben.", title="Nordland digital"))
    site.refresh()
    with Warehouse.open(site.settings.warehouse) as warehouse:
        publish(warehouse, site.settings.published)
    [(written,)] = query_published(site.settings.published, "select subject from alerts where kind = 'content'").rows
    assert "Nordland digital – " in written
    [one] = json.loads(run(site.settings, "replay", "--since", "2026-01-01", "--route", "changes", "--json").stdout)
    assert one["messages"][0]["subject"] == written
