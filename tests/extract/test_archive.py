"""The archive: what is written is read back, by us and by others, whole or damaged."""

from __future__ import annotations

import gzip
import io
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extract.archive import Archive
from extract.archive_read import iter_exchanges, read_exchange
from extract.errors import ArchiveError
from extract.model import Exchange, FetchError, FetchErrorKind, WarcReference
from extract.payload_index import BODIES_KNOWN, INDEX_FILE
from extract.warc_records import Damage
from tests.extract.conftest import Visitor
from tests.support.server import Answer, ScriptedServer

AT = datetime(2026, 1, 5, 1, 15, 0, 250_000, tzinfo=UTC)
URL = "https://portal.example/plan?v=2"
ASKED = (("Host", "portal.example"), ("User-Agent", "Strategiemonitor/1 (+a@b.example)"))
HTML = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"))


def answer(text: str = "Ziele", at: datetime = AT, url: str = URL) -> Exchange:
    wire = gzip.compress(text.encode(), mtime=0)
    return Exchange(url, at, 200, "OK", ASKED, HTML, text.encode(), wire, peer="192.0.2.1", seconds=0.125)


def failed(kind: FetchErrorKind, at: datetime = AT) -> Exchange:
    return Exchange(URL, at, request_headers=ASKED, error=FetchError(kind, "so war es"), seconds=20.0)


def not_modified(at: datetime = AT) -> Exchange:
    return Exchange(URL, at, 304, "Not Modified", ASKED, (("ETag", '"1"'),))


def keep(folder: Path, run_id: str, *exchanges: Exchange, via: str | None = None) -> list[Exchange]:
    with Archive(folder).open_run(run_id, AT) as run:
        return [run.store(exchange, via=via) for exchange in exchanges]


def place(exchange: Exchange) -> WarcReference:
    assert exchange.warc is not None
    return exchange.warc


def record_types(path: Path) -> list[str]:
    with path.open("rb") as file:
        return [record.rec_type for record in ArchiveIterator(file, check_digests="raise")]


def test_what_is_kept_is_read_back_as_it_was(tmp_path: Path) -> None:
    """Answers, failures and refusals come back equal, one by one and in order."""
    cut_off = FetchError(FetchErrorKind.TRUNCATED, "bricht ab")
    broken = Exchange(URL, AT, 200, "OK", ASKED, HTML[:1], b"halb", b"halb", cut_off)
    unasked = Exchange(URL, AT, error=FetchError(FetchErrorKind.ROBOTS_DISALLOWED, "nein"))
    kept = keep(tmp_path, "n1", answer(), not_modified(), failed(FetchErrorKind.TIMEOUT), broken, unasked)
    assert [read_exchange(tmp_path, place(exchange)) for exchange in kept] == kept
    assert list(iter_exchanges(tmp_path / place(kept[0]).file, tmp_path)) == kept
    assert place(kept[0]).file == "2026/01/strategiemonitor-n1.warc.gz"


def test_a_run_can_be_read_while_it_is_written(tmp_path: Path) -> None:
    """References name the file as it will be called; until then it is found under its open name."""
    with Archive(tmp_path).open_run("n1", AT) as run:
        kept = run.store(answer())
        assert not (tmp_path / run.file).exists()
        assert read_exchange(tmp_path, place(kept)) == kept
    assert read_exchange(tmp_path, place(kept)) == kept


def test_other_tools_can_read_every_record(tmp_path: Path) -> None:
    """warcio verifies all digests, and the records are of the standard's types."""
    keep(tmp_path, "n1", answer(), failed(FetchErrorKind.DNS))
    keep(tmp_path, "n2", answer(at=AT + timedelta(days=1)), not_modified())
    first, second = sorted(tmp_path.rglob("*.warc.gz"))
    assert record_types(first) == ["warcinfo", "response", "request", "metadata", "request"]
    assert record_types(second) == ["warcinfo", "revisit", "request", "revisit", "request"]

    class Command:
        inputs = (str(first), str(second))
        verbose = False

    assert Checker(Command()).process_all() == 0


