"""Writes WARC files as other tools do, record by record (ISO 28500, section 4)."""

from __future__ import annotations

import base64
import gzip
import hashlib
import uuid
from datetime import datetime
from pathlib import Path


def payload_digest(body: bytes) -> str:
    """A digest as most tools write it."""
    return "sha1:" + base64.b32encode(hashlib.sha1(body).digest()).decode()


class WarcAuthor:
    """A WARC file that is being written; ``packed``: each record a gzip member."""

    def __init__(self, path: Path, *, packed: bool = True, version: str = "1.0") -> None:
        self.path = path
        self._packed = packed
        self._version = version
        path.write_bytes(b"")

    @property
    def size(self) -> int:
        """Bytes written so far."""
        return self.path.stat().st_size

    def answer(
        self,
        url: str,
        body: bytes,
        *fields: tuple[str, str],
        at: datetime,
        kind: str = "response",
        status: str = "200 OK",
        more: dict[str, str] | None = None,
    ) -> None:
        """An HTTP answer; ``fields`` are its header fields, ``more`` those of the record."""
        head = [f"HTTP/1.1 {status}", "Content-Type: text/html; charset=utf-8", *(f"{k}: {v}" for k, v in fields)]
        block = "\r\n".join(head).encode() + b"\r\n\r\n" + body
        about = {"WARC-Payload-Digest": payload_digest(body)} | (more or {})
        self.record(kind, url, block, "application/http; msgtype=response", at, about)

    def record(
        self, kind: str, url: str, block: bytes, content_type: str, at: datetime, more: dict[str, str] | None = None
    ) -> None:
        """Any record."""
        fields = {
            "WARC-Type": kind,
            "WARC-Record-ID": f"<urn:uuid:{uuid.uuid4()}>",
            "WARC-Target-URI": url,
            "WARC-Date": f"{at:%Y-%m-%dT%H:%M:%SZ}",
            "Content-Type": content_type,
            "Content-Length": str(len(block)),
        } | (more or {})
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        data = f"WARC/{self._version}\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"
        with self.path.open("ab") as file:
            file.write(gzip.compress(data) if self._packed else data)
