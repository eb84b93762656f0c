"""Nights of many pages for the warehouse's benchmark, with all in them that varies in a real night.

One page in a hundred, another hundredth each night, says something new in one of its twelve sections.  Each answer has
a moment, a duration and a place in the archive of its own.  Of ten pages that say nothing new four answer ``304``, four
send the same bytes again, and two another frame around the same words: another body and another entity tag each night.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache, lru_cache

from extract.model import Declaration, WarcReference
from tests.warehouse.nights import NOT_MODIFIED, captured, changed, night, night_at, sha, version_of
from transform.identifiers import capture_id
from transform.night import DatedChange, JudgedCapture, Night, PageNight
from transform.records import SectionRecord
from transform.verdict import Outcome, Verdict
from transform.version import Observation, Version

SECTIONS = 12
SHARE = 100
"""One page in so many changes in a night."""

_VERIFIED = Verdict(Outcome.VERIFIED)


def one_night(n: int, pages: Sequence[Declaration]) -> Night:
    """The n-th night of these pages."""
    chance = random.Random(n)
    offset = 0
    shown = []
    for index, page in enumerate(pages):
        offset += (
            chance.randint(600, 900) if index % 10 < 8 and not _is_new(index, n) else chance.randint(9_000, 20_000)
        )
        shown.append(_page(n, index, page, offset, chance))
    return night(n, *shown)


def _page(n: int, index: int, page: Declaration, offset: int, chance: random.Random) -> PageNight:
    state = _state(index, n)
    version = _version(index, state, page)
    judged = _judged(n, index, page, offset, chance)
    at = judged.capture.observed_at
    seen = Observation(page.page_id, version.version_id, version.content_sha256, at, page.url)
    shown = PageNight(page, judged.verdict, (judged,), (version,), (seen,))
    return dataclasses.replace(shown, changes=(_change(n, index, page, version),)) if _is_new(index, n) and n else shown


def _judged(n: int, index: int, page: Declaration, offset: int, chance: random.Random) -> JudgedCapture:
    """One exchange; the bytes of a page's frame, and the tag that goes with them, are others where it never rests."""
    at = _asked_at(n, index)
    is_restless = index % 10 >= 8
    frame = f"{index}-{_state(index, n)}" + (f"-{n}" if is_restless else "")
    unmodified = not _is_new(index, n) and index % 10 < 4
    plain = captured(page, at, None if unmodified else frame, NOT_MODIFIED if unmodified else _VERIFIED)
    answer = dataclasses.replace(
        plain.capture.answer,
        seconds=round(chance.uniform(0.05, 0.9), 6),
        warc=WarcReference(f"{at:%Y}/{at:%m}/strategiemonitor-{night_at(n):%Y%m%dT%H%M%S}-{n:08x}.warc.gz", offset),
        headers=(
            ("Content-Type", "text/html; charset=utf-8"),
            ("ETag", f'"{sha(frame)[:20]}"'),
            ("Last-Modified", f"{night_at(n if is_restless else _new_since(index, n)):%a, %d %b %Y %H:%M:%S} GMT"),
        ),
        let_go_bytes=0 if unmodified else 60_000 + int(sha(frame)[:3], 16),
        body=b"",
    )
    capture = dataclasses.replace(plain.capture, exchanges=(answer,))
    content = None if unmodified else _version(index, _state(index, n), page).content_sha256
    return dataclasses.replace(
        plain,
        capture_id=capture_id(capture),
        capture=capture,
        content_sha256=content,
        text_chars=None if unmodified else 4_000 + index % 900,
        language=None if unmodified else "de",
    )


def _change(n: int, index: int, page: Declaration, after: Version) -> DatedChange:
    state = _state(index, n)
    plain = changed(page, (n - 1, f"Wort {index}-{state - 1}"), (n, f"Wort {index}-{state}"))
    return dataclasses.replace(
        plain,
        before_version_id=_version(index, state - 1, page).version_id,
        after_version_id=after.version_id,
        not_before=_asked_at(n - 1, index),
        not_after=_asked_at(n, index),
        change=dataclasses.replace(plain.change, before=str(state - 1), after=str(state)),
    )


def _asked_at(n: int, index: int) -> datetime:
    """Page after page, to the microsecond."""
    jitter = random.Random(index * 1_000 + n).randrange(60_000)
    return night_at(n) + timedelta(milliseconds=60 * index, microseconds=jitter)


def _state(index: int, n: int) -> int:
    """How often the page of that number has changed until the n-th night."""
    return (n + SHARE - 1 - index % SHARE) // SHARE


def _is_new(index: int, n: int) -> bool:
    return n == 0 or _state(index, n) != _state(index, n - 1)


def _new_since(index: int, n: int) -> int:
    """The last night up to the n-th in which the page said something new."""
    return max(0, n - (n + SHARE - 1 - index % SHARE) % SHARE) if _state(index, n) else 0


@cache
def _words() -> tuple[str, ...]:
    chance = random.Random(2026)
    parts = (
        *("ver", "wal", "tung", "di", "gi", "tal", "land", "ge"),
        *("mein", "de", "stra", "te", "da", "ten", "netz", "aus"),
    )
    return tuple("".join(chance.choices(parts, k=chance.randint(1, 5))) for _ in range(5000))


@cache
def _section(index: int, number: int, state: int) -> SectionRecord:
    """A section of some three hundred letters; the states of a page differ in one section each."""
    text = " ".join(random.Random(f"{index}/{number}/{state}").choices(_words(), k=35)).capitalize() + "."
    heading = f"Abschnitt {number}"
    return SectionRecord(position=number, evidence=heading, level=2, heading=heading, path=heading, text=text)


@lru_cache(maxsize=20_000)
def _version(index: int, state: int, page: Declaration) -> Version:
    plain = version_of(page, f"Wort {index}-{state}")
    sections = tuple(
        _section(index, number, (state - number + SECTIONS - 1) // SECTIONS if state else 0)
        for number in range(SECTIONS)
    )
    return dataclasses.replace(
        plain,
        version_id=sha(plain.version_id, "lang")[:32],
        records=dataclasses.replace(plain.records, sections=sections),
    )
