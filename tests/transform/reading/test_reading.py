"""From a body to a document: blocks in reading order."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.model import Declaration, PageId, PageKind
from transform.document import Block, BlockKind, Document, ReadProblem, Unreadable
from transform.reading.body import read_body

URL = "https://land.example/digitales/plan_node.html"
HTML = "text/html; charset=utf-8"


def declared(*content_root: str, removals: tuple[str, ...] = ()) -> Declaration:
    return Declaration(
        PageId("plan"), URL, "DE-BB", PageKind.STRATEGY, True, "Amt", content_root=content_root, removals=removals
    )


def read(main: str, *, head: str = "", declaration: Declaration | None = None) -> Document:
    markup = (
        f'<!doctype html><html lang="de"><head><title>Plan</title>{head}</head><body><main>{main}</main></body></html>'
    )
    reading = read_body(markup.encode(), content_type=HTML, url=URL, declaration=declaration)
    assert isinstance(reading, Document), reading
    return reading


def said(document: Document) -> list[tuple[BlockKind, int, str]]:
    return [(block.kind, block.level, block.text) for block in document.blocks]


def only(document: Document) -> Block:
    (block,) = document.blocks
    return block


P, H, LI, TR, K = (
    BlockKind.PARAGRAPH,
    BlockKind.HEADING,
    BlockKind.LIST_ITEM,
    BlockKind.TABLE_ROW,
    BlockKind.KICKER,
)


def test_inline_elements_join_without_added_spaces() -> None:
    """Glossary links and spans wrap single words and parts of words."""
    block = only(read('<p>Wir <b>digi</b><span>tali</span>sieren die <a href="/g">Ämter</a>, Akte für Akte.</p>'))
    assert block.text == "Wir digitalisieren die Ämter, Akte für Akte."


def test_links_that_follow_each_other_are_kept_apart() -> None:
    """Two links side by side are two things, even where the page leaves out the space."""
    assert (
        only(read('<p>Mehr: <a href="/a">Netze</a><a href="/b">Schulen</a> im Land.</p>')).text
        == "Mehr: Netze Schulen im Land."
    )


def test_a_line_break_stays_inside_its_block_and_two_end_it() -> None:
    """``<br>`` is a line feed; two in a row are how editors make paragraphs."""
    document = read("<p>Am Markt 3<br>99999 Ort<br><br>Zweiter Absatz</p>")
    assert said(document) == [(P, 0, "Am Markt 3\n99999 Ort"), (P, 0, "Zweiter Absatz")]


def test_a_break_in_a_heading_is_a_space() -> None:
    """Headings are names: they are looked up, joined and compared on one line."""
    assert said(read("<h1>Digitales<br>Land</h1>")) == [(H, 1, "Digitales Land")]


def test_invisible_characters_are_not_shown() -> None:
    """Soft hyphens, no-break spaces, decomposed umlauts."""
    assert only(read("<p>Digitali&shy;sierung&nbsp;2030: A\u0308mter</p>")).text == "Digitalisierung 2030: Ämter"


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


LONG = "Das Land baut Netze bis in das letzte Dorf und hilft den Schulen dabei."


@pytest.mark.parametrize(
    "written",
    [
        f"<p><strong>Netze für alle</strong></p><p>{LONG}</p><p><b>Kluge Schulen?</b></p><p>{LONG}</p>",
        f"<p><strong>Netze für alle</strong><br>{LONG}</p><p><b>Kluge Schulen?</b><br>{LONG}</p>",
        f"<dl><dt>Netze für alle</dt><dd>{LONG}</dd><dt>Kluge Schulen?</dt><dd>{LONG}</dd></dl>",
        f"<h3>Netze für alle</h3><p>{LONG}</p><h3>Kluge Schulen?</h3><p>{LONG}</p>",
    ],
)
def test_bold_lines_above_text_are_headings(written: str) -> None:
    """One level below the last real one, as they look on the page."""
    assert said(read(f"<h1>Plan</h1><h2>Felder</h2>{written}"))[2:] == [
        (H, 3, "Netze für alle"),
        (P, 0, LONG),
        (H, 3, "Kluge Schulen?"),
        (P, 0, LONG),
    ]


def test_bold_lines_with_a_full_stop_are_headings_too() -> None:
    """As some offices write them; a longer one, or two sentences, are a lead."""
    written = f"<p><strong>Netze für alle.</strong></p><p>{LONG}</p><p><b>Schulen werden klug.</b><br>{LONG}</p>"
    assert [(each.level, each.text) for each in read(written).headings] == [
        (2, "Netze für alle."),
        (2, "Schulen werden klug."),
    ]


@pytest.mark.parametrize(
    "written",
    [
        f"<p><b>Es geht los. Bald mehr.</b></p><p>{LONG}</p><p><b>Wir fangen an. Kommt mit.</b></p><p>{LONG}</p>",
        f"<p><strong>Nur eine Zeile in fetter Schrift</strong></p><p>{LONG}</p>",
        "<p><strong>Eva Muster</strong></p><p>Leiterin</p><p><strong>Max Muster</strong></p><p>Referent</p>",
        "<p><strong>Eva Muster</strong><br>Am Markt 3<br>99999 Ort</p><p><strong>Max Muster</strong><br>Am Markt 4</p>",
        f"<p><strong>{LONG}</strong></p><p>{LONG}</p><p><strong>{LONG}</strong></p><p>{LONG}</p>",
    ],
)
def test_other_bold_lines_are_no_headings(written: str) -> None:
    """A lead, names on cards, whole sentences."""
    assert not list(read(written).headings)


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


def test_rows_of_data_are_rows_and_tables_for_layout_are_only_order() -> None:
    """Cells are joined by a bar; a table whose cells hold headings or lists lays out."""
    document = read(
        "<table><tr><th>Jahr</th><th>Mio. Euro</th></tr><tr><td>2025</td><td>18,5</td></tr></table>"
        "<table><tr><td><h2>Links</h2><p>Text.</p></td><td><ul><li>Punkt</li></ul></td></tr></table>"
    )
    assert said(document) == [
        (TR, 0, "Jahr | Mio. Euro"),
        (TR, 0, "2025 | 18,5"),
        (H, 2, "Links"),
        (P, 0, "Text."),
        (LI, 1, "Punkt"),
    ]


def test_terms_go_with_their_descriptions() -> None:
    """A definition list of a contact card reads as its paragraphs would."""
    block = only(read("<dl><dt>Eva Muster</dt><dd>Referentin</dd><dd>Am Markt 3</dd></dl>"))
    assert (block.text, block.strong) == ("Eva Muster\nReferentin\nAm Markt 3", "Eva Muster")
    same = only(read("<p><strong>Eva Muster</strong><br>Referentin<br>Am Markt 3</p>"))
    assert (same.text, same.strong) == (block.text, block.strong)


def test_accordions_and_tabs_are_read_opened() -> None:
    """Collapsed panels are content; what opens them is their heading."""
    document = read(
        "<h2>Felder</h2><details><summary>Netze</summary><p>Glasfaser bis in jedes Haus im Land.</p></details>"
        '<h3><button aria-expanded="false" aria-controls="a">Schulen</button></h3>'
        '<div id="a" hidden><p>Geräte und Fachleute für jede Schule.</p></div>'
        '<div role="tablist"><button role="tab" aria-controls="t">Heilen</button></div>'
        '<div id="t" role="tabpanel" aria-hidden="true"><p>Kliniken tauschen Befunde auf einer Plattform aus.</p></div>'
        '<button aria-expanded="false" aria-controls="m">Menü</button>'
        '<div id="m" hidden><p>Ein Menü mit sehr vielen Einträgen für alle.</p></div>'
    )
    assert [text for kind, _, text in said(document) if kind is H] == ["Felder", "Netze", "Schulen", "Heilen"]
    assert "Menü" not in document.text


def test_a_short_panel_among_long_ones_is_opened_too() -> None:
    """An accordion's last panel is often an address; a button of another make opens something else."""
    button = '<button class="acc" aria-controls="{0}">{1}</button><div id="{0}" hidden><p>{2}</p></div>'
    document = read(
        button.format("a", "Netze", "Glasfaser bis in jedes Haus im Land und Funk überall.")
        + button.format("b", "Fragen", "amt@land.example")
        + '<button class="burger" aria-controls="m">Mehr Themen</button><div id="m" hidden>Themen</div>'
    )
    assert [text for _, _, text in said(document)] == [
        "Netze",
        "Glasfaser bis in jedes Haus im Land und Funk überall.",
        "Fragen",
        "amt@land.example",
    ]


