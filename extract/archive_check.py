"""Whether the evidence is whole: every record of every WARC file, read and compared with its own digests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.errors import ArchiveError
from extract.warc_format import digest_of
from extract.warc_records import Damage, Record, iter_records


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """One WARC file: its name below the archive folder, how many records can be read, and what cannot."""

    file: str
    records: int
    damage: tuple[Damage, ...]


def check_archive(folder: Path) -> Iterator[CheckedFile]:
    """Reads every finished file of the archive, the oldest first; one file's damage does not keep from the next.

    Raises:
        ArchiveError: If a file cannot be opened at all.
    """
    for path in sorted(folder.glob("*/*/*.warc.gz")):
        yield check_file(path, path.relative_to(folder).as_posix())


def check_file(path: Path, name: str) -> CheckedFile:
    """Reads a file whole: what is no record, and each record whose block or payload is not what its digest says.

    Raises:
        ArchiveError: If it cannot be opened.
    """
    records, damage = 0, list[Damage]()
    try:
        for found in iter_records(path, name=name):
            if isinstance(found, Damage):
                damage.append(found)
                continue
            records += 1
            damage += [Damage(name, found.offset, wrong) for wrong in _wrong(found)]
    except OSError as error:
        raise ArchiveError(f"The archive file {path} cannot be read: {error}.", "Look at the disk.") from error
    return CheckedFile(name, records, tuple(damage))


def _wrong(record: Record) -> Iterator[str]:
    """What a record's digests (WARC 1.1, 5.8 and 5.9) say against its bytes."""
    if _differs(record.fields.get("warc-block-digest", ""), record.block):
        yield "the block is not what WARC-Block-Digest says"
    if record.type == "response" and "warc-truncated" not in record.fields:
        _, _, payload = record.block.partition(b"\r\n\r\n")
        if _differs(record.fields.get("warc-payload-digest", ""), payload):
            yield "the payload is not what WARC-Payload-Digest says"


def _differs(stated: str, content: bytes) -> bool:
    """Whether a digest of our own kind is another one; those of other algorithms are not looked at."""
    ours = digest_of(content)
    return stated.partition(":")[0] == ours.partition(":")[0] and stated != ours
