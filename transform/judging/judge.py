"""What a capture is worth: whether the answer is the page.

The judge is a table of cases in the order in which they decide: an answer out of its time, no answer, an answer about
the page's state, an answer from elsewhere, an answer that cannot be read, a notice in place of the page, a page that
lost most of its text.  A content that was promoted before is the page, whatever it looks like; unless it is a collapse
that healed within days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urljoin

from extract.model import Capture, Declaration, Exchange, FetchErrorKind, PageId
from transform.document import BlockKind, Document, Reading, ReadProblem, Unreadable
from transform.judging.languages import text_language
from transform.judging.suspicions import (
    is_challenge,
    leads_elsewhere,
    leads_home,
    notice,
    refresh_target,
)
from transform.memory import PageMemory
from transform.nights import is_later_night
from transform.reading.content import text_chars
from transform.urls import canonical_url, is_document_url
from transform.verdict import Outcome, Suspicion, Verdict

COLLAPSE_SHARE = 0.5
"""A page that lost more than half of its last good text is held back until a later night confirms it."""
OUTLASTS = timedelta(days=6)
"""A page that never again says what it said, only ever other things, is believed when it was held back so long."""
FIRST_WORDS = 25
"""A page never seen before needs so many words, and a heading, to be believed; one of fewer is hardly ever a page."""
PLAIN_WORDS = 100
"""With so many words, a page needs no heading."""
SINK_PAGES = 3

_NOT_ASKED = frozenset({FetchErrorKind.ROBOTS_DISALLOWED, FetchErrorKind.DEFERRED})
_BLOCKING = frozenset({401, 403, 407, 429, 451})
_GONE = frozenset({404, 410})
_UNREADABLE = {
    ReadProblem.EMPTY: Suspicion.EMPTY,
    ReadProblem.MEDIA_TYPE: Suspicion.MEDIA_TYPE,
    ReadProblem.ENCODING: Suspicion.ENCODING,
    ReadProblem.NO_TEXT_LAYER: Suspicion.NO_TEXT_LAYER,
    ReadProblem.ENCRYPTED: Suspicion.UNREADABLE,
    ReadProblem.BROKEN: Suspicion.UNREADABLE,
    ReadProblem.TOO_LARGE: Suspicion.UNREADABLE,
}


def judge(
    capture: Capture,
    reading: Reading | None,
    memory: PageMemory,
    declaration: Declaration,
    content_sha256: str | None,
) -> Verdict:
    """The verdict on a capture.

    Args:
        capture: The exchange with its redirects.
        reading: What its body was read into; ``None`` where there was nothing to read, or no need to.
        memory: What is known of the page: its last good observation, contents seen before and contents held back.
        declaration: Where the page is declared to be.
        content_sha256: Hash of what the page says; ``None`` where there is no document.

    Returns:
        One verdict with a sentence of detail.  ``verified`` with the detail ``confirmed`` promotes a content that was
        held back on an earlier night, or a page that was held back for six days whatever it said.
    """
    return (
        _on_time(capture, memory)
        or _on_exchange(capture.answer, memory)
        or _on_redirects(capture, memory, declaration, content_sha256)
        or _on_reading(capture, reading, memory, declaration, content_sha256)
    )


def error_sinks(judged: Sequence[tuple[PageId, str, str, str]]) -> frozenset[PageId]:
    """Pages of one night that ended at one same address or in one identical body although they are declared apart.

    Args:
        judged: For each page its id, final address, SHA-256 of its body (empty where there is none) and declared
            address.

    Returns:
        The pages of every such group of at least three; a page that is declared at the shared address is not among
        them.
    """
    by_place: dict[tuple[str, str], dict[str, PageId]] = defaultdict(dict)
    for page_id, final_url, body_sha256, declared_url in judged:
        declared, final = canonical_url(declared_url), canonical_url(final_url)
        if final != declared:
            by_place["url", final][declared] = page_id
        if body_sha256:
            by_place["body", body_sha256][declared] = page_id
    return frozenset(page for pages in by_place.values() if len(pages) >= SINK_PAGES for page in pages.values())


def _on_time(capture: Capture, memory: PageMemory) -> Verdict | None:
    """Whether an answer is older than what the page is known to have shown since: no night may change the past."""
    last = memory.last_good
    if last is None or capture.answer.status not in (200, 304) or capture.observed_at >= last.observed_at:
        return None
    return _suspect(
        Suspicion.TIME,
        f"it is of {capture.observed_at:%Y-%m-%d %H:%M} UTC, the last good one of {last.observed_at:%Y-%m-%d %H:%M}; "
        "check the clock, and take older captures in with 'backfill'",
    )


def _on_exchange(answer: Exchange, memory: PageMemory) -> Verdict | None:
    """What the exchange alone decides: no answer, not modified, blocked, gone, failed."""
    if answer.error is not None:
        outcome = Outcome.BLOCKED if answer.error.kind in _NOT_ASKED else Outcome.FAILED
        return Verdict(outcome, str(answer.error.kind), answer.error.detail)
    status = answer.status
    if status is None:
        return Verdict(Outcome.FAILED, "protocol", "the exchange has neither an answer nor an error")
    if status == 304 and memory.last_good is not None:
        return Verdict(Outcome.NOT_MODIFIED, None, "the server says that nothing has changed")
    if status == 304:
        return Verdict(Outcome.FAILED, "protocol", "304 to a request for a page that was never seen; ask in full")
    if status in _BLOCKING or (status >= 400 and is_challenge(answer)):
        return Verdict(Outcome.BLOCKED, f"http_{status}", f"the portal refuses: {status} {answer.reason}".strip())
    if status in _GONE:
        return Verdict(Outcome.GONE, f"http_{status}", f"the portal says that the page is gone: {status}")
    if status in (204, 205):
        return _suspect(Suspicion.EMPTY, f"{status}: an answer without a body")
    if status != 200:
        return Verdict(Outcome.FAILED, f"http_{status}", f"unusable answer: {status} {answer.reason}".strip())
    if is_challenge(answer):
        return _suspect(Suspicion.BOT_WALL, "a bot check stands before the page")
    return None


def _on_redirects(
    capture: Capture, memory: PageMemory, declaration: Declaration, content_sha256: str | None
) -> Verdict | None:
    """Whether the answer came from a start page or from somebody else's host."""
    if _is_known(memory, content_sha256):
        return None
    target = capture.final_url
    refresh = refresh_target(capture.answer)
    if refresh is not None:
        target = urljoin(target, refresh)
    if leads_home(target, declaration.url):
        return _suspect(Suspicion.REDIRECT_HOME, f"sent to the start page {target}")
    if memory.last_good is not None and leads_elsewhere(target, declaration.url):
        if not leads_elsewhere(target, memory.last_good.url):
            return None
        return _suspect(Suspicion.REDIRECT_HOST, f"sent to another host with another content: {target}")
    return None