def test_a_body_that_comes_again_is_kept_once(tmp_path: Path) -> None:
    """Also over the night, under another address, and where the index was lost in between."""
    long = "Die Landesregierung beschließt. " * 400 + "".join(map(chr, range(300, 5000)))
    (first,) = keep(tmp_path, "n1", answer(long))
    again = keep(tmp_path, "n2", answer(long), answer(long, url="https://andere.example/"))
    sizes = [path.stat().st_size for path in sorted(tmp_path.rglob("*.warc.gz"))]
    assert sizes[1] < sizes[0] / 3
    for exchange in again:
        assert read_exchange(tmp_path, place(exchange)) == exchange
    assert list(iter_exchanges(tmp_path / place(again[0]).file, tmp_path)) == again
    (tmp_path / INDEX_FILE).unlink()
    assert read_exchange(tmp_path, place(again[1])).body == first.body
    (whole,) = keep(tmp_path, "n3", answer(long))
    assert record_types(tmp_path / place(whole).file)[1] == "response"


def test_a_page_that_flaps_is_kept_once_for_each_of_its_faces(tmp_path: Path) -> None:
    """From the second round on every answer only refers to what is kept."""
    for night in range(6):
        (exchange,) = keep(tmp_path, f"n{night}", answer(f"Fassung {night % BODIES_KNOWN}"))
        is_kept_anew = record_types(tmp_path / place(exchange).file)[1] == "response"
        assert is_kept_anew == (night < BODIES_KNOWN)


def test_the_index_does_not_grow_with_the_years(tmp_path: Path) -> None:
    """A page that is never twice the same leaves a line a night; most are about bodies that never come again."""
    with Archive(tmp_path).open_run("n1", AT) as run:
        for night in range(3000):
            run.store(answer(f"Besucher Nr. {night}"))
    lines = (tmp_path / INDEX_FILE).read_text().splitlines()
    assert len(lines) == BODIES_KNOWN
    (again,) = keep(tmp_path, "n2", answer("Besucher Nr. 2999"))
    assert record_types(tmp_path / place(again).file)[1] == "revisit"


def test_a_body_whose_file_is_gone_is_kept_anew(tmp_path: Path) -> None:
    """No record refers to what is not there any more."""
    (first,) = keep(tmp_path, "n1", answer())
    (tmp_path / place(first).file).unlink()
    (second,) = keep(tmp_path, "n2", answer())
    assert read_exchange(tmp_path, place(second)) == second
    with pytest.raises(ArchiveError, match="cannot be read"):
        read_exchange(tmp_path, place(first))


def test_a_capture_through_an_archive_keeps_its_time(tmp_path: Path) -> None:
    """Memento-Datetime counts where the prefix is on record, and only there."""
    headers = (("Memento-Datetime", "Mon, 05 Jan 2009 01:15:00 GMT"),)
    memento = datetime(2009, 1, 5, 1, 15, tzinfo=UTC)
    exchange = Exchange(URL, AT, 200, "OK", ASKED, headers, b"da", b"da", memento_at=memento)
    (through,) = keep(tmp_path, "n1", exchange, via="https://archiv.example/id_/")
    (direct,) = keep(tmp_path, "n2", exchange)
    assert read_exchange(tmp_path, place(through)).memento_at == memento
    assert read_exchange(tmp_path, place(direct)).memento_at is None
    raw = gzip.decompress((tmp_path / place(through).file).read_bytes())
    assert b"WARC-Target-URI: https://portal.example/plan?v=2\r\n" in raw
    assert b"GET /id_/https://portal.example/plan?v=2 HTTP/1.1\r\n" in raw


