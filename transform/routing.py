"""Routes: who is told what, when, in which language, through which channels.

Only values: the file in which an operator writes them is read by :mod:`flows.routes_file`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from transform.change import Cause, ChangeClass
from transform.night import DatedChange

BERLIN = ZoneInfo("Europe/Berlin")
_WEEK_ENDS_LATE = timedelta(hours=12)
"""What the night before Monday found belongs to the week that is over."""
_ASKED_FOR = frozenset({ChangeClass.EDITORIAL, ChangeClass.ORDER, ChangeClass.LINK_NOISE})
"""Classes that alert nobody, unless a route names them."""


class Subject(StrEnum):
    """What a route carries."""

    CONTENT = "content"
    INCIDENT = "incident"


class When(StrEnum):
    """When a route's messages go out: one by one at once, or as one message a night or a week."""

    IMMEDIATE = "immediate"
    NIGHTLY = "nightly"
    WEEKLY = "weekly"


class Language(StrEnum):
    """Language of the words around what a page says; the page's own words stay German."""

    DE = "de"
    EN = "en"


class ChannelKind(StrEnum):
    """What a channel is: an address of a messaging service, or one of our own."""

    URL = "url"
    FILE = "file"
    FEED = "feed"
    CONSOLE = "console"
    EVENTS = "events"


@dataclass(frozen=True, slots=True)
class ChannelSpec:
    """A channel by name; ``url`` is set for :attr:`ChannelKind.URL` and names its secrets instead of holding them."""

    name: str
    kind: ChannelKind
    url: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """Who gets what.

    ``kind`` is ``content`` or ``incident``; ``channels`` names the channels that deliver.  Empty filters let everything
    through.  ``entities``, ``classes`` and ``least_significance`` are asked of content only.
    """

    name: str
    kind: str
    channels: tuple[str, ...]
    lands: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    least_significance: float = 0.0
    when: When = When.IMMEDIATE
    language: Language = Language.DE

    @property
    def is_digest(self) -> bool:
        """Whether several messages that are due together go out as one."""
        return self.when is not When.IMMEDIATE


@dataclass(frozen=True, slots=True)
class Routes:
    """All routes of an installation and the channels that they name."""

    routes: tuple[Route, ...]
    channels: tuple[ChannelSpec, ...]


DEFAULT_ROUTES = (
    Route("changes", "content", ("console", "file", "feed")),
    Route("operations", "incident", ("console", "file")),
)
DEFAULT = Routes(
    DEFAULT_ROUTES,
    tuple(ChannelSpec(kind.value, kind) for kind in (ChannelKind.CONSOLE, ChannelKind.FILE, ChannelKind.FEED)),
)
"""What holds without a file: everything is printed and kept, changes are in the feed."""


def carries_change(route: Route, dated: DatedChange) -> bool:
    """Whether a content route tells this change.

    Without ``classes`` it tells what alerts.  With them it tells the page's changes of these classes, spelling and
    order among them where they are named; a page that flaps between known states stays silent all the same.
    """
    change = dated.change
    alerts = dated.alerts or (change.cause is Cause.PAGE and change.change_class in route.classes & _ASKED_FOR)
    return (
        route.kind == Subject.CONTENT
        and alerts
        and (not route.lands or dated.land in route.lands)
        and (not route.pages or dated.page_id in route.pages)
        and (not route.entities or change.entity in route.entities)
        and (not route.classes or change.change_class in route.classes)
        and change.significance >= route.least_significance
    )


def carries_incident(route: Route, page_id: str | None, land: str | None) -> bool:
    """Whether an incident route tells of this page; what befell the whole run passes every filter."""
    if route.kind != Subject.INCIDENT:
        return False
    if page_id is None:
        return True
    return (not route.pages or page_id in route.pages) and (not route.lands or land in route.lands)


def due_at(route: Route, at: datetime) -> datetime:
    """When a message written at ``at`` (aware) is to go out: at once, or when the week is over in Berlin; UTC.

    A week ends with the night before Monday noon, so that Monday's run still belongs to it.
    """
    if route.when is not When.WEEKLY:
        return at
    local = (at - _WEEK_ENDS_LATE).astimezone(BERLIN)
    monday = local.date() + timedelta(days=(7 - local.weekday()) % 7 or 7)
    return datetime(monday.year, monday.month, monday.day, tzinfo=BERLIN).astimezone(at.tzinfo)
