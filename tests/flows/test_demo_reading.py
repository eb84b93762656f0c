"""The sample pages as the monitor reads them: noise says nothing, every scripted edit is one change."""

from dataclasses import fields
from itertools import pairwise

import pytest

from extract.declarations import load_catalogue
from extract.model import Declaration
from flows.demo.portal import SAMPLE_CATALOGUE
from flows.demo.script import Script, load_script
from transform.compare.comparison import compare_records
from transform.document import Document
from transform.reading.body import read_body
from transform.reading.content import content_sha256
from transform.records import Records
from transform.records_reader import read_records

DECLARATIONS = {str(declaration.page_id): declaration for declaration in load_catalogue(SAMPLE_CATALOGUE)}
NOT_THE_PAGE = {("demo-sl-roadmap", 3), ("demo-he-strategie", 5), ("demo-sh-programm", 2), ("demo-sl-presse", 4)}


@pytest.fixture(scope="module")
def script() -> Script:
    return load_script()


def document_of(script: Script, declaration: Declaration, night: int) -> Document:
    """What the page shows in a night, redirects followed."""
    url = declaration.url
    answer = script.answer(night, url)
    while answer.location is not None:
        url = answer.location
        answer = script.answer(night, url)
    reading = read_body(answer.body, content_type=answer.media_type, url=url, declaration=declaration)
    assert isinstance(reading, Document)
    return reading


def good_nights(page_id: str) -> list[int]:
    """The nights in which a page shows itself."""
    return [night for night in range(7) if (page_id, night) not in NOT_THE_PAGE]


def records_of(script: Script, page_id: str, night: int) -> Records:
    """What a page says in a night."""
    declaration = DECLARATIONS[page_id]
    return read_records(document_of(script, declaration, night), declaration).records


@pytest.mark.parametrize(
    ("page_id", "changes"),
    [
        (
            "demo-sl-roadmap",
            [(4, "list_item", "reordered", "position"), (6, "page", "changed", "publisher")],
        ),
        (
            "demo-st-ihk",
            [(2, "figure", "changed", "value"), (4, "section", "edited", "text"), (6, "section", "edited", "text")],
        ),
        (
            "demo-he-strategie",
            [(3, "action_field", "added", None), (3, "figure", "changed", "value")],
        ),
        (
            "demo-sh-programm",
            [
                (4, "document", "replaced", "url"),
                (5, "section", "renamed", "heading"),
                (6, "strategy", "changed", "status"),
            ],
        ),
        ("demo-sl-presse", [(5, "contact", "replaced", "name")]),
    ],
)
def test_every_scripted_edit_is_one_change_and_nothing_else_is(
    script: Script, page_id: str, changes: list[tuple[int, str, str, str | None]]
) -> None:
    """Night, entity, kind and field; nights of mere noise have none."""
    nights = good_nights(page_id)
    told = [
        (night, str(change.entity), str(change.kind), change.field)
        for before, night in pairwise(nights)
        for change in compare_records(records_of(script, page_id, before), records_of(script, page_id, night))
    ]
    assert sorted(told, key=str) == changes


@pytest.mark.parametrize("page_id", DECLARATIONS)
def test_noise_does_not_touch_the_content(script: Script, page_id: str) -> None:
    """The second night differs in stamps, ids, teasers and invisible characters only."""
    hashes = {content_sha256(document_of(script, DECLARATIONS[page_id], night)) for night in (0, 1)}
    assert len(hashes) == 1


def test_a_sentence_taken_back_restores_the_content(script: Script) -> None:
    """The last night of the chamber's page says what the third one said."""
    chamber = DECLARATIONS["demo-st-ihk"]
    third, fifth, last = (content_sha256(document_of(script, chamber, night)) for night in (2, 4, 6))
    assert third == last != fifth


def test_the_five_pages_hold_every_kind_of_record(script: Script) -> None:
    """Whoever tries the demo finds no empty table."""
    told = [records_of(script, page_id, 0) for page_id in DECLARATIONS]
    tables = [field.name for field in fields(Records) if isinstance(getattr(told[0], field.name), tuple)]
    assert [table for table in tables if not any(getattr(records, table) for records in told)] == []
    assert "placeholder" in {finding.type for records in told for finding in records.findings}
