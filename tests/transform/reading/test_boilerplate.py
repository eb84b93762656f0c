"""What frames a page stays out of its content; what only looks like it stays in."""

from __future__ import annotations

import pytest

from transform.document import BlockKind, Document
from transform.reading.body import read_body
from transform.reading.content import content_sha256
from transform.reading.phrases import is_noise_line, without_inline_noise
from transform.reading.stated_dates import is_bare_date, labelled_date

TEXT = (
    "<p>Das Land hat den Plan im Mai 2024 beschlossen. Er nennt 40 Maßnahmen und drei Schwerpunkte:</p>"
    "<ul><li>Netze</li><li>Schulen</li><li>Ämter</li></ul>"
    "<h2>Ziele</h2><p>Jede Gemeinde soll bis 2027 am Glasfasernetz sein.</p>"
)


def read(*, after: str = "", before: str = "", outside: str = "") -> Document:
    markup = (
        '<!doctype html><html lang="de"><head><title>Plan</title></head><body class="has-sidebar">'
        f"<header><a href='/'>Land</a></header>{outside}<main><h1>Plan</h1>{before}{TEXT}{after}</main></body></html>"
    )
    reading = read_body(markup.encode(), content_type="text/html", url="https://land.example/plan", declaration=None)
    assert isinstance(reading, Document)
    return reading


PLAIN = read()

