"""Many pages of a portal that all end in one place on the same night."""

from __future__ import annotations

from pathlib import Path

from tests.scenarios.harness import Play, declared, html, redirect
from tests.support.strategy_pages import NORDMARK, document

HOST = "https://digital.nordmark.example"
PAGES = tuple(declared(f"{HOST}/strategie/teil-{n}", f"teil-{n}") for n in range(8))
NOTE = document(
    "Hinweis",
    "<main><h1>Hinweis zu diesem Angebot</h1>"
    + "<p>Die Inhalte des Digitalplans ziehen um. Wir bitten um Geduld und danken für Ihr Interesse an der Arbeit.</p>"
    * 14
    + "</main>",
)
GOOD = {page.url: html(NORDMARK.with_words("48 Vorhaben", f"{20 + n} Vorhaben")) for n, page in enumerate(PAGES)}


def test_a_shared_address_is_one_incident_for_all(tmp_path: Path) -> None:
    """Eight pages lead to one notice: all held back, one incident that counts them, one alert."""
    with Play(tmp_path, *PAGES) as play:
        play.night(GOOD)
        told = play.night(
            {**{page.url: redirect(f"{HOST}/hinweis", 302) for page in PAGES}, f"{HOST}/hinweis": html(NOTE)}
        )
        assert set(told.verdicts.values()) == {"suspect:error_sink"}
        assert told.incident_actions == [("error_sink", "opened")]
        (alert,) = told.incident_alerts
        assert "8" in alert.body
        assert told.dated == ()


def test_one_identical_body_is_one_incident_for_all(tmp_path: Path) -> None:
    """The same notice under each address."""
    with Play(tmp_path, *PAGES) as play:
        play.night(GOOD)
        told = play.night({page.url: html(NOTE) for page in PAGES})
        assert set(told.verdicts.values()) == {"suspect:error_sink"}
        assert told.incident_actions == [("error_sink", "opened")]


def test_the_incident_closes_when_the_pages_are_back(tmp_path: Path) -> None:
    """It goes on for a second night without another alert, and heals silently."""
    with Play(tmp_path, *PAGES) as play:
        sink = {page.url: html(NOTE) for page in PAGES}
        told = play.nights(GOOD, sink, sink, GOOD)
        assert [one.incident_actions for one in told] == [
            [],
            [("error_sink", "opened")],
            [("error_sink", "updated")],
            [("error_sink", "closed")],
        ]
        assert sum(len(one.incident_alerts) for one in told) == 1
        assert all(one.content_alerts == () for one in told)


def test_a_short_notice_under_each_address_is_grouped_as_well(tmp_path: Path) -> None:
    """Each page alone would be suspect of maintenance; together they are one incident."""
    note = document("Wartung", "<main><h1>Wartungsarbeiten</h1><p>Wir sind bald zurück.</p></main>")
    with Play(tmp_path, *PAGES) as play:
        told = play.nights(GOOD, {page.url: html(note) for page in PAGES})[1]
        assert len(told.incident_alerts) == 1
