"""Which reading code this is: a digest of the modules that decide what a body is read into.

Made from the code itself, so that nobody has to remember to raise a number: a body read by other code belongs to
another version, and what differs between the two is our doing, not the page's.  A change of a mere comment costs one
reading of every page's last body and changes nothing else.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

READING_PARTS = (
    "document.py",
    "outline.py",
    "records.py",
    "records_reader.py",
    "urls.py",
    "versioning.py",
    "dates",
    "figures",
    "findings",
    "german",
    "people",
    "reading",
    "strategies",
    "structure",
    "topics",
    "validating",
)
"""Modules and packages of :mod:`transform` that reading goes through; judging and comparing are none of them."""


@cache
def reading_code_version() -> str:
    """The digest: twelve lower-case hexadecimal digits, the same for the same code on every machine."""
    digest = hashlib.sha256()
    for name, content in sorted(_sources()):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:12]


def _sources() -> list[tuple[str, bytes]]:
    root = files("transform")
    return [source for part in READING_PARTS for source in _python_files(root / part, part)]


def _python_files(place: Traversable, name: str) -> list[tuple[str, bytes]]:
    if place.is_file():
        return [(name, place.read_bytes().replace(b"\r\n", b"\n"))] if name.endswith(".py") else []
    return [found for child in place.iterdir() for found in _python_files(child, f"{name}/{child.name}")]