FRAME = {
    "navigation": "<nav><ul><li><a href='/a'>Themen</a></li></ul></nav>",
    "side column": "<aside><h2>Termine</h2><p>Bürgerdialog am 3. Mai</p></aside>",
    "footer": "<footer><p>Staatskanzlei, Schlossplatz 1</p></footer>",
    "form": "<form><label>Suchbegriff</label><input name='q'><button>Suchen</button></form>",
    "dialog": "<div role='dialog'><p>Bitte wählen Sie Ihre Einstellungen</p></div>",
    "toolbar": "<div role='toolbar' aria-label='Seitenwerkzeuge'><button>Vorlesen</button></div>",
    "script": "<script>var x = 'Plan';</script><style>p{}</style><template><p>Vorlage</p></template>",
    "no script": "<noscript>Bitte aktivieren Sie JavaScript.</noscript>",
    "frame": "<iframe src='/x'>Ihr Browser zeigt keine Rahmen.</iframe><svg><text>Zeichen</text></svg>",
    "comment": "<!-- Seite generiert am: Thu Mar 07 17:12:08 CET 2024 -->",
    "hidden": "<div hidden><p>Versteckter Text</p></div><p style='display: none'>Auch versteckt</p>",
    "hidden from all": "<p aria-hidden='true'>Schmuck</p>",
    "for screen readers": "<h2 class='aural'>Hauptinhalte</h2><span class='visually-hidden'>Bild</span>"
    "<p class='x-sr'>Nur vorgelesen</p>",
    "share by name": "<div class='c-share-flyout'><span>Weitersagen</span><a href='https://f.example/'>Facebook</a></div>",
    "share by words": "<p><a href='https://f.example'>Facebook</a></p><ul><li><a href='/x'>X</a></li></ul>",
    "share on one line": "<p>Teilen: <a href='/f'>Facebook</a> <a href='mailto:?subject=Plan'>E-Mail</a></p>",
    "share in words": "<p class='x'><a href='https://m.example'>Teilen auf Mastodon</a> "
    "<a href='javascript:print()'>Drucken</a></p>"
    "<ul><li><a href='mailto:?subject=Plan'>Seite per E-Mail senden</a></li></ul>",
    "tools in two words": "<ul class='page-tools'><li><a href='?druck=1'>Druckversion</a></li></ul>",
    "top in a list": "<ul><li><a href='#top'>Nach oben</a></li></ul>",
    "tags in two words": "<ul class='tag-list'><li><a href='/t/ki'>Künstliche Intelligenz</a></li></ul>",
    "consent by its maker": "<div id='usercentrics-root'><p>Einige Dienste sind notwendig, andere helfen.</p></div>",
    "helpful in other words": "<p>Hat Ihnen diese Information geholfen?</p><a href='/j'>Ja</a> <a href='/n'>Nein</a>",
    "other versions": "<p><a href='?type=99'>Seite als PDF</a></p><p><a href='/rss.xml'>RSS-Feed abonnieren</a></p>",
    "still loading": "<div class='map'><p>Karte wird geladen …</p></div><div><span>Anzeige</span></div>",
    "old browser": "<div><p>Ihr Browser wird nicht mehr unterstützt. Bitte aktualisieren Sie ihn.</p></div>",
    "bare date": "<div class='article-date'><time datetime='2026-02-03'>3. Februar 2026</time></div>",
    "print and top": "<p><a href='javascript:window.print()'>Seite drucken</a></p><a href='#top'>Nach oben</a>",
    "previous and next": "<p><a href='/v'>Vorheriger Artikel</a> <a href='/n'>Nächster Artikel</a></p>",
    "breadcrumb": "<p>Startseite » Digitales » Plan</p>",
    "breadcrumb list": "<ol><li><a href='/'>Startseite</a></li><li><a href='/d'>Digitales</a></li><li>Plan</li></ol>",
    "cookie notice": "<p>Diese Webseite verwendet Cookies und zählt Besuche.</p>",
    "cookie box": "<section id='cookiebanner'><p>Mit Ihrer Zustimmung zählen wir Besuche.</p></section>",
    "reading time": "<span>2 Min. Lesedauer</span><p>Lesezeit: ca. 3 Minuten</p><p>Berechne Lesezeit</p>",
    "counters": "<p><span>0 / 928</span> Aufrufe · <span class='comments'>3 Kommentare</span></p>",
    "running date": "<p>Freitag, 10. Oktober 2025</p>",
    "picture": "<figure><img src='a.jpg' alt='Minister'><figcaption>Der Minister spricht © Land</figcaption></figure>",
    "picture and credit": "<p><img src='a.jpg' alt='Alles neu'></p><p>Foto: Landesbild</p><p>(Bildquelle: Amt)</p>",
    "picture's file name": "<p>Logo_Plan_final2.png</p>",
    "magnifier": "<a class='lupe' href='/b.jpg'>(Vergrößerung öffnet sich im neuen Fenster) Details anzeigen</a>",
    "last change": "<p>Letzte Aktualisierung: 05.07.2021</p>",
    "status": "<p class='x'>(Stand: 2. Januar 2024, 15:04 Uhr)</p>",
    "tags": "<p>Stichwörter: <a href='/t/1'>KI</a>, <a href='/t/2'>Netze</a></p>",
    "tag list": "<ul class='cm-tags' aria-label='Stichwörter'><li><a href='/suche?tag=ki'>KI</a></li></ul>",
    "unlinked tags": "<h3>Schlagworte</h3><p>KI, Netze</p>",
    "comments": "<section id='comments'><h2>Kommentare</h2><p>Das hilft uns in der Gemeinde.</p></section>",
    "legal links": "<div><ul><li><a href='/i'>Impressum</a></li><li><a href='/d'>Datenschutz</a></li></ul>© Land</div>",
    "date of change over two lines": "<h3>Artikel-Informationen</h3><p>zuletzt aktualisiert am:<br>25.01.2020</p>",
    "helpful": "<p>War diese Seite hilfreich?</p>",
    "related list": "<h2>Mehr zum Thema</h2><ul><li><a href='/1'>Erster Bericht</a></li></ul>",
    "related paragraphs": "<h3>Weitere Informationen</h3><p><a href='/1'>Bericht</a></p><p><a href='/2'>Karte</a></p>",
    "related box": "<div><div><h2>Das könnte Sie auch interessieren</h2></div><div><div>"
    "<h3><a href='/1'>Gipfel</a></h3><p>Gäste aus fünf Ländern.</p></div></div></div>",
    "related teasers without words in their links": "<section><h2>Mehr zum Thema</h2><article class='teaser'>"
    "<a href='/1'></a><h3>Gipfel</h3><p>02.02.2025</p><p>Gäste kommen.</p></article></section>",
    "teasers with dates": "<div class='teaser'><h3><a href='/1'>Gipfel</a></h3><span>Meldung</span><p>Gäste</p></div>",
    "bold heading": "<div><p><strong>Zum Thema</strong></p><ul><li><a href='/1'>Erster Bericht</a></li></ul></div>",
}
OUTSIDE = {
    "announcement": "<div class='announcement-bar'><p>Am Freitag bleibt das Bürgertelefon geschlossen.</p></div>",
    "alert": "<div role='alert'><p>Am Freitag bleibt das Bürgertelefon geschlossen.</p></div>",
    "chat": "<div id='chatbot-widget'><p>Hallo, ich bin Bobbi. Wie kann ich helfen?</p></div>",
    "claim": "<div class='brand'><span class='brand__claim'>Ein Land. Viele Ideen.</span></div>",
    "old menu": "<div id='menue'><a href='/presse'>Presseinformationen</a></div>",
}
AT_THE_END_ONLY = {
    "teasers under an unknown heading": "<section><h2>Neues vom Amt</h2><ul><li><a href='/1'>Richtfest</a></li>"
    "<li><a href='/2'>Preis vergeben</a></li></ul></section>",
    "table of contents": "<h2>Inhalt</h2><ul><li><a href='#z'>Ziele</a></li><li><a href='#m'>Mittel</a></li></ul>",
}


