"""What no reader sees is no change; what only looks small is one."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.scenarios.harness import URL, Play, html
from tests.support.strategy_pages import NORDMARK, markup

PAGE = NORDMARK.with_part(
    "Umsetzung",
    paragraphs=(
        "Die Förderung „Häfen“ läuft 2024–2026 – sie umfasst 1,5 Mio. Euro.",
        "Der Anteil der Küstenorte beträgt 5 % und soll weiter steigen.",
    ),
)
PLAIN = markup(PAGE)


@pytest.fixture(scope="module")
def one_night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation that saw the page once."""
    return Play.left_after(tmp_path_factory.mktemp("eine-nacht"), {URL: html(PLAIN)})


@pytest.fixture
def play(one_night: Path, tmp_path: Path) -> Iterator[Play]:
    """Such an installation, in its second night."""
    with Play.going_on(one_night, tmp_path) as running:
        yield running


@pytest.mark.parametrize(
    "changed",
    [
        lambda text: text.replace("1,5 Mio. Euro", "1,5\u00a0Mio.\u202fEuro"),
        lambda text: text.replace("Förderung", "För\u00adde\u00adrung"),
        lambda text: text.replace("Häfen", "Hä\u200bfen"),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("„Häfen“", '"Häfen"'),
        lambda text: text.replace("„Häfen“", "»Häfen«"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace(" – sie", " &ndash; sie"),
        lambda text: text.replace("ö", "&ouml;").replace("ä", "&#228;").replace("ü", "&#xfc;"),
        lambda text: text.replace("</p><p", "</p>\n\n     <p"),
        lambda text: text.replace("<main", "<!-- erzeugt am 3. April um 11:02 Uhr --><main"),
    ],
    ids=(
        *("spaces", "soft hyphens", "zero width", "NFD", "straight quotes", "guillemets", "CRLF", "dash entity"),
        *("entities", "white space", "comment"),
    ),
)
def test_what_nobody_sees_is_no_change(play: Play, changed: Callable[[str], str]) -> None:
    """Equal content, other bytes: observed, and the other bytes are kept."""
    assert changed(PLAIN) != PLAIN
    told = play.night({URL: html(changed(PLAIN))})
    assert (told.verdict, told.dated) == ("verified", ())
    assert play.query("select count(distinct body_sha256) from captures where verdict = 'verified'") == [(2,)]
    assert play.query("select count(distinct version_id) from observations") == [(1,)]


@pytest.mark.parametrize(
    ("before", "after"),
    [("1,5 Mio.", "15 Mio."), ("5 %", "5"), ("2024–2026", "20242026"), ("Förderung", "Forderung"), ("läuft", "lauft")],
)
def test_what_looks_small_is_a_change(play: Play, before: str, after: str) -> None:
    """Nothing inside a number or a word is folded away."""
    told = play.night({URL: html(PAGE.with_words(before, after))})
    assert len(told.changes) == 1
