"""A bundle of evidence: the raw bytes, the header fields, the WARC records, the words highlighted, hashes, a statement.

Everything in the folder can be checked without this program: ``sha256sum -c SHA256SUMS``, any WARC tool, any browser.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from extract.errors import ArchiveError
from extract.evidence_record import EvidenceRecord, evidence_record
from extract.model import Declaration
from flows.settings import Settings
from transform.document import Block, Document
from transform.german.text import comparable
from transform.lands import land_name
from transform.reading.body import read_body
from warehouse.evidence import CaptureBehind, Subject, evidence_of

_NEAR = 2
"""Blocks shown before and after one that holds the words."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that was written: its folder, its files, and how many places of the words were found."""

    folder: Path
    files: tuple[str, ...]
    places: int


def write_bundle(settings: Settings, catalogue: Sequence[Declaration], name: str, target: Path) -> Bundle:
    """Writes the evidence for a record or a change.

    Args:
        settings: The installation.
        catalogue: The declared pages: how a page's body is read.
        name: A ``record_id`` or a ``change_id``.
        target: The folder to write into; made where it is missing.

    Raises:
        UsageError: There is no record and no change of that name.
        ArchiveError: The archive's bytes are missing, or are not those that were read.
    """
    subject = evidence_of(settings.published, name)
    declaration = next((page for page in catalogue if page.page_id == subject.page_id), None)
    files: dict[str, bytes] = {}
    places = 0
    roles = ("",) if len(subject.captures) == 1 else ("before-", "after-")
    for role, capture in zip(roles, subject.captures, strict=True):
        record = evidence_record(settings.archive, capture.warc)
        _check(capture, record)
        excerpt, found = _excerpt(subject, capture, record, declaration)
        places += found
        files |= {
            f"{role}body{_suffix(capture)}": record.exchange.body,
            f"{role}headers.txt": (record.head + "\n").encode(),
            f"{role}capture.warc{'.gz' if record.warc[:2] == _GZIP else ''}": record.warc,
            f"{role}excerpt.html": excerpt.encode(),
        }
    files["record.json"] = json.dumps(dict(subject.facts), ensure_ascii=False, indent=2).encode() + b"\n"
    files["statement.md"] = _statement(subject, files).encode()
    _write(target, files)
    return Bundle(target, (*files, "SHA256SUMS"), places)


_GZIP = b"\x1f\x8b"


def _check(capture: CaptureBehind, record: EvidenceRecord) -> None:
    found = hashlib.sha256(record.exchange.body).hexdigest()
    if found != capture.body_sha256:
        raise ArchiveError(
            f"{capture.warc.file} at {capture.warc.offset} holds a body with SHA-256 {found}, "
            f"expected {capture.body_sha256}.",
            "The archive was changed after it was read; restore the file.",
        )


def _write(target: Path, files: dict[str, bytes]) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (target / name).write_bytes(content)
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    (target / "SHA256SUMS").write_text(sums, encoding="utf-8")


def _suffix(capture: CaptureBehind) -> str:
    """The ending of the body's file, so that it opens in the right program."""
    kind = (capture.media_type or "").partition(";")[0].strip().lower()
    return {"text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf"}.get(kind, ".bin")


def _excerpt(
    subject: Subject, capture: CaptureBehind, record: EvidenceRecord, declaration: Declaration | None
) -> tuple[str, int]:
    """The words on the page with what stands around them, and how many places were found."""
    words = subject.words.get(capture.version_id, ())
    blocks: tuple[Block, ...] = ()
    if declaration is not None:
        reading = read_body(
            record.exchange.body,
            content_type=record.exchange.header("Content-Type"),
            url=capture.final_url,
            declaration=declaration,
        )
        blocks = reading.blocks if isinstance(reading, Document) else ()
    hits = {index for index, block in enumerate(blocks) if any(_holds(block, one) for one in words)}
    shown = {near for hit in hits for near in range(hit - _NEAR, hit + _NEAR + 1) if 0 <= near < len(blocks)}
    body = "\n".join(
        _block(blocks[index], words if index in hits else (), gap=index - 1 not in shown) for index in sorted(shown)
    )
    if not hits:
        quotes = "".join(f"<blockquote>{html.escape(one)}</blockquote>" for one in words)
        body = f"<p>Die Worte stehen nicht in einem einzelnen Absatz der Seite:</p>{quotes}"
    return _PAGE.format(
        title=html.escape(subject.title),
        url=html.escape(capture.final_url),
        at=_moment(capture.observed_at),
        body=body,
    ), len(hits)


