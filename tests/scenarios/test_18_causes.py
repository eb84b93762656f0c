"""A declaration and a page that change in the same night: whose fault is what."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.declarations import load_catalogue
from extract.errors import CatalogueError
from tests.scenarios.harness import URL, Play, declared, html
from tests.support.server import Answer
from tests.support.strategy_pages import NORDMARK

EDITED = NORDMARK.with_words("48 Vorhaben", "53 Vorhaben")
WITHOUT_CONTACTS = declared(removals=(".inhalt-kontakt",))


def test_a_mixed_night_is_split_by_cause(tmp_path: Path) -> None:
    """What the new declaration does to the old body is ours; what the page did is the page's, and alone is alerted."""
    with Play(tmp_path) as play:
        play.night({URL: html(NORDMARK)})
        play.pages = (WITHOUT_CONTACTS,)
        told = play.night({URL: html(EDITED)})
        by_cause = {(one.change.cause, one.change.entity, one.alerts) for one in told.dated}
        assert ("page", "figure", True) in by_cause
        assert {(cause, alerts) for cause, entity, alerts in by_cause if entity != "figure"} == {("extractor", False)}
        (alert,) = told.content_alerts
        assert len(alert.change_ids) == 1


@pytest.mark.parametrize("page", [NORDMARK, EDITED])
def test_an_unchanged_declaration_blames_the_page_alone(tmp_path: Path, page: object) -> None:
    """The other column of the square."""
    with Play(tmp_path) as play:
        _, told = play.nights({URL: html(NORDMARK)}, {URL: html(page)})  # type: ignore[arg-type]
        assert {one.change.cause for one in told.dated} <= {"page"}


def test_a_retry_in_the_night_of_the_upgrade_keeps_the_cause(tmp_path: Path) -> None:
    """The first answer fails, the second is the page: still split by cause."""
    with Play(tmp_path) as play:
        play.night({URL: html(NORDMARK)})
        play.pages = (WITHOUT_CONTACTS,)
        told = play.night({URL: (Answer(503), html(EDITED))})
        assert [change.entity for change in told.changes] == ["figure"]


def test_a_failed_night_of_the_upgrade_keeps_the_cause_for_the_next(tmp_path: Path) -> None:
    """The page could not be had: on the next night the stored body is read again first."""
    with Play(tmp_path) as play:
        play.night({URL: html(NORDMARK)})
        play.pages = (WITHOUT_CONTACTS,)
        failed = play.night({URL: Answer(500)})
        told = play.night({URL: html(EDITED)})
        assert failed.dated == ()
        assert [change.entity for change in told.changes] == ["figure"]


def test_an_unknown_key_of_a_declaration_is_a_hard_error(tmp_path: Path) -> None:
    """A misspelt rule is never skipped in silence."""
    entry = '[[page]]\nid = "nm-plan"\nurl = "https://a.example/"\nkind = "strategy"\nis_official = true\n'
    (tmp_path / "de-sh.toml").write_text(f'land = "DE-SH"\n{entry}publisher = "M"\numwandeln = "x"\n', encoding="utf-8")
    with pytest.raises(CatalogueError):
        load_catalogue(tmp_path, check_selector=lambda _selector: None)
