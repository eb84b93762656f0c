"""Small PDFs with a text layer, or without one, written by hand."""

from __future__ import annotations

from collections.abc import Sequence


def pdf_bytes(*lines: str) -> bytes:
    """A PDF of one page that shows these lines; without lines it has no text layer."""
    return pdf_of_pages(lines)


def pdf_of_pages(*pages: Sequence[str]) -> bytes:
    """A PDF of which each page shows its lines."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< /Font << /F1 3 0 R >> >>",
    ]
    for number, lines in enumerate(pages):
        shown = "".join(f"BT /F1 11 Tf 50 {800 - 20 * row} Td ({line}) Tj ET\n" for row, line in enumerate(lines))
        page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources 4 0 R"
        objects.append(f"{page} /Contents {6 + 2 * number} 0 R >>")
        objects.append(f"<< /Length {len(shown.encode('cp1252'))} >>\nstream\n{shown}\nendstream")
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + (head + trailer).encode()
