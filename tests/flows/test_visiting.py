"""Visits over real HTTP: one page's trouble stays its own, a second look heals, evidence is read again when needed."""

from __future__ import annotations

import logging

import pytest

from flows import visiting
from tests.flows.site import COMMON, MAINTENANCE, Site, page, seen, verdicts
from tests.support.server import Answer
from transform.change import Cause
from transform.document import Reading
from transform.night import Night
from transform.reading.body import read_body

LIST = "<h2>Was ansteht</h2><ul><li>Schnellere Ämter</li><li>Weniger Papier</li></ul>"
GOALS = "[{ records = 'goals', element = 'list_items', under = 'Was ansteht' }]"
LINKED = "<ul><li><a href='/plan.docx'>Digitalplan als Textdatei</a></li></ul>"
FILE = "https://amt-a.example/plan.docx"


def causes(night: Night, page_id: str) -> set[Cause]:
    """Who caused the changes of a page in a night."""
    return {dated.change.cause for dated in seen(night, page_id).changes}


def test_a_fault_of_ours_in_one_page_is_told_and_harms_no_other(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Also not the page after it on the same portal."""
    for name in ("eins", "zwei", "drei"):
        site.show(site.declare(name, f"https://amt.example/{name}"), page(f"Seite {name}"))

    def faulty(body: bytes, **how: object) -> Reading:
        if b"Seite zwei" in body:
            raise ZeroDivisionError("geteilt durch nichts")
        return read_body(body, **how)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(visiting, "read_body", faulty)
    with caplog.at_level(logging.ERROR):
        night, summary = site.refresh()
    assert verdicts(night) == {"eins": "verified", "zwei": "failed:internal", "drei": "verified"}
    assert "geteilt durch nichts" in seen(night, "zwei").verdict.detail
    assert "ZeroDivisionError" in caplog.text
    assert summary.exit_status == 3
    assert site.rows("select status, verdict from captures where page_id = 'zwei'") == [(None, "failed:internal")]


@pytest.mark.parametrize("first", [MAINTENANCE, b""], ids=["maintenance", "empty"])
def test_a_second_look_heals_a_page_that_blinked(site: Site, first: bytes) -> None:
    """Both answers are kept as captures; the page is verified, and nothing has changed."""
    url = site.declare("amt-a")
    site.show(url, page("Der Plan gilt."))
    site.refresh()
    site.night = 1
    site.show(url, first, page("Der Plan gilt."))
    night, summary = site.refresh()
    assert verdicts(night) == {"amt-a": "verified"}
    assert [str(judged.verdict)[:7] for judged in seen(night, "amt-a").captures] == ["suspect", "verifie"]
    assert (summary.changed, summary.incidents_opened, summary.exit_status) == ((), 0, 0)
    assert site.asked(url) == 3


def test_a_page_that_stays_suspicious_is_looked_at_twice_and_held_back(site: Site) -> None:
    url = site.declare("amt-a")
    site.show(url, page("Der Plan gilt."))
    site.refresh()
    site.night = 1
    site.show(url, MAINTENANCE)
    night, _ = site.refresh()
    assert verdicts(night) == {"amt-a": "suspect:maintenance"}
    assert site.asked(url) == 3
    assert len(seen(night, "amt-a").captures) == 2
    assert seen(night, "amt-a").observations == ()


def test_the_worse_second_answer_does_not_replace_the_first(site: Site) -> None:
    """A maintenance page, then a refusal: the page is under maintenance, not blocked."""
    url = site.declare("amt-a")
    site.show(url, page("Der Plan gilt."))
    site.refresh()
    site.night = 1
    site.show(url, MAINTENANCE, Answer(403))
    night, _ = site.refresh()
    assert verdicts(night) == {"amt-a": "suspect:maintenance"}


def test_a_refusal_gets_no_second_look(site: Site) -> None:
    url = site.declare("amt-a")
    site.show(url, Answer(403, b"nein"))
    night, _ = site.refresh()
    assert verdicts(night) == {"amt-a": "blocked"}
    assert site.asked(url) == 1


def test_an_unchanged_page_is_asked_for_conditionally_and_not_read_again(site: Site) -> None:
    url = site.declare("amt-a")
    tagged = (("ETag", '"eins"'),)
    site.show(url, Answer(body=page("Der Plan gilt."), headers=tagged))
    site.refresh()
    site.night = 1
    site.show(url, Answer(304, headers=tagged))
    night, summary = site.refresh()
    assert verdicts(night) == {"amt-a": "not_modified"}
    assert site.server.asked(f"/{url}")[-1].headers["if-none-match"] == '"eins"'
    assert len(seen(night, "amt-a").observations) == 1
    assert summary.exit_status == 0


def test_after_thirty_nights_a_page_is_asked_for_in_full_all_the_same(site: Site) -> None:
    url = site.declare("amt-a")
    tagged = (("ETag", '"eins"'),)
    site.show(url, Answer(body=page("Der Plan gilt."), headers=tagged))
    site.refresh()
    for site.night in (29, 31):
        site.show(url, Answer(304, headers=tagged))
        site.refresh()
    site.night = 32
    site.show(url, Answer(body=page("Der Plan gilt."), headers=tagged))
    site.refresh()
    asked = ["if-none-match" in asked.headers for asked in site.server.asked(f"/{url}")]
    assert asked == [False, True, True, False]


def written(text: bytes, **headers: str) -> Answer:
    """A linked file."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return Answer(body=text, headers=(("Content-Type", kind), *headers.items()))


def test_a_file_that_fails_keeps_its_last_state(site: Site) -> None:
    """The page is verified, its document still known with the bytes of the night before, and nothing has changed."""
    url = site.declare("amt-a")
    site.show(url, page("Der Plan gilt.", links=LINKED))
    site.show(FILE, written(b"Fassung eins"))
    site.refresh()
    before = site.rows("select label, url, sha256, bytes from documents")
    site.night = 1
    site.show(FILE, Answer(500))
    night, summary = site.refresh()
    assert verdicts(night) == {"amt-a": "verified"}
    assert summary.changed == ()
    assert site.rows("select label, url, sha256, bytes from documents") == before
    assert before[0][3] == len(b"Fassung eins")
    assert "failed" in {str(judged.verdict)[:6] for judged in seen(night, "amt-a").captures}


def test_another_file_under_the_same_address_is_a_change_of_the_page(site: Site) -> None:
    url = site.declare("amt-a")
    site.show(url, page("Der Plan gilt.", links=LINKED))
    site.show(FILE, written(b"Fassung eins"))
    site.refresh()
    site.night = 1
    site.show(FILE, written(b"Fassung zwei"))
    _, summary = site.refresh()
    assert [changed.kinds for changed in summary.changed] == [("document replaced",)]


def test_a_file_is_asked_for_in_full_every_thirty_nights(site: Site) -> None:
    """In between with the validators of its last bytes."""
    url = site.declare("amt-a")
    for site.night in (0, 1, 31, 32):
        site.show(url, page("Der Plan gilt.", links=LINKED))
        site.show(FILE, *([] if site.night != 1 else [Answer(304)]), written(b"Fassung eins", ETag='"f1"'))
        site.refresh()
    asked = ["if-none-match" in asked.headers for asked in site.server.asked(f"/{FILE}")]
    assert asked == [False, True, False, True]


def test_a_new_declaration_reads_the_page_again_and_what_it_finds_is_no_change_of_the_page(site: Site) -> None:
    """Even where the server says that nothing has changed: the stored answer is read again."""
    tagged = (("ETag", '"eins"'),)
    url = site.declare("amt-a")
    site.show(url, Answer(body=page("Der Plan gilt.", links=LIST), headers=tagged))
    site.refresh()
    assert site.rows("select text from goals") == []
    site.declare("amt-a", locator=GOALS)
    site.night = 1
    site.show(url, Answer(304, headers=tagged))
    night, summary = site.refresh()
    assert verdicts(night) == {"amt-a": "not_modified"}
    assert causes(night, "amt-a") == {Cause.EXTRACTOR}
    assert (summary.changed, summary.alerts) == ((), 0)
    assert site.rows("select text from goals order by position") == [("Schnellere Ämter",), ("Weniger Papier",)]


def test_the_page_and_the_declaration_changing_together_are_told_apart(site: Site) -> None:
    url = site.declare("amt-a")
    site.show(url, page("Der Plan gilt bis 2027.", links=LIST))
    site.refresh()
    site.declare("amt-a", locator=GOALS)
    site.night = 1
    site.show(url, page("Der Plan gilt bis 2027.", links=LIST.replace("Weniger Papier", "Weniger Wege")))
    night, summary = site.refresh()
    assert causes(night, "amt-a") == {Cause.EXTRACTOR, Cause.PAGE}
    [changed] = summary.changed
    assert {kind.split()[0] for kind in changed.kinds} == {"goal"}


def test_where_the_evidence_is_lost_no_difference_is_told_as_the_pages(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    """A page with a new declaration and a damaged archive is read and loaded, and nobody is alerted."""
    url = site.declare("amt-a")
    site.show(url, page("Der Plan gilt.", links=LIST))
    site.refresh()
    for file in site.settings.archive.glob("*/*/*.warc.gz"):
        file.write_bytes(b"kein WARC mehr")
    site.declare("amt-a", locator=GOALS)
    site.night = 1
    site.show(url, page("Der Plan gilt nicht mehr.", links=LIST))
    night, summary = site.refresh()
    assert verdicts(night) == {"amt-a": "verified"}
    assert causes(night, "amt-a") == {Cause.EXTRACTOR}
    assert (summary.changed, summary.alerts) == ((), 0)
    assert "cannot be read again" in caplog.text
    assert site.rows("select count(*) from goals") == [(2,)]


def test_pages_of_one_portal_are_asked_for_one_after_the_other(site: Site) -> None:
    urls = [site.declare(name, f"https://amt.example/{name}") for name in ("eins", "zwei")]
    for url in urls:
        site.show(url, Answer(body=page(url, *COMMON), delay_s=0.15))
    site.refresh()
    first, second = (site.server.asked(f"/{url}")[0].at for url in urls)
    assert second - first >= 0.15


def test_a_page_that_renders_other_noise_every_night_is_read_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is verified all the same, with the length and the encoding that it has."""
    url = site.declare("amt-a")
    readings = counted(monkeypatch)
    for site.night in range(3):
        site.show(url, noisy("Der Plan gilt.", site.night))
        site.refresh()
    assert len(readings) == 1
    assert site.rows("select distinct verdict from captures where page_id = 'amt-a'") == [("verified",)]
    assert site.rows("select count(*) from observations") == [(3,)]
    assert site.rows("select count(distinct text_chars), count(encoding) from store.captures where status = 200") == [
        (1, 3)
    ]


def test_a_changed_sentence_amid_noise_is_read_and_told(site: Site) -> None:
    url = site.declare("amt-a")
    site.show(url, noisy("Der Plan gilt.", 0))
    site.refresh()
    site.night = 1
    site.show(url, noisy("Der Plan gilt nicht mehr.", 1))
    night, summary = site.refresh()
    assert len(summary.changed) == 1
    assert causes(night, "amt-a") == {Cause.PAGE}


def test_a_page_that_looks_unchanged_is_read_in_full_now_and_then(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """After thirty nights, at the latest after sixty."""
    url = site.declare("amt-a")
    readings = counted(monkeypatch)
    for site.night in (0, 29, 61, 62):
        site.show(url, noisy("Der Plan gilt.", site.night))
        site.refresh()
    assert len(readings) == 2


def test_a_file_with_new_bytes_has_an_unchanged_page_read_again(site: Site) -> None:
    url = site.declare("amt-a")
    site.show(url, page(f"Der Plan gilt. {LINKED}"))
    site.show(FILE, Answer(body=b"eins", headers=(("Content-Type", "application/msword"),)))
    site.refresh()
    site.night = 1
    site.show(url, page(f"Der Plan gilt. {LINKED}"))
    site.show(FILE, Answer(body=b"zwei", headers=(("Content-Type", "application/msword"),)))
    _, summary = site.refresh()
    assert [changed.kinds for changed in summary.changed] == [("document replaced",)]


def noisy(sentence: str, night: int) -> bytes:
    """A page whose frame is another one every night."""
    frame = f"<nav><a href='/?sid={night}'>Start {night}</a></nav><script>t={night}</script>".encode()
    return page(sentence).replace(b"<body>", b"<body>" + frame)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of all bodies that are read from now on."""
    readings: list[str] = []

    def noted(body: bytes, **how: object) -> Reading:
        readings.append(str(how["url"]))
        return read_body(body, **how)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(visiting, "read_body", noted)
    return readings
