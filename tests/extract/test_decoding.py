"""Undoing content codings within bounds."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib

import brotli
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.decoding import decode
from extract.model import FetchErrorKind


@settings(max_examples=60)
@given(bodies=st.lists(st.binary(min_size=1, max_size=400), min_size=1, max_size=3))
def test_members_of_a_gzip_stream_are_joined(bodies: list[bytes]) -> None:
    """Every member counts (RFC 1952), and so does a deflate stream of either kind."""
    whole = b"".join(bodies)
    assert decode(b"".join(map(gzip.compress, bodies)), "gzip", 9999).body == whole
    assert decode(zlib.compress(whole), "Deflate", 9999).body == whole
    assert decode(brotli.compress(whole), "br", 9999).body == whole
    assert decode(whole, None, 9999).body == whole


@settings(max_examples=60)
@given(body=st.binary(min_size=50, max_size=400), data=st.data())
def test_a_cut_stream_is_never_taken_for_whole(body: bytes, data: st.DataObject) -> None:
    """However much is missing, the error says so."""
    for packed, coding in ((gzip.compress(body), "gzip"), (brotli.compress(body), "br")):
        cut = data.draw(st.integers(1, len(packed) - 1))
        decoded = decode(packed[:cut], coding, 9999)
        assert decoded.error is not None
        assert decoded.error.kind is FetchErrorKind.CONTENT_ENCODING
        assert body.startswith(decoded.body)


def test_a_few_bytes_that_stand_for_gigabytes_are_given_up_at_the_limit() -> None:
    bomb = brotli.compress(bytes(100_000_000))
    assert len(bomb) < 200
    tracemalloc.start()
    decoded = decode(bomb, "br", 1_000_000)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(decoded.body) == 1_000_000
    assert decoded.error is not None
    assert decoded.error.kind is FetchErrorKind.TOO_LARGE
    assert most < 10_000_000


@settings(max_examples=40)
@given(size=st.integers(0, 3000), limit=st.integers(1, 2000))
def test_no_more_than_the_limit_comes_out(size: int, limit: int) -> None:
    """A body at the limit is whole, one beyond it is cut there and said to be too large."""
    packed = ((gzip.compress(b"x" * size), "gzip"), (brotli.compress(b"x" * size), "br"), (b"x" * size, None))
    for wire, coding in packed:
        decoded = decode(wire, coding, limit)
        assert decoded.body == b"x" * min(size, limit)
        assert (decoded.error is None) is (size <= limit)


def test_layers_without_end_are_refused() -> None:
    """Codings on top of each other multiply; a handful is refused before it is undone."""
    decoded = decode(b"x", ", ".join(["gzip"] * 9), 100)
    assert decoded.error is not None
    assert decoded.error.kind is FetchErrorKind.CONTENT_ENCODING
