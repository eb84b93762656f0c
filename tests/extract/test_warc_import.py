"""WARC files of other tools: what is taken out of them, and a named reason for all the rest."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest

from extract.archive_read import FoundBodies
from extract.errors import ArchiveError
from extract.model import Exchange
from extract.warc_import import Skipped, SkipReason, import_warc
from tests.support.warc_author import WarcAuthor, payload_digest

BY_WGET = Path(__file__).parent / "warc" / "wget.warc.gz"
"""Written by GNU Wget 1.21.3 (``wget -r -l 2 --warc-file``) from a loopback site that sends its pages in chunks."""
URL = "https://plan.example/digitalplan"
BODY = b"<h1>Digitalplan</h1><p>Bis 2027 sollen 130 Schulen angeschlossen sein.</p>"


AT = datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)
IDENTICAL = {"WARC-Profile": "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"}


def taken(path: Path, *wanted: str) -> list[Exchange]:
    return [found for found in import_warc(path, set(wanted or (URL,)).__contains__) if isinstance(found, Exchange)]


def skipped(path: Path, *wanted: str) -> list[SkipReason]:
    found = import_warc(path, set(wanted or (URL,)).__contains__)
    return [one.reason for one in found if isinstance(one, Skipped)]


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine's clock is in Berlin."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_a_file_by_wget_gives_its_pages_with_their_chunks_undone() -> None:
    """Addresses in angle brackets, requests before their responses, a redirect, and Wget's own records at the end."""
    url = "http://plan.example/digitalplan"
    first, second = taken(BY_WGET, url)
    assert first.url == second.url == url
    assert first.status == 200
    assert first.body.startswith(b"<!doctype html>")
    assert first.body.endswith(b"</html>")
    assert "Gemeinden" in first.body.decode()
    assert first.header("Transfer-Encoding") == "chunked"
    assert dict(first.request_headers)["Host"] == "plan.example"
    assert skipped(BY_WGET, url) == [SkipReason.NO_PAGE] * 3
    assert skipped(BY_WGET, url, "http://plan.example/alt")[-1] is SkipReason.STATUS


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_both_versions_are_read_compressed_or_not(tmp_path: Path, packed: bool, version: str) -> None:
    author = WarcAuthor(tmp_path / "kopie.warc", packed=packed, version=version)
    author.record("warcinfo", "", b"software: Heritrix/3.4.0\r\n", "application/warc-fields", AT)
    author.answer(URL, BODY, at=AT)
    (exchange,) = taken(author.path)
    assert exchange.body == BODY
    assert exchange.requested_at.isoformat() == "2021-03-04T05:06:07+00:00"


def test_records_about_a_page_are_passed_over_in_silence(tmp_path: Path) -> None:
    """Browsertrix writes pageinfo resources and text, Heritrix metadata about each fetch."""
    author = WarcAuthor(tmp_path / "kopie.warc.gz")
    author.answer(URL, BODY, at=AT)
    author.record("resource", f"urn:pageinfo:{URL}", b'{"urls": {}}', "application/json", AT)
    author.record("resource", f"urn:text:{URL}", b"Digitalplan", "text/plain", AT)
    author.record("metadata", URL, b"fetchTimeMs: 42\r\n", "application/warc-fields", AT)
    author.record("conversion", URL, b"Digitalplan", "text/plain", AT)
    path = author.path
    assert len(taken(path)) == 1
    assert skipped(path) == []


def test_a_packed_body_is_unpacked_and_an_unknown_packing_is_named(tmp_path: Path) -> None:
    author = WarcAuthor(tmp_path / "kopie.warc.gz")
    author.answer(URL, gzip.compress(BODY), ("Content-Encoding", "gzip"), at=AT)
    author.answer(URL, brotli.compress(BODY), ("Content-Encoding", "br"), at=AT)
    author.answer(URL, b"(\xb5/\xfd", ("Content-Encoding", "zstd"), at=AT)
    author.answer(URL, BODY, ("Content-Encoding", "br"), at=AT)
    path = author.path
    assert [exchange.body for exchange in taken(path)] == [BODY, BODY]
    assert skipped(path) == [SkipReason.CONTENT_CODING] * 2


def test_an_answer_that_says_chunked_and_is_not_is_taken_as_it_is(tmp_path: Path) -> None:
    """Some tools undo the chunks and keep the field."""
    author = WarcAuthor(tmp_path / "kopie.warc.gz")
    author.answer(URL, BODY, ("Transfer-Encoding", "chunked"), at=AT)
    assert [exchange.body for exchange in taken(author.path)] == [BODY]


def test_a_revisit_takes_its_body_from_the_same_file_and_is_told_where_it_lies_elsewhere(tmp_path: Path) -> None:
    author = WarcAuthor(tmp_path / "kopie.warc.gz")
    author.answer(URL, BODY, at=AT)
    known, unknown = payload_digest(BODY), payload_digest(b"anderswo")
    author.answer(URL, b"", kind="revisit", at=AT, more={**IDENTICAL, "WARC-Payload-Digest": known})
    author.answer(URL, b"", kind="revisit", at=AT, more={**IDENTICAL, "WARC-Payload-Digest": unknown})
    path = author.path
    assert [exchange.body for exchange in taken(path)] == [BODY, BODY]
    assert skipped(path) == [SkipReason.NO_BODY]


