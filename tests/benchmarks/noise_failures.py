"""Answers that are not the page, and what a judge should call them."""

from __future__ import annotations

import random
from collections.abc import Callable

from extract.model import Exchange, FetchError, FetchErrorKind
from tests.benchmarks.noise_dresses import FOOTER, NAVIGATION
from tests.support.exchanges import answer, redirected

Failure = Callable[[str, random.Random], tuple[Exchange, ...]]
"""The exchanges of one visit to an address."""


def maintenance(url: str, rng: random.Random) -> tuple[Exchange, ...]:
    """A notice with status 200."""
    words = rng.choice(("Wartungsarbeiten", "Wir sind gleich zurück", "Derzeit nicht erreichbar"))
    text = "Dieses Angebot ist vorübergehend nicht erreichbar. Wir bitten um Verständnis."
    return (answer(url, _page(words, f"<h1>{words}</h1><p>{text}</p>")),)


def missing(url: str, rng: random.Random) -> tuple[Exchange, ...]:
    """404 or 410."""
    return (answer(url, _page("Nicht gefunden", "<h1>Nicht gefunden</h1>"), status=rng.choice((404, 410))),)


def soft_missing(url: str, _rng: random.Random) -> tuple[Exchange, ...]:
    """The same words with status 200."""
    return (
        answer(url, _page("Fehler 404", "<h1>Die Seite wurde nicht gefunden</h1><p>Bitte nutzen Sie die Suche.</p>")),
    )


def broken(url: str, rng: random.Random) -> tuple[Exchange, ...]:
    """The server fails."""
    return (answer(url, _page("Fehler", "<h1>Interner Fehler</h1>"), status=rng.choice((500, 502, 503))),)


def refused(url: str, rng: random.Random) -> tuple[Exchange, ...]:
    """The portal refuses."""
    return (answer(url, "Zugriff verweigert", status=rng.choice((403, 429))),)


def consent(url: str, _rng: random.Random) -> tuple[Exchange, ...]:
    """A consent wall."""
    text = "Bevor Sie fortfahren, stimmen Sie bitte der Nutzung von Cookies zu oder wählen Sie Einstellungen."
    return (answer(url, _page("Datenschutz", f"<h1>Ihre Entscheidung</h1><p>{text}</p>")),)


def script_shell(url: str, _rng: random.Random) -> tuple[Exchange, ...]:
    """A page that needs JavaScript."""
    return (answer(url, _page("Portal", "<p>Bitte aktivieren Sie JavaScript.</p>")),)


def empty(url: str, _rng: random.Random) -> tuple[Exchange, ...]:
    """No body at all."""
    return (answer(url, ""),)


def home(url: str, _rng: random.Random) -> tuple[Exchange, ...]:
    """A redirect to the start page, which is rich in words."""
    host = "/".join(url.split("/")[:3])
    text = "".join(
        f"<h2>Thema {n}</h2><p>Nachrichten aus dem Land und seinen Gemeinden, Folge {n}.</p>" for n in range(30)
    )
    return (redirected(url, f"{host}/", 302), answer(f"{host}/", _page("Willkommen", f"<h1>Willkommen</h1>{text}")))


def other_host(url: str, _rng: random.Random) -> tuple[Exchange, ...]:
    """A redirect to somebody else."""
    there = "https://www.parkplatz.example/angebot"
    text = "".join(
        f"<h2>Angebot {n}</h2><p>Hier steht etwas ganz anderes, Folge {n} von vielen.</p>" for n in range(30)
    )
    return (redirected(url, there, 301), answer(there, _page("Angebote", f"<h1>Angebote</h1>{text}")))


def timeout(url: str, _rng: random.Random) -> tuple[Exchange, ...]:
    """No answer in time."""
    error = FetchError(FetchErrorKind.TIMEOUT, "no answer within 20 s")
    return (Exchange(url=url, requested_at=answer(url, "").requested_at, error=error),)


FAILURES: tuple[Failure, ...] = (
    *(maintenance, missing, soft_missing, broken, refused, consent, script_shell, empty, home, other_host, timeout),
)


def _page(title: str, body: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>{title}</title></head><body>{NAVIGATION}'
        f"<main>{body}</main>{FOOTER}</body></html>"
    )
