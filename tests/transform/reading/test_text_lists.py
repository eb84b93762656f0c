"""Lists, as elements and in characters: the same list whatever the markup."""

from __future__ import annotations

import pytest

from tests.support.read_pages import read, said
from transform.document import BlockKind

P, LI = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


def test_lists_nest_and_are_numbered() -> None:
    """Depth is the level; every list has its own number; the item's own text stands before its sublist."""
    document = read(
        "<ul><li>Netze<ul><li>Funk</li></ul></li><li><p>Schulen</p><p>ab 2027</p></li></ul><ol><li>Eins</li></ol>"
    )
    assert [(b.text, b.level, b.list_no, b.ordered) for b in document.blocks] == [
        ("Netze", 1, 0, False),
        ("Funk", 2, 1, False),
        ("Schulen\nab 2027", 1, 0, False),
        ("Eins", 1, 2, True),
    ]


@pytest.mark.parametrize(
    "written",
    [
        "<p>• Netze</p><p>• Schulen</p><p>• Ämter</p>",
        "<p>&bull;&nbsp;Netze<br>&bull;&nbsp;Schulen<br>&bull;&nbsp;Ämter</p>",
        "<p>- Netze</p><p>- Schulen</p><p>- Ämter</p>",
        "<p>– Netze<br>– Schulen</p><p>– Ämter</p>",
        "<div>▪ Netze<br/>▪ Schulen<br/>▪ Ämter</div>",
        "<ul><li>• Netze</li><li>• Schulen</li><li>• Ämter</li></ul>",
        "<ul><li><p>Netze</p></li><li><div>Schulen</div></li><li>Ämter</li></ul>",
    ],
)
def test_a_list_in_characters_is_the_same_list(written: str) -> None:
    """Bullets written as paragraphs or lines give the blocks that ``ul`` gives."""
    plain = read("<p>Die Ziele:</p><ul><li>Netze</li><li>Schulen</li><li>Ämter</li></ul>")
    other = read(f"<p>Die Ziele:</p>{written}")
    assert [(b.kind, b.level, b.text, b.list_no, b.ordered) for b in other.blocks] == [
        (b.kind, b.level, b.text, b.list_no, b.ordered) for b in plain.blocks
    ]


@pytest.mark.parametrize(
    "written",
    [
        "<p>Netze zu bauen,</p><p>Schulen auszustatten sowie</p><p>Ämter zu öffnen.</p>",
        "<p>Netze zu bauen,<br>Schulen auszustatten sowie<br>Ämter zu öffnen.</p>",
        "<dl><dt>Netze zu bauen,</dt><dt>Schulen auszustatten sowie</dt><dt>Ämter zu öffnen.</dt></dl>",
        "<div><div>Netze zu bauen,</div><div>Schulen auszustatten sowie</div><div>Ämter zu öffnen.</div></div>",
        "<table><tr><td>Netze zu bauen,<tr><td>Schulen auszustatten sowie<tr><td>Ämter zu öffnen.</table>",
    ],
)
def test_a_sentence_over_several_lines_behind_a_colon_is_a_list(written: str) -> None:
    """Whatever elements hold its parts: the blocks are those of ``ul``."""
    document = read(f"<p>Die Strategie hat zum Ziel:</p>{written}<p>Danach folgt Text.</p>")
    assert said(document)[1:] == [
        (LI, 1, "Netze zu bauen,"),
        (LI, 1, "Schulen auszustatten sowie"),
        (LI, 1, "Ämter zu öffnen."),
        (P, 0, "Danach folgt Text."),
    ]


def test_lines_of_an_address_behind_a_colon_are_no_list() -> None:
    document = read("<p>Schreiben Sie an:<br>Staatskanzlei,<br>Am Markt 3,<br>99999 Ort</p>")
    assert [kind for kind, _, _ in said(document)] == [P]


def test_a_table_of_numbers_and_words_is_an_ordered_list() -> None:
    """Only where the numbers count up from one."""
    row = "<tr><td>{}</td><td>{}</td></tr>"
    listed = read(f"<table>{row.format(1, 'Netze')}{row.format(2, 'Schulen')}</table>")
    assert [(b.kind, b.text, b.ordered) for b in listed.blocks] == [(LI, "Netze", True), (LI, "Schulen", True)]
    data = read(f"<table>{row.format(7, 'Netze')}{row.format(9, 'Schulen')}</table>")
    assert [block.text for block in data.blocks] == ["7 | Netze", "9 | Schulen"]


@pytest.mark.parametrize(
    "written", ["<p>1. Melden</p><p>2. Ordnen</p>", "<p>1) Melden<br>2) Ordnen</p>", "<p>a) Melden</p><p>b) Ordnen</p>"]
)
def test_numbers_in_sequence_are_an_ordered_list(written: str) -> None:
    """The same as ``ol``."""
    assert [(b.kind, b.text, b.ordered) for b in read(written).blocks] == [(LI, "Melden", True), (LI, "Ordnen", True)]


@pytest.mark.parametrize(
    "text",
    ["– Es gilt das gesprochene Wort –", "1. Oktober 2024 bis Mai", "2. Ordnen", "-5 Grad", "2024–2026 im Überblick"],
)
def test_what_only_looks_like_a_list_stays_a_paragraph(text: str) -> None:
    """A single dash or number, or one out of sequence."""
    assert said(read(f"<p>{text}</p><p>Weiter im Text.</p>"))[0] == (P, 0, text)


def test_an_introduction_on_the_same_lines_stays_before_its_list() -> None:
    """Editors write a sentence and its bullets in one paragraph."""
    document = read('<p>Wir wollen:<br>• <b>Netze</b> bauen<br>• <a href="/s">Schulen</a> ausstatten</p>')
    assert said(document) == [(P, 0, "Wir wollen:"), (LI, 1, "Netze bauen"), (LI, 1, "Schulen ausstatten")]
    assert [link.label for link in document.blocks[2].links] == ["Schulen"]
