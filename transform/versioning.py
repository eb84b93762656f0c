"""From a document to a validated version: the pure step that refresh, check and rebuild share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from extract.model import Declaration
from transform.document import Document
from transform.identifiers import extractor_fingerprint, version_id
from transform.memory import DocumentState
from transform.night import QuarantinedRecord
from transform.reading.content import content_sha256, document_urls
from transform.records_reader import read_records
from transform.validating.validation import validate
from transform.version import Version


@dataclass(frozen=True, slots=True)
class ReadVersion:
    """A version, the records that broke a rule, and the locators that found nothing on the page."""

    version: Version
    quarantined: tuple[QuarantinedRecord, ...] = ()
    drift: tuple[str, ...] = ()


def content_of(document: Document, documents: Mapping[str, DocumentState]) -> str:
    """The hash of what the page says, with the bytes behind its documents as far as they are known."""
    return content_sha256(
        document,
        [(url, documents[url].sha256 if url in documents else None) for url in document_urls(document)],
    )


def read_version(document: Document, declaration: Declaration, documents: Mapping[str, DocumentState]) -> ReadVersion:
    """Reads a document's records and validates them; nothing that was read is dropped."""
    content = content_of(document, documents)
    extractor = extractor_fingerprint(declaration)
    result = read_records(document, declaration, documents)
    validated = validate(
        Version(
            version_id=version_id(declaration.page_id, content, extractor),
            page_id=declaration.page_id,
            content_sha256=content,
            extractor=extractor,
            records=result.records,
        ),
        declaration.land,
    )
    return ReadVersion(validated.version, validated.quarantined, result.drift)
