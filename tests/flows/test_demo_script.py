"""The script of the sample portal: edits apply or are an error, noise is noise, and everything is the same again."""

from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import UsageError
from flows.demo.noise import Rendering
from flows.demo.script import Answer, Script, load_script

NIGHTS = """
robots = "User-agent: *"
[[night]]
at = 2026-03-02T04:10:00+01:00
about = "erste"
[[night]]
at = 2026-03-03T04:10:00+01:00
about = "zweite"
[[night]]
at = 2026-03-04T04:10:00+01:00
about = "dritte"
[[page]]
page_id = "probe"
url = "https://land.example/seite"
file = "seite.html"
validators = ["etag", "last_modified"]
"""
PAGE = "<!doctype html><html lang='de'><p>Über 150 Ziele${nbsp}gelten.</p><!-- ${stamp} --></html>"
URL = "https://land.example/seite"


def script_of(folder: Path, entries: str = "", page: str = PAGE) -> Script:
    """A script of three nights and one page with the given entries added."""
    (folder / "pages").mkdir(exist_ok=True)
    (folder / "pages" / "seite.html").write_text(page, encoding="utf-8")
    (folder / "nights.toml").write_text(NIGHTS + entries, encoding="utf-8")
    return load_script(folder / "nights.toml")


@pytest.fixture(scope="module")
def script() -> Script:
    return load_script()


class _Words(HTMLParser):
    """Collects a page's words and counts what is opened and closed."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self.open: list[str] = []

    def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "br", "img", "input", "base"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing stays open."""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def words_of(body: bytes) -> _Words:
    """A page's words, read as UTF-8."""
    reader = _Words()
    reader.feed(body.decode("utf-8"))
    reader.close()
    return reader


def html_answers(script: Script) -> list[Answer]:
    """All HTML that the sample portal ever says."""
    return [answer for answer in script.answers.values() if answer.body and answer.media_type.startswith("text/html")]


def test_an_edit_holds_from_its_night_until_it_is_taken_back(tmp_path: Path) -> None:
    """``until`` is the first night on which the edit does not hold any more."""
    edit = '[[page.edit]]\nsince = 1\nuntil = 2\nfind = "150"\nreplace = "170"\nwhy = "Probe"\n'
    own = script_of(tmp_path, edit)
    assert ["170" in own.answer(night, URL).body.decode() for night in range(3)] == [False, True, False]


@pytest.mark.parametrize(("find", "count"), [("Über 160", "0"), ("p>", "2")])
def test_an_edit_that_does_not_match_once_is_an_error_when_the_script_is_loaded(
    tmp_path: Path, find: str, count: str
) -> None:
    """The message names page, night, the words and how often they stand there."""
    edit = f'[[page.edit]]\nsince = 2\nfind = "{find}"\nreplace = "x"\nwhy = "Probe"\n'
    with pytest.raises(UsageError, match=f"probe from night 2 \\(Probe\\) looks for '{find}'.* {count} times"):
        script_of(tmp_path, edit)


@pytest.mark.parametrize(
    ("entries", "page", "message"),
    [
        ("[[page.answer]]\nnight = 1\nstatus = 404\nfile = 'fehlt.html'\nwhy = 'x'\n", PAGE, "no file fehlt.html"),
        ("[[page.answer]]\nnight = '1'\nstatus = 404\nwhy = 'x'\n", PAGE, "night = '1' is no int"),
        ("[[page.move]]\nsince = 1\n", PAGE, "move 1: url is missing"),
        ("[[night]]\nat = 2026-03-05T04:10:00\nabout = 'x'\n", PAGE, "has no zone"),
        ("", "<p>${stmap}</p>", "'stmap'.*Known are: asset"),
        ("", "<p>5 $ Eintritt</p>", "placeholder that cannot be filled"),
    ],
)
def test_a_mistake_in_the_data_names_its_place(tmp_path: Path, entries: str, page: str, message: str) -> None:
    """Missing files, wrong types, unknown placeholders."""
    with pytest.raises(UsageError, match=message):
        script_of(tmp_path, entries, page)


