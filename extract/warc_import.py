"""Answers out of WARC files of other tools (wget, Browsertrix, ArchiveBox, Heritrix), to be kept in our archive.

Compressed or not, HTTP/1.1 chunks as stored, revisits resolved within the files that are read together.  Whatever is
not taken is told with a named reason; a damaged part is one of them, and reading goes on behind it.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from extract.addresses import normalised
from extract.archive_read import FoundBodies, iter_exchanges
from extract.errors import ArchiveError
from extract.model import Exchange, FetchErrorKind
from extract.warc_records import Damage


class SkipReason(StrEnum):
    """Why a record was not taken."""

    NO_PAGE = "no_page"
    """Its address is no declared page's, and of no file that one links."""
    NO_ANSWER = "no_answer"
    """What was kept of the address is no HTTP answer: a file without status, header fields and time of asking."""
    STATUS = "status"
    """The answer is not 200."""
    DAMAGED = "damaged"
    NO_BODY = "no_body"
    """A revisit whose body lies elsewhere, or an answer without any."""
    TRUNCATED = "truncated"
    """The tool that wrote it kept only a part."""
    CONTENT_CODING = "content_coding"
    """Its body is packed in a way that we cannot undo, such as Zstandard, or not as it says."""
    FORMAT = "format"
    """The file is no WARC file, or packed otherwise than with gzip."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that was not taken: file, byte offset, reason, a sentence, and its address where it could be read."""

    file: str
    offset: int
    reason: SkipReason
    detail: str
    url: str = ""


_GZIP = b"\x1f\x8b"
_NOT_WARC = {
    b"PK\x03\x04": "a ZIP archive (WACZ): unpack it and name the files in its folder 'archive'",
    b"(\xb5/\xfd": "packed with Zstandard: unpack it with 'zstd -d'",
    b"filedesc:": "an ARC file, the format before WARC: convert it with 'warcio recompress'",
}


def import_warc(
    path: Path, is_wanted: Callable[[str], bool], bodies: FoundBodies | None = None
) -> Iterator[Exchange | Skipped]:
    """The answers of a file that are worth keeping, in order, and why the others are not.

    Args:
        path: The file.
        is_wanted: Whether an address is that of a page, or of a file that one links.
        bodies: Those of files imported before, to which revisits may refer; those of this file are added.

    Yields:
        Exchanges with status 200 and a whole body, dated as the file dates them; request and metadata records belong
        to them or are passed over in silence.

    Raises:
        ArchiveError: If the file cannot be opened.
    """
    strange = _other_format(path)
    if strange is not None:
        yield Skipped(path.name, 0, SkipReason.FORMAT, strange)
        return
    for found in iter_exchanges(path, bodies=bodies):
        if isinstance(found, Damage):
            yield _damage(found)
            continue
        exchange = replace(found, url=_address(found.url))
        offset = found.warc.offset if found.warc else 0
        skipped = _refusal(exchange, is_wanted)
        yield (
            Skipped(path.name, offset, *skipped, exchange.url)
            if skipped
            else replace(exchange, warc=None, memento_at=None)
        )


def _refusal(exchange: Exchange, is_wanted: Callable[[str], bool]) -> tuple[SkipReason, str] | None:
    """Why an answer is not taken."""
    if not is_wanted(exchange.url):
        return SkipReason.NO_PAGE, exchange.url
    if exchange.status is None:
        return SkipReason.NO_ANSWER, f"{exchange.url} is kept without the HTTP answer (a resource record)"
    if exchange.status != 200:
        return SkipReason.STATUS, f"{exchange.url} answered {exchange.status}"
    if exchange.error is not None:
        coded = exchange.error.kind is FetchErrorKind.CONTENT_ENCODING
        reason = SkipReason.CONTENT_CODING if coded else SkipReason.TRUNCATED
        return reason, f"{exchange.url}: {exchange.error.detail}"
    if not exchange.body:
        return SkipReason.NO_BODY, f"{exchange.url} has no body"
    return None


def _damage(damage: Damage) -> Skipped:
    no_body = "the body of a revisit" in damage.detail
    return Skipped(damage.file, damage.offset, SkipReason.NO_BODY if no_body else SkipReason.DAMAGED, damage.detail)


def _address(url: str) -> str:
    """The address as others write it: GNU wget sets it in angle brackets, as WARC 1.0 shows it."""
    bare = url.strip().removeprefix("<").removesuffix(">")
    try:
        return normalised(bare)
    except ValueError:
        return bare


def _other_format(path: Path) -> str | None:
    """What a file is that is no WARC file; ``None`` where it may be one."""
    try:
        with path.open("rb") as file:
            head = file.read(16)
            if head.startswith(_GZIP):
                file.seek(0)
                head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(file.read(512), 16)
    except zlib.error:
        return None
    except OSError as error:
        raise ArchiveError(f"{path} cannot be opened: {error.strerror or error}.", "Check the name.") from error
    return next((said for start, said in _NOT_WARC.items() if head.startswith(start)), None)
