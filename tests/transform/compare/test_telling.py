"""The sentence of a change is one that a clerk would write."""

from __future__ import annotations

import pytest

from tests.support.record_pages import figure, page
from transform.change import ChangeKind, Entity
from transform.compare.comparison import compare_records
from transform.compare.telling import tell
from transform.records import DateRecord


@pytest.mark.parametrize(
    ("entity", "kind", "field", "before", "after", "expected"),
    [
        (
            *(Entity.EVENT, ChangeKind.CHANGED, "start_on", "2026-06-12", "2026-07-03"),
            "Veranstaltung „Netztag“: Beginn war 12. Juni 2026, ist jetzt 3. Juli 2026.",
        ),
        (
            *(Entity.STRATEGY, ChangeKind.CHANGED, "adopted_on", "2023-09", "2023"),
            "Strategie „Netztag“: Beschlussdatum war September 2023, ist jetzt 2023.",
        ),
        (
            *(Entity.GOAL, ChangeKind.RENAMED, "text", "Netze wachsen", "Netze wachsen schnell"),
            "Ziel neu gefasst: „Netze wachsen“ heißt jetzt „Netze wachsen schnell“.",
        ),
        (
            *(Entity.ACTION_FIELD, ChangeKind.RENAMED, "name", "Netze", "Netze und Funk"),
            "Handlungsfeld umbenannt: „Netze“ heißt jetzt „Netze und Funk“.",
        ),
        (
            *(Entity.QUOTE, ChangeKind.EDITED, "text", "Wir eilen.", "Wir eilen sehr."),
            "Zitat von Netztag geändert: „Wir eilen.“ heißt jetzt „Wir eilen sehr.“",
        ),
    ],
)
def test_a_sentence_names_what_changed_and_both_values(
    entity: Entity, kind: ChangeKind, field: str, before: str, after: str, expected: str
) -> None:
    """Dates have the names of their months."""
    assert tell(entity, "Netztag", kind, field=field, before=before, after=after).summary == expected


@pytest.mark.parametrize(
    ("old", "new", "unit", "evidence", "expected"),
    [
        (2.5e6, 3.1e6, "Euro", "3,1 Mio. Euro fließen.", "Euro: 2,5 Mio. → 3,1 Mio.: „3,1 Mio. Euro fließen.“"),
        (94, 96.5, "Prozent", "96,5 Prozent der Orte sind am Netz.", None),
        (1150, 1420, "Datensätze", "1.420 Datensätze", "Datensätze: 1.150 → 1.420."),
        (1234567, 1e9, "Konten", "Eine Milliarde Konten", "Konten: 1.234.567 → 1 Mrd."),
    ],
)
def test_a_figure_is_told_as_people_write_it(
    old: float, new: float, unit: str, evidence: str, expected: str | None
) -> None:
    """And with its sentence where the unit does not say what is counted."""
    before, after = (page(figures=(figure(value, unit, evidence),)) for value in (old, new))
    (change,) = compare_records(before, after)
    expected = expected or "Prozent: 94 → 96,5: „96,5 Prozent der Orte sind am Netz.“"
    assert change.summary == expected


def test_a_date_is_told_by_what_it_is_and_in_german() -> None:
    """Its role is a word of the tables, not of the reader's."""

    def dated(day: str) -> DateRecord:
        return DateRecord(position=0, evidence=day, role="event", start_on=day, end_on=day, precision="day")

    (change,) = compare_records(page(dates=(dated("2026-06-12"),)), page(dates=(dated("2026-07-03"),)))
    assert change.summary == "Termin war 12. Juni 2026, ist jetzt 3. Juli 2026."
