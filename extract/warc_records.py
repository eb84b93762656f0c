"""The records of a WARC file, one after the other, and where the file is damaged.

Reads what any tool wrote: one gzip member per record, as the standard asks, or no compression.  A damaged part is told
and passed over: reading goes on at the next record that can be read.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader

MOST_BLOCK_BYTES = 64 * 1024 * 1024
"""A record's block beyond this is not read whole."""

_READ_BYTES = 64 * 1024
_GZIP_START = b"\x1f\x8b\x08"
_WARC_START = b"WARC/"


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its fields in lower case, its block, and the offset of its member or first byte in the file."""

    fields: dict[str, str]
    block: bytes
    offset: int

    @property
    def type(self) -> str:
        """What it is: ``response``, ``revisit``, ``request``, ``metadata``, ``warcinfo``."""
        return self.fields.get("warc-type", "")


@dataclass(frozen=True, slots=True)
class Damage:
    """A part of a file that cannot be read."""

    file: str
    offset: int
    detail: str


def iter_records(path: Path, offset: int = 0, *, name: str | None = None) -> Iterator[Record | Damage]:
    """The records from an offset on, in order.

    Args:
        path: The file.
        offset: Of a record.
        name: What the file is called in a damage; its path without one.

    Raises:
        OSError: If the file cannot be opened or read.
    """
    name = str(path) if name is None else name
    with path.open("rb") as file:
        file.seek(offset)
        packed = file.read(len(_GZIP_START)) == _GZIP_START
        file.seek(offset)
        yield from _packed_records(file, offset, name) if packed else _plain_records(file, name)


def _packed_records(file: IO[bytes], offset: int, name: str) -> Iterator[Record | Damage]:
    """The records of gzip members."""
    position: int | None = offset
    while position is not None:
        start = position
        if _is_plain(file, start):
            yield from _plain_records(file, name)
            return
        data, end, wrong = _member(file, start)
        if wrong is None:
            yield from _plain_records(io.BytesIO(data), name, member=start)
            position = end
        else:
            yield Damage(name, start, wrong)
            position = _next_member(file, start + 1)


def _is_plain(file: IO[bytes], start: int) -> bool:
    """Whether a record stands there that is not compressed, as where files of two kinds were put together."""
    file.seek(start)
    found = file.read(len(_WARC_START)) == _WARC_START
    file.seek(start)
    return found


def _member(file: IO[bytes], start: int) -> tuple[bytes, int | None, str | None]:
    """What a member holds, where the next one begins (``None``: nowhere), and what is wrong with it."""
    file.seek(start)
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    data = bytearray()
    position = start
    while chunk := file.read(_READ_BYTES):
        position += len(chunk)
        try:
            while chunk and not inflater.eof:
                data += inflater.decompress(chunk, MOST_BLOCK_BYTES)
                chunk = inflater.unconsumed_tail
                if len(data) > MOST_BLOCK_BYTES:
                    return b"", None, f"a gzip member holds more than {MOST_BLOCK_BYTES} bytes"
        except zlib.error as error:
            return b"", None, f"the gzip data is broken ({error})"
        if inflater.eof:
            end = position - len(inflater.unused_data)
            file.seek(end)
            return bytes(data), end if file.read(1) else None, None
    return b"", None, "the file breaks off within a record"


def _next_member(file: IO[bytes], position: int) -> int | None:
    """Where the next member begins that can be read, from a position on; ``None`` where there is none."""
    file.seek(position)
    window = b""
    while chunk := file.read(_READ_BYTES):
        window += chunk
        at = window.find(_GZIP_START)
        while at >= 0:
            candidate = position + at
            if _member(file, candidate)[2] is None:
                return candidate
            at = window.find(_GZIP_START, at + 1)
        position += max(0, len(window) - len(_GZIP_START) + 1)
        window = window[-len(_GZIP_START) + 1 :]
        file.seek(position + len(window))
    return None


def _plain_records(file: IO[bytes], name: str, *, member: int | None = None) -> Iterator[Record | Damage]:
    """The records of a file that is not compressed, or of one member."""
    loader = ArcWarcRecordLoader()
    while (line := _first_line(file)) is not None:
        start = file.tell() - len(line) if member is None else member
        try:
            record = loader.parse_record_stream(file, line, known_format="warc", no_record_parse=True)
        except (ArchiveLoadFailed, ValueError, EOFError) as error:
            yield Damage(name, start, f"this is no WARC record ({' '.join(str(error).split())})")
            _skip_to_record(file)
            continue
        fields = {key.lower(): value for key, value in record.rec_headers.headers}
        block = record.raw_stream.read(MOST_BLOCK_BYTES) if record.length else b""
        if len(block) < (record.length or 0):
            yield Damage(name, start, f"a record of {record.length} bytes has {len(block)}")
            return
        yield Record(fields, block, start)


def _skip_to_record(file: IO[bytes]) -> None:
    """Go on to where the next record begins, or to the end."""
    while line := file.readline(_READ_BYTES):
        if line.startswith(_WARC_START):
            file.seek(-len(line), io.SEEK_CUR)
            return


def _first_line(file: IO[bytes]) -> bytes | None:
    """The first line that is not blank; ``None`` at the end."""
    while line := file.readline(_READ_BYTES):
        if line.strip():
            return line
    return None
