from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.errors import WarehouseError
from extract.model import Validators
from tests.warehouse.contents import everything, rows
from tests.warehouse.nights import (
    MAINTENANCE,
    changed,
    declared,
    missed,
    night,
    night_at,
    observed,
    seen,
    unmodified,
    version_of,
)
from transform.document import FileText
from transform.memory import DocumentState
from transform.night import Alert, Night, QuarantinedRecord
from warehouse import bounds
from warehouse.database import Warehouse
from warehouse.versions import write_versions

PAGE = declared()


def full_night() -> Night:
    """A night with something of everything."""
    other = declared("nd-fahrplan")
    change = changed(PAGE, (0, "Funk"), (1, "Glasfaser"))
    alert = Alert(
        "w1",
        "w1",
        "content",
        PAGE.page_id,
        (change.change_id,),
        (),
        "alle",
        ("mail", "datei"),
        "1 Änderung",
        "Zahl",
    )
    bad = QuarantinedRecord(
        PAGE.page_id, change.after_version_id, "figures", "value >= 0", "value", "-1", '{"value": -1}'
    )
    return night(
        1,
        seen(PAGE, night_at(1), "Glasfaser", changes=(change,), quarantined=(bad,)),
        missed(other, night_at(1), MAINTENANCE, "Wartung"),
        alerts=(alert,),
        catalogue=(PAGE, other, declared("nd-fern")),
        notes={"anlass": "Probe"},
    )


def limit(warehouse: Warehouse) -> str:
    """DuckDB's bound on memory."""
    [(said,)] = rows(warehouse, "select current_setting('memory_limit')")
    return str(said)