@pytest.mark.parametrize("cut", [1, 9, 200])
def test_a_killed_run_is_cut_to_its_last_whole_record(tmp_path: Path, cut: int) -> None:
    """What was whole stays readable, under the name that was promised, and bodies in it are known again."""
    archive = Archive(tmp_path)
    run = archive.open_run("n1", AT)
    kept = [run.store(answer("eins")), run.store(answer("zwei" * 500))]
    run._handle.close()  # as a kill leaves it: nothing closed, nothing renamed
    path = tmp_path / f"{run.file}.open"
    path.write_bytes(path.read_bytes()[:-cut])
    (recovered,) = Archive(tmp_path).recover()
    assert recovered.file == run.file
    assert recovered.cut_bytes > 0
    assert read_exchange(tmp_path, place(kept[0])) == kept[0]
    assert not any(isinstance(found, Damage) for found in iter_exchanges(tmp_path / run.file, tmp_path))
    assert Archive(tmp_path).recover() == ()
    (again,) = keep(tmp_path, "n2", answer("eins"))
    assert record_types(tmp_path / place(again).file)[1] == "revisit"


def test_a_living_run_is_left_alone(tmp_path: Path) -> None:
    """Recovery does not touch what another run is writing; a file without one whole record is removed."""
    leftover = tmp_path / "2026" / "01" / "strategiemonitor-alt.warc.gz.open"
    leftover.parent.mkdir(parents=True)
    leftover.write_bytes(b"\x1f\x8b\x08halb")
    archive = Archive(tmp_path)
    with archive.open_run("n1", AT) as run:
        (recovered,) = archive.recover()
        assert (recovered.file, recovered.kept_bytes) == (None, 0)
        kept = run.store(answer())
    assert not leftover.exists()
    assert read_exchange(tmp_path, place(kept)) == kept


def test_a_run_is_kept_once(tmp_path: Path) -> None:
    """A second run of the same id is refused, ended or not."""
    archive = Archive(tmp_path)
    with archive.open_run("n1", AT), pytest.raises(ArchiveError, match="same id"):
        archive.open_run("n1", AT)
    with pytest.raises(ArchiveError, match="holds a run 'n1' already"):
        archive.open_run("n1", AT)


