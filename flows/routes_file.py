"""The file of routes, ``DIR/routes.toml``: read key by key, every mistake told with its line and the fix.

::

    [route.leitung]                      # any name; messages say by which route they came
    kind = "content"                     # content or incident
    land = ["DE-SL", "DE-HE"]            # filters; what is left out lets everything through
    page = ["sl-roadmap"]
    entity = ["goal", "figure"]          # of content only, as are the next two
    class = ["content", "return"]
    least_significance = 0.5
    when = "immediate"                   # immediate (default), nightly or weekly
    language = "de"                      # de (default) or en
    channels = ["mail", "feed"]

    [channel.mail]
    url = "mailtos://monitor:${SMTP_PASSWORD}@mail.example?from=monitor@land.example&to=leitung@land.example"

    [channel.archive]
    type = "file"                        # file, feed, console or events

A channel of the name of a type (``file``, ``feed``, ``console``, ``events``) need not be declared.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from extract.declaration_entry import Entry, FileLines, Span, suggestion
from extract.errors import SettingsError
from transform.change import ChangeClass, Entity
from transform.lands import LANDS
from transform.routing import ChannelKind, ChannelSpec, Language, Route, Routes, Subject, When

ROUTE_KEYS = ("kind", "land", "page", "entity", "class", "least_significance", "when", "language", "channels")
CHANNEL_KEYS = ("url", "type")
OUR_TYPES = tuple(kind.value for kind in ChannelKind if kind is not ChannelKind.URL)
_OF_CONTENT = ("entity", "class", "least_significance")
_Choice = TypeVar("_Choice", bound=StrEnum)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def parse_routes(text: str, source: str) -> Routes:
    """The routes and channels of a file.

    Args:
        text: Its content.
        source: Its name, for messages.

    Raises:
        SettingsError: With every problem of the file, one a line; values of a channel's url are never repeated.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{source}: this is no valid TOML: {error}.", "Mend the syntax there.") from None
    reader = _Reader(source, text, table)
    routes = reader.routes()
    if reader.problems:
        count = "1 problem" if len(reader.problems) == 1 else f"{len(reader.problems)} problems"
        listing = "\n".join([f"The routes have {count}:", *(f"  {problem}" for problem in reader.problems), ""])
        raise SettingsError(listing, "Mend these lines and run `strategiemonitor doctor`.")
    return routes


