"""Exchanges out of WARC files: those of our archive and those that others wrote.

A body that was kept as a revisit is fetched from where it lies: our own records name file and offset; for others the
caller may hand in what it knows, and within files that are read together bodies are found by their digest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from extract.errors import ArchiveError
from extract.model import Exchange, WarcReference
from extract.payload_index import locate
from extract.warc_format import Original, digest_of
from extract.warc_parse import Group, body_of, exchange_of, is_primary, lacks_body, place_of_body, with_body
from extract.warc_records import Damage, Record, iter_records


@dataclass(frozen=True, slots=True)
class FoundBody:
    """Where a body lies in a file that was read in order: offset of its record or gzip member, and which record."""

    path: Path
    offset: int
    record_id: str


FoundBodies = dict[str, FoundBody]
"""Bodies by payload digest and by the name of their record, for the revisits that refer to them."""


def read_exchange(folder: Path, reference: WarcReference, known: Mapping[str, WarcReference] | None = None) -> Exchange:
    """The exchange that lies at a place in the archive, with its body wherever that lies.

    Args:
        folder: The archive folder.
        reference: Where its primary record lies.
        known: Where bodies lie by their payload digest, for revisits that do not say so themselves.

    Raises:
        ArchiveError: If the file is missing or damaged there, or if the body of a revisit cannot be found.
    """
    group = _group_at(folder, reference)
    assert group.primary is not None
    try:
        exchange = exchange_of(group, reference)
    except ValueError as error:
        raise _unreadable(reference, str(error)) from error
    if not lacks_body(group.primary):
        return exchange
    place = place_of_body(group.primary) or (known or {}).get(group.primary.fields.get("warc-payload-digest", ""))
    if place is None or place == reference:
        raise ArchiveError(
            f"{reference.file} at {reference.offset} refers to a body and does not say where it lies.",
            "Pass the places of known bodies, or read the whole file in order.",
        )
    return with_body(exchange, _body_at(folder, place))


def iter_exchanges(
    path: Path, folder: Path | None = None, bodies: FoundBodies | None = None
) -> Iterator[Exchange | Damage]:
    """All exchanges of a WARC file in order; a damaged part comes as what it is, and reading goes on behind it.

    Args:
        path: The file, of our archive or of another tool, compressed or not.
        folder: The archive folder that references are to be relative to, and in which bodies of revisits lie; without
            it references name the file alone.
        bodies: Those of files read before, to which revisits may refer; those of this file are added.

    Raises:
        ArchiveError: If the file cannot be opened.
    """
    name = path.relative_to(folder).as_posix() if folder is not None else path.name
    bodies = {} if bodies is None else bodies
    for group in _groups(path, name):
        if isinstance(group, Damage):
            yield group
            continue
        assert group.primary is not None
        yield _complete(group, path, folder, WarcReference(name, group.primary.offset), bodies)


def originals(folder: Path, file: str) -> Iterator[Original]:
    """The bodies that a file of the archive holds, in order."""
    for record in iter_records(folder / file, name=file):
        if isinstance(record, Record) and record.type == "response" and "warc-truncated" not in record.fields:
            fields = record.fields
            _, _, body = record.block.partition(b"\r\n\r\n")
            if body and fields.get("warc-payload-digest") == digest_of(body):
                yield Original(
                    digest_of(body), file, record.offset, fields.get("warc-target-uri", ""), fields.get("warc-date", "")
                )


def _complete(
    group: Group, path: Path, folder: Path | None, reference: WarcReference, bodies: FoundBodies
) -> Exchange | Damage:
    """An exchange of a file that is read in order, with its body."""
    assert group.primary is not None
    try:
        exchange = exchange_of(group, reference)
    except ValueError as error:
        return Damage(reference.file, reference.offset, f"the record cannot be read ({error})")
    fields = group.primary.fields
    name, digest = fields.get("warc-record-id", ""), fields.get("warc-payload-digest", "")
    if not lacks_body(group.primary):
        if exchange.wire_body and exchange.error is None:
            for key in filter(None, (digest, name)):
                bodies.setdefault(key, FoundBody(path, reference.offset, name))
        return exchange
    place = place_of_body(group.primary)
    try:
        if place is not None and folder is not None:
            return with_body(exchange, _body_at(folder, place))
        found = bodies.get(digest) or bodies.get(fields.get("warc-refers-to", ""))
        if found is not None:
            return with_body(exchange, _body_found(found))
    except ArchiveError as error:
        return Damage(reference.file, reference.offset, error.message)
    return Damage(
        reference.file, reference.offset, "the body of a revisit lies in another file: name that one before it"
    )


def _body_found(place: FoundBody) -> bytes:
    """The body, as it travelled, of a response read before; several records may lie in one gzip member."""
    for record in _records(place.path, place.offset, place.path.name):
        if isinstance(record, Record) and record.fields.get("warc-record-id", "") == place.record_id:
            return body_of(record)
    raise ArchiveError(
        f"{place.path.name} no longer holds {place.record_id}.", "Was it written to meanwhile? Load it again."
    )


def _groups(path: Path, name: str) -> Iterator[Group | Damage]:
    """The records of a file, put together by exchange."""
    group = Group()
    for record in _records(path, 0, name):
        if isinstance(record, Damage):
            if group.primary is not None:
                yield group
            group = Group()
            yield record
        elif is_primary(record):
            if group.primary is not None:
                yield group
                group = Group()
            group.primary = record
        elif record.type in ("request", "metadata"):
            if not group.takes(record):
                yield group
                group = Group()
            group.others.append(record)
    if group.primary is not None:
        yield group


def _group_at(folder: Path, reference: WarcReference) -> Group:
    """The records of the exchange at one place."""
    group = Group()
    for record in _records(locate(folder, reference.file), reference.offset, reference.file):
        if group.primary is None:
            if isinstance(record, Damage) or not is_primary(record):
                found = record.detail if isinstance(record, Damage) else f"a record of type {record.type!r}"
                raise _unreadable(reference, found)
            group.primary = record
        elif isinstance(record, Record) and group.takes(record):
            group.others.append(record)
        else:
            return group
    if group.primary is None:
        raise ArchiveError(f"{reference.file} ends before {reference.offset}.", "The file was cut; restore it.")
    return group


def _records(path: Path, offset: int, name: str) -> Iterator[Record | Damage]:
    """The records of a file, with a file that cannot be opened as our error."""
    try:
        yield from iter_records(path, offset, name=name)
    except OSError as error:
        raise ArchiveError(f"{name} cannot be read: {error.strerror or error}.", "Restore the file.") from error


def _body_at(folder: Path, place: WarcReference) -> bytes:
    """The body, as it travelled, of the response at a place."""
    record = _group_at(folder, place).primary
    assert record is not None
    if record.type != "response":
        raise ArchiveError(f"{place.file} holds a {record.type} at {place.offset}, no body.", "Restore the file.")
    return body_of(record)


def _unreadable(reference: WarcReference, found: str) -> ArchiveError:
    """The error of a place at which no exchange can be read."""
    return ArchiveError(
        f"{reference.file} holds no exchange at {reference.offset}: {found}.",
        "Run `strategiemonitor doctor` to see which files are damaged.",
    )