def test_answers_that_are_not_200_or_not_whole_are_told(tmp_path: Path) -> None:
    author = WarcAuthor(tmp_path / "kopie.warc.gz")
    author.answer(URL, b"weg", status="404 Not Found", at=AT)
    author.answer(URL, BODY[:20], at=AT, more={"WARC-Truncated": "length"})
    author.answer(URL, b"", at=AT)
    path = author.path
    assert taken(path) == []
    assert skipped(path) == [SkipReason.STATUS, SkipReason.TRUNCATED, SkipReason.NO_BODY]


def test_reading_goes_on_behind_a_damaged_record(tmp_path: Path) -> None:
    author = WarcAuthor(tmp_path / "kopie.warc.gz")
    author.answer(URL, BODY, at=AT)
    start = author.size
    author.answer(URL, b"<p>kaputt</p>" * 50, at=AT)
    end = author.size
    author.answer(URL, BODY, at=AT)
    path = author.path
    data = bytearray(path.read_bytes())
    data[start + 40 : end - 40] = bytes(end - start - 80)
    path.write_bytes(data)
    assert len(taken(path)) == 2
    assert set(skipped(path)) == {SkipReason.DAMAGED}


def test_reading_goes_on_behind_what_is_no_record_in_a_file_that_is_not_compressed(tmp_path: Path) -> None:
    """A length that is too small leaves the end of a body standing between two records."""
    author = WarcAuthor(tmp_path / "kopie.warc", packed=False)
    author.answer(URL, BODY, at=AT)
    author.path.write_bytes(author.path.read_bytes() + b"st nicht Teil\r\nder Antwort\r\n\r\n")
    author.answer(URL, BODY, at=AT)
    assert len(taken(author.path)) == 2
    assert skipped(author.path) == [SkipReason.DAMAGED]


@pytest.mark.parametrize("packed", [True, False])
def test_a_file_that_breaks_off_gives_what_was_whole(tmp_path: Path, packed: bool) -> None:
    author = WarcAuthor(tmp_path / "kopie.warc", packed=packed)
    author.answer(URL, BODY, at=AT)
    author.answer(URL, BODY, at=AT)
    author.path.write_bytes(author.path.read_bytes()[:-30])
    assert len(taken(author.path)) == 1
    assert skipped(author.path) == [SkipReason.DAMAGED]


def test_a_last_record_without_its_blank_lines_is_whole(tmp_path: Path) -> None:
    author = WarcAuthor(tmp_path / "kopie.warc", packed=False)
    author.answer(URL, BODY, at=AT)
    author.path.write_bytes(author.path.read_bytes().rstrip(b"\r\n"))
    assert [exchange.body for exchange in taken(author.path)] == [BODY]


def test_records_that_are_not_compressed_may_follow_compressed_ones(tmp_path: Path) -> None:
    """Files of two tools, put together with ``cat``."""
    packed, plain = WarcAuthor(tmp_path / "a.warc.gz"), WarcAuthor(tmp_path / "b.warc", packed=False)
    packed.answer(URL, BODY, at=AT)
    plain.answer(URL, BODY, at=AT)
    whole = tmp_path / "kopie.warc.gz"
    whole.write_bytes(packed.path.read_bytes() + plain.path.read_bytes())
    assert len(taken(whole)) == 2
    assert skipped(whole) == []


def test_a_file_compressed_as_one_gives_its_revisits_their_bodies_as_well(tmp_path: Path) -> None:
    """``gzip kopie.warc``: all records lie in one member, so none has an offset of its own."""
    author = WarcAuthor(tmp_path / "kopie.warc", packed=False)
    author.record("warcinfo", "", b"software: wpull\r\n", "application/warc-fields", AT)
    author.answer(URL, BODY, at=AT)
    author.answer(URL, b"", kind="revisit", at=AT, more={**IDENTICAL, "WARC-Payload-Digest": payload_digest(BODY)})
    author.path.write_bytes(gzip.compress(author.path.read_bytes()))
    assert [exchange.body for exchange in taken(author.path)] == [BODY, BODY]


def test_a_revisit_takes_its_body_from_a_file_named_before(tmp_path: Path) -> None:
    """``wget --warc-dedup``: the second crawl keeps only what is new."""
    first, second = WarcAuthor(tmp_path / "eins.warc.gz"), WarcAuthor(tmp_path / "zwei.warc.gz")
    first.answer(URL, BODY, at=AT)
    second.answer(URL, b"", kind="revisit", at=AT, more={**IDENTICAL, "WARC-Payload-Digest": payload_digest(BODY)})
    (alone,) = import_warc(second.path, {URL}.__contains__)
    assert isinstance(alone, Skipped)
    assert (alone.reason, alone.detail) == (
        SkipReason.NO_BODY,
        "the body of a revisit lies in another file: name that one before it",
    )
    bodies: FoundBodies = {}
    found = [one for author in (first, second) for one in import_warc(author.path, {URL}.__contains__, bodies)]
    assert [one.body for one in found if isinstance(one, Exchange)] == [BODY, BODY]


