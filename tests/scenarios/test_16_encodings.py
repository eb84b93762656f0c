"""One text, labelled in many ways."""

from __future__ import annotations

from itertools import pairwise

from tests.scenarios.harness import URL, Play
from tests.support.server import Answer
from tests.support.strategy_pages import NORDMARK, markup

TEXT = markup(NORDMARK.with_words("Ihre Anregungen", "Ihre Wünsche – „größer denken“ – und Anregungen"))
UNLABELLED = TEXT.replace('<meta charset="utf-8">', "")
LATIN = TEXT.replace("utf-8", "windows-1252")


def labelled(body: bytes, content_type: str) -> Answer:
    return Answer(200, body, (("Content-Type", content_type),))


NIGHTS = (
    labelled(TEXT.encode(), "text/html; charset=utf-8"),
    labelled(UNLABELLED.encode(), "text/html"),
    labelled(TEXT.encode(), "text/html; charset=ISO-8859-1"),
    labelled(TEXT.encode(), "text/html"),
    labelled(UNLABELLED.encode("utf-8-sig"), "text/html"),
    labelled(LATIN.encode("windows-1252"), "text/html; charset=windows-1252"),
    labelled(LATIN.encode("windows-1252"), "text/html"),
)


def test_one_text_in_seven_encodings_is_one_version(play: Play) -> None:
    """No night tells a change; how each was decoded, and why, is stored."""
    told = play.nights(*({URL: answer} for answer in NIGHTS))
    assert [one.verdict for one in told] == ["verified"] * 7
    assert all(one.dated == () for one in told)
    assert play.query("select count(distinct version_id) from observations") == [(1,)]
    (missing,) = play.query("select count(*) from store.captures where resource = 'page' and encoding_source is null")
    assert missing == (0,)


def test_encodings_that_alternate_never_flap(play: Play) -> None:
    """Night for night another label: no incident."""
    told = play.nights(*({URL: NIGHTS[n % 2]} for n in range(4)))
    assert all(one.incidents == () for one in told)
    assert all(before.dated == after.dated == () for before, after in pairwise(told))


def test_bytes_that_are_no_text_are_a_failure(play: Play) -> None:
    """Undecodable bytes are never passed on as replacement characters."""
    broken = TEXT.encode().replace("ö".encode(), b"\xff\xfe\xc3").replace("ü".encode(), b"\xc3\x28")
    _, told = play.nights({URL: NIGHTS[0]}, {URL: labelled(broken, "text/html; charset=utf-8")})
    assert told.verdict == "suspect:encoding"
    assert told.dated == ()
    assert not play.query("select 1 from sections where contains(text, '\ufffd')")