def _on_reading(
    capture: Capture,
    reading: Reading | None,
    memory: PageMemory,
    declaration: Declaration,
    content_sha256: str | None,
) -> Verdict:
    """What the body decides."""
    if reading is None and memory.last_good is not None and memory.last_good.content_sha256 == content_sha256:
        return Verdict(Outcome.VERIFIED, None, "the last good content, recognised")
    if reading is None:
        return _suspect(Suspicion.UNREADABLE, "the body was not read")
    if isinstance(reading, Unreadable):
        return _suspect(_UNREADABLE[reading.problem], reading.detail)
    collapse = _on_amount(reading, memory)
    if _is_known(memory, content_sha256) and (collapse is None or _has_stood(memory, content_sha256)):
        return Verdict(Outcome.VERIFIED, None, "a content seen before")
    doubts = [doubt for doubt in (_on_kind(reading, memory, declaration), _on_notice(reading), collapse) if doubt]
    if not doubts:
        return Verdict(Outcome.VERIFIED)
    is_tiny = collapse is not None and len(reading.text.split()) < FIRST_WORDS
    if all(_may_be_confirmed(doubt, reading, memory) for doubt in doubts) and _is_confirmed(
        capture, memory, content_sha256, is_tiny=is_tiny and memory.last_good is not None
    ):
        return Verdict(Outcome.VERIFIED, None, "confirmed")
    return doubts[0]


