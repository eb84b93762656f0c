"""A page without content that is there again a moment later."""

from __future__ import annotations

from tests.scenarios.harness import URL, Play, html
from tests.support.strategy_pages import NORDMARK, document

BLINK = document("Digitalplan", "<main></main>")


def test_a_second_look_in_the_same_night_finds_the_page(play: Play) -> None:
    """Both answers are kept; the night tells nothing and opens nothing."""
    play.night({URL: html(NORDMARK)})
    told = play.night({URL: (html(BLINK), html(NORDMARK))})
    assert play.asked(1) == 2
    assert (told.verdict, told.dated, told.incidents) == ("verified", (), ())
    (page,) = told.night.pages
    assert [str(judged.verdict) for judged in page.captures if judged.resource == "page"] == [
        "suspect:empty",
        "verified",
    ]
