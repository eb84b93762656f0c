"""The Atom feed: stable ids, written whole, and no harm in hostile words."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.channel_setup import channels_of
from flows.delivering import deliver_pending
from flows.feed import KEPT, FeedEntry, atom
from flows.settings import Settings
from tests.flows.alerts.messages import LATER, NOW, alert, routes_file
from warehouse.database import Warehouse
from warehouse.publish import publish

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(content: bytes) -> list[ET.Element]:
    return ET.fromstring(content).findall(f"{ATOM}entry")


def text(element: ET.Element, name: str) -> str:
    found = element.find(f"{ATOM}{name}")
    assert found is not None
    return found.text or ""


def entry(number: int, **more: str) -> FeedEntry:
    return FeedEntry(
        key=f"schluessel-{number}",
        title=more.get("title", f"Änderung {number}"),
        html=more.get("html", "<p>Neu</p>"),
        written_at=NOW + timedelta(minutes=number),
        page_url="https://nord.example/plan?a=1&b=2",
    )


def test_the_latest_entry_comes_first_and_each_once() -> None:
    content = atom([entry(1), entry(2), entry(1)])
    assert [text(one, "title") for one in entries(content)] == ["Änderung 2", "Änderung 1"]


def test_an_entry_keeps_its_id_whatever_stands_around_it() -> None:
    before = {text(one, "title"): text(one, "id") for one in entries(atom([entry(1)]))}
    after = {text(one, "title"): text(one, "id") for one in entries(atom([entry(2), entry(1)]))}
    assert after["Änderung 1"] == before["Änderung 1"]
    assert after["Änderung 1"].startswith("urn:uuid:")
    assert after["Änderung 1"] != after["Änderung 2"]


def test_the_feed_says_what_rfc_4287_asks_for() -> None:
    feed = ET.fromstring(atom([entry(1)]))
    assert [text(feed, name) != "" for name in ("id", "title", "updated")] == [True] * 3
    [one] = feed.findall(f"{ATOM}entry")
    content = one.find(f"{ATOM}content")
    assert content is not None
    assert (content.get("type"), content.text) == ("html", "<p>Neu</p>")
    link = one.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == "https://nord.example/plan?a=1&b=2"
    assert text(one, "updated").startswith("2026-05-04T02:11:00")


def test_only_the_latest_are_kept() -> None:
    kept = entries(atom(entry(number) for number in range(KEPT + 5)))
    assert len(kept) == KEPT
    assert text(kept[0], "title") == f"Änderung {KEPT + 4}"


@given(title=st.text(max_size=30), html=st.text(max_size=30))
@settings(max_examples=60)
def test_any_words_of_a_page_make_a_feed_that_can_be_read(title: str, html: str) -> None:
    [one] = entries(atom([entry(1, title=title, html=html)]))
    assert one.find(f"{ATOM}script") is None
    assert len(list(one)) == len(list(entries(atom([entry(1)]))[0]))


def test_mark_up_in_a_title_stays_words() -> None:
    hostile = "</title><script>alert('x')</script>&amp;"
    [one] = entries(atom([entry(1, title=hostile)]))
    assert text(one, "title") == hostile


def test_a_first_delivery_makes_an_empty_feed_and_a_later_one_fills_it(
    warehouse: Warehouse, settings: Settings
) -> None:
    publish(warehouse, settings.published)
    deliver_pending(warehouse, channels_of(settings), NOW)
    assert entries(settings.feed.read_bytes()) == []
    for number, at in ((1, NOW), (2, LATER)):
        warehouse.add_alerts([alert(number, "feed", page_id=None)], at)
        assert deliver_pending(warehouse, channels_of(settings), at).delivered == 1
        publish(warehouse, settings.published)
    assert [text(one, "title") for one in entries(settings.feed.read_bytes())] == [alert(2).subject, alert(1).subject]
    assert list(settings.feed.parent.glob(".*.partial")) == []


def test_a_lost_feed_comes_back_with_its_earlier_entries(warehouse: Warehouse, settings: Settings) -> None:
    warehouse.add_alerts([alert(1, "feed", page_id=None)], NOW)
    deliver_pending(warehouse, channels_of(settings), NOW)
    publish(warehouse, settings.published)
    before = settings.feed.read_bytes()
    settings.feed.unlink()
    deliver_pending(warehouse, channels_of(settings), LATER)
    assert settings.feed.read_bytes() == before


def test_a_feed_that_cannot_be_written_leaves_its_messages_waiting(
    warehouse: Warehouse, settings: Settings, tmp_path: Path
) -> None:
    settings.feed.mkdir(parents=True)
    warehouse.add_alerts([alert(1, "feed", "file", page_id=None)], NOW)
    report = deliver_pending(warehouse, channels_of(settings), NOW)
    assert (report.delivered, report.waiting) == (1, 1)


@pytest.mark.parametrize("name", ["feed", "neues"])
def test_a_feed_may_have_any_name(warehouse: Warehouse, settings: Settings, name: str) -> None:
    declared = "" if name == "feed" else f'[channel.{name}]\ntype = "feed"\n'
    routes_file(settings, f'[route.leitung]\nkind = "content"\nchannels = ["{name}"]\n{declared}')
    warehouse.add_alerts([alert(1, name, page_id=None)], NOW)
    assert deliver_pending(warehouse, channels_of(settings), NOW).delivered == 1
    assert len(entries(settings.feed.read_bytes())) == 1
