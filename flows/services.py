"""Messaging services (Teams, Slack, Matrix, ntfy, webhooks and a hundred more) through apprise.

apprise says only whether a message was taken; why not is in its log, which is read here and goes nowhere else.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlsplit

from apprise import Apprise, AppriseAsset, NotifyFormat, NotifyType

from extract.errors import SettingsError
from flows.channels import Interrupting, Sent
from transform.delivery import PendingDelivery
from transform.safe_text import on_one_line

_WITH_HEADERS = frozenset({"json", "jsons", "xml", "xmls", "form", "forms"})
"""apprise's plain webhooks: ``+Name=value`` in their address is a header of the request, ``:name=value`` a field."""
_LOGGER = logging.getLogger("apprise")
_TRANSPORT = logging.getLogger("urllib3")


class ServiceChannel(Interrupting):
    """Any address that apprise knows."""

    def __init__(self, url: str) -> None:
        self._url = url
        if not _is_known(url):
            raise SettingsError(
                f"apprise cannot use this {urlsplit(url).scheme}:// address.",
                "See https://appriseit.com/services/ for how the address of a service is written.",
            )

    def send(self, delivery: PendingDelivery) -> Sent:
        """Sends one message as text; a webhook gets its key as the header ``Idempotency-Key``."""
        with _log_kept() as lines:
            asset = AppriseAsset(app_id="Strategiemonitor", app_desc="Strategiemonitor", async_mode=False)
            service = Apprise(asset=asset)
            taken = service.add(with_key(self._url, delivery)) and service.notify(
                title=on_one_line(delivery.subject),
                body=delivery.body,
                body_format=NotifyFormat.TEXT,
                notify_type=NotifyType.WARNING if delivery.kind == "incident" else NotifyType.INFO,
            )
        said = on_one_line("; ".join(dict.fromkeys(lines)))
        return Sent(delivered=bool(taken), response=said or ("accepted" if taken else "refused without a reason"))


def with_key(url: str, delivery: PendingDelivery) -> str:
    """The address of a webhook with what belongs to this one message; any other address as it is."""
    if urlsplit(url).scheme.lower() not in _WITH_HEADERS:
        return url
    facts = {
        "+Idempotency-Key": delivery.key,
        ":key": delivery.key,
        ":kind": delivery.kind,
        ":route": delivery.route,
        ":page": delivery.page_id or "",
    }
    added = "&".join(f"{quote(name, safe='+:')}={quote(value, safe='')}" for name, value in facts.items())
    return f"{url}{'&' if '?' in url else '?'}{added}"


def _is_known(url: str) -> bool:
    with _log_kept(), warnings.catch_warnings():
        # The first look loads all services; one of them imports a module that Python 3.13 has no more.
        warnings.simplefilter("ignore", DeprecationWarning)
        return Apprise.instantiate(url) is not None


class _Lines(logging.Handler):
    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.INFO)
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(record.getMessage())


@contextmanager
def _log_kept() -> Iterator[list[str]]:
    """What apprise logs within the block, as a list; it may hold parts of an address, so nobody else gets it.

    urllib3 would tell the path of an address, which is the secret of many a service, to whoever listens to everything.
    """
    lines: list[str] = []
    handler = _Lines(lines)
    before = [(logger, logger.level, logger.propagate) for logger in (_LOGGER, _TRANSPORT)]
    _LOGGER.addHandler(handler)
    _LOGGER.setLevel(logging.INFO)
    _TRANSPORT.setLevel(logging.CRITICAL)
    for logger, _, _ in before:
        logger.propagate = False
    try:
        yield lines
    finally:
        _LOGGER.removeHandler(handler)
        for logger, level, propagate in before:
            logger.setLevel(level)
            logger.propagate = propagate
