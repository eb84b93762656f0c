"""What a message tells, gathered and made harmless before any words are put around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher

from extract.model import Declaration
from transform.change import ChangeClass, ChangeKind
from transform.compare.wording import shortened
from transform.lands import land_name
from transform.messages.headlines import headline, short_headline
from transform.night import DatedChange
from transform.safe_text import on_one_line

LONG_INTERVAL = timedelta(hours=36)
"""A wider interval than this spans a night in which the page was not read."""
_LONGEST_VALUE = 500
_LONGEST_DIFF = 400
_AROUND = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive words that stayed, went or came (``fate``)."""

    fate: str
    text: str


@dataclass(frozen=True, slots=True)
class ChangeFact:
    """One change: its line, both values where the line does not hold them whole, and where it stands."""

    headline: str
    before: str | None
    after: str | None
    pieces: tuple[Piece, ...]
    section: str | None


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Which page."""

    page_id: str
    name: str
    land: str
    publisher: str
    url: str


@dataclass(frozen=True, slots=True)
class ContentFacts:
    """What changed on one page, between which two sights of it (aware, UTC)."""

    page: PageFacts
    changes: tuple[ChangeFact, ...]
    returned: bool
    returned_to: datetime | None
    not_before: datetime
    not_after: datetime

    @property
    def interval_is_long(self) -> bool:
        """Whether a night lies in between in which the page was not read."""
        return self.not_after - self.not_before > LONG_INTERVAL


def page_facts(declaration: Declaration, language: str) -> PageFacts:
    """Which page: its name is the declared title, else who publishes it."""
    return PageFacts(
        page_id=declaration.page_id,
        name=on_one_line(declaration.title or declaration.publisher or declaration.page_id),
        land=land_name(declaration.land, language),
        publisher=on_one_line(declaration.publisher),
        url=on_one_line(declaration.url),
    )


def content_facts(declaration: Declaration, changes: Sequence[DatedChange], language: str) -> ContentFacts:
    """What changed, the most telling first."""
    ordered = sorted(changes, key=lambda dated: (-dated.change.significance, dated.change_id))
    return ContentFacts(
        page=page_facts(declaration, language),
        changes=tuple(_change_fact(dated, language) for dated in ordered),
        returned=any(dated.change.change_class is ChangeClass.RETURN for dated in changes),
        returned_to=max((dated.returned_to for dated in changes if dated.returned_to), default=None),
        not_before=min(dated.not_before for dated in changes),
        not_after=max(dated.not_after for dated in changes),
    )


def _change_fact(dated: DatedChange, language: str) -> ChangeFact:
    change = dated.change
    line = headline(change, language)
    before, after = _flat(change.before), _flat(change.after)
    said = change.kind is not ChangeKind.EDITED and all(value is None or value in line for value in (before, after))
    pieces = () if said or before is None or after is None else _pieces(before, after, change.kind)
    both = not said and before is not None and after is not None
    return ChangeFact(
        headline=short_headline(change, language) if both else line,
        before=None if said or before is None else shortened(before, _LONGEST_VALUE),
        after=None if said or after is None else shortened(after, _LONGEST_VALUE),
        pieces=pieces,
        section=_flat(change.section),
    )


def _flat(text: str | None) -> str | None:
    return None if text is None else on_one_line(text)


def _pieces(before: str, after: str, kind: ChangeKind) -> tuple[Piece, ...]:
    """Both texts as one with the differing words marked; empty where that would not help a reader."""
    old, new = before.split(), after.split()
    if kind not in (ChangeKind.EDITED, ChangeKind.RENAMED) or len(old) + len(new) > _LONGEST_DIFF:
        return ()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < 0.4:
        return ()
    pieces: list[Piece] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("stayed", " ".join(_nearest(old[a:b]))))
            continue
        pieces += [Piece("went", " ".join(old[a:b]))] if b > a else []
        pieces += [Piece("came", " ".join(new[c:d]))] if d > c else []
    return tuple(pieces)


def _nearest(words: list[str]) -> list[str]:
    """Words that stayed, cut down to those near a difference."""
    if len(words) <= 2 * _AROUND + 1:
        return words
    return [*words[:_AROUND], "…", *words[-_AROUND:]]
