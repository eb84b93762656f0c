"""The records of one exchange as they lie in the archive: raw bytes that any web-archive tool can replay."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from extract.archive_read import read_exchange
from extract.errors import ArchiveError
from extract.model import Exchange, WarcReference
from extract.payload_index import locate
from extract.warc_parse import Group, is_primary, place_of_body
from extract.warc_records import Damage, iter_records


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """An exchange with its records: ``warc`` holds them as they were written, the body's own record first."""

    exchange: Exchange
    warc: bytes
    head: str
    """Status line and header fields of the answer, as kept."""


def evidence_record(folder: Path, reference: WarcReference) -> EvidenceRecord:
    """The exchange at a place in the archive and its records.

    Where the body was kept earlier (a revisit), the record that holds it comes first.

    Raises:
        ArchiveError: If the place cannot be read.
    """
    exchange = read_exchange(folder, reference)
    group, raw = _raw(folder, reference)
    assert group.primary is not None
    body_at = place_of_body(group.primary)
    before = _raw(folder, body_at)[1] if body_at is not None and body_at != reference else b""
    head = group.primary.block.partition(b"\r\n\r\n")[0].decode("latin-1")
    return EvidenceRecord(exchange, before + raw, head)


def _raw(folder: Path, reference: WarcReference) -> tuple[Group, bytes]:
    """The records of one exchange, and their bytes in the file."""
    path = locate(folder, reference.file)
    group, end = Group(), None
    for record in iter_records(path, reference.offset, name=reference.file):
        if isinstance(record, Damage):
            end = record.offset
            break
        if group.primary is None:
            if not is_primary(record):
                break
            group.primary = record
        elif group.takes(record):
            group.others.append(record)
        else:
            end = record.offset
            break
    if group.primary is None:
        raise ArchiveError(f"{reference.file} holds no exchange at {reference.offset}.", "Restore the file.")
    with path.open("rb") as file:
        file.seek(reference.offset)
        return group, file.read() if end is None else file.read(end - reference.offset)
