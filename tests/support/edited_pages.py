"""Authored pages that change night by night, each night with what an attentive person would be told of it.

One TOML file is one page: ``url``, ``land``, ``kind``, ``html`` and a list of nights.  A night has an ``act`` (what its
editor did), the act itself (``edit``: words replaced; ``sub``: a pattern replaced everywhere; ``back``: the page of
that night again; ``file``: other bytes behind a linked file), what must be told (``change``) and what may be told
(``may``).  A night without ``change`` is silent: nothing that alerts may be told.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from extract.model import Declaration, PageId, PageKind, Validators
from tests.benchmarks.noise_play import Watch
from tests.support.exchanges import answer
from transform.change import Change, ChangeClass
from transform.document import Document
from transform.memory import DocumentState
from transform.reading.content import document_urls

_FIRST_NIGHT = datetime(2026, 1, 5, 3, 10, tzinfo=UTC)
_ALERTING = frozenset({ChangeClass.CONTENT, ChangeClass.RETURN})


@dataclass(frozen=True)
class Expected:
    """What must be told: ``kinds`` ("figure changed value") are as good as each other.

    ``before`` and ``after`` are words that the values hold, one of several where ``|`` stands between them.
    """

    kinds: tuple[str, ...]
    before: str | None
    after: str | None
    classes: frozenset[ChangeClass]

    def is_told_by(self, change: Change) -> bool:
        """Whether a change says it."""
        return (
            change.change_class in self.classes
            and any(_is_kind(kind, change) for kind in self.kinds)
            and _holds(change.before, self.before)
            and _holds(change.after, self.after)
        )


@dataclass(frozen=True)
class Night:
    """One night of a page."""

    act: str
    html: str
    files: Mapping[str, str]
    expected: tuple[Expected, ...]
    may: tuple[str, ...]

    def faults(self, told: tuple[Change, ...]) -> list[str]:
        """What is missing among the changes told, and what is told too much."""
        left = list(told)
        faults = []
        for one in self.expected:
            right = next((change for change in left if one.is_told_by(change)), None)
            if right is None:
                faults.append(f"not told: {one}")
            else:
                left.remove(right)
        loud = [one for one in left if one.change_class in _ALERTING and not any(_is_kind(k, one) for k in self.may)]
        return (
            faults
            + [f"told too much: {_shown(one)}" for one in loud]
            + ([f"told: {_shown(one)}" for one in told] if faults else [])
        )


@dataclass
class EditedPage(Watch):
    """A page under watch whose linked files have bytes of their own."""

    marks: Mapping[str, str] = field(default_factory=dict)

    def states(self, document: Document) -> dict[str, DocumentState]:
        """The files as if they had been fetched: other marks, other bytes."""
        return {url: self._state(url) for url in document_urls(document)}

    def _state(self, url: str) -> DocumentState:
        digest = hashlib.sha256(f"{url} {self.marks.get(url, '')}".encode()).hexdigest()
        return DocumentState(url, digest, "application/pdf", 1000, 3, None, Validators(url), _FIRST_NIGHT)


def nights_of(path: Path) -> tuple[EditedPage, tuple[Night, ...]]:
    """The page that a file describes, with its nights; the first night only shows it."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    publisher = told.get("publisher", "Landesregierung")
    page = EditedPage(path.stem, told["url"], publisher)
    page.declaration = Declaration(
        page_id=PageId(path.stem),
        url=told["url"],
        land=told["land"],
        kind=PageKind(told["kind"]),
        is_official=told.get("official", True),
        publisher=publisher,
    )
    return page, (Night("first seen", told["html"], {}, (), ()), *_nights(told))


def played(page: EditedPage, nights: tuple[Night, ...]) -> Iterator[tuple[Night, tuple[Change, ...]]]:
    """What each night told, from the second one on.  A page that is not taken at first sight is shown twice."""
    at = _FIRST_NIGHT
    for rank, night in enumerate(nights):
        page.marks = night.files
        seen = page.visit((answer(page.url, night.html),), at)
        if not rank and not seen.verdict.is_good:
            at += timedelta(days=1)
            seen = page.show(night.html, at)
        assert seen.verdict.is_good, f"{page.name}, {night.act}: {seen.verdict}"
        at += timedelta(days=1)
        if rank:
            yield night, tuple(change.change for change in seen.changes)


def _nights(told: dict[str, Any]) -> Iterator[Night]:
    html, pages = told["html"], [told["html"]]
    files: dict[str, str] = {}
    for night in told["night"]:
        html = pages[night["back"]] if "back" in night else html
        for old, new in night.get("edit", ()):
            assert old in html, f"{told['url']}, {night['act']}: {old!r} does not stand on the page"
            html = html.replace(old, new)
        for pattern, new in night.get("sub", ()):
            html, count = re.subn(pattern, new, html)
            assert count, f"{told['url']}, {night['act']}: {pattern!r} matches nothing"
        files = {**files, **night.get("file", {})}
        pages.append(html)
        expected = tuple(_expected(change) for change in night.get("change", ()))
        yield Night(night["act"], html, files, expected, tuple(night.get("may", ())))


def _expected(change: dict[str, Any]) -> Expected:
    classes = frozenset(ChangeClass(name) for name in change.get("class", ["content"]))
    return Expected(tuple(change["is"]), change.get("before"), change.get("after"), classes)


def _is_kind(kind: str, change: Change) -> bool:
    entity, how, *column = kind.split()
    return (entity, how) == (change.entity, change.kind) and (not column or column[0] == change.field)


def _holds(value: str | None, words: str | None) -> bool:
    if words is None:
        return True
    shown = " ".join((value or "").split())
    return any(one in shown for one in words.split("|"))


def _shown(change: Change) -> str:
    what = f"{change.entity} {change.kind} {change.field or ''} [{change.change_class}]"
    return f"{what} {change.before!r} → {change.after!r}"