def test_rows_of_a_night_are_held_within_a_bound(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    seen_limits: list[str] = []
    usual = limit(warehouse)
    appended = write_versions

    def watched(*given: Any) -> frozenset[str]:
        seen_limits.append(limit(warehouse))
        return appended(*given)

    monkeypatch.setattr("warehouse.load.write_versions", watched)
    warehouse.load(full_night())
    assert [said.endswith("MiB") for said in seen_limits] == [True]
    assert limit(warehouse) == usual, "what is done afterwards has all memory again"


def test_a_bound_that_is_too_narrow_keeps_no_night_from_being_loaded(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "_LEAST_MB", 0)
    usual = limit(warehouse)
    pages = [seen(declared(f"nd-{number}"), night_at(0), "Funk " * 2000) for number in range(300)]
    assert warehouse.load(night(0, *pages)).versions == len(pages)
    assert limit(warehouse) == usual


def test_a_night_is_loaded_whole(warehouse: Warehouse) -> None:
    warehouse.load(night(0, seen(PAGE, night_at(0), "Funk")))
    report = warehouse.load(full_night())
    assert dataclasses.asdict(report) == {
        "snapshot_id": 2,
        "was_loaded": False,
        "versions": 1,
        "observations": 1,
        "changes": 1,
        "incidents_opened": 0,
        "incidents_closed": 0,
        "quarantined": 1,
        "alerts": 1,
    }
    assert rows(
        warehouse, "select pages_total, pages_verified, pages_suspect, notes from main.snapshots where snapshot_id = 2"
    ) == [(2, 1, 1, '{"anlass": "Probe"}')]
    assert rows(warehouse, "select channel, status, attempts from main.deliveries order by channel") == [
        ("datei", "pending", 0),
        ("mail", "pending", 0),
    ]
    assert rows(warehouse, "select table_name, rule, column_name, failing_value, record from main.quarantine") == [
        ("figures", "value >= 0", "value", "-1", '{"value": -1}')
    ]
    assert warehouse.audit() == ()


def test_loading_a_run_again_changes_nothing(warehouse: Warehouse) -> None:
    warehouse.load(night(0, seen(PAGE, night_at(0), "Funk")))
    first = warehouse.load(full_night())
    before = everything(warehouse)
    again = warehouse.load(full_night())
    assert again == dataclasses.replace(first, was_loaded=True)
    assert everything(warehouse) == before


def test_the_same_captures_in_another_run_add_no_observation_version_or_alert(warehouse: Warehouse) -> None:
    """A web archive answers with the same Memento night after night."""
    warehouse.load(night(0, seen(PAGE, night_at(0), "Funk")))
    warehouse.load(full_night())
    report = warehouse.load(dataclasses.replace(full_night(), run_id="noch-einmal"))
    assert (report.snapshot_id, report.observations, report.versions, report.alerts, report.quarantined) == (
        3,
        0,
        0,
        0,
        0,
    )
    assert rows(warehouse, "select count(*) from store.changes") == [(1,)]
    assert rows(warehouse, "select count(*) from store.captures") == [(3,)]


def test_a_night_that_cannot_be_stored_leaves_nothing(warehouse: Warehouse) -> None:
    warehouse.load(night(0, seen(PAGE, night_at(0), "Funk")))
    before = everything(warehouse)
    bad = QuarantinedRecord(
        PAGE.page_id, version_of(PAGE, "Glasfaser").version_id, "figures", "r", None, None, "{kein JSON"
    )
    with pytest.raises(WarehouseError, match="could not be written"):
        warehouse.load(night(1, seen(PAGE, night_at(1), "Glasfaser", quarantined=(bad,))))
    assert everything(warehouse) == before
    assert warehouse.load(night(1, seen(PAGE, night_at(1), "Glasfaser"))).snapshot_id == 2


def test_a_capture_without_an_answer_has_its_row(warehouse: Warehouse) -> None:
    warehouse.load(night(0, missed(PAGE, night_at(0))))
    assert rows(warehouse, "select status, verdict, bytes, body_sha256, error, observed_at from main.captures") == [
        (None, "failed:timeout", None, None, "timeout: keine Antwort nach 20 s", night_at(0))
    ]


def test_a_page_is_quarantined_once_however_often_its_version_is_seen(warehouse: Warehouse) -> None:
    bad = QuarantinedRecord(PAGE.page_id, version_of(PAGE, "Funk").version_id, "goals", "text", "text", "", "{}")
    counts = [
        warehouse.load(night(n, seen(PAGE, night_at(n), "Funk", quarantined=(bad,)))).quarantined for n in range(3)
    ]
    assert counts == [1, 0, 0]


def test_linked_files_are_kept_as_fetched(warehouse: Warehouse) -> None:
    state = DocumentState(
        "https://norddorf.example/plan.pdf",
        "a" * 64,
        "application/pdf",
        2048,
        12,
        "Plan",
        Validators("https://norddorf.example/plan.pdf", '"1"', None),
        night_at(0),
    )
    newer = dataclasses.replace(state, sha256="b" * 64, fetched_in_full_at=night_at(1))
    warehouse.load(night(0, seen(PAGE, night_at(0), "Funk", documents=(state,))))
    warehouse.load(night(1, seen(PAGE, night_at(1), "Funk", documents=(newer,))))
    assert warehouse.memories([PAGE.page_id])[PAGE.page_id].documents == {state.url: newer}


def test_the_words_of_a_file_are_stored_once(warehouse: Warehouse) -> None:
    """Whichever page or run brings them, and however often."""
    text = FileText.of("c" * 64, ("Erste Seite", "", 'Dritte "Seite"\nmit €, \U0001d11e und ,Komma'))
    brought = dataclasses.replace(seen(PAGE, night_at(0), "Funk"), texts=(text, text))
    other = dataclasses.replace(seen(declared("nd-fahrplan"), night_at(0), "Funk"), texts=(text,))
    for run_id in ("eins", "eins", "zwei"):
        warehouse.load(night(0, brought, other, run_id=run_id))
    assert rows(warehouse, "select sha256, pages, snapshot_id from store.file_texts") == [
        (text.sha256, list(text.pages), 1)
    ]
    assert rows(warehouse, "select page_no from store.texts_by_page order by page_no") == [(1,), (3,)]


def test_the_words_of_many_files_are_all_stored(warehouse: Warehouse) -> None:
    """They are loaded in batches."""
    texts = tuple(FileText.of(f"{n:064}", (f"Seite {n}",)) for n in range(101))
    warehouse.load(night(0, dataclasses.replace(seen(PAGE, night_at(0), "Funk"), texts=texts)))
    assert rows(warehouse, "select text from store.texts_by_page order by sha256") == [
        (f"Seite {n}",) for n in range(101)
    ]


PAGES = [declared(f"seite-{n}") for n in range(3)]
WORDS = st.sampled_from(["Funk", "Glasfaser", "Breitband", None])


@st.composite
def histories(draw: st.DrawFn) -> list[Night]:
    """A few nights of three pages that say one of three words, or nothing."""
    nights = []
    for n in range(draw(st.integers(2, 4))):
        words = draw(st.tuples(WORDS, WORDS, WORDS))
        pages = [
            seen(page, night_at(n), word) if word else missed(page, night_at(n))
            for page, word in zip(PAGES, words, strict=True)
        ]
        nights.append(night(n, *pages))
    return nights


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(nights=histories(), data=st.data())
def test_the_order_of_loading_does_not_matter(
    new_path: Callable[[], Path], nights: list[Night], data: st.DataObject
) -> None:
    """Law: nights in any order give the same tables, apart from the numbers of the runs."""
    shuffled = data.draw(st.permutations(nights))
    contents = []
    for order in (nights, shuffled):
        with Warehouse.open(new_path()) as warehouse:
            for one in order:
                warehouse.load(one)
            views = {
                table: sorted(map(repr, rows(warehouse, f"select * from main.{table}")))
                for table in ("pages", "goals", "goals_history", "figures")
            }
            contents.append((everything(warehouse, loading_too=False), views))
    assert contents[0] == contents[1]


def test_a_confirmed_suspicion_adds_the_earlier_night(warehouse: Warehouse) -> None:
    warehouse.load(night(0, seen(PAGE, night_at(0), "Glasfaser")))
    warehouse.load(night(1, missed(PAGE, night_at(1), MAINTENANCE, "Funk")))
    confirmed = dataclasses.replace(
        seen(PAGE, night_at(2), "Funk"),
        observations=(observed(PAGE, night_at(1), "Funk"), observed(PAGE, night_at(2), "Funk")),
    )
    assert warehouse.load(night(2, confirmed)).observations == 2
    assert rows(warehouse, "select valid_from, valid_to, text from main.goals_history order by valid_from") == [
        (night_at(0), night_at(1), "Norddorf will Glasfaser."),
        (night_at(1), None, "Norddorf will Funk."),
    ]


def test_a_night_of_304_keeps_the_version(warehouse: Warehouse) -> None:
    warehouse.load(night(0, seen(PAGE, night_at(0), "Funk")))
    report = warehouse.load(night(1, unmodified(PAGE, night_at(1), "Funk")))
    assert (report.versions, report.observations) == (0, 1)
    assert rows(warehouse, "select pages_verified, pages_not_modified from main.snapshots where snapshot_id = 2") == [
        (1, 1)
    ]