@pytest.mark.parametrize("name", [*FRAME, *AT_THE_END_ONLY])
def test_the_frame_below_the_text_is_no_content(name: str) -> None:
    """The same page with and without it says the same."""
    document = read(after={**FRAME, **AT_THE_END_ONLY}[name])
    assert [block.text for block in document.blocks] == [block.text for block in PLAIN.blocks]
    assert content_sha256(document) == content_sha256(PLAIN)


@pytest.mark.parametrize("name", OUTSIDE)
def test_the_frame_of_a_page_without_a_landmark_is_no_content(name: str) -> None:
    """Nothing says where the content begins but the title."""

    def page(frame: str) -> Document:
        html = (
            f'<html lang="de"><title>Plan</title><body>{frame}<div class="text"><h1>Plan</h1>{TEXT}</div>{frame}</body>'
        )
        reading = read_body(html.encode(), content_type="text/html", url="https://land.example/plan", declaration=None)
        assert isinstance(reading, Document)
        return reading

    assert [block.text for block in page(OUTSIDE[name]).blocks] == [block.text for block in page("").blocks]


@pytest.mark.parametrize("name", FRAME)
def test_the_frame_between_title_and_text_is_no_content(name: str) -> None:
    """And taking it off takes nothing of the text that follows."""
    document = read(before=FRAME[name])
    assert [block.text for block in document.blocks] == [block.text for block in PLAIN.blocks]


