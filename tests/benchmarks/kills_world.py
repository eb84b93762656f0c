"""The world in which runs are killed: invented pages with their nights, and real receivers of what is told of them."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.benchmarks.noise_edits import EDITS
from tests.benchmarks.noise_pages import drawn_page
from tests.support.pdf import pdf_bytes
from tests.support.receivers import MailServer, Webhook
from tests.support.server import Answer, ScriptedServer
from tests.support.strategy_pages import StrategyPage, markup
from tests.support.warc_author import WarcAuthor

FIRST_NIGHT = datetime(2026, 5, 4, 2, 10, tzinfo=UTC)
_HTML = ("Content-Type", "text/html; charset=utf-8")
_PDF = ("Content-Type", "application/pdf")
_MAINTENANCE = b"""<!doctype html><html lang="de"><title>Wartungsarbeiten</title><main><h1>Wartungsarbeiten</h1>
<p>Bitte versuchen Sie es sp&auml;ter noch einmal.</p></main></html>"""
_ROUTES = """
[route.alles]
kind = "content"
channels = ["haken", "post", "file", "feed"]

[route.vorfall]
kind = "incident"
channels = ["haken", "file"]

[channel.haken]
url = "{hook}"

[channel.post]
url = "{mail}"
"""


@dataclass
class _Site:
    """A page as it is now, what it was before, and the file that it links."""

    page_id: str
    url: str
    page: StrategyPage
    file: str
    edition: int = 1
    before: StrategyPage | None = None


class World:
    """Pages on two portals, drawn from a seed, and how they answer in each night; nights answer below ``/n<k>/``."""

    def __init__(self, seed: int, nights: int, pages: int) -> None:
        self.nights = range(nights)
        self._rng = random.Random(f"world/{seed}")
        self._sites = [self._drawn(number) for number in range(pages)]
        self.server = ScriptedServer()
        self.hook = Webhook()
        self.mail = MailServer()

    def __enter__(self) -> Self:
        for part in (self.server, self.hook, self.mail):
            part.__enter__()
        for night in self.nights:
            for site in self._sites:
                self._show(site, night)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for part in (self.mail, self.hook, self.server):
            part.__exit__(kind, error, at)

    def via(self, night: int) -> str:
        """PREFIX of a night."""
        return self.server.url(f"/n{night}/")

    def install(self, data: Path) -> None:
        """An installation's routes."""
        data.mkdir(parents=True)
        text = _ROUTES.format(hook=self.hook.url(), mail=self.mail.url())
        (data / "routes.toml").write_text(text, encoding="utf-8")

    def declare(self, folder: Path, *, without: str = "") -> Path:
        """A catalogue of the pages; ``without`` is a selector of what is not read of them."""
        folder.mkdir(parents=True)
        more = f"\nremovals = ['{without}']" if without else ""
        pages = [f"[[page]]\npage_id = '{s.page_id}'\nurl = '{s.url}'\nkind = 'strategy'{more}" for s in self._sites]
        text = "\n\n".join(["land = 'DE-SH'\npublisher = 'Staatskanzlei'", *pages, ""])
        (folder / "de-sh.toml").write_text(text, encoding="utf-8")
        return folder

    def older_captures(self, path: Path) -> Path:
        """A file of another tool with what the pages said in the years before, one edit after the other."""
        author = WarcAuthor(path)
        for site in self._sites:
            page = site.page
            for month in range(6):
                body = markup(page).encode()
                author.answer(site.url, body, at=FIRST_NIGHT - timedelta(days=400 - 60 * month))
                page = self._edited(page)
        return path

    def _drawn(self, number: int) -> _Site:
        page = drawn_page(self._rng)
        host = f"https://digital-{number % 2}.example"
        file = f"{host}/hefte/{number}.pdf"
        page = page.with_part("Veröffentlichungen", files=(("Das Heft (PDF)", file),))
        return _Site(f"seite-{number}", f"{host}/themen/strategie-{number}", page, file)

    def _show(self, site: _Site, night: int) -> None:
        """Draws what a page does in a night, and has the server say it."""
        drawn = self._rng.random()
        answer = None
        if night > 0:
            if drawn < 0.45:
                site.before, site.page = site.page, self._edited(site.page)
            elif drawn < 0.55 and site.before is not None:
                site.page, site.before = site.before, site.page
            elif drawn < 0.65:
                site.edition += 1
            elif drawn < 0.72:
                answer = Answer(body=_MAINTENANCE, headers=(_HTML,))
            elif drawn < 0.78:
                answer = Answer(404, b"<html lang='de'><h1>Nicht gefunden</h1></html>", headers=(_HTML,))
        answer = answer or Answer(body=markup(site.page).encode(), headers=(_HTML,))
        file = Answer(body=pdf_bytes(f"Ausgabe {site.edition}"), headers=(_PDF,))
        self.server.answer(f"/n{night}/{site.url}", _dated(answer, night))
        # An edit may link another file; whatever is not answered here has no time of its own to compare by.
        for url in {site.file, *(url for part in site.page.parts for _, url in part.files)}:
            self.server.answer(f"/n{night}/{url}", _dated(file, night))

    def _edited(self, page: StrategyPage) -> StrategyPage:
        edits = list(EDITS)
        self._rng.shuffle(edits)
        return next((edited[0] for edit in edits if (edited := edit(page, self._rng)) is not None), page)


def _dated(answer: Answer, night: int) -> Answer:
    stamp = ("Memento-Datetime", format_datetime(FIRST_NIGHT + timedelta(days=night), usegmt=True))
    return replace(answer, headers=(*answer.headers, stamp))
