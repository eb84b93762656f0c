"""A dry run of one declaration: fetched, judged and read like any page, and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from extract.errors import UnknownPageError
from extract.fetch import FetchRequest, PortalSession
from extract.model import Capture, Declaration, PageId, PageKind
from flows.settings import Settings
from transform.document import Document, Reading, Unreadable
from transform.judging.judge import judge
from transform.memory import PageMemory
from transform.reading.body import read_body
from transform.reading.encoding import decode
from transform.suggesting.declaration import suggested
from transform.suggesting.root import content_selector
from transform.verdict import Verdict
from transform.versioning import ReadVersion, content_of, read_version

_UNDECLARED = PageId("unbekannt")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a page would be read into tonight; ``read`` is missing where there is nothing to read."""

    declaration: Declaration
    capture: Capture
    verdict: Verdict
    reading: Reading | None
    read: ReadVersion | None
    suggestion: Declaration | None = None
    """A declaration for a page that has none yet; to be looked at before it goes into the catalogue."""


def declaration_for(wanted: str, declared: tuple[Declaration, ...]) -> Declaration:
    """The declared page of that id or address, or a bare declaration for an address that is not declared.

    Raises:
        UnknownPageError: If it is neither a declared page nor an https address.
    """
    for declaration in declared:
        if wanted in (declaration.page_id, declaration.url):
            return declaration
    parts = urlsplit(wanted)
    if parts.scheme != "https" or not parts.hostname:
        known = ", ".join(declaration.page_id for declaration in declared)
        raise UnknownPageError(
            f"{wanted!r} is neither a declared page nor an address.", f"Give an https address, or one of {known}."
        )
    return Declaration(
        page_id=_UNDECLARED,
        url=wanted,
        land="DE",
        kind=PageKind.STRATEGY,
        is_official=True,
        publisher=parts.hostname,
    )


def check_page(settings: Settings, declaration: Declaration, via: str | None) -> Checked:
    """Fetches and reads one page; writes nothing, and asks for no linked file.

    An address that is not declared is read as the declaration says that is suggested for it.
    """
    with PortalSession(settings.fetching(via)) as session:
        capture = session.fetch(FetchRequest(declaration.page_id, declaration.url))
    reading = _reading(capture, declaration)
    document = reading if isinstance(reading, Document) else None
    content = content_of(document, {}) if document else None
    verdict = judge(capture, reading, PageMemory(declaration.page_id), declaration, content)
    suggestion = _suggestion(capture, declaration, document) if document else None
    read = read_version(document, suggestion or declaration, {}) if document else None
    return Checked(declaration, capture, verdict, reading, read, suggestion)


def _suggestion(capture: Capture, declaration: Declaration, document: Document) -> Declaration | None:
    """The declaration suggested for a page that has none; ``None`` for a declared page."""
    if declaration.page_id != _UNDECLARED:
        return None
    decoded = decode(capture.answer.body, capture.answer.header("Content-Type")) if document.n_pages is None else None
    return suggested(capture.final_url, document, content_selector(decoded[0]) if decoded else None)


def _reading(capture: Capture, declaration: Declaration) -> Document | Unreadable | None:
    answer = capture.answer
    if answer.error is not None or answer.status != 200:
        return None
    return read_body(
        answer.body, content_type=answer.header("Content-Type"), url=capture.final_url, declaration=declaration
    )