CARD = "<div class='teaser'><h3><a href='/x'>{}</a></h3><p>{}</p></div>"
CONTENT = {
    "a section": (
        "<h2>Ausblick</h2><p>Der nächste Bericht folgt 2026.</p>",
        ["Ausblick", "Der nächste Bericht folgt 2026."],
    ),
    "cards of action fields": (
        f"<h2>Unsere Handlungsfelder</h2>{CARD.format('Netze', 'Für alle.')}{CARD.format('Schulen', 'Überall.')}",
        ["Unsere Handlungsfelder", "Netze", "Für alle.", "Schulen", "Überall."],
    ),
    "tiles": (
        "<h2>Schwerpunkte</h2><ul class='tiles'><li class='tile'><a href='/1'>Netze</a></li></ul>",
        ["Schwerpunkte", "Netze"],
    ),
    "tiles in a grid of captions": (
        "<h2>Felder</h2><div class='box'><div class='caption'><h3>Netze</h3><p>Für alle.</p></div></div>",
        ["Felder", "Netze", "Für alle."],
    ),
    "what only printers leave out": ("<div class='d-print-none'><p>Es gilt bis 2030.</p></div>", ["Es gilt bis 2030."]),
    "links that a sentence announces": (
        "<p>Die Felder im Einzelnen:</p><ul><li><a href='/1'>Netze</a></li><li><a href='/2'>Schulen</a></li></ul>",
        ["Die Felder im Einzelnen:", "Netze", "Schulen"],
    ),
    "a contact card": (
        "<aside><h2>Ansprechpartnerin</h2><p>Eva Muster<br>Am Markt 3</p></aside>",
        ["Ansprechpartnerin", "Eva Muster\nAm Markt 3"],
    ),
    "an e-mail address": ("<h2>Fragen?</h2><p><a href='mailto:amt@land.example'>E-Mail</a></p>", ["Fragen?", "E-Mail"]),
    "downloads": (
        "<h2>Downloads</h2><ul><li><a href='/plan.pdf'>Plan (PDF)</a></li></ul>",
        ["Downloads", "Plan (PDF)"],
    ),
    "a file among related pages": (
        "<div><h2>Weitere Informationen</h2><p><a href='/a.pdf'>Plan als Datei</a></p><a href='/b'>Karte</a></div>",
        ["Plan als Datei"],
    ),
    "text under a heading of links": (
        "<h2>Weitere Informationen</h2><p>Der Beirat tagt zweimal im Jahr und berichtet dem Kabinett.</p>",
        ["Weitere Informationen", "Der Beirat tagt zweimal im Jahr und berichtet dem Kabinett."],
    ),
    "links of a sentence, whatever their class": (
        "<p>Auskunft geben <a class='IntLink NavNode' href='/a'>Amt</a> und <a class='share' href='/g'>Rat</a>.</p>",
        ["Auskunft geben Amt und Rat."],
    ),
    "a card with a way to reach somebody": (
        "<div class='c-card'><h3><a href='/x'>Eva Muster</a></h3><p><a href='mailto:e@land.example'>Mail</a></p></div>",
        ["Eva Muster", "Mail"],
    ),
    "a card with a telephone number": (
        "<div class='c-card'><p><a href='/x'>Bürgertelefon</a></p><p><a href='tel:+49301'>+49 30 1</a></p></div>",
        ["Bürgertelefon", "+49 30 1"],
    ),
    "a sentence about sharing": ("<p>Wir wollen Daten teilen.</p>", ["Wir wollen Daten teilen."]),
    "a sentence that begins like a date line": (
        "<p>Stand der Technik ist offen.</p>",
        ["Stand der Technik ist offen."],
    ),
    "a quotation in a figure": (
        "<figure><blockquote>Das ist gut.</blockquote><figcaption>Eva Muster</figcaption></figure>",
        ["Das ist gut.", "Eva Muster"],
    ),
    "list items that name services": (
        "<h2>Dienste</h2><ul><li>Suche</li><li>Navigation</li></ul>",
        ["Dienste", "Suche", "Navigation"],
    ),
}


@pytest.mark.parametrize("name", CONTENT)
def test_what_only_looks_like_a_frame_stays(name: str) -> None:
    """Cards, tiles, linked lists and contact cards hold what the page is about."""
    markup, expected = CONTENT[name]
    document = read(after=markup)
    assert [block.text for block in document.blocks[len(PLAIN.blocks) :]] == expected


def test_nothing_that_holds_the_title_is_a_frame() -> None:
    """Wrappers bear all sorts of names."""
    markup = (
        "<html lang='de'><title>Plan</title><body><form class='page-with-cookie share'><div class='print nav'>"
        f"<h1>Plan</h1>{TEXT}</div></form></body></html>"
    )
    reading = read_body(markup.encode(), content_type="text/html", url="https://land.example/", declaration=None)
    assert isinstance(reading, Document)
    assert [block.text for block in reading.blocks] == [block.text for block in PLAIN.blocks]


def test_nothing_that_holds_most_of_the_text_is_a_frame() -> None:
    """A form around the page, a box that is named after what it once held."""
    for wrapper in ("form", "div class='social sidebar-left related'", "aside", "div aria-label='Service'"):
        markup = (
            f"<html lang='de'><title>Plan</title><body><h1>Plan</h1><{wrapper}>{TEXT}</{wrapper.split()[0]}></body>"
        )
        reading = read_body(markup.encode(), content_type="text/html", url="https://land.example/", declaration=None)
        assert isinstance(reading, Document)
        assert [block.text for block in reading.blocks] == [block.text for block in PLAIN.blocks]


def test_a_title_in_a_stage_above_the_content_is_the_title() -> None:
    """Where ``<title>`` begins with it; the portal's own name is none."""
    stage = "<div class='stage'><h1>Digitalplan</h1></div>"
    markup = f"<html><title>Digitalplan - Land</title><body>{stage}<main><p>Er gilt bis 2030.</p></main></body></html>"
    reading = read_body(markup.encode(), content_type="text/html", url="https://land.example/", declaration=None)
    assert isinstance(reading, Document)
    assert next((b.kind, b.text) for b in reading.blocks) == (BlockKind.HEADING, "Digitalplan")
    other = markup.replace("<title>Digitalplan - Land", "<title>Roadmap - Digitalplan")
    reading = read_body(other.encode(), content_type="text/html", url="https://land.example/", declaration=None)
    assert isinstance(reading, Document)
    assert [b.text for b in reading.blocks] == ["Er gilt bis 2030."]