def _on_kind(document: Document, memory: PageMemory, declaration: Declaration) -> Verdict | None:
    """A PDF in place of an HTML page, or a page that speaks another language than it did."""
    if memory.last_good is None:
        return None
    if document.n_pages is not None and not is_document_url(declaration.url):
        return _suspect(Suspicion.MEDIA_TYPE, "expected an HTML page, found a PDF")
    expected, found = memory.last_good.language, text_language(document)
    if expected is not None and found is not None and found != expected:
        return _suspect(Suspicion.LANGUAGE, f"expected the language {expected}, found {found}")
    return None


def _on_notice(document: Document) -> Verdict | None:
    """A notice in place of the page."""
    found = notice(document)
    if found is None:
        return None
    suspicion, words = found
    return _suspect(suspicion, f"the page says „{words}“ and little else")


def _on_amount(document: Document, memory: PageMemory) -> Verdict | None:
    """Too little text: none at all, too little for a first capture, or most of the last good text gone."""
    n_words = len(document.text.split())
    if n_words == 0:
        return _suspect(Suspicion.EMPTY, "no main content")
    if memory.last_good is None:
        has_heading = document.n_pages is not None or any(b.kind is BlockKind.HEADING for b in document.blocks)
        if n_words >= (FIRST_WORDS if has_heading else PLAIN_WORDS):
            return None
        return _suspect(Suspicion.EMPTY, f"first capture with {n_words} words: too little to believe")
    share = text_chars(document) / max(memory.last_good.text_chars, 1)
    if share >= COLLAPSE_SHARE:
        return None
    return _suspect(Suspicion.COLLAPSE, f"only {share:.0%} of the last good text is left")


def _may_be_confirmed(doubt: Verdict, document: Document, memory: PageMemory) -> bool:
    """Whether a doubt ends by itself when the page stays as it is.

    A collapse, another language or another media type may be the new truth.  A notice may be none after all where it
    is as long as the page was.  A first capture without a heading is believed when it stays, one of a few words never.
    """
    n_words = len(document.text.split())
    if doubt.reason == Suspicion.EMPTY:
        return memory.last_good is None and n_words >= FIRST_WORDS
    if doubt.reason in (Suspicion.COLLAPSE, Suspicion.LANGUAGE, Suspicion.MEDIA_TYPE):
        return True
    return memory.last_good is not None and text_chars(document) >= COLLAPSE_SHARE * memory.last_good.text_chars


def _is_known(memory: PageMemory, content_sha256: str | None) -> bool:
    """Whether the page has shown this content before, promoted."""
    if content_sha256 is None:
        return False
    if memory.last_good is not None and memory.last_good.content_sha256 == content_sha256:
        return True
    return any(known.content_sha256 == content_sha256 for known in memory.known)


def _has_stood(memory: PageMemory, content_sha256: str | None) -> bool:
    """Whether the content is the last good one, or was shown for days, as a collapse that healed was not."""
    if memory.last_good is not None and memory.last_good.content_sha256 == content_sha256:
        return True
    return any(
        known.content_sha256 == content_sha256 and known.last_at - known.first_at >= OUTLASTS for known in memory.known
    )


def _is_confirmed(capture: Capture, memory: PageMemory, content_sha256: str | None, *, is_tiny: bool) -> bool:
    """Whether the same content was held back on an earlier night, or whatever there was on each of six nights.

    A page of next to no words has to last the six nights in any case.
    """
    now = capture.observed_at
    same = [pending for pending in memory.pending if pending.content_sha256 == content_sha256]
    if not is_tiny and any(is_later_night(pending.observed_at, now) for pending in same):
        return True
    nights = {pending.observed_at.date() for pending in memory.pending if pending.observed_at < now}
    return len(nights) >= OUTLASTS.days and min(nights) <= (now - OUTLASTS).date()


def _suspect(suspicion: Suspicion, detail: str) -> Verdict:
    """A verdict of suspicion."""
    return Verdict(Outcome.SUSPECT, str(suspicion), detail)
