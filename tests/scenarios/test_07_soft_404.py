"""A page that was taken away behind a redirect or a friendly text."""

from __future__ import annotations

import pytest

from tests.scenarios.harness import URL, Answers, Play, html, redirect
from tests.support.strategy_pages import NORDMARK, document

HOST = "https://digital.nordmark.example"
HOME = document(
    "Willkommen in Nordmark",
    "<main><h1>Willkommen in Nordmark</h1>"
    + "".join(
        f"<h2>Thema {n}</h2><p>Hier erfahren Sie Neues aus dem Land und seinen Gemeinden. Nachricht {n} steht hier.</p>"
        for n in range(12)
    )
    + "</main>",
)
MISSING = document(
    "Nicht gefunden", "<main><h1>Seite nicht gefunden</h1><p>Die gewünschte Seite gibt es hier nicht mehr.</p></main>"
)


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ({URL: redirect(f"{HOST}/"), f"{HOST}/": html(HOME)}, "suspect:redirect_home"),
        ({URL: redirect(f"{HOST}/index.html", 302), f"{HOST}/index.html": html(HOME)}, "suspect:redirect_home"),
        ({URL: redirect(f"{HOST}/startseite", 302), f"{HOST}/startseite": html(HOME)}, "suspect:redirect_home"),
        (
            {URL: html('<html><head><meta http-equiv="refresh" content="0; url=/"></head><body>Weiter</body></html>')},
            "suspect:redirect_home",
        ),
        ({URL: html(MISSING)}, "suspect:soft_404"),
        (
            {URL: redirect("https://www.anderswo.example/"), "https://www.anderswo.example/": html(HOME)},
            "suspect:redirect_home",
        ),
        (
            {URL: redirect("https://www.anderswo.example/plan"), "https://www.anderswo.example/plan": html(HOME)},
            "suspect:redirect_host",
        ),
    ],
    ids=["root", "index", "startseite", "meta refresh", "text", "other host's home", "other host"],
)
def test_a_start_page_is_never_read_as_the_strategy(known: Play, answers: dict[str, Answers], verdict: str) -> None:
    """The address answers, but not with the page: an incident, and the last good version stands."""
    told = known.night(answers)
    assert told.verdict == verdict
    assert told.dated == ()
    assert told.incident_actions == [("suspect", "opened")]
    assert known.query("select title from pages") == [(NORDMARK.title,)]


def test_the_chain_of_redirects_is_evidence(play: Play) -> None:
    """The capture names where it ended, and that there was a redirect."""
    play.nights({URL: html(NORDMARK)}, {URL: redirect(f"{HOST}/"), f"{HOST}/": html(HOME)})
    rows = play.query("select final_url, status from captures where verdict = 'suspect:redirect_home'")
    assert set(rows) == {(f"{HOST}/", 200)}
    assert play.query("select max(redirects) from captures where verdict = 'suspect:redirect_home'") == [(1,)]


def test_the_incident_names_where_the_page_leads(play: Play) -> None:
    """Whoever mends the catalogue needs the target, not the wording of a class."""
    _, told = play.nights({URL: html(NORDMARK)}, {URL: redirect(f"{HOST}/"), f"{HOST}/": html(HOME)})
    (incident,) = told.incidents
    assert f"{HOST}/" in incident.detail


def test_the_same_words_on_another_host_are_a_move(play: Play) -> None:
    """A permanent redirect to another host that shows the known content: judged by what it shows."""
    there = "https://plan.nordmark-digital.example/digitalplan"
    play.night({URL: html(NORDMARK)})
    told = play.night({URL: redirect(there), there: html(NORDMARK)})
    assert (told.verdict, told.kinds) == ("verified", ["page moved url"])
