"""Visiting one portal: each page is fetched, archived, judged and read, one after the other.

The steps are functions of ``extract`` and ``transform``; this module puts them in order and hands values on.
"""

from __future__ import annotations

import hashlib
import logging
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from extract.archive_read import read_exchange
from extract.clock import SYSTEM_CLOCK, Clock
from extract.errors import ArchiveError, StorageError
from extract.fetch import FetchRequest, PortalSession, Sink
from extract.fetch_settings import FetchSettings
from extract.model import Capture, Declaration, Exchange, FetchError, FetchErrorKind, PageId
from extract.politeness import Courtesy
from flows.execution import Execution, InThisProcess
from transform.document import Document, FileText, Reading
from transform.identifiers import capture_id, extractor_fingerprint
from transform.judging.judge import judge
from transform.judging.languages import text_language
from transform.memory import DocumentState, LastReading, PageMemory, SeenLink
from transform.night import JudgedCapture, QuarantinedRecord
from transform.reading.body import read_body
from transform.reading.content import document_urls
from transform.reading.linked_documents import read_linked_file
from transform.recognising import Recognised, reading_of, recognised
from transform.structure.documents import seen_links
from transform.verdict import Outcome, Suspicion, Verdict
from transform.version import Version, packed
from transform.versioning import ReadVersion, content_of, read_version

_log = logging.getLogger(__name__)

_WORTH_A_SECOND_LOOK = frozenset(
    {
        Suspicion.MAINTENANCE,
        Suspicion.CONSENT_WALL,
        Suspicion.JAVASCRIPT_SHELL,
        Suspicion.SOFT_404,
        Suspicion.REDIRECT_HOME,
        Suspicion.ERROR_TEXT,
        Suspicion.COLLAPSE,
        Suspicion.EMPTY,
        Suspicion.MEDIA_TYPE,
        Suspicion.LANGUAGE,
        Suspicion.ENCODING,
        Suspicion.UNREADABLE,
    }
)


class Session(Protocol):
    """Whoever brings captures: :class:`extract.fetch.PortalSession`, or a replay of the archive."""

    def fetch(self, request: FetchRequest) -> Capture:
        """One page's (or file's) capture; what a portal does is part of it and never raises."""


@dataclass(frozen=True, slots=True)
class VisitPlan:
    """What all visits of a run share; ``execution`` is where pages are read in full."""

    fetching: FetchSettings
    archive: Path
    full_fetch_after: timedelta
    second_look_s: float
    clock: Clock = SYSTEM_CLOCK
    execution: Execution = field(default_factory=InThisProcess)


@dataclass(frozen=True, slots=True)
class PageVisit:
    """One page in one run, before it is compared.

    ``version`` is set where the page showed a content that is not the last good one (or was read by another extractor);
    ``reread`` is the last good body as today's extractor reads it, where the stored version was read by another;
    ``drift`` has a sentence for each locator that found nothing, ``None`` where no body was read; ``lost_in`` is the
    document in which it found nothing; ``reading`` is what to remember of a page that was read in full.
    """

    declaration: Declaration
    judged: tuple[JudgedCapture, ...]
    version: Version | None = None
    reread: Version | None = None
    quarantined: tuple[QuarantinedRecord, ...] = ()
    documents: tuple[DocumentState, ...] = ()
    texts: tuple[FileText, ...] = ()
    drift: tuple[str, ...] | None = None
    links: tuple[SeenLink, ...] | None = None
    lost_in: Document | None = None
    reading: LastReading | None = None

    @property
    def last(self) -> JudgedCapture:
        """The capture that counts: the last attempt at the page."""
        return next(judged for judged in reversed(self.judged) if judged.resource == "page")

    @property
    def verdict(self) -> Verdict:
        """The page's verdict in this run."""
        return self.last.verdict


