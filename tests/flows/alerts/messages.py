"""Small alerts for the tests of delivering."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from extract.model import PageId
from flows.settings import Settings
from transform.delivery import PendingDelivery
from transform.night import Alert

NOW = datetime(2026, 5, 4, 2, 10, tzinfo=UTC)
LATER = NOW + timedelta(hours=12)
"""After every pause."""


def alert(number: int, *channels: str, **more: Any) -> Alert:
    """The alert of that number; its key and its words follow from it."""
    made = Alert(
        alert_id=f"a{number:02}",
        key=f"schluessel-{number:02}",
        kind="content",
        page_id=PageId("nord-plan"),
        change_ids=(),
        incident_ids=(),
        route="leitung",
        channels=channels,
        subject=f"Nordland: Digitalplan – Änderung {number}",
        body=f"Ziel {number} ist neu.\n\n-- \nWarum diese Nachricht? Route „leitung“.\nKennung: schluessel-{number:02}",
        html=f"<p>Ziel {number} ist neu.</p>",
    )
    return dataclasses.replace(made, **more)


def delivery(number: int, channel: str = "mail", **more: Any) -> PendingDelivery:
    """The same alert as it is due on a channel."""
    one = alert(number)
    made = PendingDelivery(
        alert_id=one.alert_id,
        channel=channel,
        key=one.key,
        kind=one.kind,
        page_id=one.page_id,
        change_ids=(),
        incident_ids=(),
        route=one.route,
        subject=one.subject,
        body=one.body,
        created_at=NOW,
        attempts=0,
        html=one.html,
        keys=(one.key,),
    )
    return dataclasses.replace(made, **more)


def routes_file(settings: Settings, text: str) -> Path:
    """Writes the file of routes."""
    settings.data.mkdir(parents=True, exist_ok=True)
    settings.routes.write_text(text, encoding="utf-8")
    return settings.routes


def channel_file(settings: Settings, **urls: str) -> Path:
    """Writes a file with one route to these channels."""
    channels = "".join(f'[channel.{name}]\nurl = "{url}"\n' for name, url in urls.items())
    named = ", ".join(f'"{name}"' for name in urls)
    return routes_file(settings, f'[route.leitung]\nkind = "content"\nchannels = [{named}]\n{channels}')
