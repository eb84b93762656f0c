"""From a body to a document: blocks in reading order, with their text, links and place."""

from __future__ import annotations

import pytest

from tests.support.read_pages import declared, only, read, said
from transform.document import BlockKind

P, H, LI, TR = (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)


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


@pytest.mark.parametrize("line", ["– ", "•<br>•<br>•", "* * *", "<span>|</span>", "…"])
def test_lines_without_any_letter_or_digit_are_no_content(line: str) -> None:
    """Bullets of pictures, ornaments between sections."""
    assert said(read(f"<p>Erster Absatz.</p><p>{line}</p><p>Zweiter.</p>")) == [
        (P, 0, "Erster Absatz."),
        (P, 0, "Zweiter."),
    ]


def test_a_break_in_a_heading_is_a_space() -> None:
    """Headings are names: they are looked up, joined and compared on one line."""
    assert said(read("<h1>Digitales<br>Land</h1>")) == [(H, 1, "Digitales Land")]


def test_invisible_characters_are_not_shown() -> None:
    """Soft hyphens, no-break spaces, decomposed umlauts."""
    assert only(read("<p>Digitali&shy;sierung&nbsp;2030: A\u0308mter</p>")).text == "Digitalisierung 2030: Ämter"


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


def test_whichever_tab_is_open_the_page_reads_the_same() -> None:
    """A tab may be a link to its panel; a panel's own heading is not doubled by the label of its tab."""
    tab = '<li role="presentation"><a role="tab" href="#{0}" aria-selected="{2}">{1}</a></li>'
    panel = '<div id="{0}" role="tabpanel" {1}><h2>{2}</h2><p>{2} wird in allen Kreisen des Landes ausgebaut.</p></div>'

    def page(opened: str) -> list[tuple[BlockKind, int, str]]:
        names = {"n": "Netze", "s": "Schulen"}
        tabs = "".join(tab.format(one, name, str(one == opened).lower()) for one, name in names.items())
        panels = "".join(panel.format(one, "" if one == opened else "hidden", name) for one, name in names.items())
        return said(read(f'<h1>Plan</h1><ul role="tablist">{tabs}</ul>{panels}'))

    assert [text for kind, _, text in page("n") if kind is H] == ["Plan", "Netze", "Schulen"]
    assert page("n") == page("s")


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<span>187</span><span>Leistungen online</span>", "187 Leistungen online"),
        ("<span>Ein Satz.</span><span>Noch einer.</span>", "Ein Satz. Noch einer."),
        ("<span>Raum Nr.</span><span>5</span>", "Raum Nr. 5"),
        ("<span>Fassung 10</span><span>.</span><span>5</span>", "Fassung 10.5"),
        ("<span>portal</span><span>.</span><span>de</span>", "portal.de"),
        ("<span>45 %</span><span>der Anträge</span>", "45 % der Anträge"),
        ("<strong>100</strong><span>neue Stellen</span>", "100 neue Stellen"),
        ("<b>Digital</b><b>strategie</b> des Landes", "Digitalstrategie des Landes"),
        ("<span>D</span><span>ie Strategie</span>", "Die Strategie"),
        ("<span>IT</span><span>-Sicherheit</span>", "IT-Sicherheit"),
        ("das <a href='/open'>Open</a>-Data-Portal", "das Open-Data-Portal"),
    ],
)
def test_runs_that_a_style_sheet_sets_apart_are_words_of_their_own(markup: str, expected: str) -> None:
    """And runs that only look different are one word."""
    assert only(read(f"<div>{markup}</div>")).text == expected


def test_a_date_behind_a_label_is_the_age_of_the_page() -> None:
    """Labels and values of a document's data stand in one line without a space between them."""
    row = '<span class="label">{}</span><span class="value">{}</span>'
    data = row.format("Herausgeber", "Staatskanzlei") + row.format("Datum", "11.04.2024")
    document = read(f"<h1>Plan</h1><div class='docData'>{data}</div><p>Netze wachsen im ganzen Land zusammen.</p>")
    assert "11.04.2024" not in document.text
    assert [date.text for date in document.stated_dates] == ["11.04.2024"]


def test_a_line_of_date_and_reading_time_is_no_kicker() -> None:
    """Both are the page's own data, whichever stands first."""
    document = read("<p>3. April 2025 · Lesezeit 4 Minuten</p><h1>Plan</h1><p>Netze wachsen im ganzen Land.</p>")
    assert said(document)[0] == (H, 1, "Plan")


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