@pytest.mark.parametrize(
    "head",
    [
        '<h1><small class="topline">| Staatskanzlei | Digitales</small> Plan</h1>',
        "<h1><span>| Staatskanzlei | Digitales</span><br>Plan</h1>",
        "<header><p>| Staatskanzlei | Digitales</p><h1>Plan</h1></header>",
        "<div><div>| Staatskanzlei | Digitales</div></div><div><h1><span>Pl</span>an</h1></div>",
    ],
)
def test_the_line_above_the_title_is_the_kicker(head: str) -> None:
    """In the heading or before it: it names the publisher, comes first and is no part of the title."""
    document = read(f"{head}<p>Der Plan gilt bis 2030.</p>")
    assert said(document)[:2] == [(K, 0, "| Staatskanzlei | Digitales"), (H, 1, "Plan")]


def test_a_sentence_above_the_title_is_no_kicker() -> None:
    """It ends in a full stop."""
    assert said(read("<p>Der Plan gilt bis 2030.</p><h1>Plan</h1>"))[0] == (P, 0, "Der Plan gilt bis 2030.")


def test_a_title_in_spans_is_no_kicker() -> None:
    """Layouts split headings without meaning anything by it."""
    assert said(read("<h1><span class='x1'>Digitaler</span> <span>Plan</span></h1><p>Text.</p>"))[0] == (
        H,
        1,
        "Digitaler Plan",
    )


