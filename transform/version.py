"""Versions: the complete set of a page's records, known by what the page says.

``content_sha256`` covers the normalised words of the main content, the kicker and the linked documents, and nothing of
the mark-up; ``version_id`` covers page, content and extractor, so that a version is never rewritten.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from extract.model import PageId
from transform.records import Records

NOTHING = ""
"""In place of a version: an observation that was made and does not stand."""


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
