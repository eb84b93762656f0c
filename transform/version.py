"""Versions: the complete set of a page's records, known by what the page says.

``content_sha256`` covers the normalised words of the main content, the kicker and the linked documents, and nothing of
the mark-up; ``version_id`` covers page, content and extractor, so that a version is never rewritten.
"""

from __future__ import annotations

import pickle
import zlib
from dataclasses import dataclass, replace
from datetime import datetime

from extract.model import PageId
from transform.records import Records

NOTHING = ""
"""In place of a version: an observation that was made and does not stand."""

_QUICKLY = 1
"""Of zlib's levels."""


@dataclass(frozen=True, slots=True)
class Version:
    """A page's content under one extractor; immutable.

    ``extractor`` is the fingerprint of the reading code and of the page's declaration.
    """

    version_id: str
    page_id: PageId
    content_sha256: str
    extractor: str
    records: Records


class PackedVersion(Version):
    """A version whose records are packed until they are asked for: a night holds thousands of them until it is loaded.

    A page of 60 KB takes 3 KB in place of 60.  Each time they are asked for they are unpacked anew, in a millisecond.
    """

    __slots__ = ("_packed",)

    def __init__(self, version_id: str, page_id: PageId, content_sha256: str, extractor: str, records: Records) -> None:
        packed = zlib.compress(pickle.dumps(records, pickle.HIGHEST_PROTOCOL), _QUICKLY)
        given = {"version_id": version_id, "page_id": page_id, "content_sha256": content_sha256, "extractor": extractor}
        for name, value in {**given, "_packed": packed}.items():
            object.__setattr__(self, name, value)

    @property
    def records(self) -> Records:
        """The records."""
        packed: bytes = object.__getattribute__(self, "_packed")
        records: Records = pickle.loads(zlib.decompress(packed))  # noqa: S301  our own bytes, which never left memory
        return records


def packed(version: Version) -> PackedVersion:
    """The same version with its records packed."""
    if isinstance(version, PackedVersion):
        return version
    return PackedVersion(
        version.version_id, version.page_id, version.content_sha256, version.extractor, version.records
    )


@dataclass(frozen=True, slots=True)
class Observation:
    """Page P showed version V at time T (aware, UTC), under the address ``url``."""

    page_id: PageId
    version_id: str
    content_sha256: str
    observed_at: datetime
    url: str

    def held_back(self) -> Observation:
        """The same moment, of which it is doubted since that it showed the page."""
        return replace(self, version_id=NOTHING, content_sha256=NOTHING)
