"""Reading PDFs: authored files, built from their parts."""

from __future__ import annotations

import io
import random

from pypdf import PdfReader, PdfWriter

from transform.document import BlockKind, Document, ReadProblem, Unreadable
from transform.reading.body import read_body
from transform.reading.pdf import read_pdf

URL = "https://land.example/plan.pdf"
Line = tuple[float, str]


def pdf(pages: list[list[Line]], *, title: str = "Digitalplan") -> bytes:
    """A PDF with one text line for each size and text; a blank text leaves a gap."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R /Lang (de-DE) >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"{page} /Contents {5 + 2 * number} 0 R >>")
        content = "".join(_drawn(row, size, text) for row, (size, text) in enumerate(lines))
        objects.append(f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream")
    objects.append(f"<< /Title ({title}) >>")
    return _file(objects)


def _drawn(row: int, size: float, text: str) -> str:
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 {size} Tf 50 {800 - 22 * row} Td ({escaped}) Tj ET\n" if text else ""


def _file(objects: list[str]) -> bytes:
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    start = len(body)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{start}\n%%EOF"
    return body + (head + trailer).encode()


PLAN: list[Line] = [
    (22, "Digitalplan Muster"),
    (11, "Der Plan nennt 40 Maßnahmen, mit denen das Land seine Ämter um-"),
    (11, "stellen will. Er gilt bis 2030 und wird jedes Jahr fortgeschrieben."),
    (15, "Grundsätze"),
    (11, "• Offene Standards gehen vor."),
    (11, "• Daten stehen allen offen."),
]


ABOUT = (
    "Der Plan nennt 40 Maßnahmen, mit denen das Land seine Ämter umstellen will. "
    "Er gilt bis 2030 und wird jedes Jahr fortgeschrieben."
)


def test_headings_paragraphs_and_lists_are_told_apart() -> None:
    """By the size of the letters and by bullets; words broken at a line's end are joined."""
    reading = read_body(pdf([PLAN]), content_type="application/pdf", url=URL, declaration=None)
    assert isinstance(reading, Document)
    assert [(block.kind, block.level, block.text) for block in reading.blocks] == [
        (BlockKind.HEADING, 1, "Digitalplan Muster"),
        (BlockKind.PARAGRAPH, 0, ABOUT),
        (BlockKind.HEADING, 2, "Grundsätze"),
        (BlockKind.LIST_ITEM, 1, "Offene Standards gehen vor."),
        (BlockKind.LIST_ITEM, 1, "Daten stehen allen offen."),
    ]
    assert (reading.n_pages, reading.title, reading.language) == (1, "Digitalplan", "de-de")


def test_a_pdf_is_known_by_its_bytes() -> None:
    """Servers send them under all sorts of labels."""
    for label in (None, "text/html", "application/octet-stream"):
        assert isinstance(read_body(pdf([PLAN]), content_type=label, url=URL, declaration=None), Document)


def test_lines_that_every_page_repeats_are_left_out() -> None:
    """Running heads and page numbers."""
    pages: list[list[Line]] = [
        [
            (9, f"Digitalplan Muster - {number}"),
            *[(11, f"Zeile {row} dieser Seite handelt von Vorhaben {number * 7}.") for row in range(5)],
            (9, f"{number}"),
        ]
        for number in range(1, 6)
    ]
    reading = read_pdf(pdf(pages), url=URL)
    assert isinstance(reading, Document)
    assert "Digitalplan" not in reading.text
    assert "Vorhaben 35." in reading.text
    assert reading.n_pages == 5


def test_a_scanned_pdf_has_no_text_layer() -> None:
    """Three pages without words."""
    reading = read_pdf(pdf([[(11, "")], [(11, "")], [(11, "Seite 3")]]), url=URL)
    assert isinstance(reading, Unreadable)
    assert reading.problem is ReadProblem.NO_TEXT_LAYER


def test_an_encrypted_pdf_is_told_apart() -> None:
    """One that opens without a password is read; one that asks for it is not."""
    for password, problem in (("geheim", ReadProblem.ENCRYPTED), ("", None)):
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([PLAN]))))
        writer.encrypt(user_password=password, owner_password="anders", algorithm="RC4-128")
        target = io.BytesIO()
        writer.write(target)
        reading = read_pdf(target.getvalue(), url=URL)
        assert (reading.problem if isinstance(reading, Unreadable) else None) is problem


def test_damaged_files_are_broken_not_an_exception() -> None:
    """Cut off, overwritten, or nothing but the first line."""
    whole = pdf([PLAN])
    chance = random.Random(7)
    damaged = [b"%PDF-1.4\n", whole[: len(whole) // 2], b"%PDF-1.7\n" + chance.randbytes(20_000)]
    for _ in range(30):
        place = chance.randrange(9, len(whole) - 40)
        damaged.append(whole[:place] + chance.randbytes(30) + whole[place + 30 :])
    for body in damaged:
        assert isinstance(read_pdf(body, url=URL), Document | Unreadable)
    assert isinstance(read_pdf(damaged[0], url=URL), Unreadable)


def test_too_many_pages_are_not_read() -> None:
    """A strategy has some dozens."""
    reading = read_pdf(pdf([[(11, "Text")]] * 401), url=URL)
    assert isinstance(reading, Unreadable)
    assert reading.problem is ReadProblem.TOO_LARGE


def test_each_page_keeps_its_words() -> None:
    """As they stand on it, running heads and broken words included; a page without words keeps its place."""
    plan = read_pdf(pdf([PLAN, [], [(11, "Seite 3 von 3"), (11, ""), (11, "Ende")]]), url=URL)
    assert isinstance(plan, Document)
    first, second, third = plan.page_texts
    assert first.splitlines()[1:3] == [text for _, text in PLAN[1:3]]
    assert (second, third.replace("\n\n", "\n")) == ("", "Seite 3 von 3\nEnde")


def test_half_a_character_is_shown_as_unknown() -> None:
    """A font's table may map a letter to half a surrogate pair, which no file in UTF-8 can hold."""
    table = "1 beginbfchar <41> <D835> endbfchar 1 beginbfchar <42> <0042> endbfchar"
    reading = read_pdf(_with_character_table(table, "A" + 40 * "B"), url=URL)
    assert isinstance(reading, Document)
    assert reading.page_texts == ("\ufffd" + 40 * "B",)


def _with_character_table(table: str, shown: str) -> bytes:
    """A PDF whose font says by a table which characters its letters are (ToUnicode)."""
    content = f"BT /F1 11 Tf 50 800 Td ({shown}) Tj ET"
    return _file(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
            "<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
            f"<< /Length {len(table)} >>\nstream\n{table}\nendstream",
            "<< /Title (Halbe Zeichen) >>",
        ]
    )