def test_links_are_resolved_against_the_base() -> None:
    """``<base>`` goes before the page's address; places on the page, scripts and telephone numbers are no links."""
    document = read(
        '<p><a href="DE/x.html">eins</a> <a href="#top">zwei</a> <a href="javascript:x()">drei</a> '
        '<a href="tel:1">vier</a> '
        '<a href="mailto:amt@land.example">fünf</a> <a href="//b.example/y.pdf" title="Datei (PDF)">sechs</a></p>',
        head='<base href="https://land.example/">',
    )
    assert [(link.label, link.url) for link in only(document).links] == [
        ("eins", "https://land.example/DE/x.html"),
        ("fünf", "mailto:amt@land.example"),
        ("sechs", "https://b.example/y.pdf"),
    ]
    assert only(document).links[-1].media_type == "application/pdf"
    assert only(document).links[-1].title == "Datei (PDF)"


def test_a_card_that_is_a_link_as_a_whole_keeps_its_blocks() -> None:
    """The link goes with each block that it covers."""
    document = read('<h2>Handlungsfelder</h2><a href="/n"><h3>Netze</h3><p>Glasfaser für alle.</p></a>')
    assert said(document)[1:] == [(H, 3, "Netze"), (P, 0, "Glasfaser für alle.")]
    assert [link.url for link in document.blocks[1].links] == ["https://land.example/n"]


def test_the_place_of_a_block_is_told_by_names_and_ranks() -> None:
    """Never by class names, which a relaunch changes."""
    assert read('<div class="a"><p>Eins</p><p class="b">Zwei</p></div>').blocks[1].locator == "main/div[1]/p[2]"


def test_the_head_is_read() -> None:
    """Title, language, canonical address and stated dates."""
    document = read(
        "<h1>Plan</h1><p>Letzte Aktualisierung: 05.07.2021</p>",
        head='<link rel="canonical" href="/plan"><meta property="og:updated_time" content="2022-01-28T11:05:37+0100">',
    )
    assert (document.title, document.language, document.canonical_url) == ("Plan", "de", "https://land.example/plan")
    assert [(d.role, d.text, d.source) for d in document.stated_dates] == [
        ("modified", "2022-01-28T11:05:37+0100", "meta"),
        ("modified", "05.07.2021", "text"),
    ]
    assert said(document) == [(H, 1, "Plan")]


def test_declared_selectors_come_first_and_removals_are_honoured() -> None:
    """A selector that matches nothing, or nothing with text, is passed over."""
    markup = (
        '<div id="leer"></div><div id="haupt"><p>Das gehört zum Plan.</p><p class="weg">Das nicht.</p></div>'
        "<p>Anderes</p>"
    )
    document = read(markup, declaration=declared("#fehlt", "#leer", "#haupt", removals=(".weg",)))
    assert said(document) == [(P, 0, "Das gehört zum Plan.")]
    assert document.root == "#haupt"


