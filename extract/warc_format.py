"""How an exchange is written down as WARC 1.1 records (ISO 28500:2017): pure functions, no files.

An exchange becomes one *primary* record, followed by those that belong to it:

====================  =================================================================================
what came of it       primary record
====================  =================================================================================
an answer             ``response``; its body as it travelled, content coding kept, transfer coding undone
an answer seen before ``revisit`` (identical-payload-digest): its header fields alone, and where the body lies
304                   ``revisit`` (server-not-modified)
no answer             ``metadata`` with the error
====================  =================================================================================

Behind it stand a ``request`` record, where a request was sent, and, where an answer is not whole, a ``metadata`` record
with the error.  Both name the primary record in ``WARC-Concurrent-To``.  The target is always the original address;
PREFIX stands in a field of our own.  Each record is a gzip member of its own (annex D.3).
"""

from __future__ import annotations

import base64
import hashlib
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from isal import isal_zlib

from extract.model import Exchange, FetchErrorKind

VIA_FIELD = "Strategiemonitor-Via"
"""PREFIX through which an exchange was had; without it the portal itself was asked."""
SECONDS_FIELD = "Strategiemonitor-Seconds"
"""How long the exchange took."""
FILE_FIELD = "WARC-Refers-To-Filename"
OFFSET_FIELD = "WARC-Refers-To-File-Offset"
"""Where the body of a revisit lies: file below the archive folder, and byte offset of its record."""
KEPT_TRANSFER_CODING = "X-Archive-Orig-Transfer-Encoding"
"""Stands for ``Transfer-Encoding``, which is undone before a body is kept."""

_PROFILE = "http://netpreserve.org/warc/1.1/revisit/"
_LEVEL = 2
"""Of isal's scale: as small as zlib's level 6 on web pages, at an eighth of its time (tests/benchmarks/packing)."""
_TRUNCATED = {
    FetchErrorKind.TOO_LARGE: "length",
    FetchErrorKind.TIMEOUT: "time",
    FetchErrorKind.TRUNCATED: "disconnect",
    FetchErrorKind.CONNECTION: "disconnect",
}


@dataclass(frozen=True, slots=True)
class Original:
    """Where a payload lies: file below the archive folder, offset of its record, and what it was the answer to."""

    digest: str
    file: str
    offset: int
    uri: str
    date: str


def warcinfo(file: str, at: datetime, software: str) -> tuple[bytes, str]:
    """The first record of a file, and its id."""
    lines = {
        "software": software,
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "robots": "classic",
    }
    fields = {"WARC-Type": "warcinfo", "WARC-Date": warc_date(at), "WARC-Filename": file.rpartition("/")[2]}
    return _record(fields, _warc_fields(lines), "application/warc-fields")


def write_exchange(
    exchange: Exchange,
    info_id: str,
    *,
    via: str | None,
    digest: str | None,
    original: Original | None,
    unchanged: Original | None,
) -> bytes:
    """All records of an exchange, the primary one first.

    Args:
        exchange: What took place, or did not.
        info_id: Id of the file's warcinfo record.
        via: PREFIX through which it was had.
        digest: What :func:`payload_digest` says of it.
        original: Where the same payload lies already; gives a revisit.
        unchanged: What the address answered last, for a 304.
    """
    common = {"WARC-Date": warc_date(exchange.requested_at), "WARC-Target-URI": _one_line(exchange.url)}
    common["WARC-Warcinfo-ID"] = info_id
    own = {SECONDS_FIELD: f"{exchange.seconds:.6f}"}
    if via is not None:
        own[VIA_FIELD] = via
    if exchange.peer is not None:
        common["WARC-IP-Address"] = exchange.peer
    if exchange.status is None:
        primary, record_id = _record({**common, **own, "WARC-Type": "metadata"}, _error(exchange), _WARC_FIELDS)
    else:
        about, body = _about_answer(exchange, digest, original, unchanged)
        primary, record_id = _record({**common, **own, **about}, _head(exchange) + body, _HTTP_RESPONSE)
    belongs = {**common, "WARC-Concurrent-To": record_id}
    records = [primary]
    if exchange.request_headers:
        records.append(_record({**belongs, "WARC-Type": "request"}, _request(exchange, via), _HTTP_REQUEST)[0])
    if exchange.status is not None and exchange.error is not None:
        records.append(_record({**belongs, "WARC-Type": "metadata"}, _error(exchange), _WARC_FIELDS)[0])
    return b"".join(records)


