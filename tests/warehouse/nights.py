"""Small nights for the tests of the warehouse: pages whose whole content follows from one word."""

from __future__ import annotations

import dataclasses
import hashlib
import types
import typing
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from extract.model import Capture, Declaration, Exchange, FetchError, FetchErrorKind, PageId, PageKind, WarcReference
from transform.change import Cause, Change, ChangeClass, ChangeKind, Entity
from transform.document import Encoding
from transform.identifiers import capture_id
from transform.memory import DocumentState
from transform.night import DatedChange, IncidentEvent, JudgedCapture, Night, PageNight, QuarantinedRecord
from transform.records import RECORD_TYPES, Comparator, Figure, Goal, Record, Records, SectionRecord
from transform.verdict import Outcome, Verdict
from transform.version import Observation, Version

FIRST_NIGHT = datetime(2026, 3, 1, 3, 10, tzinfo=UTC)
VERIFIED = Verdict(Outcome.VERIFIED)
NOT_MODIFIED = Verdict(Outcome.NOT_MODIFIED)
MAINTENANCE = Verdict(Outcome.SUSPECT, "maintenance", "Die Seite sagt, dass sie gewartet wird.")
TIMED_OUT = Verdict(Outcome.FAILED, "timeout", "Keine Antwort nach 20 s.")