def test_a_revisit_may_name_the_record_of_its_body_in_place_of_a_digest(tmp_path: Path) -> None:
    author = WarcAuthor(tmp_path / "kopie.warc.gz")
    name = "<urn:uuid:16da6da0-bcdc-49c3-927e-57494593b943>"
    digest = "sha-256:" + "a" * 64
    author.answer(URL, BODY, at=AT, more={"WARC-Record-ID": name, "WARC-Payload-Digest": digest})
    author.answer(
        URL, b"", kind="revisit", at=AT, more={**IDENTICAL, "WARC-Refers-To": name, "WARC-Payload-Digest": ""}
    )
    assert [exchange.body for exchange in taken(author.path)] == [BODY, BODY]


@pytest.mark.parametrize("head", [b"HTTP/1.0 200 OK\nContent-Type: text/html\n\n", b"HTTP/2 200\r\nserver: x\r\n\r\n"])
def test_heads_with_bare_line_feeds_and_of_http_2_are_read(tmp_path: Path, head: bytes) -> None:
    author = WarcAuthor(tmp_path / "kopie.warc.gz")
    author.record("response", URL, head + BODY, "application/http;msgtype=response", AT)
    (exchange,) = taken(author.path)
    assert (exchange.status, exchange.body) == (200, BODY)


def test_a_record_without_an_http_answer_is_told_as_what_it_is(tmp_path: Path) -> None:
    """warcit writes files as resource records; some tools write revisits without any head."""
    author = WarcAuthor(tmp_path / "kopie.warc.gz")
    author.record("resource", f"<{URL}>", BODY, "text/html", AT)
    author.record("revisit", URL, b"", "application/http; msgtype=response", AT, IDENTICAL)
    found = [one for one in import_warc(author.path, {URL}.__contains__) if isinstance(one, Skipped)]
    assert [one.reason for one in found] == [SkipReason.NO_ANSWER, SkipReason.DAMAGED]
    assert "holds no HTTP answer" in found[1].detail


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2021-03-04T05:06:07", AT),
        ("2021-03-04T05:06:07.123456789Z", AT.replace(microsecond=123456)),
        ("2021-03-04T05:06Z", AT.replace(second=0)),
        ("2021-03-04", datetime(2021, 3, 4, tzinfo=UTC)),
        ("2021-03", datetime(2021, 3, 1, tzinfo=UTC)),
        ("2021", datetime(2021, 1, 1, tzinfo=UTC)),
    ],
)
@pytest.mark.usefixtures("berlin")
def test_a_date_is_read_to_whatever_precision_and_in_utc(tmp_path: Path, written: str, at: datetime) -> None:
    author = WarcAuthor(tmp_path / "kopie.warc.gz", version="1.1")
    author.answer(URL, BODY, at=AT, more={"WARC-Date": written})
    assert [exchange.requested_at for exchange in taken(author.path)] == [at]


def test_field_names_in_small_letters_and_addresses_with_spaces_are_read(tmp_path: Path) -> None:
    author = WarcAuthor(tmp_path / "kopie.warc", packed=False)
    author.answer("https://plan.example/digital plan", BODY, at=AT)
    text = author.path.read_bytes()
    for name in (b"WARC-Type", b"WARC-Target-URI", b"WARC-Date", b"Content-Length"):
        text = text.replace(name, name.lower())
    author.path.write_bytes(text)
    (exchange,) = taken(author.path, "https://plan.example/digital%20plan")
    assert exchange.body == BODY


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (b"PK\x03\x04wacz", "WACZ"),
        (b"(\xb5/\xfd....", "Zstandard"),
        (b"filedesc://alt.arc", "ARC"),
        (gzip.compress(b"filedesc://alt.arc 127.0.0.1 20140216012908 text/plain 200\n", mtime=0), "ARC"),
    ],
)
def test_what_is_no_warc_file_is_named_with_what_to_do(tmp_path: Path, start: bytes, said: str) -> None:
    path = tmp_path / "anderes"
    path.write_bytes(start + bytes(100))
    (found,) = import_warc(path, lambda _: True)
    assert isinstance(found, Skipped)
    assert found.reason is SkipReason.FORMAT
    assert said in found.detail


def test_text_in_place_of_a_warc_file_is_damage_and_a_missing_file_an_error(tmp_path: Path) -> None:
    path = tmp_path / "brief.warc"
    path.write_text("Sehr geehrte Damen und Herren,\n")
    assert skipped(path) == [SkipReason.DAMAGED]
    with pytest.raises(ArchiveError, match="cannot be opened"):
        list(import_warc(tmp_path / "fehlt.warc", lambda _: True))
