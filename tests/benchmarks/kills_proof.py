"""What must hold of an installation whose runs were killed: tables, archive, the copy for readers, messages."""

from __future__ import annotations

import hashlib
import threading
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self

from extract.archive_read import iter_exchanges, read_exchange
from extract.errors import ArchiveError, StrategiemonitorError
from extract.model import WarcReference
from extract.warc_records import Damage
from flows.settings import Settings
from tests.support.receivers import MailServer, Webhook
from transform.records import RECORD_TYPES
from warehouse.audit import audit
from warehouse.connection import connect
from warehouse.database import Warehouse
from warehouse.query import query_published

TABLES: dict[str, str] = {
    "pages": "from pages",
    "snapshots": """
        select
            observed_at, pages_total, max(pages_verified), min(pages_suspect), min(pages_gone), sum(changes), extractor
        from snapshots group by all
    """,
    "captures": """
        select distinct
            page_id, resource, url, final_url, observed_at, status, verdict, body_sha256, bytes, media_type, error
        from captures
    """,
    "observations": "select * exclude (snapshot_id) from observations",
    "versions": "select * exclude (snapshot_id, capture_id, created_at) from versions",
    "changes": "select * exclude (snapshot_id) from changes",
    "incidents": "select * exclude (snapshot_id) from incidents",
    "quarantine": "select * exclude (snapshot_id) from quarantine",
    "alerts": "select key, kind, page_id, change_ids, incident_ids, route, subject, body, html, language from alerts",
    "deliveries": "select key, channel, status from deliveries join alerts using (alert_id)",
    **{table: f"from {table}" for table in RECORD_TYPES},
    **{f"{table}_history": f"from {table}_history" for table in RECORD_TYPES},
}
"""All tables of the contract, without what honestly differs after a kill.

A run that was killed behind its commit stands, and the run after it is another one of the same night: so
``snapshots`` has more rows, and the numbers of runs, the times of loading, asking, creating and delivering
(``started_at``, ``finished_at``, ``requested_at``, ``created_at`` …), ``seconds``, the places in the archive and the
names of captures (made from the time of asking) are others.  ``deliveries.attempts`` counts the attempts that died, and
what piled up in the meantime may go out as a digest.
"""

_ONE_AT_A_TIME = threading.Lock()
"""One process cannot have a file open in two ways; readers in processes of their own are free to."""


def contents(settings: Settings) -> dict[str, list[str]]:
    """The warehouse, table by table.

    Raises:
        StrategiemonitorError: If the file cannot be opened.
    """
    with Warehouse.open(settings.warehouse) as opened:
        return {name: sorted(map(repr, opened.connection.execute(sql).fetchall())) for name, sql in TABLES.items()}


def differences(found: dict[str, list[str]], expected: dict[str, list[str]]) -> list[str]:
    """Where two installations differ, a row a sentence."""
    wrong = []
    for name, rows in expected.items():
        if found[name] != rows:
            missing, extra = sorted({*rows} - {*found[name]}), sorted({*found[name]} - {*rows})
            wrong.append(f"{name}: {len(missing)} rows missing, {len(extra)} too many")
            wrong += [*(f"  - {row[:300]}" for row in missing[:2]), *(f"  + {row[:300]}" for row in extra[:2])]
    return wrong


def warehouse_faults(settings: Settings) -> list[str]:
    """What a killed run left that does not hold together, or that stands in the way of the next run."""
    try:
        with Warehouse.open(settings.warehouse) as opened:
            return [f"audit: {sentence}" for sentence in opened.audit()]
    except StrategiemonitorError as error:
        return [f"the warehouse does not open: {error}"]


