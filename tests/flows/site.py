"""A few invented authorities whose pages a test changes from night to night, served over HTTP through ``--via``."""

from __future__ import annotations

import logging
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from extract.model import PageId
from flows.night import RunSummary
from flows.running import PlainSteps, RunRequest, Steps, run
from flows.settings import Settings
from tests.support.server import Answer, ScriptedServer
from transform.night import Night, PageNight
from warehouse.database import Warehouse
from warehouse.publish import Published

FIRST_NIGHT = datetime(2026, 5, 4, 2, 10, tzinfo=UTC)
NOBODY_LISTENS = logging.getLogger("tests.flows.site")


def night_at(number: int) -> datetime:
    """When a night is."""
    return FIRST_NIGHT + timedelta(days=number)


def page(*paragraphs: str, title: str = "Digitalplan des Landes Musterau", links: str = "") -> bytes:
    """A page that is long enough to be believed at once."""
    words = "".join(f"<p>{paragraph}</p>" for paragraph in (*paragraphs, *COMMON))
    return (
        f'<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f"<nav><a href='/'>Start</a></nav><main><h1>{title}</h1>{words}{links}</main></body></html>"
    ).encode()


COMMON = (
    "Das Landesamt für Ordnung schreibt den Digitalplan alle zwei Jahre fort und fragt dazu die Gemeinden.",
    "Wer mitreden will, kommt zu den Werkstätten im Rathaus; die Ergebnisse stehen danach an dieser Stelle.",
    "Die Mittel dafür stellt der Landtag bereit, über ihre Verwendung berichtet der Rechnungshof.",
)
MAINTENANCE = b"""<!doctype html><html lang="de"><title>Wartungsarbeiten</title><main><h1>Wartungsarbeiten</h1>
<p>Bitte versuchen Sie es sp&auml;ter noch einmal.</p></main></html>"""


class Unpublished(PlainSteps):
    """All steps but publishing, which takes half a second."""

    def publish(self, warehouse: Warehouse, target: Path) -> Published:  # noqa: ARG002  it publishes nothing
        """Publishes nothing."""
        return Published(target, 0, 0, 0.0)

    publish_deliveries = publish


@dataclass
class Site:
    """Pages of one catalogue behind one loopback server, and the installation that watches them."""

    server: ScriptedServer
    folder: Path
    empty: Path
    """An empty warehouse: copying one is twenty times quicker than making one."""
    night: int = 0
    entries: dict[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        """The installation."""
        return Settings(data=self.folder / "data")

    @property
    def catalogue(self) -> Path:
        """The folder of the declarations."""
        return self.folder / "catalogue"

    @property
    def via(self) -> str:
        """PREFIX of the server."""
        return self.server.url("/")

    def declare(self, page_id: str, url: str | None = None, **extra: str) -> str:
        """Adds a page to the catalogue, or declares it anew; gives its address."""
        url = url or f"https://{page_id}.example/digitalplan"
        keys = {"page_id": page_id, "url": url, "kind": "strategy", **extra}
        lines = [f"{name} = {value if value[0] == '[' else repr(value)}" for name, value in keys.items()]
        self.entries[page_id] = "\n".join(["[[page]]", *lines])
        self._write_catalogue()
        return url

    def forget(self, page_id: str) -> None:
        """Takes a page out of the catalogue."""
        del self.entries[page_id]
        self._write_catalogue()

    def _write_catalogue(self) -> None:
        self.catalogue.mkdir(exist_ok=True)
        head = "land = 'DE-SL'\npublisher = 'Landesamt für Ordnung'"
        (self.catalogue / "de-sl.toml").write_text("\n\n".join([head, *self.entries.values(), ""]), encoding="utf-8")

    def show(self, url: str, *answers: Answer | bytes) -> None:
        """What an address answers from now on; bytes are a page with status 200."""
        self.server.answer(f"/{url}", *(self._dated(answer) for answer in answers))

    def _dated(self, answer: Answer | bytes) -> Answer:
        given = Answer(body=answer) if isinstance(answer, bytes) else answer
        moment = ("Memento-Datetime", format_datetime(night_at(self.night), usegmt=True))
        kind = ("Content-Type", "text/html; charset=utf-8")
        named = {name.lower() for name, _ in given.headers}
        headers = (*given.headers, moment, *(() if "content-type" in named else (kind,)))
        return Answer(**{**vars(given), "headers": headers})

    def refresh(self, *only: str, steps: Steps | None = None) -> tuple[Night, RunSummary]:
        """One run without Prefect; without other ``steps`` no copy is published."""
        self.seed()
        request = RunRequest(self.settings, self.via, self.catalogue, only)
        return run(request, steps or Unpublished(), NOBODY_LISTENS)

    def seed(self) -> None:
        """Puts an empty warehouse in place where there is none."""
        if not self.settings.warehouse.exists():
            self.settings.warehouse.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.empty, self.settings.warehouse)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """What the writer's file says."""
        with Warehouse.open(self.settings.warehouse) as warehouse:
            return warehouse.connection.execute(sql).fetchall()

    def asked(self, url: str) -> int:
        """How often an address was asked for."""
        return len(self.server.asked(f"/{url}"))


def seen(night: Night, page_id: str) -> PageNight:
    """One page of a night."""
    return next(page for page in night.pages if page.declaration.page_id == PageId(page_id))


def verdicts(night: Night) -> dict[str, str]:
    """The verdicts of a night by page."""
    return {page.declaration.page_id: str(page.verdict) for page in night.pages}
