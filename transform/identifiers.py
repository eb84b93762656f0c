"""Identifiers made from what they stand for, so that doing a thing twice makes the same one."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from extract.model import Capture, Declaration, Locator
from transform.reading_code import reading_code_version

_SHORT = 32


def digest(*parts: object) -> str:
    """SHA-256 over the parts, each kept apart from the next; lower-case hex of 32 characters (128 bits)."""
    text = json.dumps([part.isoformat() if isinstance(part, datetime) else part for part in parts], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:_SHORT]


def extractor_fingerprint(declaration: Declaration) -> str:
    """Fingerprint of the reading code and of what the declaration says about reading; nothing else is in it.

    The URL is left out: a page that moves is read no differently.
    """
    return digest(
        reading_code_version(),
        declaration.page_id,
        declaration.kind,
        declaration.is_official,
        declaration.publisher,
        declaration.title,
        list(declaration.content_root),
        list(declaration.removals),
        [_locator_parts(locator) for locator in declaration.locators],
    )


def _locator_parts(locator: Locator) -> list[object]:
    return [
        locator.records,
        locator.element,
        locator.under,
        locator.after,
        locator.group,
        locator.role,
        locator.first,
    ]


def version_id(page_id: str, content_sha256: str, extractor: str) -> str:
    """Identifier of a version: page, content and extractor."""
    return digest("version", page_id, content_sha256, extractor)


def capture_id(capture: Capture) -> str:
    """Identifier of a capture: page, address and the time of the request."""
    return digest("capture", capture.page_id, capture.url, capture.answer.requested_at, capture.attempt)