def archive_faults(settings: Settings) -> list[str]:
    """Captures whose record cannot be read, damaged files, files left open.  To be asked after a whole run."""
    wrong = [f"left open: {path.name}" for path in settings.archive.glob("*/*/*.open")]
    for path in sorted(settings.archive.glob("*/*/*.warc.gz")):
        found = iter_exchanges(path, settings.archive)
        wrong += [f"damaged: {part.file} at {part.offset}: {part.detail}" for part in found if isinstance(part, Damage)]
    with Warehouse.open(settings.warehouse) as opened:
        places = opened.connection.execute(
            "select capture_id, warc_file, warc_offset, body_sha256 from store.captures where warc_file is not null"
        ).fetchall()
    return wrong + [fault for row in places if (fault := _unreadable(settings.archive, *row))]


def _unreadable(folder: Path, capture_id: str, file: str, offset: int, sha256: str | None) -> str | None:
    try:
        body = read_exchange(folder, WarcReference(file, offset)).body
    except ArchiveError as error:
        return f"capture {capture_id}: {error}"
    if sha256 is not None and hashlib.sha256(body).hexdigest() != sha256:
        return f"capture {capture_id}: {file} at {offset} holds another body"
    return None


def published_faults(settings: Settings) -> list[str]:
    """What is wrong with the copy for readers; nothing where there is none yet."""
    if not settings.published.exists():
        return []
    try:
        with _ONE_AT_A_TIME, closing(connect(settings.published, read_only=True)) as copy:
            return [f"published copy: {sentence}" for sentence in audit(copy)]
    except StrategiemonitorError as error:
        return [f"the published copy cannot be opened: {error}"]


def message_faults(settings: Settings, hook: Webhook, mail: MailServer) -> list[str]:
    """Alerts that never arrived, and repeats that a receiver could not drop."""
    wrong = _repeats("webhook", [(call.key, repr(call.content)) for call in hook.taken])
    wrong += _repeats("mail", [(str(one["Message-ID"]), str(one.get_body(("plain",)))) for one in mail.mails])
    arrived = {
        "haken": {call.key for call in hook.taken},
        "post": {str(one["Message-ID"]).removeprefix("<").partition("@")[0] for one in mail.mails},
        "file": {path.stem for path in settings.alerts.glob("*.md")},
    }
    with Warehouse.open(settings.warehouse) as opened:
        told = opened.connection.execute(_MESSAGES).fetchall()
    for channel, keys in arrived.items():
        missing = [key for name, key, sent_as in told if name == channel and not {key, sent_as} & keys]
        wrong += [f"never arrived on {channel}: {key}" for key in missing]
    feed = settings.feed.read_text(encoding="utf-8") if settings.feed.exists() else ""
    if any(name == "feed" for name, _, _ in told) and "<entry>" not in feed:
        wrong.append("the feed has no entry")
    return wrong


_MESSAGES = """
select deliveries.channel, alerts.key, deliveries.digest_id
from deliveries join alerts using (alert_id)
"""


def _repeats(where: str, told: list[tuple[str, str]]) -> list[str]:
    said: defaultdict[str, set[str]] = defaultdict(set)
    for key, content in told:
        said[key].add(content)
    return [f"{where}: key {key} stands for {len(texts)} messages" for key, texts in said.items() if len(texts) > 1]


class Reader:
    """A reader that opens the copy again and again: once there is one, there is a whole one at every moment."""

    def __init__(self, settings: Settings, pause_s: float = 0.05) -> None:
        self._path = settings.published
        self._pause_s = pause_s
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self.looked = 0
        self.faults: list[str] = []

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._ended.set()
        self._thread.join()

    def _read(self) -> None:
        seen = -1
        while not self._ended.wait(self._pause_s):
            if seen < 0 and not self._path.exists():
                continue
            try:
                with _ONE_AT_A_TIME:
                    ((runs, pages, changes),) = query_published(self._path, _LOOK).rows
            except StrategiemonitorError as error:
                self.faults.append(f"a reader could not open the copy: {error}")
                continue
            self.looked += 1
            if runs < seen or pages == 0 or changes < 0:
                self.faults.append(f"a reader saw {runs} runs after {seen}, {pages} pages, {changes} changes")
            seen = max(seen, runs)


_LOOK = """
select (select count(*) from snapshots), (select count(*) from pages), (select count(*) from changes)
"""
