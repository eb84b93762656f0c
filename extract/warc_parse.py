"""How records are read back into an exchange: the reverse of :mod:`extract.warc_format`, for records of any tool."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from warcio.bufferedreaders import ChunkedDataReader

from extract.decoding import decode
from extract.exchange import memento_at
from extract.fetch_settings import FetchLimits
from extract.model import Exchange, FetchError, FetchErrorKind, WarcReference
from extract.warc_format import FILE_FIELD, KEPT_TRANSFER_CODING, OFFSET_FIELD, SECONDS_FIELD, VIA_FIELD
from extract.warc_records import Record

_BODY_BYTES = FetchLimits().max_body_bytes
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_YEAR_AND_MONTH = re.compile(r"(\d{4})(?:-(\d\d))?Z?")


@dataclass
class Group:
    """The records of one exchange."""

    primary: Record | None = None
    others: list[Record] = field(default_factory=list)

    def takes(self, record: Record) -> bool:
        """Whether a record belongs to this exchange."""
        if self.primary is None:
            return True
        linked = record.fields.get("warc-concurrent-to")
        return linked is not None and linked == self.primary.fields.get("warc-record-id")


def is_primary(record: Record) -> bool:
    """Whether a record is one that an exchange begins with."""
    if record.type in ("response", "revisit"):
        return "http" in record.fields.get("content-type", "http")
    if record.type == "resource":
        return record.fields.get("warc-target-uri", "").strip("<> ").startswith(("http:", "https:"))
    return record.type == "metadata" and SECONDS_FIELD.lower() in record.fields


def lacks_body(record: Record) -> bool:
    """Whether a record is a revisit whose body lies elsewhere; a 304 has none anywhere."""
    return record.type == "revisit" and "not-modified" not in record.fields.get("warc-profile", "")


def place_of_body(record: Record) -> WarcReference | None:
    """Where the body of one of our revisits lies."""
    file, offset = record.fields.get(FILE_FIELD.lower()), record.fields.get(OFFSET_FIELD.lower(), "")
    return WarcReference(file, int(offset)) if file and offset.isdigit() else None


def exchange_of(group: Group, reference: WarcReference) -> Exchange:
    """An exchange from its records, as they stand.

    Raises:
        ValueError: If a record cannot be read as what it says it is.
    """
    primary = group.primary
    assert primary is not None
    fields = primary.fields
    request = next((record for record in group.others if record.type == "request"), None)
    notes = [primary] if primary.type == "metadata" else [r for r in group.others if r.type == "metadata"]
    exchange = Exchange(
        url=fields.get("warc-target-uri", ""),
        requested_at=_date(fields.get("warc-date", "")),
        request_headers=_message(request.block)[1] if request else (),
        error=next((error for note in notes if (error := _error(note)) is not None), None),
        peer=fields.get("warc-ip-address"),
        seconds=float(fields.get(SECONDS_FIELD.lower(), 0)),
        warc=reference,
    )
    if primary.type in ("metadata", "resource"):
        return exchange
    line, headers, body = _message(primary.block)
    status, reason = _status(line)
    exchange = replace(exchange, status=status, reason=reason, headers=_as_sent(headers))
    if VIA_FIELD.lower() in fields:
        exchange = replace(exchange, memento_at=memento_at(headers))
    if exchange.error is None and "warc-truncated" in fields:
        detail = f"kept only in part ({fields['warc-truncated']})"
        exchange = replace(exchange, error=FetchError(FetchErrorKind.TRUNCATED, detail))
    return with_body(exchange, _dechunked(headers, body))


def with_body(exchange: Exchange, wire_body: bytes) -> Exchange:
    """An exchange with its body, decoded anew."""
    decoded = decode(wire_body, exchange.header("Content-Encoding"), _BODY_BYTES)
    return replace(exchange, wire_body=wire_body, body=decoded.body, error=exchange.error or decoded.error)


def body_of(record: Record) -> bytes:
    """The body, as it travelled, of a response record."""
    _, headers, body = _message(record.block)
    return _dechunked(headers, body)


def _message(block: bytes) -> tuple[str, tuple[tuple[str, str], ...], bytes]:
    """First line, header fields and body of an HTTP message; lines may end with a bare LF (RFC 9112, section 2.2)."""
    end = _END_OF_HEAD.search(block)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    first, *lines = head.decode("latin-1").replace("\r\n", "\n").split("\n")
    fields = (line.partition(":") for line in lines if ":" in line)
    return first, tuple((name.strip(), value.strip()) for name, _, value in fields), body


def _status(line: str) -> tuple[int, str]:
    """Status code and reason of a status line: ``HTTP/1.1 200 OK``, ``HTTP/2 200``."""
    code, _, reason = line.partition(" ")[2].strip().partition(" ")
    if not code.isdecimal():
        raise ValueError(f"it holds no HTTP answer, its first line is {line[:40]!r}")
    return int(code), reason


def _as_sent(headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Header fields under the names that they travelled under."""
    return tuple(("Transfer-Encoding" if name == KEPT_TRANSFER_CODING else name, value) for name, value in headers)


def _dechunked(headers: tuple[tuple[str, str], ...], body: bytes) -> bytes:
    """A body with the transfer coding undone that other tools keep (RFC 9112, section 7.1)."""
    coding = next((value for name, value in headers if name.lower() == "transfer-encoding"), "")
    return ChunkedDataReader(io.BytesIO(body)).read() if coding.lower() == "chunked" and body else body


def _error(record: Record) -> FetchError | None:
    """The error that one of our metadata records tells of."""
    lines = (line.partition(": ") for line in record.block.decode("utf-8", errors="replace").splitlines())
    notes = {name: value for name, _, value in lines}
    if notes.get("error") not in {kind.value for kind in FetchErrorKind}:
        return None
    return FetchError(FetchErrorKind(notes["error"]), notes.get("errorDetail", ""))


def _date(text: str) -> datetime:
    """A ``WARC-Date`` (section 5.4), from the year alone to nanoseconds; in UTC also where it does not say so.

    Raises:
        ValueError: If it is no date.
    """
    year_and_month = _YEAR_AND_MONTH.fullmatch(text.strip())
    if year_and_month:
        return datetime(int(year_and_month[1]), int(year_and_month[2] or 1), 1, tzinfo=UTC)
    at = datetime.fromisoformat(text.strip())
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
