"""A relaunch: other classes and other elements around the same words, and a declaration that lost its place."""

from __future__ import annotations

from pathlib import Path

from extract.model import Element, Locator, RecordKind
from tests.scenarios.harness import URL, Play, declared, html, with_locators
from tests.support.server import Answer
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
FIELDS_ELSEWHERE = NORDMARK.with_part(
    "Handlungsfelder", heading="Was uns leitet", paragraphs=("Vieles greift ineinander. Wir nennen vier Bereiche:",)
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
        assert "Handlungsfelder" in alert.body


def test_what_lost_its_place_keeps_its_last_good_values_with_their_age(tmp_path: Path) -> None:
    """The page still says the words: the fields stand as they were, and the incident says since when."""
    with Play(tmp_path, with_locators(declared(), FIELDS)) as play:
        _, relaunch = play.nights({URL: html(NORDMARK)}, {URL: html(FIELDS_IN_PROSE)})
        names = [name for (name,) in play.query("select name from action_fields order by position")]
        assert tuple(names) == NORDMARK.part("Handlungsfelder").items
        assert "02.03.2026" in relaunch.incidents[0].detail


def test_words_that_went_with_their_place_are_gone(tmp_path: Path) -> None:
    """Nothing is kept that the page does not say any more: removed, and told so."""
    with Play(tmp_path, with_locators(declared(), FIELDS)) as play:
        _, told = play.nights({URL: html(NORDMARK)}, {URL: html(NORDMARK.without("Handlungsfelder"))})
        assert play.query("select count(*) from action_fields") == [(0,)]
        assert {change.kind for change in told.changes if change.entity in ("action_field", "section")} == {"removed"}


def test_the_incident_proposes_where_the_words_stand_now(tmp_path: Path) -> None:
    """Ready to be written into the declaration, tried on the new page: the heading, and in what they stand."""
    with Play(tmp_path, with_locators(declared(), FIELDS)) as play:
        _, relaunch = play.nights({URL: html(NORDMARK)}, {URL: html(FIELDS_ELSEWHERE)})
        proposed = 'under = "Was uns leitet", element = "list_items" (liest 4 von 4)'
        assert proposed in relaunch.incidents[0].detail


def test_words_that_no_declaration_reads_are_named_with_their_place(tmp_path: Path) -> None:
    """In the middle of a sentence: nothing is proposed that would not work."""
    with Play(tmp_path, with_locators(declared(), FIELDS)) as play:
        _, relaunch = play.nights({URL: html(NORDMARK)}, {URL: html(FIELDS_IN_PROSE)})
        assert "4 unter „Woran wir arbeiten“" in relaunch.incidents[0].detail
        assert "Vorschlag" not in relaunch.incidents[0].detail


def test_drift_stays_open_until_the_declaration_is_mended(tmp_path: Path) -> None:
    """Nights without a change say nothing about it; the mended declaration closes it and tells no page change."""
    mended = Locator(records=RecordKind.ACTION_FIELDS, element=Element.LIST_ITEMS, under="Was uns leitet")
    moved = {URL: html(FIELDS_ELSEWHERE, ("ETag", '"neu"'))}
    with Play(tmp_path, with_locators(declared(), FIELDS)) as play:
        told = play.nights({URL: html(NORDMARK)}, moved, moved, {URL: Answer(304)})
        assert [one.incident_actions for one in told] == [[], [("drift", "opened")], [], []]
        play.pages = (with_locators(declared(), mended),)
        after = play.night({URL: Answer(304)})
        assert after.incident_actions == [("drift", "closed")]
        assert after.changes == ()
        assert after.content_alerts == ()
        assert {dated.change.cause for dated in after.dated} <= {"extractor"}
        names = [name for (name,) in play.query("select name from action_fields order by position")]
        assert tuple(names) == NORDMARK.part("Handlungsfelder").items


def test_a_body_without_any_content_is_held_back(play: Play) -> None:
    """A relaunch that renders on the client only."""
    shell = document("Digitalplan", '<div id="app"></div><noscript>Bitte JavaScript aktivieren.</noscript>')
    _, relaunch = play.nights({URL: html(NORDMARK)}, {URL: html(shell)})
    assert relaunch.verdict.startswith("suspect:")
    assert relaunch.dated == ()
