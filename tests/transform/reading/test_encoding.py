"""From bytes to text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transform.document import Encoding
from transform.reading.encoding import decode

WORDS = "Die Ämter prüfen „Maßnahmen“ – für 5 €"
LATIN = "Die Ämter prüfen Maßnahmen"


def page(charset: str | None, words: str = WORDS) -> str:
    meta = f'<meta charset="{charset}">' if charset else ""
    return f"<html><head>{meta}<title>x</title></head><body><p>{words}</p></body></html>"


@pytest.mark.parametrize(
    ("body", "content_type", "used"),
    [
        (page(None).encode(), "text/html; charset=utf-8", Encoding("utf-8", "header")),
        (page("utf-8").encode(), "text/html", Encoding("utf-8", "meta")),
        (page(None).encode(), "text/html", Encoding("utf-8", "detected")),
        (page(None).encode("utf-8-sig"), "text/html; charset=iso-8859-1", Encoding("utf-8", "bom")),
        (page(None).encode("utf-16"), None, Encoding("utf-16-le", "bom")),
        (page(None).encode(), "text/html; charset=ISO-8859-1", Encoding("utf-8", "detected")),
        (page("utf-8").encode(), "text/html; charset=ISO-8859-1", Encoding("utf-8", "meta")),
        (page(None).encode("cp1252"), "text/html; charset=ISO-8859-1", Encoding("windows-1252", "header")),
        (page("iso-8859-1").encode("cp1252"), "text/html; charset=utf-8", Encoding("windows-1252", "meta")),
        (page("iso-8859-1").encode("cp1252"), None, Encoding("windows-1252", "meta")),
        (page("kein-solches").encode("cp1252"), "text/html; charset=unsinn", Encoding("cp1252", "detected")),
        (page("utf-16").encode(), None, Encoding("utf-8", "meta")),
    ],
)
def test_the_same_words_come_out_however_they_are_labelled(
    body: bytes, content_type: str | None, used: Encoding
) -> None:
    """Order and choice are the browsers', except that a label which cannot be right is passed over."""
    decoded = decode(body, content_type)
    assert decoded is not None
    text, encoding = decoded
    assert WORDS in text
    assert encoding.source == used.source
    assert "".encode(encoding.name) == "".encode(used.name)


def test_an_xml_declaration_counts_like_meta() -> None:
    """Old pages are XHTML."""
    body = f'<?xml version="1.0" encoding="iso-8859-1"?><html><p>{LATIN}</p></html>'.encode("latin-1")
    assert decode(body, None) == (body.decode("latin-1"), Encoding("windows-1252", "meta"))


def test_a_label_in_a_comment_is_no_label() -> None:
    """The prescan passes comments over (WHATWG HTML, 13.2.3.2)."""
    body = (b'<!-- <meta charset="koi8-r"> -->' + page("iso-8859-1", LATIN).encode("latin-1")).replace(b"x</t", b"y</t")
    decoded = decode(body, None)
    assert decoded is not None
    assert LATIN in decoded[0]


def test_damaged_utf8_is_not_shown_as_something_else() -> None:
    """One broken byte would turn every umlaut of the page into two characters: better no text than that."""
    assert decode((page("utf-8", "Grüße aus Köln ") * 3).encode() + b"\xfc", "text/html; charset=utf-8") is None


def test_bytes_that_are_no_text_are_not_decoded() -> None:
    """An image sent as a page has bytes that windows-1252 does not know."""
    assert decode(bytes(range(0x80, 0xA0)) * 20 + b"\xff\xd8\xff\xe0", "text/html; charset=utf-8") is None


@given(st.binary(max_size=300), st.sampled_from([None, "text/html", "text/html; charset=utf-8", "text/html;charset=x"]))
@settings(max_examples=120)
def test_no_bytes_make_it_fail_or_invent_characters(body: bytes, content_type: str | None) -> None:
    """U+FFFD comes out only where it went in."""
    decoded = decode(body, content_type)
    if decoded is not None and b"\xef\xbf\xbd" not in body and not decoded[1].name.startswith("utf-16"):
        assert "\ufffd" not in decoded[0]


@given(st.text(alphabet="ÄÖÜäöüßabc ", min_size=1, max_size=80))
@settings(max_examples=60)
def test_german_letters_in_windows_1252_are_read_back(words: str) -> None:
    """No run of umlauts is mistaken for UTF-8."""
    decoded = decode(page("windows-1252", words).encode("cp1252"), None)
    assert decoded is not None
    assert words in decoded[0]