def test_a_page_stays_byte_for_byte_until_it_is_rendered_again(tmp_path: Path) -> None:
    """Validators follow the bytes: unchanged while the page is, new with a new rendering."""
    (tmp_path / "pages").mkdir()
    still = script_of(tmp_path)
    assert still.answer(0, URL) == still.answer(1, URL) == still.answer(2, URL)
    anew = script_of(tmp_path, "rendered = [2]\n")
    assert anew.answer(0, URL) == anew.answer(1, URL)
    assert anew.answer(1, URL).etag != anew.answer(2, URL).etag
    modified = [anew.answer(night, URL).last_modified for night in (0, 2)]
    assert [moment and moment.isoformat() for moment in modified] == [
        "2026-03-01T19:10:00+01:00",
        "2026-03-03T19:10:00+01:00",
    ]


def test_a_moved_page_leaves_a_redirect_behind(tmp_path: Path) -> None:
    """From each of its old addresses to where it is now."""
    moves = "".join(f"[[page.move]]\nsince = {night}\nurl = '{URL}/{night}'\n" for night in (1, 2))
    own = script_of(tmp_path, moves, "<p>${url}</p>")
    assert own.answer(0, URL).body == f"<p>{URL}</p>".encode()
    assert (own.answer(1, URL).status, own.answer(1, URL).location) == (301, f"{URL}/1")
    assert (own.answer(2, URL).location, own.answer(2, f"{URL}/1").location) == (f"{URL}/2", f"{URL}/2")
    assert own.answer(2, f"{URL}/2").body == f"<p>{URL}/2</p>".encode()


def test_loading_twice_gives_the_same_bytes(script: Script) -> None:
    """The demo shows the same on every machine and in every run."""
    assert load_script() == script


@given(number=st.integers(0, 400), name=st.text("abcdefgh-", min_size=1, max_size=20))
def test_the_noise_of_a_rendering_depends_on_page_and_number_alone(number: int, name: str) -> None:
    """Same page and number, same text; another number, another text with the same words."""
    at = datetime(2026, 3, 2, 4, 10, tzinfo=UTC)
    text = "${jsessionid} ${nn} ${hash} ${form_build_id} ${dom_id} ${suffix} ${resource} ${stamp}"
    first = Rendering(name, URL, number, at).fill(text)
    assert Rendering(name, URL, number, at).fill(text) == first
    assert Rendering(name, URL, number + 1, at).fill(text) != first
    assert "$" not in first


def test_pages_are_well_formed_german_in_utf_8(script: Script) -> None:
    """Every element that is opened is closed in order, umlauts are there, no placeholder is left."""
    for answer in html_answers(script):
        words = words_of(answer.body)
        assert words.open == []
        assert b"<meta charset=" in answer.body or b"404" in answer.body
        assert "\ufffd" not in words.words
        assert b"${" not in answer.body
        assert b'lang="de"' in answer.body
    pages = [words_of(answer.body).words for answer in html_answers(script) if len(answer.body) > 5000]
    assert len(pages) == 31
    assert all({"ä", "ö", "ü"} <= set(page) for page in pages)


def test_pages_hold_real_content(script: Script) -> None:
    """At least sixty lines of words each, and no page of a real portal behind their links."""
    for (_, url), answer in script.answers.items():
        if len(answer.body) > 5000:
            lines = [line for line in words_of(answer.body).words.splitlines() if len(line.split()) >= 3]
            assert len(lines) >= 60, url
            assert b".de/" not in answer.body


def test_a_night_of_noise_changes_bytes_but_no_words_of_the_content(script: Script) -> None:
    """On the second night nothing but stamps, ids, teasers and invisible characters differs."""
    changed = 0
    for url in {url for night, url in script.answers if night == 0}:
        before, after = script.answer(0, url).body, script.answer(1, url).body
        changed += before != after
        if before != after:
            assert content_words(before) == content_words(after)
    assert changed == 3


def content_words(body: bytes) -> list[str]:
    """The words between title and teasers, without invisible characters and the running date."""
    text = words_of(body).words.replace("\u00ad", "").replace("\u00a0", " ")
    inside = text.partition("Seite teilen")[2] or text.partition("Teilen")[2]
    return inside.partition("Zum Thema")[0].partition("Mehr zum Thema")[0].partition("Weitere Informationen")[0].split()