def sha(*parts: object) -> str:
    """A stable made-up hash."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def night_at(n: float) -> datetime:
    """The time of the n-th night."""
    return FIRST_NIGHT + timedelta(days=n)


def declared(page_id: str = "nd-strategie", *, publisher: str = "Staatskanzlei Norddorf") -> Declaration:
    """A page of the made-up Land DE-ND."""
    return Declaration(
        page_id=PageId(page_id),
        url=f"https://norddorf.example/{page_id}",
        land="DE-ND",
        kind=PageKind.STRATEGY,
        is_official=True,
        publisher=publisher,
        title="Digitales Norddorf",
    )


def version_of(declaration: Declaration, word: str, extractor: str = "leser-1") -> Version:
    """The version in which the page says just this word; the figure counts its letters."""
    text = f"Norddorf will {word}."
    return Version(
        version_id=sha(declaration.page_id, word, extractor)[:32],
        page_id=declaration.page_id,
        content_sha256=sha(word),
        extractor=extractor,
        records=Records(
            title=f"Strategie {word}",
            publisher="",
            kicker="Staatskanzlei",
            language="de",
            sections=(SectionRecord(position=0, evidence="Ziele", level=2, heading="Ziele", path="Ziele", text=text),),
            goals=(Goal(position=1, section="Ziele", evidence=text, text=text),),
            figures=(
                Figure(
                    position=1,
                    section="Ziele",
                    evidence=text,
                    value=float(len(word)),
                    comparator=Comparator.EQ.value,
                    unit="Ziele",
                ),
            ),
        ),
    )


def captured(
    declaration: Declaration,
    at: datetime,
    word: str | None,
    verdict: Verdict = VERIFIED,
    *,
    attempt: int = 1,
    resource: str = "page",
) -> JudgedCapture:
    """One exchange: an answer with a body for a word, a 304 or a time-out without one."""
    answered = word is not None or verdict.outcome is Outcome.NOT_MODIFIED
    body = f"<p>{word}</p>".encode() if word is not None else b""
    exchange = Exchange(
        url=declaration.url,
        requested_at=at,
        status=(304 if verdict.outcome is Outcome.NOT_MODIFIED else 200) if answered else None,
        headers=(
            ("Content-Type", "text/html"),
            ("ETag", f'"{word}"'),
            ("Last-Modified", "Sun, 01 Mar 2026 00:00:00 GMT"),
        )
        if answered
        else (),
        body=body,
        error=None if answered else FetchError(FetchErrorKind.TIMEOUT, "keine Antwort nach 20 s"),
        warc=WarcReference("2026-03.warc.gz", int(at.timestamp()) % 100_000) if answered else None,
        seconds=0.25,
    )
    capture = Capture(declaration.page_id, declaration.url, (exchange,), attempt)
    return JudgedCapture(
        capture_id=capture_id(capture) if resource == "page" else sha(declaration.page_id, at, attempt, resource)[:32],
        capture=capture,
        verdict=verdict,
        resource=resource,
        body_sha256=None if word is None else sha("body", word),
        content_sha256=None if word is None else sha(word),
        text_chars=None if word is None else len(body),
        encoding=None if word is None else Encoding("utf-8", "header"),
    )


def observed(declaration: Declaration, at: datetime, word: str, extractor: str = "leser-1") -> Observation:
    """The page showed the word at that time."""
    version = version_of(declaration, word, extractor)
    return Observation(version.page_id, version.version_id, version.content_sha256, at, declaration.url)


def seen(
    declaration: Declaration,
    at: datetime,
    word: str,
    *,
    extractor: str = "leser-1",
    changes: tuple[DatedChange, ...] = (),
    quarantined: tuple[QuarantinedRecord, ...] = (),
    documents: tuple[DocumentState, ...] = (),
) -> PageNight:
    """A page that showed its content."""
    return PageNight(
        declaration=declaration,
        verdict=VERIFIED,
        captures=(captured(declaration, at, word),),
        versions=(version_of(declaration, word, extractor),),
        observations=(observed(declaration, at, word, extractor),),
        changes=changes,
        quarantined=quarantined,
        documents=documents,
    )


def unmodified(declaration: Declaration, at: datetime, word: str) -> PageNight:
    """A page that said that it still says the word."""
    return PageNight(
        declaration=declaration,
        verdict=NOT_MODIFIED,
        captures=(captured(declaration, at, None, NOT_MODIFIED),),
        observations=(observed(declaration, at, word),),
    )


def missed(declaration: Declaration, at: datetime, verdict: Verdict = TIMED_OUT, word: str | None = None) -> PageNight:
    """A page that did not show its content; with a word, it showed that instead."""
    return PageNight(declaration=declaration, verdict=verdict, captures=(captured(declaration, at, word, verdict),))


def night(
    n: float,
    *pages: PageNight,
    run_id: str | None = None,
    incidents: tuple[IncidentEvent, ...] = (),
    **more: typing.Any,
) -> Night:
    """The run of the n-th night."""
    at = night_at(n)
    return Night(
        run_id=run_id or f"lauf-{n}",
        night_key=f"{at:%Y-%m-%d}",
        started_at=at,
        observed_at=at,
        extractor="leser-1",
        pages=pages,
        incidents=incidents,
        **more,
    )


def changed(
    declaration: Declaration,
    before: tuple[float, str],
    after: tuple[float, str],
    *,
    cause: Cause = Cause.PAGE,
    extractor: str = "leser-1",
) -> DatedChange:
    """The figure that counts a word's letters changed between two nights, each given with what the page said in it."""
    (before_night, old), (after_night, new) = before, after
    old_id = version_of(declaration, old, extractor).version_id
    new_id = version_of(declaration, new, extractor).version_id
    return DatedChange(
        change_id=sha(declaration.page_id, before_night, after_night, old_id, new_id, "value")[:32],
        page_id=declaration.page_id,
        land=declaration.land,
        before_version_id=old_id,
        after_version_id=new_id,
        not_before=night_at(before_night),
        not_after=night_at(after_night),
        change=Change(
            entity=Entity.FIGURE,
            entity_key="Ziele",
            kind=ChangeKind.CHANGED,
            field="value",
            before=str(len(old)),
            after=str(len(new)),
            summary=f"Zahl der Ziele: {len(old)} → {len(new)}",
            section="Ziele",
            cause=cause,
            change_class=ChangeClass.CONTENT,
            significance=0.9,
        ),
        alerts=cause is Cause.PAGE,
    )


def _values(hint: object) -> st.SearchStrategy[object]:
    """Any value that a column of a record may hold in Python, whether or not its rules allow it."""
    kind = typing.get_args(hint)[0] if typing.get_origin(hint) is typing.Annotated else hint
    options = typing.get_args(kind) if isinstance(kind, types.UnionType) else (kind,)
    plain: dict[object, st.SearchStrategy[object]] = {
        str: st.text(max_size=20),
        int: st.integers(-(2**63), 2**63 - 1),
        float: st.floats(allow_nan=False),
        type(None): st.none(),
    }
    return st.one_of(*(plain[option] for option in options))


def _records_of(record: type[Record]) -> st.SearchStrategy[tuple[Record, ...]]:
    hints = typing.get_type_hints(record, include_extras=True)
    fields = {field.name: _values(hints[field.name]) for field in dataclasses.fields(record)}
    return st.lists(st.builds(record, **fields), max_size=2).map(tuple)


def any_records() -> st.SearchStrategy[Records]:
    """Any set of records at all."""
    tables = {table: _records_of(record) for table, record in RECORD_TYPES.items()}
    text = st.text(max_size=20)
    return st.builds(Records, title=text, publisher=text, kicker=st.none() | text, language=st.none() | text, **tables)