@dataclass(frozen=True, slots=True)
class _Files:
    """The files that a page links, as fetched tonight.

    ``states`` are those that are not the known ones, ``texts`` the words of the files that were read.
    """

    judged: tuple[JudgedCapture, ...]
    states: tuple[DocumentState, ...]
    texts: tuple[FileText, ...]

    def say_something_new(self, memory: PageMemory) -> bool:
        """Whether a file's bytes are others than the known ones."""
        known = memory.documents
        return any(state.url not in known or state.sha256 != known[state.url].sha256 for state in self.states)


def visit_portal(
    plan: VisitPlan,
    sink: Sink,
    courtesy: Courtesy,
    pages: Sequence[tuple[Declaration, PageMemory]],
) -> tuple[PageVisit, ...]:
    """Visits the pages of one portal in order, one request at a time.

    A page that fails by a fault of ours is told as ``failed:internal``, its traceback logged, and harms no other.

    Raises:
        StorageError: If the evidence cannot be kept: nothing may be read that is not in the archive.
    """
    with PortalSession(plan.fetching, sink=sink, courtesy=courtesy, clock=plan.clock) as session:
        return visit_pages(plan, session, pages)


def visit_pages(
    plan: VisitPlan, session: Session, pages: Sequence[tuple[Declaration, PageMemory]]
) -> tuple[PageVisit, ...]:
    """Visits pages in order through a session: a portal that answers now, or the archive of what it answered then.

    Raises:
        StorageError: As :func:`visit_portal`.
    """
    visits = [_light(_isolated(plan, session, declaration, memory)) for declaration, memory in pages]
    second_looks = [index for index, visit in enumerate(visits) if _deserves_second_look(visit)]
    if second_looks:
        plan.clock.sleep(plan.second_look_s)
    for index in second_looks:
        visits[index] = _light(_second_look(plan, session, visits[index], pages[index][1]))
    return tuple(visits)


def _light(visit: PageVisit) -> PageVisit:
    """The visit as it is held until the night is loaded: without bodies, which lie in the archive, versions packed."""
    judged = tuple(replace(one, capture=one.capture.without_bodies()) for one in visit.judged)
    version = packed(visit.version) if visit.version else None
    reread = version if visit.reread is visit.version else packed(visit.reread) if visit.reread else None
    return replace(visit, judged=judged, version=version, reread=reread)


def _isolated(plan: VisitPlan, session: Session, declaration: Declaration, memory: PageMemory) -> PageVisit:
    """One page's visit; whatever goes wrong in it stays in it."""
    try:
        return _visit(plan, session, declaration, memory, conditional=True)
    except StorageError:
        raise
    except Exception as error:  # noqa: BLE001  the border that keeps one page's fault from all others
        _log.exception("%s: a fault of ours; the other pages go on", declaration.page_id)
        return _faulty(plan, declaration, error)


def _visit(
    plan: VisitPlan, session: Session, declaration: Declaration, memory: PageMemory, *, conditional: bool
) -> PageVisit:
    """Fetches a page and the files that it links; reads it only where it is not known again."""
    capture = session.fetch(_request(plan, declaration, memory, conditional=conditional))
    known = recognised(capture, declaration, memory, read_again_after=plan.full_fetch_after)
    if known is None:
        return _visit_read(plan, session, declaration, memory, capture)
    files = _fetch_files(plan, session, capture, known.reading.document_urls, memory)
    if files.say_something_new(memory):
        return _visit_read(plan, session, declaration, memory, capture, files)
    judged = _recognised(capture, known, memory, declaration)
    return PageVisit(declaration, (judged, *files.judged), documents=files.states, texts=files.texts)


