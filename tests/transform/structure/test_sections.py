"""A section is a heading with the text below it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.documents import document
from transform.structure.sections import read_sections

WORDS = st.text(alphabet="abcdeäöü ", min_size=1, max_size=12).map(str.strip).filter(bool)


def test_every_heading_is_a_section_with_its_path_and_text() -> None:
    found = read_sections(
        document("^ | Amt | Thema\n# Plan\nEins.\n- a\n- b\n## Netze\nZwei.\\nDrei.\n### Kabel\n## Orte\nVier.")
    )
    assert [(section.level, section.heading, section.path, section.text) for section in found] == [
        (1, "Plan", "Plan", "Eins.\na\nb"),
        (2, "Netze", "Plan > Netze", "Zwei. Drei."),
        (3, "Kabel", "Plan > Netze > Kabel", ""),
        (2, "Orte", "Plan > Orte", "Vier."),
    ]
    assert [section.section for section in found] == [None, "Plan", "Plan > Netze", "Plan"]
    assert [section.position for section in found] == [0, 1, 2, 3]


def test_text_before_the_first_heading_is_a_section_without_heading() -> None:
    first, second = read_sections(document("Vorab ein Wort.\n## Netze\nEins."))
    assert (first.heading, first.level, first.path, first.text, first.section) == ("", 1, "", "Vorab ein Wort.", None)
    assert first.evidence == "Vorab ein Wort."
    assert second.heading == "Netze"


def test_kicker_alone_makes_no_section() -> None:
    assert [section.heading for section in read_sections(document("^ Amt\n# Plan"))] == ["Plan"]


@given(st.lists(st.tuples(st.integers(0, 4), WORDS), max_size=20))
@settings(max_examples=60)
def test_no_word_of_the_page_is_lost_or_told_twice(lines: list[tuple[int, str]]) -> None:
    text = "\n".join(f"{'#' * level} {words}" if level else words for level, words in lines)
    page = document(text)
    told = [line for section in read_sections(page) for line in (section.heading, *section.text.split("\n")) if line]
    assert told == [" ".join(block.text.split()) for block in page.blocks]
