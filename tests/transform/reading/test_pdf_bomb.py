"""A small PDF that unpacks to a thousand times its size."""

from __future__ import annotations

import io
import time
import zlib

from transform.document import Unreadable
from transform.reading.body import read_body

MEGABYTE = 1 << 20


def bomb(megabytes: int) -> bytes:
    """A valid PDF of one page whose content stream holds so many megabytes of blanks."""
    packer = zlib.compressobj(9)
    stream = b"".join(packer.compress(b" " * MEGABYTE) for _ in range(megabytes)) + packer.flush()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R /Resources << >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    file = io.BytesIO()
    file.write(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(file.tell())
        file.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = file.tell()
    entries = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    file.write(b"xref\n0 5\n0000000000 65535 f \n%strailer << /Size 5 /Root 1 0 R >>\n" % entries)
    file.write(b"startxref\n%d\n%%%%EOF" % start)
    return file.getvalue()


def test_a_bomb_in_a_pdf_is_not_unpacked() -> None:
    began = time.process_time()
    reading = read_body(
        bomb(200), content_type="application/pdf", url="https://land.example/plan.pdf", declaration=None
    )
    assert isinstance(reading, Unreadable)
    assert time.process_time() - began < 10, "unpacking it would take longer than any page may"