_WARC_FIELDS = "application/warc-fields"
_HTTP_RESPONSE = "application/http; msgtype=response"
_HTTP_REQUEST = "application/http; msgtype=request"


def payload_digest(exchange: Exchange) -> str | None:
    """Digest of a body worth referring to: whole, and not empty."""
    whole = exchange.status is not None and exchange.error is None
    return digest_of(exchange.wire_body) if whole and exchange.wire_body else None


def digest_of(data: bytes) -> str:
    """A labelled digest (section 5.8): SHA-256 in base 32, as WARC tools spell it."""
    return "sha256:" + base64.b32encode(hashlib.sha256(data).digest()).decode("ascii")


def warc_date(at: datetime) -> str:
    """A time in UTC to the microsecond (section 5.4)."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _about_answer(
    exchange: Exchange, digest: str | None, original: Original | None, unchanged: Original | None
) -> tuple[dict[str, str], bytes]:
    """The fields that tell what kind of answer it is, and the body that is kept with it."""
    if exchange.status == 304:
        fields = {"WARC-Type": "revisit", "WARC-Profile": _PROFILE + "server-not-modified"}
        about = _refers_to(unchanged) if unchanged else {}
        about.pop("WARC-Payload-Digest", None)
        return fields | about, b""
    if original is not None:
        fields = {"WARC-Type": "revisit", "WARC-Profile": _PROFILE + "identical-payload-digest"}
        return fields | _refers_to(original), b""
    fields = {"WARC-Type": "response", "WARC-Payload-Digest": digest or digest_of(exchange.wire_body)}
    if exchange.error is not None and exchange.error.kind in _TRUNCATED:
        fields["WARC-Truncated"] = _TRUNCATED[exchange.error.kind]
    return fields, exchange.wire_body


def _refers_to(original: Original) -> dict[str, str]:
    """Where the body of a revisit is to be found: by address and date for any tool, by file and offset for ours."""
    return {
        "WARC-Refers-To-Target-URI": original.uri,
        "WARC-Refers-To-Date": original.date,
        "WARC-Payload-Digest": original.digest,
        FILE_FIELD: original.file,
        OFFSET_FIELD: str(original.offset),
    }


def _head(exchange: Exchange) -> bytes:
    """Status line and header fields of an answer."""
    lines = [f"HTTP/1.1 {exchange.status} {_one_line(exchange.reason)}"]
    for name, value in exchange.headers:
        kept = KEPT_TRANSFER_CODING if name.lower() == "transfer-encoding" else name
        lines.append(f"{kept}: {_one_line(value)}")
    return _http(lines)


def _request(exchange: Exchange, via: str | None) -> bytes:
    """The request as it was sent."""
    parts = urlsplit((via or "") + exchange.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [f"GET {_one_line(target)} HTTP/1.1"]
    lines.extend(f"{name}: {_one_line(value)}" for name, value in exchange.request_headers)
    return _http(lines)


def _http(lines: list[str]) -> bytes:
    """The head of a message; header fields are bytes that happen to be read as Latin-1."""
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", errors="replace")


def _error(exchange: Exchange) -> bytes:
    """Why an exchange is not whole."""
    assert exchange.error is not None
    return _warc_fields({"error": exchange.error.kind.value, "errorDetail": exchange.error.detail})


def _warc_fields(lines: dict[str, str]) -> bytes:
    """A block of ``application/warc-fields``."""
    return "".join(f"{name}: {_one_line(value)}\r\n" for name, value in lines.items()).encode()


def _record(fields: dict[str, str], block: bytes, content_type: str) -> tuple[bytes, str]:
    """One record as a gzip member, and its id."""
    record_id = f"<urn:uuid:{uuid.uuid4()}>"
    head = {
        **fields,
        "WARC-Record-ID": record_id,
        "WARC-Block-Digest": digest_of(block),
        "Content-Type": content_type,
        "Content-Length": str(len(block)),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    packer = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, isal_zlib.MAX_WBITS | 16)
    parts = (b"WARC/1.1\r\n", lines.encode(), b"\r\n", block, b"\r\n\r\n")
    return b"".join([*(packer.compress(part) for part in parts), packer.flush()]), record_id


def _one_line(value: str) -> str:
    """A value that cannot begin a new line."""
    return value.replace("\r", " ").replace("\n", " ")
