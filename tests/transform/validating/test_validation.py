"""What breaks a rule goes to quarantine with the rule; everything else stays, and nothing is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.model import PageId
from transform.records import (
    RECORD_TYPES,
    DateRecord,
    Event,
    Figure,
    Goal,
    Person,
    Quote,
    Record,
    Records,
    SectionRecord,
    Strategy,
)
from transform.validating.schemas import Field, fields_of
from transform.validating.screening import screen_of
from transform.validating.validation import Validated, validate, validate_all, validation_is_on
from transform.version import Version


def version(tables: dict[str, tuple[Record, ...]], version_id: str = "v1") -> Version:
    records = replace(Records(title="Plan", publisher="Land"), **dict[str, Any](tables))
    return Version(version_id, PageId("probe"), "c" * 64, "e1", records)


def figure(position: int = 0, **values: Any) -> Figure:
    return Figure(
        **{"position": position, "evidence": "3 Häfen", "value": 3.0, "comparator": "eq", "unit": "Häfen", **values}
    )


def date(start: str, end: str, precision: str = "year", position: int = 0) -> DateRecord:
    return DateRecord(position=position, evidence=start, role="period", start_on=start, end_on=end, precision=precision)


def broken(table: str, record: Record) -> tuple[str, str | None, str | None]:
    (found,) = validate(version({table: (record,)}), "DE-HH").quarantined
    return found.rule, found.column_name, found.failing_value


def test_sound_records_stay_as_they_are() -> None:
    sound = version({"figures": (figure(0), figure(1, value_to=4.0)), "dates": (date("2021", "2022"),)})
    assert validate(sound, "DE-HH") == Validated(sound, ())


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (figure(unit="  "), ("not_blank", "unit", "  ")),
        (figure(evidence=""), ("not_blank", "evidence", "")),
        (figure(comparator="circa"), ("allowed", "comparator", "circa")),
        (figure(mentions=0), ("at_least", "mentions", "0")),
        (figure(position=-1), ("at_least", "position", "-1")),
        (figure(value=float("nan")), ("finite", "value", "nan")),
        (figure(value=float("inf")), ("finite", "value", "inf")),
        (figure(value=5.0, value_to=3.0), ("range_in_order", None, None)),
        (figure(mentions=2**64), ("type", "mentions", str(2**64))),
        (figure(unit=None), ("required", "unit", None)),
        (figure(unit="a\ud800"), ("type", "unit", "a\\ud800")),
        (figure(value="drei"), ("type", "value", "drei")),
    ],
)
def test_broken_figure_is_quarantined_with_its_rule(
    record: Figure, expected: tuple[str, str | None, str | None]
) -> None:
    assert broken("figures", record) == expected


@pytest.mark.parametrize(
    ("record", "rule"),
    [
        (date("2022", "2021"), "start_before_end"),
        (date("2022-05-03", "2022-05-02", "day"), "start_before_end"),
        (date("2022-05", "2022-05", "year"), "precision_fits_start"),
        (date("2022", "2022-05", "year"), "precision_fits_end"),
        (date("2022-02-30", "2022-03-01", "day"), "calendar_date"),
        (date("2022-13", "2022-13", "month"), "calendar_date"),
        (date("Mai 2022", "2022", "year"), "pattern"),
        (date("2022\n", "2022", "year"), "pattern"),
        (date("2022", "2022", "decade"), "allowed"),
    ],
)
def test_broken_date_is_quarantined_with_its_rule(record: DateRecord, rule: str) -> None:
    assert broken("dates", record)[0] == rule


@pytest.mark.parametrize(
    "record",
    [
        date("2022", "2022"),
        date("2022-05-31", "2022-05-31", "day"),
        date("2022-01", "2022-03", "quarter"),
        date("2021-11", "2022-02", "month"),
    ],
)
def test_sound_dates_of_every_precision_stay(record: DateRecord) -> None:
    assert validate(version({"dates": (record,)}), "DE").quarantined == ()


def test_horizon_must_be_in_order_and_precision_must_fit_the_decision() -> None:
    plan = Strategy(position=0, evidence="Plan", title="Plan", kind="strategy")
    assert broken("strategies", replace(plan, horizon_from=2030, horizon_to=2025))[0] == "horizon_in_order"
    assert broken("strategies", replace(plan, horizon_to=203))[0] == "at_least"
    assert (
        broken("strategies", replace(plan, adopted_on="2023-09", adopted_precision="day"))[0]
        == "precision_fits_adoption"
    )


def test_second_record_of_a_position_is_quarantined_and_the_first_stays() -> None:
    first, second = figure(4), figure(4, unit="Werften")
    result = validate(version({"figures": (first, second)}), "DE-HH")
    assert result.version.records.figures == (first,)
    assert [found.rule for found in result.quarantined] == ["unique"]


def test_quarantined_record_is_kept_whole_as_json() -> None:
    (found,) = validate(version({"figures": (figure(value=float("nan"), unit="„Häfen“"),)}), "DE-HH").quarantined
    assert json.loads(found.record, parse_constant=pytest.fail)["unit"] == "„Häfen“"
    assert (found.page_id, found.version_id, found.table_name) == ("probe", "v1", "figures")


def test_land_that_is_none_quarantines_the_records() -> None:
    assert [found.rule for found in validate(version({"figures": (figure(),)}), "Hamburg").quarantined] == ["pattern"]


PAGE = Records(
    title="Plan",
    publisher="Land",
    sections=(SectionRecord(position=0, evidence="Plan", level=1, heading="Plan", path="Plan", text=""),),
    figures=(figure(section="Plan"),),
    dates=(date("2023-09", "2023-09", "month"), replace(date("2024", "2024", position=1), role="event")),
    strategies=(Strategy(position=0, evidence="Plan", title="Plan", kind="strategy"),),
    persons=(Person(position=0, evidence="Eva Muster", name="Eva Muster"),),
    quotes=(Quote(position=0, evidence="„Gut“", speaker="Eva Muster", text="Gut"),),
    events=(Event(position=0, evidence="Netzforum", name="Netzforum", start_on="2024"),),
)


def page_with(table: str, **values: object) -> Records:
    (record,) = getattr(PAGE, table)
    return replace(PAGE, **dict[str, Any]({table: (replace(record, **values),)}))


@pytest.mark.parametrize(
    ("table", "column", "value", "rule"),
    [
        ("figures", "section", "Anderer Plan", "section_on_page"),
        ("strategies", "adopted_on", "2023-10", "decision_dated"),
        ("strategies", "adopted_on", "2023-09", "decision_dated"),
        ("quotes", "speaker", "Max Muster", "speaker_named"),
        ("events", "start_on", "2025", "event_dated"),
    ],
)
def test_what_leads_to_no_record_of_another_table_is_quarantined(
    table: str, column: str, value: str, rule: str
) -> None:
    """The third case names a day that the page tells in another role."""
    result = validate(replace(version({}), records=page_with(table, **{column: value})), "DE-HH")
    told = [(one.table_name, one.rule, one.column_name, one.failing_value) for one in result.quarantined]
    assert told == [(table, rule, column, value)]


def test_records_that_lead_to_one_another_stay() -> None:
    sound = replace(version({}), records=PAGE)
    assert validate(sound, "DE-HH") == Validated(sound, ())


def test_a_broken_record_takes_none_with_it_that_refers_to_it() -> None:
    """The figure's section was on the page, although its own record broke a rule."""
    result = validate(replace(version({}), records=page_with("sections", level=9)), "DE-HH")
    assert [found.table_name for found in result.quarantined] == ["sections"]


