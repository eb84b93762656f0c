"""Messaging services over a real webhook."""

from __future__ import annotations

import logging

import pytest

from extract.errors import SettingsError
from flows.services import ServiceChannel, with_key
from tests.flows.alerts.messages import delivery
from tests.support.receivers import Webhook


def test_a_webhook_gets_the_message_and_its_key(hook: Webhook) -> None:
    sent = ServiceChannel(hook.url()).send(delivery(1, channel="haken"))
    assert sent.delivered
    [call] = hook.calls
    assert call.key == "schluessel-01"
    assert call.content["title"] == "Nordland: Digitalplan – Änderung 1"
    assert "Ziel 1 ist neu." in call.content["message"]
    told = {name: call.content[name] for name in ("key", "kind", "route", "page")}
    assert told == {"key": "schluessel-01", "kind": "content", "route": "leitung", "page": "nord-plan"}


def test_a_refusal_is_told_with_its_status(hook: Webhook) -> None:
    hook.answers = [503]
    sent = ServiceChannel(hook.url()).send(delivery(1))
    assert not sent.delivered
    assert "503" in sent.response


def test_a_receiver_that_is_down_is_a_failure_with_a_reason() -> None:
    with Webhook() as gone:
        url = gone.url()
    sent = ServiceChannel(url).send(delivery(1))
    assert not sent.delivered
    assert sent.response


def test_what_apprise_logs_reaches_nobody_else(hook: Webhook, caplog: pytest.LogCaptureFixture) -> None:
    hook.answers = [403]
    with caplog.at_level(logging.DEBUG):
        ServiceChannel(hook.url("/geheimer-pfad")).send(delivery(1))
    assert [record.name for record in caplog.records if record.name.startswith(("apprise", "urllib3"))] == []


def test_an_address_that_apprise_does_not_know_is_told_without_it() -> None:
    with pytest.raises(SettingsError) as caught:
        ServiceChannel("quatsch://geheim7@nord.example")
    assert "quatsch://" in str(caught.value)
    assert "geheim7" not in str(caught.value)


def test_only_webhooks_get_a_key_into_their_address() -> None:
    assert with_key("ntfy://nord.example/thema", delivery(1)) == "ntfy://nord.example/thema"
    assert with_key("json://nord.example", delivery(1)).startswith(
        "json://nord.example?+Idempotency-Key=schluessel-01&"
    )
    assert with_key("jsons://nord.example/?verify=no", delivery(1)).startswith("jsons://nord.example/?verify=no&+Idem")
