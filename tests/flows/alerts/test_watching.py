"""The dead man's switch: it alerts although nothing runs, and once an outage."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from flows.examining import Level, examine
from flows.settings import Settings
from flows.watching import Watched, tell_failed_run, watch
from tests.flows.alerts.messages import routes_file
from tests.support.portals import of_group
from tests.support.receivers import Webhook
from tests.warehouse.nights import declared, missed, night, night_at, seen
from transform.portal_groups import PortalGroup
from warehouse.database import Warehouse
from warehouse.publish import publish
from warehouse.query import query_published

PAGE = declared()
FRESH = night_at(1)
STALE = night_at(0) + timedelta(hours=37)


@pytest.fixture(scope="module")
def after_one_night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an installation whose last page was verified in night 0; not to be written to."""
    settings = Settings(data=tmp_path_factory.mktemp("bestand"))
    load(settings, 0)
    return settings.data


@pytest.fixture
def covered(after_one_night: Path, tmp_path: Path, hook: Webhook) -> Settings:
    """Such an installation; its incidents go to the webhook."""
    settings = Settings(data=tmp_path / "data")
    shutil.copytree(after_one_night, settings.data)
    routes_file(
        settings,
        f'[route.betrieb]\nkind = "incident"\nchannels = ["haken"]\n[channel.haken]\nurl = "{hook.url()}"\n'
        '[route.leitung]\nkind = "content"\nchannels = ["file"]\n',
    )
    return settings


def load(settings: Settings, number: float, *, verified: bool = True) -> None:
    with Warehouse.open(settings.warehouse) as warehouse:
        at = night_at(number)
        page = seen(PAGE, at, "Funk") if verified else missed(PAGE, at)
        warehouse.load(night(number, page), finished_at=at)
        publish(warehouse, settings.published)


def test_fresh_coverage_is_silent(covered: Settings, hook: Webhook) -> None:
    assert watch(covered, FRESH) == Watched(night_at(0), is_fresh=True)
    assert hook.calls == []


def test_a_run_under_way_is_neither_disturbed_nor_taken_for_an_outage(covered: Settings, hook: Webhook) -> None:
    with Warehouse.open(covered.warehouse):
        assert watch(covered, FRESH) == Watched(night_at(0), is_fresh=True)
    assert hook.calls == []


def test_an_outage_is_told_once_however_often_it_is_looked_at(covered: Settings, hook: Webhook) -> None:
    told = [watch(covered, STALE + timedelta(hours=hours)).alerted for hours in range(4)]
    assert told == [True, False, False, False]
    [call] = hook.calls
    assert call.content["title"] == "Strategiemonitor: Keine frische Prüfung mehr"
    assert "zuletzt am 01.03.2026 um 04:10 Uhr" in call.content["message"]
    assert "Was zu tun ist: Prüfen, ob" in call.content["message"]


def test_runs_that_see_no_page_do_not_count(covered: Settings) -> None:
    load(covered, 1, verified=False)
    assert watch(covered, STALE) == Watched(night_at(0), is_fresh=False, alerted=True)


def test_the_outage_is_an_incident_until_a_page_is_verified(covered: Settings) -> None:
    watch(covered, STALE)
    told = query_published(covered.published, "select page_id, kind, closed_at from incidents").rows
    assert told == ((None, "stale", None),)


def test_the_next_outage_is_told_again(covered: Settings, hook: Webhook) -> None:
    watch(covered, STALE)
    load(covered, 2)
    assert watch(covered, night_at(2)).is_fresh
    assert watch(covered, night_at(2) + timedelta(hours=37)).alerted
    assert len({call.key for call in hook.calls}) == 2


def test_an_alert_that_is_refused_comes_again(covered: Settings, hook: Webhook) -> None:
    hook.answers = [503]
    watch(covered, STALE)
    hook.answers = [200]
    assert not watch(covered, STALE + timedelta(hours=1)).alerted, "it was opened before"
    assert [call.status for call in hook.calls] == [503, 200]
    assert len({call.key for call in hook.calls}) == 1


def test_a_run_that_hangs_cannot_keep_the_watchdog_silent(covered: Settings, hook: Webhook) -> None:
    """Another process holds the writer's file: the channels are told directly, each once."""
    with Warehouse.open(covered.warehouse):
        told = [watch(covered, STALE + timedelta(hours=hours)).alerted for hours in range(3)]
    assert told == [True, False, False]
    assert len(hook.calls) == 1
    watch(covered, STALE + timedelta(hours=4))
    assert len({call.key for call in hook.calls}) == 1, "through the outbox it has the same key"


def test_what_went_through_the_outbox_is_not_told_directly_again(covered: Settings, hook: Webhook) -> None:
    watch(covered, STALE)
    with Warehouse.open(covered.warehouse):
        assert not watch(covered, STALE + timedelta(hours=1)).alerted
    assert len(hook.calls) == 1


def test_a_damaged_warehouse_cannot_keep_the_watchdog_silent(covered: Settings, hook: Webhook) -> None:
    covered.warehouse.write_bytes(b"kaputt" * 1000)
    assert watch(covered, STALE).alerted
    assert len(hook.calls) == 1


def test_an_installation_that_never_saw_a_page_is_told(settings: Settings) -> None:
    settings.warehouse.unlink()
    assert watch(settings, FRESH) == Watched(None, is_fresh=False, alerted=True)
    [written] = settings.alerts.glob("*.md")
    assert "bisher nie" in written.read_text(encoding="utf-8")