@pytest.mark.parametrize(
    ("body", "content_type", "problem"),
    [
        (b"", HTML, ReadProblem.EMPTY),
        (b" \n ", HTML, ReadProblem.EMPTY),
        (b'{"a": 1}', "application/json", ReadProblem.MEDIA_TYPE),
        (b"\x89PNG\r\n", "image/png", ReadProblem.MEDIA_TYPE),
        (b"PK\x03\x04", "application/octet-stream", ReadProblem.MEDIA_TYPE),
        (b"kein PDF", "application/pdf", ReadProblem.BROKEN),
        (bytes(range(0x80, 0xA0)) * 9, HTML, ReadProblem.ENCODING),
        (b"<b>" * 200_000, HTML, ReadProblem.TOO_LARGE),
    ],
)
def test_what_is_no_document_is_told_apart(body: bytes, content_type: str, problem: ReadProblem) -> None:
    """Every reason has its name."""
    reading = read_body(body, content_type=content_type, url=URL, declaration=None)
    assert isinstance(reading, Unreadable)
    assert reading.problem is problem


def test_html_under_the_address_of_a_pdf_is_read_as_the_page_that_it_is() -> None:
    """Landing pages end in ``.pdf`` now and then."""
    reading = read_body(
        b"<!doctype html><main><p>Zum Herunterladen</p></main>",
        content_type="application/pdf",
        url=URL,
        declaration=None,
    )
    assert isinstance(reading, Document)


HOSTILE = {
    "nested boxes": "<h1>T</h1>" + "<div>x <p>Wort" * 20_000,
    "nested lists": "<h1>T</h1>" + "<ul><li>x" * 20_000,
    "nested tables": "<table><tr><td>x" * 10_000,
    "nested contacts": "<h1>T</h1>" + "<aside>Kontakt<p>x</p>" * 10_000,
    "one long text": "<h1>T</h1><p>" + "Wort " * 1_000_000,
    "many paragraphs": "<h1>T</h1>" + "<p>Wort</p>" * 20_000,
    "many related headings": "<h1>T</h1>" + "<div><h2>Weitere Informationen</h2>" * 200 + "<p>Nichts</p>" * 10_000,
    "a huge attribute": f'<h1>T</h1><p title="{"x" * 9_000_000}">Text</p>',
    "broken entities": "<p>" + "&foo;&#x110000;&#0;&auml " * 200_000,
    "NUL characters": "<p>" + "a\0b " * 500_000,
    "many breaks": "<p>" + "• a<br>" * 10_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_read_within_bounds(name: str) -> None:
    """Neither depth nor size makes reading crash or hang: seconds of processor time, on a busy machine too."""
    body = f"<!doctype html><body>{HOSTILE[name]}".encode()
    started = time.process_time()
    read_body(body, content_type=HTML, url=URL, declaration=None)
    assert time.process_time() - started < 10


FRAGMENTS = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<div>",
            "</div>",
            "<ul>",
            "<li>",
            "</ul>",
            "<h1>",
            "</h1>",
            "<h2 ",
            "<a href=x>",
            "</a>",
            "<br>",
        ),
        *("<table>", "<tr>", "<td>", "<dl>", "<dt>", "<dd>", "<main>", "</main>", "<nav>", "<aside>", "<figure>"),
        *("<details>", "<summary>", "<button aria-controls=a>", "<b>", "</b>", "&amp", "&#x;", "<!--", "-->", "<time>"),
        *(
            "<header>",
            "<article>",
            "<p class='teaser'>",
            "<small>",
            "<div id=a hidden>",
            "\0",
            "ü",
            "Wort",
            "•",
            "1.",
            "-",
        ),
        *("Teilen", "Mehr zum Thema", "Stand: 1.1.2024", "<a href=y.pdf>", "<span role=heading>", "Kontakt"),
    ]
)


@given(st.lists(FRAGMENTS, max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_markup_makes_it_fail(parts: list[str]) -> None:
    """Tags in any order, opened and never closed."""
    body = " ".join(parts).encode()
    reading = read_body(body, content_type=HTML, url=URL, declaration=declared("main"))
    if isinstance(reading, Document):
        assert all(block.text.strip() for block in reading.blocks)
        assert all("\n" not in block.text for block in reading.headings)
