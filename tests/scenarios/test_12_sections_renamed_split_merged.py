"""A heading that changes, a section that becomes two, two that become one."""

from __future__ import annotations

from dataclasses import replace

from tests.scenarios.harness import URL, Play, html
from tests.support.strategy_pages import NORDMARK, Part, StrategyPage

MONEY, BOARD, WORKSHOPS = NORDMARK.part("Umsetzung").paragraphs
SPLIT = replace(
    NORDMARK,
    parts=tuple(
        piece
        for part in NORDMARK.parts
        for piece in (
            (Part("Umsetzung", (MONEY,)), Part("Beteiligung", (BOARD, WORKSHOPS)))
            if part.heading == "Umsetzung"
            else (part,)
        )
    ),
)


def told_from(play: Play, before: StrategyPage, after: StrategyPage) -> list[tuple[str, str, str]]:
    _, told = play.nights({URL: html(before)}, {URL: html(after)})
    return [(change.entity, change.kind, change.summary) for change in told.changes]


def test_a_renamed_section_is_neither_removed_nor_added(play: Play) -> None:
    """Another heading over the same words."""
    renamed = NORDMARK.with_part("Umsetzung", heading="So setzen wir den Plan um")
    (change,) = told_from(play, NORDMARK, renamed)
    assert change[:2] == ("section", "renamed")


def test_a_split_section_is_told_as_split(play: Play) -> None:
    """One change that names both parts; no word came or went."""
    (change,) = told_from(play, NORDMARK, SPLIT)
    assert change[0] == "section"
    assert "geteilt" in change[2]
    assert "Umsetzung" in change[2]
    assert "Beteiligung" in change[2]


def test_merged_sections_are_told_as_merged(play: Play) -> None:
    """The way back."""
    (change,) = told_from(play, SPLIT, NORDMARK)
    assert "zusammengelegt" in change[2]
    assert "Umsetzung" in change[2]
    assert "Beteiligung" in change[2]


def test_another_heading_over_another_text_is_not_renamed(play: Play) -> None:
    """Nothing speaks for one thing: the section went, another one came."""
    other = NORDMARK.with_part(
        "Umsetzung",
        heading="Rückblick",
        paragraphs=("Vor sechs Jahren begann alles mit einem Brief der Bürgermeisterin an ihre Nachbarorte.",),
    )
    assert sorted(kind for _, kind, _ in told_from(play, NORDMARK, other)) == ["added", "removed"]
