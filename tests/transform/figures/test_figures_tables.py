"""Numbers in tables count what their column is headed by; other columns count nothing."""

from __future__ import annotations

import pytest

from tests.support.documents import document
from transform.figures.reader import read_figures


def figures(*rows: str) -> list[tuple[float, str]]:
    return [(each.value, each.unit) for each in read_figures(document("\n".join(f"| {row}" for row in rows)))]


@pytest.mark.parametrize(
    ("head", "cell", "figure"),
    [
        ("Anzahl der Maßnahmen", "58", (58, "Maßnahmen")),
        ("Zahl der Projekte", "1.204", (1204, "Projekte")),
        ("Mittel in Mio. Euro", "12,5", (12_500_000, "Euro")),
        ("Anteil in Prozent", "73", (73, "Prozent")),
        ("Anteil (%)", "73", (73, "Prozent")),
        ("Projekte", "9", (9, "Projekte")),
    ],
)
def test_a_cell_counts_what_its_column_is_headed_by(head: str, cell: str, figure: tuple[float, str]) -> None:
    assert figures(f"Stand | {head}", f"in Umsetzung | {cell}") == [figure]


@pytest.mark.parametrize(
    "rows",
    [
        ("Jahr | 2025", "2026 | 12"),
        ("Ort | Seite", "Kiel | 12"),
        ("Nr. | Handlungsfeld", "1 | Netze"),
        ("Stand | Anzahl der Maßnahmen", "offen | keine"),
        ("Stand | Anzahl der Maßnahmen", "58"),
        ("in Umsetzung | 58", "abgeschlossen | 20"),
    ],
)
def test_other_cells_count_nothing(rows: tuple[str, ...]) -> None:
    """Years, ranks, rows of another width, a table without a head."""
    assert figures(*rows) == []


def test_the_evidence_is_the_row_as_it_stands() -> None:
    (figure,) = read_figures(document("| Stand | Anzahl der Maßnahmen\n| in Umsetzung | 58"))
    assert figure.evidence == "in Umsetzung | 58"
