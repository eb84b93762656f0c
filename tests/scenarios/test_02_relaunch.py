"""A relaunch: other classes and other elements around the same words, and a declaration that lost its place."""

from __future__ import annotations

from pathlib import Path

from extract.model import Element, Locator, RecordKind
from tests.scenarios.harness import URL, Play, declared, html, with_locators
from tests.support.strategy_pages import NORDMARK, document, markup

FIELDS = Locator(records=RecordKind.ACTION_FIELDS, element=Element.LIST_ITEMS, under="Handlungsfelder")
FOUND_BY_CLASS = declared(content_root=("main.inhalt",))
RELAUNCHED = markup(NORDMARK, classes="c-2026")
FIELDS_IN_PROSE = NORDMARK.with_part(
    "Handlungsfelder",
    heading="Woran wir arbeiten",
    paragraphs=("Die Vorhaben betreffen Digitale Verwaltung, Vernetzte Küste, Bildung und Daten und Sichere Systeme.",),
    items=(),
)


def test_renamed_classes_are_no_change(play: Play) -> None:
    """The words are the same: nothing is told and nothing is lost."""
    _, relaunch = play.nights({URL: html(NORDMARK)}, {URL: html(RELAUNCHED)})
    assert (relaunch.verdict, relaunch.dated, relaunch.incidents) == ("verified", (), ())


def test_a_content_root_that_matches_nothing_loses_nothing(tmp_path: Path) -> None:
    """The reader finds the main content by itself; not one record goes."""
    with Play(tmp_path, FOUND_BY_CLASS) as play:
        _, relaunch = play.nights({URL: html(NORDMARK)}, {URL: html(RELAUNCHED)})
        assert not [change for change in relaunch.dated if change.change.kind == "removed"]


def test_a_locator_that_lost_its_place_is_drift_and_no_deletion(tmp_path: Path) -> None:
    """The list went, its words stand in a sentence: one incident that says what to do, no field removed."""
    with Play(tmp_path, with_locators(declared(), FIELDS)) as play:
        _, relaunch = play.nights({URL: html(NORDMARK)}, {URL: html(FIELDS_IN_PROSE)})
        assert [kind for kind, _ in relaunch.incident_actions] == ["drift"]
        assert not [change for change in relaunch.changes if change.entity == "action_field"]
        (alert,) = relaunch.incident_alerts
        assert "Fundstelle" in alert.body


def test_mending_the_declaration_tells_no_page_change(tmp_path: Path) -> None:
    """The stored body is read again under the new declaration: what comes of it is caused by the extractor."""
    with Play(tmp_path, with_locators(declared(), FIELDS)) as play:
        play.nights({URL: html(NORDMARK)}, {URL: html(NORDMARK)})
        play.pages = (
            with_locators(declared(), Locator(RecordKind.GOALS, Element.LIST_ITEMS, under="Handlungsfelder")),
        )
        mended = play.night({URL: html(NORDMARK)})
        assert mended.changes == ()
        assert mended.content_alerts == ()
        assert {dated.change.cause for dated in mended.dated} == {"extractor"}


def test_a_body_without_any_content_is_held_back(play: Play) -> None:
    """A relaunch that renders on the client only."""
    shell = document("Digitalplan", '<div id="app"></div><noscript>Bitte JavaScript aktivieren.</noscript>')
    _, relaunch = play.nights({URL: html(NORDMARK)}, {URL: html(shell)})
    assert relaunch.verdict.startswith("suspect:")
    assert relaunch.dated == ()