_PAGE = """<!doctype html>
<html lang="de"><head><meta charset="utf-8"><title>{title}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>body{{font:1rem/1.5 serif;max-width:45rem;margin:2rem auto}}mark{{background:#fe6}}.gap{{margin-top:2rem}}
code{{color:#777;font-size:.75rem}}</style></head>
<body><h1>{title}</h1><p>{url}<br>{at}</p>
{body}
</body></html>
"""


def _holds(block: Block, words: str) -> bool:
    """Whether a block holds the words, or is a part of them."""
    text, wanted = comparable(block.text), comparable(words)
    return bool(text and wanted) and (wanted in text or (len(text) > len(wanted) / 2 and text in wanted))


def _block(block: Block, words: Iterable[str], *, gap: bool) -> str:
    """One block, the words in it marked; its place in the page beside it."""
    text = block.text
    spans = sorted(match.span() for one in words if (match := _pattern(one).search(text)) is not None)
    marked, end = "", 0
    for start, stop in spans:
        if start >= end:
            marked += f"{html.escape(text[end:start])}<mark>{html.escape(text[start:stop])}</mark>"
            end = stop
    marked += html.escape(text[end:])
    if words and not spans:
        marked = f"<mark>{marked}</mark>"
    name = "h2" if block.kind == "heading" else "p"
    space = ' class="gap"' if gap else ""
    return f"<{name}{space}>{marked} <code>{html.escape(block.locator)}</code></{name}>"


def _pattern(words: str) -> re.Pattern[str]:
    """The words with any white space between them."""
    return re.compile(r"\s+".join(map(re.escape, words.split())) or r"(?!)")


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"


def _statement(subject: Subject, files: dict[str, bytes]) -> str:
    """What the bundle shows, in German and in English."""
    facts = "\n".join(f"- {name}: {' '.join(value.split())}" for name, value in subject.facts)
    german = "\n".join(_GERMAN.format(**_told(capture)) for capture in subject.captures)
    english = "\n".join(_ENGLISH.format(**_told(capture)) for capture in subject.captures)
    return _STATEMENT.format(
        name=subject.name,
        page=subject.page_id,
        land_de=land_name(subject.land, "de"),
        land_en=land_name(subject.land, "en"),
        publisher=subject.publisher,
        title=subject.title,
        german=german,
        english=english,
        facts=facts,
        files=", ".join(files),
    )


def _told(capture: CaptureBehind) -> dict[str, str]:
    return {
        "url": capture.final_url,
        "at": _moment(capture.observed_at),
        "asked": _moment(capture.requested_at),
        "body": capture.body_sha256,
        "file": capture.warc.file,
        "offset": str(capture.warc.offset),
        "first": _moment(capture.first_seen_at),
        "last": _moment(capture.last_seen_at),
        "extractor": capture.extractor,
        "version": capture.version_id,
    }


_GERMAN = """- Abruf von {url}, Stand {at} (abgefragt {asked}); SHA-256 des Inhalts {body};
  WARC {file} ab Byte {offset}. Fassung {version}, gelesen mit {extractor}; gesehen von {first} bis {last}."""
_ENGLISH = """- Capture of {url} as of {at} (requested {asked}); SHA-256 of the body {body};
  WARC {file} at byte {offset}. Version {version}, read with {extractor}; seen from {first} to {last}."""

_STATEMENT = """# Nachweis / Evidence: {name}

## Deutsch

Die Seite „{title}“ ({page}, {land_de}; {publisher}) wurde wie folgt abgerufen und unverändert aufbewahrt. Die
hervorgehobenen Worte in excerpt.html stehen so auf der Seite.

{german}

## English

The page “{title}” ({page}, {land_en}; {publisher}) was captured and kept unaltered as follows. The words highlighted in
excerpt.html stand on the page.

{english}

## Angaben / Facts

{facts}

## Dateien / Files

{files}. Prüfen / verify: `sha256sum -c SHA256SUMS`.
"""
