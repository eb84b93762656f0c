"""The evidence is read against its own digests."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extract.archive import Archive
from extract.archive_check import check_archive
from extract.errors import ArchiveError
from extract.model import Exchange

AT = datetime(2026, 1, 5, 1, 15, tzinfo=UTC)


def keep(folder: Path, run_id: str, *texts: str) -> Path:
    """The file of a run that met these pages."""
    with Archive(folder).open_run(run_id, AT) as run:
        for number, text in enumerate(texts):
            url = f"https://portal.example/{number}"
            run.store(Exchange(url, AT, 200, "OK", (), (("Content-Type", "text/html"),), text.encode(), text.encode()))
        return folder / run.file


def forged(path: Path, old: bytes, new: bytes) -> None:
    """Replaces bytes within a record and packs the file again, one member, as nobody's disk would."""
    members = gzip.decompress(path.read_bytes())
    assert old in members
    path.write_bytes(gzip.compress(members.replace(old, new)))


def test_a_whole_archive_has_no_damage(tmp_path: Path) -> None:
    keep(tmp_path, "a", "Ziele", "Ziele", "Handlungsfelder")
    keep(tmp_path, "b", "Ziele")
    [first, second] = check_archive(tmp_path)
    assert (first.damage, second.damage) == ((), ())
    assert first.records > second.records > 1


def test_a_flipped_bit_is_told_with_its_place_and_the_rest_is_read(tmp_path: Path) -> None:
    path = keep(tmp_path, "a", "Ziele", "Handlungsfelder")
    whole = next(check_archive(tmp_path)).records
    packed = bytearray(path.read_bytes())
    packed[len(packed) // 2] ^= 0x10
    path.write_bytes(packed)
    [checked] = check_archive(tmp_path)
    assert checked.damage
    assert all(damage.file == checked.file for damage in checked.damage)
    assert 0 < checked.records < whole


def test_words_that_were_replaced_cleanly_are_found_by_the_digests(tmp_path: Path) -> None:
    forged(keep(tmp_path, "a", "150 Vorhaben"), b"150 Vorhaben", b"170 Vorhaben")
    [checked] = check_archive(tmp_path)
    assert [damage.detail for damage in checked.damage] == [
        "the block is not what WARC-Block-Digest says",
        "the payload is not what WARC-Payload-Digest says",
    ]


def test_a_file_that_cannot_be_opened_is_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "2026" / "01" / "x.warc.gz"
    folder.mkdir(parents=True)
    with pytest.raises(ArchiveError, match="cannot be read"):
        list(check_archive(tmp_path))