def test_many_versions_are_split_each_by_itself() -> None:
    good, bad = version({"figures": (figure(0),)}), version({"figures": (figure(0), figure(1, unit=""))}, "v2")
    first, second = validate_all([(good, "DE-HH"), (bad, "DE-SL")])
    assert first == Validated(good, ())
    assert (second.version.records.figures, len(second.quarantined)) == ((figure(0),), 1)
    assert second == validate(bad, "DE-SL")
    assert validate_all([]) == ()


TEXTS = st.one_of(
    st.text(max_size=12), st.sampled_from(["2021", "2021-13", "eq", "day", "a@b.de", " ", "a" * 64, "period"])
)
VALUES = {
    str: TEXTS,
    int: st.one_of(st.integers(-3, 2200), st.integers()),
    float: st.one_of(st.floats(), st.integers(-5, 5).map(float)),
}


def value_of(field: Field) -> st.SearchStrategy[object]:
    sound = st.sampled_from(field.column.allowed) if field.column.allowed else VALUES[field.type]
    value = st.one_of(sound, VALUES[field.type])
    return st.one_of(st.none(), value) if field.nullable else value


def record_of(table: str) -> st.SearchStrategy[Record]:
    return st.fixed_dictionaries({field.name: value_of(field) for field in fields_of(table)}).map(
        lambda values: RECORD_TYPES[table](**dict[str, Any](values))
    )


