"""Many pages of 60 KB on loopback, in a process of its own: what a refresh is measured against.

``GET /<night>/<absolute original address>`` answers as page ``n`` of the address showed itself on that night.  Every
night all noise is other noise (tokens, session ids, counters, dates, teasers); every fiftieth page changes a sentence.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import random
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache

from tests.benchmarks.noise_pages import ADVANTAGES, FIELDS, GOALS, LANDS, SENTENCES

PAGE_BYTES = 60_000
CHANGED_SHARE = 50
"""Every so manieth page changes in a night."""
_PADDING = hashlib.shake_256(b"").hexdigest(10_000)
_TARGET = re.compile(rb"GET /(?P<night>[0-9]+)/https://[^/]+/strategie/(?P<page>[0-9]+) ")
_FIRST_NIGHT = datetime(2026, 1, 10, 3, 10, tzinfo=UTC)


def changed_pages(n_pages: int, night: int) -> frozenset[int]:
    """The pages whose content on a night is another than on the night before."""
    return frozenset(page for page in range(n_pages) if night > 0 and (page + night) % CHANGED_SHARE == 0)


def page_url(page: int, n_portals: int) -> str:
    """The original address of a page."""
    return f"https://portal{page % n_portals}.example/strategie/{page}"


def page_html(page: int, night: int) -> bytes:
    """What a page answers on a night; the same for the same arguments."""
    before, fields, after = _content(page)
    edits = sum((page + past) % CHANGED_SHARE == 0 for past in range(1, night + 1))
    figure = f"<p>Das Programm umfasst {40 + edits} Vorhaben mit einem Budget von 12,5 Millionen Euro.</p>"
    head, side, foot = _noise(page, night)
    return f"{head}{before}{figure}{fields}{side}{after}{foot}".encode()


@cache
def _content(page: int) -> tuple[str, str, str]:
    """The parts of a page that no night changes: before the figure, after it, and the rest of the text (12 KB)."""
    rng = random.Random(page)
    land = f"{rng.choice(LANDS)} {page}"
    before = f"<h1>Digitalstrategie {land}</h1><p>{_text(rng, 4)}</p>"
    names = rng.sample(FIELDS, 6)
    fields = "<h2>Handlungsfelder</h2>" + "".join(f"<h3>{name}</h3><p>{_text(rng, 5)}</p>" for name in names)
    fields += "<h2>Ziele</h2><ul>" + "".join(f"<li>{goal}</li>" for goal in rng.sample(GOALS, 6)) + "</ul>"
    fields += "<h2>Standortvorteile</h2><ul>" + "".join(f"<li>{word}</li>" for word in ADVANTAGES) + "</ul>"
    parts = list(_chapters(rng, 4))
    return before, fields, "".join(parts)


def _chapters(rng: random.Random, count: int) -> Iterator[str]:
    for number in range(count):
        yield f'<h2>Kapitel {number + 1}: {rng.choice(FIELDS)}</h2><div class="text">'
        yield "".join(f"<p>{_text(rng, 6)}</p>" for _ in range(4))
        yield "</div>"


def _text(rng: random.Random, sentences: int) -> str:
    return " ".join(rng.choice(SENTENCES) for _ in range(sentences))


def _noise(page: int, night: int) -> tuple[str, str, str]:
    """Head, teasers within the content and foot: other words and numbers every night, never the page's content."""
    rng = random.Random(f"{page}/{night}")
    token = hashlib.sha256(f"{page}/{night}".encode()).hexdigest()
    day = f"{(_FIRST_NIGHT + timedelta(days=night)):%d.%m.%Y}"
    links = "".join(f'<li><a href="/thema/{n};jsessionid={token[:16]}">Thema {n}</a></li>' for n in range(350))
    script = f'<script nonce="{token[:12]}">window.cfg={{"token":"{token}","pad":"{_PADDING}"}}</script>'
    head = (
        f'<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Digitalstrategie {page}</title>'
        f'<meta name="csrf-token" content="{token}"><link rel="stylesheet" href="/a.css?v={token[:8]}">{script}</head>'
        f'<body><header><a href="/">Portal</a></header><nav><ul>{links}</ul></nav><!-- {token} -->'
        f'<main id="m{token[:6]}">'
    )
    teasers = "".join(
        f'<li><a href="/aktuelles/{rng.randrange(9999)}?sid={token[:9]}">{rng.choice(SENTENCES)}</a></li>'
        for _ in range(4)
    )
    side = f'<aside class="teaser"><h2>Aktuelles</h2><ul>{teasers}</ul></aside>'
    foot = (
        f"<p>Stand: {day}</p></main><footer><p>Besuche: {rng.randrange(10**6)}</p>"
        f'<form><input type="hidden" name="t" value="{token}"></form></footer></body></html>'
    )
    return head, side, foot


class _Portal(asyncio.Protocol):
    """HTTP/1.1 as far as a client needs it that asks for one page after the other."""

    def __init__(self, *, validators: bool) -> None:
        self._validators = validators
        self._received = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while b"\r\n\r\n" in self._received and self._transport is not None:
            request, self._received = self._received.split(b"\r\n\r\n", 1)
            self._transport.write(self._answer(request))

    def _answer(self, request: bytes) -> bytes:
        target = _TARGET.match(request)
        if target is None:
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        page, night = int(target["page"]), int(target["night"])
        at = format_datetime(_FIRST_NIGHT + timedelta(days=night), usegmt=True)
        fields = f"Memento-Datetime: {at}\r\nContent-Type: text/html; charset=utf-8\r\n"
        if self._validators:
            edits = sum((page + past) % CHANGED_SHARE == 0 for past in range(1, night + 1))
            etag = f'"{page}-{edits}"'
            fields += f"ETag: {etag}\r\n"
            if etag.encode() in request:
                return f"HTTP/1.1 304 Not Modified\r\n{fields}\r\n".encode()
        body = page_html(page, night)
        return f"HTTP/1.1 200 OK\r\n{fields}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def serve(*, validators: bool) -> None:
    """Listens on a free port of 127.0.0.1, prints it, and answers until the process is ended."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Portal(validators=validators), "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


def main(arguments: Sequence[str]) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--validators", action="store_true")
    options = parser.parse_args(arguments)
    asyncio.run(serve(validators=options.validators))


if __name__ == "__main__":
    main(sys.argv[1:])
