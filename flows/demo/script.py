"""What the sample portal answers: its nights, pages and edits, read from ``nights.toml`` and checked.

The file and the pages beside it come in, one finished :class:`Answer` for each night and address goes out.  An edit
that matches nothing is an error when the script is loaded, never a night on which nothing happens.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from extract.errors import UsageError
from flows.demo.noise import Rendering
from flows.demo.script_table import PageScript, Resource, Table

SCRIPT_FILE = Path(__file__).parent / "nights.toml"

HTML = "text/html; charset=utf-8"
_MEDIA_TYPES = {".html": HTML, ".pdf": "application/pdf"}
_EDITED_BEFORE = timedelta(hours=9)
"""How long before the night in which they are first seen the pages are changed: in the afternoon."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server says to one address in one night.

    ``location`` is an original address; ``etag`` and ``last_modified`` are validators (RFC 9110, section 8.8).
    """

    status: int
    body: bytes = b""
    media_type: str = HTML
    location: str | None = None
    retry_after_s: int | None = None
    etag: str | None = None
    last_modified: datetime | None = None


NOT_FOUND = Answer(404, b'<!doctype html><html lang="de"><title>404</title><h1>Nicht gefunden</h1></html>')


@dataclass(frozen=True, slots=True)
class ScriptNight:
    """One night: when it is (aware) and what happens in it, in one line."""

    at: datetime
    about: str


@dataclass(frozen=True, slots=True)
class Script:
    """All nights of the sample portal; ``answers`` is complete: an address that is not in it does not exist."""

    nights: tuple[ScriptNight, ...]
    robots: Answer
    hosts: frozenset[str]
    answers: dict[tuple[int, str], Answer]

    def answer(self, night: int, url: str) -> Answer:
        """What is answered to an original address; 404 for one that the portal does not have."""
        parts = urlsplit(url)
        if parts.path == "/robots.txt" and parts.hostname in self.hosts:
            return self.robots
        return self.answers.get((night, url), NOT_FOUND)


def load_script(file: Path = SCRIPT_FILE) -> Script:
    """The script of a file, with the pages in the folder ``pages`` beside it.

    Raises:
        UsageError: If a key is missing or of the wrong type, a file is missing, a placeholder is unknown, or an edit's
            ``find`` does not stand in the page exactly once.
    """
    table = Table(file.name, tomllib.loads(file.read_text(encoding="utf-8")))
    nights = tuple(ScriptNight(entry.time("at"), entry.text("about")) for entry in table.tables("night"))
    compiler = _Compiler(file.parent / "pages", nights)
    answers: dict[tuple[int, str], Answer] = {}
    for entry in table.tables("page"):
        answers.update(compiler.page(PageScript.read(entry)))
    for entry in table.tables("resource"):
        answers.update(compiler.resource(Resource.read(entry)))
    hosts = frozenset(urlsplit(url).hostname or "" for _, url in answers)
    robots = Answer(200, table.text("robots").encode(), "text/plain; charset=utf-8")
    return Script(nights, robots, hosts, answers)


@dataclass(frozen=True, slots=True)
class _Compiler:
    """Makes the answers of all nights from texts and edits."""

    folder: Path
    nights: tuple[ScriptNight, ...]

    def page(self, page: PageScript) -> Iterator[tuple[tuple[int, str], Answer]]:
        """One page in all nights: what it shows or answers instead, and where its old addresses lead."""
        body, changed_at = b"", self.nights[0].at
        for night, told in enumerate(self.nights):
            *old_urls, url = page.urls_until(night)
            shown = self._body(page, url, night)
            if shown != body:
                body, changed_at = shown, told.at - _EDITED_BEFORE
            yield (night, url), self._special(page, night) or _content(page, body, changed_at)
            for old_url in old_urls:
                yield (night, old_url), Answer(301, location=url)

    def resource(self, resource: Resource) -> Iterator[tuple[tuple[int, str], Answer]]:
        """A document or another page, from its first night on."""
        body = self._file(resource.file)
        answer = Answer(200, body, _MEDIA_TYPES[Path(resource.file).suffix], etag=_etag(body))
        for night in range(resource.since, len(self.nights)):
            yield (night, resource.url), answer

    def _body(self, page: PageScript, url: str, night: int) -> bytes:
        """The page's bytes in a night: the edited text, with the noise of the last rendering."""
        text = self._file(page.file).decode()
        for edit in page.edits:
            text = edit.apply(text, page.page_id) if edit.holds_in(night) else text
        number = page.rendering_before(night)
        rendering = Rendering(page.page_id, url, number, self.nights[number].at, page.teasers)
        return rendering.fill(text).encode()

    def _special(self, page: PageScript, night: int) -> Answer | None:
        """What is answered instead of the page in this night, if anything."""
        special = page.special_in(night)
        if special is None:
            return None
        body = self._file(special.file) if special.file else b""
        return Answer(special.status, body, location=special.location, retry_after_s=special.retry_after_s)

    def _file(self, name: str) -> bytes:
        """The bytes of a file in the folder of pages."""
        path = self.folder / name
        if not path.is_file():
            raise UsageError(f"The sample portal has no file {name} in {self.folder}.", "Install the project again.")
        return path.read_bytes()


def _content(page: PageScript, body: bytes, changed_at: datetime) -> Answer:
    """The page itself, with the validators that its server sends."""
    return Answer(
        200,
        body,
        etag=_etag(body) if "etag" in page.validators else None,
        last_modified=changed_at if "last_modified" in page.validators else None,
    )


def _etag(body: bytes) -> str:
    """A strong validator of the bytes."""
    return f'"{sha256(body).hexdigest()[:20]}"'
