"""The archive: every exchange of every run, kept as WARC 1.1 before anything is read from it.

One file per run, ``<yyyy>/<mm>/strategiemonitor-<run id>.warc.gz``, written under that name with ``.open`` behind it
and renamed when the run ends, so that a name without ``.open`` always means a whole file.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from extract.archive_read import originals
from extract.errors import ArchiveError
from extract.fetch_settings import product
from extract.model import Exchange, WarcReference
from extract.payload_index import OPEN_SUFFIX, PayloadIndex
from extract.warc_format import Original, payload_digest, warc_date, warcinfo, write_exchange

_READ_BYTES = 256 * 1024
_LOOK_AT_DISK = "Look at the disk and its permissions; nothing that was kept before is lost."


@dataclass(frozen=True, slots=True)
class Recovered:
    """A file that a killed run left behind: where it is now (``None``: it held nothing), how much was cut off."""

    file: str | None
    kept_bytes: int
    cut_bytes: int


class Archive:
    """The archive in one folder, which is made if it is missing.

    Raises:
        ArchiveError: If the folder cannot be made or its index cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with _storage("opened", folder):
            folder.mkdir(parents=True, exist_ok=True)
            self._index = PayloadIndex(folder)

    def open_run(self, run_id: str, started_at: datetime) -> WarcRun:
        """Begin the file of a run; close it when the run ends, however it ends.

        Raises:
            ArchiveError: If the file cannot be made, or a run of that id was kept before.
        """
        day = started_at.astimezone(UTC)
        file = f"{day:%Y}/{day:%m}/strategiemonitor-{run_id}.warc.gz"
        if (self.folder / file).exists():
            raise ArchiveError(f"The archive holds a run {run_id!r} already: {file}.", "Give the run another id.")
        return WarcRun(self.folder, file, self._index, started_at)

    def recover(self) -> tuple[Recovered, ...]:
        """Bring the files of killed runs to an end: cut to the last whole record, renamed, indexed.

        Files that a living run is writing are left alone.
        """
        leftovers = sorted(self.folder.glob(f"*/*/*.warc.gz{OPEN_SUFFIX}"))
        found = (self._recover(path) for path in leftovers)
        return tuple(recovered for recovered in found if recovered is not None)

    def _recover(self, path: Path) -> Recovered | None:
        """Bring one file to an end; ``None`` where it is in use."""
        with _storage("recovered", path), path.open("r+b") as file:
            if not _locked(file):
                return None
            size = path.stat().st_size
            kept = end_of_last_member(file)
            file.truncate(kept)
            if kept == 0:
                path.unlink()
                return Recovered(None, 0, size)
            name = _finish(self.folder, path, file)
        for original in originals(self.folder, name):
            self._index.add(original.uri, original)
        self._index.save()
        return Recovered(name, kept, size - kept)


class WarcRun:
    """The file of one run, being written; a context manager that closes it.  Safe to use from several threads.

    Nothing is forced to the disk before the run ends: a crash of the machine may cost the last exchanges of a run that
    is then asked again, a crash of the program costs none.
    """

    def __init__(self, folder: Path, file: str, index: PayloadIndex, started_at: datetime) -> None:
        self.file = file
        self._folder = folder
        self._index = index
        self._path = folder / (file + OPEN_SUFFIX)
        self._guard = threading.Lock()
        self._end = 0
        with _storage("made", self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._handle = self._path.open("xb", buffering=0)
        _locked(self._handle)
        info, self._info_id = warcinfo(file, started_at, product())
        try:
            self._append(info)
        except ArchiveError:
            # An open handle would keep others from bringing the file to an end.
            self._handle.close()
            self._path.unlink(missing_ok=True)
            raise

    def store(self, exchange: Exchange, *, via: str | None = None) -> Exchange:
        """Keep an exchange.

        Args:
            exchange: What took place, or did not.
            via: PREFIX through which it was had.

        Returns:
            The same exchange with its place in the archive, named as it will be once the run has ended.

        Raises:
            ArchiveError: If it cannot be written; the file then ends with the exchange before it.
        """
        digest = payload_digest(exchange)
        original = self._index.original(digest) if digest else None
        unchanged = self._index.last_answer(exchange.url) if exchange.status == 304 else None
        data = write_exchange(exchange, self._info_id, via=via, digest=digest, original=original, unchanged=unchanged)
        offset = self._append(data)
        if digest is not None:
            own = Original(digest, self.file, offset, exchange.url, warc_date(exchange.requested_at))
            self._index.add(exchange.url, original or own)
        return replace(exchange, warc=WarcReference(self.file, offset))

    def close(self) -> None:
        """End the file: force it to the disk and give it its name.  Closing twice does nothing.

        Raises:
            ArchiveError: If the disk refuses.
        """
        if self._handle.closed:
            return
        with self._guard, _storage("closed", self._path), self._handle:
            _finish(self._folder, self._path, self._handle)
            self._index.save()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _append(self, data: bytes) -> int:
        """Write records behind the last one; gives their offset."""
        with self._guard, _storage("written", self._path):
            offset, rest = self._end, memoryview(data)
            try:
                while rest:
                    rest = rest[self._handle.write(rest) or 0 :]
            except OSError:
                with contextlib.suppress(OSError):
                    self._handle.truncate(offset)
                    self._handle.seek(offset)
                raise
            self._end = offset + len(data)
            return offset


def end_of_last_member(file: IO[bytes]) -> int:
    """Where the last whole gzip member of a file ends; 0 where there is none."""
    file.seek(0)
    end = position = 0
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        while chunk := file.read(_READ_BYTES):
            while chunk:
                inflater.decompress(chunk)
                used = len(chunk) - len(inflater.unused_data)
                position += used
                chunk = chunk[used:]
                if not inflater.eof:
                    break
                end = position
                inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    except zlib.error:
        return end
    return end


def _locked(file: IO[bytes]) -> bool:
    """Take a file for ourselves as long as it is open; whether nobody else had it."""
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _finish(folder: Path, path: Path, file: IO[bytes]) -> str:
    """Force a file to the disk and take ``.open`` off its name; gives the name below the archive folder."""
    file.flush()
    os.fsync(file.fileno())
    final = path.with_name(path.name.removesuffix(OPEN_SUFFIX))
    path.rename(final)
    directory = os.open(final.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
    return final.relative_to(folder).as_posix()


@contextlib.contextmanager
def _storage(done: str, path: Path) -> Iterator[None]:
    """Turn what the disk says into an error that names the file."""
    try:
        yield
    except FileExistsError:
        raise ArchiveError(
            f"The archive file {path} was left by a run of the same id.", "Call recover(), or give the run another id."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ArchiveError(f"The archive file {path} cannot be {done}: {error}.", _LOOK_AT_DISK) from error