def test_a_stage_above_the_content_gives_its_kicker_and_lead() -> None:
    """Line above the title, title and lead; a heading by role is one as well; the header's links are none of it."""
    markup = (
        "<html><title>Plan | Land</title><body><header><a href='/'>Land</a></header><div class='stage'>"
        "<div><span>Staatskanzlei</span></div><div role='heading' aria-level='1'>Plan</div><p>Er gilt bis 2030.</p>"
        "</div><main><p>Er nennt sechs Felder und wird jährlich überprüft.</p></main></body></html>"
    )
    reading = read_body(markup.encode(), content_type="text/html", url="https://land.example/", declaration=None)
    assert isinstance(reading, Document)
    assert [(block.kind, block.text) for block in reading.blocks[:3]] == [
        (BlockKind.KICKER, "Staatskanzlei"),
        (BlockKind.HEADING, "Plan"),
        (BlockKind.PARAGRAPH, "Er gilt bis 2030."),
    ]


def test_a_menu_at_the_beginning_of_the_content_is_none_of_it() -> None:
    """Templates put mega menus inside the main landmark."""
    menu = "<div><ul><li><a href='/a'>Themen</a></li><li><a href='/b'>Service</a></li></ul></div>"
    markup = f"<html><title>Plan</title><body><main>{menu}<h1>Plan</h1>{TEXT}</main></body></html>"
    reading = read_body(markup.encode(), content_type="text/html", url="https://land.example/", declaration=None)
    assert isinstance(reading, Document)
    assert [block.text for block in reading.blocks] == [block.text for block in PLAIN.blocks]


@pytest.mark.parametrize(
    ("line", "role", "date"),
    [
        ("Letzte Aktualisierung: 05.07.2021", "modified", "05.07.2021"),
        ("Zuletzt geändert am 30. Juli 2024", "modified", "30. Juli 2024"),
        ("zuletzt aktualisiert am 2.01.2006, 15 Uhr", "modified", "2.01.2006, 15 Uhr"),
        ("*Stand: 2.01.2006 15:04 Uhr.", "modified", "2.01.2006 15:04 Uhr"),
        ("(Stand: 2.01.2006, 15:04 Uhr).", "modified", "2.01.2006, 15:04 Uhr"),
        ("Aktueller Stand der Liste: 2. Januar 2006, 15.04 Uhr.", "modified", "2. Januar 2006, 15.04 Uhr"),
        ("Stand\u00a027.01.2022", "modified", "27.01.2022"),
        ("Stand Januar 2024", "modified", "Januar 2024"),
        ("Ausgabejahr 2022 Datum 25.01.2022", "published", "25.01.2022"),
        ("Veröffentlicht am 25.01.2022", "published", "25.01.2022"),
    ],
)
def test_the_forms_in_which_pages_state_their_age(line: str, role: str, date: str) -> None:
    """As seen on the portals of the Länder."""
    stated = labelled_date(line)
    assert stated is not None
    assert (stated.role, stated.text) == (role, date)


@pytest.mark.parametrize(
    "line", ["Stand der Dinge: offen", "Am 5. Juli 2022 beschlossen", "Datum und Ort", "Stand: gut"]
)
def test_other_lines_state_no_age(line: str) -> None:
    """A date in a sentence is content."""
    assert labelled_date(line) is None
    assert not is_bare_date(line)
    assert not is_noise_line(line)


def test_notes_glued_to_a_sentence_are_taken_off() -> None:
    """Templates append them to links."""
    assert without_inline_noise("Der Plan (Öffnet in neuem Fenster). Ende.") == "Der Plan. Ende."
    assert without_inline_noise("Ende.Öffnet sich in einem neuen Fenster") == "Ende."
    assert without_inline_noise("Das Portal öffnet sich dem Land.") == "Das Portal öffnet sich dem Land."