def _visit_read(
    plan: VisitPlan,
    session: Session,
    declaration: Declaration,
    memory: PageMemory,
    capture: Capture,
    files: _Files | None = None,
) -> PageVisit:
    """Reads a page in full; ``files`` are those that it links, where they were fetched already."""
    reading = _reading(plan, capture, declaration)
    if not isinstance(reading, Document):
        judged = _judged(capture, reading, memory, declaration, None)
        if not judged.verdict.is_good:
            return PageVisit(declaration, (judged,))
        reread = _reread(plan, declaration, memory)
        version = reread.version if reread else None
        return PageVisit(
            declaration, (judged,), version=version, reread=version, drift=reread.drift if reread else None
        )
    known = _known_documents(reading, memory)
    judged = _judged(capture, reading, memory, declaration, content_of(reading, known))
    if not judged.verdict.is_good:
        return PageVisit(declaration, (judged,))
    files = files or _fetch_files(plan, session, capture, document_urls(reading), memory)
    if files.states:
        known = {**known, **{state.url: state for state in files.states}}
        judged = _judged(capture, reading, memory, declaration, content_of(reading, known))
    content = judged.content_sha256
    assert content is not None, "a page that was read has a content"
    read = _read(plan, judged, reading, declaration, memory, known)
    reread = _reread(plan, declaration, memory, read)
    return PageVisit(
        declaration,
        (judged, *files.judged),
        version=read.version if read else None,
        reread=reread.version if reread else None,
        quarantined=read.quarantined if read else (),
        documents=files.states,
        texts=files.texts,
        drift=read.drift if read else reread.drift if reread else None,
        links=seen_links(reading),
        lost_in=reading if read and read.drift else None,
        reading=reading_of(capture, reading, declaration, content) if judged.verdict.is_good else None,
    )


def _request(plan: VisitPlan, declaration: Declaration, memory: PageMemory, *, conditional: bool) -> FetchRequest:
    """Asks conditionally with the validators of the last verified capture, in full every so many days all the same."""
    last = memory.last_good
    stale = last is None or plan.clock.now() - last.fetched_in_full_at > plan.full_fetch_after
    if plan.fetching.via is not None and last is not None:
        stale = last.observed_at - last.fetched_in_full_at > plan.full_fetch_after
    validators = last.validators if last and conditional and not stale and not memory.pending else None
    return FetchRequest(declaration.page_id, declaration.url, validators)


def _reading(plan: VisitPlan, capture: Capture, declaration: Declaration) -> Reading | None:
    """The answer's body, read; ``None`` where there is no body of the page to read."""
    answer = capture.answer
    if answer.error is not None or answer.status != 200:
        return None
    return _body_read(plan, answer, capture.final_url, declaration)


def _body_read(plan: VisitPlan, answer: Exchange, url: str, declaration: Declaration) -> Reading:
    content_type = answer.header("Content-Type")
    return plan.execution.call(read_body, answer.body, content_type=content_type, url=url, declaration=declaration)


def _known_documents(document: Document, memory: PageMemory) -> dict[str, DocumentState]:
    return {url: memory.documents[url] for url in document_urls(document) if url in memory.documents}


def _judged(
    capture: Capture,
    reading: Reading | None,
    memory: PageMemory,
    declaration: Declaration,
    content_sha256: str | None,
) -> JudgedCapture:
    document = reading if isinstance(reading, Document) else None
    answer = capture.answer
    return JudgedCapture(
        capture_id=capture_id(capture),
        capture=capture,
        verdict=judge(capture, reading, memory, declaration, content_sha256),
        body_sha256=hashlib.sha256(answer.body).hexdigest() if answer.body and answer.error is None else None,
        content_sha256=content_sha256,
        text_chars=len(document.text) if document else None,
        encoding=document.encoding if document else None,
        language=text_language(document) if document else None,
    )


def _recognised(capture: Capture, known: Recognised, memory: PageMemory, declaration: Declaration) -> JudgedCapture:
    """A capture that was not read because its content is known; it has the length that it had."""
    judged = _judged(capture, None, memory, declaration, known.reading.content_sha256)
    return replace(
        judged, text_chars=memory.last_good.text_chars if memory.last_good else None, encoding=known.encoding
    )


