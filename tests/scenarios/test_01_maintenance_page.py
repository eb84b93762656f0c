"""A maintenance page with status 200: held back, told as an incident, healed by itself."""

from __future__ import annotations

from tests.scenarios.harness import URL, Play, html
from tests.support.strategy_pages import NORDMARK, document

MAINTENANCE = document(
    "Wartungsarbeiten",
    "<main><h1>Wartungsarbeiten</h1><p>Das Angebot wird gerade gewartet. Bitte kommen Sie später wieder.</p></main>",
)


def test_a_maintenance_page_deletes_nothing_and_heals_by_itself(play: Play) -> None:
    """Neither "removed" on the second night nor "added" on the third; one incident, no content alert."""
    _, second, third = play.nights({URL: html(NORDMARK)}, {URL: html(MAINTENANCE)}, {URL: html(NORDMARK)})
    assert second.verdict == "suspect:maintenance"
    assert second.incident_actions == [("suspect", "opened")]
    assert third.verdict == "verified"
    assert third.incident_actions == [("suspect", "closed")]
    assert second.dated == third.dated == ()
    assert second.content_alerts == third.content_alerts == ()


def test_the_tables_show_the_last_good_version_with_its_age(play: Play) -> None:
    """While the portal is maintained, readers see the first night's records, marked as last verified then."""
    play.nights({URL: html(NORDMARK)}, {URL: html(MAINTENANCE)})
    assert play.query("select count(*) from goals") == [(3,)]
    assert play.query(
        "select last_verified_at = ?::timestamptz, verdict from pages".replace("?", f"'{play.time_of(0)}'")
    ) == [(True, "suspect:maintenance")]


def test_the_maintenance_page_is_kept_as_evidence(play: Play) -> None:
    """The raw answer of the second night lies in the archive; its words are no version."""
    play.nights({URL: html(NORDMARK)}, {URL: html(MAINTENANCE)})
    kept = play.query("select warc_file is not null from captures where verdict = 'suspect:maintenance'")
    assert kept
    assert all(row == (True,) for row in kept)
    assert play.query("select count(distinct version_id) from observations") == [(1,)]


def test_the_incident_is_told_by_the_pages_name_in_words_that_anybody_understands(play: Play) -> None:
    """Not our words for verdicts: those stand at the end, for whoever mends it."""
    _, second = play.nights({URL: html(NORDMARK)}, {URL: html(MAINTENANCE)})
    (alert,) = second.incident_alerts
    assert NORDMARK.title in alert.subject
    assert "steht dort zurzeit ein Hinweis auf Wartungsarbeiten" in alert.body
    assert "Technisch: suspect:maintenance" in alert.body