class _Reader:
    """Reads one file; :attr:`problems` holds what is wrong, in the order of the file."""

    def __init__(self, file: str, text: str, table: Mapping[str, object]) -> None:
        self._lines = FileLines(file, text)
        self._text = text
        self._table = table

    @property
    def problems(self) -> list[str]:
        """What was wrong with the file."""
        return self._lines.problems

    def routes(self) -> Routes:
        """Routes and channels; to be used only where :attr:`problems` stays empty."""
        top = Entry(self._lines, self._table, self._lines.whole, "the file")
        top.only_keys(("route", "channel"))
        named = {spec.name: spec for spec in map(self._channel, self._entries(top, "channel"))}
        for name in OUR_TYPES:
            named.setdefault(name, ChannelSpec(name, ChannelKind(name)))
        routes = tuple(self._route(entry, named) for entry in self._entries(top, "route"))
        if not routes and "route" not in self._table:
            top.problem("route", "no [route.NAME] is written", "Write one, or remove the file for the usual routes")
        used = {channel for route in routes for channel in route.channels}
        return Routes(routes, tuple(spec for name, spec in named.items() if name in used or name not in OUR_TYPES))

    def _entries(self, top: Entry, kind: str) -> list[Entry]:
        """The tables ``[kind.NAME]`` in the order of the file."""
        tables = self._table.get(kind, {})
        if not isinstance(tables, dict):
            top.problem(kind, f"{kind} is no table", f"Begin each {kind} with a line [{kind}.NAME]")
            return []
        entries = []
        for name, table in tables.items():
            entry = Entry(
                self._lines, table if isinstance(table, dict) else {}, self._span(kind, name), f"{kind} {name}"
            )
            if not isinstance(table, dict):
                entry.problem(name, f"{kind}.{name} is no table", f"Begin it with a line [{kind}.{name}]")
            if not _NAME.fullmatch(name):
                entry.problem(name, f"{name!r} is no plain name", "Use letters, digits, hyphens and underscores")
            entries.append(entry)
        return entries

    def _span(self, kind: str, name: str) -> Span:
        """The lines of one table: from its header to the next one."""
        header = re.compile(rf"""^\s*\[\s*{kind}\s*\.\s*["']?{re.escape(name)}["']?\s*\]""")
        lines = self._text.splitlines()
        start = next((n for n, line in enumerate(lines, 1) if header.match(line)), None)
        if start is None:
            return self._lines.whole
        end = next(
            (n - 1 for n, line in enumerate(lines, 1) if n > start and line.lstrip().startswith("[")), len(lines)
        )
        return start, end

    def _channel(self, entry: Entry) -> ChannelSpec:
        entry.only_keys(CHANNEL_KEYS)
        name = entry.name.partition(" ")[2]
        url, kind = self._url(entry), self._type(entry)
        if ("url" in entry.table) == ("type" in entry.table):
            entry.problem("url", "it has not exactly one of url and type", 'Write url = "…" or type = "file"')
        if url is None and kind is not None:
            return ChannelSpec(name, kind)
        return ChannelSpec(name, ChannelKind.URL, url or "")

    def _type(self, entry: Entry) -> ChannelKind | None:
        value = entry.text("type")
        if value is not None and value not in OUR_TYPES:
            entry.problem("type", f"type = {value!r} is unknown", suggestion(value, OUR_TYPES, "Choose one"))
            return None
        return None if value is None else ChannelKind(value)

    def _url(self, entry: Entry) -> str | None:
        """The url with its secrets named; what is wrong is told without repeating it."""
        value = entry.table.get("url")
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            entry.problem("url", "url is no text", 'Write url = "…"')
            return None
        if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*://|\$\{", value):
            entry.problem("url", "url is no address", "Write a scheme first, such as mailtos:// or json://")
        return value

    def _route(self, entry: Entry, channels: Mapping[str, ChannelSpec]) -> Route:
        entry.only_keys(ROUTE_KEYS)
        kind = entry.choice("kind", Subject) or Subject.CONTENT
        for key in _OF_CONTENT if kind is Subject.INCIDENT else ():
            if key in entry.table:
                entry.problem(key, f"{key} is given for incidents", 'Only kind = "content" has it; remove the line')
        return Route(
            name=entry.name.partition(" ")[2],
            kind=kind.value,
            channels=self._channels(entry, channels),
            lands=self._words(entry, "land", LANDS),
            pages=frozenset(entry.texts("page")),
            entities=self._words(entry, "entity", {entity.value for entity in Entity}),
            classes=self._words(entry, "class", {known.value for known in ChangeClass}),
            least_significance=self._share(entry),
            when=self._optional(entry, "when", When, When.IMMEDIATE),
            language=self._optional(entry, "language", Language, Language.DE),
        )

    def _channels(self, entry: Entry, known: Mapping[str, ChannelSpec]) -> tuple[str, ...]:
        names = entry.texts("channels")
        if not names:
            entry.problem("channels", "no channel is named", 'Write channels = ["…"]')
        for name in names:
            if name not in known:
                fix = suggestion(name, known, f"Write [channel.{name}] with its url")
                entry.problem("channels", f"the channel {name!r} is not declared", fix)
        return tuple(dict.fromkeys(names))

    def _words(self, entry: Entry, key: str, known: frozenset[str] | set[str]) -> frozenset[str]:
        words = entry.texts(key)
        for word in words:
            if word not in known:
                entry.problem(key, f"{key} holds {word!r}, which is unknown", suggestion(word, known, "Choose one"))
        return frozenset(words)

    def _share(self, entry: Entry) -> float:
        value = entry.table.get("least_significance", 0.0)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            fix = "Write a number from 0 to 1, such as 0.5"
            entry.problem("least_significance", f"least_significance = {value!r} is none from 0 to 1", fix)
            return 0.0
        return float(value)

    def _optional(self, entry: Entry, key: str, choices: type[_Choice], default: _Choice) -> _Choice:
        """One of a closed set of words, or what holds without the key."""
        return (entry.choice(key, choices) or default) if key in entry.table else default