def test_how_long_is_too_long_is_a_setting(covered: Settings) -> None:
    patient = Settings(data=covered.data, fresh_hours=24 * 8)
    assert watch(patient, night_at(7)).is_fresh
    assert not watch(patient, night_at(9)).is_fresh


def found(settings: Settings, name: str) -> list[tuple[Level, str]]:
    return [(one.level, one.found) for one in examine(settings, now=FRESH) if one.name == name]


def test_the_doctor_names_a_channel_that_cannot_be_set_up(covered: Settings) -> None:
    routes_file(
        covered, '[route.a]\nkind = "content"\nchannels = ["x"]\n[channel.x]\nurl = "json://${FEHLT}@nord.example"'
    )
    assert found(covered, "routes") == [(Level.BROKEN, "channel x: The environment variable FEHLT is not set.")]


def test_the_doctor_warns_of_a_password_in_the_file(covered: Settings) -> None:
    url = "mailto://monitor:geheim7@nord.example?to=a@nord.example"
    routes_file(covered, f'[route.a]\nkind = "content"\nchannels = ["x"]\n[channel.x]\nurl = "{url}"')
    assert found(covered, "routes") == [(Level.WATCH, "channel x has its password in the file")]


def test_the_doctor_tells_of_messages_that_nobody_takes(covered: Settings, hook: Webhook) -> None:
    hook.answers = [503]
    watch(covered, STALE)
    [(level, said)] = found(covered, "deliveries")
    assert level is Level.WATCH
    assert said.startswith("1 pending on haken: ")
    assert "503" in said


def test_a_failed_run_is_told_once_until_a_page_is_verified_again(covered: Settings, hook: Webhook) -> None:
    """Five nights that fail for one reason are one incident."""
    at = night_at(1) + timedelta(hours=1)
    told = [tell_failed_run(covered, f"lauf-{number}", "disk full", at) for number in range(3)]
    assert told == [True, False, False]
    assert hook.calls[0].content["title"] == "Strategiemonitor: Ein Lauf ist gescheitert"
    assert "Der Lauf lauf-0 ist gescheitert: disk full" in hook.calls[0].content["message"]
    assert len(hook.calls) == 1


def test_a_run_that_was_loaded_without_a_page_is_told_by_its_own_incidents(covered: Settings, hook: Webhook) -> None:
    with Warehouse.open(covered.warehouse) as warehouse:
        warehouse.load(night(1, missed(PAGE, night_at(1))), finished_at=night_at(1))
    assert not tell_failed_run(covered, "lauf-1", "0 of 1 pages", night_at(1) + timedelta(minutes=1))
    assert hook.calls == []


def test_a_failed_run_is_told_although_the_file_is_held(covered: Settings, hook: Webhook) -> None:
    with Warehouse.open(covered.warehouse):
        assert tell_failed_run(covered, "lauf-1", "killed", night_at(1) + timedelta(hours=1))
    assert len(hook.calls) == 1


ONE, TWO = PortalGroup(1, 2), PortalGroup(2, 2)
OF_ONE, OF_TWO = (
    replace(declared(f"seite-{group.number}"), url=f"https://{of_group(group)[0]}/plan") for group in (ONE, TWO)
)


@pytest.fixture
def shared(tmp_path: Path, hook: Webhook) -> Settings:
    """An installation whose nights are shared by two runs; in night 1 that of the second group stayed away."""
    settings = Settings(data=tmp_path / "data", portal_groups=2)
    settings.data.mkdir()
    routes_file(
        settings,
        f'[route.betrieb]\nkind = "incident"\nchannels = ["haken"]\n[channel.haken]\nurl = "{hook.url()}"\n',
    )
    with Warehouse.open(settings.warehouse) as warehouse:
        for number, pages in enumerate([(OF_ONE, OF_TWO), (OF_ONE,)]):
            for page in pages:
                at = night_at(number)
                told = night(
                    number, seen(page, at, "Funk"), run_id=f"{page.page_id}-{number}", catalogue=(OF_ONE, OF_TWO)
                )
                warehouse.load(told, finished_at=at)
        publish(warehouse, settings.published)
    return settings


def test_a_group_of_portals_that_stays_away_does_not_hide_behind_the_others(shared: Settings, hook: Webhook) -> None:
    assert watch(shared, FRESH).is_fresh
    found = [watch(shared, STALE) for _ in range(2)]
    assert [one.alerted for one in found] == [True, False]
    assert found[0].sentence == "group 2/2: no page verified since 2026-03-01 03:10 UTC"
    assert "Gruppe 2/2: Eine Seite wurde zuletzt am 01.03.2026" in hook.calls[0].content["message"]
    told = {result.found: result.level for result in examine(shared, now=STALE) if result.name == "coverage"}
    assert list(told.values()) == [Level.BROKEN, Level.WELL]


def test_a_failed_run_is_told_although_the_other_group_was_loaded_just_now(shared: Settings, hook: Webhook) -> None:
    at = night_at(1)
    assert not tell_failed_run(shared, "lauf-1", "0 of 1 pages", at, ONE), "it was loaded itself"
    assert tell_failed_run(shared, "lauf-2", "disk full", at, TWO)
    assert not tell_failed_run(shared, "lauf-3", "disk full", at, TWO)
    assert tell_failed_run(shared, "lauf-4", "disk full", at + timedelta(hours=1), ONE), "another group's is its own"
    assert len(hook.calls) == 2
