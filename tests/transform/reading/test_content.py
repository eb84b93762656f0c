"""The hash of what a page says: the law and its properties."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from transform.document import Block, BlockKind, Document, Encoding, Link
from transform.reading.body import read_body
from transform.reading.content import content_sha256, document_urls, text_chars
from transform.structure.documents import read_documents

WORD = st.text(alphabet="abcdefgäöüßABCÄÖ", min_size=2, max_size=7)
SENTENCE = st.lists(WORD, min_size=3, max_size=6).map(lambda words: " ".join(words) + ".")
ITEM = st.lists(WORD, min_size=2, max_size=4).map(" ".join)
PAGE = st.tuples(
    st.lists(SENTENCE, min_size=1, max_size=3, unique=True),
    st.lists(ITEM, min_size=2, max_size=4, unique=True),
    SENTENCE,
)
Said = tuple[list[str], list[str], str]


def hashed(main: str, documents: tuple[tuple[str, str | None], ...] = ()) -> str:
    return content_sha256(read(main), documents)


def read(main: str) -> Document:
    markup = f"<html lang='de'><head><title>Plan</title></head><body><main><h1>Plan</h1>{main}</main></body></html>"
    reading = read_body(
        markup.encode(), content_type="text/html; charset=utf-8", url="https://l.example/", declaration=None
    )
    assert isinstance(reading, Document)
    return reading


def plain(said: Said) -> str:
    paragraphs, items, last = said
    listed = "".join(f"<li>{item}</li>" for item in items)
    return "".join(f"<p>{text}</p>" for text in paragraphs) + f"<ul>{listed}</ul><h2>Ende</h2><p>{last}</p>"


def rewrapped(said: Said) -> str:
    paragraphs, items, last = said
    listed = "".join(f"<p>• {item}</p>" for item in items)
    texts = "".join(
        f"<div class='x'><section><span>{text[:3]}</span>{text[3:]}</section></div>\n" for text in paragraphs
    )
    return f"{texts}{listed}<div><h4>Ende</h4><dl><dt>{last}</dt></dl></div>"


def respelt(said: Said) -> Said:
    paragraphs, items, last = said
    return [_respelt(text) for text in paragraphs], [_respelt(item) for item in items], _respelt(last)


def _respelt(text: str) -> str:
    text = text.replace("a", "&#97;").replace("ü", "&uuml;").replace("b", "b&shy;").replace(" ", "&nbsp; ")
    return unicodedata.normalize("NFD", text)


@given(PAGE)
@settings(max_examples=60)
def test_another_wrapping_says_the_same(said: Said) -> None:
    """Boxes, spans, heading levels, bullets as paragraphs, definition lists."""
    assert hashed(rewrapped(said)) == hashed(plain(said))


@given(PAGE)
@settings(max_examples=60)
def test_another_spelling_says_the_same(said: Said) -> None:
    """Decomposed letters, entities, soft hyphens, no-break spaces."""
    assert hashed(plain(respelt(said))) == hashed(plain(said))


@given(PAGE, st.data())
@settings(max_examples=60)
def test_an_edited_word_says_something_else(said: Said, data: st.DataObject) -> None:
    """One letter is enough."""
    paragraphs, items, last = said
    place = data.draw(st.integers(0, len(last) - 2))
    letter = "x" if last[place] != "x" else "y"
    edited = last[:place] + letter + last[place + 1 :]
    assert hashed(plain((paragraphs, items, edited))) != hashed(plain(said))


@given(PAGE)
@settings(max_examples=40)
def test_a_reordered_list_says_something_else(said: Said) -> None:
    """Order is content; how it is classed is another matter."""
    paragraphs, items, last = said
    reordered = items[1:] + items[:1]
    assume(" ".join(reordered) != " ".join(items))  # "A, A A" reordered is the same words in the same order
    assert hashed(plain((paragraphs, reordered, last))) != hashed(plain(said))


def test_a_moved_section_says_something_else() -> None:
    """The same words at another place."""
    one, two = "<h2>Netze</h2><p>Glasfaser.</p>", "<h2>Schulen</h2><p>Geräte.</p>"
    assert hashed(one + two) != hashed(two + one)


def test_a_single_item_written_with_a_dash_says_the_same() -> None:
    """It stays a paragraph, for a dash alone makes no list; what it says is the same."""
    assert hashed("<p>- Netze</p><p>Mehr folgt.</p>") == hashed("<ul><li>Netze</li></ul><p>Mehr folgt.</p>")


def test_quotes_dashes_and_breaks_say_the_same() -> None:
    """Typography is no content."""
    one = "<p>„Ziele“ – bis 2030<br>und weiter …</p>"
    other = "<p>&quot;Ziele&quot; - bis 2030 und\n weiter ...</p>"
    assert hashed(one) == hashed(other)


@pytest.mark.parametrize("other", ["1,6 Mio.", "15 Mio.", "1,5 Mrd."])
def test_a_figure_is_content(other: str) -> None:
    """Nothing inside a number is folded."""
    assert hashed("<p>Es kostet 1,5 Mio.</p>") != hashed(f"<p>Es kostet {other}</p>")


def test_the_publisher_above_the_title_is_content_wherever_it_stands() -> None:
    """Inside the heading or before it; another publisher is another content."""
    inside = "<h1><small>| Staatskanzlei | Digitales</small> Plan</h1><p>Er gilt.</p>"
    before = "<p>Staatskanzlei | Digitales</p><h1>Plan</h1><p>Er gilt.</p>"
    pages = [f"<main>{main}</main>" for main in (inside, before, inside.replace("Staatskanzlei", "Ministerium"))]
    hashes = [_whole(page) for page in pages]
    assert hashes[0] == hashes[1]
    assert hashes[0] != hashes[2]


def _whole(main: str) -> str:
    reading = read_body(
        main.encode(), content_type="text/html; charset=utf-8", url="https://l.example/", declaration=None
    )
    assert isinstance(reading, Document)
    return content_sha256(reading)


FILE = "<p>Der <a href='/d/plan.pdf;jsessionid=1.x?__blob=publicationFile&amp;v={v}'>Plan</a> gilt.</p>"


def test_a_replaced_file_says_something_else_and_a_session_does_not() -> None:
    """Its version counter is kept, session ids are not."""
    assert hashed(FILE.format(v=9)) != hashed(FILE.format(v=10))
    assert hashed(FILE.format(v=9).replace("1.x", "2.y")) == hashed(FILE.format(v=9))


def test_a_file_replaced_under_its_own_address_says_something_else() -> None:
    """Where the bytes are known; a file that the page does not link is no part of it."""
    (url,) = document_urls(read(FILE.format(v=9)))
    known = hashed(FILE.format(v=9), ((url, "a" * 64),))
    assert known != hashed(FILE.format(v=9), ((url, "b" * 64),))
    assert hashed(FILE.format(v=9), (("https://l.example/other.pdf", "c" * 64),)) == hashed(FILE.format(v=9))


def test_links_to_pages_and_stated_dates_are_no_content() -> None:
    """Targets churn; "Stand:" lines only tell the time."""
    one = "<p>Siehe <a href='/a?utm_source=x'>dort</a>.</p><p>Stand: 1. Mai 2024</p>"
    other = "<p>Siehe <a href='/b'>dort</a>.</p><p>Stand: 2. Mai 2024</p>"
    assert hashed(one) == hashed(other) == hashed("<p>Siehe dort.</p>")


def test_the_length_of_the_text_is_counted_in_characters() -> None:
    """Title, line feed, paragraph."""
    assert text_chars(read("<p>Er gilt.</p>")) == len("Plan\nEr gilt.")


def test_what_is_recorded_as_a_document_is_what_is_hashed() -> None:
    """A file that only its label gives away counts like one that its address names, everywhere."""
    link = Link("Programm (PDF, 3 MB)", "https://land.example/download/4711")
    page = Document(
        title="",
        language="de",
        canonical_url=None,
        base_url="https://land.example/",
        blocks=(Block(BlockKind.PARAGRAPH, "Zum Programm (PDF, 3 MB)", links=(link,)),),
        stated_dates=(),
        encoding=Encoding("utf-8", "header"),
        root="main",
    )
    assert [record.url for record in read_documents(page, {})] == list(document_urls(page)) == [link.url]
    assert content_sha256(page) != content_sha256(page, [(link.url, "0" * 64)])
