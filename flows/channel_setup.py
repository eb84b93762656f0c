"""The channels of an installation, made from its routes; secrets are looked up here and never leave the channel."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from extract.errors import SettingsError
from flows.channel_secrets import hide, resolved
from flows.channels import BrokenChannel, Channel, ConsoleChannel, FileChannel, Interrupting, Sent
from flows.consoles import messages
from flows.feed import FeedChannel, FeedEntry
from flows.routes import load_routes
from flows.settings import Settings
from transform.delivery import PendingDelivery
from transform.routing import ChannelKind, ChannelSpec
from warehouse import alert_reports


class DiscreetChannel(Interrupting):
    """A channel whose answers are freed of the secrets in its address."""

    def __init__(self, inner: Channel, secrets: frozenset[str]) -> None:
        self._inner = inner
        self._secrets = secrets

    def send(self, delivery: PendingDelivery) -> Sent:
        """Sends through the inner channel."""
        sent = self._inner.send(delivery)
        return Sent(sent.delivered, hide(sent.response, self._secrets))


def channels_of(settings: Settings, environment: Mapping[str, str] | None = None) -> dict[str, Channel]:
    """The channels of an installation by name.

    A channel whose secret is missing, or whose address cannot be used, is there all the same: its messages wait and
    say why.

    Raises:
        SettingsError: If the file of routes has mistakes.
    """
    return {spec.name: _channel(spec, settings, environment) for spec in load_routes(settings).channels}


def _channel(spec: ChannelSpec, settings: Settings, environment: Mapping[str, str] | None) -> Channel:
    match spec.kind:
        case ChannelKind.CONSOLE:
            return ConsoleChannel(messages())
        case ChannelKind.FILE:
            return FileChannel(settings.alerts)
        case ChannelKind.FEED:
            return FeedChannel(settings.feed, partial(_earlier, settings, spec.name), partial(_urls, settings))
        case ChannelKind.EVENTS:
            from flows.events import EventsChannel  # noqa: PLC0415  Prefect takes a second to import

            return EventsChannel()
        case ChannelKind.URL:
            return _addressed(spec, settings, environment)


def _addressed(spec: ChannelSpec, settings: Settings, environment: Mapping[str, str] | None) -> Channel:
    secrets: frozenset[str] = frozenset()
    try:
        url, secrets = resolved(spec.url, environment)
        return DiscreetChannel(_service(url, settings), secrets)
    except SettingsError as error:
        return BrokenChannel(hide(f"channel {spec.name}: {error.message}", secrets))


def _service(url: str, settings: Settings) -> Channel:
    from flows.mail import MailChannel  # noqa: PLC0415
    from flows.mail_address import is_mail, parse_mail_address  # noqa: PLC0415

    if is_mail(url):
        return MailChannel(parse_mail_address(url), settings.ca_bundle)
    from flows.services import ServiceChannel  # noqa: PLC0415  apprise takes a second to import

    return ServiceChannel(url)


def _earlier(settings: Settings, channel: str) -> list[FeedEntry]:
    rows = alert_reports.alerts_on(settings.published, channel)
    return [FeedEntry(row.key, row.subject, row.html or row.body, row.created_at, row.page_url) for row in rows]


def _urls(settings: Settings) -> dict[str, str]:
    return alert_reports.page_urls(settings.published)