def _read(
    plan: VisitPlan,
    judged: JudgedCapture,
    document: Document,
    declaration: Declaration,
    memory: PageMemory,
    documents: dict[str, DocumentState],
) -> ReadVersion | None:
    """What a good capture shows, read in full only where it is not the last good content."""
    last = memory.last_good
    if not judged.verdict.is_good:
        return None
    if last and (last.content_sha256, last.extractor) == (judged.content_sha256, extractor_fingerprint(declaration)):
        return None
    return plan.execution.call(read_version, document, declaration, documents)


def _reread(
    plan: VisitPlan, declaration: Declaration, memory: PageMemory, otherwise: ReadVersion | None = None
) -> ReadVersion | None:
    """The last good body read again, where another extractor read it: so the page's changes and ours stay apart.

    Where that body cannot be read any more, nobody can tell the two apart.  Then ``otherwise`` stands for it, which is
    what the page shows now: all differences count as ours and none alerts.
    """
    last = memory.last_good
    if last is None or last.warc is None or last.extractor == extractor_fingerprint(declaration):
        return None
    try:
        exchange = read_exchange(plan.archive, last.warc)
    except ArchiveError as error:
        _log.warning("%s: its last good answer cannot be read again: %s", declaration.page_id, error)
        return otherwise
    reading = _body_read(plan, exchange, last.url, declaration)
    if not isinstance(reading, Document):
        return otherwise
    return plan.execution.call(read_version, reading, declaration, _known_documents(reading, memory))


def _fetch_files(plan: VisitPlan, session: Session, page: Capture, urls: Sequence[str], memory: PageMemory) -> _Files:
    """Asks for each file that the page links; one that cannot be had tonight keeps its last known state."""
    judged, states, texts = [], [], []
    for url in urls:
        known = memory.documents.get(url)
        fresh = known is not None and page.observed_at - known.fetched_in_full_at <= plan.full_fetch_after
        capture = session.fetch(FetchRequest(page.page_id, url, known.validators if known and fresh else None))
        read = read_linked_file(capture, known, capture.observed_at)
        answer = capture.answer
        judged.append(
            JudgedCapture(
                capture_id=capture_id(capture),
                capture=capture,
                verdict=read.verdict,
                resource="document",
                body_sha256=hashlib.sha256(answer.body).hexdigest() if answer.body and not answer.error else None,
            )
        )
        if read.state is not None and read.state != known:
            states.append(read.state)
        if read.text is not None:
            texts.append(read.text)
    return _Files(tuple(judged), tuple(states), tuple(texts))


def _deserves_second_look(visit: PageVisit) -> bool:
    verdict = visit.verdict
    return verdict.outcome is Outcome.SUSPECT and verdict.reason in _WORTH_A_SECOND_LOOK


def _second_look(plan: VisitPlan, session: Session, visit: PageVisit, memory: PageMemory) -> PageVisit:
    """Fetches a suspicious page again in the same run, unconditionally; the better of the two answers counts."""
    try:
        again = _visit(plan, session, visit.declaration, memory, conditional=False)
    except StorageError:
        raise
    except Exception:  # noqa: BLE001  the first answer stands
        _log.exception("%s: the second look failed by a fault of ours", visit.declaration.page_id)
        return visit
    better = again if again.verdict.is_good else visit
    judged = (*visit.judged, *again.judged) if again.verdict.is_good else (*again.judged, *visit.judged)
    return replace(better, judged=judged)


def _faulty(plan: VisitPlan, declaration: Declaration, error: Exception) -> PageVisit:
    place = traceback.extract_tb(error.__traceback__)[-1]
    detail = f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})"
    exchange = Exchange(
        url=declaration.url,
        requested_at=plan.clock.now(),
        error=FetchError(FetchErrorKind.INTERNAL, detail),
    )
    capture = Capture(PageId(declaration.page_id), declaration.url, (exchange,))
    verdict = Verdict(Outcome.FAILED, FetchErrorKind.INTERNAL, detail)
    return PageVisit(declaration, (JudgedCapture(capture_id(capture), capture, verdict),))
