"""WARC files of other tools: what is taken out of them, and a named reason for all the rest."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest

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


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (b"PK\x03\x04wacz", "WACZ"),
        (b"(\xb5/\xfd....", "Zstandard"),
        (b"filedesc://alt.arc", "ARC"),
        (gzip.compress(b"filedesc://alt.arc 127.0.0.1 20140216012908 text/plain 200\n"), "ARC"),
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