@pytest.mark.parametrize("table", list(RECORD_TYPES))
@given(data=st.data())
@settings(max_examples=6)
def test_records_in_are_records_out_and_records_quarantined(table: str, data: st.DataObject) -> None:
    records = tuple(data.draw(st.lists(record_of(table), max_size=4)))
    result = validate(version({table: records}), "DE-HE")
    kept = getattr(result.version.records, table)
    assert len(kept) + len(result.quarantined) == len(records)
    assert all(any(record is old for old in records) for record in kept)
    assert all(found.table_name == table and found.rule and json.loads(found.record) for found in result.quarantined)
    assert validate(result.version, "DE-HE") == Validated(result.version, ())


@given(data=st.data())
@settings(max_examples=6)
def test_every_record_of_a_page_ends_in_one_of_the_two_places(data: st.DataObject) -> None:
    """All tables at once, so that rules between them are at work as well."""
    tables = {table: tuple(data.draw(st.lists(record_of(table), max_size=1))) for table in RECORD_TYPES}
    result = validate(version(tables), "DE-HE")
    for table, records in tables.items():
        lost = [found for found in result.quarantined if found.table_name == table]
        assert len(getattr(result.version.records, table)) + len(lost) == len(records)


@pytest.mark.parametrize("table", list(RECORD_TYPES))
@given(data=st.data())
@settings(max_examples=6)
def test_screening_says_what_the_schema_says(table: str, data: st.DataObject) -> None:
    """A second, broken record sends both through pandera: it must find fault with the first just as screening does."""
    record = replace(data.draw(record_of(table)), position=0)
    blank = replace(record, position=1, evidence="")
    found = validate(version({table: (record, blank)}), "DE-HE").quarantined
    told = [json.loads(one.record)["position"] for one in found]
    alone = validate(version({table: (record,)}), "DE-HE")
    assert 1 in told
    assert (0 in told) is bool(alone.quarantined)
    if not alone.quarantined:
        assert screen_of(table).keeps(record)


@pytest.mark.parametrize(
    ("name", "value"), [("PANDERA_VALIDATION_ENABLED", "False"), ("PANDERA_VALIDATION_DEPTH", "SCHEMA_ONLY")]
)
def test_checks_that_are_switched_off_from_outside_are_noticed_and_made_all_the_same(name: str, value: str) -> None:
    program = (
        "from transform.validating.validation import validate, validation_is_on\n"
        "from transform.records import Goal, Records\nfrom transform.version import Version\n"
        "records = Records(title='Plan', publisher='Land', goals=(Goal(position=0, evidence='', text='x'),))\n"
        "print(validation_is_on(), len(validate(Version('v', 'p', 'c', 'e', records), 'DE').quarantined))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, name: value}, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "False 1"


def test_checks_are_on_here() -> None:
    assert validation_is_on()


def test_record_kinds_without_rules_of_their_own_stay() -> None:
    goal = Goal(position=0, evidence="Ziel", text="Ziel")
    section = SectionRecord(position=0, evidence="Plan", level=1, heading="", path="", text="")
    assert validate(version({"goals": (goal,), "sections": (section,)}), "DE-BY").quarantined == ()
