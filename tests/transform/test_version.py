"""A version is the same whether its records are packed or not."""

from __future__ import annotations

import dataclasses

from extract.model import PageId
from transform.records import Records, SectionRecord
from transform.version import Version, packed


def version() -> Version:
    sections = (
        SectionRecord(position=0, section=None, evidence="Ziele", level=2, heading="Ziele", path="Ziele", text="Funk"),
    )
    return Version("v1", PageId("amt-a"), "c1", "e1", Records(title="Plan", publisher="Amt", sections=sections))


def test_a_packed_version_says_what_it_said() -> None:
    before = version()
    after = packed(before)
    assert after.records == before.records
    names = [field.name for field in dataclasses.fields(Version)]
    assert [getattr(after, name) for name in names] == [getattr(before, name) for name in names]
    assert packed(after) is after


def test_a_packed_version_can_be_given_other_records() -> None:
    other = dataclasses.replace(packed(version()), records=Records(title="Anderer Plan", publisher="Amt"))
    assert (other.version_id, other.records.title, other.records.sections) == ("v1", "Anderer Plan", ())
