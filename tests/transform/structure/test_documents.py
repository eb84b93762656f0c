"""Links to files are documents, links to pages are links, the rest is neither."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from extract.model import Validators
from tests.support.documents import document
from transform.document import Block, BlockKind, Link
from transform.memory import DocumentState
from transform.reading.files import is_file
from transform.structure.documents import read_documents, read_links

HOST = "https://www.beispiel.de"


@pytest.mark.parametrize(
    ("url", "label", "media_type", "expected"),
    [
        (f"{HOST}/plan.pdf", "Plan", None, True),
        (f"{HOST}/plan.docx", "Plan", None, True),
        (f"{HOST}/daten.zip", "Daten", None, True),
        (f"{HOST}/SharedDocs/plan?__blob=publicationFile&v=3", "Plan", None, True),
        (f"{HOST}/download/4711", "Plan (PDF, 3 MB)", None, True),
        (f"{HOST}/download/4711", "Plan", "application/pdf", True),
        (f"{HOST}/plan", "Plan", "text/html", False),
        (f"{HOST}/plan", "Plan des Landes", None, False),
        (f"{HOST}/bild.jpg", "Bild", "image/jpeg", False),
        ("mailto:plan@beispiel.de", "Mail", None, False),
    ],
)
def test_file_is_known_by_address_media_type_or_words(
    url: str, label: str, media_type: str | None, *, expected: bool
) -> None:
    assert is_file(Link(label, url, media_type=media_type)) is expected


def test_document_is_told_with_what_is_known_of_the_file() -> None:
    page = document(f'# Plan\n## Dateien\n[Der Plan]({HOST}/plan.pdf;jsessionid=A1?v=2 "Der Plan")')
    (bare,) = read_documents(page, {})
    assert (bare.label, bare.url, bare.media_type, bare.sha256) == (
        "Der Plan",
        f"{HOST}/plan.pdf?v=2",
        "application/pdf",
        None,
    )
    assert (bare.section, bare.title, bare.evidence) == ("Plan > Dateien", "Der Plan", "Der Plan")
    state = DocumentState(
        url=bare.url,
        sha256="a" * 64,
        media_type="application/pdf",
        bytes=1234,
        n_pages=8,
        title="Plan 2030",
        validators=Validators(bare.url),
        fetched_in_full_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    (known,) = read_documents(page, {bare.url: state})
    assert known == replace(bare, sha256="a" * 64, bytes=1234, n_pages=8, title="Plan 2030")


def test_same_file_linked_twice_is_one_document() -> None:
    page = document(f"# Plan\n[Hier]({HOST}/plan.pdf) und [dort](http://www.beispiel.de/plan.pdf#page=2)")
    assert [each.label for each in read_documents(page, {})] == ["Hier"]


def test_links_are_pages_without_glossary_mail_and_files() -> None:
    page = document(
        f"# Plan\nMehr [im Netz]({HOST}/netz?utm_source=x) und [Cloud]({HOST}/begriff?view=renderHelp), "
        f"[KI]({HOST}/service/glossar/ki), [Mail](mailto:a@beispiel.de), "
        f"[Plan]({HOST}/plan.pdf), [im Netz]({HOST}/netz)."
    )
    assert [(link.label, link.url, link.position) for link in read_links(page)] == [("im Netz", f"{HOST}/netz", 0)]


def test_link_without_words_keeps_its_title_as_evidence() -> None:
    page = document("# Plan")
    block = Block(BlockKind.PARAGRAPH, "", links=(Link("", f"{HOST}/a", "Zur Seite"), Link("", f"{HOST}/b")))
    links = read_links(replace(page, blocks=(block,)))
    assert [link.evidence for link in links] == ["Zur Seite", f"{HOST}/b"]
