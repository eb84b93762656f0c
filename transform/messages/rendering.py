"""From facts to words: subject, text and HTML of each kind of message.

Text of a page reaches HTML through jinja2's automatic escaping and everything else through
:mod:`transform.safe_text`.  The text ends with a signature, set off as RFC 3676 (section 4.3) says, that tells why
somebody gets the message and by which key a repeat is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from extract.model import Declaration
from transform.change import Change
from transform.compare.wording import shortened
from transform.messages.explanations import explained
from transform.messages.facts import ContentFacts, content_facts, page_facts
from transform.messages.headlines import headline, incident_remedy, incident_title, short_headline
from transform.messages.words import BERLIN, Words, moment, span, why, words_of
from transform.night import DatedChange, IncidentEvent
from transform.routing import Route
from transform.safe_text import on_one_line

SIGNATURE = "\n-- \n"
WHOLE_IN_DIGEST = 40
"""So many messages stand whole in a digest; of more only the subjects."""
LINES_IN_DIGEST = 200
_LONGEST_SUBJECT = 90


@dataclass(frozen=True, slots=True)
class Message:
    """A message without its address: ``html`` is a fragment, ``body`` has the signature."""

    subject: str
    body: str
    html: str


@dataclass(frozen=True, slots=True)
class Part:
    """A message within a digest: its text without the signature, its HTML as it is."""

    subject: str
    body: str
    html: str


def content_message(declaration: Declaration, changes: Sequence[DatedChange], route: Route, key: str) -> Message:
    """What changed on one page."""
    words = words_of(route.language)
    facts = content_facts(declaration, changes, route.language)
    count = words.change if len(changes) == 1 else words.changes.format(count=len(changes))
    what = _in_brief(changes[0].change, route.language) if len(changes) == 1 else count
    returned = _returned(facts, words)
    first_day = facts.not_before.astimezone(BERLIN).date()
    data: dict[str, object] = {
        "w": words,
        "facts": facts,
        "page": facts.page,
        "count": count,
        "returned": returned,
        "interval": words.interval.format(first=moment(facts.not_before, words), last=moment(facts.not_after, words)),
        "evidence": f"strategiemonitor changes --page {facts.page.page_id} --since {first_day}",
    }
    again = f" ({words.returned.rstrip('.')})" if facts.returned else ""
    return Message(
        subject=f"{facts.page.land}: {facts.page.name} – {what}{again}",
        body=_signed(_text("content", data), route, key),
        html=_html("content", data),
    )


def _returned(facts: ContentFacts, words: Words) -> str:
    """That an earlier version is back and, where known, when it last stood there; empty where none is."""
    if not facts.returned:
        return ""
    if facts.returned_to is None:
        return words.returned
    return words.returned_to.format(moment=moment(facts.returned_to, words))


def _in_brief(change: Change, language: str) -> str:
    """A change in a subject line: with its values where they are short."""
    whole = headline(change, language).rstrip(".")
    return whole if len(whole) <= _LONGEST_SUBJECT else shortened(short_headline(change, language), _LONGEST_SUBJECT)


def incident_message(event: IncidentEvent, declaration: Declaration | None, route: Route, key: str) -> Message:
    """What is wrong, since when, and what to do."""
    words = words_of(route.language)
    page = page_facts(declaration, route.language) if declaration else None
    title = incident_title(event.kind, route.language)
    data: dict[str, object] = {
        "w": words,
        "page": page,
        "title": title,
        "detail": explained(event.detail, route.language) or on_one_line(event.detail),
        "technical": on_one_line(event.detail) if explained(event.detail, route.language) else None,
        "since": moment(event.at, words),
        "remedy": incident_remedy(event.kind, route.language),
        "command": f"strategiemonitor check {event.page_id}" if event.page_id else "strategiemonitor doctor",
    }
    return Message(
        subject=f"{page.land}: {page.name} – {title}" if page else f"Strategiemonitor: {title}",
        body=_signed(_text("incident", data), route, key),
        html=_html("incident", data),
    )


def trial_message(route: Route, key: str) -> Message:
    """A message that tries a route's channels and says that it is a trial."""
    words = words_of(route.language)
    subject = f"[TEST] {words.trial.format(route=route.name)}"
    return Message(subject, _signed(words.trial_text, route, key), f"<p>{Markup.escape(words.trial_text)}</p>")


def digest_message(
    parts: Sequence[Part], signature: Sequence[str], language: str, since: datetime, until: datetime, *, late: bool
) -> Message:
    """Several messages as one; ``signature`` holds the lines that say why and by which key."""
    words = words_of(language)
    template = words.catch_up if late else words.digest
    title = template.format(count=len(parts), span=span(since, until, words))
    rest = [part.subject for part in parts[WHOLE_IN_DIGEST : WHOLE_IN_DIGEST + LINES_IN_DIGEST]]
    data: dict[str, object] = {
        "title": title,
        "parts": [Part(part.subject, part.body, Markup(part.html)) for part in parts[:WHOLE_IN_DIGEST]],  # noqa: S704  our own rendering
        "rest": rest,
        "more": words.more.format(count=len(parts) - WHOLE_IN_DIGEST),
    }
    body = _text("digest", data) + "\n" + SIGNATURE + "\n".join(signature)
    return Message(f"Strategiemonitor: {title}", body, _html("digest", data))


def without_signature(body: str) -> tuple[str, tuple[str, ...]]:
    """A text and the lines of its signature."""
    text, _, signature = body.rpartition(SIGNATURE)
    return (text, tuple(signature.splitlines())) if text else (body, ())


def key_line(key: str, language: str) -> str:
    """The line that says by which key a repeat is known."""
    return words_of(language).key.format(key=key)


def mail_page(subject: str, fragment: str, body: str, language: str) -> str:
    """A whole page of HTML around a fragment, with the signature of the text below it."""
    _, footer = without_signature(body)
    content = Markup(fragment)  # noqa: S704  our own rendering
    return _html(
        "mail",
        {"language": language, "subject": subject, "content": content, "footer": footer, "br": Markup("<br>")},
    )


def _signed(text: str, route: Route, key: str) -> str:
    words = words_of(route.language)
    return f"{text.rstrip()}\n{SIGNATURE}{why(route, words)}\n{key_line(key, route.language)}"


def _text(name: str, data: dict[str, object]) -> str:
    return _environment().get_template(f"{name}.txt.j2").render(data).strip()


def _html(name: str, data: dict[str, object]) -> str:
    return _environment().get_template(f"{name}.html.j2").render(data).strip()


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("transform.messages"),
        autoescape=select_autoescape(enabled_extensions=("html.j2",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
