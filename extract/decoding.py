"""Undoing content codings (RFC 9110, section 8.4) with a bound on what comes out.

Bytes as they travelled come in, the decoded body goes out, or what was decoded so far with the reason why it is not
whole.  The fetcher asks for ``gzip`` and ``deflate``, which every tool that reads WARC files can undo; ``br`` (Brotli,
RFC 7932) is what crawlers with a browser inside have kept.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import brotli

from extract.model import FetchError, FetchErrorKind

ACCEPTED_CODINGS = "gzip, deflate"

_MOST_CODINGS = 3
_STEP_BYTES = 256 * 1024
_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A body, with the reason where it is not whole."""

    body: bytes
    error: FetchError | None = None


class _CodingError(Exception):
    """The bytes do not follow the coding; carries what came out before that."""

    def __init__(self, detail: str, body: bytes, kind: FetchErrorKind = FetchErrorKind.CONTENT_ENCODING) -> None:
        super().__init__(detail)
        self.error = FetchError(kind, detail)
        self.body = body


def decode(wire: bytes, content_encoding: str | None, limit_bytes: int) -> Decoded:
    """The body behind ``Content-Encoding``, at most ``limit_bytes`` long.

    The last coding listed was applied last, so it is undone first.  An empty body stays empty under any coding.
    """
    codings = [coding.strip().lower() for coding in (content_encoding or "").split(",") if coding.strip()]
    if len(codings) > _MOST_CODINGS:
        return Decoded(b"", FetchError(FetchErrorKind.CONTENT_ENCODING, f"{len(codings)} codings on top of each other"))
    body = wire
    try:
        for coding in reversed(codings if wire else []):
            body = _undo(coding, body, limit_bytes)
    except _CodingError as failure:
        return Decoded(failure.body, failure.error)
    if len(body) > limit_bytes:
        return Decoded(body[:limit_bytes], too_large(limit_bytes))
    return Decoded(body)


def too_large(limit_bytes: int) -> FetchError:
    """The error of a body beyond its limit."""
    return FetchError(FetchErrorKind.TOO_LARGE, f"the body is longer than {limit_bytes} bytes")


def _undo(coding: str, data: bytes, limit_bytes: int) -> bytes:
    """Undo one coding."""
    match coding:
        case "identity":
            return data
        case "gzip" | "x-gzip":
            return _gunzip(data, limit_bytes)
        case "deflate":
            return _inflate(data, limit_bytes)
        case "br":
            return _unbrotli(data, limit_bytes)
        case _:
            raise _CodingError(f"the coding {coding!r} was not asked for", b"")


def _gunzip(data: bytes, limit_bytes: int) -> bytes:
    """All members of a gzip stream (RFC 1952, section 2.2); what follows the last one is ignored, as browsers do."""
    body = b""
    while True:
        inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
        body += _bounded(inflater, data, limit_bytes - len(body), body)
        data = inflater.unused_data
        if not data.startswith(_GZIP_MAGIC):
            return body


def _inflate(data: bytes, limit_bytes: int) -> bytes:
    """A zlib stream, or a bare deflate stream as some servers send it under that name."""
    try:
        return _bounded(zlib.decompressobj(), data, limit_bytes, b"")
    except _CodingError as failure:
        if failure.error.kind is not FetchErrorKind.CONTENT_ENCODING or failure.body:
            raise
        return _bounded(zlib.decompressobj(-zlib.MAX_WBITS), data, limit_bytes, b"")


def _unbrotli(data: bytes, limit_bytes: int) -> bytes:
    """A Brotli stream, never more of it than the limit: a few hundred bytes may stand for gigabytes.

    Raises:
        _CodingError: With what came out so far if the stream is broken, cut off or too long.
    """
    unpacker = brotli.Decompressor()
    body = bytearray()
    try:
        while not unpacker.is_finished():
            part = unpacker.process(data, output_buffer_limit=_STEP_BYTES)
            data = b""
            body += part
            if len(body) > limit_bytes:
                raise _CodingError(
                    f"the body decodes to more than {limit_bytes} bytes",
                    bytes(body[:limit_bytes]),
                    FetchErrorKind.TOO_LARGE,
                )
            if not part and not unpacker.is_finished():
                raise _CodingError("the coded body breaks off", bytes(body))
    except brotli.error as error:
        raise _CodingError(f"the body does not follow its coding: {error}", bytes(body)) from None
    return bytes(body)


def _bounded(inflater: zlib._Decompress, data: bytes, limit_bytes: int, before: bytes) -> bytes:
    """What one stream holds, never more than the limit and one step at a time.

    Raises:
        _CodingError: With what came out so far (behind ``before``) if the stream is broken, cut off or too long.
    """
    parts: list[bytes] = []
    size = 0
    try:
        while not inflater.eof:
            part = inflater.decompress(data, _STEP_BYTES)
            data = inflater.unconsumed_tail
            parts.append(part)
            size += len(part)
            if size > limit_bytes:
                whole = before + b"".join(parts)
                raise _CodingError(
                    f"the body decodes to more than {len(before) + limit_bytes} bytes",
                    whole[: len(before) + limit_bytes],
                    FetchErrorKind.TOO_LARGE,
                )
            if not part and not data and not inflater.eof:
                raise _CodingError("the coded body breaks off", before + b"".join(parts))
    except zlib.error as error:
        raise _CodingError(f"the body does not follow its coding: {error}", before + b"".join(parts)) from None
    return b"".join(parts)
