"""What a capture of a linked file is worth, and what is known of the file afterwards.

A file that cannot be had keeps its last known state: that a portal failed tonight says nothing about the file.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from extract.model import Capture, Exchange, FetchErrorKind, Validators
from transform.document import Document, FileText, ReadProblem, Unreadable
from transform.memory import DocumentState
from transform.reading.pdf import read_pdf
from transform.urls import canonical_url, media_type_of
from transform.verdict import Outcome, Suspicion, Verdict

_BLOCKED = frozenset({401, 403, 429, 451})
_GONE = frozenset({404, 410})
_PDF = "application/pdf"
_NOT_ASKED = frozenset({FetchErrorKind.ROBOTS_DISALLOWED, FetchErrorKind.DEFERRED})


@dataclass(frozen=True, slots=True)
class FileReading:
    """What a capture of a linked file gave.

    ``state`` is the new one, the known one, or ``None`` where nothing is known; ``text`` is set where a PDF was read.
    """

    verdict: Verdict
    state: DocumentState | None
    text: FileText | None = None


def read_linked_file(capture: Capture, known: DocumentState | None, now: datetime) -> FileReading:
    """The verdict on a linked file, its state, and its words.

    A PDF without a text layer, a web page in place of a file and a refusal are three different verdicts.  Bytes whose
    words are stored already are not read again.
    """
    answer = capture.answer
    unanswered = _unanswered(answer, known)
    if unanswered is not None:
        return FileReading(unanswered, known)
    if _is_html(answer):
        detail = "an HTML page came in place of the file"
        return FileReading(Verdict(Outcome.SUSPECT, Suspicion.MEDIA_TYPE, detail), known)
    validators = Validators(capture.final_url, answer.header("ETag"), answer.header("Last-Modified"))
    sha256 = hashlib.sha256(answer.body).hexdigest()
    if known is not None and known.text_is_stored and known.sha256 == sha256:
        return FileReading(Verdict(Outcome.VERIFIED), replace(known, validators=validators, fetched_in_full_at=now))
    media_type = _media_type(answer, capture.url)
    reading = read_pdf(answer.body, url=capture.url) if media_type == _PDF else None
    if isinstance(reading, Unreadable) and reading.problem is not ReadProblem.NO_TEXT_LAYER:
        return FileReading(Verdict(Outcome.SUSPECT, Suspicion.UNREADABLE, reading.detail), known)
    document = reading if isinstance(reading, Document) else None
    state = DocumentState(
        url=canonical_url(capture.url, document=True),
        sha256=sha256,
        media_type=media_type,
        bytes=len(answer.body),
        n_pages=document.n_pages if document else None,
        title=(document.title or None) if document else None,
        validators=validators,
        fetched_in_full_at=now,
    )
    if isinstance(reading, Unreadable):
        return FileReading(Verdict(Outcome.SUSPECT, Suspicion.NO_TEXT_LAYER, reading.detail), state)
    text = FileText.of(sha256, document.page_texts) if document else None
    return FileReading(Verdict(Outcome.VERIFIED), state, text)


def _unanswered(answer: Exchange, known: DocumentState | None) -> Verdict | None:
    """The verdict where there is no new body of a file."""
    if answer.error is not None:
        outcome = Outcome.BLOCKED if answer.error.kind in _NOT_ASKED else Outcome.FAILED
        return Verdict(outcome, answer.error.kind, answer.error.detail)
    if answer.status == 304:
        return Verdict(Outcome.NOT_MODIFIED) if known else Verdict(Outcome.FAILED, FetchErrorKind.PROTOCOL)
    if answer.status in _BLOCKED:
        return Verdict(Outcome.BLOCKED, detail=f"HTTP {answer.status}")
    if answer.status in _GONE:
        return Verdict(Outcome.GONE, detail=f"HTTP {answer.status}")
    if answer.status != 200:
        return Verdict(Outcome.FAILED, f"http_{answer.status}", f"HTTP {answer.status}")
    if not answer.body:
        return Verdict(Outcome.SUSPECT, Suspicion.EMPTY, "the file is empty")
    return None


def _media_type(answer: Exchange, url: str) -> str | None:
    """The file's media type (RFC 6838): by its first bytes, then as the answer says, then by its address."""
    if answer.body[:1024].lstrip().startswith(b"%PDF-"):
        return _PDF
    stated = (answer.header("Content-Type") or "").split(";")[0].strip().lower()
    return stated or media_type_of(url)


def _is_html(answer: Exchange) -> bool:
    head = answer.body[:1024].lstrip().lower()
    return head.startswith((b"<!doctype html", b"<html"))