def test_many_threads_write_whole_records(tmp_path: Path) -> None:
    """Portals are fetched in parallel; every exchange lies where its reference says."""
    kept: list[Exchange] = []
    with Archive(tmp_path).open_run("n1", AT) as run:

        def work(worker: int) -> None:
            kept.extend(run.store(answer(f"Seite {worker} {n}", url=f"{URL}&{worker}-{n}")) for n in range(10))

        threads = [threading.Thread(target=work, args=(worker,)) for worker in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(kept) == 60
    assert all(read_exchange(tmp_path, place(exchange)) == exchange for exchange in kept)


def test_damage_is_told_and_passed_over(tmp_path: Path) -> None:
    """A flipped byte costs one exchange, a cut tail the last; the rest is read."""
    kept = keep(tmp_path, "n1", *(answer(f"Fassung {n} " * 90, AT + timedelta(hours=n)) for n in range(4)))
    path = tmp_path / place(kept[0]).file
    data = bytearray(path.read_bytes())
    data[place(kept[1]).offset + 60] ^= 0xFF
    path.write_bytes(data[:-30])
    found = list(iter_exchanges(path, tmp_path))
    damages = [part for part in found if isinstance(part, Damage)]
    urls = [part.requested_at for part in found if isinstance(part, Exchange)]
    assert [damage.offset for damage in damages][:1] == [place(kept[1]).offset]
    assert [kept[n].requested_at for n in (0, 2, 3)] == urls
    with pytest.raises(ArchiveError, match="no exchange at"):
        read_exchange(tmp_path, place(kept[1]))


@settings(max_examples=40)
@given(data=st.data())
def test_no_damage_is_ever_a_crash(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Whatever bytes a file holds, reading it ends, and every exchange that comes out is one that went in."""
    folder = tmp_path_factory.mktemp("archiv")
    kept = keep(folder, "n1", answer("eins"), failed(FetchErrorKind.TLS), answer("drei"))
    path = folder / place(kept[0]).file
    whole = path.read_bytes()
    at = len(whole) * data.draw(st.integers(0, 999)) // 1000
    before, behind = whole[:at], whole[at:]
    ways = {"cut": before, "flipped": before + b"\0" + behind[1:], "headless": behind, "twice": before + whole}
    path.write_bytes(ways[data.draw(st.sampled_from(sorted(ways)))])
    found = [part for part in iter_exchanges(path, folder) if isinstance(part, Exchange)]
    bodies = {exchange.body for exchange in kept}
    assert {exchange.body for exchange in found} <= bodies


@pytest.mark.parametrize("packed", [True, False])
def test_files_of_other_tools_are_read(tmp_path: Path, packed: bool) -> None:
    """Request before response, chunked bodies, no compression, a revisit that names no file: as others write them."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=packed, warc_version="1.0")
    head = StatusAndHeaders("200 OK", [("Transfer-Encoding", "chunked")], protocol="HTTP/1.1")
    asked = StatusAndHeaders("GET /plan HTTP/1.1", [("Host", "portal.example")], is_http_request=True)
    when = {"WARC-Date": "2019-05-01T10:00:00Z"}
    body = b"5\r\nHallo\r\n0\r\n\r\n"
    response = writer.create_warc_record(
        URL, "response", io.BytesIO(body), len(body), http_headers=head, warc_headers_dict=dict(when)
    )
    request = writer.create_warc_record(URL, "request", http_headers=asked, warc_headers_dict=dict(when))
    writer.write_request_response_pair(request, response)
    digest = response.rec_headers.get_header("WARC-Payload-Digest")
    writer.write_record(writer.create_revisit_record(URL, digest, URL, when["WARC-Date"], head, dict(when)))
    path = tmp_path / ("fremd.warc.gz" if packed else "fremd.warc")
    path.write_bytes(buffer.getvalue())
    found = [part for part in iter_exchanges(path) if isinstance(part, Exchange)]
    assert [part.body for part in found] == [b"Hallo", b"Hallo"]
    assert found[0].request_headers == (("Host", "portal.example"),)
    assert found[0].requested_at == datetime(2019, 5, 1, 10, tzinfo=UTC)


def test_a_revisit_without_a_place_needs_to_be_told(tmp_path: Path) -> None:
    """The caller may know where a body lies; otherwise the error says what is missing."""
    (first,) = keep(tmp_path, "n1", answer())
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    head = StatusAndHeaders("200 OK", [("Content-Encoding", "gzip")], protocol="HTTP/1.1")
    writer.write_record(writer.create_revisit_record(URL, "sha1:ABC", URL, "2026-01-05T01:15:00Z", head))
    (tmp_path / "fremd.warc.gz").write_bytes(buffer.getvalue())
    reference = WarcReference("fremd.warc.gz", 0)
    with pytest.raises(ArchiveError, match="does not say where it lies"):
        read_exchange(tmp_path, reference)
    assert read_exchange(tmp_path, reference, {"sha1:ABC": place(first)}).body == first.body


def test_every_exchange_of_a_visit_is_in_the_archive(
    tmp_path: Path, server: ScriptedServer, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """robots.txt, redirects, failed attempts and the answer, in order; the capture knows where its exchanges lie."""
    server.answer("/alt", Answer(302, headers=(("Location", "/neu"),)))
    server.answer(
        "/neu", Answer(503, b"gleich"), Answer(body=gzip.compress(b"da"), headers=(("Content-Encoding", "gzip"),))
    )
    with Archive(tmp_path).open_run("n1", AT) as run:
        sink: Callable[[Exchange], Exchange] = run.store
        monkeypatch.setattr(visitor, "keep", sink)
        capture = visitor.fetch(server.url("/alt"))
    found = [part for part in iter_exchanges(tmp_path / run.file, tmp_path) if isinstance(part, Exchange)]
    assert [exchange.status for exchange in found] == [404, 302, 503, 302, 200]
    assert capture.attempt == 2
    assert found[-2:] == list(capture.exchanges)
